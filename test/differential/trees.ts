import type { Interpreter } from '../../src/evaluate/create.js';
import { floatRepr } from '../../src/evaluate/python/protocol/float-text.js';
import { Wrapped } from '../../src/evaluate/python/protocol/kinds.js';
import type { PyInstance} from '../../src/evaluate/values.js';
import { PyClass, PyTuple, Unknown, type PyObject, type Value } from '../../src/evaluate/values.js';
import { stateOf } from '../../src/evaluate/library/arguments.js';
import type { Place } from '../../src/model/place.js';

/** As `Tree` of CPython's values; null stands for a part that is not known. */
export type OurTree = string | null | readonly OurTree[];

/** How deep worker.py looks. */
const maximumDepth = 6;
const place: Place = { file: 'lab.py', line: 1 };

/** One of our values in the form of worker.py's trees. */
export function treeOf(machine: Interpreter, value: Value, depth = 0): OurTree {
  if (value instanceof Unknown) return null;
  if (depth > maximumDepth) return ['deep'];
  if (value === null) return ['NoneType', 'None'];
  if (typeof value === 'boolean') return ['bool', value ? 'True' : 'False'];
  if (typeof value === 'bigint') return ['int', value.toString()];
  if (typeof value === 'number') return ['float', floatRepr(value)];
  if (typeof value === 'string') return ['str', value];
  return objectTree(machine, value, depth);
}

function objectTree(machine: Interpreter, value: Exclude<PyObject, Unknown>, depth: number): OurTree {
  const kind = machine.classOf(value).name;
  const inner = (item: Value): OurTree => treeOf(machine, item, depth + 1);
  switch (value.kind) {
    case 'class':
      return ['type', value.name];
    case 'function':
      return ['function', value.qualifiedName];
    case 'range': {
      const text = machine.repr(value, place);
      return ['range', text instanceof Unknown ? null : text];
    }
    case 'bytes':
      return [kind, Buffer.from(value.bytes).toString('hex')];
    case 'list':
      return value.taint === undefined ? [kind, value.items.map(inner)] : null;
    case 'tuple':
      if (value.cls?.module === 'lab' && !value.cls.mro.some((each) => each.attributes.has('_fields'))) return ['instance', kind, fieldsOf(value.attributes, inner)];
      return [kind, value.items.map(inner)];
    case 'dict':
      return value.taint === undefined ? [kind, [...value.entries.values()].map((entry) => [inner(entry.key), inner(entry.value)])] : null;
    case 'set':
      return value.taint === undefined ? [kind, [...value.entries.values()].map(inner).sort(byText)] : null;
    case 'instance':
      return instanceTree(machine, value, inner);
    default:
      return ['other', kind];
  }
}

/** Orders as worker.py does: by the JSON text with Python's separators. */
function byText(left: OurTree, right: OurTree): number {
  const [a, b] = [pythonJson(left), pythonJson(right)];
  return a < b ? -1 : a > b ? 1 : 0;
}

function pythonJson(tree: OurTree): string {
  if (tree === null) return 'null';
  if (typeof tree !== 'string') return `[${tree.map(pythonJson).join(', ')}]`;
  return JSON.stringify(tree).replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function fieldsOf(attributes: ReadonlyMap<string, Value> | undefined, inner: (item: Value) => OurTree): OurTree {
  return [...(attributes ?? [])].map(([name, item]) => [name, inner(item)]);
}

function instanceTree(machine: Interpreter, value: PyInstance, inner: (item: Value) => OurTree): OurTree {
  const { cls } = value;
  const member = stateOf<{ kind: string; name: string; member: Value }>(value, 'enum');
  if (member !== undefined) return ['enum', cls.name, member.name, inner(member.member)];
  if (value.taint !== undefined) return null;
  if (cls.mro.includes(machine.builtinClass('BaseException'))) {
    const args = value.attributes.get('args');
    return ['exception', cls.name, args instanceof PyTuple ? args.items.map(inner) : null];
  }
  if (value.native instanceof Wrapped && !cls.mro.some((each) => each.module === 'lab')) return ['other', cls.name];
  if (!(cls instanceof PyClass) || cls.module !== 'lab') return ['other', cls.name];
  return ['instance', cls.name, cls.slots === undefined ? fieldsOf(value.attributes, inner) : []];
}
