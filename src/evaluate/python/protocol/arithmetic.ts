import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import { noKeywords, notImplemented, PyBytes, PyTuple, Unknown, type PyObject, type Value } from '../../values.js';
import { containerOperation } from './containers.js';
import { asInteger, asNumeric, hasOwnClass, typeName, unsupported, unwrap } from './kinds.js';
import { numberOperation } from './numbers.js';
import { inplaceContainer } from './inplace.js';
import { callSpecial, findOwnSpecial } from './special.js';
import { percentFormat } from './percent.js';

/** Each binary operator's special method without its underscores and prefix. */
const methodNames: Readonly<Record<string, string>> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'truediv',
  '//': 'floordiv',
  '%': 'mod',
  '**': 'pow',
  '@': 'matmul',
  '<<': 'lshift',
  '>>': 'rshift',
  '&': 'and',
  '|': 'or',
  '^': 'xor',
};

/** `left operator right`. */
export function binary(rt: Runtime, operator: string, left: Value, right: Value, place: Place, shown = operator): Value {
  const own = ownOperation(rt, operator, left, right, place);
  if (own !== undefined) return own;
  const result = builtinOperation(rt, operator, left, right, place);
  if (result !== undefined) return result;
  const name = shown === '**' ? '** or pow()' : shown;
  return opaqueOperand(left) ?? opaqueOperand(right) ?? rt.raise('TypeError', unsupported(name, left, right), place);
}

/** `target operator= value`: what the target is bound to afterwards. Lists, dicts and sets change in place. */
export function inplace(rt: Runtime, operator: string, target: Value, value: Value, place: Place): Value {
  const plainOperator = operator.endsWith('=') ? operator.slice(0, -1) : operator;
  const own = callSpecial(rt, target, `__i${methodNames[plainOperator] ?? ''}__`, [value], place);
  if (own !== undefined && own !== notImplemented) return own;
  return inplaceContainer(rt, plainOperator, target, value, place) ?? binary(rt, plainOperator, target, value, place, `${plainOperator}=`);
}

/** `-value`, `+value`, `~value`, `not value`. */
export function unary(rt: Runtime, operator: '-' | '+' | '~' | 'not', value: Value, place: Place): Value {
  if (operator === 'not') {
    const truth = rt.truth(value, place);
    return truth instanceof Unknown ? truth : !truth;
  }
  const own = callSpecial(rt, value, unaryMethods[operator], [], place);
  if (own !== undefined) return own;
  if (value instanceof Unknown) return value;
  const integer = asInteger(value);
  if (integer !== undefined) return operator === '-' ? -integer : operator === '+' ? integer : ~integer;
  const number = asNumeric(value);
  if (typeof number === 'number' && operator !== '~') return operator === '-' ? -number : number;
  return opaqueOperand(value) ?? rt.raise('TypeError', `bad operand type for unary ${operator}: '${typeName(value)}'`, place);
}

const unaryMethods = { '-': '__neg__', '+': '__pos__', '~': '__invert__' } as const;

/** An instance of a class with an unknown base may well have the operator. */
function opaqueOperand(value: Value): Unknown | undefined {
  return typeof value === 'object' && value?.kind === 'instance' ? value.cls.unknownBase : undefined;
}

/** The operator's special methods: the left one first, unless the right operand's class is a subclass of the left's. */
function ownOperation(rt: Runtime, operator: string, left: Value, right: Value, place: Place): Value | undefined {
  if (!hasOwnClass(left) && !hasOwnClass(right)) return undefined;
  // A str formats whatever stands on its right, unless that is of a class derived from str.
  if (operator === '%' && typeof left === 'string' && !rt.isInstance(right, rt.builtinClass('str'))) return undefined;
  const name = methodNames[operator] ?? '';
  const forward = { self: left, method: `__${name}__`, other: right };
  const reflected = { self: right, method: `__r${name}__`, other: left };
  // Between two of the same class the reflected method is never asked.
  const isSame = rt.classOf(left) === rt.classOf(right) && !(left instanceof Unknown);
  const attempts = isSame ? [forward] : isSubclassOperand(rt, left, right) ? [reflected, forward] : [forward, reflected];
  for (const { self, method, other } of attempts) {
    const found = findOwnSpecial(rt, self, method);
    if (found === undefined) continue;
    const result = rt.call(found, [other], noKeywords, place);
    if (result !== notImplemented) return result;
  }
  return undefined;
}

function isSubclassOperand(rt: Runtime, left: Value, right: Value): boolean {
  if (typeof left !== 'object' || left?.kind !== 'instance' || typeof right !== 'object' || right?.kind !== 'instance') {
    return false;
  }
  return right.cls !== left.cls && rt.isInstance(right, left.cls);
}

function builtinOperation(rt: Runtime, operator: string, leftValue: Value, rightValue: Value, place: Place): Value | undefined {
  const left = unwrap(leftValue);
  const right = unwrap(rightValue);
  if (operator === '%' && typeof left === 'string') return percentFormat(rt, left, rightValue, place);
  if (left instanceof Unknown) return left;
  if (right instanceof Unknown) return right;
  if (operator === '%' && left instanceof PyBytes) return formatBytes(rt, left, right, place);
  if (operator === '|' && isTypeOperand(left) && isTypeOperand(right) && !(left === null && right === null)) {
    return unionType(rt, left, right);
  }
  if (typeof left === 'boolean' && typeof right === 'boolean' && '&|^'.includes(operator)) {
    return operator === '&' ? left && right : operator === '|' ? left || right : left !== right;
  }
  const a = asNumeric(left);
  const b = asNumeric(right);
  if (a !== undefined && b !== undefined) return numberOperation(rt, operator, a, b, place);
  return containerOperation(rt, operator, left, right, rightValue, place);
}

/** `bytes % value`, of bytes without a conversion: a tuple must be empty then, and what maps or lists is passed over. */
function formatBytes(rt: Runtime, left: PyBytes, right: Value, place: Place): Value {
  if (left.bytes.includes(0x25)) return rt.unknown('not_modelled', 'formatting of bytes is not modelled', place);
  const kind = typeof right === 'object' && right !== null ? right.kind : '';
  if (kind === 'tuple' && right instanceof PyTuple && right.items.length === 0) return left;
  if (['dict', 'list', 'range'].includes(kind)) return left;
  if (typeof right === 'object' && right !== null && !['tuple', 'set', 'bytes'].includes(kind)) return rt.unknown('not_modelled', 'formatting of bytes is not modelled', place);
  return rt.raise('TypeError', 'not all arguments converted during bytes formatting', place);
}

function isTypeOperand(value: Value): boolean {
  if (value === null) return true;
  if (typeof value !== 'object') return false;
  return value.kind === 'class' || (value.kind === 'tuple' && value.cls?.name === 'UnionType');
}

/** `int | str`: the members in a tuple of class `types.UnionType`, so that `isinstance` finds them. */
function unionType(rt: Runtime, left: Value, right: Value): PyObject {
  const members = [left, right].flatMap((side) =>
    typeof side === 'object' && side?.kind === 'tuple' ? side.items : [side === null ? rt.builtinClass('NoneType') : side],
  );
  return rt.tuple([...new Set(members)]);
}
