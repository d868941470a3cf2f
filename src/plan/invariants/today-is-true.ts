import { defineInvariant, stagePath } from './invariant.js';

/** What starts a DAG today is a fact of the analysis, not a matter of opinion. */
export const todayIsTrue = defineInvariant({
  id: 'today-is-true',
  codes: { TODAY_WRONG: 'Take what starts the DAG today from its schedule.' },
  check({ plan, facts }, report) {
    plan.stages.forEach(({ dag_id, today }, index) => {
      const actual = facts.today.get(dag_id);
      if (actual !== undefined && actual !== today)
        report('TODAY_WRONG', stagePath(index, 'today'), `${dag_id} is started by ${actual} today, not by ${today}.`);
    });
  },
});
