import { queueTerms } from '../knowledge/asset-queue.js';
import type { FanIn, MeetingTerms, TriggerCandidate } from '../model/analysis.js';
import { durationText } from './clocks.js';
import type { DagFacts, InferContext } from './context.js';
import { correlationOf } from './correlation.js';
import { slowestLeg } from './slowest-leg.js';

interface Meeting {
  legs: readonly TriggerCandidate[];
  join: FanIn['join'];
  /** Whether the asset queue is where the legs meet, or a task of a run. */
  isSchedule: boolean;
  triggerRule: string;
}

/** How the legs of a meeting come together, and what becomes of one that is late, missing or doubled. */
export function termsOf(meeting: Meeting, facts: DagFacts, context: InferContext): MeetingTerms {
  // The clock half of a schedule is no event: it belongs to every date and none.
  const legs = meeting.legs.filter((leg) => leg.source_kind !== 'clock');
  const correlation = correlationOf(legs, facts, context);
  const slowest = meeting.join === 'all' ? slowestLeg(legs, context) : null;
  return { correlation, ...(meeting.isSchedule ? assetTerms(meeting, facts) : taskTerms(meeting, facts)), slowest_leg: slowest };
}

type Terms = Omit<MeetingTerms, 'correlation' | 'slowest_leg'>;

function assetTerms({ join, legs }: Meeting, { dag }: DagFacts): Terms {
  const isPartitioned = dag.schedule.kind === 'assets' && dag.schedule.timetable === 'PartitionedAssetTimetable';
  const terms = isPartitioned ? queueTerms.partitioned : queueTerms[join];
  const clock = legs.some((leg) => leg.source_kind === 'clock') ? ' A run of the clock leaves queued updates as they are.' : '';
  return { window_seconds: null, window: terms.window, lateness: terms.lateness, partial_arrival: `${terms.partial}${clock}`, duplicates: terms.duplicates };
}

function taskTerms({ legs, join, triggerRule }: Meeting, { topology }: DagFacts): Terms {
  const waits = legs.flatMap((leg) => leg.replaces?.timeout_seconds ?? []);
  const shortest = waits.length > 0 ? Math.min(...waits) : null;
  const longest = waits.length < legs.length ? 'no limit' : durationText(Math.max(...waits));
  const span = shortest === null || durationText(shortest) === longest ? longest : `${durationText(shortest)} to ${longest}`;
  const skips = legs.some((leg) => leg.task_id !== null && topology.tasks.get(leg.task_id)?.arguments['soft_fail'] === true);
  const end = skips ? 'its wait fails, or skips where soft_fail is set' : 'its wait fails';
  return {
    window_seconds: shortest,
    window: waits.length === 0 ? 'as long as the run lasts' : `each leg until its own timeout: ${span} from the start of its wait`,
    lateness: waits.length === 0 ? 'a leg is never late' : `after its timeout ${end}; what comes later is for the next run`,
    partial_arrival: partialText(join, triggerRule),
    duplicates: 'not seen: a wait looks whether it is there, not how often it came',
  };
}

/** Trigger rules under which a task waits for the end of every leg, however that ends. */
const endRules: ReadonlySet<string> = new Set(['all_done', 'all_done_min_one_success', 'all_done_setup_success']);

function partialText(join: FanIn['join'], rule: string): string {
  if (rule === 'always') return 'work starts at once, whatever has come (trigger rule always)';
  if (join === 'any') return `work starts with what is there (trigger rule ${rule})`;
  if (join === 'mixed') return `some legs are enough, others are not (trigger rule ${rule})`;
  if (endRules.has(rule)) return `work waits until each leg has come or has run into its timeout, and starts with what is there (trigger rule ${rule})`;
  return `work waits for the rest; when one leg runs into its timeout, nothing behind it starts (trigger rule ${rule})`;
}
