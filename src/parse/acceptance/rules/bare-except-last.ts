import { refusalAt } from '../scopes/walk.js';
import type { Rule } from '../scopes/walk.js';

/** `except:` catches everything: no handler may follow. */
export const bareExceptLast: Rule = {
  statements: ['try'],
  checkStatement(statement, walk) {
    if (statement.kind !== 'try') return;
    const bare = statement.handlers.findIndex((handler) => handler.type === undefined);
    if (bare === -1 || bare === statement.handlers.length - 1) return;
    throw refusalAt(walk, "default 'except:' must be last", statement.handlers[bare]?.token ?? statement.token);
  },
};
