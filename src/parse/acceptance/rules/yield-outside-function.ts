import { refusalAt } from '../scopes/walk.js';
import type { Rule } from '../scopes/walk.js';

/** `yield` in a module or a class body, `yield from` in an asynchronous function. */
export const yieldOutsideFunction: Rule = {
  expressions: ['yield'],
  checkExpression(expression, walk) {
    const { kind, isAsync } = walk.scope;
    if (kind === 'module' || kind === 'class') throw refusalAt(walk, "'yield' outside function", expression.token);
    if (isAsync && expression.kind === 'yield' && expression.isFrom) {
      throw refusalAt(walk, "'yield from' inside async function", expression.token);
    }
  },
};
