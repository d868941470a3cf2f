import type { ModuleTable, Runtime } from '../../runtime.js';
import type { NativeCall, Value } from '../../values.js';
import { PyClass, PyDict, PyList, Unknown } from '../../values.js';
import { textOf } from '../arguments.js';
import { inertUnknown, lenient, oncePerRun, raiseOf } from '../define.js';
import { readText } from '../files.js';
import { fromPython } from '../from-python.js';
import { compileTemplate, moduleOf, render } from '../jinja/templates.js';
import { packageFolder } from '../paths/packages.js';
import { join } from '../paths/posix.js';
import { pathText } from '../paths/path-text.js';
import { locate } from '../paths/repository.js';

const names = [
  'BaseLoader', 'ChainableUndefined', 'ChoiceLoader', 'DebugUndefined', 'DictLoader', 'Environment', 'FileSystemLoader', 'FunctionLoader', 'PackageLoader', 'PrefixLoader',
  'StrictUndefined', 'Template', 'TemplateAssertionError', 'TemplateError', 'TemplateNotFound', 'TemplateRuntimeError', 'TemplateSyntaxError', 'TemplatesNotFound',
  'Undefined', 'UndefinedError', 'is_undefined', 'pass_context', 'pass_environment', 'pass_eval_context', 'select_autoescape', 'FilterArgumentError', 'SecurityError',
];

const unmodelled: NativeCall = (_rt, [what], _keywords, place) => inertUnknown(`${typeof what === 'string' ? what : 'this'} of Jinja2 is not modelled`, place, '', 'str');

/** Paths that a loader looks in: one or several. */
const searchPaths: NativeCall = (rt, [given = null], _keywords, place) => {
  if (given instanceof Unknown) return rt.list([given]);
  const isOne = typeof given === 'string' || rt.findSpecial(given, '__fspath__') !== undefined || !(given instanceof PyList || (typeof given === 'object' && given?.kind === 'tuple'));
  const paths = isOne ? [given] : rt.items(given, place);
  return paths instanceof Unknown ? rt.list([paths]) : rt.list(paths.map((path) => (path instanceof Unknown ? path : pathText(rt, path, place))));
};

/** Text and path of the first file of a name in the folders; raises TemplateNotFound. */
const readTemplate: NativeCall = (rt, [folders = null, name, encoding, asked = null], _keywords, place) => {
  const paths = rt.items(folders, place);
  for (const folder of paths instanceof Unknown ? [paths] : paths) {
    if (folder instanceof Unknown) return rt.tuple([folder, folder]);
    const path = join(textOf(rt, folder, place), textOf(rt, name, place));
    const location = locate(rt, path, place);
    // Where the folder lies outside of what can be seen, so may the template.
    if (!location) return both(rt, rt.unknown('external_data', `'${path}' lies outside the repository`, place));
    if (rt.repository.files.kind(location.inside) !== 'file') continue;
    const text = readText(rt, path, typeof encoding === 'string' ? encoding : 'utf-8', place);
    return rt.tuple([text, path]);
  }
  const cls = rt.getAttribute(rt.librarySource('jinja2'), 'TemplateNotFound', place);
  return cls instanceof PyClass ? raiseOf(rt, cls, textOf(rt, asked, place), place) : cls;
};

const both = (rt: Runtime, value: Value): Value => rt.tuple([value, value]);

const key = {};

/** The part that is written in Python, with what it needs of the analyser. */
export function prepareJinja(rt: Runtime): void {
  oncePerRun(rt, key, () => {
    const own = rt.librarySource('jinja2').variables;
    const filters = rt.librarySource('jinja2.filters').variables;
    const table = (name: string, more: readonly string[]): NativeCall => (_rt, _args, _keywords, place) => {
      const found = filters.get(name);
      const known = found instanceof PyDict ? [...found.entries.values()].map((entry) => [entry.key, entry.value] as const) : [];
      return rt.dict([...known, ...more.map((each) => [each, inertUnknown(`the filter ${each} of Jinja2 is not modelled`, place, '', 'str')] as const)]);
    };
    const natives: Readonly<Record<string, NativeCall>> = {
      _compile: (_rt, [template = null, environment = null, source = null], _keywords, place) => compileTemplate(rt, template, environment, source, place),
      _render: (_rt, [template = null, given = null], _keywords, place) => render(rt, template, given, place),
      _module: (_rt, [template = null, given = null], _keywords, place) => moduleOf(rt, template, given, place),
      _paths: searchPaths,
      _read_file: readTemplate,
      _package_folder: (_rt, [name = null], _keywords, place) => packageFolder(rt, name, place),
      _unmodelled: unmodelled,
      _lipsum: (_rt, _args, _keywords, place) => new Unknown({ kind: 'random', text: 'lipsum() makes another text each time', place }, '', true, 'str'),
      _filters: table('FILTERS', ['pprint', 'random', 'striptags', 'urlize', 'xmlattr']),
      _tests: table('TESTS', []),
    };
    for (const [name, call] of Object.entries(natives)) own.set(name, lenient(name, call));
    filters.set('_is_undefined', own.get('is_undefined') ?? null);
    filters.set('_error', lenient('_error', (_rt, [name]) => own.get(typeof name === 'string' ? name : '') ?? null));
    filters.set('_unmodelled', lenient('_unmodelled', unmodelled));
    return true;
  });
}

const prepared = (table: ModuleTable): ModuleTable => Object.fromEntries(Object.entries(table).map(([name, make]) => [name, (rt: Runtime) => {
  prepareJinja(rt);
  return make(rt);
}]));

/** `jinja2`. */
export const jinjaModule: ModuleTable = prepared(fromPython('jinja2', names));

const part = (...wanted: readonly string[]): ModuleTable => prepared(fromPython('jinja2', wanted));

/** Modules of `jinja2` that programs import from. */
export const jinjaModules: Readonly<Record<string, ModuleTable>> = {
  jinja2: jinjaModule,
  'jinja2.environment': part('Environment', 'Template'),
  'jinja2.exceptions': part('TemplateAssertionError', 'TemplateError', 'TemplateNotFound', 'TemplateRuntimeError', 'TemplateSyntaxError', 'TemplatesNotFound', 'UndefinedError', 'FilterArgumentError', 'SecurityError'),
  'jinja2.loaders': part('BaseLoader', 'ChoiceLoader', 'DictLoader', 'FileSystemLoader', 'FunctionLoader', 'PackageLoader', 'PrefixLoader'),
  'jinja2.runtime': part('Undefined', 'StrictUndefined', 'DebugUndefined', 'ChainableUndefined'),
  'jinja2.utils': part('pass_context', 'pass_environment', 'pass_eval_context', 'select_autoescape', 'Cycler', 'Joiner', 'Namespace'),
  markupsafe: fromPython('markupsafe', ['Markup', 'escape', 'escape_silent', 'soft_str']),
};
