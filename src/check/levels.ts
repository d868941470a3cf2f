import ignore from 'ignore';
import type { Finding } from '../model/analysis.js';
import type { CheckSettings, RuleLevel } from '../model/check.js';
import type { CheckRule, FindingDraft } from './rules/rule.js';

const oneHigher: Readonly<Record<Finding['level'], Finding['level']>> = { note: 'warning', warning: 'error', error: 'error' };

/** Says how a finding is judged; undefined when it isn't reported. */
export type LevelOf = (rule: { id: string; presets?: CheckRule['presets'] }, draft: FindingDraft, tags: readonly string[]) => Finding['level'] | undefined;

/** Compiles the settings: the last override that matches wins over the rules, those over the preset. */
export function levelsBy(settings: CheckSettings): LevelOf {
  const overrides = settings.overrides.map(({ paths, tags, rules }) => ({
    paths: paths === undefined ? undefined : ignore().add(paths),
    tags: tags === undefined ? undefined : new Set(tags),
    rules: upperCased(rules),
  }));
  const rules = upperCased(settings.rules);
  return ({ id, presets }, draft, tags) => {
    const override = overrides.findLast(
      (each) => each.rules.has(id) && (each.paths?.ignores(draft.place.file) ?? true) && (each.tags === undefined || tags.some((tag) => each.tags?.has(tag))),
    );
    const level = override?.rules.get(id) ?? rules.get(id) ?? presets?.[settings.preset] ?? (settings.preset === 'strict' ? oneHigher[draft.level] : draft.level);
    return level === 'off' ? undefined : level;
  };
}

function upperCased(rules: Readonly<Record<string, RuleLevel>>): ReadonlyMap<string, RuleLevel> {
  return new Map(Object.entries(rules).map(([id, level]) => [id.toUpperCase(), level]));
}
