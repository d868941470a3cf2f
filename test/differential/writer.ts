import type { Draw } from './random.js';

/** Alternatives by symbol. In a text, `<symbol>` stands for a random alternative; see `Writer` for the other forms. */
export type Grammar = Readonly<Record<string, readonly string[]>>;

/** How deep expressions nest. Deeper ones raise more often than they tell anything. */
const maximumDepth = 3;

/** How deep blocks nest: loops in loops multiply. */
const maximumBlocks = 2;

const hole = /<(=|@|~|\+ |var )?([a-zA-Z_][\w:, ]*)>|<->/g;

/** Variables by name with their symbol. */
type Frame = Map<string, string>;

/**
 * Fills templates. `<int>` is an expression, `<=int>` a new variable that later text may use as one, `<var int>` a
 * variable that there is, `<~int>` a
 * variable or number, `<@f>` a new name that is the same everywhere in the template, `<+ a:int b:str>` names that
 * the text up to `<->` may use, and a line that is only `<block>` becomes some statements.
 */
export class Writer {
  /** How often each template was used, by symbol. */
  readonly uses = new Map<string, number>();
  private readonly frames: Frame[] = [new Map()];
  private lastName = 0;
  private blocks = 0;

  constructor(
    readonly draw: Draw,
    private readonly grammar: Grammar,
  ) {}

  /** A name that no other text of the program uses. */
  fresh(prefix: string): string {
    this.lastName += 1;
    return `${prefix}${this.lastName.toString()}`;
  }

  /** Makes names known to the text that is written until `leave`. */
  enter(names: Readonly<Record<string, string>> = {}): void {
    this.frames.push(new Map(Object.entries(names)));
  }

  leave(): void {
    this.frames.pop();
  }

  declare(name: string, symbol: string): void {
    this.frames.at(-1)?.set(name, symbol);
  }

  /** An expression; now and then of another type than the one that is asked for. */
  expression(symbol: string, depth = 0): string {
    if (this.draw.chance(0.015)) return `(${this.expression(this.draw.pick(['int', 'str', 'ints', 'none', 'float']), depth)})`;
    const variables = this.variables(symbol);
    if (variables.length > 0 && this.draw.chance(0.4)) return this.draw.pick(variables);
    const all = this.grammar[symbol];
    if (all === undefined) throw new Error(`no symbol ${symbol}`);
    const leaves = all.filter((text) => !text.includes('<'));
    const isDeep = depth >= maximumDepth || this.draw.chance(depth * 0.2);
    return this.fill(symbol, this.draw.pick(isDeep && leaves.length > 0 ? leaves : all), depth + 1);
  }

  /** Statements, one line each, indented as asked. */
  statements(count: number, indent: string, symbol = 'statement'): string[] {
    return Array.from({ length: count }, () => this.statement(symbol, indent)).flat();
  }

  statement(symbol: string, indent: string): string[] {
    const alternatives = this.grammar[this.blocks >= maximumBlocks ? 'simple' : symbol] ?? [];
    const text = this.draw.pick(alternatives);
    const wanted = [...text.matchAll(/<var (\w+)>/g)].map((match) => match[1] ?? '');
    if (wanted.some((name) => this.variables(name).length === 0)) return this.statement('simple', indent);
    return this.fillLines(symbol, text).map((line) => indent + line);
  }

  /** Fills a text of several lines, with its blocks. */
  fillLines(symbol: string, text: string): string[] {
    const labels = new Map<string, string>();
    const pending: (readonly [string, string])[] = [];
    this.count(symbol, text);
    const lines = text.split('\n').flatMap((line) => {
      const block = /^( *)<block>$/.exec(line);
      if (block === null) return [this.fillOne(line, 0, labels, pending)].filter((filled) => filled.trim() !== '');
      return this.block(block[1] ?? '');
    });
    for (const [name, type] of pending) this.declare(name, type);
    return lines;
  }

  private block(indent: string): string[] {
    this.blocks += 1;
    this.enter();
    const lines = this.statements(this.draw.integer(1, 3), indent);
    this.leave();
    this.blocks -= 1;
    return lines;
  }

  private count(symbol: string, text: string): void {
    const key = `${symbol}: ${text}`;
    this.uses.set(key, (this.uses.get(key) ?? 0) + 1);
  }

  /** A variable or literal without quotes and backslashes: what fits into an f-string of every Python version. */
  private plain(symbol: string): string {
    const leaves = (this.grammar[symbol] ?? []).filter((text) => !/[<'"\\{]/.test(text));
    const all = [...this.variables(symbol), ...leaves];
    return all.length === 0 ? 'str(12)' : this.draw.pick(all);
  }

  private variables(symbol: string): string[] {
    return this.frames.flatMap((frame) => [...frame].filter(([, type]) => type === symbol).map(([name]) => name));
  }

  private fill(symbol: string, text: string, depth: number): string {
    this.count(symbol, text);
    return this.fillOne(text, depth, new Map(), []);
  }

  private fillOne(text: string, depth: number, labels: Map<string, string>, pending: (readonly [string, string])[]): string {
    return text.replace(hole, (whole: string, form: string | undefined, name: string | undefined) => {
      if (whole === '<->') {
        this.leave();
        return '';
      }
      const symbol = name ?? '';
      if (form === '+ ') {
        this.enter(Object.fromEntries(symbol.split(' ').map((pair) => pair.split(':'))) as Record<string, string>);
        return '';
      }
      if (form === '~') return this.plain(symbol);
      if (form === '@') return this.label(labels, symbol);
      if (form === 'var ') return this.draw.pick(this.variables(symbol));
      if (form !== '=') return this.expression(symbol, depth);
      const made = this.fresh('v');
      pending.push([made, symbol]);
      return made;
    });
  }

  private label(labels: Map<string, string>, symbol: string): string {
    const known = labels.get(symbol);
    if (known !== undefined) return known;
    const made = this.fresh(symbol);
    labels.set(symbol, made);
    return made;
  }
}
