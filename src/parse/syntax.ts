/**
 * Our own syntax tree of a Python file: what the evaluator reads. Names follow CPython's `ast` module. Every node is
 * also a place (`file`, `line`), so that it can be passed wherever a place is wanted; `start` and `end` are offsets in
 * UTF-16 units into the file's text.
 */
export interface NodeBase {
  readonly file: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

export type Expression =
  | NameNode
  | ConstantNode
  | JoinedStringNode
  | TupleNode
  | ListNode
  | SetNode
  | DictNode
  | ComprehensionNode
  | AttributeNode
  | SubscriptNode
  | SliceNode
  | CallNode
  | BinaryNode
  | UnaryNode
  | BooleanNode
  | CompareNode
  | ConditionalNode
  | LambdaNode
  | NamedExpressionNode
  | StarredNode
  | AwaitNode
  | YieldNode
  | UnsupportedNode;

export interface NameNode extends NodeBase {
  readonly kind: 'name';
  readonly name: string;
}
export interface ConstantNode extends NodeBase {
  readonly kind: 'constant';
  readonly value: null | boolean | bigint | number | string | Uint8Array | 'ellipsis';
  readonly isEllipsis: boolean;
}
export type StringPart =
  | string
  | {
      readonly expression: Expression;
      readonly conversion: 'r' | 's' | 'a' | '';
      readonly specification: readonly StringPart[];
      /** The text before `=` in `{x=}`; empty otherwise. */
      readonly label: string;
    };
export interface JoinedStringNode extends NodeBase {
  readonly kind: 'joined_string';
  readonly parts: readonly StringPart[];
}
export interface TupleNode extends NodeBase {
  readonly kind: 'tuple';
  readonly elements: readonly Expression[];
}
export interface ListNode extends NodeBase {
  readonly kind: 'list';
  readonly elements: readonly Expression[];
}
export interface SetNode extends NodeBase {
  readonly kind: 'set';
  readonly elements: readonly Expression[];
}
export interface DictNode extends NodeBase {
  readonly kind: 'dict';
  /** A null key is `**value`. */
  readonly items: readonly { readonly key: Expression | null; readonly value: Expression }[];
}
export interface ComprehensionClause {
  readonly target: Expression;
  readonly iterable: Expression;
  readonly conditions: readonly Expression[];
  readonly isAsync: boolean;
}
export interface ComprehensionNode extends NodeBase {
  readonly kind: 'comprehension';
  readonly result: 'list' | 'set' | 'dict' | 'generator';
  readonly element: Expression;
  /** The value of a dict comprehension. */
  readonly value: Expression | null;
  readonly clauses: readonly ComprehensionClause[];
}
export interface AttributeNode extends NodeBase {
  readonly kind: 'attribute';
  readonly object: Expression;
  readonly name: string;
}
export interface SubscriptNode extends NodeBase {
  readonly kind: 'subscript';
  readonly object: Expression;
  readonly index: Expression;
}
export interface SliceNode extends NodeBase {
  readonly kind: 'slice';
  readonly lower: Expression | null;
  readonly upper: Expression | null;
  readonly step: Expression | null;
}
export interface ArgumentNode {
  /** `positional`, `*value`, `name=value` or `**value`. */
  readonly form: 'positional' | 'star' | 'keyword' | 'double_star';
  readonly name: string;
  readonly value: Expression;
}
export interface CallNode extends NodeBase {
  readonly kind: 'call';
  readonly callee: Expression;
  readonly arguments: readonly ArgumentNode[];
}
export interface BinaryNode extends NodeBase {
  readonly kind: 'binary';
  readonly operator: string;
  readonly left: Expression;
  readonly right: Expression;
}
export interface UnaryNode extends NodeBase {
  readonly kind: 'unary';
  readonly operator: '-' | '+' | '~' | 'not';
  readonly operand: Expression;
}
export interface BooleanNode extends NodeBase {
  readonly kind: 'boolean';
  readonly operator: 'and' | 'or';
  readonly left: Expression;
  readonly right: Expression;
}
export type CompareOperator = '<' | '<=' | '>' | '>=' | '==' | '!=' | 'in' | 'not in' | 'is' | 'is not';
export interface CompareNode extends NodeBase {
  readonly kind: 'compare';
  readonly first: Expression;
  readonly rest: readonly { readonly operator: CompareOperator; readonly operand: Expression }[];
}
export interface ConditionalNode extends NodeBase {
  readonly kind: 'conditional';
  readonly test: Expression;
  readonly body: Expression;
  readonly otherwise: Expression;
}
export interface ParameterNode {
  readonly name: string;
  readonly form: 'positional_only' | 'positional' | 'star' | 'keyword_only' | 'double_star';
  readonly default: Expression | null;
  readonly annotation: Expression | null;
}
export interface LambdaNode extends NodeBase {
  readonly kind: 'lambda';
  readonly parameters: readonly ParameterNode[];
  readonly body: Expression;
}
export interface NamedExpressionNode extends NodeBase {
  readonly kind: 'named_expression';
  readonly name: string;
  readonly value: Expression;
}
export interface StarredNode extends NodeBase {
  readonly kind: 'starred';
  readonly value: Expression;
}
export interface AwaitNode extends NodeBase {
  readonly kind: 'await';
  readonly value: Expression;
}
export interface YieldNode extends NodeBase {
  readonly kind: 'yield';
  readonly value: Expression | null;
  readonly isFrom: boolean;
}
/** A form that the evaluator doesn't know; its value is an unknown. */
export interface UnsupportedNode extends NodeBase {
  readonly kind: 'unsupported';
  readonly what: string;
}

export type Statement =
  | ExpressionStatement
  | AssignStatement
  | AugmentedAssignStatement
  | AnnotatedAssignStatement
  | DeleteStatement
  | IfStatement
  | ForStatement
  | WhileStatement
  | TryStatement
  | WithStatement
  | FunctionNode
  | ClassNode
  | ReturnStatement
  | RaiseStatement
  | AssertStatement
  | ImportStatement
  | ImportFromStatement
  | ScopeStatement
  | MatchStatement
  | SimpleStatement
  | TypeAliasStatement;

export interface ExpressionStatement extends NodeBase {
  readonly kind: 'expression';
  readonly value: Expression;
}
export interface AssignStatement extends NodeBase {
  readonly kind: 'assign';
  readonly targets: readonly Expression[];
  readonly value: Expression;
}
export interface AugmentedAssignStatement extends NodeBase {
  readonly kind: 'augmented_assign';
  readonly target: Expression;
  /** Without the `=`. */
  readonly operator: string;
  readonly value: Expression;
}
export interface AnnotatedAssignStatement extends NodeBase {
  readonly kind: 'annotated_assign';
  readonly target: Expression;
  readonly annotation: Expression;
  readonly value: Expression | null;
}
export interface DeleteStatement extends NodeBase {
  readonly kind: 'delete';
  readonly targets: readonly Expression[];
}
export interface IfStatement extends NodeBase {
  readonly kind: 'if';
  readonly test: Expression;
  readonly body: readonly Statement[];
  readonly otherwise: readonly Statement[];
}
export interface ForStatement extends NodeBase {
  readonly kind: 'for';
  readonly target: Expression;
  readonly iterable: Expression;
  readonly body: readonly Statement[];
  readonly otherwise: readonly Statement[];
  readonly isAsync: boolean;
}
export interface WhileStatement extends NodeBase {
  readonly kind: 'while';
  readonly test: Expression;
  readonly body: readonly Statement[];
  readonly otherwise: readonly Statement[];
}
export interface ExceptHandler {
  readonly type: Expression | null;
  readonly name: string;
  readonly body: readonly Statement[];
  readonly line: number;
}
export interface TryStatement extends NodeBase {
  readonly kind: 'try';
  readonly body: readonly Statement[];
  readonly handlers: readonly ExceptHandler[];
  readonly otherwise: readonly Statement[];
  readonly finalizer: readonly Statement[];
}
export interface WithStatement extends NodeBase {
  readonly kind: 'with';
  readonly items: readonly { readonly context: Expression; readonly target: Expression | null }[];
  readonly body: readonly Statement[];
  readonly isAsync: boolean;
}
export interface FunctionNode extends NodeBase {
  readonly kind: 'function';
  readonly name: string;
  readonly parameters: readonly ParameterNode[];
  readonly decorators: readonly Expression[];
  readonly returns: Expression | null;
  readonly body: readonly Statement[];
  readonly isAsync: boolean;
  readonly isGenerator: boolean;
}
export interface ClassNode extends NodeBase {
  readonly kind: 'class';
  readonly name: string;
  readonly bases: readonly ArgumentNode[];
  readonly decorators: readonly Expression[];
  readonly body: readonly Statement[];
}
export interface ReturnStatement extends NodeBase {
  readonly kind: 'return';
  readonly value: Expression | null;
}
export interface RaiseStatement extends NodeBase {
  readonly kind: 'raise';
  readonly value: Expression | null;
  readonly cause: Expression | null;
}
export interface AssertStatement extends NodeBase {
  readonly kind: 'assert';
  readonly test: Expression;
  readonly message: Expression | null;
}
export interface ImportStatement extends NodeBase {
  readonly kind: 'import';
  readonly names: readonly { readonly name: string; readonly alias: string }[];
}
export interface ImportFromStatement extends NodeBase {
  readonly kind: 'import_from';
  /** Leading dots of a relative import. */
  readonly level: number;
  readonly module: string;
  /** A single name `*` is a star import. */
  readonly names: readonly { readonly name: string; readonly alias: string }[];
}
export interface ScopeStatement extends NodeBase {
  readonly kind: 'global' | 'nonlocal';
  readonly names: readonly string[];
}
export interface SimpleStatement extends NodeBase {
  readonly kind: 'pass' | 'break' | 'continue';
}
export interface TypeAliasStatement extends NodeBase {
  readonly kind: 'type_alias';
  readonly name: string;
}
export type Pattern =
  | { readonly kind: 'value'; readonly value: Expression }
  | { readonly kind: 'capture'; readonly name: string }
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'sequence'; readonly elements: readonly Pattern[] }
  | { readonly kind: 'star'; readonly name: string }
  | {
      readonly kind: 'mapping';
      readonly items: readonly { readonly key: Expression; readonly value: Pattern }[];
      readonly rest: string;
    }
  | {
      readonly kind: 'class';
      readonly cls: Expression;
      readonly positional: readonly Pattern[];
      readonly keyword: readonly { readonly name: string; readonly value: Pattern }[];
    }
  | { readonly kind: 'or'; readonly options: readonly Pattern[] }
  | { readonly kind: 'as'; readonly pattern: Pattern; readonly name: string }
  | { readonly kind: 'unsupported'; readonly what: string };
export interface MatchStatement extends NodeBase {
  readonly kind: 'match';
  readonly subject: Expression;
  readonly cases: readonly {
    readonly pattern: Pattern;
    readonly guard: Expression | null;
    readonly body: readonly Statement[];
  }[];
}

export interface SyntaxProblem {
  readonly message: string;
  readonly line: number;
}

/** A parsed file. With a problem the body holds what could still be read. */
export interface ModuleNode {
  readonly file: string;
  readonly source: string;
  readonly body: readonly Statement[];
  /** Why CPython would refuse the file. */
  readonly problems: readonly SyntaxProblem[];
  /** Why we can't read the file although CPython could. */
  readonly unread?: SyntaxProblem;
}
