import { refusalAt } from '../scopes/walk.js';
import type { Rule } from '../scopes/walk.js';
import type { Block } from '../tree.js';

/** Features of `__future__`, by Python/future.c. */
const features: ReadonlySet<string> = new Set([
  'nested_scopes',
  'generators',
  'division',
  'absolute_import',
  'with_statement',
  'print_function',
  'unicode_literals',
  'barry_as_FLUFL',
  'generator_stop',
  'annotations',
]);

/** `from __future__ import` anywhere but at the beginning, or of a feature that there isn't. */
export const futureImports: Rule = {
  statements: ['import_from'],
  checkStatement(statement, walk) {
    if (statement.kind !== 'import_from' || statement.module !== '__future__') return;
    if (statement.token > walk.lastFutureToken) {
      throw refusalAt(walk, 'from __future__ imports must occur at the beginning of the file', statement.token);
    }
    if (statement.isStar) throw refusalAt(walk, 'future feature * is not defined', statement.token);
    for (const { imported } of statement.names) {
      if (features.has(imported)) continue;
      throw refusalAt(walk, imported === 'braces' ? 'not a chance' : `future feature ${imported} is not defined`, statement.token);
    }
  },
};

/** Token of the last future import at the beginning of a file, behind its docstring; and whether annotations stay text. */
export function readFutures(body: Block): { readonly lastFutureToken: number; readonly keepsAnnotations: boolean } {
  let lastFutureToken = -1;
  let keepsAnnotations = false;
  for (const [index, statement] of body.entries()) {
    const isDocstring = statement.kind === 'expression' && statement.value.kind === 'constant' && statement.value.type === 'string';
    if (index === 0 && isDocstring) continue;
    if (statement.kind !== 'import_from' || statement.module !== '__future__') break;
    lastFutureToken = statement.token;
    if (statement.names.some(({ imported }) => imported === 'annotations')) keepsAnnotations = true;
  }
  return { lastFutureToken, keepsAnnotations };
}
