/** A text as Python sees it: an array of its code points. Lone surrogates stay as they are. */
export function codePoints(text: string): string[] {
  return Array.from(text);
}

/** How many code points a text has; without allocation for the usual text inside the Basic Multilingual Plane. */
export function codePointLength(text: string): number {
  return isBasic(text) ? text.length : codePoints(text).length;
}

/** Whether every UTF-16 unit is a code point, so that JavaScript's indices are Python's. */
export function isBasic(text: string): boolean {
  return !/[\ud800-\udbff][\udc00-\udfff]/.test(text);
}

/** The code points from `start` to `end` as a text. */
export function sliceText(text: string, start: number, end: number): string {
  if (isBasic(text)) return text.slice(start, end);
  return codePoints(text).slice(start, end).join('');
}


/** Orders two texts by code point. */
export function compareCodePoints(left: string, right: string): number {
  if (left === right) return 0;
  if (isBasic(left) && isBasic(right)) return left < right ? -1 : 1;
  const a = codePoints(left);
  const b = codePoints(right);
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const difference = (a[index]?.codePointAt(0) ?? 0) - (b[index]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
