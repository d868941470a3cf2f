import { VERSION } from '@anthropic-ai/sdk/version';
import type Anthropic from '@anthropic-ai/sdk';
import type * as AnthropicSdk from '@anthropic-ai/sdk';
import type * as z from 'zod';
import type { Credential } from './credential.js';
import type { Effort, Logger, ReplyStore } from './options.js';
import { isKept, isUnknownReply, replaying } from './replies.js';

/** Where and as whom Claude is asked. */
export interface ConnectionSettings {
  credential: Credential;
  baseUrl: string | undefined;
  logger: Logger;
  replies: ReplyStore | undefined;
}

/** One structured request in our own words. */
export interface StructuredRequest {
  model: string;
  effort: Effort;
  maxTokens: number;
  system: string;
  data: string;
  task: string;
  shape: z.ZodType;
  /** Whether the service enforces the shape; else it stands in the words of the task. */
  isEnforced: boolean;
}

export interface Usage {
  inputTokens: number;
  outputTokens: number;
  /** Answers that cost nothing, as they were kept from before. */
  cacheHits: number;
}

export type FailureReason = 'unknown_reply' | 'auth' | 'request' | 'grammar' | 'network' | 'idle' | 'deadline' | 'aborted';

/** What came of a call. `usage` is what was spent by then, also when it failed half-way. */
export type Outcome =
  | { kind: 'message'; text: string; stopReason: string; stopDetail: string; usage: Usage }
  | { kind: 'failure'; reason: FailureReason; message: string; usage: Usage };

export interface Watch {
  /** Ends the call: the total deadline or the user. */
  signal: AbortSignal;
  idleMs: number;
  onText: (characters: number) => void;
}

/** The only door to the service. */
export interface Connection {
  /** Undefined when the service does not say. */
  countTokens(request: StructuredRequest, signal: AbortSignal): Promise<number | undefined>;
  ask(request: StructuredRequest, watch: Watch): Promise<Outcome>;
}

/** Failed requests are asked again by the SDK only until a stream opens; the total deadline bounds its waits. */
const MAX_RETRIES = 2;
const COUNT_TIMEOUT_MS = 10_000;

const grammarComplaint =
  /compiled grammar is too large|too many optional parameters|too many parameters with union types|schema is too complex|grammar compilation/i;

/** The SDK's own version: the one thing of it that costs nothing to load. */
export const sdkVersion: string = VERSION;

/** Loads the SDK, which costs a tenth of a second, only when Claude is really asked. */
export async function connect({ credential, baseUrl, logger, replies }: ConnectionSettings): Promise<Connection> {
  const [sdk, { zodOutputFormat }] = await Promise.all([import('@anthropic-ai/sdk'), import('@anthropic-ai/sdk/helpers/zod')]);
  const client = new sdk.default({
    ...(credential.kind === 'api_key' && { apiKey: credential.value }),
    ...(credential.kind === 'auth_token' && { authToken: credential.value }),
    ...(baseUrl !== undefined && { baseURL: baseUrl }),
    maxRetries: MAX_RETRIES,
    logLevel: 'warn',
    logger,
    openTelemetry: false,
    ...(replies && { middleware: [replaying(replies)] }),
  });
  return {
    async countTokens(request, signal) {
      const { max_tokens: _limit, ...body } = bodyOf(request, zodOutputFormat(request.shape).schema);
      const limited = AbortSignal.any([signal, AbortSignal.timeout(COUNT_TIMEOUT_MS)]);
      try {
        return (await client.messages.countTokens(body, { signal: limited, maxRetries: 0 })).input_tokens;
      } catch {
        // A count is a courtesy: what is wrong with the connection, the call itself tells.
        return undefined;
      }
    },
    ask: (request, watch) => ask(client, sdk, bodyOf(request, zodOutputFormat(request.shape).schema), watch),
  };
}

/** The schema as the service gets it: without what its grammar does not know. */
export async function wireSchema(shape: z.ZodType): Promise<Record<string, unknown>> {
  const { zodOutputFormat } = await import('@anthropic-ai/sdk/helpers/zod');
  return zodOutputFormat(shape).schema;
}

/** The body of a request, as it goes over the wire. */
export async function wireBody(request: StructuredRequest): Promise<Record<string, unknown>> {
  return bodyOf(request, await wireSchema(request.shape));
}

type Body = Parameters<Anthropic['messages']['stream']>[0];
type Sdk = typeof AnthropicSdk;

