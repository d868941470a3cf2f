import { TokenCursor } from './cursor.js';
import { JinjaUnmodelled } from './syntax.js';
import type { CallArguments, CompareOperator, JinjaExpression } from './syntax.js';

const comparisons: readonly string[] = ['==', '!=', '<', '<=', '>', '>='];
const noArguments: CallArguments = { positional: [], named: [], star: undefined, doubleStar: undefined };

/** Reads expressions of a template; the statements' parser extends it. */
export class ExpressionParser extends TokenCursor {
  protected expression(withCondition = true): JinjaExpression {
    return withCondition ? this.condition() : this.or();
  }

  private condition(): JinjaExpression {
    let node = this.or();
    while (this.skipWord('if')) {
      const test = this.or();
      node = { kind: 'condition', test, then: node, otherwise: this.skipWord('else') ? this.condition() : undefined };
    }
    return node;
  }

  private or(): JinjaExpression {
    let left = this.and();
    while (this.skipWord('or')) left = { kind: 'or', left, right: this.and() };
    return left;
  }

  private and(): JinjaExpression {
    let left = this.not();
    while (this.skipWord('and')) left = { kind: 'and', left, right: this.not() };
    return left;
  }

  private not(): JinjaExpression {
    return this.skipWord('not') ? { kind: 'not', value: this.not() } : this.compare();
  }

  private compare(): JinjaExpression {
    const first = this.sum();
    const rest: [CompareOperator, JinjaExpression][] = [];
    for (;;) {
      const operator = this.compareOperator();
      if (operator === undefined) return rest.length === 0 ? first : { kind: 'compare', first, rest };
      rest.push([operator, this.sum()]);
    }
  }

  private compareOperator(): CompareOperator | undefined {
    if (this.current.type === 'operator' && comparisons.includes(this.current.text)) return this.next().text as CompareOperator;
    if (this.skipWord('in')) return 'in';
    if (!this.isWord('not') || !this.isWord('in', 1)) return undefined;
    this.next();
    this.next();
    return 'not in';
  }

  private binary(operators: readonly string[], operand: () => JinjaExpression): JinjaExpression {
    let left = operand();
    while (this.current.type === 'operator' && operators.includes(this.current.text)) {
      const operator = this.next().text;
      left = { kind: 'binary', operator, left, right: operand() };
    }
    return left;
  }

  private sum(): JinjaExpression {
    return this.binary(['+', '-'], () => this.concat());
  }

  private concat(): JinjaExpression {
    const items = [this.product()];
    while (this.skipOperator('~')) items.push(this.product());
    return items.length === 1 ? (items[0] ?? { kind: 'constant', value: null }) : { kind: 'concat', items };
  }

  private product(): JinjaExpression {
    return this.binary(['*', '/', '//', '%'], () => this.binary(['**'], () => this.unary()));
  }

  private unary(withFilter = true): JinjaExpression {
    let node: JinjaExpression;
    if (this.skipOperator('-')) node = { kind: 'unary', operator: '-', value: this.unary(false) };
    else if (this.skipOperator('+')) node = { kind: 'unary', operator: '+', value: this.unary(false) };
    else node = this.primary();
    node = this.postfix(node);
    return withFilter ? this.filters(node) : node;
  }

  /** A name or literal; with `withNamespace` also `name.attribute` as something to assign to. */
  private primary(withNamespace = false): JinjaExpression {
    const { type, text } = this.current;
    if (type === 'name') return this.word(withNamespace);
    if (type === 'string') {
      let value = '';
      while (this.current.type === 'string') value += this.unescaped(this.next().text.slice(1, -1));
      return { kind: 'constant', value };
    }
    if (type === 'integer') return { kind: 'constant', value: BigInt(this.next().text.replaceAll('_', '')) };
    if (type === 'float') return { kind: 'constant', value: Number(this.next().text.replaceAll('_', '')) };
    if (this.skipOperator('(')) {
      const inner = this.tuple({ isInParentheses: true });
      this.expectOperator(')');
      return inner;
    }
    if (this.skipOperator('[')) return { kind: 'list', items: this.items(']', () => this.expression()) };
    if (this.skipOperator('{')) return { kind: 'dict', pairs: this.items('}', () => this.pair()) };
    throw this.mistake(`unexpected '${text === '' ? type : text}'`);
  }

