import { splitTemplate } from './blocks.js';

/** A free name that a template reads, with the attributes and literal keys after it: `dag_run.conf.day`. */
export interface TemplateName {
  name: string;
  path: string[];
}

type Token = { kind: 'name' | 'text' | 'number' | 'mark'; text: string };

const keywords: ReadonlySet<string> = new Set(
  ('and as block call context do elif else endblock endcall endfilter endfor endif endmacro endset endwith extends filter ' +
    'false False for from if ignore import in include is loop macro missing none None not or recursive scoped set ' +
    'true True with without').split(' '),
);

/** The names that a template reads from its context, in order. Names that the template itself sets are not among them. */
export function namesInTemplate(source: string): TemplateName[] {
  const names: TemplateName[] = [];
  const local = new Set<string>();
  for (const block of splitTemplate(source)) {
    if (block.kind === 'text') continue;
    const tokens = tokenize(block.text);
    if (block.kind === 'statement') addLocals(local, tokens);
    names.push(...readNames(tokens).filter((each) => !local.has(each.name)));
  }
  return names;
}

function tokenize(code: string): Token[] {
  const pattern = /\s*(?:([A-Za-z_]\w*)|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(\d[\w.]*)|(.))/gsy;
  return [...code.matchAll(pattern)].map(([, name, text, number, mark]) => {
    if (name !== undefined) return { kind: 'name', text: name };
    if (text !== undefined) return { kind: 'text', text: text.slice(1, -1) };
    return number !== undefined ? { kind: 'number', text: number } : { kind: 'mark', text: mark ?? '' };
  });
}

/** `{% set x = ... %}`, `{% for a, b in ... %}`, `{% macro m(...) %}` and `{% with x = ... %}` make names of their own. */
function addLocals(local: Set<string>, tokens: readonly Token[]): void {
  const [head, ...rest] = tokens;
  if (!head || !['set', 'for', 'macro', 'with'].includes(head.text)) return;
  for (const token of rest) {
    if (token.text === 'in' || (token.text === '=' && head.text === 'set')) return;
    if (token.kind === 'name' && !keywords.has(token.text)) local.add(token.text);
    if (head.text === 'with' && token.text === '=') return;
  }
}

function readNames(tokens: readonly Token[]): TemplateName[] {
  return tokens.flatMap((token, index) => {
    if (token.kind !== 'name' || keywords.has(token.text)) return [];
    if (isNotContext(tokens, index)) return [];
    return [{ name: token.text, path: pathAfter(tokens, index + 1) }];
  });
}

/** An attribute (`x.ds`), a filter (`x | ds`), a test (`x is ds`) and a keyword argument (`f(ds=1)`) read no context. */
function isNotContext(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1];
  const after = tokens[index + 1];
  const isArgument = after?.text === '=' && tokens[index + 2]?.text !== '=' && isInCall(tokens, index);
  const isTest = before?.text === 'is' || (before?.text === 'not' && tokens[index - 2]?.text === 'is');
  return before?.text === '.' || before?.text === '|' || isTest || isArgument;
}

function isInCall(tokens: readonly Token[], index: number): boolean {
  return tokens.slice(0, index).some((token) => token.text === '(');
}

function pathAfter(tokens: readonly Token[], from: number): string[] {
  const path: string[] = [];
  for (let index = from; index < tokens.length; ) {
    const [mark, key, close] = tokens.slice(index, index + 3);
    if (mark?.text === '.' && key?.kind === 'name') {
      path.push(key.text);
      index += 2;
    } else if (mark?.text === '[' && key?.kind === 'text' && close?.text === ']') {
      path.push(key.text);
      index += 3;
    } else break;
  }
  return path;
}
