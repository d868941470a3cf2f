import { scaleLinear } from 'd3-scale';
import { html } from '../safe.js';
import type { SafeHtml } from '../safe.js';

/** A chart of the page: its numbers stand in the table, and the drawing says the same. */
export interface Chart {
  readonly id: string;
  /** Says what is to be seen, not only what is drawn. */
  readonly title: string;
  readonly note: string;
  readonly legend: readonly { readonly kind: string; readonly word: string }[];
  readonly drawing: SafeHtml;
  readonly head: readonly string[];
  readonly rows: readonly { readonly label: SafeHtml; readonly bars: SafeHtml | null; readonly cells: readonly SafeHtml[] }[];
  /** What was left out, in a sentence; empty when nothing was. */
  readonly left: string;
}

export interface BarPart {
  readonly kind: string;
  readonly value: number;
}

const BAR_HEIGHT = 10;

/** Bars of one row, each a stack of parts, on a scale that all rows share. */
export function barsOf(stacks: readonly (readonly BarPart[])[], most: number): SafeHtml {
  const scale = scaleLinear([0, Math.max(most, Number.MIN_VALUE)], [0, 100]);
  const step = BAR_HEIGHT + 2;
  const rows = stacks.flatMap((parts, row) => {
    let start = 0;
    return parts.flatMap(({ kind, value }) => {
      if (value === 0) return [];
      const x = scale(start);
      start += value;
      return [html`<rect class="s-${kind}" x="${x.toFixed(2)}" y="${row * step}" width="${Math.max(scale(value), 0.4).toFixed(2)}" height="${BAR_HEIGHT}"/>`];
    });
  });
  const height = stacks.length * step - 2;
  return html`<svg class="bars" viewBox="0 0 100 ${height}" height="${height}" preserveAspectRatio="none" aria-hidden="true">${rows}</svg>`;
}
