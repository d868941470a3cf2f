import { createRuntime } from '../../../../src/evaluate/create.js';
import { PyRaise } from '../../../../src/evaluate/runtime.js';
import type { Runtime } from '../../../../src/evaluate/runtime.js';
import { PyInstance, Unknown } from '../../../../src/evaluate/values.js';
import type { Value } from '../../../../src/evaluate/values.js';
import { librarySource } from '../../../../src/knowledge/library/sources.js';
import type { Repository } from '../../../../src/model/repository.js';
import { loadBinding } from '../../../../src/parse/binding.js';
import { parseModule } from '../../../../src/parse/parse.js';

const binding = await loadBinding('auto');

/** What a snippet made of `result`, as the goldens write it; an unknown as `?` and its reason. */
export interface Outcome {
  readonly text: string;
  readonly value: Value | undefined;
  readonly rt: Runtime;
}

interface Inputs {
  readonly files?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
}

/** A repository that lives in memory. */
export function repositoryOf({ files = {}, environment = {} }: Inputs): Repository {
  const names = Object.keys(files);
  const inside = (folder: string): string[] => names.filter((name) => folder === '' || name.startsWith(`${folder}/`));
  return {
    name: 'memory', dagsRoot: '', dagFiles: names.filter((name) => name.endsWith('.py')), skippedFiles: [], unreadable: [], importRoots: [''],
    files: {
      read: (file) => (files[file] === undefined ? undefined : new TextEncoder().encode(files[file])),
      kind: (path) => (files[path] !== undefined ? 'file' : inside(path).length > 0 ? 'directory' : undefined),
      list: (folder) => [...new Set(inside(folder).map((name) => name.slice(folder === '' ? 0 : folder.length + 1).split('/')[0] ?? ''))].sort(),
    },
    airflowVersion: { version: '2.11.2', source: 'default', detail: '' },
    inputs: { variables: new Map(), environment: new Map(Object.entries(environment)), connections: new Map() },
  };
}

/** Evaluates a snippet that assigns `result`. */
export function run(source: string, inputs: Inputs = {}): Outcome {
  const files = { ...inputs.files, 'snippet.py': source };
  const rt = createRuntime(repositoryOf({ ...inputs, files }), (file) => parseModule(binding, file, librarySource(file)?.toString() ?? files[file as keyof typeof files] ?? ''));
  const place = { file: 'snippet.py', line: 1 };
  try {
    const module = rt.importModule('snippet', place);
    const value = rt.findAttribute(module, 'result', place);
    if (value === undefined) return { text: '! no result', value, rt };
    const shown = rt.repr(value, place);
    return { text: shown instanceof Unknown ? `?${shown.reason.text}` : shown, value, rt };
  } catch (error) {
    if (!(error instanceof PyRaise)) throw error;
    const name = error.value instanceof PyInstance ? `!${error.value.cls.name}` : `?${error.value.reason.text}`;
    return { text: name, value: undefined, rt };
  }
}
