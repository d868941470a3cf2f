/** How fields and rows are written (https://docs.python.org/3/library/csv.html#dialects-and-formatting-parameters). */
export interface CsvFormat {
  readonly delimiter: string;
  readonly quote: string | undefined;
  readonly escape: string | undefined;
  readonly doublesQuotes: boolean;
  readonly skipsSpace: boolean;
  readonly isStrict: boolean;
}

/** Something that the reader refuses. */
export class CsvMistake extends Error {}

type State = 'record' | 'field' | 'escaped' | 'in_field' | 'quoted' | 'escaped_in_quoted' | 'quote_in_quoted' | 'line_end' | 'after_escaped_end';

const END = '';

/** Rows of lines, one after another: a quoted field may go over several lines. */
export function* readCsv(lines: Iterable<string>, format: CsvFormat): Generator<string[], void> {
  const reader = new RowReader(format);
  for (const line of lines) {
    for (const letter of line) reader.take(letter);
    reader.take(END);
    const row = reader.finished();
    if (row !== undefined) yield row;
  }
  const rest = reader.rest();
  if (rest !== undefined) yield rest;
}

/** The state machine of CPython's reader: what it makes of broken quoting is part of what programs see. */
class RowReader {
  private state: State = 'record';
  private fields: string[] = [];
  private field = '';

  constructor(private readonly format: CsvFormat) {}

  /** The row when the line ended it. */
  finished(): string[] | undefined {
    if (this.state !== 'record') return undefined;
    const row = this.fields;
    this.fields = [];
    return row;
  }

  /** What is left when the input ends in the middle of a row. */
  rest(): string[] | undefined {
    if (this.state === 'record' || (this.field === '' && this.state !== 'quoted')) return undefined;
    if (this.format.isStrict) throw new CsvMistake('unexpected end of data');
    return [...this.fields, this.field];
  }

  take(letter: string): void {
    this.state = this.steps[this.state](letter);
  }

  private readonly steps: Readonly<Record<State, (letter: string) => State>> = {
    record: (letter) => (letter === END ? 'record' : isLineEnd(letter) ? 'line_end' : this.steps.field(letter)),
    field: (letter) => {
      if (isEnd(letter)) return this.save(letter);
      if (letter === this.format.quote) return 'quoted';
      if (letter === this.format.escape) return 'escaped';
      if (letter === ' ' && this.format.skipsSpace) return 'field';
      return letter === this.format.delimiter ? this.next() : this.add(letter, 'in_field');
    },
    escaped: (letter) => (isLineEnd(letter) ? this.add(letter, 'after_escaped_end') : this.add(letter === END ? '\n' : letter, 'in_field')),
    after_escaped_end: (letter) => (letter === END ? 'after_escaped_end' : this.steps.in_field(letter)),
    in_field: (letter) => {
      if (isEnd(letter)) return this.save(letter);
      if (letter === this.format.escape) return 'escaped';
      return letter === this.format.delimiter ? this.next() : this.add(letter, 'in_field');
    },
    quoted: (letter) => {
      if (letter === END) return 'quoted';
      if (letter === this.format.escape) return 'escaped_in_quoted';
      if (letter !== this.format.quote) return this.add(letter, 'quoted');
      return this.format.doublesQuotes ? 'quote_in_quoted' : 'in_field';
    },
    escaped_in_quoted: (letter) => this.add(letter === END ? '\n' : letter, 'quoted'),
    quote_in_quoted: (letter) => {
      if (letter !== END && letter === this.format.quote) return this.add(letter, 'quoted');
      if (letter === this.format.delimiter) return this.next();
      if (isEnd(letter)) return this.save(letter);
      if (this.format.isStrict) throw new CsvMistake(`'${this.format.delimiter}' expected after '${this.format.quote ?? ''}'`);
      return this.add(letter, 'in_field');
    },
    line_end: (letter) => {
      if (letter === END) return 'record';
      if (isLineEnd(letter)) return 'line_end';
      throw new CsvMistake('new-line character seen in unquoted field - do you need to open the file with newline=\'\'?');
    },
  };

  private add(letter: string, state: State): State {
    this.field += letter;
    return state;
  }

  private next(): State {
    this.fields.push(this.field);
    this.field = '';
    return 'field';
  }

  private save(letter: string): State {
    this.next();
    return letter === END ? 'record' : 'line_end';
  }
}

const isLineEnd = (letter: string): boolean => letter === '\n' || letter === '\r';
const isEnd = (letter: string): boolean => letter === END || isLineEnd(letter);
