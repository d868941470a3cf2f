/** A statement of a script: its text, the same without comments and the insides of texts, and the line it starts on. */
export interface Statement {
  text: string;
  code: string;
  line: number;
}

const pieces = /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'(?:[^'\\]|''|\\[\s\S])*'?|"(?:[^"\\]|""|\\[\s\S])*"?|`[^`]*`?|\$(\w*)\$[\s\S]*?(?:\$\1\$|$)|;|[^-/'"`$;]+|[\s\S]/g;

/** Cuts a script at semicolons outside of texts and comments. MySQL's `#` comments are cut where a line starts with one. */
export function splitStatements(script: string): Statement[] {
  const statements: Statement[] = [];
  let current = { text: '', code: '' };
  let line = 1;
  let start = 0;
  const finish = (): void => {
    if (current.code.trim() !== '') statements.push({ text: current.text.trim(), code: current.code.trim(), line: start === 0 ? line : start });
    current = { text: '', code: '' };
    start = 0;
  };
  for (const [piece] of script.replace(/^[ \t]*#[^\n]*/gm, '').matchAll(pieces)) {
    if (piece === ';') finish();
    else {
      const isComment = piece.startsWith('--') || piece.startsWith('/*');
      if (!isComment && start === 0 && piece.trim() !== '') start = line + (/^\s*/.exec(piece)?.[0].split('\n').length ?? 1) - 1;
      current.text += isComment ? ' ' : piece;
      current.code += isComment ? ' ' : codeOf(piece);
    }
    line += piece.split('\n').length - 1;
  }
  finish();
  return statements;
}

function codeOf(piece: string): string {
  if (piece.startsWith("'")) return "''";
  return piece.startsWith('$') && piece.length > 2 ? '$$' : piece;
}

const heads = [/^(?:BEGIN|ELSE|LOOP|REPEAT|DO)\s+(?!TRAN|WORK\b)(?=\w)/i, /^(?:ELSE)?IF\b[\s\S]*?\bTHEN\b\s*/i, /^WHILE\b[\s\S]*?\bDO\b\s*/i, /^EXPLAIN\s+(?:ANALYZE\s+|VERBOSE\s+)?/i];

/** Takes the control words of a script before a statement away: `BEGIN INSERT ...`, `IF x THEN INSERT ...`. */
export function withoutHead(statement: Statement): Statement {
  for (const head of heads) {
    const match = head.exec(statement.text);
    if (match && !/^IF\s+(?:NOT\s+)?EXISTS\b/i.test(statement.text)) return withoutHead({ ...statement, text: statement.text.slice(match[0].length), code: statement.code.replace(head, '') });
  }
  return statement;
}
