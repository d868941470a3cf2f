import { createRuntime, type Interpreter } from '../../../../src/evaluate/create.js';
import { type Runtime, PyRaise } from '../../../../src/evaluate/runtime.js';
import { PyInstance, PyModule, Unknown, type Value } from '../../../../src/evaluate/values.js';
import { librarySource } from '../../../../src/knowledge/library/sources.js';
import type { Place } from '../../../../src/model/place.js';
import type { Repository } from '../../../../src/model/repository.js';
import { loadBinding } from '../../../../src/parse/binding.js';
import { parseModule } from '../../../../src/parse/parse.js';

const binding = await loadBinding('auto');

export const place: Place = { file: 'lab.py', line: 1 };

/** An interpreter over a repository whose only file is `lab.py`. */
export function interpreterFor(source: string): Interpreter {
  const repository: Repository = {
    name: 'lab',
    dagsRoot: '',
    dagFiles: [],
    skippedFiles: [],
    unreadable: [],
    importRoots: [''],
    files: {
      read: (file) => (file === 'lab.py' ? new TextEncoder().encode(source) : undefined),
      kind: (path) => (path === 'lab.py' ? 'file' : undefined),
      list: () => ['lab.py'],
    },
    airflowVersion: { version: '2.11.2', source: 'default', detail: '' },
    inputs: { variables: new Map(), environment: new Map(), connections: new Map() },
  };
  return createRuntime(repository, (file) => parseModule(binding, file, librarySource(file)?.toString() ?? source));
}

/** What an expression gives: its repr, `!` and the exception's name, or `?` and why it is unknown. */
export function outcome(expression: string): string {
  const rt = interpreterFor('');
  const [statement] = parseModule(binding, 'lab.py', expression).body;
  if (statement?.kind !== 'expression') throw new Error(`no expression: ${expression}`);
  const module = rt.importModule('lab', place);
  if (!(module instanceof PyModule)) throw new Error('lab.py is no module');
  try {
    return shown(rt, rt.evaluate(statement.value, rt.scopeOf(module)));
  } catch (caught) {
    if (caught instanceof PyRaise && caught.value instanceof PyInstance) return `!${caught.value.cls.name}`;
    throw caught;
  }
}

function shown(rt: Runtime, value: Value): string {
  const text = rt.repr(value, place);
  return text instanceof Unknown ? `?${text.reason.text}` : text;
}

/** What a program's variable `result` is, as `outcome` shows it. */
export function programOutcome(source: string): string {
  const rt = interpreterFor(source);
  try {
    const module = rt.importModule('lab', place);
    const result = module instanceof PyModule ? module.variables.get('result') : undefined;
    return result === undefined ? 'no result' : shown(rt, result);
  } catch (caught) {
    if (!(caught instanceof PyRaise)) throw caught;
    const { value } = caught;
    const message = rt.str(value, place);
    const name = value instanceof PyInstance ? value.cls.name : 'unknown';
    return `!${name} at line ${caught.place.line}: ${message instanceof Unknown ? '?' : message}`;
  }
}
