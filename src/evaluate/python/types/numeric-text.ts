/** Digits of any script as ASCII ones: Python's `int` and `float` take `'٣'` for 3. Undefined without any change needed. */
function asciiDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => String(digitValue(digit.codePointAt(0) ?? 0)));
}

/** Decimal digits come in runs of ten that begin at a multiple of 16 plus 0 or 6; the zero is the first that is a digit. */
function digitValue(code: number): number {
  let zero = code;
  while (code - zero < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero--;
  return code - zero;
}

/** `int(text, base)`; undefined when the text is none. */
export function parseInteger(source: string, base: number): bigint | undefined {
  const text = asciiDigits(source.trim()).toLowerCase();
  const match = /^([+-]?)(0[xob])?(_?[0-9a-z]+(?:_[0-9a-z]+)*)$/.exec(text);
  if (match === null) return undefined;
  const [, sign = '', prefix, body = ''] = match;
  const prefixed = prefix === undefined ? undefined : { '0x': 16, '0o': 8, '0b': 2 }[prefix];
  const isPrefix = prefixed !== undefined && (base === 0 || base === prefixed);
  const digits = isPrefix ? body : (prefix ?? '') + body;
  if (!isPrefix && digits.startsWith('_')) return undefined;
  const radix = base === 0 ? (isPrefix ? prefixed : 10) : base;
  const plain = digits.replaceAll('_', '');
  if (base === 0 && !isPrefix && /^0+[1-9]/.test(plain)) return undefined;
  const value = digitsValue(plain, radix);
  return value === undefined ? undefined : sign === '-' ? -value : value;
}

function digitsValue(digits: string, radix: number): bigint | undefined {
  for (const digit of digits) if (Number.isNaN(Number.parseInt(digit, radix))) return undefined;
  if (radix === 10) return BigInt(digits);
  let value = 0n;
  for (const digit of digits) value = value * BigInt(radix) + BigInt(Number.parseInt(digit, radix));
  return value;
}

/** `float(text)`; undefined when the text is none. */
export function parseFloatText(source: string): number | undefined {
  const text = asciiDigits(source.trim()).toLowerCase();
  const special = /^([+-]?)(inf|infinity|nan)$/.exec(text);
  if (special !== null) {
    const value = special[2] === 'nan' ? Number.NaN : Infinity;
    return special[1] === '-' ? -value : value;
  }
  const isNumber = /^[+-]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+(?:_\d+)*)?$/.test(text);
  return isNumber ? Number(text.replaceAll('_', '')) : undefined;
}
