import { datedAttributes, datedObjects, logicalDateKeys, removedDateKeys } from '../../knowledge/context-keys.js';
import type { Severity } from '../../model/analysis.js';
import type { HandedFunction, Task } from '../../model/graph.js';
import { isAtLeast } from '../../util/release.js';
import { taskCitation, type Citation } from '../evidence.js';
import { sensorOf } from '../sensors.js';
import type { TemplateName } from '../template/names.js';
import { isScheduled, type HazardMatch, type HazardRule, type HazardScope } from './rule.js';
import { templateUses } from './templated-texts.js';

/** H1: a run that an event starts has no logical date, or one that means something else. */
export const logicalDateHazard: HazardRule = {
  doc: {
    id: 'H1',
    kind: 'hazard',
    title: 'Uses the logical date or data interval',
    level: 'high',
    versions: '2.4 and later; an error since 3.0',
    why:
      'A run that an asset event starts has no logical date and no data interval in Airflow 3: templates that name them fail ' +
      'with an UndefinedError, code with a KeyError. In Airflow 2.4 to 2.11 the same names are there, but hold the date of the ' +
      'event instead of the date of the data, which goes wrong silently.',
    cure:
      'Take the date from what the event carries (triggering_asset_events, its extra, a partition key) or from dag_run.run_after, ' +
      'or pass it as a param.',
    bad: {
      airflow: '3.2.2',
      source: `import pendulum
from airflow.sdk import DAG
from airflow.providers.standard.operators.bash import BashOperator

with DAG("daily_export", schedule="0 4 * * *", start_date=pendulum.datetime(2026, 1, 1), catchup=False):
    BashOperator(task_id="export", bash_command="export-orders --day {{ ds }}")
`,
    },
    good: {
      airflow: '3.2.2',
      source: `import pendulum
from airflow.sdk import DAG
from airflow.providers.standard.operators.bash import BashOperator

with DAG("daily_export", schedule="0 4 * * *", start_date=pendulum.datetime(2026, 1, 1), catchup=False):
    BashOperator(task_id="export", bash_command="export-orders --day {{ dag_run.run_after | ds }}")
`,
    },
  },
  find(scope) {
    const { dag } = scope.facts;
    if (!isScheduled(dag)) return [];
    return [...dag.tasks.flatMap((task) => matchTask(task, scope)), ...(dag.functions ?? []).flatMap((each) => matchFunction(each, scope))];
  },
};

interface DateUse {
  name: string;
  where: string;
  citation: Citation;
}

function matchTask(task: Task, scope: HazardScope): HazardMatch[] {
  const uses = [...renderedUses(task, scope), ...bodyUses(task, scope)];
  const [first, ...rest] = uses;
  if (!first) return [];
  const names = [...new Set(uses.map((use) => use.name))];
  const places = [...new Set(uses.map((use) => use.where))];
  return [
    {
      task,
      severity: severityOf(task, scope),
      message: `${task.task_id} uses ${names.join(', ')} in ${places.join(', ')}: ${consequence(names, scope.context.release)}`,
      evidence: [first.citation, ...rest.map((use) => use.citation)],
    },
  ];
}

/** A sensor goes when the event takes its place, and what it waited for with it: then the event must name the date. */
function severityOf(task: Task, { context }: HazardScope): Severity {
  if (sensorOf(task) || task.template_fields === null) return 'medium';
  return isAtLeast(context.release, '3.0.0') ? 'high' : 'medium';
}

function consequence(names: readonly string[], release: string): string {
  if (!isAtLeast(release, '3.0.0')) return 'in a run that an event starts it is the date of the event, not of the data';
  const removed = names.filter((name) => removedDateKeys.has(name));
  return removed.length > 0 ? `${removed.join(', ')} is gone in Airflow 3` : 'a run that an event starts has none';
}

function renderedUses(task: Task, { facts }: HazardScope): DateUse[] {
  const uses = templateUses(task, (name) => dateName(name) !== undefined);
  return uses.flatMap(({ name: found, where, text, place }) => {
    const name = dateName(found) ?? '';
    const label = `template:${where}:${name}`;
    return [{ name, where, citation: { ...taskCitation(facts.dag, task, `${where} holds {{ ${name} }}: ${text}`, label), place } }];
  });
}

function dateName({ name, path }: TemplateName): string | undefined {
  if (isDateKey(name)) return name;
  const attribute = path[0];
  return datedObjects.has(name) && attribute !== undefined && datedAttributes.has(attribute) ? `${name}.${attribute}` : undefined;
}

function isDateKey(name: string): boolean {
  return logicalDateKeys.has(name) || removedDateKeys.has(name);
}

/** `logical_date`, or `dag_run.logical_date`. */
function isDatePath(path: string): boolean {
  const [object = '', attribute = ''] = path.split('.');
  return isDateKey(path) || (datedObjects.has(object) && datedAttributes.has(attribute));
}

/** A parameter that is never read does no harm as long as Airflow fills it: since 3.0 a call without it fails. */
function bodyUses(task: Task, { facts, context }: HazardScope): DateUse[] {
  const isFilled = !isAtLeast(context.release, '3.0.0');
  return task.body
    .filter((fact) => fact.kind === 'context' && isDatePath(fact.name) && !(isFilled && fact.detail === 'unused parameter'))
    .map((fact) => ({
      name: fact.name,
      where: 'its function',
      citation: {
        dag: facts.dag,
        task,
        label: `context:${fact.name}`,
        text: `${task.callable?.name ?? task.task_id} reads ${fact.name} from the context`,
        place: { file: fact.file, line: fact.line },
      },
    }));
}

/** Callbacks and hooks of a task get the context; a macro may ask for it. Other functions get what Airflow hands them. */
function matchFunction(given: HandedFunction, { facts: { dag, topology }, context }: HazardScope): HazardMatch[] {
  if (!/_callback$|^user_defined_|^(?:pre|post)_execute$/.test(given.role)) return [];
  const uses = given.body.filter((fact) => fact.kind === 'context' && !fact.detail.endsWith('parameter') && isDatePath(fact.name));
  const names = [...new Set(uses.map((fact) => fact.name))];
  const [only, ...others] = given.task_ids;
  const task = (others.length === 0 && only !== undefined ? topology.tasks.get(only) : undefined) ?? null;
  const [first, ...rest] = uses.map((fact) => ({
    dag,
    task,
    label: `${given.role}:${given.name}:${fact.name}`,
    text: `${given.name} (${given.role}) reads ${fact.name} from the context`,
    place: { file: fact.file, line: fact.line },
  }));
  if (!first) return [];
  const whose = task === null && given.task_ids.length > 0 ? ` of ${given.task_ids.length} tasks` : '';
  const message = `${given.name}, the ${given.role}${whose}, uses ${names.join(', ')}: ${consequence(names, context.release)}`;
  return [{ task, subject: `${given.role}:${given.name}`, severity: 'medium', message, evidence: [first, ...rest] }];
}
