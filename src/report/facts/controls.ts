import type { EventContract } from '../../model/contract.js';
import type { Controls, Person, Quantity, Unit } from '../../model/controls.js';
import { describeSeconds } from './schedule.js';

/** One line of what a stage, a contract or a situation is agreed to be: a name and one or more texts. */
export interface Line {
  label: string;
  texts: readonly string[];
}

const unitWords: Record<Unit, [one: string, many: string]> = {
  seconds: ['s', 's'],
  minutes: ['min', 'min'],
  hours: ['h', 'h'],
  days: ['day', 'days'],
  runs: ['run', 'runs'],
  attempts: ['attempt', 'attempts'],
  messages: ['message', 'messages'],
  events_per_hour: ['event an hour', 'events an hour'],
};

/** A number with its unit and where it comes from. */
export function describeQuantity({ value, unit, origin, source }: Quantity): string {
  return `${amountOf(value, unit)} (${origin}: ${source})`;
}

/** A number with its unit. */
export function amountOf(value: number, unit: Unit): string {
  if (unit === 'seconds') return describeSeconds(value);
  if (unit === 'minutes') return describeSeconds(value * 60);
  if (unit === 'hours') return describeSeconds(value * 3_600);
  const [one, many] = unitWords[unit];
  return `${value} ${value === 1 ? one : many}`;
}

export function describePerson({ name, origin }: Person): string {
  return origin === 'missing' ? 'not named: the plan asks' : name;
}

export const tierWords: Record<Controls['retries'][number]['tier'], string> = { immediate: 'retries at once', delayed: 'retries later', dead_letter: 'gives up' };
export const guaranteeWords = { none: 'none', per_key: 'within one key', total: 'for all events' } as const;
export const effectWords = { overwrite: 'overwrites', merge: 'merges by key', append: 'appends', side_effect: 'acts outside', unknown: 'not known how it writes' } as const;

/** How a DAG is run on events, line by line. */
export function describeControls(controls: Controls): Line[] {
  const { routes, guarantee_rests_on, ordering, dedupe, sinks, backpressure, retries, dead_letter, fan_in, slo, owner, on_call, assumptions } = controls;
  const lines: Line[] = [
    { label: 'owner', texts: [describePerson(owner)] },
    { label: 'on call', texts: [describePerson(on_call)] },
    { label: 'service level', texts: [`from event to data: ${describeQuantity(slo.target)}`, `today: ${describeQuantity(slo.today)}`, slo.measured_by] },
    {
      label: 'route',
      texts: routes.map(({ channel, subscription, filter, entry }) => [channel, subscription, ...(filter === '' ? [] : [`filter ${filter}`]), entry].join(' → ')),
    },
    { label: 'guarantee rests on', texts: guarantee_rests_on },
    {
      label: 'order',
      texts: [`${guaranteeWords[ordering.guarantee]}${ordering.partition_key.length === 0 ? '' : `, by ${ordering.partition_key.join(' + ')}`}. ${ordering.out_of_order}`],
    },
    { label: 'keys are kept in', texts: [`${dedupe.store}, for ${describeQuantity(dedupe.retention)}`, dedupe.guard] },
    {
      label: 'sinks',
      texts: sinks.map(({ task_id, sink, effect, second_delivery, replay }) => `${task_id}: ${sink} (${effectWords[effect]}, second delivery ${second_delivery}). ${replay}`),
    },
    {
      label: 'fan-in',
      texts: fan_in === null ? [] : [`${fan_in.join}, within ${describeQuantity(fan_in.window)}; slowest leg ${describeQuantity(fan_in.slowest_leg)}`, `belong together by ${fan_in.correlation_key.length > 0 ? fan_in.correlation_key.join(' + ') : 'no known field'}. ${fan_in.correlation_reason}`, fan_in.late, fan_in.partial, fan_in.on_timeout],
    },
    {
      label: 'backpressure',
      texts: [
        `at most ${describeQuantity(backpressure.max_active_runs)} at once${backpressure.pool === '' ? '' : `, pool ${backpressure.pool}`}`,
        `expected ${describeQuantity(backpressure.rate)}; a burst starts at most ${amountOf(backpressure.storm_limit.value, 'runs')}, batched over ${describeQuantity(backpressure.batch_window)}`,
        backpressure.overflow,
      ],
    },
    { label: 'retries', texts: retries.map(({ tier, attempts, delays_seconds, action }) => `${tier.replace('_', ' ')}: ${tierText(attempts, delays_seconds)}. ${action}`) },
    {
      label: 'dead letters',
      texts: [
        `${dead_letter.where}; kept for ${describeQuantity(dead_letter.retention)}; looked at by ${describePerson(dead_letter.owner)}`,
        `alert from ${amountOf(dead_letter.alert_depth.value, dead_letter.alert_depth.unit)} or ${amountOf(dead_letter.alert_age.value, dead_letter.alert_age.unit)} of age on`,
      ],
    },
    { label: 'triage', texts: dead_letter.triage },
    { label: 'redrive', texts: dead_letter.redrive },
    { label: 'known beside the code', texts: assumptions },
  ];
  return lines.filter(({ texts }) => texts.length > 0);
}

function tierText(attempts: Quantity, delays: readonly number[]): string {
  if (delays.length === 0) return `after ${attempts.value} tries`;
  return `${attempts.value} more after ${delays.map((delay) => describeSeconds(delay)).join(', ')}`;
}

export const signalWords: Record<Controls['signals'][number]['kind'], string> = {
  trigger_to_ready: 'trigger to ready',
  event_lag: 'event lag',
  consumer_health: 'consumer health',
  contract_violations: 'contract violations',
  replay_volume: 'replay volume',
  dead_letter_depth: 'dead-letter depth',
  dead_letter_age: 'dead-letter age',
};

/** What is watched, one row for each signal: name, metric, threshold, who is called. */
export function describeSignals({ signals }: Controls): string[][] {
  return signals.map(({ kind, metric, threshold, notify }) => [signalWords[kind], metric, amountOf(threshold.value, threshold.unit), describePerson(notify)]);
}

/** A contract, line by line, without its payload. */
export function describeContract(contract: EventContract): Line[] {
  const { description, producer, owner, consumers, delivery, partition_key, dedupe_key, retention, slo, compatibility, evolution } = contract;
  const lines: Line[] = [
    { label: 'says', texts: [description] },
    { label: 'producer', texts: [producer.kind === 'dag' ? producer.dag_ids.join(', ') : producer.name] },
    { label: 'owner', texts: [describePerson(owner)] },
    { label: 'consumers', texts: [consumers.join(', ')] },
    { label: 'delivery', texts: [delivery.replaceAll('_', ' ')] },
    { label: 'dedupe key', texts: [dedupe_key.join(' + ')] },
    { label: 'partition key', texts: partition_key.length === 0 ? [] : [partition_key.join(' + ')] },
    { label: 'kept for', texts: [describeQuantity(retention)] },
    { label: 'starts within', texts: [describeQuantity(slo)] },
    { label: 'compatibility', texts: [compatibility] },
    { label: 'evolution', texts: evolution },
  ];
  return lines.filter(({ texts }) => texts.length > 0);
}
