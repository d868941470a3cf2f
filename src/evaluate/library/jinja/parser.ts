import { ExpressionParser } from './expressions.js';
import { readTokens } from './lexer.js';
import type { JinjaToken } from './lexer.js';
import { JinjaUnmodelled } from './syntax.js';
import type { BlockNode, JinjaExpression, JinjaNode, JinjaStyle, JinjaTemplate, Signature } from './syntax.js';

// Names that Python itself can't bind; the compiled template would not be valid.
const reserved: readonly string[] = ['true', 'false', 'none', 'True', 'False', 'None'];

/** Parses a template; raises JinjaMistake where Jinja2 refuses it. */
export function parseTemplate(source: string, style: JinjaStyle): JinjaTemplate {
  return new TemplateParser(readTokens(source, style), style).template();
}

class TemplateParser extends ExpressionParser {
  private readonly blocks = new Map<string, BlockNode>();
  private loops = 0;

  constructor(
    tokens: readonly JinjaToken[],
    private readonly style: JinjaStyle,
  ) {
    super(tokens);
  }

  template(): JinjaTemplate {
    return { body: this.nodes(undefined), blocks: this.blocks };
  }

  private nodes(ends: readonly string[] | undefined): JinjaNode[] {
    const found: JinjaNode[] = [];
    while (this.current.type !== 'end') {
      const { type, text } = this.next();
      if (type === 'data') found.push({ kind: 'text', text });
      else if (type === 'variable_begin') {
        found.push({ kind: 'output', value: this.tuple() });
        this.expect('variable_end');
      } else if (this.current.type === 'name' && ends?.includes(this.current.text)) return found;
      else {
        found.push(...this.statement());
        this.expect('block_end');
      }
    }
    if (ends) throw this.mistake(`Unexpected end of template. Jinja was looking for the following tags: ${ends.join(' or ')}.`);
    return found;
  }

  /** Statements up to a tag with one of the words, which becomes the current token. */
  private body(...ends: readonly string[]): JinjaNode[] {
    this.skipOperator(':');
    this.expect('block_end');
    return this.nodes(ends);
  }

  /** The same, and past the word. */
  private wholeBody(end: string): JinjaNode[] {
    const body = this.body(end);
    this.next();
    return body;
  }

  private statement(): JinjaNode[] {
    if (this.current.type !== 'name') throw this.mistake('tag name expected');
    const name = this.next().text;
    switch (name) {
      case 'print': return this.print();
      case 'set': return [this.set()];
      case 'for': return [this.for()];
      case 'if': return [this.if()];
      case 'with': return [this.with()];
      case 'autoescape': return [{ kind: 'autoescape', value: this.expression(), body: this.wholeBody('endautoescape') }];
      case 'block': return [this.block()];
      case 'extends': return [{ kind: 'extends', template: this.expression() }];
      case 'include': return [this.include()];
      case 'import': return [this.import()];
      case 'from': return [this.fromImport()];
      case 'macro': return [this.macro()];
      case 'call': return [this.callBlock()];
      case 'filter': return [{ kind: 'filter_block', filter: this.blockFilters(true) ?? { kind: 'constant', value: null }, body: this.wholeBody('endfilter') }];
      default: return [this.extension(name)];
    }
  }

  private extension(name: string): JinjaNode {
    if (name === 'do' && this.style.hasDo) return { kind: 'do', value: this.tuple() };
    if ((name === 'break' || name === 'continue') && this.style.hasLoopControls) {
      if (this.loops === 0) throw new JinjaUnmodelled(`${name} outside of a loop is not modelled`);
      return { kind: name };
    }
    throw this.mistake(`Encountered unknown tag '${name}'.`);
  }

  private print(): JinjaNode[] {
    const found: JinjaNode[] = [];
    while (this.current.type !== 'block_end') {
      if (found.length > 0) this.expectOperator(',');
      found.push({ kind: 'output', value: this.expression() });
    }
    return found;
  }

  private target(end?: string, withNamespace = false): JinjaExpression {
    const target = this.tuple({ isTarget: true, withNamespace, ...(end === undefined ? {} : { end }) });
    this.checkTarget(target);
    return target;
  }

  private checkTarget(target: JinjaExpression): void {
    if (target.kind === 'tuple') for (const item of target.items) this.checkTarget(item);
    else if (target.kind !== 'name' && target.kind !== 'namespace_item') throw this.mistake(`can't assign to '${target.kind}'`);
  }

  private name(): string {
    const name = this.expect('name');
    if (reserved.includes(name)) throw this.mistake("can't assign to 'name'");
    return name;
  }

  private set(): JinjaNode {
    const target = this.target(undefined, true);
    if (this.skipOperator('=')) return { kind: 'set', target, value: this.tuple() };
    return { kind: 'set_block', target, filter: this.blockFilters(false), body: this.wholeBody('endset') };
  }

