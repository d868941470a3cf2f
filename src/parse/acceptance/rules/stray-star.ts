import { refusalAt } from '../scopes/walk.js';
import type { Rule } from '../scopes/walk.js';

/** `*a` alone: stars need a list, a tuple, a call or an index around them, and the walk steps over those. */
export const strayStar: Rule = {
  expressions: ['starred'],
  checkExpression(expression, walk) {
    throw refusalAt(walk, "can't use starred expression here", expression.token);
  },
};
