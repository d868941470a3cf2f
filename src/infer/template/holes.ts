import type { ArgumentValue } from '../../model/graph.js';
import { splitTemplate } from './blocks.js';
import { namesInTemplate } from './names.js';

/**
 * A templated part of a name, by what fills it in: `{date}` a date of the run, `{run}` its id, `{xcom}` another task,
 * `{conf}` who triggers it, `{var.value.x}` and `{conn.x.y}` a setting of the deployment, `{params.x}` a parameter, `{?}`
 * something else.
 */
const holePattern = /\{(?:date|run|xcom|conf|\?|(?:params|var|conn)\.[\w.]+)\}/g;

const dateNames =
  /^(?:ds|ts|ds_nodash|ts_nodash|ts_nodash_with_tz|logical_date|execution_date|data_interval_(?:start|end)|(?:next|prev|yesterday|tomorrow)_\w+|prev_data_interval_\w+|macros)$/;

/** Values of `params` that are known: by the task, then by the DAG. */
export type KnownParams = Readonly<Record<string, string>>;

/** A template's text with typed holes; parameters with a known value are filled in. */
export function typedText(source: string, params: KnownParams = {}): string {
  if (!source.includes('{')) return source;
  return splitTemplate(source)
    .map((block) => (block.kind === 'text' ? block.text : block.kind === 'expression' ? holeFor(block.text, params) : ''))
    .join('');
}

/** What stands for one expression. */
export function holeFor(code: string, params: KnownParams = {}): string {
  const setting = /^(?:var\.(?:value|json)|conn)\.[\w.]+$/.exec(code)?.[0] ?? variableGet(code);
  if (setting !== undefined) return `{${setting}}`;
  const names = namesInTemplate(`{{ ${code} }}`);
  const [first] = names;
  if (names.length === 1 && first?.name === 'params' && first.path.length === 1) return paramHole(code, first.path[0] ?? '', params);
  if (names.some(({ name }) => name === 'ti' || name === 'task_instance')) return '{xcom}';
  if (names.some(({ name, path }) => name === 'dag_run' && path[0] === 'conf')) return '{conf}';
  if (names.some(({ name, path }) => name === 'run_id' || (name === 'dag_run' && path[0] === 'run_id'))) return '{run}';
  if (names.length > 0 && names.every(({ name, path }) => dateNames.test(name) || (name === 'dag_run' && /date|interval/.test(path[0] ?? '')))) return '{date}';
  return '{?}';
}

function variableGet(code: string): string | undefined {
  const match = /^var\.(value|json)(?:\.get\(\s*|\[\s*)['"]([\w.-]+)['"]\s*[),\]]/.exec(code);
  return match && !code.includes('|') ? `var.${match[1] ?? ''}.${(match[2] ?? '').replaceAll('-', '_')}` : undefined;
}

/** A filter after a parameter changes its text, so that only the bare one is filled in. */
function paramHole(code: string, name: string, params: KnownParams): string {
  const isBare = /^params(?:\.\w+|\[\s*['"]\w+['"]\s*\])$/.test(code);
  const known = Object.hasOwn(params, name) ? params[name] : undefined;
  return isBare && known !== undefined ? known : `{params.${name}}`;
}

/** The texts and numbers among `params`. */
export function knownParams(value: ArgumentValue | undefined): KnownParams {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, each]) => (typeof each === 'string' || typeof each === 'number' ? [[name, String(each)]] : [])),
  );
}

/** A typed text as it is shown: each hole as `*`. */
export function showTyped(text: string): string {
  return text.replace(holePattern, '*');
}

/** Pieces of a typed text: what is fixed, and the holes between. */
export interface Piece {
  kind: 'text' | 'hole';
  text: string;
}

/** Cuts a typed text at its holes. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(holePattern)) {
    if (match.index > from) pieces.push({ kind: 'text', text: text.slice(from, match.index) });
    pieces.push({ kind: 'hole', text: match[0] });
    from = match.index + match[0].length;
  }
  if (from < text.length) pieces.push({ kind: 'text', text: text.slice(from) });
  return pieces;
}

/** Whether anything of a typed text is only known at run time. */
export function hasHole(text: string): boolean {
  return text.includes('{') && piecesOf(text).some(({ kind }) => kind === 'hole');
}
