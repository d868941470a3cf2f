import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import { type Keywords, Unknown, type Value } from '../../values.js';
import { raiseWith } from './special.js';
import { ascii } from './text.js';

/** A piece of a template: text, or a replacement field. */
export type TemplatePiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'field'; readonly name: string; readonly conversion: string; readonly spec: string };

/** What a template's fields are filled from. */
interface Fields {
  readonly positional: readonly Value[];
  get(name: string): Value | undefined;
  /** The next automatic number. */
  automatic(): number;
  /** Set for `format_map`, which has no positional arguments. */
  readonly onlyNamed?: boolean;
}

/** `template.format(*args, **keywords)`. */
export function strFormat(
  rt: Runtime,
  template: string,
  args: readonly Value[],
  keywords: Keywords,
  place: Place,
): string | Unknown {
  let next = 0;
  const fields: Fields = { positional: args, get: (name) => keywords.get(name), automatic: () => next++ };
  return fill(rt, template, fields, place, 2);
}

/** `template.format_map(mapping)`. */
export function strFormatMap(rt: Runtime, template: string, mapping: Value, place: Place): string | Unknown {
  const get = (name: string): Value => rt.getItem(mapping, name, place);
  return fill(rt, template, { positional: [], get, automatic: () => 0, onlyNamed: true }, place, 2);
}

/** Specifications may hold fields themselves, one level deep. */
function fill(rt: Runtime, template: string, fields: Fields, place: Place, depth: number): string | Unknown {
  if (depth === 0) return rt.raise('ValueError', 'Max string recursion exceeded', place);
  let result = '';
  for (const piece of parseTemplate(rt, template, place)) {
    const text = piece.kind === 'text' ? piece.text : fillField(rt, piece, fields, place, depth);
    if (text instanceof Unknown) return text;
    result += text;
  }
  return result;
}

function fillField(
  rt: Runtime,
  field: Extract<TemplatePiece, { kind: 'field' }>,
  fields: Fields,
  place: Place,
  depth: number,
): string | Unknown {
  const value = lookUp(rt, field.name, fields, place);
  const shown = convert(rt, value, field.conversion, place);
  const spec = field.spec.includes('{') ? fill(rt, field.spec, fields, place, depth - 1) : field.spec;
  return spec instanceof Unknown ? spec : rt.format(shown, spec, place);
}

function convert(rt: Runtime, value: Value, conversion: string, place: Place): Value {
  switch (conversion) {
    case '':
      return value;
    case 's':
      return rt.str(value, place);
    case 'r':
      return rt.repr(value, place);
    case 'a':
      return ascii(rt, value, place);
    default:
      return rt.raise('ValueError', `Unknown conversion specifier '${conversion}'`, place);
  }
}

/** `name.attribute[key]` from the arguments. */
function lookUp(rt: Runtime, path: string, fields: Fields, place: Place): Value {
  const first = /^[^.[]*/.exec(path)?.[0] ?? '';
  let value = argument(rt, first, fields, place);
  for (const step of path.slice(first.length).matchAll(/\.([^.[]+)|\[([^\]]+)\]/g)) {
    const [, attribute, key = ''] = step;
    if (attribute !== undefined) value = rt.getAttribute(value, attribute, place);
    else value = rt.getItem(value, /^\d+$/.test(key) ? BigInt(key) : key, place);
  }
  return value;
}

function argument(rt: Runtime, name: string, fields: Fields, place: Place): Value {
  if (name !== '' && !/^\d+$/.test(name)) {
    return fields.get(name) ?? missing(rt, name, fields, place);
  }
  const index = name === '' ? fields.automatic() : Number(name);
  const value = fields.positional[index];
  if (value !== undefined) return value;
  if (fields.onlyNamed === true) return rt.raise('ValueError', 'Format string contains positional fields', place);
  const message = `Replacement index ${index} out of range for positional args tuple`;
  return rt.raise('IndexError', message, place);
}

function missing(rt: Runtime, name: string, fields: Fields, place: Place): Value {
  return fields.get(name) === null ? null : raiseWith(rt, 'KeyError', [name], place);
}

/** Takes a template apart; `{{` and `}}` are braces. Raises ValueError for braces without partner. */
export function parseTemplate(rt: Runtime, template: string, place: Place): TemplatePiece[] {
  const pieces: TemplatePiece[] = [];
  let text = '';
  for (let index = 0; index < template.length; index++) {
    const character = template[index] ?? '';
    if (character !== '{' && character !== '}') text += character;
    else if (template[index + 1] === character) text += template[index++] ?? '';
    else if (character === '}') rt.raise('ValueError', "Single '}' encountered in format string", place);
    else {
      const end = closingBrace(rt, template, index, place);
      pieces.push({ kind: 'text', text }, fieldOf(rt, template.slice(index + 1, end), place));
      text = '';
      index = end;
    }
  }
  return [...pieces, { kind: 'text', text }];
}

function closingBrace(rt: Runtime, template: string, start: number, place: Place): number {
  if (start === template.length - 1) return rt.raise('ValueError', "Single '{' encountered in format string", place);
  let depth = 0;
  for (let index = start; index < template.length; index++) {
    if (template[index] === '{') depth++;
    if (template[index] === '}' && --depth === 0) return index;
  }
  return rt.raise('ValueError', "expected '}' before end of string", place);
}

function fieldOf(rt: Runtime, text: string, place: Place): TemplatePiece {
  const name = /^(?:\[[^\]]*\]|[^!:[])*/.exec(text)?.[0] ?? '';
  let rest = text.slice(name.length);
  let conversion = '';
  if (rest.startsWith('!')) {
    conversion = rest.slice(1, 2);
    rest = rest.slice(2);
    if (rest !== '' && !rest.startsWith(':')) rt.raise('ValueError', "expected ':' after conversion specifier", place);
  }
  return { kind: 'field', name, conversion, spec: rest.slice(1) };
}
