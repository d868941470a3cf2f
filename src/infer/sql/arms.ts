import { splitTemplate } from '../template/blocks.js';

/** What stands in SQL for a part that Jinja fills in: a name that no table has. */
const hole = (index: number): string => `d2ehole${index}z`;
const holePattern = /d2ehole\d+z/gi;

/** More arms than this are of generated templates; the rest then say nothing new about tables. */
const mostArms = 6;

/**
 * A template as SQL texts that a parser reads: expressions stand as names, of `{% if %}` each text takes another arm, the
 * body of `{% for %}` stands once.
 */
export function armsOfTemplate(source: string): string[] {
  if (!/\{[{%#]/.test(source)) return [source];
  const texts: string[] = [];
  for (let arm = 0; arm < mostArms; arm += 1) {
    const { text, arms } = takeArm(source, arm);
    if (!texts.includes(text)) texts.push(text);
    if (arm + 1 >= arms) break;
  }
  return texts;
}

/** A name with its holes shown as `*`. */
export function showHoles(name: string): string {
  return name.replace(holePattern, '*');
}

interface OpenIf {
  arm: number;
  isKept: boolean;
}

function takeArm(source: string, wanted: number): { text: string; arms: number } {
  const open: OpenIf[] = [];
  let most = 1;
  let text = '';
  let holes = 0;
  for (const block of splitTemplate(source)) {
    const isKept = open.every((each) => each.isKept);
    if (block.kind === 'statement') most = Math.max(most, enterStatement(block.text, open, wanted));
    else if (isKept) text += block.kind === 'text' ? block.text : hole(holes++);
    // Lines stay where they are, also of arms that are left out.
    if (block.kind !== 'text' || !isKept) text += '\n'.repeat(block.text.split('\n').length - 1);
  }
  return { text, arms: most };
}

function enterStatement(code: string, open: OpenIf[], wanted: number): number {
  const word = /^\w+/.exec(code)?.[0] ?? '';
  if (word === 'if') open.push({ arm: 0, isKept: wanted === 0 });
  if (word === 'endif') open.pop();
  const last = open.at(-1);
  if (last && (word === 'elif' || word === 'else')) {
    last.arm += 1;
    last.isKept = last.arm === wanted;
  }
  // An `if` without `else` may also give nothing.
  return word === 'if' ? 2 : (last?.arm ?? 0) + 1;
}
