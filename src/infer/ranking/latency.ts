import type { RankFactor, TriggerCandidate } from '../../model/analysis.js';
import type { Dag } from '../../model/graph.js';
import { cronOf, durationText, periodOf } from '../clocks.js';
import type { InferContext } from '../context.js';
import { producingDags } from '../producing-dags.js';

/** A wait between data and start, with how it was worked out. */
interface Wait {
  seconds: number;
  text: string;
  evidence: readonly string[];
}

/**
 * Seconds that data lies ready before work starts, expected: what an event would win. With several legs the shortest wait
 * counts, since data is ready when the last leg has come.
 */
export function latencyFactor(dag: Dag, events: readonly TriggerCandidate[], context: InferContext): RankFactor {
  const waits = events.map((event) => waitFor(dag, event, context));
  const known = waits.flatMap((wait) => wait ?? []).sort((a, b) => a.seconds - b.seconds);
  const [shortest] = known;
  if (!shortest || known.length < waits.length) {
    return { value: null, text: 'not known: no schedule tells when the data is ready', evidence: events.flatMap(({ evidence }) => evidence.slice(0, 1)) };
  }
  const others = known.length > 1 ? ` (the shortest of ${known.length} waits)` : '';
  return { value: Math.round(shortest.seconds), text: `${durationText(shortest.seconds)}${others}: ${shortest.text}`, evidence: [...shortest.evidence] };
}

function waitFor(dag: Dag, event: TriggerCandidate, context: InferContext): Wait | undefined {
  const evidence = event.evidence.slice(0, 1);
  const poke = pokeOf(event);
  const behind = gapBehind(dag, event, context);
  // The sensor runs from the start on: it sees a producer that starts with it, or just before, by its next look.
  if (event.source_kind === 'dag_completion' && event.replaces !== null) {
    return { seconds: poke / 2, text: `the sensor looks every ${durationText(poke)}`, evidence };
  }
  if (behind) return { ...behind, evidence };
  const period = periodOf(dag, context);
  if (period === undefined) return undefined;
  if (event.replaces === null) return { seconds: period / 2, text: `if data may come at any time, it waits half of the ${durationText(period)} between two starts`, evidence };
  const covered = Math.min((event.replaces.timeout_seconds ?? period) / period, 1);
  const seconds = covered * (poke / 2) + (1 - covered) * ((1 - covered) * period) * 0.5;
  const share = Math.round(covered * 100);
  const text = share === 100 ? `a sensor looks every ${durationText(poke)} all the time` : `if data may come at any time: a sensor covers ${share} % of the ${durationText(period)} between two starts, what comes in the rest waits for the next`;
  return { seconds, text, evidence };
}

/** From the start of the DAG that sends the event to the start of this one. Its run takes a part of that. */
function gapBehind(dag: Dag, event: TriggerCandidate, context: InferContext): Omit<Wait, 'evidence'> | undefined {
  const own = cronOf(dag);
  const [producer, ...others] = producingDags(event, context);
  const theirs = producer && others.length === 0 ? cronOf(producer) : undefined;
  const seconds = own && theirs ? context.gaps(own, theirs) : undefined;
  if (seconds === undefined || !producer) return undefined;
  return { seconds, text: `it starts ${durationText(seconds)} after ${producer.dag_id}, less what that takes` };
}

function pokeOf({ replaces }: TriggerCandidate): number {
  return replaces?.poke_interval_seconds ?? 60;
}
