import { severityWords } from '../../words.js';
import { html, name, place } from '../safe.js';
import type { SafeHtml } from '../safe.js';
import type { PlanContext } from './context.js';

/** Small pieces that every template uses. */

/** A word with its sign, so that colour is never the only carrier. `kind` names the sign and the colour. */
export function badge(kind: string, word: string): SafeHtml {
  return html`<span class="badge b-${kind}"><svg aria-hidden="true" width="13" height="13"><use href="#i-${kind}"/></svg>${word}</span>`;
}

export function severityBadge(severity: keyof typeof severityWords, count?: number): SafeHtml {
  return badge(severity, count === undefined ? severityWords[severity] : `${count} ${severityWords[severity]}`);
}

/** A DAG's name, linked to its section when it has one. */
export function dagLink(dagId: string, context: PlanContext): SafeHtml {
  const anchor = context.anchors(dagId);
  return anchor === undefined
    ? html`<span class="id">${name(dagId)}</span>`
    : html`<a class="id" href="#${anchor}">${name(dagId)}</a>`;
}

const LONGEST_SOURCE_LINE = 240;

/** A source line that supports a claim, with its place. An id that leads nowhere is said, not hidden. */
export function evidenceItem(id: string, context: PlanContext): SafeHtml {
  const evidence = context.evidence.get(id);
  if (evidence === undefined) return html`<li>missing evidence ${name(id)}</li>`;
  return html`<li>${place(evidence.place)}<code class="source">${name(evidence.text.trim(), LONGEST_SOURCE_LINE)}</code></li>`;
}

export interface Segment {
  readonly kind: string;
  readonly count: number;
}

/** A bar of shares. The numbers beside it say the same. */
export function shareBar(segments: readonly Segment[]): SafeHtml {
  const total = segments.reduce((sum, segment) => sum + segment.count, 0);
  const shown = segments.filter((segment) => segment.count > 0);
  const gap = 0.8;
  const room = 100 - gap * Math.max(0, shown.length - 1);
  let left = 0;
  const bars = shown.map(({ kind, count }) => {
    const width = (count / total) * room;
    const bar = html`<rect class="s-${kind}" x="${left.toFixed(2)}" y="0" width="${width.toFixed(2)}" height="8"/>`;
    left += width + gap;
    return bar;
  });
  return html`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">${bars}</svg>`;
}
