import type { Controls, Quantity, Signal } from '../../model/controls.js';
import { assumed } from './quantity.js';
import type { Channel } from './routes.js';
import { fill } from './routes.js';

/** A consumer that is silent for this many service levels is not healthy. */
const SILENCE_FACTOR = 3;
/** More replays than this in a day are an incident, not a repair. */
const REPLAYS_PER_DAY = 10;

type Parts = Pick<Controls, 'slo' | 'dead_letter' | 'on_call' | 'dedupe'>;

/** What is watched for one DAG: trigger-to-ready first. */
export function signalsOf(dagId: string, parts: Parts, channels: readonly Channel[]): Signal[] {
  const { slo, dead_letter, on_call: notify } = parts;
  const target = slo.target.value;
  const per = (metric: keyof Channel['system']['metrics']): string => [...new Set(channels.map(({ system, name }) => fill(system.metrics[metric], name)))].join('; ');
  const signal = (kind: Signal['kind'], metric: string, threshold: Quantity): Signal => ({ kind, metric, threshold, notify });
  return [
    signal('trigger_to_ready', slo.measured_by, slo.target),
    signal('event_lag', per('lag'), assumed(Math.max(1, Math.floor(target / 2)), 'minutes', 'half of the service level')),
    signal(
      'consumer_health',
      `minutes since the last successful run of ${dagId} while events wait`,
      assumed(target * SILENCE_FACTOR, 'minutes', 'three service levels'),
    ),
    signal('contract_violations', `events of ${dagId} whose payload its contract’s JSON Schema refuses, counted by the first task`, assumed(1, 'messages', 'one is enough to ask the producer')),
    signal('replay_volume', `keys of ${dagId} in the key store that were begun again, per day`, assumed(REPLAYS_PER_DAY, 'messages', 'more is an incident, not a repair')),
    signal('dead_letter_depth', per('dead_letter_depth'), dead_letter.alert_depth),
    signal('dead_letter_age', per('dead_letter_age'), dead_letter.alert_age),
  ];
}
