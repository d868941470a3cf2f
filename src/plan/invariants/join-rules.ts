import { joinRuleOf } from '../controls/join.js';
import { defineInvariant, stagePath } from './invariant.js';

/** Events that must meet have an agreement about how long they may be apart. */
export const joinRulesHold = defineInvariant({
  id: 'join-rules',
  codes: {
    JOIN_RULE_MISSING: 'Agree on key, window, and what happens to late and missing events.',
    JOIN_RULE_DIFFERS: 'Let the agreement say what the trigger says: all, any or both.',
    JOIN_KEY_UNPROVEN: 'Let events belong together by the fields that the code gives evidence for, or by none and ask.',
    WINDOW_TOO_SHORT: 'Make the window at least as long as the slowest leg takes.',
  },
  check({ plan, facts }, report) {
    plan.stages.forEach((stage, index) => {
      const dag = facts.dags.get(stage.dag_id);
      if (!stage.controls || !dag) return;
      const path = stagePath(index, 'controls', 'fan_in');
      const expected = joinRuleOf(stage, dag, facts);
      const { fan_in } = stage.controls;
      if (fan_in === null) {
        if (expected) report('JOIN_RULE_MISSING', path, `Several events start ${stage.dag_id}, and nothing says how they meet.`);
        return;
      }
      if (fan_in.join !== expected?.join) report('JOIN_RULE_DIFFERS', path, `The events of ${stage.dag_id} are joined by ${expected?.join ?? 'nothing'}, not by ${fan_in.join}.`);
      if (fan_in.correlation_key.join('\n') !== (expected?.correlation_key ?? []).join('\n'))
        report('JOIN_KEY_UNPROVEN', path, `The events of ${stage.dag_id} belong together by ${namesOf(expected?.correlation_key)}, not by ${namesOf(fan_in.correlation_key)}.`);
      const slowest = Math.max(fan_in.slowest_leg.value, expected?.slowest_leg.value ?? 0);
      if (fan_in.window.value < slowest) report('WINDOW_TOO_SHORT', path, `The window of ${stage.dag_id} is ${fan_in.window.value} h, its slowest leg takes ${slowest} h.`);
    });
  },
});

function namesOf(fields: readonly string[] = []): string {
  return fields.length === 0 ? 'no known field' : fields.join(' and ');
}
