import { coupledProducers } from '../facts/coupled-producers.js';
import { modeLine } from '../tables/modes-file.js';
import { defineInvariant, isEmptyText, phasePath } from './invariant.js';

/** Every phase can be undone: by which switch, in which steps, in how many minutes, with what done again. */
export const rollbacks = defineInvariant({
  id: 'rollbacks',
  codes: {
    ROLLBACK_MISSING: 'Say the switch, the steps and what is replayed.',
    ROLLBACK_NO_TIME: 'Say how many minutes the way back takes.',
    ROLLBACK_SWITCH: 'Name the line of dag2event.modes.yaml that puts each DAG of the phase back on cron.',
    ROLLBACK_COUPLED: 'Let the steps put the DAG whose clock was relied on back first, by its own line.',
  },
  check({ plan, facts, stages, progress }, report) {
    const moving = new Set(progress.keys());
    plan.phases.forEach(({ id, rollback, changes }, index) => {
      const steps = rollback.steps.join('\n');
      if ([rollback.switch, rollback.replay, steps].some(isEmptyText))
        report('ROLLBACK_MISSING', phasePath(index, 'rollback'), `${id} does not say how to go back.`);
      if (rollback.minutes < 1)
        report('ROLLBACK_NO_TIME', phasePath(index, 'rollback', 'minutes'), `The rollback of ${id} takes no time.`);
      const dagIds = changes.flatMap(({ stage }) => stages.get(stage)?.dag_id ?? []);
      for (const dagId of dagIds)
        if (!rollback.switch.includes(modeLine(dagId, 'cron')))
          report('ROLLBACK_SWITCH', phasePath(index, 'rollback', 'switch'), `The rollback of ${id} does not put ${dagId} back on cron.`);
      for (const producer of coupledProducers(dagIds, moving, facts))
        if (!steps.includes(modeLine(producer, 'cron')))
          report('ROLLBACK_COUPLED', phasePath(index, 'rollback', 'steps'), `The rollback of ${id} leaves out ${producer}, whose clock its DAGs rely on.`);
    });
  },
});
