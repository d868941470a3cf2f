import type { FanIn, TriggerCandidate } from '../model/analysis.js';
import type { Task } from '../model/graph.js';
import type { DagFacts, InferContext } from './context.js';
import { dagCitation, taskCitation } from './evidence.js';
import { termsOf } from './meeting-terms.js';
import { assetJoin } from './sources/asset-expression.js';
import { assetsOf } from './sources/assets.js';
import { tasksInOrder } from './topology.js';

/** Trigger rules that let a task run when one of its legs has come. */
const anyRules: ReadonlySet<string> = new Set(['one_success', 'one_done', 'one_failed', 'none_failed_min_one_success', 'none_failed_or_skipped']);

/** Sensors that go on at the first of several messages; every other list is waited for as a whole. */
const anyKinds: ReadonlySet<string> = new Set(['kafka', 'sqs', 'pubsub', 'servicebus']);

/** The places where several events of a DAG meet. */
export function findFanIns(facts: DagFacts, candidates: readonly TriggerCandidate[], context: InferContext): FanIn[] {
  const schedule = scheduleFanIn(facts, candidates, context);
  const waiting = candidates.filter((candidate) => candidate.task_id !== null);
  const tasks = combineMeetings(taskMeetings(facts, waiting)).map((meeting) => meetingAt(facts, meeting, new Map(waiting.map((leg) => [leg.id, leg])), context));
  const covered = new Set(tasks.flatMap((fanIn) => fanIn.legs));
  const loose = waiting.length > 1 && !waiting.every((candidate) => covered.has(candidate.id));
  return [...schedule, ...tasks, ...(loose ? [looseFanIn(facts, waiting, context)] : [])];
}

function scheduleFanIn(facts: DagFacts, candidates: readonly TriggerCandidate[], context: InferContext): FanIn[] {
  const { dag } = facts;
  const expression = assetsOf(dag);
  const legs = candidates.filter((candidate) => candidate.task_id === null && (candidate.source_kind === 'clock' || isScheduled(candidate)));
  if (!expression || legs.length < 2) return [];
  const assets = assetJoin(expression);
  const hasClock = legs.some((leg) => leg.source_kind === 'clock');
  const join = hasClock && (assets === 'mixed' || (assets === 'all' && legs.length > 2)) ? 'mixed' : hasClock ? 'any' : assets;
  const text = `${dag.dag_id} starts when ${join === 'mixed' ? 'a combination' : joinWords[join]} of ${legs.length} come: ${legs.map(nameOf).join(', ')}`;
  return [
    {
      id: `f:${dag.dag_id}`,
      dag_id: dag.dag_id,
      task_id: null,
      join,
      legs: legs.map((leg) => leg.id),
      text,
      terms: termsOf({ legs, join, isSchedule: true, triggerRule: '' }, facts, context),
      evidence: [context.book.cite(dagCitation(dag, text, 'fan-in'))],
    },
  ];
}

/** Assets of the schedule itself, not those that lineage suggests. */
function isScheduled(candidate: TriggerCandidate): boolean {
  return candidate.source_kind === 'asset' && candidate.fields['external_dag_id'] === undefined;
}

const joinWords: Readonly<Record<FanIn['join'], string>> = { all: 'all', any: 'any', mixed: 'some' };

/** Tasks at which branches with different waits meet, or which wait for several things themselves. */
function taskMeetings(facts: DagFacts, waiting: readonly TriggerCandidate[]): Meeting[] {
  const { dag, topology } = facts;
  const own = groupByTask(waiting);
  const reached = new Map<string, ReadonlySet<string>>();
  const found: Meeting[] = [];
  for (const taskId of tasksInOrder(dag, topology)) {
    const task = topology.tasks.get(taskId);
    const branches = topology.upstream(taskId).map((upstream) => reached.get(upstream) ?? new Set<string>());
    const before = new Set(branches.flatMap((branch) => [...branch]));
    const mine = own.get(taskId) ?? [];
    const all = new Set([...before, ...mine.map((candidate) => candidate.id)]);
    reached.set(taskId, all);
    const isMeeting = all.size > 1 && all.size > Math.max(0, ...branches.map((branch) => branch.size));
    if (task && isMeeting) found.push({ task, others: [], legs: [...all], own: mine, hasBranches: before.size > 0 });
  }
  return found;
}

