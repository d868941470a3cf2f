import { refusalAt } from '../scopes/walk.js';
import type { Rule } from '../scopes/walk.js';

/** `async for` and `async with` outside an asynchronous function. */
export const asyncOutsideAsync: Rule = {
  statements: ['for', 'with'],
  checkStatement(statement, walk) {
    if (statement.kind !== 'for' && statement.kind !== 'with') return;
    if (!statement.isAsync || walk.scope.isAsync) return;
    throw refusalAt(walk, `'async ${statement.kind}' outside async function`, statement.token);
  },
};
