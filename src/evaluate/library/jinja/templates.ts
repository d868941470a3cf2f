import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import { PyDict, PyInstance, PyList, Unknown, noKeywords } from '../../values.js';
import type { Value } from '../../values.js';
import { stateOf } from '../arguments.js';
import { find as findNamed } from './calls.js';
import { Frame, HiddenText } from './frames.js';
import { raiseJinja, seen } from './library.js';
import { parseTemplate } from './parser.js';
import { makeContext, makeModule, renderTemplate } from './render.js';
import type { FoundTemplate, TemplateHolder } from './render.js';
import { JinjaMistake, JinjaUnmodelled } from './syntax.js';
import type { JinjaStyle, JinjaTemplate } from './syntax.js';

/** What a template object holds: its code, or why there is none. */
interface TemplateState {
  readonly kind: 'jinja_template';
  readonly program: JinjaTemplate | Unknown;
}

/** Methods that change the container they belong to. */
const changing: ReadonlySet<string> = new Set(['append', 'extend', 'insert', 'pop', 'remove', 'clear', 'add', 'discard', 'update', 'setdefault', 'popitem', 'sort', 'reverse']);

/** Reads the text of a new template; raises TemplateSyntaxError as Jinja2 does. */
export function compileTemplate(rt: Runtime, template: Value, environment: Value, source: Value, place: Place): null {
  if (!(template instanceof PyInstance) || !(environment instanceof PyInstance)) return null;
  template.native = { kind: 'jinja_template', program: programOf(rt, environment, source, place) } satisfies TemplateState;
  return null;
}

function programOf(rt: Runtime, environment: PyInstance, source: Value, place: Place): JinjaTemplate | Unknown {
  if (source instanceof Unknown) return source;
  const text = rt.isInstance(source, rt.builtinClass('str')) ? rt.str(source, place) : rt.raise('TypeError', "Can't compile non template nodes", place);
  if (text instanceof Unknown) return text;
  try {
    const program = parseTemplate(text, styleOf(rt, environment, place));
    checkNames({ rt, place }, program.body, new Frame(makeContext(environment, { program, name: null, globals: new Map() }, new Map()), undefined, true, false));
    rt.step(place, Math.ceil(text.length / 20));
    return program;
  } catch (caught) {
    if (caught instanceof HiddenText) return caught.unknown;
    if (caught instanceof JinjaUnmodelled) return rt.unknown('not_modelled', caught.message, place);
    if (caught instanceof JinjaMistake) return raiseJinja(rt, caught.kind, caught.message, place, BigInt(caught.line));
    throw caught;
  }
}

/** Filters and tests that aren't there are an error before anything is rendered, but not those below a condition. */
function checkNames(on: { readonly rt: Runtime; readonly place: Place }, part: unknown, frame: Frame): void {
  if (Array.isArray(part)) {
    for (const item of part) checkNames(on, item, frame);
    return;
  }
  if (typeof part !== 'object' || part === null) return;
  const node = part as { readonly kind?: string; readonly name?: string };
  if (node.kind === 'if' || node.kind === 'condition') return;
  if ((node.kind === 'filter' || node.kind === 'test') && node.name !== undefined && findNamed(on, frame, node.kind, node.name) === undefined) {
    raiseJinja(on.rt, 'TemplateAssertionError', `No ${node.kind} named '${node.name}'.`, on.place, on.rt.unknown('not_modelled', 'the line of a filter in a template is not modelled', on.place));
  }
  for (const item of Object.values(part)) checkNames(on, item, frame);
}

function styleOf(rt: Runtime, environment: PyInstance, place: Place): JinjaStyle {
  const get = (name: string): Exclude<Value, Unknown> => seen(rt.getAttribute(environment, name, place));
  const text = (name: string): string => {
    const value = get(name);
    return typeof value === 'string' ? value : rt.raise('TypeError', `${name} must be a str`, place);
  };
  const isOn = (name: string): boolean => seen(rt.truth(get(name), place));
  if (get('line_statement_prefix') !== null || get('line_comment_prefix') !== null) throw new JinjaUnmodelled('line statements of Jinja2 are not modelled');
  if (isOn('is_async')) throw new JinjaUnmodelled('asynchronous templates are not modelled');
  const extensions = extensionNames(get('_extensions'));
  const odd = extensions.find((name) => !known.includes(name));
  if (odd !== undefined) throw new JinjaUnmodelled(`the extension ${odd} of Jinja2 is not modelled`);
  return {
    block: [text('block_start_string'), text('block_end_string')],
    variable: [text('variable_start_string'), text('variable_end_string')],
    comment: [text('comment_start_string'), text('comment_end_string')],
    trimsBlocks: isOn('trim_blocks'), stripsBlocks: isOn('lstrip_blocks'), keepsTrailingNewline: isOn('keep_trailing_newline'),
    newline: text('newline_sequence'), hasDo: extensions.includes('jinja2.ext.do'), hasLoopControls: extensions.includes('jinja2.ext.loopcontrols'),
  };
}

