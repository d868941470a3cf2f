import { knownContextKeys } from '../../knowledge/context-keys.js';
import type { Place } from '../../model/place.js';
import type { Runtime } from '../runtime.js';
import { PyDict, PyFunction, PyList, PyTuple } from '../values.js';
import type { Keywords, Value } from '../values.js';
import type { FactoryState } from './state.js';
import { stateOf } from './world.js';

/** What `_TaskDecorator.expand` and `expand_kwargs` refuse; the value of `expand_kwargs` comes under an empty name. */
export function refuseExpansion(rt: Runtime, state: FactoryState, expanded: Keywords, place: Place): void {
  const isByMappings = expanded.has('');
  if (state.keywords.get('trigger_rule') === 'always' && [...expanded.values()].some((value) => (isByMappings ? mappingsHoldResult(value) : isResult(value)))) {
    const name = isByMappings ? 'expand_kwargs' : 'expand';
    rt.raise('ValueError', `Task-generated mapping within a task using '${name}' is not allowed with trigger rule 'always'.`, place);
  }
  if (!isByMappings) refuseNames(rt, state, 'expand', [...expanded.keys()], place);
}

/** `_validate_arg_names`: what the context holds isn't mapped, and a function takes its own arguments only. */
export function refuseNames(rt: Runtime, state: FactoryState, method: 'expand' | 'partial', names: readonly string[], place: Place): void {
  const inContext = names.filter((name) => knownContextKeys.has(name));
  if (inContext.length > 0) {
    rt.raise('ValueError', `cannot call ${method}() on task context variable${inContext.length === 1 ? '' : 's'} ${quoted(inContext)}`, place);
  }
  if (!(state.callee instanceof PyFunction)) return;
  const { parameters } = state.callee.node;
  if (parameters.some((each) => each.form === 'double_star')) return;
  const own = new Set(parameters.map((each) => each.name));
  const other = names.filter((name) => !own.has(name));
  if (other.length === 1) rt.raise('TypeError', `${method}() got an unexpected keyword argument ${quoted(other)}`, place);
  if (other.length > 1) rt.raise('TypeError', `${method}() got unexpected keyword arguments ${quoted(other)}`, place);
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(', ');
}

function isResult(value: Value): boolean {
  return stateOf(value)?.kind === 'xcom';
}

function mappingsHoldResult(value: Value): boolean {
  if (!(value instanceof PyList) && !(value instanceof PyTuple)) return false;
  return value.items.some((item) => item instanceof PyDict && [...item.entries.values()].some((entry) => isResult(entry.value)));
}
