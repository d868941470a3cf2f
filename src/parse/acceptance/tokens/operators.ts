/** Python's operators and delimiters, longest first where one starts another; a string's own text is its kind. */
const operators = [
  '**=', '//=', '>>=', '<<=', '...',
  '**', '//', '>>', '<<', '!=', '==', '<=', '>=', '->', '+=', '-=', '*=', '/=', '%=', '&=', '|=', '^=', '@=', ':=',
  '+', '-', '*', '/', '%', '@', '&', '|', '^', '~', '<', '>', '(', ')', '[', ']', '{', '}', ',', ':', '.', ';', '=', '!',
] as const;

const byFirst = new Map<number, readonly string[]>();
for (const operator of operators) {
  const first = operator.charCodeAt(0);
  byFirst.set(first, [...(byFirst.get(first) ?? []), operator]);
}

/** The operator at an offset, undefined when there is none. */
export function operatorAt(source: string, offset: number): string | undefined {
  const candidates = byFirst.get(source.charCodeAt(offset));
  if (candidates === undefined) return undefined;
  for (const candidate of candidates) {
    if (candidate.length === 1 || source.startsWith(candidate, offset)) return candidate;
  }
  return undefined;
}

/** Words that can't be names. `match`, `case`, `type` and `_` can: they are keywords by their place only. */
export const keywords: ReadonlyMap<string, string> = new Map(
  [
    'False', 'None', 'True', 'and', 'as', 'assert', 'async', 'await', 'break', 'class', 'continue', 'def', 'del', 'elif',
    'else', 'except', 'finally', 'for', 'from', 'global', 'if', 'import', 'in', 'is', 'lambda', 'nonlocal', 'not', 'or',
    'pass', 'raise', 'return', 'try', 'while', 'with', 'yield',
  ].map((word) => [word, word]),
);
