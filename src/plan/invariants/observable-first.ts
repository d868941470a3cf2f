import type { Checked } from './invariant.js';
import { defineInvariant, stagePath } from './invariant.js';

/** No event starts a DAG before those that it depends on announce their success. */
export const observableFirst = defineInvariant({
  id: 'observable-first',
  codes: {
    NOT_OBSERVABLE: 'Put an observe phase for the producer before the hybrid phase of the DAG.',
    WAITS_ON_MISSING: 'List every DAG whose success the trigger needs in waits_on.',
    EMITS_UNREADABLE: 'A DAG whose graph is opaque can not be changed to announce itself: leave it out.',
    EMITS_OUTSIDE_OBSERVE: 'Let DAGs begin to announce themselves in observe phases only.',
  },
  check(checked, report) {
    const { plan, facts, progress, stages } = checked;
    plan.stages.forEach((stage, index) => {
      const start = progress.get(stage.dag_id);
      const first = start?.hybrid ?? start?.event;
      if (first === undefined) return;
      for (const id of stage.trigger?.candidates ?? [])
        for (const producer of facts.producers.get(id)?.known ?? []) {
          if (!stage.waits_on.includes(producer))
            report('WAITS_ON_MISSING', stagePath(index, 'waits_on'), `${stage.dag_id} needs ${producer}, which waits_on does not list.`);
          if (!announces(producer, id, first, checked))
            report('NOT_OBSERVABLE', stagePath(index, 'trigger'), `${stage.dag_id} leaves cron in phase ${first}, before ${producer} announces its success.`);
        }
    });
    plan.phases.forEach(({ id, kind, emits }, index) => {
      if (kind !== 'observe' && emits.length > 0)
        report('EMITS_OUTSIDE_OBSERVE', `/phases/${index}/emits`, `${id} changes modes and lets DAGs announce themselves at once.`);
      for (const stage of emits)
        if (facts.dags.get(stages.get(stage)?.dag_id ?? '')?.status === 'opaque')
          report('EMITS_UNREADABLE', `/phases/${index}/emits`, `${stage} could not be read.`);
    });
  },
});

function announces(producer: string, candidate: string, phase: number, { facts, announcedIn }: Checked): boolean {
  if (facts.producers.get(candidate)?.announced.has(producer)) return true;
  const since = announcedIn.get(producer);
  return since !== undefined && since < phase;
}
