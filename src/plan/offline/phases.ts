import { compareText } from '../../model/place.js';
import type { Phase, Stage } from '../../model/plan.js';
import type { PlanFacts } from '../facts/plan-facts.js';
import type { PhaseCore } from './phase-words.js';
import { canaries, entries, exits, fromMode, goals, rollbacks, titles } from './phase-words.js';
import { decider, freezeEntries, phaseTasks } from './phase-work.js';
import { stageId } from './stage.js';
import { moves, planWaves } from './waves.js';

/** The phases of these stages, and the stages with the number of the phase that completes each. */
export function planPhases(
  stages: readonly Stage[],
  facts: PlanFacts,
): { stages: Stage[]; phases: Phase[] } {
  const phases = phaseCores(stages, facts).map((core, index) => buildPhase(core, index + 1, facts));
  const completed = new Map(phases.flatMap(({ changes, number }) => changes.map(({ stage }) => [stage, number] as const)));
  return { stages: stages.map((stage) => ({ ...stage, wave: completed.get(stage.id) ?? 0 })), phases };
}

/** Per wave: what must announce itself, then events beside the clock, then events alone. */
function phaseCores(stages: readonly Stage[], facts: PlanFacts): PhaseCore[] {
  const byDag = new Map(stages.map((stage) => [stage.dag_id, stage]));
  const moving = new Set(stages.filter(moves).map(({ dag_id }) => dag_id));
  const observable = new Set<string>();
  return planWaves(stages, facts).flatMap((members, index) => {
    const wave = index + 1;
    const silent = silentProducers(members, facts).filter((dagId) => !observable.has(dagId));
    for (const dagId of silent) observable.add(dagId);
    const cores: PhaseCore[] = [
      { kind: 'observe', wave, moving, stages: silent.flatMap((dagId) => byDag.get(dagId) ?? []) },
      { kind: 'hybrid', wave, moving, stages: members },
      { kind: 'event', wave, moving, stages: members.filter(({ target }) => target === 'event') },
    ];
    return cores.filter((core) => core.stages.length > 0);
  });
}

/** Producers of these stages' triggers that don't announce themselves yet. */
export function silentProducers(stages: readonly Stage[], facts: PlanFacts): string[] {
  const silent = stages.flatMap(({ trigger }) =>
    (trigger?.candidates ?? []).flatMap((id) => {
      const producers = facts.producers.get(id);
      return (producers?.known ?? []).filter((dagId) => !producers?.announced.has(dagId));
    }),
  );
  return [...new Set(silent)].sort(compareText);
}

function buildPhase(core: PhaseCore, number: number, facts: PlanFacts): Phase {
  const { kind, stages } = core;
  return {
    id: `${kind}-${core.wave}`,
    number,
    kind,
    title: titles[kind](core, facts),
    goal: goals[kind](core, facts),
    emits: kind === 'observe' ? stages.map(({ dag_id }) => stageId(dag_id)) : [],
    changes: kind === 'observe' ? [] : stages.map(({ id }) => ({ stage: id, from: fromMode[kind], to: kind })),
    entry: [...entries[kind](core, facts), ...freezeEntries(facts)],
    exit: exits[kind](core, facts),
    tasks: phaseTasks(core, number, facts),
    decides: decider(core, facts),
    canary: canaries[kind](core, facts),
    rollback: rollbacks[kind](core, facts),
    author: 'rules',
  };
}
