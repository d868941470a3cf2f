import type { Runtime } from '../../runtime.js';
import type { Value } from '../../values.js';

/** A text that is not JSON. */
export class JsonMistake extends Error {
  constructor(
    message: string,
    readonly position: number,
  ) {
    super(message);
  }
}

// Deeper nesting makes CPython raise RecursionError; nobody writes it by hand.
const maximumDepth = 900;

/** What the caller makes of parts of the text instead of dicts and numbers. */
export interface JsonHooks {
  readonly object?: (dict: Value) => Value;
  readonly pairs?: (pairs: Value) => Value;
  readonly integer?: (digits: string) => Value;
  readonly float?: (digits: string) => Value;
  readonly constant?: (word: string) => Value;
}

/** Reads JSON as Python's `json.loads`: big integers, NaN and Infinity, the last of equal keys. Throws JsonMistake. */
export function readJson(rt: Runtime, text: string, hooks: JsonHooks = {}): Value {
  const reader = new Reader(rt, text, hooks);
  const value = reader.value(0);
  reader.space();
  if (reader.position < text.length) throw new JsonMistake('Extra data', reader.position);
  return value;
}

const escapes: Readonly<Record<string, string>> = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
const constants: readonly (readonly [string, Value])[] = [
  ['null', null], ['true', true], ['false', false], ['NaN', Number.NaN], ['Infinity', Infinity], ['-Infinity', -Infinity],
];

class Reader {
  position = 0;
  constructor(
    private readonly rt: Runtime,
    private readonly text: string,
    private readonly hooks: JsonHooks,
  ) {}

  space(): void {
    while (' \t\n\r'.includes(this.text[this.position] ?? 'x')) this.position += 1;
  }

  value(depth: number): Value {
    if (depth > maximumDepth) throw new JsonMistake('nested too deeply', this.position);
    this.space();
    const letter = this.text[this.position];
    if (letter === '{') return this.object(depth);
    if (letter === '[') return this.array(depth);
    if (letter === '"') return this.string();
    for (const [word, value] of constants) {
      if (this.text.startsWith(word, this.position)) {
        this.position += word.length;
        return this.hooks.constant && typeof value === 'number' ? this.hooks.constant(word) : value;
      }
    }
    return this.number();
  }

  private number(): Value {
    const pattern = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?/y;
    pattern.lastIndex = this.position;
    const match = pattern.exec(this.text);
    if (!match) throw new JsonMistake('Expecting value', this.position);
    this.position += match[0].length;
    const [digits, fraction, exponent] = match;
    if (fraction === undefined && exponent === undefined) return this.hooks.integer ? this.hooks.integer(digits) : BigInt(digits);
    return this.hooks.float ? this.hooks.float(digits) : Number(digits);
  }

  private string(): string {
    let result = '';
    this.position += 1;
    for (;;) {
      const letter = this.text[this.position];
      if (letter === undefined || letter < ' ') throw new JsonMistake('Unterminated string', this.position);
      this.position += 1;
      if (letter === '"') return result;
      result += letter === '\\' ? this.escape() : letter;
    }
  }

  private escape(): string {
    const letter = this.text[this.position] ?? '';
    this.position += 1;
    const simple = escapes[letter];
    if (simple !== undefined) return simple;
    const digits = this.text.slice(this.position, this.position + 4);
    if (letter !== 'u' || !/^[0-9a-fA-F]{4}$/.test(digits)) throw new JsonMistake('Invalid \\escape', this.position);
    this.position += 4;
    return String.fromCharCode(parseInt(digits, 16));
  }

  private array(depth: number): Value {
    const items: Value[] = [];
    this.position += 1;
    this.space();
    if (this.take(']')) return this.rt.list(items);
    do items.push(this.value(depth + 1));
    while (this.next(']'));
    return this.rt.list(items);
  }

  private object(depth: number): Value {
    const entries: [Value, Value][] = [];
    this.position += 1;
    this.space();
    if (this.take('}')) return this.made(entries);
    do {
      this.space();
      if (this.text[this.position] !== '"') throw new JsonMistake('Expecting property name enclosed in double quotes', this.position);
      const key = this.string();
      this.space();
      if (!this.take(':')) throw new JsonMistake("Expecting ':' delimiter", this.position);
      entries.push([key, this.value(depth + 1)]);
    } while (this.next('}'));
    return this.made(entries);
  }

  private made(entries: readonly (readonly [Value, Value])[]): Value {
    const { pairs, object } = this.hooks;
    if (pairs) return pairs(this.rt.list(entries.map((entry) => this.rt.tuple(entry))));
    const dict = this.rt.dict(entries);
    return object ? object(dict) : dict;
  }

  /** Whether another member follows; false after the closing bracket. */
  private next(close: string): boolean {
    this.space();
    if (this.take(',')) return true;
    if (this.take(close)) return false;
    throw new JsonMistake("Expecting ',' delimiter", this.position);
  }

  private take(letter: string): boolean {
    if (this.text[this.position] !== letter) return false;
    this.position += 1;
    return true;
  }
}
