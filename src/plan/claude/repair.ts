import { fence } from './text.js';

/** At most so many answers to the same part are asked for again. */
export const MOST_REPAIRS = 2;

/** How a kind of fault is asked about: in the words of someone who has seen such plans fail. */
const advice: readonly { codes: RegExp; words: string }[] = [
  {
    codes: /^(DELIVERY_|LOSSY_|LOSS_|REPLAY_|MECHANISM_|TRIGGER_|JOIN_|LEG_)/,
    words:
      'Delivery semantics: for each stage think through what happens when its event is lost, comes twice, or comes while nobody listens; choose only candidates that the mechanism can carry, and keep the clock where an event can be lost.',
  },
  {
    codes: /^(KEY_|SINK_|DUPLICATE_)/,
    words:
      'Deduplication: for each consumer give a key made only of the listed key_fields, that is the same for every delivery of one event and different for two events; no clock, no random value, no id of the run that does the work.',
  },
  {
    codes: /^(CANARY_|ROLLBACK_|PHASE_|CLOCK_|SKIPS_|MODE_|NOT_OBSERVABLE|WAIT_|CADENCE_|PARTIAL_|OPAQUE_|VERDICT_|CALENDAR_|CYCLE_)/,
    words:
      'Risk: the plan moves too much at once or too early. Leave on cron what the checker wants there, let consumers leave their clock before their producers, and give each phase a measured canary, a stop rule, and the steps back to cron.',
  },
];

/** Asks again, in one fresh turn: the task, what was answered, what the checker found, and what to think of. */
export function repairTask(task: string, answer: unknown, refused: readonly string[]): string {
  const codes = refused.map((finding) => finding.split(' ', 1)[0] ?? '');
  const words = advice.filter((row) => codes.some((code) => row.codes.test(code))).map((row) => row.words);
  const findings = refused.map((finding, index) => `${index + 1}. ${finding}`).join('\n');
  return [
    task,
    `You have answered before. Your answer, as data: <previous_answer>${fence(answer)}</previous_answer>`,
    `A checker refused these parts of it:\n${fence(findings)}`,
    ...words,
    'Mend exactly these parts, or leave them out. Return the whole JSON again; keep the other parts as they were.',
  ].join('\n\n');
}
