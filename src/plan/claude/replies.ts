import { createHash } from 'node:crypto';
import type { ReplyStore } from './options.js';

/** What the SDK's middleware sees of a request. */
interface WireRequest {
  url: string;
  headers: { get(name: string): string | null };
  body?: unknown;
}

class UnknownReply extends Error {}

/** Whether a call ended because only earlier answers count and there is none. The SDK may wrap what it is given. */
export function isUnknownReply(error: unknown): boolean {
  return error instanceof UnknownReply || (error instanceof Error && error.cause instanceof UnknownReply);
}

const KEPT = 'x-dag2event-kept';

/** Changes when what is kept changes its meaning. */
const STORE_VERSION = 1;

/** Answers requests that were answered before, byte by byte the same, and keeps what is answered anew. */
export function replaying(replies: ReplyStore) {
  return async <Request extends WireRequest>(request: Request, next: (request: Request) => Promise<Response>): Promise<Response> => {
    const key = keyOf(request.url, request.headers.get('anthropic-version'), request.body);
    const kept = key === undefined ? undefined : replies.get(key);
    if (kept) {
      return new Response(kept.body, { status: 200, headers: { 'content-type': kept.type, [KEPT]: 'yes' } });
    }
    if (replies.isOnly) throw new UnknownReply('no earlier answer');
    const response = await next(request);
    if (!response.ok || key === undefined) return response;
    return keeping(response, (body) => replies.put(key, { type: response.headers.get('content-type') ?? '', body }));
  };
}

/** The whole of an answer is kept when it has been read to its end; a cut one never is. */
function keeping(response: Response, keep: (body: string) => void): Response {
  if (!response.body) return response;
  const decoder = new TextDecoder();
  let text = '';
  const watched = response.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        text += decoder.decode(chunk, { stream: true });
        controller.enqueue(chunk);
      },
      flush() {
        if (isWhole(response.headers.get('content-type') ?? '', text)) keep(text);
      },
    }),
  );
  return new Response(watched, { status: response.status, statusText: response.statusText, headers: response.headers });
}

/** A stream is whole with its last event, and worth keeping when it ended as it should. */
function isWhole(type: string, text: string): boolean {
  if (!type.includes('event-stream')) return text.trimEnd().endsWith('}');
  return text.includes('event: message_stop') && text.includes('"stop_reason":"end_turn"');
}

/** Whether an answer was kept from before. */
export function isKept(response: Response | null | undefined): boolean {
  return response?.headers.get(KEPT) === 'yes';
}

/** Everything that the answer depends on, and nothing secret: address, version, body. */
function keyOf(url: string, version: string | null, body: unknown): string | undefined {
  if (typeof body !== 'string') return undefined;
  return createHash('sha256').update(JSON.stringify([STORE_VERSION, new URL(url).pathname, version, body])).digest('hex');
}
