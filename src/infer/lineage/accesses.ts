import type { Dag, Task } from '../../model/graph.js';
import { sensorOf } from '../sensors.js';
import { assetLeaves } from '../sources/asset-expression.js';
import { sqlOfTask, type TaskSql } from '../sql/of-task.js';
import { knownParams, type KnownParams } from '../template/holes.js';
import { argumentAccesses } from './read/arguments.js';
import { bodyAccesses } from './read/body.js';
import { commandAccesses } from './read/commands.js';
import { configurationAccesses } from './read/job-configurations.js';
import { sensorAccesses } from './read/sensors.js';
import { sessionOfTask } from './read/session.js';
import { sqlAccesses } from './read/sql.js';
import { keyOf, type Access, type TaskAccesses } from './resource.js';

/** Everything that a task is known to read and write, once each, and what stands in the way of knowing more. */
export function accessesOf(dag: Dag, task: Task): TaskAccesses {
  const params = { ...knownParams(dag.params), ...knownParams(task.arguments['params']) };
  const parts = [sqlOfArguments(task, params), bodyAccesses(task, params), commandAccesses(task, params)];
  const accesses = [
    ...argumentAccesses(task, params),
    ...configurationAccesses(task, params),
    ...sensorAccesses(task, params),
    ...parts.flatMap((part) => part.accesses),
    ...assetAccesses(task),
  ];
  return { accesses: distinct(accesses), gaps: parts.flatMap((part) => part.gaps) };
}

function sqlOfArguments(task: Task, params: KnownParams): TaskAccesses {
  const session = sessionOfTask(task, params);
  const isWait = sensorOf(task) !== undefined;
  const own = { ...task, body: [] };
  const parts = together(sqlOfTask(own)).map(({ text, file, line }) =>
    sqlAccesses({ text: filled(text, params), session, place: { file, line }, how: file === task.file && line === task.line ? 'argument' : 'sql', isWait }),
  );
  const accesses = parts.flatMap((part) => part.accesses).map((access): Access => ({ ...access, how: 'sql', reasons: ['by its SQL'] }));
  return { accesses: task.is_opaque ? accesses.map(lessSure) : accesses, gaps: parts.flatMap((part) => part.gaps) };
}

/** A list of statements is one script. */
function together(texts: readonly TaskSql[]): TaskSql[] {
  const byPlace = new Map<string, TaskSql>();
  for (const each of texts) {
    const place = `${each.file}:${each.line}`;
    const before = byPlace.get(place);
    byPlace.set(place, before ? { ...before, text: `${before.text}\n;\n${each.text}` } : each);
  }
  return [...byPlace.values()];
}

/** Templates stay for the parser of SQL; only known parameters are filled in before. */
function filled(text: string, params: KnownParams): string {
  return text.replace(/\{\{-?\s*params\.(\w+)\s*-?\}\}/g, (whole, name: string) => (Object.hasOwn(params, name) ? (params[name] ?? whole) : whole));
}

function lessSure(access: Access): Access {
  return { ...access, confidence: 'medium', reasons: [...access.reasons, 'what its class does with the SQL is not known'] };
}

function assetAccesses(task: Task): Access[] {
  const of = (direction: Access['direction']): Access[] =>
    (direction === 'read' ? task.inlets : task.outlets).flatMap(assetLeaves).flatMap((leaf) =>
      leaf.kind === 'asset'
        ? [{ direction, found: { form: 'named' as const, kind: 'asset' as const, name: leaf.asset.uri }, how: 'asset' as const, confidence: 'high' as const, reasons: [direction === 'read' ? 'it is an inlet' : 'it is an outlet'], place: { file: task.file, line: task.line }, text: leaf.asset.uri }]
        : [],
    );
  return [...of('read'), ...of('write')];
}

const sure = { high: 2, medium: 1, low: 0 } as const;

/** Making a table's columns, deleting, and what isn't known say less than any other way of writing. */
function isWeaker(before: Access['write'], after: Access['write']): boolean {
  const weak: readonly Access['write'][] = ['unknown', 'define', 'delete'];
  return weak.includes(before) && after !== undefined && !weak.includes(after);
}

/** The surest claim of each resource; of two ways of writing the one that is known. */
function distinct(accesses: readonly Access[]): Access[] {
  const found = new Map<string, Access>();
  for (const access of accesses) {
    const key = `${access.direction}\n${access.found.kind}\n${keyOf(access.found)}`;
    const before = found.get(key);
    if (!before) found.set(key, access);
    else if (before.write === 'delete' && access.write === 'append') found.set(key, { ...access, write: 'overwrite_part' });
    else if (sure[access.confidence] > sure[before.confidence] || isWeaker(before.write, access.write)) found.set(key, { ...before, ...access, isWait: before.isWait === true || access.isWait === true });
  }
  return [...found.values()];
}
