import type { AnalysisDocument, Finding } from '../model/analysis.js';
import { plainSettings } from '../model/plain-settings.js';
import { findAll } from './find.js';
import { checkRules } from './rules/registry.js';
import { createEstate } from './rules/rule.js';

/** Every finding of every rule at its own level, sorted by place; without baseline and suppressions. */
export function checkAnalysis(analysis: AnalysisDocument): Finding[] {
  return findAll(checkRules, createEstate(analysis), plainSettings).findings;
}
