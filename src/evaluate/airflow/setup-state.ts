import type { TaskState } from './state.js';

/** What Airflow's class attributes hold: nothing (an empty list), one task, or the tasks of a `context_wrapper`. */
export type Held = TaskState | readonly TaskState[];
export const nothing: Held = [];

/** A class attribute with the values that inner blocks put aside. */
export interface Slot {
  current: Held;
  readonly previous: Held[];
}

/**
 * The state of `with` blocks on setup and teardown tasks. It mirrors `SetupTeardownContext` (airflow/utils/setup_teardown.py,
 * airflow/sdk/definitions/_internal/setup_teardown.py, equal in 2.11 and 3.2) attribute by attribute, because what the
 * blocks do when they are nested or entered again follows from the order of its steps.
 */
export class SetupContext {
  isActive = false;
  readonly made: { readonly key: Held; readonly tasks: TaskState[] }[] = [];
  readonly setup: Slot = { current: nothing, previous: [] };
  readonly teardown: Slot = { current: nothing, previous: [] };
  readonly teardownOfSetup: Slot = { current: nothing, previous: [] };
  readonly setupOfTeardown: Slot = { current: nothing, previous: [] };

  /** Back to how a fresh process finds it. */
  reset(): void {
    this.isActive = false;
    this.made.length = 0;
    for (const slot of [this.setup, this.teardown, this.teardownOfSetup, this.setupOfTeardown]) {
      slot.current = nothing;
      slot.previous.length = 0;
    }
  }
}
