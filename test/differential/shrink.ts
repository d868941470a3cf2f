/** Lines of a block: a line with everything below it that is indented deeper. */
function blockEnd(lines: readonly string[], start: number): number {
  const depth = indentOf(lines[start] ?? '');
  let end = start + 1;
  while (end < lines.length && indentOf(lines[end] ?? '') > depth) end += 1;
  return end;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** Runs that a candidate may cost; a program of fifty lines needs about two hundred. */
const maximumAttempts = 600;

/** Takes lines and blocks away for as long as the program still fails. */
export async function shrink(source: string, fails: (candidate: string) => Promise<boolean>): Promise<string> {
  let lines = source.split('\n').filter((line) => line !== '');
  let attempts = 0;
  for (let changed = true; changed && attempts < maximumAttempts; ) {
    changed = false;
    for (let start = lines.length - 1; start >= 0; start--) {
      for (const candidate of candidates(lines, start)) {
        attempts += 1;
        if (!(await fails(`${candidate.join('\n')}\n`))) continue;
        lines = candidate;
        changed = true;
        break;
      }
    }
  }
  return `${lines.join('\n')}\n`;
}

/** The program without a block, without only its head, and without a `try` around it. */
function* candidates(lines: readonly string[], start: number): Generator<string[]> {
  const end = blockEnd(lines, start);
  yield [...lines.slice(0, start), ...lines.slice(end)];
  if (end === start + 1) return;
  const inner = lines.slice(start + 1, end).map((line) => line.slice(4));
  yield [...lines.slice(0, start), ...inner, ...lines.slice(end)];
  if ((lines[start] ?? '').trim() !== 'try:') return;
  let after = end;
  while (after < lines.length && indentOf(lines[after] ?? '') === indentOf(lines[start] ?? '') && /^\s*(except|else|finally)\b/.test(lines[after] ?? '')) after = blockEnd(lines, after);
  yield [...lines.slice(0, start), ...inner, ...lines.slice(after)];
  yield [...lines.slice(0, start), ...lines.slice(after)];
}
