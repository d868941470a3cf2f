import { beforeAll, describe, expect, it } from 'vitest';
import { judgePython } from './environment.mjs';
import { compare, corpus, table, type Verdict } from './main.js';

/** The tables that we see read and written, against sqlglot; `npm run sql -- --show` prints where they differ. */
describe('tables in SQL', () => {
  let verdicts: Verdict[] = [];
  beforeAll(async () => {
    verdicts = await compare(judgePython(() => undefined));
  }, 300_000);

  it('are judged over enough statements', () => {
    expect(corpus().length).toBeGreaterThanOrEqual(500);
    expect(verdicts.filter(({ result }) => result !== 'unjudged').length).toBeGreaterThanOrEqual(500);
  });

  it('are the same in each dialect for at least 95 of 100 statements', () => {
    for (const { name, share } of table(verdicts)) expect(share, name).toBeGreaterThanOrEqual(0.95);
  });

  it('are never other ones without a word', () => {
    expect(verdicts.filter(({ result }) => result === 'other')).toEqual([]);
  });
});
