import type { PlanDocument } from '../../model/plan.js';
import { loadAssets } from './assets.js';
import type { TemplateName } from './assets.js';
import { describeChanges } from '../facts/changes.js';
import type { Changes } from '../facts/changes.js';
import { countOf, grouped, percent, sentence } from '../facts/plural.js';
import { describeDuration } from '../facts/duration.js';
import { describeFields, describeSource } from '../facts/source.js';
import { describeHours, describeSeconds } from '../facts/schedule.js';
import { clamp, visible } from '../visible.js';
import * as words from '../words.js';
import { describeConditions } from '../../util/condition-text.js';
import { describeAlternatives } from '../facts/alternatives.js';
import { contentSecurityPolicy } from './csp.js';
import { packDocument, packParts } from './packed/pack.js';
import { code, json, name, place, say } from './safe.js';
import type { SafeHtml } from './safe.js';
import { compileTemplates } from './templates.js';
import type { RenderPart } from './templates.js';
import { effortHours, pageView } from './view/page.js';
import type { PageView } from './view/page.js';
import { meetingTerms } from '../facts/meeting-terms.js';
import { badge, contractLink, dagLink, dagList, evidenceBeside, evidenceList, keys, personWithSource, placesOf, severityBadge, shareBar, who } from './view/parts.js';
import { commonOf, commonTerms } from './view/contracts.js';
import { aboutThis } from './view/shared-texts.js';
import { countByDag } from './view/hazards.js';
import { effectWords, guaranteeWords, signalWords, tierWords } from '../facts/controls.js';
import { partWords } from '../facts/score.js';
import { sampleWeekText } from '../facts/sample-week.js';

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
    describeDuration,
    describeSeconds,
    visible,
    clamp,
    say,
    shared: page.shared.print,
    sharedAbout: page.shared.printAbout,
    long: page.shared.printPacked,
    block: page.shared.block,
    aboutThis,
    code,
    json,
    name,
    place,
    badge,
    severityBadge,
    shareBar,
    dagLink: (dagId: string) => dagLink(dagId, context),
    meetingTerms,
    dagList: (ids: readonly string[]) => dagList(ids, context),
    contractLink: (id: string) => contractLink(id, context),
    person: personWithSource,
    who,
    keys,
    amount: page.sources.print,
    commonOf,
    commonTerms,
    places: (ids: readonly string[]) => placesOf(ids, context),
    countByDag,
    effortHours,
    describeEffort: (hours: number) => countOf(hours, 'hour'),
    guaranteeWords,
    effectWords,
    signalWords,
    tierWords,
    scoreWords: partWords,
    sampleWeekText,
    describeChanges,
    sharedTriage: page.hasSharedTriage,
    evidenceBeside: (ids: readonly string[], claim: string) => evidenceBeside(ids, claim, context),
    evidenceList: (ids: readonly string[]) => evidenceList(ids, context),
    part: (template: TemplateName, locals: object) => render(template, { page, h, ...locals }),
  };
  return h;
}

/** Above this many characters the plans of the DAGs are compressed too: what is in the page at once must stay small. */
const MOST_PLAIN_PLANS = 3_000_000;

interface DagParts {
  /** The DAGs' sections, each with what is in the page at once. */
  readonly sections: SafeHtml;
  readonly chunks: readonly SafeHtml[];
  /** Whether the plans of single DAGs are compressed too. */
  readonly areLarge: boolean;
  /** The chunks that hold the rest of views, by their ids. */
  readonly chunkOf: ReadonlyMap<string, number>;
}

/** The sections of DAGs: their plans as they are, all else about them compressed. */
function dagParts(page: PageView, render: RenderPart, h: object): DagParts {
  const plain = page.dags.map((view) => render('dag-plan', { page, h, view }));
  const areLarge = plain.reduce((sum, { html }) => sum + html.length, 0) > MOST_PLAIN_PLANS;
  if (areLarge) {
    page.shared.sharePacked();
    for (const view of page.dags) render('dag-rest', { page, h, view });
  }
  page.shared.startSharing();
  const dags = page.dags.map((view): [string, string] => {
    const { html } = render('dag-rest', { page, h, view });
    return [view.anchor, areLarge ? render('dag-plan', { page, h, view }).html + html : html];
  });
  const charts = page.charts.map((chart) => render('chart', { page, h, chart }).html).join('');
  const pack = packParts([...dags, ['hazards', render('hazard-rules', { page, h, isWhole: true }).html], ['charts', charts]]);
  const sections = page.dags.map((view) => {
    const content = areLarge ? name(view.dag.dag_id) : render('dag-plan', { page, h, view });
    return render('dag', { view, content, chunk: pack.chunkOf.get(view.anchor) ?? 0 });
  });
  return { sections: { html: sections.map(({ html }) => html).join('') }, chunks: pack.chunks, areLarge, chunkOf: pack.chunkOf };
}

/** Line breaks before the tags of blocks mean nothing, and there are thousands. */
const betweenBlocks = />\n+(?=<\/?(?:p|ul|ol|li|dl|dt|dd|div|section|article|details|summary|h[1-6]|table|caption|thead|tbody|tr|t[dh])\b)/g;

/** Renders a plan as one self-contained HTML file. */
export async function renderHtml(plan: PlanDocument, changes?: Changes): Promise<string> {
  const assets = loadAssets();
  const part = compileTemplates(assets);
  const page = await pageView(plan, changes);
  const policy = contentSecurityPolicy(assets);
  const h = helpersOf(page, part);
  const { sections, chunks, ...rest } = dagParts(page, part, h);
  const whole = part('page', { page, h, policy, dags: sections, chunks, ...rest, document: packDocument(plan), style: { html: assets.style }, script: { html: assets.script } }).html;
  return whole.replace(betweenBlocks, '>');
}