  private word(withNamespace: boolean): JinjaExpression {
    const name = this.next().text;
    if (name === 'true' || name === 'True') return { kind: 'constant', value: true };
    if (name === 'false' || name === 'False') return { kind: 'constant', value: false };
    if (name === 'none' || name === 'None') return { kind: 'constant', value: null };
    if (withNamespace && this.skipOperator('.')) return { kind: 'namespace_item', name, attribute: this.expect('name') };
    return { kind: 'name', name };
  }

  private pair(): readonly [JinjaExpression, JinjaExpression] {
    const key = this.expression();
    this.expectOperator(':');
    return [key, this.expression()];
  }

  private items<T>(end: string, read: () => T): T[] {
    const found: T[] = [];
    while (!this.isOperator(end)) {
      if (found.length > 0) this.expectOperator(',');
      if (this.isOperator(end)) break;
      found.push(read());
    }
    this.expectOperator(end);
    return found;
  }

  private unescaped(text: string): string {
    const simple: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', f: '\f', v: '\v', '\\': '\\', "'": "'", '"': '"', '\n': '' };
    return text.replace(/\\(x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[0-7]{1,3}|.)/gsu, (whole, code: string) => {
      if (/^[0-7]/.test(code)) return String.fromCodePoint(Number.parseInt(code, 8));
      if (code.length > 1) return String.fromCodePoint(Number.parseInt(code.slice(1), 16));
      if (code === 'N') throw new JinjaUnmodelled('names of characters in templates are not modelled');
      if (code === 'x' || code === 'u' || code === 'U') throw this.mistake('truncated escape');
      return simple[code] ?? whole;
    });
  }

  /** An expression or a tuple without parentheses. */
  protected tuple(options: { readonly isTarget?: boolean; readonly withNamespace?: boolean; readonly withCondition?: boolean; readonly end?: string; readonly isInParentheses?: boolean } = {}): JinjaExpression {
    const read = (): JinjaExpression => (options.isTarget ? this.primary(options.withNamespace) : this.expression(options.withCondition ?? true));
    const items: JinjaExpression[] = [];
    let isTuple = false;
    for (;;) {
      if (items.length > 0) this.expectOperator(',');
      if (this.isTupleEnd(options.end)) break;
      items.push(read());
      if (!this.isOperator(',')) break;
      isTuple = true;
    }
    const [only] = items;
    if (!isTuple && only) return only;
    if (!isTuple && !options.isInParentheses) throw this.mistake(`Expected an expression, got '${this.describe()}'`);
    return { kind: 'tuple', items };
  }

  private isTupleEnd(end: string | undefined): boolean {
    const { type } = this.current;
    return type === 'variable_end' || type === 'block_end' || this.isOperator(')') || (end !== undefined && this.isWord(end));
  }

  private postfix(start: JinjaExpression): JinjaExpression {
    let node = start;
    for (;;) {
      if (this.isOperator('.') || this.isOperator('[')) node = this.subscript(node);
      else if (this.isOperator('(')) node = { kind: 'call', callee: node, args: this.callArguments() };
      else return node;
    }
  }

  private filters(start: JinjaExpression): JinjaExpression {
    let node = start;
    for (;;) {
      if (this.isOperator('|')) node = this.filter(node);
      else if (this.isWord('is')) node = this.test(node);
      else if (this.isOperator('(')) node = { kind: 'call', callee: node, args: this.callArguments() };
      else return node;
    }
  }

