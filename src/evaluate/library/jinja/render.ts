import type { Keywords, Value } from '../../values.js';
import { PyInstance, PyNative, Unknown, noKeywords } from '../../values.js';

import { argumentsOf, evaluate } from './evaluate.js';
import { Frame } from './frames.js';
import type { RenderContext, Rendering } from './frames.js';
import { escaped, fromJinja, isRaisedOf, isTrue, makeUndefined, marked, raiseJinja, seen } from './library.js';
import { isRead, makeMacro } from './macros.js';
import type { BlockNode, JinjaExpression, JinjaNode, JinjaTemplate } from './syntax.js';

/** A template of the environment that was found by name. */
export interface FoundTemplate {
  readonly program: JinjaTemplate;
  readonly name: string | null;
  readonly globals: ReadonlyMap<string, Value>;
}

/** What rendering needs of whoever holds the templates. */
export interface TemplateHolder extends Rendering {
  /** The template that a value names; raises TemplateNotFound. */
  readonly find: (environment: PyInstance, name: Value, parent: string | null) => FoundTemplate;
  readonly autoescapes: (environment: PyInstance, name: string | null) => boolean;
}

type Jump = 'break' | 'continue' | undefined;

/** A context in which to render a template. */
export function makeContext(environment: PyInstance, template: FoundTemplate, given: ReadonlyMap<string, Value>): RenderContext {
  const blocks = new Map([...template.program.blocks].map(([name, block]) => [name, [block]]));
  return { environment, template: template.name, given, set: new Map(), exported: new Set(), blocks };
}

/** Renders a template and those that it extends. */
export function renderTemplate(on: TemplateHolder, template: FoundTemplate, context: RenderContext): string {
  let text = '';
  let current: FoundTemplate | undefined = template;
  while (current) {
    const run: Run = new Run(on, context, current.name, undefined);
    const frame = new Frame(context, undefined, true, on.autoescapes(context.environment, current.name));
    run.execute(current.program.body, frame);
    text += run.text;
    current = run.parent;
  }
  return text;
}

/** One template's code on its way to text. */
class Run {
  text = '';
  parent: FoundTemplate | undefined;

  constructor(
    private readonly on: TemplateHolder,
    private readonly context: RenderContext,
    private readonly name: string | null,
    /** The run whose `extends` also ends what this one writes; none inside macros. */
    private readonly owner: Run | undefined,
  ) {}

  execute(nodes: readonly JinjaNode[], frame: Frame): Jump {
    for (const node of nodes) {
      this.on.rt.step(this.on.place);
      const jump = this.one(node, frame);
      if (jump !== undefined) return jump;
    }
    return undefined;
  }

  /** Whether text is dropped here: a template that extends another is only asked for its blocks. */
  private get isOver(): boolean {
    return this.parent !== undefined || this.owner?.isOver === true;
  }

  /** Text of statements, apart. */
  private captured(body: readonly JinjaNode[], frame: Frame, owner?: Run): string {
    const inner = new Run(this.on, this.context, this.name, owner);
    inner.execute(body, frame);
    return inner.text;
  }

  private one(node: JinjaNode, frame: Frame): Jump {
    const { rt, place } = this.on;
    switch (node.kind) {
      case 'text': if (!this.isOver) this.text += node.text; return;
      case 'output': if (!this.isOver) this.text += this.shown(this.value(node.value, frame), frame); return;
      case 'do': this.value(node.value, frame); return;
      case 'set': this.assign(node.target, this.value(node.value, frame), frame); return;
      case 'set_block': this.setBlock(node, frame); return;
      case 'for': this.for(node, frame); return;
      case 'if': {
        const arm = node.arms.find(({ test }) => isTrue(rt, this.value(test, frame), place));
        return this.execute(arm ? arm.body : node.otherwise, frame);
      }
      case 'with': return this.with(node, frame);
      case 'autoescape': return this.execute(node.body, frame.inner(isTrue(rt, this.value(node.value, frame), place)));
      case 'extends': this.extend(node.template, frame); return;
      case 'block': this.block(node, frame); return;
      case 'include': this.include(node, frame); return;
      case 'import': frame.assign(node.target, this.module(node, frame), false); return;
      case 'from_import': this.fromImport(node, frame); return;
      case 'macro': {
        const macro = makeMacro(this.on, node.name, node, frame, (inner) => this.captured(node.body, inner));
        frame.assign(node.name, macro);
        return;
      }
      case 'call_block': this.callBlock(node, frame); return;
      case 'filter_block': {
        const inner = frame.inner();
        const body = marked(rt, this.captured(node.body, inner, this), frame.autoescapes, place);
        this.text += this.joined(evaluate(this.on, node.filter, inner, body));
        return;
      }
      case 'break':
      case 'continue': return node.kind;
    }
  }

  private value(node: JinjaExpression, frame: Frame): Value {
    if (node.kind === 'call' && node.callee.kind === 'attribute' && isNamed(node.callee.object, 'self') && frame.lookUp('self') === undefined) {
      return this.blockText(node.callee.name, frame);
    }
    return evaluate(this.on, node, frame);
  }

