import type { TriggerCandidate } from '../../model/analysis.js';
import type { Task } from '../../model/graph.js';
import { isAtLeast } from '../../util/release.js';
import { dagCitation, taskCitation } from '../evidence.js';
import { isOnClock, isOnEvents, type HazardMatch, type HazardRule, type HazardScope } from './rule.js';
import { templateUses } from './templated-texts.js';

/** H2: several events make one run. */
export const coalescedEventsHazard: HazardRule = {
  doc: {
    id: 'H2',
    kind: 'hazard',
    title: 'Takes one event per run for granted',
    level: 'medium',
    versions: '2.4 to 3.3; since 3.4 batch_asset_events=False gives one run per event',
    why:
      'Airflow queues an asset once per DAG, however many events come. A burst makes one run; that run carries the events ' +
      'up to the first one of the burst, and the rest stays behind until another event makes the next run. Code that reads ' +
      'one event of its run, or was called once per file, then misses some.',
    cure: 'Read all events of the run and map over them; keep TriggerDagRunOperator or the REST API where each message needs a run of its own.',
    bad: {
      airflow: '3.2.2',
      source: `from airflow.sdk import DAG, Asset
from airflow.providers.standard.operators.bash import BashOperator

with DAG("import_file", schedule=[Asset("incoming", uri="s3://lake/incoming")]):
    BashOperator(
        task_id="load",
        bash_command="load {{ (triggering_asset_events.values() | first | first).extra.key }}",
    )
`,
    },
    good: {
      airflow: '3.2.2',
      source: `from airflow.sdk import DAG, Asset, task

incoming = Asset("incoming", uri="s3://lake/incoming")

with DAG("import_file", schedule=[incoming]):

    @task
    def keys(triggering_asset_events=None):
        return [event.extra["key"] for event in triggering_asset_events[incoming]]

    @task
    def load(key):
        print(key)

    load.expand(key=keys())
`,
    },
  },
  find(scope) {
    if (isAtLeast(scope.context.release, '3.4.0')) return [];
    const { dag } = scope.facts;
    if (isOnEvents(dag)) return dag.tasks.flatMap((task) => firstEvent(task, scope));
    return [...mappedPushes(scope), ...(isOnClock(dag) ? messageWaits(scope) : [])];
  },
};

const eventNames: ReadonlySet<string> = new Set(['triggering_asset_events', 'triggering_dataset_events']);

/** `... | first`, or `[0]`, over the events of the run. */
function firstEvent(task: Task, { facts: { dag } }: HazardScope): HazardMatch[] {
  const uses = templateUses(task, ({ name }) => eventNames.has(name)).filter(({ text }) => /\|\s*first\b|\[\s*0\s*\]/.test(text));
  const [first, ...rest] = uses.map(({ where, text, place }) => ({ ...taskCitation(dag, task, `${where}: ${text}`, `first-event:${where}`), place }));
  if (!first) return [];
  const message = `${task.task_id} reads only the first event of its run: what comes in the same burst is lost`;
  return [{ task, severity: 'medium', message, evidence: [first, ...rest] }];
}

/** A mapped TriggerDagRunOperator makes one run for each item; an asset in its place would not. */
function mappedPushes({ facts: { dag }, context }: HazardScope): HazardMatch[] {
  return (context.pushes.get(dag.dag_id) ?? [])
    .filter((push) => push.task.is_mapped)
    .map((push) => {
      const message = `${push.dag.dag_id}.${push.task.task_id} starts ${dag.dag_id} once for each item; events in its place would share runs`;
      return {
        task: null,
        subject: `${push.dag.dag_id}.${push.task.task_id}`,
        severity: 'low',
        message,
        evidence: [taskCitation(push.dag, push.task, message, `push:${dag.dag_id}`), dagCitation(dag, `${dag.dag_id} is started once for each item`, 'pushed')],
      };
    });
}

/** Sources that send one message for each thing that happens. */
const messageKinds: ReadonlySet<TriggerCandidate['source_kind']> = new Set(['kafka', 'sqs', 'pubsub', 'servicebus']);

/** A sensor for a message, or for any object that matches a pattern, is followed by work on what it found. */
function messageWaits({ facts: { dag, topology }, candidates }: HazardScope): HazardMatch[] {
  return candidates.flatMap((candidate) => {
    const task = candidate.task_id === null ? undefined : topology.tasks.get(candidate.task_id);
    if (!task || candidate.confidence === 'low' || candidate.is_mid_dag || !messageKinds.has(candidate.source_kind)) return [];
    const message = `${task.task_id} waits for ${candidate.source_kind} messages: as events of an asset, those of one burst make one run`;
    return [{ task, severity: 'low' as const, message, evidence: [taskCitation(dag, task, message, 'messages')] as HazardMatch['evidence'] }];
  });
}