// Extensions that became part of the language are named by old programs still.
const known: readonly string[] = ['jinja2.ext.do', 'jinja2.ext.loopcontrols', 'jinja2.ext.with_', 'jinja2.ext.autoescape'];

function extensionNames(list: Value): string[] {
  if (!(list instanceof PyList)) return [];
  if (list.taint) seen(list.taint);
  return list.items.map((item) => (typeof item === 'string' ? item : 'that is a class'));
}

const stateFor = (template: Value): JinjaTemplate => {
  const program = stateOf<TemplateState>(template, 'jinja_template')?.program;
  if (program instanceof Unknown) throw new HiddenText(program);
  if (!program) throw new JinjaUnmodelled('this template is not modelled');
  return program;
};

function foundTemplate(rt: Runtime, template: Value, place: Place): FoundTemplate {
  const name = rt.getAttribute(template, 'name', place);
  const globals = seen(rt.getAttribute(template, 'globals', place));
  if (globals instanceof PyDict && globals.taint) seen(globals.taint);
  return { program: stateFor(template), name: typeof name === 'string' ? name : null, globals: globals instanceof PyDict ? namesOf(globals) : new Map() };
}

function namesOf(dict: PyDict): Map<string, Value> {
  return new Map([...dict.entries.values()].flatMap(({ key, value }) => (typeof key === 'string' ? [[key, value] as const] : [])));
}

function holder(rt: Runtime, place: Place): TemplateHolder {
  return {
    rt,
    place,
    find: (environment, name, parent) => foundTemplate(rt, seen(rt.call(rt.getAttribute(environment, 'get_or_select_template', place), [name, parent], noKeywords, place)), place),
    autoescapes: (environment, name) => {
      const given = seen(rt.getAttribute(environment, 'autoescape', place));
      const value = typeof given === 'boolean' || given === null || typeof given !== 'object' ? given : rt.call(given, [name], noKeywords, place);
      return seen(rt.truth(value, place));
    },
  };
}

/** Runs what makes a text; the unknown that hides it when something in the way isn't known. */
function guarded(rt: Runtime, template: Value, given: Value, place: Place, run: () => Value): Value {
  try {
    return run();
  } catch (caught) {
    if (caught instanceof JinjaUnmodelled) return rt.unknown('not_modelled', caught.message, place);
    if (!(caught instanceof HiddenText)) throw caught;
    // What the rest of the template would have changed is not known.
    if (changesThings(stateOf<TemplateState>(template, 'jinja_template')?.program)) rt.escape(given, caught.unknown);
    return caught.unknown;
  }
}

function changesThings(part: unknown): boolean {
  if (Array.isArray(part)) return part.some(changesThings);
  if (typeof part !== 'object' || part === null || part instanceof Unknown) return false;
  const node = part as { readonly kind?: string; readonly callee?: { readonly kind?: string; readonly name?: string } };
  if (node.kind === 'call' && (node.callee?.kind === 'name' || changing.has(node.callee?.name ?? ''))) return true;
  return (part instanceof Map ? [...(part as Map<unknown, unknown>).values()] : Object.values(part)).some(changesThings);
}

function environmentOf(rt: Runtime, template: Value, place: Place): PyInstance {
  const environment = seen(rt.getAttribute(template, 'environment', place));
  return environment instanceof PyInstance ? environment : rt.raise('TypeError', 'template without environment', place);
}

/** `template.render(...)`. */
export function render(rt: Runtime, template: Value, given: Value, place: Place): Value {
  return guarded(rt, template, given, place, () => {
    const [found, values] = prepared(rt, template, given, place);
    const environment = environmentOf(rt, template, place);
    return renderTemplate(holder(rt, place), found, makeContext(environment, found, values));
  });
}

/** `template.module`. */
export function moduleOf(rt: Runtime, template: Value, given: Value, place: Place): Value {
  return guarded(rt, template, given, place, () => {
    const [found, values] = prepared(rt, template, given, place);
    return makeModule(holder(rt, place), found, environmentOf(rt, template, place), values);
  });
}

function prepared(rt: Runtime, template: Value, given: Value, place: Place): readonly [FoundTemplate, ReadonlyMap<string, Value>] {
  const found = foundTemplate(rt, template, place);
  if (!(seen(given) instanceof PyDict)) throw new JinjaUnmodelled('what this template is given is not modelled');
  const dict = given as PyDict;
  if (dict.taint) seen(dict.taint);
  return [found, new Map([...found.globals, ...namesOf(dict)])];
}

