import type { ArgumentValue } from '../../model/graph.js';
import { readFlag } from '../argument.js';
import { fillHoles, isTemplate } from '../template/blocks.js';

/** How a sensor compares object names. */
export interface KeyMatching {
  glob: ArgumentValue | undefined;
  regex: ArgumentValue | undefined;
  isPrefix: boolean;
}

/** What an event's object name must match; empty when the key is the name itself. */
export function keyFilter(key: string, matching: KeyMatching): string {
  const pattern = fillHoles(key, '*');
  if (readFlag(matching.regex) === true) return `object name matches the regular expression ${pattern}`;
  if (matching.isPrefix) return `object name starts with ${prefixOf(pattern)}`;
  const isGlob = readFlag(matching.glob) === true;
  return isGlob || isTemplate(key) ? `object name matches ${pattern}` : '';
}

function prefixOf(pattern: string): string {
  const hole = pattern.indexOf('*');
  return hole < 0 ? pattern : pattern.slice(0, hole);
}