interface Meeting {
  task: Task;
  /** Tasks at which the same events meet by the same rule, beside the first. */
  others: Task[];
  legs: string[];
  own: readonly TriggerCandidate[];
  hasBranches: boolean;
}

/** One meeting where several tasks have the same one; none at a wait in the middle of waits that all meet later. */
function combineMeetings(meetings: readonly Meeting[]): Meeting[] {
  const combined = new Map<string, Meeting>();
  for (const meeting of meetings) {
    const isOnTheWay = meeting.own.length > 0 && meetings.some((later) => isWithin(meeting, later));
    const key = JSON.stringify([[...meeting.legs].sort(), joinAt(meeting.task, meeting), meeting.task.trigger_rule]);
    const known = combined.get(key);
    if (known) known.others.push(meeting.task);
    else if (!isOnTheWay) combined.set(key, { ...meeting, others: [] });
  }
  return [...combined.values()];
}

function isWithin(meeting: Meeting, later: Meeting): boolean {
  const legs = new Set(later.legs);
  return legs.size > meeting.legs.length && meeting.legs.every((leg) => legs.has(leg));
}

function meetingAt(facts: DagFacts, meeting: Meeting, candidates: ReadonlyMap<string, TriggerCandidate>, context: InferContext): FanIn {
  const { dag } = facts;
  const { task } = meeting;
  const legs = meeting.legs.flatMap((id) => candidates.get(id) ?? []);
  const join = joinAt(task, meeting);
  const names = [task, ...meeting.others].map(({ task_id }) => task_id).join(', ');
  const goesOn = meeting.others.length > 0 ? 'go on' : 'goes on';
  const text = `${joinWords[join]} of ${meeting.legs.length} events must come before ${names} ${goesOn} (trigger rule ${task.trigger_rule})`;
  return {
    id: `f:${dag.dag_id}/${task.task_id}`,
    dag_id: dag.dag_id,
    task_id: task.task_id,
    join,
    legs: meeting.legs,
    text,
    terms: termsOf({ legs, join, isSchedule: false, triggerRule: task.trigger_rule }, facts, context),
    evidence: [context.book.cite(taskCitation(dag, task, text, 'fan-in'))],
  };
}

function joinAt(task: Task, meeting: Meeting): FanIn['join'] {
  const ownJoin = meeting.own.length > 1 && meeting.own.every((candidate) => anyKinds.has(candidate.source_kind)) ? 'any' : 'all';
  const branchJoin = anyRules.has(task.trigger_rule) ? 'any' : 'all';
  if (!meeting.hasBranches) return ownJoin;
  if (meeting.own.length === 0) return branchJoin;
  return branchJoin === 'all' && ownJoin === 'all' ? 'all' : 'mixed';
}

/** Several waits whose branches never meet: each branch goes on by itself. */
function looseFanIn(facts: DagFacts, waiting: readonly TriggerCandidate[], context: InferContext): FanIn {
  const { dag } = facts;
  const text = `${dag.dag_id} waits for ${waiting.length} events in branches that don't all meet: each could start its branch alone, if the DAG were split`;
  return {
    id: `f:${dag.dag_id}#branches`,
    dag_id: dag.dag_id,
    task_id: null,
    join: 'mixed',
    legs: waiting.map((candidate) => candidate.id),
    text,
    terms: termsOf({ legs: waiting, join: 'mixed', isSchedule: false, triggerRule: 'of each branch' }, facts, context),
    evidence: [context.book.cite(dagCitation(dag, text, 'branches'))],
  };
}

function groupByTask(candidates: readonly TriggerCandidate[]): Map<string, TriggerCandidate[]> {
  const groups = new Map<string, TriggerCandidate[]>();
  for (const candidate of candidates) {
    if (candidate.task_id !== null) groups.set(candidate.task_id, [...(groups.get(candidate.task_id) ?? []), candidate]);
  }
  return groups;
}

function nameOf(candidate: TriggerCandidate): string {
  const { uri, name, alias, schedule } = candidate.fields;
  return uri ?? name ?? alias ?? schedule ?? candidate.source_kind;
}
