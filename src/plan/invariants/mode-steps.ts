import type { Mode } from '../../model/plan.js';
import { defineInvariant, phasePath, stagePath } from './invariant.js';

const next: Record<Mode, Mode | undefined> = { cron: 'hybrid', hybrid: 'event', event: undefined };
const order: Record<Mode, number> = { cron: 0, hybrid: 1, event: 2 };

/** A DAG goes from cron to hybrid to event, one step a phase, and ends where its stage says. */
export const modeSteps = defineInvariant({
  id: 'mode-steps',
  codes: {
    SKIPS_HYBRID: 'Put a hybrid phase between cron and event.',
    MODE_BACKWARD: 'Phases only go forward; going back is what the rollback is for.',
    MODE_BROKEN: 'Start each change from the mode that the DAG has by then.',
    PHASE_KIND: 'Give the phase the kind of its changes; a phase without changes lets DAGs announce themselves.',
    TARGET_MISSED: 'Make the last change of the stage end in its target.',
    WAVE_WRONG: 'Set wave to the number of the phase that completes the stage, 0 when it does not move.',
  },
  check({ plan }, report) {
    const modes = new Map(plan.stages.map(({ id, today }) => [id, today === 'hybrid' || today === 'event' ? today : 'cron'] as const));
    const current = new Map<string, Mode>(modes);
    const completed = new Map<string, number>();
    plan.phases.forEach(({ id, kind, changes, emits }, index) => {
      if (kind === 'observe' ? changes.length > 0 || emits.length === 0 : changes.length === 0 || changes.some(({ to }) => to !== kind))
        report('PHASE_KIND', phasePath(index, 'kind'), `${id} is not a phase of kind ${kind}.`);
      changes.forEach(({ stage, from, to }, at) => {
        const path = phasePath(index, 'changes', at);
        if (order[to] <= order[from]) report('MODE_BACKWARD', path, `${stage} goes from ${from} to ${to}.`);
        else if (next[from] !== to) report('SKIPS_HYBRID', path, `${stage} goes from ${from} to ${to}.`);
        const mode = current.get(stage);
        if (mode !== undefined && mode !== from) report('MODE_BROKEN', path, `${stage} is ${mode} by then, not ${from}.`);
        current.set(stage, to);
        completed.set(stage, index + 1);
      });
    });
    plan.stages.forEach(({ id, target, wave }, index) => {
      const mode = current.get(id);
      if (target !== 'manual' && mode !== target)
        report('TARGET_MISSED', stagePath(index, 'target'), `${id} ends in ${mode ?? 'no mode'}, its target is ${target}.`);
      if (wave !== (completed.get(id) ?? 0))
        report('WAVE_WRONG', stagePath(index, 'wave'), `${id} says wave ${wave}; phase ${completed.get(id) ?? 0} completes it.`);
    });
  },
});
