import type { PlanDocument, Stage } from '../../model/plan.js';
import type { PlanFacts } from '../facts/plan-facts.js';

/** A way in which a plan would endanger production, or say what isn't so. */
export interface Violation {
  code: string;
  /** JSON pointer into the plan document. */
  path: string;
  message: string;
  /** How to mend it. */
  mend: string;
}

/** In which phase a stage reaches a mode. */
export interface Progress {
  hybrid?: number;
  event?: number;
}

/** What every invariant looks at. */
export interface Checked {
  plan: PlanDocument;
  facts: PlanFacts;
  stages: ReadonlyMap<string, Stage>;
  stageOf: ReadonlyMap<string, Stage>;
  /** By DAG id. */
  progress: ReadonlyMap<string, Progress>;
  /** The phase in which a DAG begins to announce itself, by DAG id. */
  announcedIn: ReadonlyMap<string, number>;
}

export interface Invariant {
  id: string;
  /** Every code that it can give. */
  codes: readonly string[];
  check(checked: Checked): Violation[];
}

interface Definition<Code extends string> {
  id: string;
  /** Each code with how to mend it. */
  codes: Record<Code, string>;
  check: (checked: Checked, report: (code: Code, path: string, message: string) => void) => void;
}

/** Makes an invariant of its codes and its check. */
export function defineInvariant<Code extends string>({ id, codes, check }: Definition<Code>): Invariant {
  return {
    id,
    codes: Object.keys(codes),
    check(checked) {
      const violations: Violation[] = [];
      check(checked, (code, path, message) => violations.push({ code, path, message, mend: codes[code] }));
      return violations;
    },
  };
}

export function stagePath(index: number, ...rest: (string | number)[]): string {
  return ['', 'stages', index, ...rest].join('/');
}

export function phasePath(index: number, ...rest: (string | number)[]): string {
  return ['', 'phases', index, ...rest].join('/');
}

/** Whether a text says nothing: blank, or a word that stands for nothing. */
export function isEmptyText(text: string): boolean {
  return /^\s*(|-+|none|n\/?a|tbd|todo|nothing|\?+)\s*\.?\s*$/i.test(text);
}

export function contractPath(index: number, ...rest: (string | number)[]): string {
  return ['', 'contracts', index, ...rest].join('/');
}
