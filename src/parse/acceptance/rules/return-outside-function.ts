import { refusalAt } from '../scopes/walk.js';
import type { Rule } from '../scopes/walk.js';

/** `return` in a module or a class body. */
export const returnOutsideFunction: Rule = {
  statements: ['return'],
  checkStatement(statement, walk) {
    if (walk.scope.kind !== 'function') throw refusalAt(walk, "'return' outside function", statement.token);
    if (walk.surroundings.includes('group handler')) {
      throw refusalAt(walk, "'break', 'continue' and 'return' cannot appear in an except* block", statement.token);
    }
  },
};
