import { allowedKeyFields, changingKeyWords, identifies } from '../tables/dedupe-keys.js';
import { defineInvariant, stagePath } from './invariant.js';

/** Where events start work, a key made of the event alone tells a repeated one. */
export const dedupeKeysHold = defineInvariant({
  id: 'dedupe-keys',
  codes: {
    KEY_MISSING: 'Name the fields of the event that identify it.',
    KEY_CHANGES: 'Take the clock, random values and the ids of the run that does the work out of the key.',
    KEY_NOT_OF_EVENT: 'Use fields that events of this source carry.',
    KEY_TOO_WIDE: 'Add the field that tells one event of this source from the next.',
  },
  check({ plan, facts }, report) {
    plan.stages.forEach(({ dag_id, target, trigger, dedupe_key }, index) => {
      if (target !== 'event' && target !== 'hybrid') return;
      const path = stagePath(index, 'dedupe_key');
      if (dedupe_key.length === 0) return report('KEY_MISSING', path, `${dag_id} has no dedupe key.`);
      const changing = dedupe_key.filter((field) => changingKeyWords.test(field));
      for (const field of changing) report('KEY_CHANGES', path, `${field} differs from delivery to delivery.`);
      if (!trigger) return;
      const legs = trigger.candidates.flatMap((id) => facts.candidates.get(id)?.source_kind ?? []);
      const kinds = legs.length > 0 ? [...new Set(legs)] : [trigger.source_kind];
      const allowed = allowedKeyFields(kinds);
      for (const field of dedupe_key)
        if (!allowed.has(field) && !changing.includes(field))
          report('KEY_NOT_OF_EVENT', path, `${field} is not a field of ${kinds.join(', ')} events.`);
      for (const kind of kinds)
        if (!identifies(kind, dedupe_key, kinds.length > 1))
          report('KEY_TOO_WIDE', path, `Two different ${kind} events can have the same key (${dedupe_key.join(', ')}).`);
    });
  },
});
