import { buildRunbook } from '../controls/runbook.js';
import { defineInvariant, isEmptyText } from './invariant.js';

/** The on-call finds what can happen, whom it hits, and what to do, in this order: detect, decide, act, verify. */
export const runbookWhole = defineInvariant({
  id: 'runbook',
  codes: {
    RUNBOOK_MISSING: 'Write down what to do in this situation.',
    RUNBOOK_BLANK: 'Say how it is detected, decided, acted on and verified.',
    RUNBOOK_DAGS: 'List the DAGs that the situation can hit.',
  },
  check({ plan }, report) {
    const entries = new Map(plan.runbook.map((entry) => [entry.situation, entry]));
    for (const { situation, dags } of buildRunbook(plan.stages)) {
      const entry = entries.get(situation);
      if (!entry) report('RUNBOOK_MISSING', '/runbook', `Nothing says what to do about ${situation}.`);
      else if (dags.some((dagId) => !entry.dags.includes(dagId))) report('RUNBOOK_DAGS', '/runbook', `${situation} leaves out a DAG that it can hit.`);
    }
    plan.runbook.forEach(({ situation, detect, decide, act, verify }, index) => {
      if ([detect, decide, act, verify].some((steps) => steps.length === 0 || steps.some(isEmptyText)))
        report('RUNBOOK_BLANK', `/runbook/${index}`, `A part of what to do about ${situation} is blank.`);
    });
  },
});
