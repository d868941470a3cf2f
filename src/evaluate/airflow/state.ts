import type { Place } from '../../model/place.js';
import type { Way } from '../conditions.js';
import type { PyFunction, PyInstance, Unknown, Value } from '../values.js';

/** A DAG as it is built: what Airflow's DAG object holds, and what can't be known about it. */
export class DagState {
  readonly kind = 'dag';
  readonly tasks = new Map<string, TaskState>();
  readonly labels = new Map<string, string>();
  readonly edgePlaces = new Map<string, Place>();
  /** In which ways edges are made, where that depends on conditions that aren't known. */
  readonly edgeWays = new Map<string, readonly Way[]>();
  readonly unknowns: Unknown[] = [];
  readonly root: GroupState;
  /** Ids of groups and tasks with their joins, as Airflow's `used_group_ids`. */
  readonly usedGroupIds = new Set<string>();
  /** What holds when the DAG is made. */
  conditions: Way = [];
  /** Why Airflow would refuse it after the file was read (a cycle, a bad timetable); empty when it wouldn't. */
  refusal = '';
  constructor(
    readonly instance: PyInstance,
    /** Undefined when it isn't known. */
    readonly dagId: string | undefined,
    readonly keywords: ReadonlyMap<string, Value>,
    readonly place: Place,
  ) {
    this.root = new GroupState(instance, undefined, true, undefined, this, place);
  }

  /** Takes the DAG out of `exact`. */
  spoil(reason: Unknown): void {
    if (!this.unknowns.some((each) => each.reason === reason.reason)) this.unknowns.push(reason);
  }

  /** The DAG that an Airflow object belongs to. */
  static of(state: AirflowObject): DagState | undefined {
    switch (state.kind) {
      case 'dag':
        return state;
      case 'task':
      case 'group':
        return state.dag;
      case 'xcom':
        return state.references[0]?.dag;
      default:
        return undefined;
    }
  }
}

export class TaskState {
  readonly kind = 'task';
  taskId = '';
  dag: DagState | undefined;
  group: GroupState | undefined;
  readonly upstream = new Set<TaskState>();
  readonly downstream = new Set<TaskState>();
  /** In which ways the DAG gets the task. */
  ways: readonly Way[] = [];
  isMapped = false;
  isSetup = false;
  isTeardown = false;
  /** Set when `__init__` is through: from then on assigning an XComArg to a template field makes an edge. */
  isReady = false;
  /** Template fields; undefined when they aren't known. */
  templateFields: readonly string[] | undefined = [];
  /** The class name that Airflow shows, its dotted path, and its known ancestors' names. */
  operator = '';
  operatorPath = '';
  operatorBases: readonly string[] = [];
  isOpaque = false;
  callable: PyFunction | undefined;
  readonly keywords = new Map<string, Value>();
  /** Arguments that a mapped task expands over. */
  readonly expanded = new Map<string, Value>();
  constructor(
    readonly instance: PyInstance,
    readonly place: Place,
  ) {}
}

export class GroupState {
  readonly kind = 'group';
  readonly children = new Map<string, TaskState | GroupState>();
  /** Tasks directly upstream of the group by statements on the group itself. */
  readonly upstreamTasks = new Set<TaskState>();
  /** In which ways the DAG gets the group. */
  ways: readonly Way[] = [];
  isMapped = false;
  tooltip = '';
  defaultArgs: Value = null;
  constructor(
    readonly instance: PyInstance,
    /** Without the parents' prefix; undefined for the root. */
    public label: string | undefined,
    readonly hasPrefix: boolean,
    public parent: GroupState | undefined,
    public dag: DagState | undefined,
    readonly place: Place,
  ) {}

  /** The full id; only the direct parent's flag and id are asked (airflow/utils/task_group.py `group_id`). */
  get groupId(): string | undefined {
    if (this.label === undefined) return undefined;
    const { parent } = this;
    return parent?.label !== undefined && parent.hasPrefix ? parent.childId(this.label) : this.label;
  }

  childId(label: string): string {
    const id = this.groupId;
    return this.hasPrefix && id !== undefined ? `${id}.${label}` : label;
  }

  /** All tasks in the group, those of inner groups included, in order of creation within each. */
  *tasks(): Generator<TaskState> {
    for (const child of this.children.values()) {
      if (child.kind === 'group') yield* child.tasks();
      else yield child;
    }
  }
}

/** A reference to what a task returns; `references` are the tasks that it depends on. */
export class XComState {
  readonly kind = 'xcom';
  constructor(
    readonly references: readonly TaskState[],
    /** `return_value` unless a key was asked for; empty for `.map()`, `.zip()` and `.concat()`. */
    readonly key: string,
  ) {}
}

/** `Label("...")` between two tasks. */
export class LabelState {
  readonly kind = 'label';
  upstream: Dependable[] = [];
  downstream: Dependable[] = [];
  constructor(readonly text: string) {}
}

export type Dependable = TaskState | GroupState | XComState | LabelState;

/** `Operator.partial(...)`, a decorated function, or a decorated group: what `.expand()` can be called on. */
export class FactoryState {
  readonly kind = 'factory';
  constructor(
    readonly what: 'task' | 'group' | 'dag' | 'partial',
    readonly callee: Value,
    /** The operator class of a task decorator or partial. */
    readonly operator: Value,
    /** Arguments of the decorator; calling a teardown adds its trigger rule to them. */
    readonly keywords: Map<string, Value>,
    readonly partial: ReadonlyMap<string, Value>,
    readonly flags: { readonly isSetup: boolean; readonly isTeardown: boolean },
  ) {}
}

/** Where an AssetWatcher is made: part of it that Python doesn't see. */
export class WatcherState {
  constructor(readonly place: Place) {}
}

/** What looks for events of an asset: its name, and the trigger with the arguments that it was made of. */
export interface Watcher {
  readonly name: string;
  readonly trigger: Value;
  readonly place: Place;
}

export interface AssetState {
  readonly kind: 'asset';
  readonly name: string;
  readonly uri: string;
  readonly watchers: readonly Watcher[];
  readonly place: Place;
}
export interface AliasState {
  readonly kind: 'alias';
  readonly name: string;
}
export interface ReferenceState {
  readonly kind: 'reference';
  readonly name: string | undefined;
  readonly uri: string | undefined;
}
export interface AssetGroupState {
  readonly kind: 'all' | 'any';
  readonly members: readonly Value[];
}
export type AssetLike = AssetState | AliasState | ReferenceState | AssetGroupState;

/** A timetable object with what its constructor got. */
export interface TimetableState {
  readonly kind: 'timetable';
  readonly name: string;
  readonly path: string;
  readonly values: ReadonlyMap<string, Value>;
}

export type AirflowObject = DagState | TaskState | GroupState | XComState | LabelState | FactoryState | AssetLike | TimetableState;

const kinds: ReadonlySet<string> = new Set<AirflowObject['kind']>([
  'dag',
  'task',
  'group',
  'xcom',
  'label',
  'factory',
  'asset',
  'alias',
  'reference',
  'all',
  'any',
  'timetable',
]);

/** Whether an instance's native state is one of ours. */
export function isAirflowObject(native: unknown): native is AirflowObject {
  return typeof native === 'object' && native !== null && 'kind' in native && typeof native.kind === 'string' && kinds.has(native.kind);
}
