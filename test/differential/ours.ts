import { createRuntime, type Interpreter } from '../../src/evaluate/create.js';
import { BudgetExceeded } from '../../src/evaluate/budgets.js';
import { otherOrders, type ItemOrder } from '../../src/evaluate/order.js';
import { PyRaise } from '../../src/evaluate/runtime.js';
import { PyClass, PyInstance, PyModule, PyNative, PyFunction, Unknown, type Value } from '../../src/evaluate/values.js';
import type { Place } from '../../src/model/place.js';
import type { Repository } from '../../src/model/repository.js';
import { librarySource } from '../../src/knowledge/library/sources.js';
import type { ModuleNode } from '../../src/parse/syntax.js';
import { loadBinding } from '../../src/parse/binding.js';
import { parseModule } from '../../src/parse/parse.js';
import { treeOf, type OurTree } from './trees.js';

const binding = await loadBinding('auto');
const place: Place = { file: 'lab.py', line: 1 };

export interface OurValue {
  readonly tree: OurTree;
  /** Null: the text is not known. */
  readonly repr: string | null;
  /** Why the value or its text is not known, where one reason covers it. */
  readonly why: string;
}

/** What a program leaves behind in our interpreter. `unknown` says why nothing more is known than what `values` holds. */
export interface OurOutcome {
  readonly values: Readonly<Record<string, OurValue>>;
  readonly raised: readonly [name: string, text: string] | null;
  readonly unknown: string | undefined;
  /** Whether something ran that may raise in reality; outside of `try` it would end the program. */
  readonly mayRaise: boolean;
}

/** Runs a program. What depends on the order of a set's items is not known: it is run with another order to find out. */
export function runOurs(source: string): OurOutcome {
  const [first, hasOrder] = runWith(source, 'held');
  return hasOrder ? otherOrders.reduce((known, order) => agreed(known, runWith(source, order)[0]), first) : first;
}

const whyOrder = 'the order of a set is not fixed';

function agreed(first: OurOutcome, second: OurOutcome): OurOutcome {
  const isSame = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right);
  const names = new Set([...Object.keys(first.values), ...Object.keys(second.values)]);
  const values = Object.fromEntries([...names].map((name) => {
    const value = first.values[name];
    return [name, value !== undefined && isSame(value, second.values[name]) ? value : { tree: null, repr: null, why: whyOrder }];
  }));
  return { ...first, values, unknown: first.unknown ?? (isSame(first.raised, second.raised) ? undefined : whyOrder) };
}

/** Runs a program in a fresh interpreter, as a module named `lab`, and says whether an order that isn't fixed was asked for. */
function runWith(source: string, order: ItemOrder): [outcome: OurOutcome, hasOrder: boolean] {
  const machine = createRuntime(repositoryOf(source), (file) => libraryNode(file) ?? parseModule(binding, file, source), order);
  let hasOrder = false;
  const arrange = machine.inAnyOrder.bind(machine);
  machine.inAnyOrder = (items, reason) => {
    hasOrder ||= items.length > 1;
    return arrange(items, reason);
  };
  // The module is registered before its body runs, so that it is there when the body raises.
  const { module, raised, unknown } = load(machine);
  const mayRaise = machine.doubtfulEvents > 0;
  const values: Record<string, OurValue> = {};
  for (const [name, value] of module?.variables ?? []) {
    if (name.startsWith('_') || value instanceof PyModule || value instanceof PyClass || value instanceof PyFunction || value instanceof PyNative) continue;
    values[name] = observe(machine, value);
  }
  return [{ values, raised, unknown, mayRaise }, hasOrder];
}

const libraryNodes = new Map<string, ModuleNode>();

/** The library's own Python, parsed once for all programs. */
function libraryNode(file: string): ModuleNode | undefined {
  const text = librarySource(file)?.toString();
  if (text === undefined) return undefined;
  const known = libraryNodes.get(file) ?? parseModule(binding, file, text);
  libraryNodes.set(file, known);
  return known;
}

function load(machine: Interpreter): { module: PyModule | undefined; raised: OurOutcome['raised']; unknown: string | undefined } {
  let module: PyModule | undefined;
  const register = machine.modules.set.bind(machine.modules);
  machine.modules.set = (name, value) => {
    if (name === 'lab' && value instanceof PyModule) module = value;
    return register(name, value);
  };
  try {
    machine.importModule('lab', place);
    return { module, raised: null, unknown: undefined };
  } catch (caught) {
    if (caught instanceof BudgetExceeded) return { module, raised: null, unknown: caught.message };
    if (!(caught instanceof PyRaise)) throw caught;
    if (!(caught.value instanceof PyInstance)) return { module, raised: null, unknown: caught.value.reason.text };
    const text = machine.str(caught.value, place);
    return { module, raised: [caught.value.cls.name, text instanceof Unknown ? '' : text], unknown: text instanceof Unknown ? text.reason.text : undefined };
  }
}

function observe(machine: Interpreter, value: Value): OurValue {
  let repr: string | null = null;
  let why = '';
  try {
    const text = machine.repr(value, place);
    if (text instanceof Unknown) why = text.reason.text;
    else repr = text;
  } catch (caught) {
    if (!(caught instanceof PyRaise)) throw caught;
  }
  if (value instanceof Unknown) why = value.reason.text;
  return { tree: treeOf(machine, value), repr, why };
}

function repositoryOf(source: string): Repository {
  return {
    name: 'lab',
    dagsRoot: '',
    dagFiles: [],
    skippedFiles: [],
    unreadable: [],
    importRoots: [''],
    files: {
      read: (file) => (file === 'lab.py' ? new TextEncoder().encode(source) : undefined),
      kind: (file) => (file === 'lab.py' ? 'file' : undefined),
      list: () => ['lab.py'],
    },
    airflowVersion: { version: '2.11.2', source: 'default', detail: '' },
    inputs: { variables: new Map(), environment: new Map(), connections: new Map() },
  };
}
