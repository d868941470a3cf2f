import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inferAnalysis } from '../../../src/infer/infer.js';
import type { TriggerCandidate } from '../../../src/model/analysis.js';
import { graphOfSource } from '../../support/graph.js';

/**
 * DAG files that say in their first comments which candidates they give: `# expect TASK KIND CONFIDENCE FIELD=VALUE ...`,
 * `-` for the DAG as a whole, `_` for a space in a value.
 */
const folder = new URL('../../../fixtures/sources/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.py'));

function expectedIn(source: string): string[] {
  return [...source.matchAll(/^# expect (.+)$/gm)].map((match) => match[1] ?? '').sort();
}

function asText(candidate: TriggerCandidate): string {
  const fields = Object.entries(candidate.fields).map(([name, value]) => `${name}=${value.replaceAll(' ', '_')}`);
  return [candidate.task_id ?? '-', candidate.source_kind, candidate.confidence, ...fields].join(' ');
}

describe('source fixtures', () => {
  it('are there', () => {
    expect(files.length).toBeGreaterThanOrEqual(5);
  });

  it.each(files)('%s gives the candidates that it expects', async (name) => {
    const source = readFileSync(new URL(name, folder), 'utf8');
    const graph = await graphOfSource({ [name]: source }, { airflowVersion: '3.2.2' });
    expect(inferAnalysis(graph).candidates.map(asText).sort()).toEqual(expectedIn(source));
  });
});
