import { refusalAt } from '../scopes/walk.js';
import type { Rule } from '../scopes/walk.js';

/** `break` and `continue` need a loop around them, with no `except*` in between. */
export const jumpOutsideLoop: Rule = {
  statements: ['break', 'continue'],
  checkStatement({ kind, token }, walk) {
    const { surroundings } = walk;
    const loop = surroundings.lastIndexOf('loop');
    if (surroundings.lastIndexOf('group handler') > loop) {
      throw refusalAt(walk, "'break', 'continue' and 'return' cannot appear in an except* block", token);
    }
    if (loop === -1) {
      throw refusalAt(walk, kind === 'break' ? "'break' outside loop" : "'continue' not properly in loop", token);
    }
  },
};
