import { grouped } from '../../facts/plural.js';
import { severityWords } from '../../words.js';
import type { Evidence } from '../../../model/analysis.js';
import type { Person } from '../../../model/controls.js';
import type { Place } from '../../../model/place.js';
import { code, html, name, nothing, place, say } from '../safe.js';
import type { SafeHtml } from '../safe.js';
import type { PlanContext } from './context.js';

/** Small pieces that every template uses. */

/** A word with its sign, so that colour is never the only carrier. `kind` names the sign and the colour. */
export function badge(kind: string, word: string): SafeHtml {
  return html`<span class="badge b-${kind}">${word}</span>`;
}

export function severityBadge(severity: keyof typeof severityWords, count?: number): SafeHtml {
  return badge(severity, count === undefined ? severityWords[severity] : `${count} ${severityWords[severity]}`);
}

/** A DAG's name, linked to its section when it has one. */
export function dagLink(dagId: string, context: PlanContext): SafeHtml {
  const anchor = context.anchors(dagId);
  return anchor === undefined
    ? html`<span class="id">${name(dagId)}</span>`
    : html`<a href="#${anchor}">${name(dagId)}</a>`;
}

const LONGEST_SOURCE_LINE = 240;

/** The lines of code that support a claim, each place once, with what is read from it. An id that leads nowhere is said. */
export function evidenceList(ids: readonly string[], context: PlanContext): SafeHtml {
  const byPlace = new Map<string, Evidence[]>();
  for (const evidence of ids.flatMap((id) => context.evidence.get(id) ?? [])) {
    const key = `${evidence.place.file}:${evidence.place.line}`;
    byPlace.set(key, [...(byPlace.get(key) ?? []), evidence]);
  }
  const items = [...byPlace.values()].flatMap((all) => {
    const [first] = all;
    if (first === undefined) return [];
    const line = first.line === undefined ? nothing : html`<code class="source">${say(first.line)}</code>`;
    const said = [...new Set(all.map(({ text }) => text.trim().replace(/\s+/g, ' ')))];
    return [html`<li>${place(first.place)}${line}${said.map((text) => html`<span class="said">${say(text, LONGEST_SOURCE_LINE)}</span>`)}</li>`];
  });
  const missing = ids.filter((id) => !context.evidence.has(id)).map((id) => html`<li>missing evidence ${name(id)}</li>`);
  return html`<ul class="evidence">${items}${missing}</ul>`;
}

/** An event's name, linked to its contract. */
export function contractLink(id: string, context: PlanContext): SafeHtml {
  const anchor = context.contractAnchors.get(id);
  const event = context.eventNames.get(id) ?? id;
  return anchor === undefined ? html`<span class="id">${name(event)}</span>` : html`<a href="#${anchor}">${name(event)}</a>`;
}

/** Who answers for something, without where that is written. */
export function who({ name: person, origin }: Person): SafeHtml {
  return origin === 'missing' ? html`<em>nobody is named</em>` : say(person);
}

/** A list of more DAGs is read as the table of DAGs. */
const MOST_LISTED = 300;

/** DAGs in one line, linked. */
export function dagList(ids: readonly string[], context: PlanContext): SafeHtml {
  const links = ids.slice(0, MOST_LISTED).map((id, index) => (index === 0 ? dagLink(id, context) : html`, ${dagLink(id, context)}`));
  const rest = ids.length - MOST_LISTED;
  return html`<p class="id-list">${links}${rest > 0 ? html` and ${grouped(rest)} more` : nothing}</p>`;
}

const LONGEST_SOURCE = 160;

/** Who answers for something, and where that is written. */
export function personWithSource(person: Person): SafeHtml {
  if (person.origin === 'missing') return html`<em>nobody is named: the plan asks</em>`;
  return html`${say(person.name)} <span class="muted">(${say(person.source, LONGEST_SOURCE)})</span>`;
}

/** Fields that make up a key. */
export function keys(fields: readonly string[]): SafeHtml {
  return html`${fields.map((field, index) => (index === 0 ? code(field, 120) : html` + ${code(field, 120)}`))}`;
}

/** The places of evidence, each once. */
export function placesOf(ids: readonly string[], context: PlanContext): Place[] {
  const places = ids.flatMap((id) => context.evidence.get(id)?.place ?? []);
  return [...new Map(places.map((each) => [`${each.file}:${each.line}`, each])).values()];
}

/** Evidence in the same line as what it supports: places, with their text where that says more. */
export function evidenceBeside(ids: readonly string[], claim: string, context: PlanContext): SafeHtml {
  const items = ids.map((id, index) => {
    const evidence = context.evidence.get(id);
    const gap = index === 0 ? nothing : html` `;
    if (evidence === undefined) return html`${gap}missing evidence ${name(id)}`;
    if (claim.includes(evidence.text)) return html`${gap}${place(evidence.place)}`;
    return html`${gap}<span class="sub">${place(evidence.place)} ${say(evidence.text.trim().replace(/\s+/g, ' '), LONGEST_SOURCE_LINE)}</span>`;
  });
  return html`${items}`;
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
