import type { Quantity } from '../../../model/controls.js';
import { amountOf } from '../../facts/controls.js';
import { html } from '../safe.js';
import type { SafeHtml } from '../safe.js';

/** Numbers with a word for where each comes from, which leads to the whole answer: many numbers share one source. */
export interface NumberSources {
  print: (quantity: Quantity) => SafeHtml;
  /** The sources that were linked so far, with their ids. */
  used: () => readonly { readonly id: string; readonly origin: Quantity['origin']; readonly source: string }[];
}

export function numberSourcesOf(): NumberSources {
  const used = new Map<string, { id: string; origin: Quantity['origin']; source: string }>();
  return {
    print: ({ value, unit, origin, source: given }) => {
      // `retries: retries of the task`: the name once is enough.
      const source = given.replace(/^(\w+): (?=\1 )/, '');
      const key = `${origin} ${source}`;
      const entry = used.get(key) ?? { id: `n${used.size + 1}`, origin, source };
      used.set(key, entry);
      return html`<b>${amountOf(value, unit)} <a href="#${entry.id}">${origin}</a></b>`;
    },
    used: () => [...used.values()],
  };
}
