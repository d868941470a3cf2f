/** `1 DAG`, `2 DAGs`; numbers from a thousand on get a thin grouping that doesn't depend on the locale. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** 12,345 whatever the machine's locale is. */
export function grouped(count: number): string {
  const [whole = '', fraction] = String(count).split('.');
  const text = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? text : `${text}.${fraction}`;
}

/** With a capital letter at the start, for words that begin a line. */
export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A share in percent that never rounds up to a false `100 %` nor down to a false `0 %`. */
export function percent(part: number, whole: number): string {
  if (whole === 0) return '–';
  const share = (part / whole) * 100;
  const rounded = Math.min(Math.max(Math.round(share), part > 0 ? 1 : 0), part < whole ? 99 : 100);
  return `${rounded} %`;
}