  /** Text of `self.name()`. */
  private blockText(name: string, frame: Frame): Value {
    const [block] = this.context.blocks.get(name) ?? [];
    const { rt, place } = this.on;
    if (!block) return rt.call(makeUndefined(rt, this.context.environment, { name }, place), [], noKeywords, place);
    return marked(rt, this.blockBody(name, 0, frame), frame.autoescapes, place);
  }

  private shown(given: Value, frame: Frame): string {
    const { rt, place } = this.on;
    const finalize = rt.getAttribute(this.context.environment, 'finalize', place);
    const value = finalize === null ? given : rt.call(finalize, [given], noKeywords, place);
    if (frame.autoescapes && typeof seen(value) !== 'bigint') return escaped(rt, value, place);
    return seen(rt.str(seen(value), place));
  }

  /** What a call or a filter gave to be joined with the rest: only texts can be. */
  private joined(value: Value): string {
    const { rt, place } = this.on;
    const isText = typeof seen(value) === 'string' || rt.isInstance(value, rt.builtinClass('str'));
    return isText ? seen(rt.str(value, place)) : rt.raise('TypeError', `sequence item 0: expected str instance, ${rt.classOf(value).name} found`, place);
  }

  private assign(target: JinjaExpression, value: Value, frame: Frame): void {
    const { rt, place } = this.on;
    if (target.kind === 'name') return frame.assign(target.name, value);
    if (target.kind === 'namespace_item') return this.setNamespace(target.name, target.attribute, value, frame);
    if (target.kind !== 'tuple') return;
    const items = rt.items(value, place);
    const values = items instanceof Unknown ? target.items.map(() => items) : items;
    if (values.length < target.items.length) rt.raise('ValueError', `not enough values to unpack (expected ${target.items.length}, got ${values.length})`, place);
    if (values.length > target.items.length) rt.raise('ValueError', `too many values to unpack (expected ${target.items.length})`, place);
    target.items.forEach((item, index) => {
      this.assign(item, values[index] ?? null, frame);
    });
  }

  private setNamespace(name: string, attribute: string, value: Value, frame: Frame): void {
    const { rt, place } = this.on;
    const object = seen(frame.lookUp(name) ?? makeUndefined(rt, this.context.environment, { name }, place));
    if (!(object instanceof PyInstance) || object.cls !== fromJinja(rt, 'Namespace', place)) raiseJinja(rt, 'TemplateRuntimeError', 'cannot assign attribute on non-namespace object', place);
    rt.setItem(object, attribute, value, place);
  }

  private setBlock(node: Extract<JinjaNode, { kind: 'set_block' }>, frame: Frame): void {
    const inner = frame.inner();
    const body = marked(this.on.rt, this.captured(node.body, inner), frame.autoescapes, this.on.place);
    this.assign(node.target, node.filter ? evaluate(this.on, node.filter, inner, body) : body, frame);
  }

  private for(node: Extract<JinjaNode, { kind: 'for' }>, frame: Frame): void {
    this.text += this.loop(node, this.value(node.source, frame), frame, 0n);
  }

  private loop(node: Extract<JinjaNode, { kind: 'for' }>, source: Value, frame: Frame, depth: bigint): string {
    const { rt, place } = this.on;
    const all = rt.items(seen(source), place);
    if (all instanceof Unknown) return seen(all);
    const items = all.filter((item) => this.isKept(node, item, frame));
    const run = new Run(this.on, this.context, this.name, this);
    if (items.length === 0) {
      run.execute(node.otherwise, frame.inner());
      return run.text;
    }
    const recurse = node.isRecursive
      ? new PyNative('loop', (_rt, [inner = null]) => marked(rt, this.loop(node, inner, frame, depth + 1n), frame.autoescapes, place), false)
      : null;
    // Only where its body names it is there a loop: an included template would see it too.
    const namesLoop = node.isRecursive || isRead(node.body, 'loop') || hasScopedBlock(node.body);
    const undefinedClass = rt.getAttribute(this.context.environment, 'undefined', place);
    const loop = rt.call(fromJinja(rt, 'LoopContext', place), [rt.list(items), undefinedClass, recurse, depth], noKeywords, place);
    for (const [index, item] of items.entries()) {
      rt.setAttribute(loop, 'index0', BigInt(index), place);
      const inner = frame.inner();
      if (namesLoop) inner.names.set('loop', loop);
      this.assign(node.target, item, inner);
      if (run.execute(node.body, inner) === 'break') break;
    }
    return run.text;
  }

  private isKept(node: Extract<JinjaNode, { kind: 'for' }>, item: Value, frame: Frame): boolean {
    if (!node.test) return true;
    const inner = frame.inner();
    this.assign(node.target, item, inner);
    return isTrue(this.on.rt, this.value(node.test, inner), this.on.place);
  }

