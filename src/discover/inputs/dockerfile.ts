import { interpolate } from './env-file.js';

/** What the `ENV` lines of a Dockerfile set, the last one of a name counting. */
export function readDockerfile(text: string): Map<string, string> {
  const values = new Map<string, string>();
  for (const line of text.replace(/\\[ \t]*\r?\n(?:[ \t]*#.*\r?\n)*/g, ' ').split(/\r?\n/)) {
    const body = /^\s*ENV\s+(.*)$/i.exec(line)?.[1];
    if (body === undefined) continue;
    for (const [name, raw] of pairs(body)) {
      const value = interpolate(raw, values);
      if (value === undefined) values.delete(name);
      else values.set(name, value);
    }
  }
  return values;
}

/** `NAME=value NAME="another value"`, or the old form `NAME the rest of the line`. */
function pairs(body: string): [string, string][] {
  const old = /^([A-Za-z_]\w*)\s+(.*)$/.exec(body);
  if (old !== null) return [[old[1] ?? '', unquoted((old[2] ?? '').trim())]];
  const tokens = body.match(/[A-Za-z_]\w*=(?:"(?:[^"\\]|\\.)*"|'[^']*'|(?:[^\s\\]|\\.)*)/g) ?? [];
  return tokens.map((token) => [token.slice(0, token.indexOf('=')), unquoted(token.slice(token.indexOf('=') + 1))]);
}

function unquoted(text: string): string {
  const quoted = /^"(.*)"$/s.exec(text)?.[1] ?? /^'(.*)'$/s.exec(text)?.[1] ?? text;
  return quoted.replace(/\\(.)/g, '$1');
}
