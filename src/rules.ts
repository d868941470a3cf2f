import { checkDocs } from './check/rules/registry.js';
import { exceptionRules } from './check/suppress/rules.js';
import { hazardDocs } from './infer/hazards/registry.js';
import type { RuleDoc } from './model/rule.js';

/** Every rule that the tool knows: check rules first, then hazards, each by number. */
export function ruleCatalog(): RuleDoc[] {
  return [...checkDocs(), ...exceptionRules.map((rule) => rule.doc), ...hazardDocs()];
}

/** A rule by its id, in any case. */
export function ruleNamed(id: string): RuleDoc | undefined {
  return ruleCatalog().find((rule) => rule.id.toLowerCase() === id.trim().toLowerCase());
}
