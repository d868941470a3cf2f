import { accessCalls, sqlCalls } from '../../knowledge/body-calls.js';
import { datedAttributes, datedObjects, knownContextKeys } from '../../knowledge/context-keys.js';
import type { BodyFact } from '../../model/graph.js';
import type { CallNode, Expression, ParameterNode } from '../../parse/syntax.js';
import { argumentTexts, knownOf, type Frame } from './frame.js';
import type { Known } from './known.js';

export type Fact = Omit<BodyFact, 'file' | 'line'>;

/** What one expression of a body tells, without what the expressions inside it tell. */
export function factsOf(node: Expression, frame: Frame): Fact[] {
  switch (node.kind) {
    case 'call':
      return callFacts(node, frame);
    case 'subscript':
      return contextFacts(knownOf(node.object, frame), knownOf(node.index, frame).text);
    case 'attribute':
      return datedFacts(knownOf(node.object, frame).path, node.name);
    case 'constant':
    case 'joined_string':
      return textFacts(knownOf(node, frame).text);
    default:
      return [];
  }
}

function contextFacts(object: Known, key: string | undefined): Fact[] {
  if (key === undefined) return [];
  if (object.isContext === true) return [{ kind: 'context', name: key, detail: '' }];
  return object.path === 'dag_run.conf' ? [{ kind: 'context', name: 'dag_run.conf', detail: key }] : [];
}

/** `dag_run.logical_date`, `ti.execution_date`: the run's dates as attributes of what the context holds. */
function datedFacts(object: string | undefined, name: string): Fact[] {
  const isDate = object !== undefined && datedObjects.has(object) && datedAttributes.has(name);
  return isDate ? [{ kind: 'context', name: `${object}.${name}`, detail: '' }] : [];
}

const uri = /^[a-z][a-z0-9+.-]*:\/\/\S/i;
const sqlStart =
  /^\s*(?:(?:--[^\n]*\n|\/\*[\s\S]*?\*\/)\s*)*(?:select\s[\s\S]*?\sfrom\s|with\s[\s\S]*?\sas\s*\(|insert\s+(?:into|overwrite)\s|delete\s+from\s|update\s+\S+\s+set\s|merge\s+into\s|create\s+(?:or\s+replace\s+)?(?:temp(?:orary)?\s+|external\s+|transient\s+|materialized\s+)*(?:table|view)\s|copy\s+(?:into\s+)?\S+\s+(?:from|\()|unload\s*\(|truncate\s+(?:table\s+)?\S|drop\s+(?:table|view)\s|alter\s+table\s)/i;

function textFacts(text: string | undefined): Fact[] {
  if (text === undefined) return [];
  if (uri.test(text)) return [{ kind: 'uri', name: 'mention', detail: text }];
  return sqlStart.test(text) ? [{ kind: 'sql', name: 'mention', detail: text }] : [];
}

function callFacts(node: CallNode, frame: Frame): Fact[] {
  const callee = knownOf(node.callee, frame);
  const name = callee.path;
  const given = argumentTexts(node.arguments, frame);
  if (node.callee.kind === 'attribute' && node.callee.name === 'get') {
    const item = contextFacts(knownOf(node.callee.object, frame), given['0']);
    if (item.length > 0) return item;
  }
  if (name === undefined) return [];
  const last = name.slice(name.lastIndexOf('.') + 1);
  const facts: Fact[] = [...special(name, last, given), ...sqlFacts(last, given), ...accessFacts(name, last, given), ...connectionFacts(name, given)];
  if (facts.some((fact) => fact.kind === 'variable' || fact.kind === 'xcom')) return facts;
  return [callFact(name, given, callee.made), ...facts];
}

function callFact(name: string, given: Record<string, string>, made: Readonly<Record<string, string>> | undefined): Fact {
  return {
    kind: 'call',
    name,
    detail: given['0'] ?? '',
    ...(Object.keys(given).length === 0 ? {} : { arguments: given }),
    ...(made === undefined || Object.keys(made).length === 0 ? {} : { receiver: { ...made } }),
  };
}

const variableCalls: ReadonlySet<string> = new Set(['get', 'set', 'update', 'setdefault', 'delete']);

function special(name: string, last: string, given: Record<string, string>): Fact[] {
  if (variableCalls.has(last) && /(?:^|\.)Variable\.\w+$/.test(name)) {
    return [{ kind: 'variable', name: given['0'] ?? given['key'] ?? '', detail: `Variable.${last}` }];
  }
  if (last === 'xcom_pull' || last === 'xcom_push') {
    const from = given['task_ids'] ?? (last === 'xcom_pull' ? given['0'] : undefined) ?? '';
    const key = given['key'] ?? (last === 'xcom_push' ? given['0'] : given['2']);
    return [{ kind: 'xcom', name: from, detail: last, ...(key === undefined ? {} : { arguments: { key } }) }];
  }
  return [];
}

function sqlFacts(last: string, given: Record<string, string>): Fact[] {
  const keywords = sqlCalls.get(last);
  if (keywords === undefined) return [];
  const text = given['0'] ?? keywords.map((keyword) => given[keyword]).find((each) => each !== undefined);
  // One word is the name of a file or a table.
  return text === undefined || !/\s/.test(text.trim()) ? [] : [{ kind: 'sql', name: last, detail: text }];
}

function accessFacts(name: string, last: string, given: Record<string, string>): Fact[] {
  if (name === 'open' || name === 'io.open' || name === 'builtins.open') {
    const path = given['0'] ?? given['file'];
    const mode = given['1'] ?? given['mode'] ?? 'r';
    return path === undefined ? [] : [accessFact(path, /[wax+]/.test(mode) ? 'write' : 'read')];
  }
  const row = accessCalls.get(last);
  if (row === undefined) return [];
  const target = given[row.position.toString()] ?? row.keywords.map((keyword) => given[keyword]).find((each) => each !== undefined);
  return target === undefined ? [] : [accessFact(target, row.access)];
}

function accessFact(target: string, access: string): Fact {
  return { kind: uri.test(target) ? 'uri' : 'file', name: access, detail: target };
}

function connectionFacts(name: string, given: Record<string, string>): Fact[] {
  const asked = /(?:^|\.)(?:BaseHook|Connection)\.(?:get_connection|get_hook|get)$/.test(name) ? (given['0'] ?? given['conn_id']) : undefined;
  const named = Object.entries(given).flatMap(([keyword, text]) => (/(?:^|_)conn_id$/.test(keyword) ? [text] : []));
  return [...new Set([...(asked === undefined ? [] : [asked]), ...named])].map((id) => ({ kind: 'connection', name: id, detail: name }));
}

/**
 * Parameters that the run fills from its template context: all that are named as one of its keys. One that has a default
 * and is never read says nothing.
 */
export function contextParameters(parameters: readonly ParameterNode[], isRead: (name: string) => boolean): Fact[] {
  return parameters.flatMap(({ name, default: fallback }) => {
    if (!knownContextKeys.has(name) || (fallback !== null && !isRead(name))) return [];
    return [{ kind: 'context' as const, name, detail: isRead(name) ? 'parameter' : 'unused parameter' }];
  });
}
