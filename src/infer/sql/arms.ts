import { splitTemplate } from '../template/blocks.js';
import { holeFor } from '../template/holes.js';

/** What stands in SQL for a part that Jinja fills in: a name that no table has. */
const hole = (index: number): string => `d2ehole${index}z`;
const holePattern = /d2ehole(\d+)z/gi;

/** SQL with names in place of its templated parts, and what each of them stands for. */
export interface Arm {
  text: string;
  holes: readonly string[];
}

/** More arms than this are of generated templates; the rest then say nothing new about tables. */
const mostArms = 6;

/**
 * A template as SQL texts that a parser reads: expressions stand as names, of `{% if %}` each text takes another arm, the
 * body of `{% for %}` stands once.
 */
export function armsOfTemplate(source: string): Arm[] {
  if (!/\{[{%#]/.test(source)) return [{ text: source, holes: [] }];
  const found: Arm[] = [];
  for (let wanted = 0; wanted < mostArms; wanted += 1) {
    const { arm, arms } = takeArm(source, wanted);
    if (!found.some(({ text }) => text === arm.text)) found.push(arm);
    if (wanted + 1 >= arms) break;
  }
  return found;
}

/** A name with what its holes stand for: `raw_{date}`. */
export function nameHoles(name: string, holes: readonly string[]): string {
  return name.replace(holePattern, (_, index: string) => holes[Number(index)] ?? '{?}');
}

interface OpenIf {
  arm: number;
  isKept: boolean;
}

function takeArm(source: string, wanted: number): { arm: Arm; arms: number } {
  const open: OpenIf[] = [];
  let most = 1;
  let text = '';
  const holes: string[] = [];
  for (const block of splitTemplate(source)) {
    const isKept = open.every((each) => each.isKept);
    if (block.kind === 'statement') most = Math.max(most, enterStatement(block.text, open, wanted));
    else if (isKept) text += block.kind === 'text' ? block.text : hole(holes.push(holeFor(block.text)) - 1);
    // Lines stay where they are, also of arms that are left out.
    if (block.kind !== 'text' || !isKept) text += '\n'.repeat(block.text.split('\n').length - 1);
  }
  return { arm: { text, holes }, arms: most };
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
