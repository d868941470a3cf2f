import { markedComments } from './comments.js';

/** A comment `# dag2event: ignore[RULE, ...] until=YYYY-MM-DD owner=NAME -- reason`. */
export interface Directive {
  readonly kind: 'ignore' | 'ignore-file';
  readonly rules: readonly string[];
  readonly reason: string;
  /** The last day (YYYY-MM-DD) on which it counts. */
  readonly until: string | undefined;
  readonly owner: string | undefined;
  readonly file: string;
  readonly line: number;
  readonly from: number;
  readonly to: number;
}

/** A directive that can't be followed, and why. */
export interface BrokenDirective {
  readonly kind: 'broken';
  readonly text: string;
  readonly file: string;
  readonly line: number;
}

const shape = /#\s*dag2event:\s*(ignore(?:-file)?)\b\s*(?:\[([^\]]*)\])?\s*(.*)$/;
const anyShape = /#\s*dag2event:/;

/** Directives of a file, in the order of their lines. */
export function directivesIn(file: string, text: string): (Directive | BrokenDirective)[] {
  return markedComments(file, text).flatMap(({ text: comment, line, from, to }): (Directive | BrokenDirective)[] => {
    if (!anyShape.test(comment)) return [];
    const [, kind, rules, rest = ''] = shape.exec(comment.trimEnd()) ?? [];
    if (kind !== 'ignore' && kind !== 'ignore-file') return [{ kind: 'broken', text: 'it is neither ignore[...] nor ignore-file[...]', file, line }];
    const read = readRest(rest);
    const ids = (rules ?? '').split(',').map((id) => id.trim().toUpperCase()).filter((id) => id !== '');
    if (ids.length === 0) return [{ kind: 'broken', text: 'it names no rule: write ignore[D2E001]', file, line }];
    if (typeof read === 'string') return [{ kind: 'broken', text: read, file, line }];
    return [{ kind, rules: ids, ...read, file, line, from, to }];
  });
}

/** `until=... owner=... -- reason`, or what is wrong with it. */
function readRest(rest: string): { reason: string; until: string | undefined; owner: string | undefined } | string {
  const split = /^(.*?)(?:^|\s)--\s+(.*)$/.exec(rest);
  const reason = split?.[2]?.trim() ?? '';
  if (reason === '') return 'it gives no reason: end it with -- and why';
  const fields = new Map<string, string>();
  for (const word of (split?.[1] ?? '').split(/\s+/).filter((each) => each !== '')) {
    const [, name = '', value = ''] = /^(until|owner)=(\S+)$/.exec(word) ?? [];
    if (name === '') return `${word} is neither until=YYYY-MM-DD nor owner=NAME`;
    fields.set(name, value);
  }
  const until = fields.get('until');
  if (until !== undefined && !isDay(until)) return `until=${until} is no day: write YYYY-MM-DD`;
  return { reason, until, owner: fields.get('owner') };
}

/** Whether a text is a day of the calendar, as YYYY-MM-DD. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
