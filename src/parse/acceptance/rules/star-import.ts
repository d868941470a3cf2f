import { refusalAt } from '../scopes/walk.js';
import type { Rule } from '../scopes/walk.js';

/** `from a import *` in a function or a class. */
export const starImport: Rule = {
  statements: ['import_from'],
  checkStatement(statement, walk) {
    if (statement.kind !== 'import_from' || !statement.isStar || walk.scope.kind === 'module') return;
    throw refusalAt(walk, 'import * only allowed at module level', statement.token);
  },
};
