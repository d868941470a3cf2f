import type { Place } from '../../../model/place.js';
import type { ModuleTable, Runtime } from '../../runtime.js';
import type { NativeCall, Value } from '../../values.js';
import { PyClass, PyDict, Unknown } from '../../values.js';
import { textOf } from '../arguments.js';
import { libraryPlace, raiseOf, strictFunctions } from '../define.js';
import { fromPython } from '../from-python.js';
import { CsvMistake, readCsv } from '../text/csv-read.js';
import type { CsvFormat } from '../text/csv-read.js';

/** `QUOTE_NONNUMERIC` and what came after it make other values than texts of fields. */
const modelledQuoting: readonly unknown[] = [0n, 1n, 3n];

function formatOf(rt: Runtime, dialect: Value, keywords: ReadonlyMap<string, Value>, place: Place): CsvFormat | Unknown {
  const source = rt.librarySource('csv');
  const found = rt.call(rt.getAttribute(source, '_format', place), [dialect, rt.dict([...keywords])], new Map(), place);
  if (!(found instanceof PyDict) || found.taint) return found instanceof Unknown ? found : rt.unknown('not_modelled', 'this dialect of csv is not modelled', place);
  const values = new Map([...found.entries.values()].map(({ key, value }) => [key, value]));
  const hidden = [...values.values()].find((value) => value instanceof Unknown);
  if (hidden instanceof Unknown) return hidden;
  const quoting = values.get('quoting') ?? 0n;
  if (!modelledQuoting.includes(quoting)) return rt.unknown('not_modelled', 'csv.reader() with this quoting is not modelled', place);
  const letter = (name: string): string | undefined => {
    const value = values.get(name) ?? null;
    return value === null ? undefined : textOf(rt, value, place);
  };
  const isOn = (name: string, byDefault: boolean): boolean => (values.has(name) ? rt.truth(values.get(name) ?? null, place) === true : byDefault);
  return {
    delimiter: letter('delimiter') ?? ',', quote: quoting === 3n ? undefined : letter('quotechar'), escape: letter('escapechar'),
    doublesQuotes: isOn('doublequote', true), skipsSpace: isOn('skipinitialspace', false), isStrict: isOn('strict', false),
  };
}

const reader: NativeCall = (rt, [source = null, given], keywords, place) => {
  const dialect = keywords.get('dialect') ?? given ?? 'excel';
  const format = formatOf(rt, dialect, new Map([...keywords].filter(([name]) => name !== 'dialect')), place);
  if (format instanceof Unknown) return format;
  const lines = rt.items(source, place);
  if (lines instanceof Unknown) return lines;
  const hidden = lines.find((line) => line instanceof Unknown);
  if (hidden) return hidden;
  const fail = (message: string): never => {
    const cls = rt.getAttribute(rt.librarySource('csv'), 'Error', libraryPlace);
    return cls instanceof PyClass ? raiseOf(rt, cls, message, place) : rt.raise('Exception', message, place);
  };
  const texts = lines.map((line) => (typeof line === 'string' ? line : fail('iterator should return strings, not bytes (the file should be opened in text mode)')));
  return rt.iterator('_csv.reader', rows(rt, texts, format, fail, place));
};

function* rows(rt: Runtime, lines: readonly string[], format: CsvFormat, fail: (message: string) => never, place: Place): Generator<Value, undefined> {
  try {
    for (const row of readCsv(lines, format)) {
      rt.step(place, row.length + 1);
      yield rt.list(row);
    }
  } catch (error) {
    if (error instanceof CsvMistake) return fail(error.message);
    throw error;
  }
  return undefined;
}

const inPython = [
  'QUOTE_MINIMAL', 'QUOTE_ALL', 'QUOTE_NONNUMERIC', 'QUOTE_NONE', 'QUOTE_STRINGS', 'QUOTE_NOTNULL', 'Error', 'Dialect', 'excel', 'excel_tab', 'unix_dialect',
  'register_dialect', 'unregister_dialect', 'get_dialect', 'list_dialects', 'DictReader', 'DictWriter', 'writer',
];

/** `csv`. */
export const csvModule: ModuleTable = { ...strictFunctions({ reader }), ...fromPython('csv', inPython) };
