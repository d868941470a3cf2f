import { JinjaMistake, JinjaUnmodelled } from './syntax.js';
import type { JinjaStyle } from './syntax.js';

/** A token of a template: data between tags, a border of a tag, or a word in one. */
export interface JinjaToken {
  readonly type: 'data' | 'variable_begin' | 'variable_end' | 'block_begin' | 'block_end' | 'name' | 'string' | 'integer' | 'float' | 'operator' | 'end';
  readonly text: string;
  readonly line: number;
}

// What Python's `\s` matches in a str; JavaScript's takes U+FEFF and leaves out four separators and U+0085.
const space = '[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
const sticky = (pattern: string): RegExp => new RegExp(pattern, 'suy');

const words: readonly (readonly [JinjaToken['type'] | 'space', RegExp])[] = [
  ['space', sticky(`${space}+`)],
  ['float', /(?<!\.)(?:\d+_)*\d+(?:(?:\.(?:\d+_)*\d+)?e[+-]?(?:\d+_)*\d+|\.(?:\d+_)*\d+)/iuy],
  ['integer', /0b(?:_?[01])+|0o(?:_?[0-7])+|0x(?:_?[\da-f])+|[1-9](?:_?\d)*|0(?:_?0)*/iuy],
  ['name', /[\p{L}\p{N}\p{M}_]+/uy],
  ['string', /'[^'\\]*(?:\\.[^'\\]*)*'|"[^"\\]*(?:\\.[^"\\]*)*"/suy],
  ['operator', /\/\/|\*\*|==|!=|>=|<=|[-+/*%~[\](){}><=.:|,;]/uy],
];

const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** Reads a template's text into tokens; raises JinjaMistake where Jinja2 would raise TemplateSyntaxError. */
export function readTokens(source: string, style: JinjaStyle): JinjaToken[] {
  return new Lexer(normalized(source, style), style).read();
}

function normalized(source: string, style: JinjaStyle): string {
  const lines = source.split(/\r\n|\r|\n/);
  if (!style.keepsTrailingNewline && lines.at(-1) === '') lines.pop();
  return lines.join('\n');
}

class Lexer {
  private readonly tokens: JinjaToken[] = [];
  private position = 0;
  private startsLine = true;
  private readonly tag: RegExp;
  private readonly suffix: string;

  constructor(
    private readonly text: string,
    private readonly style: JinjaStyle,
  ) {
    const [open, close] = style.block.map(literal);
    // The longest opening wins, as with `<%` and `<%=`; of equal ones the comment, then the block.
    const kinds = [['comment', style.comment[0]], ['block', style.block[0]], ['variable', style.variable[0]]] as const;
    if (kinds.some(([, start]) => start === '')) throw new JinjaUnmodelled('templates with empty delimiters are not modelled');
    const starts = kinds.toSorted((a, b) => b[1].length - a[1].length).map(([kind, start]) => `(?<${kind}>${literal(start)})(?<${kind}Sign>[-+]?)`);
    const raw = `(?<raw>${open}(?<rawSign>[-+]?)${space}*raw${space}*(?:-${close}${space}*|${close}))`;
    this.tag = new RegExp([raw, ...starts].join('|'), 'sug');
    this.suffix = style.trimsBlocks ? '\\n?' : '';
  }

  read(): JinjaToken[] {
    while (this.position < this.text.length) this.readData();
    this.tokens.push({ type: 'end', text: '', line: this.lineAt(this.text.length) });
    return this.tokens;
  }

  private readData(): void {
    this.tag.lastIndex = this.position;
    const found = this.tag.exec(this.text);
    const groups = found?.groups;
    if (!found || !groups) {
      this.addData(this.text.slice(this.position), this.position);
      this.position = this.text.length;
      return;
    }
    const kind = (['raw', 'comment', 'block', 'variable'] as const).find((name) => groups[name] !== undefined) ?? 'block';
    this.addData(this.stripped(this.text.slice(this.position, found.index), groups[`${kind}Sign`] ?? '', kind !== 'variable'), this.position);
    this.position = found.index + found[0].length;
    this.startsLine = found[0].endsWith('\n');
    if (kind === 'raw') this.readRaw(found.index);
    else if (kind === 'comment') this.readComment(found.index);
    else this.readTag(kind, found.index);
  }

  private stripped(text: string, sign: string, isBlock: boolean): string {
    if (sign === '-') return text.replace(new RegExp(`${space}+$`, 'u'), '');
    if (sign === '+' || !this.style.stripsBlocks || !isBlock) return text;
    const start = text.lastIndexOf('\n') + 1;
    const isBlank = new RegExp(`^${space}+$`, 'u').test(text.slice(start));
    return (start > 0 || this.startsLine) && isBlank ? text.slice(0, start) : text;
  }

  private addData(text: string, position: number): void {
    if (text !== '') this.add('data', text.replaceAll('\n', this.style.newline), position);
  }

  private add(type: JinjaToken['type'], text: string, position: number): void {
    this.tokens.push({ type, text, line: this.lineAt(position) });
  }

  private ending(end: string): string {
    return `(?:\\+${literal(end)}|-${literal(end)}${space}*|${literal(end)}${this.suffix})`;
  }

  private readComment(start: number): void {
    const found = this.match(sticky(`.*?${this.ending(this.style.comment[1])}`));
    // Nothing at all after the opening is let pass.
    if (found === undefined && this.position >= this.text.length) return;
    if (found === undefined) throw this.mistake('Missing end of comment tag', start);
    this.startsLine = found.endsWith('\n');
  }

  private readRaw(start: number): void {
    const [open, close] = this.style.block;
    const pattern = new RegExp(`${literal(open)}(?<sign>[-+]?)${space}*endraw${space}*${this.ending(close)}`, 'sug');
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.text);
    if (!found && this.position >= this.text.length) return;
    if (!found) throw this.mistake('Missing end of raw directive', start);
    this.addData(this.stripped(this.text.slice(this.position, found.index), found.groups?.sign ?? '', true), this.position);
    this.position = found.index + found[0].length;
    this.startsLine = found[0].endsWith('\n');
  }

  private readTag(kind: 'block' | 'variable', start: number): void {
    this.add(`${kind}_begin`, '', start);
    const close = literal(this.style[kind][1]);
    const end = sticky(kind === 'block' ? this.ending(this.style.block[1]) : `-${close}${space}*|${close}`);
    const open: string[] = [];
    for (;;) {
      const at = this.position;
      const ended = open.length === 0 ? this.match(end) : undefined;
      if (ended !== undefined) {
        this.startsLine = ended.endsWith('\n');
        return this.add(`${kind}_end`, '', at);
      }
      if (at >= this.text.length) return;
      this.readWord(open);
    }
  }

  private readWord(open: string[]): void {
    const at = this.position;
    for (const [type, pattern] of words) {
      const text = this.match(pattern);
      if (text === undefined) continue;
      if (type === 'space') return;
      if (type === 'operator') this.balance(text, open, at);
      if (type === 'name' && !/^[\p{ID_Start}_]\p{ID_Continue}*$/u.test(text)) throw this.mistake('Invalid character in identifier', at);
      return this.add(type, text, at);
    }
    throw this.mistake(`unexpected char '${this.text[at] ?? ''}' at ${at}`, at);
  }

  private balance(text: string, open: string[], at: number): void {
    const closer = closers[text];
    if (closer !== undefined) open.push(closer);
    if (text !== ')' && text !== ']' && text !== '}') return;
    const expected = open.pop();
    if (expected === undefined) throw this.mistake(`unexpected '${text}'`, at);
    if (expected !== text) throw this.mistake(`unexpected '${text}', expected '${expected}'`, at);
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.position += found.length;
    return found;
  }

  private lineAt(position: number): number {
    let line = 1;
    for (let at = this.text.indexOf('\n'); at >= 0 && at < position; at = this.text.indexOf('\n', at + 1)) line += 1;
    return line;
  }

  private mistake(message: string, position: number): JinjaMistake {
    return new JinjaMistake('TemplateSyntaxError', message, this.lineAt(position));
  }
}
