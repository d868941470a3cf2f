import { checkForbidden } from '../scopes/names.js';
import { refusalAt } from '../scopes/walk.js';
import type { Rule, Walk } from '../scopes/walk.js';
import type { Argument } from '../tree.js';

/** `f(a=1, a=2)`, also among the keywords of a class. */
export const repeatedKeyword: Rule = {
  expressions: ['call'],
  checkExpression(expression, walk) {
    if (expression.kind === 'call') checkNames(expression.arguments, walk);
  },
  statements: ['class'],
  checkStatement(statement, walk) {
    if (statement.kind === 'class') checkNames(statement.arguments, walk);
  },
};

function checkNames(list: readonly Argument[], walk: Walk): void {
  const seen = new Set<string>();
  for (const { name, token } of list) {
    if (name === '' || name === '*' || name === '**') continue;
    checkForbidden(walk, name, token, 'assign to');
    if (seen.has(name)) throw refusalAt(walk, `keyword argument repeated: ${name}`, token);
    seen.add(name);
  }
}
