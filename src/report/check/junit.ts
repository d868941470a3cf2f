import { compareText } from '../../model/place.js';
import type { CheckedFinding } from '../../model/check.js';
import { visible } from '../visible.js';
import { aboutOf, byFile, countingFindings, pathInCheckout, type CheckView } from './view.js';

/** JUnit's XML: a suite for each file with findings, a case for each finding. Notes are no failures. */
export function renderJunit(view: CheckView): string {
  const findings = countingFindings(view);
  const files = byFile(findings).sort(([a], [b]) => compareText(a, b));
  const problems = problemCases(view);
  const suites = [...files.map(([file, own]) => suite(pathInCheckout(view, file), own, view)), ...(problems.length === 0 ? [] : [suiteElement('dag2event', problems, problems.length, 0)])];
  const passed = suites.length === 0 ? [suiteElement('dag2event', ['    <testcase classname="dag2event" name="no findings" time="0"/>'], 0, 0)] : suites;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${passed.join('\n')}\n</testsuites>\n`;
}

function suite(path: string, findings: readonly CheckedFinding[], view: CheckView): string {
  const failures = findings.filter((finding) => finding.level !== 'note').length;
  return suiteElement(path, findings.map((finding) => testCase(path, finding, view)), 0, failures);
}

function suiteElement(name: string, cases: readonly string[], errors: number, failures: number): string {
  // JUnit's schema wants a time and a host; neither says anything here, and the same input gives the same bytes.
  const counts = `tests="${cases.length}" failures="${failures}" errors="${errors}" skipped="0" time="0" timestamp="1970-01-01T00:00:00" hostname="localhost"`;
  return [`  <testsuite name="${attribute(name)}" ${counts}>`, ...cases, '  </testsuite>'].join('\n');
}

function testCase(path: string, finding: CheckedFinding, view: CheckView): string {
  const { rule, level, place, message, cure } = finding;
  const about = aboutOf(finding);
  const name = `${rule} ${view.rules.get(rule)?.title ?? ''}${about === '' ? '' : ` (${about})`}, line ${place.line}`;
  const open = `    <testcase classname="${attribute(path)}" name="${attribute(name)}" time="0"`;
  const text = `${path}:${place.line}: ${message}\n${cure}`;
  if (level === 'note') return `${open}>\n      <system-out>${content(text)}</system-out>\n    </testcase>`;
  return `${open}>\n      <failure type="${attribute(rule)}" message="${attribute(message)}">${content(text)}</failure>\n    </testcase>`;
}

/** What could not be looked at, and rules that failed: errors, not failures. */
function problemCases({ document: { bugs, incomplete } }: CheckView): string[] {
  const problems = [
    ...bugs.map((bug) => ({ type: 'bug', name: `rule ${bug.rule}${bug.file === null ? '' : ` at ${bug.file}`}`, text: bug.text })),
    ...incomplete.map((reason) => ({ type: 'incomplete', name: `not looked at: ${reason}`, text: reason })),
  ];
  return problems.map(
    ({ type, name, text }) =>
      `    <testcase classname="dag2event" name="${attribute(name)}" time="0">\n      <error type="${type}" message="${attribute(text)}">${content(text)}</error>\n    </testcase>`,
  );
}

/** Text that XML 1.0 can hold: `visible` has made control characters and lone surrogates into marks. */
function content(text: string): string {
  return text.split('\n').map(visible).join('\n').replace(/[\ufffe\uffff]/g, '\ufffd').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function attribute(text: string): string {
  return content(visible(text)).replaceAll('"', '&quot;').replaceAll("'", '&apos;');
}