  private with(node: Extract<JinjaNode, { kind: 'with' }>, frame: Frame): Jump {
    const inner = frame.inner();
    for (const [target, value] of node.pairs) this.assign(target, this.value(value, frame), inner);
    return this.execute(node.body, inner);
  }

  private extend(template: JinjaExpression, frame: Frame): void {
    const { rt, place } = this.on;
    if (this.parent) raiseJinja(rt, 'TemplateRuntimeError', 'extended multiple times', place);
    this.parent = this.on.find(this.context.environment, seen(this.value(template, frame)), this.name);
    for (const [name, block] of this.parent.program.blocks) {
      this.context.blocks.set(name, [...(this.context.blocks.get(name) ?? []), block]);
    }
  }

  private block(node: BlockNode, frame: Frame): void {
    if (this.parent && frame.isTop) return;
    this.text += this.blockBody(node.name, 0, frame, node.isScoped);
  }

  private blockBody(name: string, depth: number, frame: Frame, isScoped = false): string {
    const block = this.context.blocks.get(name)?.[depth];
    if (!block) return '';
    if (block.isRequired) raiseJinja(this.on.rt, 'TemplateRuntimeError', `Required block '${name}' not found`, this.on.place);
    const context: RenderContext = isScoped ? { ...this.context, given: frame.visible() } : this.context;
    const inner = new Frame(context, undefined, false, frame.autoescapes);
    inner.names.set('super', this.superOf(name, depth, inner));
    return this.captured(block.body, inner);
  }

  private superOf(name: string, depth: number, frame: Frame): Value {
    const { rt, place } = this.on;
    const parent = this.context.blocks.get(name)?.[depth + 1];
    if (!parent) return makeUndefined(rt, this.context.environment, { hint: `there is no parent block called '${name}'.`, name: 'super' }, place);
    const inner = new Frame(frame.context, undefined, false, frame.autoescapes);
    const above = this.superOf(name, depth + 1, inner);
    inner.names.set('super', above);
    const call = new PyNative('super', () => marked(rt, this.captured(parent.body, inner), frame.autoescapes, place), false);
    call.attributes.set('super', above);
    return call;
  }

  private include(node: Extract<JinjaNode, { kind: 'include' }>, frame: Frame): void {
    const { rt, place } = this.on;
    const wanted = seen(this.value(node.template, frame));
    let found: FoundTemplate;
    try {
      found = this.on.find(this.context.environment, wanted, this.name);
    } catch (caught) {
      if (node.ignoresMissing && isRaisedOf(rt, caught, [], 'TemplateNotFound', place)) return;
      throw caught;
    }
    const context = makeContext(this.context.environment, found, node.withContext ? frame.visible() : found.globals);
    this.text += renderTemplate(this.on, found, context);
  }

  /** The module of an imported template. */
  private module(node: { readonly template: JinjaExpression; readonly withContext: boolean }, frame: Frame): Value {
    const found = this.on.find(this.context.environment, seen(this.value(node.template, frame)), this.name);
    return makeModule(this.on, found, this.context.environment, node.withContext ? frame.visible() : found.globals);
  }

  private fromImport(node: Extract<JinjaNode, { kind: 'from_import' }>, frame: Frame): void {
    const { rt, place } = this.on;
    const module = this.module(node, frame);
    for (const [name, alias] of node.names) {
      const found = module instanceof PyInstance ? module.attributes.get(name) : undefined;
      const missing = { hint: `the template does not export the requested name '${name}'`, name };
      frame.assign(alias, found === undefined ? makeUndefined(rt, this.context.environment, missing, place) : found, false);
    }
  }

  private callBlock(node: Extract<JinjaNode, { kind: 'call_block' }>, frame: Frame): void {
    if (node.call.kind !== 'call') return;
    const { rt, place } = this.on;
    const caller = makeMacro(this.on, '', node, frame, (inner) => this.captured(node.body, inner));
    const callee = this.value(node.call.callee, frame);
    const { positional, keywords } = argumentsOf(this.on, node.call.args, frame);
    const all: Keywords = new Map([...keywords, ['caller', caller]]);
    this.text += this.joined(rt.call(callee, positional, all, place));
  }
}

function hasScopedBlock(nodes: readonly JinjaNode[]): boolean {
  return nodes.some((node) => (node.kind === 'block' && node.isScoped) || ('body' in node && hasScopedBlock(node.body)));
}

const isNamed = (node: JinjaExpression, name: string): boolean => node.kind === 'name' && node.name === name;

/** What `import` binds: the names that the template's top level exports. */
export function makeModule(on: TemplateHolder, template: FoundTemplate, environment: PyInstance, given: ReadonlyMap<string, Value>): Value {
  const { rt, place } = on;
  const context = makeContext(environment, template, given);
  const text = renderTemplate(on, template, context);
  const names = rt.dict([...context.exported].map((name) => [name, context.set.get(name) ?? null] as const));
  return rt.call(fromJinja(rt, 'TemplateModule', place), [template.name, names, text], noKeywords, place);
}

