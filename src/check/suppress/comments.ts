/** A comment that may hold a directive, and the lines that it speaks for. */
export interface Comment {
  readonly text: string;
  /** Line of the comment, from 1. */
  readonly line: number;
  /** First and last line of the statement that the comment stands in or before. */
  readonly from: number;
  readonly to: number;
}

/** What every directive holds: a file without it need not be looked through. */
export const directiveMark = 'dag2event:';

/** Comments with the mark. Of Python by its own rules for texts and brackets, of other files (YAML) line by line. */
export function markedComments(file: string, text: string): Comment[] {
  if (!text.includes(directiveMark)) return [];
  return file.endsWith('.py') ? pythonComments(text) : lineComments(text);
}

const stringStart = /(?:'''|"""|'|")/y;

/** Follows texts and brackets only: good enough to know what is a comment and where a statement begins and ends. */
function pythonComments(text: string): Comment[] {
  const found: { text: string; line: number }[] = [];
  const statements: { from: number; to: number }[] = [];
  let [line, depth, from] = [1, 0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '\n') {
      const isJoined = depth > 0 || text[at - 1] === '\\' || (text[at - 1] === '\r' && text[at - 2] === '\\');
      if (from > 0 && !isJoined) {
        statements.push({ from, to: line });
        from = 0;
      }
      line += 1;
    } else if (character === '#') {
      const end = endOfLine(text, at);
      found.push({ text: text.slice(at, end), line });
      at = end - 1;
    } else if (character === ' ' || character === '\t' || character === '\r' || character === '\f' || character === '\ufeff') {
      continue;
    } else {
      if (from === 0) from = line;
      if ('([{'.includes(character)) depth += 1;
      if (')]}'.includes(character)) depth = Math.max(0, depth - 1);
      stringStart.lastIndex = at;
      const quote = stringStart.exec(text)?.[0];
      if (quote === undefined) continue;
      const end = endOfString(text, at + quote.length, quote);
      line += text.slice(at, end).split('\n').length - 1;
      at = end - 1;
    }
  }
  if (from > 0) statements.push({ from, to: line });
  return found.filter((comment) => comment.text.includes(directiveMark)).map((comment) => ({ ...comment, ...statementOf(comment.line, statements) }));
}

/** The statement that a comment stands in, or else the next one. */
function statementOf(line: number, statements: readonly { from: number; to: number }[]): { from: number; to: number } {
  return statements.find((each) => each.to >= line) ?? { from: line, to: line };
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}

/** The place after a text; one in single quotes ends with its line at the latest. */
function endOfString(text: string, start: number, quote: string): number {
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '\\') at += text[at + 1] === '\r' && text[at + 2] === '\n' ? 2 : 1;
    else if (text.startsWith(quote, at)) return at + quote.length;
    else if (quote.length === 1 && text[at] === '\n') return at;
  }
  return text.length;
}

const hashComment = /(?:^|\s)(#.*)$/;

/** A line of its own speaks for the next line that isn't empty or a comment. */
function lineComments(text: string): Comment[] {
  const lines = text.split('\n');
  return lines.flatMap((content, index) => {
    const comment = hashComment.exec(content);
    if (!comment?.[1]?.includes(directiveMark)) return [];
    const isAlone = content.trimStart().startsWith('#');
    const next = isAlone ? lines.findIndex((each, at) => at > index && !/^\s*(#|$)/.test(each)) : index;
    const target = (next === -1 ? index : next) + 1;
    return [{ text: comment[1].trimEnd(), line: index + 1, from: target, to: target }];
  });
}
