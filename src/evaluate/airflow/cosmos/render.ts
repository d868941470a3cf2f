import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import type { Keywords, Value } from '../../values.js';
import { raiseCosmos } from './errors.js';
import { FolderGroups } from './folders.js';
import { SelectorMistake } from './graph-selector.js';
import { emptyOperator, makeGroup } from './groups.js';
import { fromJson } from './json-values.js';
import { entry, nodeName, objectOf, pathParts, resourceName } from './node.js';
import type { DbtNode, DbtNodes } from './node.js';
import { dbtOperatorClass } from './operators.js';
import { loadProject } from './project.js';
import { selectNodes } from './select.js';
import type { Selection } from './select.js';
import { NotRendered, readSettings } from './settings.js';
import type { Settings } from './settings.js';
import { readStatement } from './statement.js';
import { addTests, detachedTests, operatorArguments, testArguments } from './tests.js';

/** Where the tasks go. */
export interface Target {
  readonly dag: Value;
  /** The `DbtTaskGroup`; null for a `DbtDag`. */
  readonly group: Value;
}

/** Airflow's `ID_LEN`: tests with longer names are numbered by Cosmos, across all DAGs of a process. */
const maximumIdLength = 250;

/** Makes the tasks of a dbt project as Cosmos does; raises NotRendered before it made the first one. */
export function renderProject(rt: Runtime, target: Target, keywords: Keywords, place: Place): void {
  const settings = readSettings(rt, keywords, place);
  const all = loadProject(rt, settings, place);
  const selection = select(rt, all, settings, place);
  const nodes = addTests(all, selection.nodes, settings);
  const groups = settings.isGrouped ? new FolderGroups(rt, target, place) : undefined;
  refuseChance(rt, nodes, selection, settings, place);
  new Rendering(rt, target, settings, nodes, groups, place).run();
}

function select(rt: Runtime, all: DbtNodes, settings: Settings, place: Place): Selection {
  try {
    const selection = selectNodes(all, pathParts(settings.project), settings.select, settings.exclude);
    refuseBoth(settings);
    return selection;
  } catch (error) {
    if (error instanceof SelectorMistake) return raiseCosmos(rt, error.exception, error.message, place);
    throw error;
  }
}

/** A tag or path that is both selected and excluded is refused. */
function refuseBoth({ select: wanted, exclude }: Settings): void {
  const labels = (texts: readonly string[]): string[] =>
    texts.map((text) => readStatement(text, [])).flatMap(({ tags, paths }) => [...tags.map((tag) => `tag ${tag}`), ...paths.map((path) => `path ${path.join('/')}`)]);
  const excluded = new Set(labels(exclude));
  const both = labels(wanted).find((label) => excluded.has(label));
  if (both !== undefined) throw new SelectorMistake('CosmosValueError', `Can't select and exclude the same ${both}`);
}

/** Cosmos walks a selection in the order of a set: what depends on that order is not known. */
function refuseChance(rt: Runtime, nodes: DbtNodes, selection: Selection, settings: Settings, place: Place): void {
  const hide = (text: string): never => {
    throw new NotRendered(rt.unknown('random', text, place));
  };
  if (selection.chance !== undefined) hide(selection.chance);
  const detached = detachedTests(nodes, settings);
  if (detached.some((node) => testName(node).length >= maximumIdLength)) hide('a test with a very long name is numbered in the order in which DAGs are read');
  if (selection.isOrdered || !settings.isGrouped) return;
  if (FolderGroups.areAmbiguous(nodes.values())) hide('which of several folders of one name becomes the group depends on the order of a set in Cosmos');
  if (detached.length > 0) hide('the group of tests of several models depends on the order of a set in Cosmos');
}

const testName = (node: DbtNode): string => `${resourceName(node).split('.')[0] ?? ''}_test`;

const classes: Readonly<Record<string, string>> = { model: 'Run', snapshot: 'Snapshot', seed: 'Seed', source: 'Source' };
const buildTypes: ReadonlySet<string> = new Set(['model', 'snapshot', 'seed']);

/** A task that is to be made: null as class stands for `EmptyOperator`. */
interface Plan {
  readonly id: string;
  readonly command: string | null;
  readonly owner: string;
  readonly keywords: Keywords;
}

class Rendering {
  private readonly made = new Map<string, Value>();
  private readonly detached: readonly DbtNode[];
  private readonly testArguments: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  /** The group of the node that came last; tests that run on their own go there. */
  private lastGroup: Value;
  constructor(
    private readonly rt: Runtime,
    private readonly target: Target,
    private readonly settings: Settings,
    private readonly nodes: DbtNodes,
    private readonly groups: FolderGroups | undefined,
    private readonly place: Place,
  ) {
    this.lastGroup = target.group;
    this.detached = detachedTests(nodes, settings);
    this.testArguments = settings.tests === 'after_each' ? testArguments(nodes, this.detached) : new Map();
  }

  run(): void {
    for (const node of this.nodes.values()) {
      this.lastGroup = this.groups === undefined ? this.target.group : this.groups.of(node);
      const made = this.make(node, this.lastGroup);
      if (made !== undefined) this.made.set(node.id, made);
    }
    if (this.settings.tests === 'after_all') this.testAll();
    for (const node of this.detached) this.made.set(node.id, this.task(this.testPlan(node, testName(node)), this.lastGroup));
    this.connect();
  }

