import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';

/** What real Airflow did (`npm run conformance:queue`), and the sentences about it that the product says. */

const Steps = z.array(z.object({ after: z.string(), runs: z.record(z.string(), z.array(z.array(z.int()))), queued: z.array(z.string()) }));

function stepsOf(version: string) {
  const steps = Steps.parse(JSON.parse(readFileSync(new URL(`asset-queue/expected/${version}.json`, import.meta.url), 'utf8')));
  return (after: string) => {
    const found = steps.find((step) => step.after === after);
    if (!found) throw new Error(`no step ${after}`);
    return found;
  };
}

describe.each(['2.11.2', '3.2.2'])('the asset queue of Airflow %s', (version) => {
  const step = stepsOf(version);

  it('makes one run of a burst, with the events up to the first (H2)', () => {
    expect(step('a look of the scheduler').runs['one']).toEqual([[1]]);
    expect(step('another look, no event').runs['one']).toEqual([[1]]);
  });

  it('gives the rest of a burst to the run of the next event', () => {
    expect(step('event 5 of a while runs are active, a look').runs['one']).toEqual([[1], [2, 3, 5]]);
  });

  it('waits for all without a limit, and carries what came before the last leg (H3)', () => {
    expect(step('a look of the scheduler').queued).toEqual(['all']);
    expect(step('event 4 of b, a look').runs['all']).toEqual([[1, 2, 3, 4]]);
  });

  it('leaves all but the first event of the time of a run behind with max_active_runs=1 (H7)', () => {
    expect(step('event 6 of a, all runs end, a look').runs['limited']).toEqual([[1], [2, 3, 5]]);
    expect(step('event 7 of a, all runs end, a look').runs['limited']).toEqual([[1], [2, 3, 5], [6, 7]]);
  });

  it('starts nothing for events of a pause, and gives the first run all of them (H5, H6)', () => {
    expect(step('`paused` is unpaused, a look').runs['paused']).toEqual([]);
    expect(step('event 7 of a, all runs end, a look').runs['paused']).toEqual([[1, 2, 3, 5, 6, 7]]);
  });
});

it('holds partitions apart, and carries doubled updates of one that waits', () => {
  const step = stepsOf('3.2.2');
  expect(step('events 8, 9 of a for mon, 10 of a for tue, 11 of b for mon, a look').runs['parts']).toEqual([[8, 9, 11]]);
  expect(step('event 12 of a for mon, a look').runs['parts']).toEqual([[8, 9, 11]]);
});
