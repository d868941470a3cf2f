import type { Environment } from './credential.js';

export type Effort = 'low' | 'medium' | 'high' | 'xhigh' | 'max';

/** Earlier answers by the digest of their request. */
export interface ReplyStore {
  get(key: string): KeptReply | undefined;
  put(key: string, reply: KeptReply): void;
  /** Whether nobody is asked anew. */
  isOnly: boolean;
}

export interface KeptReply {
  type: string;
  body: string;
}

export interface ClaudeOptions {
  /** Asked before money above a threshold is spent; without it nothing is asked. */
  confirm?: (estimate: Estimate) => Promise<boolean>;
  replies?: ReplyStore;
  /** Default: claude-sonnet-5-5. */
  model?: string;
  /** Default: high. */
  effort?: Effort;
  /** US dollars that are never passed. */
  maxCost?: number;
  /** Everything together, retries included. Default: 10 minutes. */
  timeoutMs?: number;
  /** How long a stream may be silent. Default: 90 seconds. */
  idleMs?: number;
  /** Default: ANTHROPIC_BASE_URL of the environment, then Anthropic's API. */
  baseUrl?: string;
  environment: Environment;
  onProgress?: (progress: Progress) => void;
  signal?: AbortSignal;
}

export type Progress = { kind: 'estimated'; estimate: Estimate } | { kind: 'streaming'; characters: number };

/** What the call is going to cost, told before it is made. */
export interface Estimate {
  model: string;
  calls: number;
  inputTokens: number;
  /** `counted` by the service, or guessed from `bytes`. */
  inputSource: 'counted' | 'bytes';
  expectedOutputTokens: number;
  /** The limit that the call is given. */
  maxOutputTokens: number;
  /** Undefined when the model has no price in the table. */
  expectedCost: number | undefined;
  /** What it costs when the whole limit is used: the number that `maxCost` is held against. */
  highestCost: number | undefined;
  priceDate: string;
  stages: number;
}

/** Takes the SDK's and our own remarks; never the prompt, never the key. */
export interface Logger {
  error(message: string, ...rest: unknown[]): void;
  warn(message: string, ...rest: unknown[]): void;
  info(message: string, ...rest: unknown[]): void;
  debug(message: string, ...rest: unknown[]): void;
}

export const DEFAULT_MODEL = 'claude-sonnet-5-5';
export const DEFAULT_EFFORT: Effort = 'high';
export const DEFAULT_TIMEOUT_MS = 10 * 60 * 1000;
export const DEFAULT_IDLE_MS = 90 * 1000;
