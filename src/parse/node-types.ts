/**
 * What is known of the grammar's node types, so that most of a tree can be read without asking the cursor: each question
 * crosses from JavaScript into the parser, and that is what reading a tree costs.
 *
 * What stands here holds for trees without an error; a tree with one is asked node by node.
 */
export interface NodeType {
  readonly name: string;
  readonly isNamed: boolean;
  readonly role: Role;
  readonly fields: Fields;
  /** Stands for a pair of brackets: CPython bounds how deep they nest. */
  readonly isBracket: boolean;
  /** Ends with this token, so that no sibling follows it. */
  readonly closing: string;
  /** A comma among the children decides what it means. */
  readonly keepsCommas: boolean;
  /** Starts where its first child does. */
  readonly startsWithChild: boolean;
}

/**
 * `nothing` carries no meaning; `dropped` is a token that the type of its parent implies; `word` is a leaf of letters;
 * `leaf` needs no look inside; `text` needs one only with placeholders in it.
 */
type Role = 'nothing' | 'dropped' | 'comma' | 'token' | 'word' | 'leaf' | 'text' | 'inner';

/** Names of the children's fields: none has one, the cursor has to be asked, or one after the other. */
type Fields = 'none' | 'ask' | readonly string[];

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

const nothing = words('comment line_continuation');

const leaves = words(`
  break_statement continue_statement dotted_name ellipsis escape_interpolation escape_sequence false float
  future_import_statement import_prefix integer keyword_separator none pass_statement positional_separator
  relative_import string_content string_end string_start true type_conversion wildcard_import
`);

/** No operators: those have a field. */
const droppedTokens = words(`
  ( ) [ ] { } . : ; = := -> \\ __future__ as assert await break case class continue def del elif else except exec
  finally for global if import lambda match nonlocal not pass print raise return try type while with yield
`);

/** Tokens without a field that decide what a node means. */
export const meaningfulTokens = words('async from -');

const fieldless = words(`
  argument_list assert_statement await block case_pattern chevron class_pattern complex_pattern concatenated_string
  conditional_expression constrained_type decorator delete_statement dictionary dictionary_splat
  dictionary_splat_pattern expression_list expression_statement finally_clause format_specifier generic_type
  global_statement if_clause keyword_pattern lambda_parameters list list_pattern list_splat list_splat_pattern
  member_type module nonlocal_statement parameters parenthesized_expression parenthesized_list_splat pattern_list
  return_statement set slice splat_pattern splat_type string tuple tuple_pattern type type_parameter union_pattern
  union_type with_clause yield
`);

const orderedFields: Readonly<Record<string, readonly string[]>> = {
  attribute: ['object', 'attribute'],
  binary_operator: ['left', 'operator', 'right'],
  boolean_operator: ['left', 'operator', 'right'],
  call: ['function', 'arguments'],
  default_parameter: ['name', 'value'],
  keyword_argument: ['name', 'value'],
  named_expression: ['name', 'value'],
  not_operator: ['argument'],
  pair: ['key', 'value'],
  unary_operator: ['operator', 'argument'],
  with_item: ['value'],
};

/** Brackets and the token that ends them. */
const brackets: Readonly<Record<string, string>> = {
  argument_list: ')',
  dictionary: '}',
  dictionary_comprehension: '}',
  generator_expression: ')',
  list: ']',
  list_comprehension: ']',
  list_pattern: ']',
  parenthesized_expression: ')',
  parenthesized_list_splat: ')',
  set: '}',
  set_comprehension: '}',
  subscript: ']',
  tuple: ')',
};

const otherClosings: Readonly<Record<string, string>> = { interpolation: '}', parameters: ')', tuple_pattern: ')' };

const commaKeepers = words('case_clause expression_statement match_statement return_statement subscript tuple_pattern');

/** Their first child follows a line break that they begin with. */
const startingBeforeChild = words('block module');

/** Describes a node type by its name in the grammar. */
export function describeType(name: string, isNamed: boolean): NodeType {
  return {
    name,
    isNamed,
    role: isNamed ? roleOfNode(name) : roleOfToken(name),
    fields: fieldless.has(name) ? 'none' : (orderedFields[name] ?? 'ask'),
    isBracket: isNamed && name in brackets,
    closing: isNamed ? (brackets[name] ?? otherClosings[name] ?? '') : '',
    keepsCommas: commaKeepers.has(name),
    startsWithChild: !startingBeforeChild.has(name),
  };
}

function roleOfNode(name: string): Role {
  if (nothing.has(name)) return 'nothing';
  if (name === 'identifier') return 'word';
  if (name === 'string') return 'text';
  return leaves.has(name) ? 'leaf' : 'inner';
}

function roleOfToken(name: string): Role {
  if (name === ',') return 'comma';
  return droppedTokens.has(name) ? 'dropped' : 'token';
}
