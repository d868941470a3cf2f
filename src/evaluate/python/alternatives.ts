import { dependingOn } from '../conditions.js';
import type { Value } from '../values.js';
import { runArms } from './branches.js';
import { conditionOf } from './forks.js';
import type { Arm, Fork } from './forks.js';
import type { Machine } from './machine.js';

interface ValueArm {
  readonly arm: Arm['arm'];
  readonly evaluate: () => Value;
}

/** Evaluates every arm of an expression whose condition isn't known: their value when they agree, an unknown otherwise. */
export function evaluateArms(machine: Machine, fork: Fork, arms: readonly ValueArm[]): Value {
  const values: { value: Value; conditions: ReturnType<typeof conditionOf>[] }[] = [];
  runArms(
    machine,
    fork,
    arms.map((each) => ({
      arm: each.arm,
      run: () => {
        values.push({ value: each.evaluate(), conditions: [conditionOf(machine, fork, each)] });
        return 'normal';
      },
    })),
  );
  const first = values[0]?.value ?? null;
  return values.every(({ value }) => value === first) ? first : dependingOn(fork.reason, values);
}
