import { printing, readingWords, shellPrograms, writingWords, type ShellProgram } from '../../../knowledge/shell-programs.js';
import type { ArgumentValue, Task } from '../../../model/graph.js';
import { readTexts } from '../../argument.js';
import { showTyped, typedText, type KnownParams } from '../../template/holes.js';
import { localFile, pathOfUri } from '../paths.js';
import { isTelling, type Access, type Found, type TaskAccesses } from '../resource.js';
import { shellCommands, type ShellCommand } from './shell-words.js';
import { sqlAccesses } from './sql.js';

/** Arguments that hold a command, or what a program is started with. */
const commandArguments = ['bash_command', 'command', 'cmds', 'arguments', 'application_args', 'args', 'steps', 'job', 'batch', 'payload', 'job_driver', 'spark_submit_task', 'parameters', 'env_vars', 'environment', 'env', 'op_kwargs', 'overrides', 'script_args', 'containers', 'job_flow_overrides', 'config', 'notebook_task', 'json', 'base_parameters', 'notebook_params', 'python_params', 'pipeline_options', 'default_pipeline_options', 'body', 'tasks'] as const;

/** What a task's commands, and the arguments of the programs that it starts, read and write. */
export function commandAccesses(task: Task, params: KnownParams): TaskAccesses {
  const found: TaskAccesses = { accesses: [], gaps: [] };
  for (const text of scriptsOf(task)) addScript(found, typedText(text.text, params), { task, file: text.file, line: text.line, isFile: text.isFile });
  for (const name of commandArguments) if (name !== 'bash_command') addValue(found, task.arguments[name], { task, params, hint: '' });
  return found;
}

interface Script {
  text: string;
  file: string;
  line: number;
  isFile: boolean;
}

function scriptsOf(task: Task): Script[] {
  const given = ['bash_command', 'command'].flatMap((name) => {
    const reading = readTexts(Array.isArray(task.arguments[name]) ? undefined : task.arguments[name]);
    return reading.kind === 'texts' ? reading.texts : [];
  });
  const inside = ['cmds', 'command', 'arguments'].flatMap((name) => {
    const value = task.arguments[name];
    return Array.isArray(value) ? value.flatMap((each) => (typeof each === 'string' && /\s/.test(each) ? [each] : [])) : [];
  });
  const own = [...given, ...inside].filter((text) => !/^\S+\.(?:sh|bash)\s*$/.test(text));
  const files = task.template_files.flatMap(({ field, file, text }) => (field === 'bash_command' || field === 'command') && file !== null && text !== null ? [{ text, file, line: 1, isFile: true }] : []);
  return [...own.map((text) => ({ text, file: task.file, line: task.line, isFile: false })), ...files];
}

type At = { task: Task; file: string; line: number; isFile: boolean };

function addScript(into: TaskAccesses, script: string, at: At): void {
  for (const command of shellCommands(script, environmentOf(at.task))) {
    const [first = ''] = command.words;
    const add = (direction: Access['direction'], word: string | undefined, reason: string, confidence: Access['confidence'] = 'high'): void => {
      const found = word === undefined ? undefined : addressOf(word);
      if (!found || !isTelling(found)) return;
      const place = { file: at.file, line: at.isFile ? command.line : at.line };
      into.accesses.push({ direction, found, how: 'command', confidence, reasons: [reason], place, text: showTyped(command.words.join(' ')), ...(direction === 'write' && { write: 'overwrite' as const }) });
    };
    add('write', command.output ?? undefined, 'the output of a command goes there');
    if (printing.has(first)) continue;
    addDbt(into, command, at);
    const program = shellPrograms.find(({ words }) => isCalled(command.words, words));
    if (program) addProgram(into, { command, program, add, at });
    else addFlags(command.words, add);
  }
}

function environmentOf({ arguments: given }: Task): Record<string, string> {
  const value = given['env'];
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return {};
  return Object.fromEntries(Object.entries(value).flatMap(([name, each]) => (typeof each === 'string' ? [[name, typedText(each)]] : [])));
}

function isCalled(words: readonly string[], names: readonly string[]): boolean {
  const own = words.filter((word, index) => index === 0 || names.includes(word) || !word.startsWith('-'));
  const base = (own[0] ?? '').replace(/^.*\//, '');
  return names.every((name, index) => (index === 0 ? base : own[index]) === name);
}

type Add = (direction: Access['direction'], word: string | undefined, reason: string, confidence?: Access['confidence']) => void;

function addProgram(into: TaskAccesses, { command, program, add, at }: { command: ShellCommand; program: ShellProgram; add: Add; at: At }): void {
  const name = program.words.join(' ');
  if (program.form === 'sql') {
    addQuery(into, { command, program, at });
    return;
  }
  for (const flag of program.reads ?? []) add('read', flagValue(command.words, flag), `${name} ${flag}`);
  for (const flag of program.writes ?? []) add('write', flagValue(command.words, flag), `${name} ${flag}`);
  if (program.form === 'flags') return;
  const words = command.words.slice(1).filter((word) => !word.startsWith('-') && !program.words.includes(word));
  const last = words.at(-1);
  if (program.form !== 'copy') add(program.form === 'read_last' ? 'read' : 'write', last, name);
  else if (words.length > 1) {
    for (const word of words.slice(0, -1)) add('read', word, name);
    add('write', last, name);
  } else if (command.words.at(-2) === '-') add('write', last, name);
}

function addQuery(into: TaskAccesses, { command, program, at }: { command: ShellCommand; program: ShellProgram; at: At }): void {
  const { words } = command;
  const text = program.sql?.map((flag) => flagValue(words, flag)).find((each) => each !== undefined) ?? (program.sql?.length === 0 ? words.at(-1) : undefined);
  if (text === undefined || program.system === undefined) return;
  const database = flagValue(words, '-d') ?? flagValue(words, '--dbname') ?? words.slice(1).find((word) => word.includes('://'));
  // Without an address the program takes its own: another task's is another one.
  const connection = database === undefined ? null : `${program.words.join(' ')} ${database}`;
  const found = sqlAccesses({ text, session: { system: program.system, connection }, place: { file: at.file, line: at.isFile ? command.line : at.line }, how: 'command' });
  into.accesses.push(...found.accesses);
  into.gaps.push(...found.gaps);
}

function flagValue(words: readonly string[], flag: string): string | undefined {
  const index = words.indexOf(flag);
  if (index >= 0) return words[index + 1];
  return words.find((word) => word.startsWith(`${flag}=`))?.slice(flag.length + 1);
}

/** `--input s3://...`: the flag says which way. */
function addFlags(words: readonly string[], add: Add): void {
  words.forEach((word, index) => {
    const [flag = '', value] = word.startsWith('-') && word.includes('=') ? [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)] : [words[index - 1] ?? '', word];
    const direction = flag.startsWith('-') ? directionOf(flag) : undefined;
    if (direction && value !== undefined && !value.startsWith('-')) add(direction, value, `the argument ${flag} names it`, 'medium');
  });
}

