import { beforeAll, describe, expect, it } from 'vitest';
import { labelledCases, rates, score, type Scored } from './main.js';

/** Lineage and clock couplings over labelled DAGs; `npm run lineage -- --show` prints what is missed and what is wrong. */
describe('lineage', () => {
  const scored: Scored[] = [];
  beforeAll(async () => {
    for (const each of labelledCases()) scored.push(await score(each));
  });

  it('is labelled over enough cases, all of which are read', () => {
    expect(scored.length).toBeGreaterThanOrEqual(120);
    expect(scored.flatMap(({ name, problems }) => problems.map((problem) => `${name}: ${problem}`))).toEqual([]);
  });

  it('finds what is there and nothing else', () => {
    const all = rates(scored).find(({ name }) => name === 'all');
    expect(all?.precision).toBeGreaterThanOrEqual(0.95);
    expect(all?.recall).toBeGreaterThanOrEqual(0.85);
  });

  it('finds no link in any of the cases that only look like one', () => {
    expect(scored.filter(({ group, wrong }) => group === 'nothing' && wrong.length > 0).map(({ name }) => name)).toEqual([]);
  });
});
