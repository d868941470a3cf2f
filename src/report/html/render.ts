import type { PlanDocument } from '../../model/plan.js';
import { loadAssets } from './assets.js';
import type { TemplateName } from './assets.js';
import { countOf, grouped, percent, sentence } from '../facts/plural.js';
import { describeFields, describeSource } from '../facts/source.js';
import { describeHours, describeSeconds } from '../facts/schedule.js';
import { clamp, visible } from '../visible.js';
import * as words from '../words.js';
import { describeConditions } from '../../util/condition-text.js';
import { describeAlternatives } from '../facts/alternatives.js';
import { contentSecurityPolicy } from './csp.js';
import { code, json, name, place, say } from './safe.js';
import { compileTemplates } from './templates.js';
import type { RenderPart } from './templates.js';
import { pageView } from './view/page.js';
import type { PageView } from './view/page.js';
import { meetingTerms } from '../facts/meeting-terms.js';
import { badge, dagLink, evidenceItem, severityBadge, shareBar } from './view/parts.js';

/**
 * The report: one HTML file without a single request, readable without JavaScript, under a policy that runs only its
 * own style and script. Repository text reaches it through `escapeHtml` alone.
 */

/** What templates call; `part` renders another template with the same helpers. */
function helpersOf(page: PageView, render: RenderPart): object {
  const { context } = page;
  const h: Record<string, unknown> = {
    words,
    describeConditions,
    describeAlternatives,
    countOf,
    grouped,
    percent,
    sentence,
    describeFields,
    describeSource,
    describeHours,
    describeSeconds,
    visible,
    clamp,
    say,
    shared: page.shared.print,
    code,
    json,
    name,
    place,
    badge,
    severityBadge,
    shareBar,
    dagLink: (dagId: string) => dagLink(dagId, context),
    meetingTerms,
    evidenceItem: (id: string) => evidenceItem(id, context),
    part: (template: TemplateName, locals: object) => render(template, { page, h, ...locals }),
  };
  return h;
}

/** Renders a plan as one self-contained HTML file. */
export async function renderHtml(plan: PlanDocument): Promise<string> {
  const assets = loadAssets();
  const part = compileTemplates(assets);
  const page = await pageView(plan);
  const policy = contentSecurityPolicy(assets);
  return part('page', { page, h: helpersOf(page, part), policy, style: { html: assets.style }, script: { html: assets.script } }).html;
}
