import type { Phase, Stage } from '../../model/plan.js';
import { moves } from './waves.js';

/** The plan in one paragraph. */
export function summarize(stages: readonly Stage[], phases: readonly Phase[]): string {
  if (stages.length === 0) return 'There are no DAGs to plan for.';
  const moving = stages.filter(moves);
  const event = moving.filter(({ target }) => target === 'event').length;
  const stay = stages.filter(({ today, target }) => target === 'cron' && today !== 'event').length;
  const sentences = [
    `Of ${plural(stages.length, 'DAG')}, ${event} ${event === 1 ? 'leaves' : 'leave'} cron for events, ${moving.length - event} ${moving.length - event === 1 ? 'gets' : 'get'} events with the clock as the safety net, and ${stay} ${stay === 1 ? 'stays' : 'stay'} on cron with a reason.`,
    ...keptSentence(stages),
  ];
  if (moving.length === 0) return [...sentences, 'Nothing moves yet; the questions say what would change that.'].join(' ');
  const waves = phases.filter(({ kind }) => kind === 'hybrid').length;
  sentences.push(
    `It takes ${plural(phases.length, 'phase')} in ${plural(waves, 'wave')}: ${steps(phases)}. Each phase has a canary, and one line per DAG puts it back on cron.`,
  );
  return sentences.join(' ');
}

const stepWords: Record<Phase['kind'], string> = {
  observe: 'producers announce their success',
  hybrid: 'events start DAGs beside the clock',
  event: 'the clock goes',
};

/** The kinds of step that the phases hold, in their order. */
function steps(phases: readonly Phase[]): string {
  const kinds = (['observe', 'hybrid', 'event'] as const).filter((kind) => phases.some((phase) => phase.kind === kind));
  return kinds.map((kind, index) => (kinds.length > 1 ? `${index === 0 ? 'first' : 'then'} ${stepWords[kind]}` : stepWords[kind])).join(', ');
}

function keptSentence(stages: readonly Stage[]): string[] {
  const kept = stages.filter(({ today }) => today === 'event' || today === 'hybrid').length;
  const manual = stages.filter(({ today }) => today === 'manual').length;
  const parts = [
    ...(kept > 0 ? [`${kept} already ${kept === 1 ? 'starts' : 'start'} by events`] : []),
    ...(manual > 0 ? [`${manual} ${manual === 1 ? 'is' : 'are'} started by hand`] : []),
  ];
  return parts.length === 0 ? [] : [`${parts.join(' and ')}.`];
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