/** Which way a name of an argument says that data goes; undefined when it says nothing, or both. */
function directionOf(name: string): Access['direction'] | undefined {
  const words = name.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase().split(/[^a-z]+/);
  const [reads, writes] = [words.some((word) => readingWords.has(word)), words.some((word) => writingWords.has(word))];
  return reads === writes ? undefined : reads ? 'read' : 'write';
}

function addressOf(word: string): Found | undefined {
  const text = word.trim();
  if (/\s/.test(text)) return undefined;
  return text.includes('://') ? pathOfUri(text) : text.startsWith('/') && text.length > 1 && !/^\/dev\//.test(text) ? localFile(text) : undefined;
}

interface Within {
  task: Task;
  params: KnownParams;
  /** The nearest name above the value. */
  hint: string;
}

/** Addresses within lists and dictionaries: the flag before them, or the key above them, says which way. */
function addValue(into: TaskAccesses, value: ArgumentValue | undefined, within: Within): void {
  const { task, params, hint } = within;
  if (typeof value === 'string') addAddress(into, typedText(value, params), within);
  else if (Array.isArray(value)) {
    value.forEach((each, index) => {
      const before = value[index - 1];
      addValue(into, each, { task, params, hint: typeof before === 'string' && before.startsWith('-') ? before : hint });
    });
  } else if (value !== null && typeof value === 'object') {
    for (const [key, each] of Object.entries(value)) if (!key.startsWith('$')) addValue(into, each, { task, params, hint: key });
  }
}

function addAddress(into: TaskAccesses, text: string, { task, hint }: Within): void {
  const inline = /^(--?[\w-]+)=(\S+)$/.exec(text);
  const [name, address] = inline ? [inline[1] ?? '', inline[2] ?? ''] : [hint, text];
  const found = addressOf(address);
  const direction = directionOf(name);
  if (!found || !isTelling(found) || (direction === undefined && !address.includes('://')) || isProgram(address)) return;
  const place = { file: task.file, line: task.line };
  if (direction === undefined) {
    into.gaps.push({ reason: `whether ${showTyped(address)} is read or written is not known`, place });
    return;
  }
  into.accesses.push({ direction, found, how: 'argument', confidence: 'medium', reasons: [`the argument ${name} names it`], place, text: `${name}: ${showTyped(address)}`, ...(direction === 'write' && { write: 'unknown' as const }) });
}

/** Code is no data. */
function isProgram(address: string): boolean {
  return /\.(?:py|jar|whl|egg|zip|sh|sql|ipynb|R|scala)$/.test(address);
}

/** `dbt run --select a b`: models by name. Selectors with methods and graph operators name more than they say. */
function addDbt(into: TaskAccesses, { words, line }: ShellCommand, at: At): void {
  const index = words.findIndex((word) => word.replace(/^.*\//, '') === 'dbt');
  const verb = index < 0 ? undefined : words.slice(index + 1).find((word) => ['run', 'build', 'seed', 'snapshot', 'test'].includes(word));
  if (verb === undefined) return;
  const place = { file: at.file, line: at.isFile ? line : at.line };
  const from = words.findIndex((word) => ['--select', '-s', '--models', '--model', '-m'].includes(word));
  const names = from < 0 ? [] : words.slice(from + 1).slice(0, endOf(words.slice(from + 1)));
  if (names.length === 0) into.gaps.push({ reason: `which models dbt ${verb} builds is in its project`, place });
  for (const name of names.flatMap((word) => word.split(/[\s,]+/))) {
    if (!/^[\w.]+$/.test(name)) into.gaps.push({ reason: `which models ${showTyped(name)} selects is in dbt's project`, place });
    else into.accesses.push({ direction: verb === 'test' ? 'read' : 'write', found: { form: 'named', kind: 'dbt_model', name: name.replace(/^.*\./, '') }, how: 'command', confidence: 'high', reasons: [`dbt ${verb} selects it`], place, text: words.join(' '), ...(verb !== 'test' && { write: 'unknown' as const }) });
  }
}

function endOf(words: readonly string[]): number {
  const end = words.findIndex((word) => word.startsWith('-'));
  return end < 0 ? words.length : end;
}
