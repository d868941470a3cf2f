import type { Place } from '../../model/place.js';
import type { Runtime } from '../runtime.js';
import type { TaskState } from './state.js';

type Mark = 'isSetup' | 'isTeardown';

function sameMembers(left: readonly TaskState[], right: readonly TaskState[]): boolean {
  return left.length === right.length && left.every((each) => right.includes(each));
}

/**
 * The teardowns that a setup leads to (or the setups that a teardown comes from): those next to it, or else the first that
 * a walk over all neighbours meets (`_update_teardown_downstream`, `_update_setup_upstream`). Airflow never notices that a
 * walk goes in circles, which ends in a RecursionError. Neighbours are sets of texts there, so that the order of several
 * is no rule, and whether an inner block's are "the same list" as the outer's can't be told.
 */
export function nearestMarked(rt: Runtime, start: TaskState, mark: Mark, before: TaskState | readonly TaskState[], place: Place): readonly TaskState[] {
  const found = search(rt, start, mark, place);
  if (!('kind' in before) && found.length > 1 && before !== found && sameMembers(before, found)) {
    start.dag?.spoil(rt.unknown('not_modelled', 'the order of several setups or teardowns of nested blocks is not defined', place));
  }
  return found;
}

function search(rt: Runtime, start: TaskState, mark: Mark, place: Place): readonly TaskState[] {
  let tasks = [...(mark === 'isTeardown' ? start.downstream : start.upstream)];
  const seen = new Map<string, number>();
  while (tasks.length > 0) {
    const marked = tasks.filter((task) => task[mark]);
    if (marked.length > 0) return marked;
    tasks = tasks.flatMap((task) => [...task.downstream, ...task.upstream]).filter((task) => task !== start);
    const key = [...new Set(tasks.map((task) => task.taskId))].sort().join('\n');
    const before = seen.get(key);
    if (before === tasks.length) rt.raise('RecursionError', 'maximum recursion depth exceeded', place);
    if (before !== undefined) {
      // The list grows with every round, and Airflow with it until its time or memory is up.
      start.dag?.spoil(rt.unknown('budget', `Airflow finds no end to the search for ${mark === 'isTeardown' ? 'teardowns' : 'setups'} from ${start.taskId}`, place));
      return [];
    }
    seen.set(key, tasks.length);
    rt.step(place, tasks.length);
  }
  return [];
}
