import type { CheckedFinding } from '../../model/check.js';
import type { Place } from '../../model/place.js';
import { compareText } from '../../model/place.js';
import type { RuleDoc } from '../../model/rule.js';
import { markdownText } from '../markdown/escape.js';
import { visible } from '../visible.js';
import { lineHashes } from './line-hash.js';
import { aboutOf, levelsByWeight, pathInCheckout, spanOf, type CheckView } from './view.js';

/** GitHub keeps the first 5,000 results of a run; beyond them it is better that the worst are kept, and that it is said. */
const MOST_RESULTS = 5_000;
/** GitHub keeps no more of the locations of a result. */
const MOST_RELATED = 100;
/** GitHub cuts a longer description of a rule. */
const LONGEST_DESCRIPTION = 1_024;

const severities: Readonly<Record<CheckedFinding['level'], string>> = { error: 'error', warning: 'warning', note: 'recommendation' };

/** SARIF 2.1.0 as GitHub's code scanning wants it. What a comment or the baseline excuses stands in it, suppressed. */
export function renderSarif(view: CheckView): string {
  const { document } = view;
  const all = levelsByWeight.flatMap((level) => document.findings.filter((finding) => finding.level === level));
  const kept = all.slice(0, MOST_RESULTS);
  const ids = [...new Set(kept.map((finding) => finding.rule))].sort(compareText);
  const left = all.length - kept.length;
  const hashes = new Map<string, readonly string[]>();
  const run = {
    tool: { driver: { name: 'dag2event', semanticVersion: document.tool_version, rules: ids.map((id) => ruleOf(id, view)) } },
    automationDetails: { id: `dag2event/${encodeURIComponent(document.name)}/` },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The root of the checkout.' } } },
    invocations: [
      {
        executionSuccessful: document.bugs.length === 0 && document.incomplete.length === 0,
        toolExecutionNotifications: [
          ...document.incomplete.map((reason) => ({ level: 'error', message: { text: `Not looked at: ${visible(reason)}` } })),
          ...document.bugs.map((bug) => ({ level: 'error', message: { text: `Bug in rule ${bug.rule}${bug.file === null ? '' : ` at ${visible(bug.file)}`}: ${visible(bug.text)}` } })),
          ...(left > 0 ? [{ level: 'warning', message: { text: `${left} more results are left out: no more than ${MOST_RESULTS} are kept by code scanning.` } }] : []),
        ],
      },
    ],
    results: kept.map((finding) => resultOf(finding, ids.indexOf(finding.rule), view, hashes)),
  };
  return `${JSON.stringify({ $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] }, null, 2)}\n`;
}

function ruleOf(id: string, { rules }: CheckView): object {
  const rule = rules.get(id);
  if (rule === undefined) return { id };
  return {
    id,
    name: nameOf(rule),
    shortDescription: { text: rule.title },
    fullDescription: { text: rule.why.slice(0, LONGEST_DESCRIPTION) },
    help: { text: helpText(rule), markdown: helpMarkdown(rule) },
    defaultConfiguration: { level: rule.level },
    properties: { tags: ['airflow', 'event-driven'], precision: 'high', 'problem.severity': severities[rule.level === 'error' || rule.level === 'note' ? rule.level : 'warning'] },
  };
}

/** The title as one word, as SARIF wants names. */
function nameOf({ title }: RuleDoc): string {
  return title.split(/\W+/).filter((word) => word !== '').map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

function helpText({ why, cure, versions, bad, good }: RuleDoc): string {
  return `${why}\n\nCure: ${cure}\n\nAirflow: ${versions}\n\nBad:\n${bad.source}\nGood:\n${good.source}`;
}

function helpMarkdown({ title, why, cure, versions, bad, good }: RuleDoc): string {
  return `## ${markdownText(title)}\n\n${why}\n\n**Cure.** ${cure}\n\n**Airflow.** ${versions}\n\n### Bad\n\n\`\`\`python\n${bad.source}\`\`\`\n\n### Good\n\n\`\`\`python\n${good.source}\`\`\`\n`;
}

function resultOf(finding: CheckedFinding, ruleIndex: number, view: CheckView, hashes: Map<string, readonly string[]>): object {
  const { rule, level, message, cure, place, related, fingerprint, state, justification, because_of } = finding;
  const { start, end } = spanOf(view, finding);
  const about = aboutOf(finding);
  const hash = hashesOf(place.file, view, hashes)?.[place.line - 1];
  const because = because_of.length === 0 ? '' : ` (by the change of ${because_of.join(', ')})`;
  return {
    ruleId: rule,
    ruleIndex,
    level,
    message: { text: messageText(`${message}${because}. ${cure}`) },
    locations: [
      {
        physicalLocation: { artifactLocation: artifact(place, view), region: { startLine: place.line, startColumn: start, endLine: place.line, endColumn: end } },
        ...(about !== '' && { logicalLocations: [{ fullyQualifiedName: visible(about), kind: finding.task_id === null ? 'module' : 'function' }] }),
      },
    ],
    ...(related.length > 0 && { relatedLocations: related.slice(0, MOST_RELATED).map((other, index) => relatedOf(other, index, view)) }),
    partialFingerprints: { ...(hash !== undefined && { primaryLocationLineHash: hash }), 'dag2event/v1': fingerprint },
    ...(state !== 'new' && { suppressions: [{ kind: state === 'suppressed' ? 'inSource' : 'external', status: 'accepted', justification: visible(justification ?? '') }] }),
  };
}

function relatedOf(place: Place, index: number, view: CheckView): object {
  return {
    id: index + 1,
    message: { text: 'See also' },
    physicalLocation: { artifactLocation: artifact(place, view), region: { startLine: place.line, startColumn: place.column ?? 1 } },
  };
}

/** Brackets would be links in SARIF's messages. */
function messageText(text: string): string {
  return visible(text).replace(/[\\[\]]/g, '\\$&');
}

const loneSurrogates = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function artifact({ file }: Place, view: CheckView): { uri: string; uriBaseId: string } {
  const path = pathInCheckout(view, file).split('/').map((part) => encodeURIComponent(part.replace(loneSurrogates, '\ufffd')));
  return { uri: path.join('/'), uriBaseId: '%SRCROOT%' };
}

function hashesOf(file: string, view: CheckView, known: Map<string, readonly string[]>): readonly string[] | undefined {
  const lines = view.linesOf(file);
  if (lines === undefined) return undefined;
  const hashes = known.get(file) ?? lineHashes(lines.join('\n'));
  known.set(file, hashes);
  return hashes;
}
