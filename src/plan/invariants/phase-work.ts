import { freezeEntries } from '../offline/phase-work.js';
import { defineInvariant, phasePath } from './invariant.js';

/** A phase says what has to be done, how much that is, and respects the times in which nothing may change. */
export const phaseWork = defineInvariant({
  id: 'phase-work',
  codes: {
    TASKS_MISSING: 'Say what has to be done before the phase, with its effort.',
    FREEZE_IGNORED: 'Keep the phase out of the freeze windows of the context file.',
    DECIDER_UNASKED: 'Name who decides, or let a question ask for the owner of its DAGs.',
  },
  check({ plan, facts, stages }, report) {
    const asked = new Set(plan.questions.flatMap(({ unlocks }) => unlocks));
    const frozen = freezeEntries(facts);
    plan.phases.forEach(({ id, tasks, entry, decides, changes, emits }, index) => {
      if (tasks.length === 0 || tasks.some(({ effort }) => effort.value <= 0)) report('TASKS_MISSING', phasePath(index, 'tasks'), `${id} has no work, or work of no time.`);
      for (const line of frozen) if (!entry.includes(line)) report('FREEZE_IGNORED', phasePath(index, 'entry'), `${id} leaves out: ${line}`);
      const dagIds = [...changes.map(({ stage }) => stage), ...emits].flatMap((stage) => stages.get(stage)?.dag_id ?? []);
      const isAsked = dagIds.some((dagId) => asked.has(dagId));
      if (decides.origin === 'missing' && !isAsked) report('DECIDER_UNASKED', phasePath(index, 'decides'), `Nobody decides about ${id}, and nobody is asked.`);
    });
  },
});
