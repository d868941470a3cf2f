import { createHash } from 'node:crypto';
import { checkDocumentOf } from '../../src/check/document.js';
import type { CheckDocument, CheckedFinding } from '../../src/model/check.js';
import { CheckDocument as Shape } from '../../src/model/check.js';
import type { CheckView } from '../../src/report/check/view.js';
import { ruleCatalog } from '../../src/rules.js';
import { inferAnalysis } from '../../src/infer/infer.js';
import { graph } from '../unit/infer/graph.js';

/** A finding with everything at its plainest. */
export function finding(more: Partial<CheckedFinding> = {}): CheckedFinding {
  const plain: CheckedFinding = {
    rule: 'D2E003',
    level: 'warning',
    dag_id: 'load',
    task_id: 'wait',
    message: 'wait (FileSensor) can hold a worker slot for 7 days',
    cure: 'Use deferrable=True',
    place: { file: 'dags/load.py', line: 3 },
    related: [],
    fingerprint: createHash('sha256').update(JSON.stringify(more)).digest('hex').slice(0, 32),
    state: 'new',
    justification: null,
    because_of: [],
  };
  return { ...plain, ...more };
}

/** A document with these findings, judged. */
export function checkOf(findings: CheckedFinding[], more: Partial<CheckDocument> = {}): CheckDocument {
  const document = checkDocumentOf({
    analysis: inferAnalysis(graph([])),
    now: { findings, bugs: more.bugs ?? [] },
    before: undefined,
    scope: { kind: 'all', reason: '' },
    prefix: '',
    incomplete: more.incomplete ?? [],
    gate: { failOn: 'error' },
  });
  return Shape.parse({ ...document, ...more });
}

/** What a renderer sees, with the same text in every file. */
export function viewOf(document: CheckDocument, text?: string): CheckView {
  const lines = text?.split('\n');
  return { document, rules: new Map(ruleCatalog().map((rule) => [rule.id, rule])), linesOf: () => lines, shownPrefix: '' };
}

/** Names that try to get out of whatever they are put into. */
export const hostileNames: readonly string[] = [
  '::error file=x::owned',
  '##[error]owned',
  '##vso[task.complete]',
  'a\n::set-output name=x::y',
  'a\r\n::stop-commands::t',
  '%0A::error::x',
  '\u001b[31mred\u001b]0;title\u0007',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  ']]>&xxe;<!ENTITY',
  '@everyone @org/team #1 GH-1',
  '[link](javascript:alert(1)) ![x](http://evil.example/x.png)',
  '| a | b |\n|---|',
  '`code` ``more`` **bold**',
  '--> <!-- dag2event:other -->',
  '{{ ds }} ${{ secrets.X }} $(id) `id`',
  '\u202egnp.exe\u2066 \ufeff\u200b',
  'a,b:c%d',
  '\ud800 lone \udc00',
  '\u0000\u0001\u000b\ufffe\uffff',
  ' leading and trailing ',
  '../../etc/passwd',
  'naïve 例 👩‍👩‍👧.py',
  'x'.repeat(5_000),
];
