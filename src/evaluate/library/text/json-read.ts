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

/** Reads JSON as Python's `json.loads`: big integers, NaN and Infinity, the last of equal keys. Throws JsonMistake. */
export function readJson(rt: Runtime, text: string): Value {
  const reader = new Reader(rt, text);
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
        return value;
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
    return match[1] === undefined && match[2] === undefined ? BigInt(match[0]) : Number(match[0]);
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
    if (this.take('}')) return this.rt.dict(entries);
    do {
      this.space();
      if (this.text[this.position] !== '"') throw new JsonMistake('Expecting property name enclosed in double quotes', this.position);
      const key = this.string();
      this.space();
      if (!this.take(':')) throw new JsonMistake("Expecting ':' delimiter", this.position);
      entries.push([key, this.value(depth + 1)]);
    } while (this.next('}'));
    return this.rt.dict(entries);
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
