import type { JinjaToken } from './lexer.js';
import { JinjaMistake } from './syntax.js';

/** Where a parser stands among the tokens of a template. */
export class TokenCursor {
  private position = 0;
  constructor(private readonly tokens: readonly JinjaToken[]) {}

  protected get current(): JinjaToken {
    return this.look(0);
  }

  protected look(by: number): JinjaToken {
    return this.tokens[this.position + by] ?? { type: 'end', text: '', line: 1 };
  }

  protected next(): JinjaToken {
    const token = this.current;
    this.position += 1;
    return token;
  }

  protected isOperator(text: string, by = 0): boolean {
    const token = this.look(by);
    return token.type === 'operator' && token.text === text;
  }

  protected isWord(text: string, by = 0): boolean {
    const token = this.look(by);
    return token.type === 'name' && token.text === text;
  }

  protected skipOperator(text: string): boolean {
    if (!this.isOperator(text)) return false;
    this.position += 1;
    return true;
  }

  protected skipWord(text: string): boolean {
    if (!this.isWord(text)) return false;
    this.position += 1;
    return true;
  }

  protected expectOperator(text: string): void {
    if (!this.skipOperator(text)) throw this.mistake(`expected token '${text}', got '${this.describe()}'`);
  }

  protected expect(type: JinjaToken['type']): string {
    if (this.current.type !== type) throw this.mistake(`expected token '${type}', got '${this.describe()}'`);
    return this.next().text;
  }

  protected describe(): string {
    return this.current.text === '' ? this.current.type : this.current.text;
  }

  protected mistake(message: string, kind: JinjaMistake['kind'] = 'TemplateSyntaxError'): JinjaMistake {
    return new JinjaMistake(kind, message, this.current.line);
  }
}
