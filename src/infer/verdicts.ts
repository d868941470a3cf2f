import type { Hazard, TriggerCandidate, Verdict } from '../model/analysis.js';
import type { Dag } from '../model/graph.js';
import { withinSentence } from '../util/within-sentence.js';
import type { InferContext } from './context.js';

interface VerdictInput {
  dag: Dag;
  candidates: readonly TriggerCandidate[];
  hazards: readonly Hazard[];
  context: InferContext;
}

/** Whether a DAG can leave its clock, and why (not). */
export function verdictFor(input: VerdictInput): Verdict {
  const { verdict, reasons } = decide(input);
  return { dag_id: input.dag.dag_id, verdict, reasons };
}

type Decision = Pick<Verdict, 'verdict' | 'reasons'>;

function decide(input: VerdictInput): Decision {
  const { dag } = input;
  switch (dag.schedule.kind) {
    case 'assets':
    case 'assets_or_time':
      return { verdict: 'event_driven', reasons: ['the schedule is on assets already', ...hazardReasons(input.hazards)] };
    case 'none':
      return decideUnscheduled(input);
    case 'once':
      return { verdict: 'manual', reasons: ['the DAG runs once'] };
    case 'unknown':
      return { verdict: 'needs_work', reasons: [`the schedule is not known: ${dag.schedule.reason}`] };
    case 'continuous':
    case 'cron':
    case 'delta':
    case 'timetable':
      return decideScheduled(input);
  }
}

function decideUnscheduled({ dag, context }: VerdictInput): Decision {
  const pushes = context.pushes.get(dag.dag_id) ?? [];
  if (pushes.length === 0) return { verdict: 'manual', reasons: ['the DAG has no schedule: it is started by hand or over the API'] };
  const callers = [...new Set(pushes.map((push) => push.dag.dag_id))];
  return { verdict: 'event_driven', reasons: [`started by TriggerDagRunOperator of ${callers.join(', ')}`] };
}

function decideScheduled({ dag, candidates, hazards }: VerdictInput): Decision {
  const events = candidates.filter((candidate) => candidate.source_kind !== 'clock');
  const calendar = hazards.find((hazard) => hazard.rule === 'H18' && hazard.severity === 'high');
  if (calendar) return { verdict: 'stay_on_cron', reasons: [calendar.message] };
  if (events.length === 0) return { verdict: 'stay_on_cron', reasons: ['no event source was found that could start it'] };
  if (events.every(isOwnJob)) {
    return { verdict: 'stay_on_cron', reasons: ['it waits only for jobs that its own tasks start: nothing from outside starts it'] };
  }
  const blockers = [...sourceReasons(events), ...knowledgeReasons(dag), ...hazardReasons(hazards)];
  return blockers.length > 0 ? { verdict: 'needs_work', reasons: blockers } : { verdict: 'ready', reasons: readyReasons(events) };
}

/** The end of a job that the DAG itself has started continues a run; it starts none. */
function isOwnJob(event: TriggerCandidate): boolean {
  return event.source_kind === 'job_completion' && event.is_mid_dag;
}

function sourceReasons(events: readonly TriggerCandidate[]): string[] {
  const reasons: string[] = [];
  if (events.every((event) => event.confidence === 'low')) reasons.push('the events that could start it are uncertain');
  if (events.every((event) => event.mechanism.kind === 'none')) reasons.push(events[0]?.mechanism.text ?? 'no mechanism');
  return reasons;
}

function knowledgeReasons(dag: Dag): string[] {
  if (dag.status === 'exact') return [];
  return [`its graph is known only in part (${dag.unknowns.length} unknown)`];
}

/** Hazards that must be answered before the move. A low one is a remark. */
function hazardReasons(hazards: readonly Hazard[]): string[] {
  const byRule = new Map<string, Hazard[]>();
  for (const hazard of hazards) {
    if (hazard.severity !== 'low') byRule.set(hazard.rule, [...(byRule.get(hazard.rule) ?? []), hazard]);
  }
  return [...byRule.values()].flatMap(([first, ...rest]) => (first ? [hazardReason(first, rest)] : []));
}

/** One hazard in its own words; several of one rule by the rule's title and the tasks. */
function hazardReason(first: Hazard, rest: readonly Hazard[]): string {
  if (rest.length === 0) return `${first.rule}: ${first.message}`;
  const tasks = [...new Set([first, ...rest].flatMap(({ task_id }) => task_id ?? []))];
  const where = tasks.length > 0 ? tasks.join(', ') : `${rest.length + 1} times`;
  return `${first.rule}: ${withinSentence(first.title)} (${where})`;
}

function readyReasons(events: readonly TriggerCandidate[]): string[] {
  const sure = events.filter((event) => event.confidence !== 'low');
  return sure.map((event) => `${event.source_kind} ${Object.values(event.fields).join(' ')}`.trim());
}
