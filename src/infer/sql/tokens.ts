/** A token of SQL as far as table names need it: words (with dots, unquoted), numbers and texts are kept apart. */
export interface SqlToken {
  kind: 'word' | 'text' | 'mark';
  /** Words without quotes, in their own case. */
  text: string;
}

const patterns: readonly { kind: SqlToken['kind'] | 'skip'; pattern: RegExp }[] = [
  { kind: 'skip', pattern: /(?:\s+|--[^\n]*|#[^\n]*|\/\*[\s\S]*?(?:\*\/|$))+/y },
  { kind: 'text', pattern: /'(?:[^'\\]|''|\\.)*'?/y },
  { kind: 'text', pattern: /\$(\w*)\$[\s\S]*?\$\1\$/y },
  { kind: 'word', pattern: /(?:[\p{L}_*$@][\p{L}\p{N}_*$@-]*|"(?:[^"]|"")+"|`[^`]+`|\[[^\]]+\])(?:\.(?:[\p{L}\p{N}_*$@-]+|"(?:[^"]|"")+"|`[^`]+`|\[[^\]]+\]))*/uy },
  { kind: 'mark', pattern: /[\s\S]/y },
];

/** Splits SQL into tokens, without comments. */
export function tokenizeSql(sql: string): SqlToken[] {
  const tokens: SqlToken[] = [];
  for (let position = 0; position < sql.length; ) {
    for (const { kind, pattern } of patterns) {
      pattern.lastIndex = position;
      const match = pattern.exec(sql);
      if (!match) continue;
      position = pattern.lastIndex;
      if (kind !== 'skip') tokens.push({ kind, text: kind === 'word' ? match[0].replace(/["`[\]]/g, '') : match[0] });
      break;
    }
  }
  return tokens;
}

/** Cuts tokens into statements at semicolons. */
export function splitStatements(tokens: readonly SqlToken[]): SqlToken[][] {
  const statements: SqlToken[][] = [[]];
  for (const token of tokens) {
    if (token.kind === 'mark' && token.text === ';') statements.push([]);
    else statements.at(-1)?.push(token);
  }
  return statements.filter((statement) => statement.length > 0);
}
