/** An expression of a template. */
export type JinjaExpression =
  | { readonly kind: 'constant'; readonly value: null | boolean | bigint | number | string }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'namespace_item'; readonly name: string; readonly attribute: string }
  | { readonly kind: 'list' | 'tuple' | 'concat'; readonly items: readonly JinjaExpression[] }
  | { readonly kind: 'dict'; readonly pairs: readonly (readonly [JinjaExpression, JinjaExpression])[] }
  | { readonly kind: 'attribute'; readonly object: JinjaExpression; readonly name: string }
  | { readonly kind: 'item'; readonly object: JinjaExpression; readonly key: JinjaExpression }
  | { readonly kind: 'slice'; readonly parts: readonly (JinjaExpression | undefined)[] }
  | { readonly kind: 'call'; readonly callee: JinjaExpression; readonly args: CallArguments }
  | { readonly kind: 'filter' | 'test'; readonly value: JinjaExpression | undefined; readonly name: string; readonly args: CallArguments }
  | { readonly kind: 'condition'; readonly test: JinjaExpression; readonly then: JinjaExpression; readonly otherwise: JinjaExpression | undefined }
  | { readonly kind: 'and' | 'or'; readonly left: JinjaExpression; readonly right: JinjaExpression }
  | { readonly kind: 'not'; readonly value: JinjaExpression }
  | { readonly kind: 'unary'; readonly operator: '-' | '+'; readonly value: JinjaExpression }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: JinjaExpression; readonly right: JinjaExpression }
  | { readonly kind: 'compare'; readonly first: JinjaExpression; readonly rest: readonly (readonly [CompareOperator, JinjaExpression])[] };

export type CompareOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in';

/** Arguments of a call as they are written. */
export interface CallArguments {
  readonly positional: readonly JinjaExpression[];
  readonly named: readonly (readonly [string, JinjaExpression])[];
  readonly star: JinjaExpression | undefined;
  readonly doubleStar: JinjaExpression | undefined;
}

/** Parameters of a macro or of a call block. */
export interface Signature {
  readonly parameters: readonly string[];
  /** Defaults of the last parameters. */
  readonly defaults: readonly JinjaExpression[];
}

/** A named block, which templates that extend this one may replace. */
export interface BlockNode {
  readonly kind: 'block';
  readonly name: string;
  readonly isScoped: boolean;
  readonly isRequired: boolean;
  readonly body: readonly JinjaNode[];
}

/** A part of a template. */
export type JinjaNode =
  | BlockNode
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'output' | 'do'; readonly value: JinjaExpression }
  | { readonly kind: 'set'; readonly target: JinjaExpression; readonly value: JinjaExpression }
  | { readonly kind: 'set_block'; readonly target: JinjaExpression; readonly filter: JinjaExpression | undefined; readonly body: readonly JinjaNode[] }
  | { readonly kind: 'for'; readonly target: JinjaExpression; readonly source: JinjaExpression; readonly test: JinjaExpression | undefined; readonly isRecursive: boolean; readonly body: readonly JinjaNode[]; readonly otherwise: readonly JinjaNode[] }
  | { readonly kind: 'if'; readonly arms: readonly { readonly test: JinjaExpression; readonly body: readonly JinjaNode[] }[]; readonly otherwise: readonly JinjaNode[] }
  | { readonly kind: 'with'; readonly pairs: readonly (readonly [JinjaExpression, JinjaExpression])[]; readonly body: readonly JinjaNode[] }
  | { readonly kind: 'autoescape'; readonly value: JinjaExpression; readonly body: readonly JinjaNode[] }
  | { readonly kind: 'extends'; readonly template: JinjaExpression }
  | { readonly kind: 'include'; readonly template: JinjaExpression; readonly ignoresMissing: boolean; readonly withContext: boolean }
  | { readonly kind: 'import'; readonly template: JinjaExpression; readonly target: string; readonly withContext: boolean }
  | { readonly kind: 'from_import'; readonly template: JinjaExpression; readonly names: readonly (readonly [name: string, alias: string])[]; readonly withContext: boolean }
  | { readonly kind: 'macro'; readonly name: string; readonly signature: Signature; readonly body: readonly JinjaNode[] }
  | { readonly kind: 'call_block'; readonly call: JinjaExpression; readonly signature: Signature; readonly body: readonly JinjaNode[] }
  | { readonly kind: 'filter_block'; readonly filter: JinjaExpression; readonly body: readonly JinjaNode[] }
  | { readonly kind: 'break' | 'continue' };

/** What a template's text says. */
export interface JinjaTemplate {
  readonly body: readonly JinjaNode[];
  readonly blocks: ReadonlyMap<string, BlockNode>;
}

/** How templates are written in an environment. */
export interface JinjaStyle {
  readonly block: readonly [start: string, end: string];
  readonly variable: readonly [start: string, end: string];
  readonly comment: readonly [start: string, end: string];
  readonly trimsBlocks: boolean;
  readonly stripsBlocks: boolean;
  readonly keepsTrailingNewline: boolean;
  readonly newline: string;
  readonly hasDo: boolean;
  readonly hasLoopControls: boolean;
}

/** A text that is no template. */
export class JinjaMistake extends Error {
  constructor(
    readonly kind: 'TemplateSyntaxError' | 'TemplateAssertionError',
    message: string,
    readonly line: number,
  ) {
    super(message);
  }
}

/** A template that is right but not modelled. */
export class JinjaUnmodelled extends Error {}
