import type { Place } from '../../model/place.js';
import type { Condition, ConditionArm } from '../../model/graph.js';
import type { MatchStatement, NodeBase, Pattern } from '../../parse/syntax.js';
import type { Unknown } from '../values.js';
import type { Completion, Machine } from './machine.js';

/** Where code parts on something that isn't known. */
export interface Fork {
  readonly reason: Unknown;
  /** The condition as it is written. */
  readonly text: string;
  readonly place: Place;
}

/** One of the ways that code may go at a fork. */
export interface Arm {
  readonly arm: ConditionArm;
  /** Where it isn't the fork's own: an `except` clause. */
  readonly text?: string;
  readonly run: () => Completion;
}

/** The arm in which nothing happens. */
export function nothing(arm: ConditionArm): Arm {
  return { arm, run: () => 'normal' };
}

/** The condition under which an arm runs. */
export function conditionOf(machine: Machine, fork: Fork, arm: Pick<Arm, 'arm' | 'text'>): Condition {
  const { file, line } = machine.placeInRepository(fork.place);
  return { text: arm.text ?? fork.text, file, line, arm: arm.arm };
}

/** What is left of a fork when some of its arms have gone elsewhere: one arm's condition, or that none of them left. */
export function conditionOfRest(machine: Machine, fork: Fork, staying: readonly Pick<Arm, 'arm' | 'text'>[]): Condition {
  const [only, ...others] = staying;
  return conditionOf(machine, fork, only !== undefined && others.length === 0 ? only : { arm: 'rest' });
}

/** `case` of a `match`, as far as it can be written again. */
export function caseText(machine: Machine, node: MatchStatement, clause: MatchStatement['cases'][number]): string {
  const guard = clause.guard === null ? '' : ` if ${machine.textOf(clause.guard)}`;
  return `match ${machine.textOf(node.subject)}: case ${patternText(clause.pattern, (each) => machine.textOf(each))}${guard}`;
}

function patternText(pattern: Pattern, textOf: (node: NodeBase) => string): string {
  switch (pattern.kind) {
    case 'value':
      return textOf(pattern.value);
    case 'or':
      return pattern.options.map((each) => patternText(each, textOf)).join(' | ');
    case 'capture':
      return pattern.name;
    case 'wildcard':
      return '_';
    default:
      return '...';
  }
}
