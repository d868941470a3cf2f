import type { Cascade } from '../fan-outs.js';
import { runsPerDay } from '../clocks.js';
import type { InferContext } from '../context.js';
import { dagCitation, type Citation } from '../evidence.js';
import type { HazardMatch, HazardRule, HazardScope } from './rule.js';

/** From this many runs a day that one DAG causes in others, a burst of it is felt by all. Hourly to ten consumers is as much. */
const stormRunsPerDay = 240;

/** H8: nothing slows a cascade down. */
export const stormHazard: HazardRule = {
  doc: {
    id: 'H8',
    kind: 'hazard',
    title: 'Storm of runs',
    level: 'high',
    versions: '2.4 and later',
    why:
      'Events have no rate limit and no debounce: each run of a producer starts its consumers, and max_active_runs is the ' +
      'only brake. A frequent producer with many consumers floods the workers; a cycle of assets or triggers never ends.',
    cure: 'Cut the cycle. Before a wide fan-out collect events, by a clock in between, and bound the consumers with max_active_runs and a pool.',
    bad: {
      airflow: '3.2.2',
      source: `from airflow.sdk import DAG, Asset
from airflow.providers.standard.operators.bash import BashOperator

raw, clean = Asset("raw"), Asset("clean")

with DAG("cleaning", schedule=[raw]):
    BashOperator(task_id="clean", bash_command="clean", outlets=[clean])

with DAG("refresh", schedule=[clean]):
    BashOperator(task_id="reload", bash_command="reload", outlets=[raw])
`,
    },
    good: {
      airflow: '3.2.2',
      source: `from airflow.sdk import DAG, Asset
from airflow.providers.standard.operators.bash import BashOperator

raw, clean = Asset("raw"), Asset("clean")

with DAG("cleaning", schedule=[raw]):
    BashOperator(task_id="clean", bash_command="clean", outlets=[clean])

with DAG("refresh", schedule=[clean]):
    BashOperator(task_id="reload", bash_command="reload")
`,
    },
  },
  find(scope) {
    const cascade = scope.context.cascades.get(scope.facts.dag.dag_id);
    if (!cascade) return [];
    return cascade.cycle.includes(scope.facts.dag.dag_id) ? [cycleMatch(cascade, scope)] : floodMatch(cascade, scope);
  },
};

function cycleMatch(cascade: Cascade, scope: HazardScope): HazardMatch {
  const { dagId, cycle } = cascade;
  const inside = cascade.links.filter(({ target }) => target === (cycle[1] ?? dagId));
  // A trigger may stand behind a branch that ends the round; events come whatever a run decides.
  const isByEvent = isEventCycle(cycle, scope.context);
  const message = `${dagId} leads back to itself: ${[...cycle, dagId].join(' -> ')}; ${isByEvent ? 'each round starts the next' : 'a trigger closes the round'}`;
  const [first, ...rest] = inside.map((link): Citation => ({ dag: scope.facts.dag, task: null, label: `starts:${link.target}`, text: `${dagId} starts ${link.target} (${link.dependency_id})`, place: { file: link.file, line: link.line } }));
  return { task: null, subject: 'cycle', severity: isByEvent ? 'high' : 'medium', message, evidence: [first ?? dagCitation(scope.facts.dag, message, 'cycle'), ...rest] };
}

/** Whether assets close every step of the round, so that nothing but a failure or a skip ends it. */
function isEventCycle(cycle: readonly string[], context: InferContext): boolean {
  return cycle.every((id, index) => {
    const next = cycle[(index + 1) % cycle.length] ?? id;
    return context.cascades.get(id)?.links.some((link) => link.target === next && link.kind !== 'trigger') === true;
  });
}

function floodMatch({ dagId, runs, direct, depth }: Cascade, { facts: { dag }, context }: HazardScope): HazardMatch[] {
  const perDay = runsPerDay(dag.schedule, context);
  if (perDay === undefined || runs === null || runs * perDay < stormRunsPerDay || direct.length < 2) return [];
  const message = `${dagId} runs ${countText(perDay)} times a day and starts ${direct.length} DAGs each time: up to ${countText(runs * perDay)} runs a day downstream, ${depth ?? 1} deep, with nothing but max_active_runs to slow them`;
  return [{ task: null, subject: 'flood', severity: 'medium', message, evidence: [dagCitation(dag, message, 'schedule')] }];
}

function countText(count: number): string {
  return String(Math.round(count));
}
