import { Script, createContext } from 'node:vm';
import ignore from 'ignore';
import { MAX_PATTERN_MILLISECONDS } from './limits.js';

export const IGNORE_FILE_NAME = '.airflowignore';

/** How Airflow reads the file by default: `regexp` in 2.x, `glob` since 3.0. */
export type IgnoreSyntax = 'regexp' | 'glob';

/** One line of an ignore file. `matches` says whether it speaks about a path; `ignores` what it says. */
export interface IgnoreRule {
  ignores: boolean;
  matches(candidate: Candidate): boolean;
}

/** A path that a rule judges, relative to the dags folder. */
export interface Candidate {
  path: string;
  name: string;
  isDirectory: boolean;
}

/** Rules of an ignore file that lies in `folder` (relative to the dags folder), and lines that aren't valid. */
export function parseIgnoreFile(text: string, folder: string, syntax: IgnoreSyntax): { rules: IgnoreRule[]; invalid: string[] } {
  const rules: IgnoreRule[] = [];
  const invalid: string[] = [];
  for (const line of text.split('\n')) {
    // Airflow lets a comment begin anywhere on the line.
    const pattern = line.replace(/\s*#.*/, '');
    if (pattern === '') continue;
    const rule = syntax === 'glob' ? globRule(pattern, folder) : regexpRule(pattern);
    if (rule) rules.push(rule);
    else invalid.push(pattern);
  }
  return { rules, invalid };
}

/** The last matching rule decides (a regexp rule can only ignore, so that there the first match does). */
export function isIgnored(candidate: Candidate, rules: readonly IgnoreRule[]): boolean {
  return rules.findLast((rule) => rule.matches(candidate))?.ignores ?? false;
}

function globRule(line: string, folder: string): IgnoreRule | undefined {
  const pattern = line.trimEnd();
  if (pattern.trim() === '' || pattern.trim() === '/') return undefined;
  const isNegated = pattern.startsWith('!');
  const glob = isNegated ? pattern.slice(1) : pattern;
  const isAnchored = pattern.replace(/\/+$/, '').includes('/');
  const onlyDirectories = glob.endsWith('/');
  const matcher = ignore({ ignorecase: false }).add(glob);
  return {
    ignores: !isNegated,
    matches(candidate) {
      if (onlyDirectories && !candidate.isDirectory) return false;
      const target = isAnchored ? relativeTo(folder, candidate.path) : candidate.name;
      return matcher.ignores(candidate.isDirectory ? `${target}/` : target);
    },
  };
}

function relativeTo(folder: string, target: string): string {
  return folder === '' ? target : target.slice(folder.length + 1);
}

function regexpRule(pattern: string): IgnoreRule | undefined {
  const expression = toJavaScript(pattern);
  if (expression === undefined) return undefined;
  const test = canBacktrack(pattern) ? guarded(expression) : (text: string) => expression.test(text);
  return { ignores: true, matches: (candidate) => test(candidate.path) };
}

/** Python's regular expressions in JavaScript's words, or undefined when there is no such. */
function toJavaScript(pattern: string): RegExp | undefined {
  const flags = /^\(\?([ims]+)\)/.exec(pattern);
  const body = pattern
    .slice(flags?.[0].length ?? 0)
    .replaceAll('(?P<', '(?<')
    .replace(/\(\?P=(\w+)\)/g, '\\k<$1>')
    .replaceAll('\\A', '^')
    .replace(/\\[Zz]/g, '$');
  try {
    return new RegExp(body, flags?.[1] ?? '');
  } catch {
    return undefined;
  }
}

/** Repeated groups and many repetitions can take exponential time in a backtracking engine; Airflow's has none. */
function canBacktrack(pattern: string): boolean {
  return /\)[*+{]/.test(pattern) || (pattern.match(/[*+]|\{\d+,/g)?.length ?? 0) > 3;
}

function guarded(expression: RegExp): (text: string) => boolean {
  const context = createContext({ expression, text: '' });
  const script = new Script('expression.test(text)');
  return (text) => {
    context['text'] = text;
    try {
      return script.runInContext(context, { timeout: MAX_PATTERN_MILLISECONDS }) === true;
    } catch {
      return false;
    }
  };
}
