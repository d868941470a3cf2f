import type { PlanDocument } from '../../../model/plan.js';
import { clamp, visible } from '../../visible.js';
import { html, say } from '../safe.js';
import type { SafeHtml } from '../safe.js';

/**
 * Texts that many DAGs share: a page of hundreds of DAGs would be mostly repetition. Each stands once, at the end of the
 * page, and its first words lead there. The page's script writes them out in the view that is read.
 */
export interface SharedTexts {
  /** The text, or a link to it where it is shared. */
  print: (text: string) => SafeHtml;
  /** The texts that were linked so far, with their ids. */
  used: () => readonly { readonly id: string; readonly text: string }[];
}

/** Shorter texts, and those of fewer places, cost less than a link to them. */
const SHORTEST = 90;
const FEWEST = 3;
const LABEL = 36;

function countTexts(value: unknown, counts: Map<string, number>): void {
  if (typeof value === 'string') {
    if (value.length >= SHORTEST) counts.set(value, (counts.get(value) ?? 0) + 1);
  } else if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) countTexts(part, counts);
  }
}

export function sharedTextsOf({ stages, contracts, phases, analysis }: PlanDocument): SharedTexts {
  const counts = new Map<string, number>();
  countTexts([stages, contracts, phases, analysis.hazards, analysis.candidates, analysis.fan_ins], counts);
  const used = new Map<string, string>();
  const idOf = (text: string): string => {
    const id = used.get(text) ?? `text-${used.size + 1}`;
    used.set(text, id);
    return id;
  };
  return {
    print: (text) => {
      if ((counts.get(text) ?? 0) < FEWEST) return say(text);
      return html`<a class="shared" href="#${idOf(text)}">${say(clamp(visible(text), LABEL))}</a>`;
    },
    used: () => [...used].map(([text, id]) => ({ id, text })),
  };
}
