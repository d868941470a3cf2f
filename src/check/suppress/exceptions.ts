import type { Finding } from '../../model/analysis.js';
import type { BaselineEntry, CheckedFinding } from '../../model/check.js';
import type { FindingDraft } from '../rules/rule.js';
import type { BrokenDirective, Directive } from './directive.js';
import type { exceptionRules } from './rules.js';
import { brokenSuppression, expiredException, unusedBaseline, unusedSuppression } from './rules.js';

export type ExceptionRule = (typeof exceptionRules)[number];

/** Something that is wrong with an exception, before it has a level. */
export interface ExceptionDraft {
  readonly rule: ExceptionRule;
  readonly draft: FindingDraft;
}

export interface Exceptions {
  readonly directives: readonly (Directive | BrokenDirective)[];
  readonly baseline: { readonly file: string; readonly entries: readonly (BaselineEntry & { readonly line: number })[] };
  /** YYYY-MM-DD. */
  readonly today: string;
  /** Rules that can be suppressed; `off` ones say nothing about what is used. */
  readonly known: ReadonlySet<string>;
  readonly isOff: (rule: string) => boolean;
}

/** Applies comments, then the baseline. What has no effect is told. */
export function applyExceptions(findings: readonly Finding[], exceptions: Exceptions): { findings: CheckedFinding[]; drafts: ExceptionDraft[] } {
  const bySource = new SourceExceptions(exceptions);
  const byBaseline = new BaselineExceptions(exceptions);
  const checked = findings.map((finding): CheckedFinding => {
    const plain = { ...finding, because_of: [] };
    const suppressed = bySource.reasonFor(finding);
    const known = byBaseline.reasonFor(finding);
    if (suppressed !== undefined) return { ...plain, state: 'suppressed', justification: suppressed };
    return known === undefined ? { ...plain, state: 'new', justification: null } : { ...plain, state: 'baseline', justification: known };
  });
  return { findings: checked, drafts: [...bySource.drafts(), ...byBaseline.drafts()] };
}

/** What the comments in files suppress. */
class SourceExceptions {
  readonly #byFile = new Map<string, Directive[]>();
  readonly #used = new Set<string>();

  constructor(private readonly exceptions: Exceptions) {
    for (const directive of exceptions.directives) {
      if (directive.kind === 'broken') continue;
      this.#byFile.set(directive.file, [...(this.#byFile.get(directive.file) ?? []), directive]);
    }
  }

  reasonFor({ rule, place }: Finding): string | undefined {
    let reason: string | undefined;
    for (const directive of this.#byFile.get(place.file) ?? []) {
      const isHere = directive.kind === 'ignore-file' || (directive.from <= place.line && place.line <= directive.to);
      if (!isHere || !directive.rules.includes(rule)) continue;
      this.#used.add(useOf(directive, rule));
      if (!isOver(directive.until, this.exceptions.today)) reason ??= withOwner(directive.reason, directive.owner);
    }
    return reason;
  }

  drafts(): ExceptionDraft[] {
    return this.exceptions.directives.flatMap((directive) => {
      if (directive.kind === 'broken') return [broken(directive, directive.text)];
      return directive.rules.flatMap((rule) => this.#draftsOf(directive, rule));
    });
  }

  #draftsOf(directive: Directive, rule: string): ExceptionDraft[] {
    const { known, isOff, today } = this.exceptions;
    if (!known.has(rule)) return [broken(directive, `no check rule has the id ${rule}`)];
    const place = { file: directive.file, line: directive.line };
    const subject = `${rule} ${directive.reason}`;
    if (this.#used.has(useOf(directive, rule))) {
      if (!isOver(directive.until, today)) return [];
      return [{ rule: expiredException, draft: draftOf(expiredException, subject, `the suppression of ${rule} held until ${directive.until ?? ''}: ${directive.reason}`, place) }];
    }
    if (isOff(rule)) return [];
    return [{ rule: unusedSuppression, draft: draftOf(unusedSuppression, subject, `${rule} reports nothing here: the suppression (${directive.reason}) has no effect`, place) }];
  }
}

/** What the baseline knows. */
class BaselineExceptions {
  readonly #entries: ReadonlyMap<string, BaselineEntry & { readonly line: number }>;
  readonly #used = new Set<string>();

  constructor(private readonly exceptions: Exceptions) {
    this.#entries = new Map(exceptions.baseline.entries.map((entry) => [entry.fingerprint, entry]));
  }

  reasonFor({ fingerprint }: Finding): string | undefined {
    const entry = this.#entries.get(fingerprint);
    if (entry === undefined) return undefined;
    this.#used.add(fingerprint);
    return isOver(entry.expires, this.exceptions.today) ? undefined : withOwner(entry.reason ?? 'known by the baseline', entry.owner);
  }

  drafts(): ExceptionDraft[] {
    const { baseline, today, isOff } = this.exceptions;
    return [...this.#entries.values()].flatMap((entry) => {
      const place = { file: baseline.file, line: entry.line };
      const about = `${entry.rule}${entry.dag_id === null ? '' : ` at ${[entry.dag_id, entry.task_id].filter((each) => each !== null).join('.')}`}`;
      if (this.#used.has(entry.fingerprint)) {
        if (!isOver(entry.expires, today)) return [];
        return [{ rule: expiredException, draft: draftOf(expiredException, entry.fingerprint, `the baseline entry for ${about} held until ${entry.expires ?? ''}`, place) }];
      }
      if (isOff(entry.rule)) return [];
      return [{ rule: unusedBaseline, draft: draftOf(unusedBaseline, entry.fingerprint, `the finding of ${about} is gone: ${entry.message}`, place) }];
    });
  }
}

function useOf({ file, line }: Directive, rule: string): string {
  return `${file}:${line} ${rule}`;
}

function broken({ file, line }: Directive | BrokenDirective, text: string): ExceptionDraft {
  return { rule: brokenSuppression, draft: draftOf(brokenSuppression, text, `the comment suppresses nothing: ${text}`, { file, line }) };
}

function draftOf(rule: ExceptionRule, subject: string, message: string, place: { file: string; line: number }): FindingDraft {
  return { level: rule.doc.level, dag_id: null, task_id: null, subject, message, place, related: [] };
}

function isOver(day: string | undefined, today: string): boolean {
  return day !== undefined && day < today;
}

function withOwner(reason: string, owner: string | undefined): string {
  return owner === undefined ? reason : `${reason} (${owner})`;
}