/** No sampling parameters, no `thinking`, no forced tools: current models refuse them. */
function bodyOf(request: StructuredRequest, schema: Record<string, unknown>) {
  return {
    model: request.model,
    max_tokens: request.maxTokens,
    // What every round and every part of an estate begins with is paid for in full once.
    system: [{ type: 'text', text: request.system, cache_control: { type: 'ephemeral' } }],
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: request.data, cache_control: { type: 'ephemeral' } },
          { type: 'text', text: request.isEnforced ? request.task : `${request.task} ${schemaWords(schema)}` },
        ],
      },
    ],
    output_config: { effort: request.effort, ...(request.isEnforced && { format: { type: 'json_schema' as const, schema } }) },
  } satisfies Body;
}

/** Where the service's grammar can't hold the schema, the words must. */
function schemaWords(schema: Record<string, unknown>): string {
  return `Answer with nothing but one JSON value that this JSON Schema accepts, without a code fence: ${JSON.stringify(schema)}`;
}

async function ask(client: Anthropic, sdk: Sdk, body: Body, watch: Watch): Promise<Outcome> {
  const usage: Usage = { inputTokens: 0, outputTokens: 0, cacheHits: 0 };
  const idle = new AbortController();
  const armed: { timer?: NodeJS.Timeout } = {};
  const arm = (): void => {
    clearTimeout(armed.timer);
    armed.timer = setTimeout(() => idle.abort(new Error('idle')), watch.idleMs);
  };
  const failed = (reason: FailureReason, message: string): Outcome => ({ kind: 'failure', reason, message, usage });
  let characters = 0;
  try {
    const stream = client.messages.stream(body, { signal: AbortSignal.any([idle.signal, watch.signal]) });
    stream.on('streamEvent', (event) => {
      arm();
      if (event.type === 'message_start') count(usage, event.message.usage);
      if (event.type === 'message_delta') count(usage, event.usage);
    });
    stream.on('text', (delta) => watch.onText((characters += delta.length)));
    // The watchdog begins with the stream: before it, retries and their waits are the deadline's business.
    stream.on('connect', arm);
    const message = await stream.finalMessage();
    if (isKept(stream.response)) Object.assign(usage, { inputTokens: 0, outputTokens: 0, cacheHits: 1 });
    return {
      kind: 'message',
      text: message.content.flatMap((block) => (block.type === 'text' ? [block.text] : [])).join(''),
      stopReason: message.stop_reason ?? '',
      stopDetail: message.stop_details?.category ?? '',
      usage,
    };
  } catch (error) {
    if (watch.signal.aborted) return failed(isTimeout(watch.signal.reason) ? 'deadline' : 'aborted', 'it was ended');
    if (idle.signal.aborted) return failed('idle', `nothing came for ${watch.idleMs} ms`);
    if (isUnknownReply(error)) return failed('unknown_reply', 'no earlier answer to this very request is kept');
    if (!(error instanceof sdk.AnthropicError)) throw error;
    return failed(...classify(error, sdk));
  } finally {
    clearTimeout(armed.timer);
  }
}

/** The later event of a stream holds the whole count, and may leave out what an earlier one said. */
function count(usage: Usage, seen: SeenUsage): void {
  const input = (seen.input_tokens ?? 0) + (seen.cache_creation_input_tokens ?? 0) + (seen.cache_read_input_tokens ?? 0);
  usage.inputTokens = Math.max(usage.inputTokens, input);
  usage.outputTokens = Math.max(usage.outputTokens, seen.output_tokens);
}

interface SeenUsage {
  input_tokens: number | null;
  output_tokens: number;
  cache_creation_input_tokens: number | null;
  cache_read_input_tokens: number | null;
}

function isTimeout(reason: unknown): boolean {
  return reason instanceof Error && reason.name === 'TimeoutError';
}

/** Connection errors are API errors too, without a status: they come last. */
function classify(error: Error, sdk: Sdk): [FailureReason, string] {
  if (!(error instanceof sdk.APIError)) return ['network', error.message];
  const { message } = error;
  const status: unknown = error.status;
  const request: unknown = error.requestID;
  const text = `${message}${typeof request === 'string' ? ` (request ${request})` : ''}`;
  if (typeof status !== 'number') return ['network', text];
  if (status === 401 || status === 403) return ['auth', text];
  if (status === 400 && grammarComplaint.test(message)) return ['grammar', text];
  return [status === 429 || status >= 500 ? 'network' : 'request', text];
}