  /** The task of a node, or the group of it and its tests; undefined for what isn't rendered. */
  private make(node: DbtNode, group: Value): Value | undefined {
    const { rt, place, settings } = this;
    if (node.type === 'test') return undefined;
    const isGroup = Object.hasOwn(classes, node.type) && settings.tests === 'after_each' && node.hasNonDetachedTest;
    const plan = this.planOf(node, isGroup);
    if (plan === undefined) return undefined;
    if (!isGroup) return this.task(plan, group);
    const own = makeGroup(rt, new Map([['dag', this.target.dag], ['group_id', nodeName(node)], ['parent_group', group]]), place);
    const task = this.task(plan, own);
    const test = this.task(this.testPlan(node, 'test'), own);
    rt.binary('>>', task, test, place);
    return own;
  }

  private planOf(node: DbtNode, isGroup: boolean): Plan | undefined {
    const { settings } = this;
    const command = Object.hasOwn(classes, node.type) ? classes[node.type] : undefined;
    if (command === undefined) return undefined;
    const isBuild = settings.tests === 'build';
    const suffix = isBuild ? 'build' : node.type === 'model' ? 'run' : node.type;
    const id = (ending: string, hasType = false): string => (isGroup ? ending : `${nodeName(node)}_${hasType ? `${node.type}_` : ''}${ending}`);
    const owner = settings.inheritsOwner ? this.ownerOf(node) : '';
    const empty = (taskId: string, by: string): Plan => ({ id: taskId, command: null, owner: by, keywords: new Map() });
    if (node.type === 'seed' && settings.seeds === 'none') return undefined;
    if (node.type === 'seed' && settings.seeds === 'render_only') return empty(id(node.type), '');
    const builds = isBuild && buildTypes.has(node.type);
    if (settings.emptyEphemeral && isEphemeral(node)) return empty(id(suffix, builds), owner);
    const keywords = this.keywordsOf(node);
    if (builds) return { id: id(suffix, true), command: 'Build', owner, keywords };
    if (node.type !== 'source') return { id: id(suffix), command, owner, keywords };
    if (!this.isShown(node)) return undefined;
    return !node.hasFreshness && settings.sources === 'all' ? empty(id('source'), '') : { id: id('source'), command, owner, keywords };
  }

  private isShown(node: DbtNode): boolean {
    const { sources, prunesSources } = this.settings;
    if (sources === 'none' || (sources === 'with_tests_or_freshness' && !node.hasFreshness && !node.hasTest)) return false;
    return !prunesSources || this.nodes.size === 0 || [...this.nodes.values()].some((other) => other.dependsOn.includes(node.id));
  }

  private ownerOf(node: DbtNode): string {
    const owner = entry(objectOf(entry(node.config, 'meta')), 'owner');
    if (owner === undefined) return '';
    const text = this.rt.str(fromJson(this.rt, owner), this.place);
    return typeof text === 'string' ? text : '';
  }

  private keywordsOf(node: DbtNode): Keywords {
    const chosen = node.type === 'source' ? `source:${resourceName(node)}` : node.fullName === undefined ? resourceName(node) : `fqn:${node.fullName}`;
    return new Map([...this.settings.arguments, ['select', chosen], ...this.ownArguments(operatorArguments(node))]);
  }

  private ownArguments(values: Readonly<Record<string, unknown>>): [string, Value][] {
    return Object.entries(values).map(([name, value]) => [name, fromJson(this.rt, value)]);
  }

  /** The task that runs the tests of a node, or a test that runs on its own. */
  private testPlan(node: DbtNode, id: string): Plan {
    const name = resourceName(node);
    const chosen = node.type === 'source' ? `source:${name}` : node.type === 'test' ? (name.split('.')[0] ?? '') : name;
    const own = [...this.ownArguments(operatorArguments(node)), ...this.ownArguments(this.testArguments.get(node.id) ?? {})];
    return {
      id,
      command: 'Test',
      owner: this.settings.inheritsOwner ? this.ownerOf(node) : '',
      keywords: new Map([...this.settings.arguments, ['emit_datasets', false], ['select', chosen], ...own]),
    };
  }

  /** One task that tests everything, after all that nothing else waits for. */
  private testAll(): void {
    if (this.nodes.size === 0) return;
    const { settings } = this;
    const keywords = new Map<string, Value>([...settings.arguments, ['emit_datasets', false], ['select', joined(settings.select)], ['exclude', joined(settings.exclude)]]);
    const test = this.task({ id: `${settings.projectName}_test`, command: 'Test', owner: '', keywords }, this.target.group);
    const rendered = [...this.nodes.values()].filter((node) => this.made.has(node.id));
    const parents = new Set(rendered.flatMap((node) => node.dependsOn));
    for (const node of rendered) {
      const made = this.made.get(node.id);
      if (!parents.has(node.id) && made !== undefined) this.rt.binary('>>', made, test, this.place);
    }
  }

  private connect(): void {
    for (const node of this.nodes.values()) {
      const own = this.made.get(node.id);
      for (const id of node.dependsOn) {
        const parent = this.made.get(id);
        if (own !== undefined && parent !== undefined) this.rt.binary('>>', parent, own, this.place);
      }
    }
  }

  private task(plan: Plan, group: Value): Value {
    const { rt, place, settings } = this;
    const cls = plan.command === null ? emptyOperator(rt, place) : dbtOperatorClass(rt, settings.mode, plan.command);
    if (cls === undefined) return rt.raise('AttributeError', `Cosmos has no operator for ${plan.command ?? ''} in ${settings.mode}`, place);
    const keywords = new Map<string, Value>([...plan.keywords, ['task_id', plan.id], ['dag', this.target.dag], ['task_group', group]]);
    if (plan.owner !== '') keywords.set('owner', plan.owner);
    return rt.call(cls, [], keywords, place);
  }
}

const joined = (texts: readonly string[]): string | null => (texts.length === 0 ? null : texts.join(' '));

const isEphemeral = (node: DbtNode): boolean => {
  const how = entry(node.config, 'materialized');
  return typeof how === 'string' && how.toLowerCase() === 'ephemeral';
};
