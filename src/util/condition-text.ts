interface ConditionWords {
  readonly text: string;
  readonly arm: string;
}

/** A condition as a person would say it: `x`, `not (x)`, `after "x"`. */
export function describeCondition({ text, arm }: ConditionWords): string {
  switch (arm) {
    case 'else':
      return /^\w+(\.\w+)*$/.test(text) ? `not ${text}` : `not (${text})`;
    case 'loop':
      return `each ${text}`;
    case 'try':
      return text === 'try' ? 'nothing raised in try' : text;
    case 'rest':
      return `going on after ${text}`;
    default:
      return text;
  }
}

/** Conditions that all hold, in one line. */
export function describeConditions(conditions: readonly ConditionWords[]): string {
  return conditions.map(describeCondition).join(', and ');
}
