/** Code units that the tokenizer asks for by name. */
export const code = {
  tab: 0x09,
  lineFeed: 0x0a,
  formFeed: 0x0c,
  carriageReturn: 0x0d,
  space: 0x20,
  doubleQuote: 0x22,
  hash: 0x23,
  singleQuote: 0x27,
  dot: 0x2e,
  zero: 0x30,
  nine: 0x39,
  backslash: 0x5c,
  underscore: 0x5f,
  openBrace: 0x7b,
  closeBrace: 0x7d,
} as const;

export function isNewline(unit: number): boolean {
  return unit === code.lineFeed || unit === code.carriageReturn;
}

export function isDigit(unit: number): boolean {
  return unit >= code.zero && unit <= code.nine;
}

/** What may start a name, before Unicode has its say: every character beyond ASCII. */
export function startsName(unit: number): boolean {
  return (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x41 && unit <= 0x5a) || unit === code.underscore || unit >= 0x80;
}

export function continuesName(unit: number): boolean {
  return startsName(unit) || isDigit(unit);
}

/** Offset behind the line break at an offset; `\r\n` is one. */
export function afterNewline(source: string, offset: number): number {
  const isPair = source.charCodeAt(offset) === code.carriageReturn && source.charCodeAt(offset + 1) === code.lineFeed;
  return offset + (isPair ? 2 : 1);
}
