import type { FailureReason, Outcome } from './client.js';
import { Reply } from './reply.js';
import { incoming } from './text.js';

/** A reply that has the right shape, or why there is none. */
export type Interpreted = { kind: 'reply'; reply: Reply } | { kind: 'failed' | 'rejected'; detail: string };

const failureWords: Record<FailureReason, string> = {
  unknown_reply: 'Only earlier answers count here',
  auth: 'The service did not accept the credential',
  request: 'The service did not accept the request',
  grammar: 'The service found the reply schema too large',
  network: 'The service could not be reached, or broke off',
  idle: 'The reply stopped coming',
  deadline: 'The time was over before the reply was complete',
  aborted: 'The call was stopped',
};

const STAYS = 'The plan made by rules stays as it is.';
const MOST_DETAIL = 400;

/** Stop reason first, then JSON, then shape: each can be wrong although the one before is right. */
export function interpret(outcome: Outcome): Interpreted {
  if (outcome.kind === 'failure')
    return { kind: 'failed', detail: `${failureWords[outcome.reason]} (${incoming(outcome.message, MOST_DETAIL)}). ${STAYS}` };
  const { text, stopReason, stopDetail } = outcome;
  if (stopReason === 'refusal') return rejected(`Claude declined to answer${stopDetail === '' ? '' : ` (${incoming(stopDetail, MOST_DETAIL)})`}`);
  if (stopReason === 'max_tokens') return rejected('The reply was cut off at the output limit');
  if (stopReason !== 'end_turn') return rejected(`The reply ended early (${incoming(stopReason, MOST_DETAIL)})`);
  const json = parseJson(text);
  if (json === undefined) return rejected('The reply was not JSON');
  const reply = Reply.safeParse(json);
  if (reply.success) return { kind: 'reply', reply: reply.data };
  const [issue] = reply.error.issues;
  return rejected(`The reply did not have the asked shape (at ${incoming(issue?.path.join('.') ?? '', MOST_DETAIL)})`);
}

function rejected(reason: string): Interpreted {
  return { kind: 'rejected', detail: `${reason}. ${STAYS}` };
}

/** Where only words ask for the shape, a code fence around it is common. */
function withoutFence(text: string): string {
  return /^\s*```(?:json)?\s*\n([\s\S]*?)\n\s*```\s*$/.exec(text)?.[1] ?? text;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(withoutFence(text));
  } catch {
    return undefined;
  }
}
