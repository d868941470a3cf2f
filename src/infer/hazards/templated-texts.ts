import type { Task } from '../../model/graph.js';
import type { Place } from '../../model/place.js';
import { textsWithin } from '../argument.js';
import { namesInTemplate, type TemplateName } from '../template/names.js';

/** A text that Airflow renders before the task runs: an argument, or a file that an argument names. */
export interface TemplatedText {
  /** The argument with the path within it, or the file. */
  where: string;
  text: string;
  place: Place;
  isFile: boolean;
}

/** Everything of a task that Airflow renders; all arguments where it isn't known which ones are templates. */
export function templatedTexts(task: Task): TemplatedText[] {
  const fields = task.template_fields ?? Object.keys(task.arguments);
  const place = { file: task.file, line: task.line };
  const given = fields.flatMap((field) => {
    const value = task.arguments[field];
    return value === undefined ? [] : [...textsWithin(value, field)].map(({ path, text }) => ({ where: path, text, place, isFile: false }));
  });
  const files = task.template_files.flatMap(({ file, text }) => (file === null || text === null ? [] : [{ where: file, text, place: { file, line: 1 }, isFile: true }]));
  return [...given, ...files];
}

/** A name that a rendered text reads, with the line where that stands. */
export interface TemplateUse {
  name: TemplateName;
  where: string;
  /** The argument's text, or the line of the file. */
  text: string;
  place: Place;
}

/** Uses of the names that a test picks, the first of each name in each text. */
export function templateUses(task: Task, isMeant: (name: TemplateName) => boolean): TemplateUse[] {
  return templatedTexts(task).flatMap((source) => {
    const seen = new Set<string>();
    return namesInTemplate(source.text).flatMap((name) => {
      const key = [name.name, ...name.path].join('.');
      if (seen.has(key) || !isMeant(name)) return [];
      seen.add(key);
      return [useIn(source, name)];
    });
  });
}

function useIn({ where, text, place, isFile }: TemplatedText, name: TemplateName): TemplateUse {
  if (!isFile) return { name, where, text: text.trim(), place };
  const lines = text.split('\n');
  const same = ({ name: other, path }: TemplateName): boolean => other === name.name && path.join('.') === name.path.join('.');
  const found = lines.findIndex((line) => namesInTemplate(line).some(same));
  const last = name.path.at(-1) ?? name.name;
  const index = Math.max(found >= 0 ? found : lines.findIndex((line) => line.includes(last)), 0);
  return { name, where, text: (lines[index] ?? '').trim(), place: { file: place.file, line: index + 1 } };
}
