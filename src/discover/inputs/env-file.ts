/** A line that sets a variable: `NAME=VALUE`, with or without `export`. */
const assignment = /^\s*(?:export\s+)?([A-Za-z_][\w.-]*)\s*=\s*(.*)$/s;

/**
 * Reads `NAME=VALUE` lines as python-dotenv and Docker Compose do: quotes around a value go, escapes count within double
 * quotes, ` #` begins a comment in a value without quotes, `${NAME}` means what an earlier line set. A value that refers
 * to something else isn't known and is left out, and so is one with `$NAME`, which only Compose replaces.
 */
export function parseEnvFile(text: string): Map<string, string> {
  const values = new Map<string, string>();
  for (const line of joinQuotedLines(text)) {
    const [, name = '', raw = ''] = assignment.exec(line) ?? [];
    if (name === '' || /^\s*#/.test(line)) continue;
    const value = readValue(raw.trim(), values);
    if (value === undefined) values.delete(name);
    else values.set(name, value);
  }
  return values;
}

/** A quoted value may go on over several lines. */
function joinQuotedLines(text: string): string[] {
  const lines: string[] = [];
  let open: string | undefined;
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    if (open === undefined) open = line;
    else open += `\n${line}`;
    const quote = /^\s*(?:export\s+)?[\w.-]+\s*=\s*(["'])/.exec(open)?.[1];
    const isOpen = quote !== undefined && countQuotes(open.slice(open.indexOf(quote)), quote) === 1;
    if (isOpen) continue;
    lines.push(open);
    open = undefined;
  }
  if (open !== undefined) lines.push(...open.split('\n'));
  return lines;
}

function countQuotes(text: string, quote: string): number {
  return text.replace(/\\./gs, '').split(quote).length - 1;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function readValue(raw: string, known: ReadonlyMap<string, string>): string | undefined {
  const single = /^'((?:[^'\\]|\\.)*)'/s.exec(raw)?.[1];
  if (single !== undefined) return single.replace(/\\(['\\])/g, '$1');
  const double = /^"((?:[^"\\]|\\.)*)"/s.exec(raw)?.[1];
  if (double !== undefined) {
    return withReferences(double.replace(/\\(.)/gs, (whole, letter: string) => escapes[letter] ?? ('"\\$'.includes(letter) ? letter : whole)), known);
  }
  return withReferences(raw.replace(/\s+#.*$/, '').replace(/^#.*$/, '').trim(), known);
}

function withReferences(text: string, known: ReadonlyMap<string, string>): string | undefined {
  return /\$[A-Za-z_]/.test(text) ? undefined : interpolate(text, known);
}

/** `$NAME`, `${NAME}`, `${NAME:-default}` and `$$`; undefined when a name isn't known and has no default. */
export function interpolate(text: string, known: ReadonlyMap<string, string>): string | undefined {
  let isKnown = true;
  const result = text.replace(
    /\$\$|\$\{([A-Za-z_]\w*)(?:(:?[-?+])([^}]*))?\}|\$([A-Za-z_]\w*)/g,
    (whole: string, braced: string | undefined, operator: string | undefined, word: string | undefined = '', plain: string | undefined) => {
      if (whole === '$$') return '$';
      const value = known.get(braced ?? plain ?? '');
      const counts = value !== undefined && !(operator?.startsWith(':') === true && value === '');
      if (operator?.endsWith('+') === true) return counts ? word : '';
      if (counts) return value;
      if (operator?.endsWith('-') === true) return word;
      isKnown = false;
      return '';
    },
  );
  return isKnown ? result : undefined;
}
