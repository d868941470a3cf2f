import type { Pattern } from '../tree.js';
import { visit } from './expressions.js';
import { bindName, checkForbidden } from './names.js';
import type { Walk } from './walk.js';

/** Binds the names that a pattern of `match` captures. */
export function bindPattern(walk: Walk, pattern: Pattern): void {
  switch (pattern.kind) {
    case 'value':
      return visit(walk, pattern.value);
    case 'capture':
    case 'star':
      if (pattern.name !== '') bindName(walk, pattern.name, pattern.token);
      return;
    case 'sequence':
      return bindAll(walk, pattern.elements);
    case 'or':
      return bindAll(walk, pattern.options);
    case 'as':
      bindPattern(walk, pattern.pattern);
      return bindName(walk, pattern.name, pattern.token);
    case 'mapping':
      for (const key of pattern.keys) visit(walk, key);
      bindAll(walk, pattern.patterns);
      if (pattern.rest !== '') bindName(walk, pattern.rest, pattern.token);
      return;
    case 'class':
      visit(walk, pattern.callee);
      for (const { name, token } of pattern.attributes) checkForbidden(walk, name, token, 'assign to');
      return bindAll(walk, pattern.patterns);
  }
}

function bindAll(walk: Walk, patterns: readonly Pattern[]): void {
  for (const pattern of patterns) bindPattern(walk, pattern);
}
