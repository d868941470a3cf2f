/** A simple command of a shell script: its words without quotes, where its output goes, and the line it starts on. */
export interface ShellCommand {
  words: string[];
  output: string | null;
  line: number;
}

const token = /\\\n|\s*\n|[ \t]+|#[^\n]*|&&|\|\||[;|&()]|\d?>{1,2}&?\d?|<|"(?:[^"\\]|\\[\s\S])*"|'[^']*'|\\[\s\S]|[^\s"'\\;|&()<>#]+|[\s\S]/g;

/**
 * Cuts a script into simple commands. Variables that the script or its environment sets are filled in; any other, and
 * what a command gives, is a hole; `$(date ...)` gives a date.
 */
export function shellCommands(script: string, environment: Readonly<Record<string, string>> = {}): ShellCommand[] {
  const known = new Map(Object.entries(environment));
  const source = script.replace(/\$\(\s*date\b[^)]*\)|`date\b[^`]*`/g, '{date}').replace(/\$\([^()]*\)|`[^`]*`/g, '{?}');
  const commands: ShellCommand[] = [];
  let current: ShellCommand | undefined;
  let word: string | undefined;
  let isTarget = false;
  let line = 1;
  const endWord = (): void => {
    if (word === undefined) return;
    current ??= { words: [], output: null, line };
    const assignment = current.words.length === 0 ? /^(\w+)=([\s\S]*)$/.exec(word) : null;
    if (assignment) known.set(assignment[1] ?? '', assignment[2] ?? '');
    else if (isTarget) current.output = word;
    else current.words.push(word);
    word = undefined;
    isTarget = false;
  };
  const endCommand = (): void => {
    endWord();
    if (current && current.words.length > 0) commands.push(current);
    current = undefined;
  };
  for (const [piece] of source.matchAll(token)) {
    if (piece === '\\\n') endWord();
    else if (/^\s*\n$/.test(piece) || /^(?:&&|\|\||[;|&()])$/.test(piece)) endCommand();
    else if (/^[ \t]+$/.test(piece)) endWord();
    else if (piece.startsWith('#') && word === undefined) endWord();
    else if (/^\d?>/.test(piece)) {
      endWord();
      isTarget = piece === '>' || piece === '>>' || piece === '1>';
    } else word = `${word ?? ''}${valueOf(piece, known)}`;
    line += piece.split('\n').length - 1;
  }
  endCommand();
  return commands;
}

function valueOf(piece: string, known: ReadonlyMap<string, string>): string {
  if (piece.startsWith("'") && piece.length > 1) return piece.slice(1, -1);
  const open = piece.startsWith('"') && piece.length > 1 ? piece.slice(1, -1).replace(/\\(["$`\\])/g, '$1') : piece.replace(/^\\/, '');
  return open.replace(/\$(?:\{(\w+)[^}]*\}|(\w+))/g, (_, braced?: string, plain?: string) => known.get(braced ?? plain ?? '') ?? '{?}');
}
