import type { Place } from '../../model/place.js';
import { Unknown } from '../values.js';
import type { Value } from '../values.js';
import { runArms } from './branches.js';
import type { Machine } from './machine.js';

/** Evaluates every arm of an expression whose condition isn't known: their value when they agree, an unknown otherwise. */
export function evaluateArms(machine: Machine, reason: Unknown, arms: readonly (() => Value)[], place: Place): Value {
  const values: Value[] = [];
  runArms(
    machine,
    reason,
    arms.map((arm) => () => {
      values.push(arm());
      return 'normal';
    }),
    place,
  );
  const [first = null] = values;
  return values.every((value) => value === first) ? first : new Unknown(reason.reason);
}
