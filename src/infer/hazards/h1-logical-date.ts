import { datedAttributes, datedObjects, logicalDateKeys, removedDateKeys } from '../../knowledge/context-keys.js';
import type { Severity } from '../../model/analysis.js';
import type { Task } from '../../model/graph.js';
import { isAtLeast } from '../../util/release.js';
import { textsWithin } from '../argument.js';
import { taskCitation, type Citation } from '../evidence.js';
import { sensorOf } from '../sensors.js';
import { namesInTemplate, type TemplateName } from '../template/names.js';
import { isScheduled, type HazardMatch, type HazardRule, type HazardScope } from './rule.js';

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
  find: (scope) => (isScheduled(scope.facts.dag) ? scope.facts.dag.tasks.flatMap((task) => matchTask(task, scope)) : []),
};

interface DateUse {
  name: string;
  where: string;
  citation: Citation;
}

function matchTask(task: Task, scope: HazardScope): HazardMatch[] {
  const uses = [...templateUses(task, scope), ...fileUses(task, scope), ...bodyUses(task, scope)];
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

function templateUses(task: Task, { facts }: HazardScope): DateUse[] {
  const fields = task.template_fields ?? Object.keys(task.arguments);
  return fields.flatMap((field) => {
    const value = task.arguments[field];
    if (value === undefined) return [];
    return [...textsWithin(value, field)].flatMap(({ path, text }) =>
      dateNames(text).map((name) => ({
        name,
        where: path,
        citation: taskCitation(facts.dag, task, `${path} holds {{ ${name} }}: ${text.trim()}`, `template:${path}:${name}`),
      })),
    );
  });
}

/** Uses in files that templated arguments name, each at its line. */
function fileUses(task: Task, { facts }: HazardScope): DateUse[] {
  return task.template_files.flatMap(({ file, text }) => {
    if (file === null || text === null) return [];
    return dateNames(text).map((name) => {
      const place = { file, line: lineOf(text, name) };
      return { name, where: file, citation: { dag: facts.dag, task, label: `file:${file}:${name}`, text: lineAt(text, place.line), place } };
    });
  });
}

/** The line of the first template block that uses a name. */
function lineOf(text: string, name: string): number {
  const last = name.slice(name.lastIndexOf('.') + 1);
  const lines = text.split('\n');
  const found = lines.findIndex((line) => dateNames(line).includes(name));
  const mentioned = found >= 0 ? found : lines.findIndex((line) => line.includes(last));
  return Math.max(mentioned, 0) + 1;
}

function lineAt(text: string, line: number): string {
  return (text.split('\n')[line - 1] ?? '').trim();
}

function dateNames(template: string): string[] {
  return [...new Set(namesInTemplate(template).flatMap(dateName))];
}

function dateName({ name, path }: TemplateName): string[] {
  if (logicalDateKeys.has(name) || removedDateKeys.has(name)) return [name];
  const attribute = path[0];
  return datedObjects.has(name) && attribute !== undefined && datedAttributes.has(attribute) ? [`${name}.${attribute}`] : [];
}

function bodyUses(task: Task, { facts }: HazardScope): DateUse[] {
  return task.body
    .filter((fact) => fact.kind === 'context' && (logicalDateKeys.has(fact.name) || removedDateKeys.has(fact.name)))
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
