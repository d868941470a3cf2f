import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the fake does with one request for a message. */
export type Scene =
  | { kind: 'reply'; text: string; stop?: string; details?: Record<string, unknown> | null; delayMs?: number }
  | { kind: 'error'; status: number; type: string; message?: string; headers?: Record<string, string> }
  /** Half a reply, then the connection is gone. */
  | { kind: 'cut'; text: string }
  /** Half a reply, then silence. */
  | { kind: 'idle'; text: string }
  /** Headers and nothing else. */
  | { kind: 'silent' }
  | { kind: 'stream_error'; type: string };

export interface SeenRequest {
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
}

export interface FakeServer {
  url: string;
  /** Requests for messages, in the order in which they came. */
  messages: SeenRequest[];
  counts: SeenRequest[];
  /** The most requests for messages that were open at once. */
  mostAtOnce: () => number;
  close(): Promise<void>;
}

interface Script {
  /** One scene for each request; the last one repeats. */
  scenes: readonly Scene[];
  /** What count_tokens says; an error status when it is negative. */
  tokens?: number;
}

/** A server on the loopback that speaks the wire format of the Messages API. */
export async function startFakeServer({ scenes, tokens = 1200 }: Script): Promise<FakeServer> {
  const messages: SeenRequest[] = [];
  const counts: SeenRequest[] = [];
  const open = { now: 0, most: 0 };
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const path = request.url ?? '';
      const seen = { path, headers: request.headers, body };
      if (path.startsWith('/v1/messages/count_tokens')) {
        counts.push(seen);
        if (tokens < 0) sendError(response, { kind: 'error', status: 404, type: 'not_found_error' });
        else sendJson(response, 200, { input_tokens: tokens });
      } else if (path.startsWith('/v1/messages')) {
        messages.push(seen);
        open.most = Math.max(open.most, (open.now += 1));
        response.on('close', () => (open.now -= 1));
        const scene = scenes[Math.min(messages.length, scenes.length) - 1];
        if (scene) play(scene, response);
      } else sendError(response, { kind: 'error', status: 404, type: 'not_found_error' });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${portOf(server)}`, messages, counts, mostAtOnce: () => open.most, close: () => stop(server) };
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function play(scene: Scene, response: ServerResponse): void {
  if (scene.kind === 'error') return sendError(response, scene);
  response.writeHead(200, { 'content-type': 'text/event-stream', 'request-id': 'req_fake' });
  if (scene.kind === 'silent') return response.flushHeaders();
  if (scene.kind === 'reply') {
    const text = opening() + textDeltas(scene.text) + closing(scene.stop, scene.details);
    return void setTimeout(() => response.end(text), scene.delayMs ?? 0);
  }
  if (scene.kind === 'stream_error')
    return void response.end(opening() + event('error', { error: { type: scene.type, message: 'broke off' } }));
  response.write(opening() + textDeltas(scene.text.slice(0, Math.ceil(scene.text.length / 2))));
  if (scene.kind === 'cut') setTimeout(() => response.destroy(), 20);
}

function sendError(response: ServerResponse, { status, type, message = type, headers = {} }: Extract<Scene, { kind: 'error' }>): void {
  sendJson(response, status, { type: 'error', error: { type, message }, request_id: 'req_fake' }, headers);
}

function sendJson(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_fake', ...headers });
  response.end(JSON.stringify(body));
}

const noCache = { cache_creation_input_tokens: 0, cache_read_input_tokens: 0, server_tool_use: null };

function event(name: string, data: Record<string, unknown>): string {
  return `event: ${name}\ndata: ${JSON.stringify({ type: name, ...data })}\n\n`;
}

/** A message begins with a thinking block, as those of current models do. */
function opening(): string {
  const usage = { input_tokens: 1000, output_tokens: 1, ...noCache, cache_creation: null, service_tier: 'standard', inference_geo: null, output_tokens_details: null };
  const message = { id: 'msg_fake', type: 'message', role: 'assistant', model: 'claude-sonnet-5-5', content: [], stop_reason: null, stop_sequence: null, stop_details: null, container: null, diagnostics: null, usage };
  return (
    event('message_start', { message }) +
    event('ping', {}) +
    event('content_block_start', { index: 0, content_block: { type: 'thinking', thinking: '', signature: '' } }) +
    event('content_block_delta', { index: 0, delta: { type: 'signature_delta', signature: 'signed' } }) +
    event('content_block_stop', { index: 0 }) +
    event('content_block_start', { index: 1, content_block: { type: 'text', text: '', citations: null } })
  );
}

function textDeltas(text: string): string {
  const pieces = text.match(/.{1,40}/gs) ?? [];
  return pieces.map((piece) => event('content_block_delta', { index: 1, delta: { type: 'text_delta', text: piece } })).join('');
}

function closing(stop = 'end_turn', details: Record<string, unknown> | null = null): string {
  const usage = { input_tokens: 1000, output_tokens: 500, ...noCache, output_tokens_details: { thinking_tokens: 11 } };
  return (
    event('content_block_stop', { index: 1 }) +
    event('message_delta', { delta: { stop_reason: stop, stop_sequence: null, stop_details: details, container: null }, usage }) +
    event('message_stop', {})
  );
}