  private subscript(object: JinjaExpression): JinjaExpression {
    if (this.skipOperator('.')) {
      const { type, text } = this.next();
      if (type === 'name') return { kind: 'attribute', object, name: text };
      if (type !== 'integer') throw this.mistake('expected name or number');
      return { kind: 'item', object, key: { kind: 'constant', value: BigInt(text.replaceAll('_', '')) } };
    }
    this.expectOperator('[');
    const keys: JinjaExpression[] = [];
    while (!this.isOperator(']')) {
      if (keys.length > 0) this.expectOperator(',');
      keys.push(this.subscribed());
    }
    this.expectOperator(']');
    const [only] = keys;
    return { kind: 'item', object, key: keys.length === 1 && only ? only : { kind: 'tuple', items: keys } };
  }

  private subscribed(): JinjaExpression {
    let first: JinjaExpression | undefined;
    if (!this.isOperator(':')) {
      first = this.expression();
      if (!this.isOperator(':')) return first;
    }
    this.expectOperator(':');
    const isEnd = (): boolean => this.isOperator(']') || this.isOperator(',');
    const second = this.isOperator(':') || isEnd() ? undefined : this.expression();
    const third = this.skipOperator(':') && !isEnd() ? this.expression() : undefined;
    return { kind: 'slice', parts: [first, second, third] };
  }

  protected callArguments(): CallArguments {
    this.expectOperator('(');
    const positional: JinjaExpression[] = [];
    const named: [string, JinjaExpression][] = [];
    let star: JinjaExpression | undefined;
    let doubleStar: JinjaExpression | undefined;
    let needsComma = false;
    const ensure = (isRight: boolean): void => {
      if (!isRight) throw this.mistake('invalid syntax for function call expression');
    };
    while (!this.isOperator(')')) {
      if (needsComma) this.expectOperator(',');
      if (needsComma && this.isOperator(')')) break;
      needsComma = true;
      if (this.skipOperator('*')) {
        ensure(star === undefined && doubleStar === undefined);
        star = this.expression();
      } else if (this.skipOperator('**')) {
        ensure(doubleStar === undefined);
        doubleStar = this.expression();
      } else if (this.current.type === 'name' && this.isOperator('=', 1)) {
        ensure(doubleStar === undefined);
        const name = this.next().text;
        this.next();
        named.push([name, this.expression()]);
      } else {
        ensure(star === undefined && doubleStar === undefined && named.length === 0);
        positional.push(this.expression());
      }
    }
    this.expectOperator(')');
    return { positional, named, star, doubleStar };
  }

  private dottedName(): string {
    let name = this.expect('name');
    while (this.skipOperator('.')) name += `.${this.expect('name')}`;
    return name;
  }

  /** `| name(...)`, once. */
  private filter(value: JinjaExpression | undefined): JinjaExpression {
    this.expectOperator('|');
    return this.namedFilter(value);
  }

  private namedFilter(value: JinjaExpression | undefined): JinjaExpression {
    const name = this.dottedName();
    return { kind: 'filter', value, name, args: this.isOperator('(') ? this.callArguments() : noArguments };
  }

  /** Filters of a block: the first is written without a bar when `isInline`. */
  protected blockFilters(isInline: boolean): JinjaExpression | undefined {
    let node: JinjaExpression | undefined = isInline ? this.namedFilter(undefined) : undefined;
    while (this.isOperator('|')) node = this.filter(node);
    return node;
  }

  private test(value: JinjaExpression): JinjaExpression {
    this.next();
    const isNegated = this.skipWord('not');
    const name = this.dottedName();
    let args = noArguments;
    if (this.isOperator('(')) args = this.callArguments();
    else if (this.startsArgument()) {
      if (this.isWord('is')) throw this.mistake('You cannot chain multiple tests with is');
      args = { ...noArguments, positional: [this.postfix(this.primary())] };
    }
    const node: JinjaExpression = { kind: 'test', value, name, args };
    return isNegated ? { kind: 'not', value: node } : node;
  }

  private startsArgument(): boolean {
    const { type, text } = this.current;
    if (type === 'name') return !['else', 'or', 'and'].includes(text);
    return type === 'string' || type === 'integer' || type === 'float' || (type === 'operator' && ['[', '{'].includes(text));
  }
}
