/** A piece of a Python regular expression. */
export type RegexNode =
  | { readonly kind: 'character'; readonly test: (codePoint: number) => boolean }
  | { readonly kind: 'sequence'; readonly nodes: readonly RegexNode[] }
  | { readonly kind: 'choice'; readonly branches: readonly RegexNode[] }
  | { readonly kind: 'group'; readonly index: number; readonly node: RegexNode }
  | { readonly kind: 'repeat'; readonly node: RegexNode; readonly minimum: number; readonly maximum: number; readonly mode: 'greedy' | 'lazy' | 'possessive' }
  | { readonly kind: 'atomic'; readonly node: RegexNode }
  | { readonly kind: 'look'; readonly node: RegexNode; readonly behind: number | undefined; readonly isNegative: boolean }
  | { readonly kind: 'reference'; readonly index: number; readonly ignoresCase: boolean }
  | { readonly kind: 'condition'; readonly index: number; readonly yes: RegexNode; readonly no: RegexNode }
  | { readonly kind: 'position'; readonly test: (text: readonly number[], at: number) => boolean };

/** A regular expression ready to match. */
export interface Regex {
  readonly source: string;
  readonly flags: number;
  readonly node: RegexNode;
  readonly groupCount: number;
  readonly groupNames: ReadonlyMap<string, number>;
}

export const regexFlags = { I: 2, L: 4, M: 8, S: 16, U: 32, X: 64, A: 256 } as const;

/** A pattern that Python refuses (`re.error`). */
export class RegexMistake extends Error {}
/** A group name of a replacement that the pattern hasn't. */
export class RegexUnknownGroup extends RegexMistake {}
/** A pattern that Python takes and that is not modelled here. */
export class RegexNotModelled extends Error {}
/** Matching took more steps than a pattern of a DAG file should need. */
export class RegexBudget extends Error {}
