import { allowedKeyFields } from '../tables/dedupe-keys.js';
import { defineInvariant, isEmptyText, stagePath } from './invariant.js';

/** A key is remembered for longer than its event can come back, and every sink that a repetition harms has one. */
export const keysLast = defineInvariant({
  id: 'keys-last',
  codes: {
    KEY_FORGOTTEN: 'Keep keys for longer than channel and dead letters together keep an event.',
    KEY_STORE_MISSING: 'Say where keys are kept and how they guard the work.',
    SINK_WITHOUT_KEY: 'Give a sink that a second delivery harms, or may harm, a key of the event.',
    SINK_KEY_NOT_OF_EVENT: 'Make the key of a sink of fields that the event carries.',
  },
  check({ plan, facts }, report) {
    const retention = new Map(plan.contracts.map(({ id, retention: { value } }) => [id, value]));
    plan.stages.forEach(({ dag_id, controls, dedupe_key, trigger }, index) => {
      if (!controls) return;
      const path = stagePath(index, 'controls', 'dedupe');
      const held = Math.max(0, ...controls.routes.map(({ contract }) => retention.get(contract) ?? 0)) + controls.dead_letter.retention.value;
      if (controls.dedupe.retention.value <= held)
        report('KEY_FORGOTTEN', path, `${dag_id} forgets keys after ${controls.dedupe.retention.value} h; an event can come back after ${held} h.`);
      if ([controls.dedupe.store, controls.dedupe.guard].some(isEmptyText)) report('KEY_STORE_MISSING', path, `${dag_id} keeps its keys nowhere.`);
      const kinds = (trigger?.candidates ?? []).flatMap((id) => facts.candidates.get(id)?.source_kind ?? []);
      const allowed = new Set([...dedupe_key, ...(kinds.length > 0 ? allowedKeyFields([...new Set(kinds)]) : [])]);
      controls.sinks.forEach(({ task_id, second_delivery, dedupe_key: key }, at) => {
        const sink = stagePath(index, 'controls', 'sinks', at);
        if (second_delivery === 'harmful' && key.length === 0) report('SINK_WITHOUT_KEY', sink, `A second delivery harms what ${dag_id}.${task_id} writes, and nothing tells it.`);
        for (const field of key) if (!allowed.has(field)) report('SINK_KEY_NOT_OF_EVENT', sink, `${field} is not a field of the events of ${dag_id}.`);
      });
    });
  },
});
