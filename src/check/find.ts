import type { Finding } from '../model/analysis.js';
import type { CheckSettings, RuleBug } from '../model/check.js';
import { comparePlaces, compareText } from '../model/place.js';
import { fingerprintOf } from './fingerprint.js';
import { levelsBy, type LevelOf } from './levels.js';
import { narrowTo, placesOf } from './narrow.js';
import type { CheckRule, Estate, FindingDraft } from './rules/rule.js';

interface Drafted {
  readonly rule: Omit<CheckRule, 'find'>;
  readonly draft: FindingDraft;
}

/** What all rules find, at the levels that are asked for. A rule that fails takes none of the others with it. */
export function findAll(rules: readonly CheckRule[], estate: Estate, settings: CheckSettings): { findings: Finding[]; bugs: RuleBug[] } {
  const results = rules.map((rule) => runRule(rule, estate));
  const levelOf = levelsBy(settings);
  const drafts = results.flatMap((result) => result.drafts);
  return { findings: identified(drafts, levelOf, estate), bugs: results.flatMap(({ bugs }) => bugs) };
}

function runRule(rule: CheckRule, estate: Estate): { drafts: Drafted[]; bugs: RuleBug[] } {
  const found = attempt(rule, estate);
  if (found.kind === 'drafts') return { drafts: found.drafts, bugs: [] };
  // By files, so that one of them costs only itself.
  const drafts: Drafted[] = [];
  const bugs: RuleBug[] = [];
  for (const file of placesOf(estate.analysis)) {
    const part = attempt(rule, narrowTo(estate, file));
    if (part.kind === 'drafts') drafts.push(...part.drafts);
    else bugs.push({ rule: rule.doc.id, file, text: part.text });
  }
  return { drafts, bugs: bugs.length > 0 ? bugs : [{ rule: rule.doc.id, file: null, text: found.text }] };
}

function attempt(rule: CheckRule, estate: Estate): { kind: 'drafts'; drafts: Drafted[] } | { kind: 'bug'; text: string } {
  try {
    return { kind: 'drafts', drafts: rule.find(estate).map((draft) => ({ rule, draft })) };
  } catch (error) {
    return { kind: 'bug', text: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}

/** Findings with one identity at one place are one; at several places they are counted, by place. */
export function identified(drafts: readonly Drafted[], levelOf: LevelOf, estate: Estate): Finding[] {
  const seen = new Map<string, number>();
  const places = new Set<string>();
  return [...drafts].sort(compareDrafts).flatMap(({ rule, draft }) => {
    const { subject, cure, ...rest } = draft;
    const identity = { rule: rule.doc.id, dag_id: draft.dag_id, task_id: draft.task_id, subject };
    const key = JSON.stringify(identity);
    const placed = `${key} ${draft.place.file}:${draft.place.line}`;
    if (places.has(placed)) return [];
    places.add(placed);
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    const tags = draft.dag_id === null ? [] : (estate.dag(draft.dag_id)?.tags ?? []);
    const level = levelOf({ id: rule.doc.id, presets: rule.presets }, draft, tags);
    if (level === undefined) return [];
    return [{ rule: rule.doc.id, ...rest, level, cure: cure ?? rule.doc.cure, fingerprint: fingerprintOf(identity, count) }];
  });
}

function compareDrafts(a: Drafted, b: Drafted): number {
  return comparePlaces(a.draft.place, b.draft.place) || compareText(a.rule.doc.id, b.rule.doc.id) || compareText(a.draft.message, b.draft.message);
}