  private for(): JinjaNode {
    const target = this.target('in');
    if (!this.skipWord('in')) throw this.mistake("expected token 'in'");
    const source = this.tuple({ withCondition: false, end: 'recursive' });
    const test = this.skipWord('if') ? this.expression() : undefined;
    const isRecursive = this.skipWord('recursive');
    this.loops += 1;
    const body = this.body('endfor', 'else');
    this.loops -= 1;
    const otherwise = this.next().text === 'endfor' ? [] : this.wholeBody('endfor');
    return { kind: 'for', target, source, test, isRecursive, body, otherwise };
  }

  private if(): JinjaNode {
    const arms: { test: JinjaExpression; body: readonly JinjaNode[] }[] = [];
    for (;;) {
      const test = this.tuple({ withCondition: false });
      arms.push({ test, body: this.body('elif', 'else', 'endif') });
      const word = this.next().text;
      if (word !== 'elif') return { kind: 'if', arms, otherwise: word === 'else' ? this.wholeBody('endif') : [] };
    }
  }

  private with(): JinjaNode {
    const pairs: [JinjaExpression, JinjaExpression][] = [];
    while (this.current.type !== 'block_end') {
      if (pairs.length > 0) this.expectOperator(',');
      const target = this.target();
      this.expectOperator('=');
      pairs.push([target, this.expression()]);
    }
    return { kind: 'with', pairs, body: this.wholeBody('endwith') };
  }

  private block(): JinjaNode {
    const name = this.expect('name');
    const isScoped = this.skipWord('scoped');
    const isRequired = this.skipWord('required');
    if (this.isOperator('-')) throw this.mistake('Block names in Jinja have to be valid Python identifiers and may not contain hyphens');
    const body = this.wholeBody('endblock');
    if (isRequired && body.some((node) => node.kind !== 'text' || node.text.trim() !== '')) throw this.mistake('Required blocks can only contain comments or whitespace');
    this.skipWord(name);
    if (this.blocks.has(name)) throw this.mistake(`block '${name}' defined twice`, 'TemplateAssertionError');
    const block: BlockNode = { kind: 'block', name, isScoped, isRequired, body };
    this.blocks.set(name, block);
    return block;
  }

  private context(otherwise: boolean): boolean {
    const isNamed = (this.isWord('with') || this.isWord('without')) && this.isWord('context', 1);
    if (!isNamed) return otherwise;
    const isWith = this.next().text === 'with';
    this.next();
    return isWith;
  }

  private include(): JinjaNode {
    const template = this.expression();
    const ignoresMissing = this.isWord('ignore') && this.isWord('missing', 1);
    if (ignoresMissing) {
      this.next();
      this.next();
    }
    return { kind: 'include', template, ignoresMissing, withContext: this.context(true) };
  }

  private import(): JinjaNode {
    const template = this.expression();
    if (!this.skipWord('as')) throw this.mistake("expected token 'as'");
    return { kind: 'import', template, target: this.name(), withContext: this.context(false) };
  }

  private fromImport(): JinjaNode {
    const template = this.expression();
    if (!this.skipWord('import')) throw this.mistake("expected token 'import'");
    const names: [string, string][] = [];
    const isContext = (): boolean => (this.isWord('with') || this.isWord('without')) && this.isWord('context', 1);
    for (;;) {
      if (names.length > 0) this.expectOperator(',');
      if (isContext()) break;
      const name = this.name();
      if (name.startsWith('_')) throw this.mistake('names starting with an underline can not be imported', 'TemplateAssertionError');
      names.push([name, this.skipWord('as') ? this.name() : name]);
      if (isContext() || !this.isOperator(',')) break;
    }
    return { kind: 'from_import', template, names, withContext: this.context(false) };
  }

  private signature(): Signature {
    const parameters: string[] = [];
    const defaults: JinjaExpression[] = [];
    this.expectOperator('(');
    while (!this.isOperator(')')) {
      if (parameters.length > 0) this.expectOperator(',');
      parameters.push(this.name());
      if (this.skipOperator('=')) defaults.push(this.expression());
      else if (defaults.length > 0) throw this.mistake('non-default argument follows default argument');
    }
    this.expectOperator(')');
    return { parameters, defaults };
  }

  private macro(): JinjaNode {
    const name = this.name();
    const signature = this.signature();
    return { kind: 'macro', name, signature, body: this.outsideLoops(() => this.wholeBody('endmacro')) };
  }

  private callBlock(): JinjaNode {
    const signature = this.isOperator('(') ? this.signature() : { parameters: [], defaults: [] };
    const call = this.expression();
    if (call.kind !== 'call') throw this.mistake('expected call');
    return { kind: 'call_block', call, signature, body: this.outsideLoops(() => this.wholeBody('endcall')) };
  }

  private outsideLoops<T>(read: () => T): T {
    const loops = this.loops;
    this.loops = 0;
    const result = read();
    this.loops = loops;
    return result;
  }
}
