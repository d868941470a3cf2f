/**
 * The syntax that the rules ask about: names and where they are bound, functions, loops, targets. What only holds other
 * expressions is an `operation`. Every node knows the index of its first token.
 */
interface Located {
  readonly token: number;
}

export type Expression =
  | (Located & { readonly kind: 'name'; readonly name: string })
  | (Located & { readonly kind: 'constant'; readonly type: 'number' | 'string' | 'bytes' | 'word'; readonly tokenCount: number })
  | (Located & { readonly kind: 'attribute'; readonly object: Expression; readonly name: string })
  | (Located & { readonly kind: 'subscript'; readonly object: Expression; readonly index: Expression })
  | (Located & { readonly kind: 'starred'; readonly value: Expression })
  | (Located & { readonly kind: 'tuple' | 'list'; readonly elements: readonly Expression[] })
  | (Located & { readonly kind: 'named'; readonly name: string; readonly value: Expression })
  | LambdaExpression
  | Comprehension
  | (Located & { readonly kind: 'yield'; readonly value: Expression | undefined; readonly isFrom: boolean })
  | (Located & { readonly kind: 'await'; readonly value: Expression })
  | (Located & { readonly kind: 'call'; readonly callee: Expression; readonly arguments: readonly Argument[] })
  | (Located & { readonly kind: 'operation'; readonly operands: readonly Expression[]; readonly what: string });

export interface LambdaExpression extends Located {
  readonly kind: 'lambda';
  readonly parameters: readonly Parameter[];
  readonly body: Expression;
}

export interface Comprehension extends Located {
  readonly kind: 'comprehension';
  readonly result: 'list' | 'set' | 'dict' | 'generator';
  /** One element; key and value for a dict. */
  readonly elements: readonly Expression[];
  readonly clauses: readonly ComprehensionClause[];
}

export interface ComprehensionClause {
  readonly target: Expression;
  readonly iterable: Expression;
  readonly conditions: readonly Expression[];
  readonly isAsync: boolean;
}

export interface Argument extends Located {
  /** Empty for a positional argument, `*` and `**` for unpacked ones. */
  readonly name: string;
  readonly value: Expression;
}

export interface Parameter extends Located {
  readonly name: string;
  readonly default: Expression | undefined;
  readonly annotation: Expression | undefined;
}

export interface TypeParameter extends Located {
  readonly name: string;
  readonly bound: Expression | undefined;
}

export type Statement =
  | (Located & { readonly kind: 'expression'; readonly value: Expression })
  | (Located & { readonly kind: 'assign'; readonly targets: readonly Expression[]; readonly value: Expression })
  | (Located & { readonly kind: 'augmented'; readonly target: Expression; readonly value: Expression })
  | AnnotatedStatement
  | (Located & { readonly kind: 'delete'; readonly targets: readonly Expression[] })
  | (Located & { readonly kind: 'return'; readonly value: Expression | undefined })
  | (Located & { readonly kind: 'raise' | 'assert'; readonly values: readonly Expression[] })
  | (Located & { readonly kind: 'import'; readonly names: readonly ImportedName[] })
  | ImportFromStatement
  | (Located & { readonly kind: 'global' | 'nonlocal'; readonly names: readonly string[] })
  | (Located & { readonly kind: 'pass' | 'break' | 'continue' })
  | TypeAliasStatement
  | (Located & { readonly kind: 'if'; readonly test: Expression; readonly body: Block; readonly otherwise: Block })
  | (Located & { readonly kind: 'while'; readonly test: Expression; readonly body: Block; readonly otherwise: Block })
  | ForStatement
  | WithStatement
  | TryStatement
  | FunctionStatement
  | ClassStatement
  | MatchStatement;

export type Block = readonly Statement[];

export interface AnnotatedStatement extends Located {
  readonly kind: 'annotated';
  readonly target: Expression;
  /** A bare name without parentheses. */
  readonly isSimple: boolean;
  readonly annotation: Expression;
  readonly value: Expression | undefined;
}

/** What an import binds: the alias, else the first part of the name. */
export interface ImportedName {
  readonly bound: string;
  readonly imported: string;
}

export interface ImportFromStatement extends Located {
  readonly kind: 'import_from';
  readonly module: string;
  readonly isStar: boolean;
  readonly names: readonly ImportedName[];
}

export interface TypeAliasStatement extends Located {
  readonly kind: 'type_alias';
  readonly name: string;
  readonly typeParameters: readonly TypeParameter[];
  readonly value: Expression;
}

export interface ForStatement extends Located {
  readonly kind: 'for';
  readonly target: Expression;
  readonly iterable: Expression;
  readonly body: Block;
  readonly otherwise: Block;
  readonly isAsync: boolean;
}

export interface WithStatement extends Located {
  readonly kind: 'with';
  readonly items: readonly { readonly context: Expression; readonly target: Expression | undefined }[];
  readonly body: Block;
  readonly isAsync: boolean;
}

export interface Handler extends Located {
  readonly type: Expression | undefined;
  readonly name: string;
  readonly body: Block;
}

export interface TryStatement extends Located {
  readonly kind: 'try';
  readonly body: Block;
  readonly handlers: readonly Handler[];
  readonly isGroup: boolean;
  readonly otherwise: Block;
  readonly finalizer: Block;
}

export interface FunctionStatement extends Located {
  readonly kind: 'function';
  readonly name: string;
  readonly isAsync: boolean;
  readonly decorators: readonly Expression[];
  readonly typeParameters: readonly TypeParameter[];
  readonly parameters: readonly Parameter[];
  readonly returns: Expression | undefined;
  readonly body: Block;
}

export interface ClassStatement extends Located {
  readonly kind: 'class';
  readonly name: string;
  readonly decorators: readonly Expression[];
  readonly typeParameters: readonly TypeParameter[];
  readonly arguments: readonly Argument[];
  readonly body: Block;
}

export type Pattern =
  /** A literal, or a dotted name. */
  | (Located & { readonly kind: 'value'; readonly value: Expression })
  /** The wildcard has no name. */
  | (Located & { readonly kind: 'capture' | 'star'; readonly name: string })
  | (Located & { readonly kind: 'sequence'; readonly elements: readonly Pattern[] })
  | (Located & { readonly kind: 'or'; readonly options: readonly Pattern[] })
  | (Located & { readonly kind: 'as'; readonly pattern: Pattern; readonly name: string })
  | MappingPattern
  | ClassPattern;

export interface MappingPattern extends Located {
  readonly kind: 'mapping';
  readonly keys: readonly Expression[];
  readonly patterns: readonly Pattern[];
  readonly rest: string;
}

export interface ClassPattern extends Located {
  readonly kind: 'class';
  readonly callee: Expression;
  readonly patterns: readonly Pattern[];
  readonly attributes: readonly { readonly name: string; readonly token: number }[];
}

export interface MatchCase {
  readonly pattern: Pattern;
  readonly guard: Expression | undefined;
  readonly body: Block;
}

export interface MatchStatement extends Located {
  readonly kind: 'match';
  readonly subject: Expression;
  readonly cases: readonly MatchCase[];
}
