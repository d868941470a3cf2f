/** A format specification taken apart: `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`. */
export interface FormatSpec {
  readonly fill: string;
  readonly align: string;
  readonly sign: string;
  readonly isAlternate: boolean;
  readonly isZeroPadded: boolean;
  readonly width: number;
  readonly grouping: string;
  readonly precision: number | undefined;
  readonly type: string;
}

const pattern = /^(?:(.)?([<>=^]))?([-+ ])?(z)?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?(.)?$/su;

/** Reads a format specification; undefined when it isn't one. */
export function parseFormatSpec(text: string): FormatSpec | undefined {
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const [, fill, align = '', sign = '', , alternate, zero, width, grouping = '', precision, type = ''] = match;
  return {
    fill: fill ?? (zero === undefined ? ' ' : '0'),
    align: align === '' && zero !== undefined ? '=' : align,
    sign,
    isAlternate: alternate !== undefined,
    isZeroPadded: zero !== undefined,
    width: Number(width ?? 0),
    grouping,
    precision: precision === undefined ? undefined : Number(precision),
    type,
  };
}

/** Pads a text to a width; `=` puts the padding after the sign or prefix. */
export function pad(spec: FormatSpec, prefix: string, body: string, defaultAlign: string, length: number): string {
  const missing = Math.max(0, spec.width - length);
  const padding = spec.fill.repeat(missing);
  switch (spec.align || defaultAlign) {
    case '<':
      return prefix + body + padding;
    case '=':
      return prefix + padding + body;
    case '^': {
      const before = Math.floor(missing / 2);
      return spec.fill.repeat(before) + prefix + body + spec.fill.repeat(missing - before);
    }
    default:
      return padding + prefix + body;
  }
}

/** Puts a separator between groups of digits, from the right. */
export function group(digits: string, separator: string, size: number): string {
  let result = '';
  for (let end = digits.length; end > 0; end -= size) {
    const part = digits.slice(Math.max(0, end - size), end);
    result = result === '' ? part : part + separator + result;
  }
  return result;
}

/** Zero padding of grouped digits goes through the groups: `format(1234, '010,')` is `00,001,234`. */
export function groupPadded(digits: string, separator: string, size: number, width: number): string {
  let padded = digits;
  while (group(padded, separator, size).length < width) padded = `0${padded}`;
  const grouped = group(padded, separator, size);
  return grouped;
}
