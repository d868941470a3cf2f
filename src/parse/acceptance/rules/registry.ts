import type { Rule, RulesByKind } from '../scopes/walk.js';
import { asyncOutsideAsync } from './async-outside-async.js';
import { awaitOutsideAsync } from './await-outside-async.js';
import { bareExceptLast } from './bare-except-last.js';
import { futureImports } from './future-imports.js';
import { jumpOutsideLoop } from './jump-outside-loop.js';
import { matchPatterns } from './match-patterns.js';
import { repeatedKeyword } from './repeated-keyword.js';
import { returnOutsideFunction } from './return-outside-function.js';
import { starImport } from './star-import.js';
import { strayStar } from './stray-star.js';
import { yieldOutsideFunction } from './yield-outside-function.js';

const rules: readonly Rule[] = [
  asyncOutsideAsync,
  awaitOutsideAsync,
  bareExceptLast,
  futureImports,
  jumpOutsideLoop,
  matchPatterns,
  repeatedKeyword,
  returnOutsideFunction,
  starImport,
  strayStar,
  yieldOutsideFunction,
];

/** The rules by the kind of node that they look at. */
export const rulesByKind: RulesByKind = {
  statements: group(rules.flatMap((rule) => pairs(rule.statements, rule.checkStatement))),
  expressions: group(rules.flatMap((rule) => pairs(rule.expressions, rule.checkExpression))),
};

function pairs<Check>(kinds: readonly string[] | undefined, check: Check | undefined): (readonly [string, Check])[] {
  return kinds === undefined || check === undefined ? [] : kinds.map((kind) => [kind, check] as const);
}

function group<Check>(entries: readonly (readonly [string, Check])[]): Map<string, Check[]> {
  const grouped = new Map<string, Check[]>();
  for (const [kind, check] of entries) grouped.set(kind, [...(grouped.get(kind) ?? []), check]);
  return grouped;
}
