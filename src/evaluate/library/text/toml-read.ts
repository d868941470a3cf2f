import { TomlDate, TomlError, parse } from 'smol-toml';
import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import { Unknown } from '../../values.js';
import type { Value } from '../../values.js';
import { libraryPlace } from '../define.js';

/** A text that is no TOML. */
export class TomlMistake extends Error {}

/** Fractions of a second with more digits than a JavaScript date keeps. */
const finerThanMilliseconds = /:\d\d\.\d{4,}/;

/** The value of a TOML text, with Python's types. */
export function readToml(rt: Runtime, text: string, place: Place): Value {
  let parsed: unknown;
  try {
    parsed = parse(text, { integersAsBigInt: true, useLegacyDate: true });
  } catch (error) {
    if (error instanceof TomlError) throw new TomlMistake(error.message.split('\n')[0]);
    throw error;
  }
  if (finerThanMilliseconds.test(text)) return rt.unknown('not_modelled', 'microseconds in TOML are not modelled', place);
  return valueOf(rt, parsed, place);
}

function valueOf(rt: Runtime, value: unknown, place: Place): Value {
  rt.step(place);
  if (typeof value === 'bigint' || typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') return value;
  if (value instanceof TomlDate) return dateOf(rt, value, place);
  if (Array.isArray(value)) return rt.list(value.map((item) => valueOf(rt, item, place)));
  const entries = Object.entries(value ?? {}).map(([key, item]) => [key, valueOf(rt, item, place)] as const);
  const made = rt.dict(entries);
  // JavaScript moves such keys to the front, so that their order in the text is lost.
  if (entries.length > 1 && entries.some(([key]) => /^(?:0|[1-9]\d*)$/.test(key))) {
    made.taint = new Unknown({ kind: 'not_modelled', text: 'the order of a TOML table with numbers as keys is not modelled', place });
  }
  return made;
}

function dateOf(rt: Runtime, value: TomlDate, place: Place): Value {
  const kind = value.isDate() ? 'date' : value.isTime() ? 'time' : 'datetime';
  const text = value.toISOString().replace(/\.000/, '');
  const cls = rt.getAttribute(rt.importModule('datetime', libraryPlace), kind, libraryPlace);
  return rt.call(rt.getAttribute(cls, 'fromisoformat', place), [text], new Map(), place);
}
