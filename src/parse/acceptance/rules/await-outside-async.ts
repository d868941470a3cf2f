import { refusalAt } from '../scopes/walk.js';
import type { Rule } from '../scopes/walk.js';

/** `await` outside an asynchronous function; a comprehension answers for itself when it ends. */
export const awaitOutsideAsync: Rule = {
  expressions: ['await'],
  checkExpression(expression, walk) {
    const { kind, isAsync } = walk.scope;
    if (kind === 'module' || kind === 'class') throw refusalAt(walk, "'await' outside function", expression.token);
    if (kind === 'lambda' || (kind === 'function' && !isAsync)) {
      throw refusalAt(walk, "'await' outside async function", expression.token);
    }
  },
};
