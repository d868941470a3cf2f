/** What Airflow's queue of asset events does with the legs of a schedule. */
export interface QueueTerms {
  window: string;
  lateness: string;
  partial: string;
  duplicates: string;
}

const noWindow = 'none: an update counts until a run has taken it, however old it is';

/**
 * By how the assets of a schedule are joined. Observed in Airflow 2.11.2 and 3.2.2 with their own asset manager and
 * scheduler (`test/conformance/asset-queue`): the queue has one row for an asset and a DAG, made by the first update; a
 * run takes the updates up to the newest of these rows and removes them.
 */
export const queueTerms: Readonly<Record<'all' | 'any' | 'mixed' | 'partitioned', QueueTerms>> = {
  all: {
    window: noWindow,
    lateness: 'there is no late: the run starts with the last leg, and a leg that comes after it counts for the next run',
    partial: 'no run; what has come stays queued without a limit, and nobody is told.',
    duplicates: 'further updates of a leg start nothing; the run carries those of before the last leg was first updated, later ones come along with the next run',
  },
  any: {
    window: noWindow,
    lateness: 'there is no late: each update starts a run or joins one that is queued',
    partial: 'a run with what has come.',
    duplicates: 'updates of one burst share a run, which carries those up to the first of them; the rest comes along with the next run, which only another update starts',
  },
  mixed: {
    window: noWindow,
    lateness: 'there is no late: a run starts as soon as the condition holds',
    partial: 'a run as soon as the condition holds; what has come for the rest of it goes into that run, too.',
    duplicates: 'updates of one burst share a run; what comes after the newest queued asset was first updated comes along with the next run',
  },
  partitioned: {
    window: 'none: a partition waits for its other legs without a limit',
    lateness: 'a leg that comes after the run of its partition starts another run of it once all legs have come again',
    partial: 'no run for that partition; others are not held up.',
    duplicates: 'a second update of a leg for a partition that still waits is carried along with it',
  },
};
