import type { Task } from '../model/graph.js';
import type { DagState, TaskState } from '../evaluate/airflow/state.js';
import { join } from '../evaluate/library/paths/posix.js';
import { repositoryPath, toRepositoryFile } from '../evaluate/library/paths/repository.js';
import type { Runtime } from '../evaluate/runtime.js';
import { PyList, PyTuple } from '../evaluate/values.js';
import type { Value } from '../evaluate/values.js';
import { redactText } from '../util/redact.js';

/** A longer file is cut: what comes after it is not needed to recognise what a task does. */
const MAX_TEXT = 20_000;

/** A list argument may hold this many names of files; a longer one is data. */
const MAX_NAMES = 50;

/**
 * The files that a task renders: a templated argument that ends in one of the operator's template extensions is the name
 * of a file, which Airflow looks for in the DAG's folder and then along `template_searchpath`.
 */
export function templateFilesOf(rt: Runtime, dag: DagState, task: TaskState): Task['template_files'] {
  const extensions = extensionsOf(task);
  if (extensions.length === 0) return [];
  return (task.templateFields ?? []).flatMap((field) => {
    const names = namesIn(task.instance.attributes.get(field) ?? null).filter((name) => isFileName(name, extensions));
    return names.map((name) => ({ field, name, ...readTemplate(rt, dag, name) }));
  });
}

function extensionsOf(task: TaskState): string[] {
  const own = task.instance.attributes.get('template_ext');
  const inherited = task.instance.cls.mro.map((each) => each.attributes.get('template_ext')).find((value) => value !== undefined);
  return textsOf(own ?? inherited ?? null);
}

function namesIn(value: Value): string[] {
  return typeof value === 'string' ? [value] : textsOf(value).slice(0, MAX_NAMES);
}

function textsOf(value: Value): string[] {
  if (typeof value === 'string') return [value];
  return value instanceof PyList || value instanceof PyTuple ? [...value.items].filter((item) => typeof item === 'string') : [];
}

/** Airflow takes any text with the extension for a name; one with a line break or a template can't be found here. */
function isFileName(text: string, extensions: readonly string[]): boolean {
  return extensions.some((extension) => text.endsWith(extension)) && !/[\n{}]/.test(text);
}

function readTemplate(rt: Runtime, dag: DagState, name: string): { file: string | null; text: string | null } {
  for (const folder of foldersOf(dag)) {
    const file = toRepositoryFile(join(folder, name), dag.place.file);
    if (file === undefined || rt.repository.files.kind(file) !== 'file') continue;
    const bytes = rt.repository.files.read(file);
    return { file, text: bytes === undefined ? null : textOf(bytes) };
  }
  return { file: null, text: null };
}

function foldersOf(dag: DagState): string[] {
  const cut = dag.place.file.lastIndexOf('/');
  const own = cut < 0 ? repositoryPath : `${repositoryPath}/${dag.place.file.slice(0, cut)}`;
  const given = dag.instance.attributes.get('template_searchpath') ?? dag.keywords.get('template_searchpath') ?? null;
  return [own, ...textsOf(given)];
}

function textOf(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\r\n?/g, '\n');
    return redactText(text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text);
  } catch {
    return null;
  }
}
