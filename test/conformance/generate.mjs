// Random DAG files: small programs over tasks, groups, edges, labels, mapped tasks, setups and teardowns. The same seed
// gives the same files.

/** A generator of numbers in [0, 1) from a seed (mulberry32). */
function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const heading = `"""Generated: Airflow must build from it what the analysis says."""
from datetime import datetime

from airflow import DAG
from airflow.decorators import setup, task, task_group, teardown
from airflow.models.baseoperator import chain, cross_downstream
from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.utils.edgemodifier import Label
from airflow.utils.task_group import TaskGroup

try:
    from airflow.sdk import chain_linear
    from airflow.sdk.definitions.decorators.setup_teardown import context_wrapper
except ImportError:
    from airflow.decorators.setup_teardown import context_wrapper
    from airflow.models.baseoperator import chain_linear


@task
def work(value=None, other=None):
    return value


@task
def done():
    return None


@setup
def prepare(value=None):
    return value


@teardown
def clean(value=None):
    return value


`;

/** Writes one file. Names that a statement may use are kept by what they hold; an inner block's stay usable after it. */
class Writer {
  constructor(seed) {
    this.random = randomOf(seed);
    this.lines = [];
    this.depth = 1;
    this.count = 0;
    this.names = { task: [], xcom: [], group: [], setup: [], teardown: [] };
    this.ids = [];
  }

  say(text) {
    this.lines.push(`${'    '.repeat(this.depth)}${text}`);
  }
  chance(share) {
    return this.random() < share;
  }
  below(limit) {
    return Math.floor(this.random() * limit);
  }
  pick(list) {
    return list[this.below(list.length)];
  }
  weighted(table) {
    const total = table.reduce((sum, [weight]) => sum + weight, 0);
    let left = this.random() * total;
    for (const [weight, value] of table) if ((left -= weight) < 0) return value;
    return table[0][1];
  }
  name(prefix) {
    this.count += 1;
    return `${prefix}${this.count}`;
  }

  /** Anything that can stand beside `>>`, older things first. */
  nodes() {
    const all = Object.values(this.names).flat();
    return all.sort((a, b) => Number(a.replace(/\D/g, '')) - Number(b.replace(/\D/g, '')));
  }
  /** A few different nodes; mostly in order of creation, so that most graphs have no cycle. */
  some(count) {
    const all = this.nodes();
    const chosen = new Set();
    for (let tries = 0; chosen.size < count && tries < 20; tries += 1) chosen.add(this.pick(all));
    const list = [...chosen];
    return this.chance(0.93) ? list.sort((a, b) => all.indexOf(a) - all.indexOf(b)) : list;
  }

  newTask() {
    const name = this.name('t');
    const id = this.chance(0.03) && this.ids.length > 0 ? this.pick(this.ids) : name;
    this.ids.push(id);
    const xcom = this.names.xcom.length > 0 ? this.pick(this.names.xcom) : null;
    const command = this.weighted([
      [4, '"true"'],
      [xcom === null ? 0 : 3, xcom],
      [xcom === null ? 0 : 1, `f"echo {${xcom}}"`],
      [xcom === null ? 0 : 1, `${xcom}["key"]`],
    ]);
    const call = this.weighted([
      [5, `EmptyOperator(task_id="${id}")`],
      [3, `BashOperator(task_id="${id}", bash_command=${command})`],
      [1, `BashOperator(task_id="${id}", bash_command="true", env={"a": ${xcom ?? '"b"'}})`],
      [1, `BashOperator.partial(task_id="${id}").expand(bash_command=["a", "b"])`],
      [xcom === null ? 0 : 1, `BashOperator.partial(task_id="${id}", env={"a": ${xcom}}).expand(bash_command=${xcom})`],
      [1, `BashOperator(task_id="${id}", bash_command="true", trigger_rule="${this.pick(['all_done', 'one_success'])}")`],
    ]);
    this.say(`${name} = ${call}`);
    this.names.task.push(name);
    if (this.chance(0.15)) this.names.xcom.push(`${name}.output`);
  }

  newXcom() {
    const name = this.name('x');
    const xcoms = this.names.xcom;
    const argument = xcoms.length > 0 ? this.pick(xcoms) : '1';
    const other = xcoms.length > 0 ? this.pick(xcoms) : '2';
    const call = this.weighted([
      [4, 'work()'],
      [3, `work(${argument})`],
      [1, `work([${argument}, {"a": ${other}}])`],
      [1, `work.override(task_id="${name}")(other=${argument})`],
      [1, `work.expand(value=${xcoms.length > 0 ? argument : '[1, 2]'})`],
      [1, `work.partial(other=${other}).expand(value=[1, 2])`],
      [1, 'done()'],
    ]);
    this.say(`${name} = ${call}`);
    this.names.xcom.push(name);
  }

  newMarked(kind) {
    const name = this.name(kind === 'setup' ? 's' : 'd');
    const setups = this.names.setup;
    const given = setups.length === 0 ? '' : this.weighted([[3, ''], [3, `setups=${this.pick(setups)}`], [2, `setups=[${this.pick(setups)}, ${this.pick(setups)}]`]]);
    const call =
      kind === 'setup'
        ? this.weighted([[4, `EmptyOperator(task_id="${name}").as_setup()`], [1, 'prepare()'], [1, 'work().as_setup()']])
        : this.weighted([[5, `EmptyOperator(task_id="${name}").as_teardown(${given})`], [1, 'clean()'], [1, `work().as_teardown(${given})`]]);
    this.say(`${name} = ${call}`);
    this.names[kind].push(name);
  }

  /** `with group:`, or a call of a decorated function. */
  newGroup(budget) {
    const name = this.name('g');
    const prefix = this.weighted([[4, ''], [1, ', prefix_group_id=False'], [1, ', add_suffix_on_collision=True']]);
    const id = this.chance(0.05) ? 'g' : name;
    if (this.chance(0.25)) {
      this.say('@task_group');
      this.say(`def f${name}():`);
      this.block(Math.min(budget, 4), true);
      this.say(`${name} = f${name}()`);
      // What the function made stays inside it.
      this.names.group.push(name);
      return;
    }
    this.say(`with TaskGroup("${id}"${prefix}) as ${name}:`);
    this.block(budget, false);
    this.names.group.push(name);
  }

  /** A `with` block on setups or teardowns. */
  newContext(budget) {
    const { setup: setups, teardown: teardowns } = this.names;
    if (setups.length + teardowns.length === 0) return this.newMarked('setup');
    const kinds = [setups, teardowns].filter((list) => list.length > 0);
    const list = this.pick(kinds);
    const manager = this.weighted([
      [4, this.pick(list)],
      [setups.length > 0 && teardowns.length > 0 ? 4 : 0, `${this.pick(setups.length > 0 ? setups : ['?'])} >> ${this.pick(teardowns.length > 0 ? teardowns : ['?'])}`],
      [1, `context_wrapper([${this.pick(list)}, ${this.pick(list)}])`],
    ]);
    const scope = this.name('c');
    this.say(`with ${manager} as ${scope}:`);
    this.depth += 1;
    this.say('pass');
    if (this.chance(0.2) && this.names.task.length > 0) this.say(`${scope}.add_task(${this.pick(this.names.task)})`);
    this.depth -= 1;
    this.block(budget, false);
    return undefined;
  }

  edge() {
    const [a, b, c, d] = this.some(4);
    if (b === undefined) return this.newTask();
    const e = c ?? a;
    const text = this.weighted([
      [8, `${a} >> ${b}`],
      [2, `${b} << ${a}`],
      [2, c === undefined ? `${a} >> ${b}` : `${a} >> ${b} >> ${c}`],
      [2, c === undefined ? `${a} >> [${b}]` : `${a} >> [${b}, ${c}]`],
      [2, c === undefined ? `[${a}] >> ${b}` : `[${a}, ${b}] >> ${c}`],
      [1, `${a} >> [${b}] >> ${e}`],
      [2, `${a} >> Label("one") >> ${b}`],
      [1, `[${a}] >> Label("two") >> ${b}`],
      [1, `${b} << Label("three") << ${a}`],
      [1, `${a}.set_downstream([${b}])`],
      [1, `${b}.set_upstream(${a})`],
      [1, d === undefined ? `chain(${a}, ${b})` : `chain(${a}, [${b}, ${c}], ${d})`],
      [1, d === undefined ? `chain(${a}, Label("four"), ${b})` : `chain([${a}, ${b}], [${c}, ${d}])`],
      [1, d === undefined ? `chain_linear(${a}, ${b})` : `chain_linear(${a}, [${b}, ${c}], ${d})`],
      [1, d === undefined ? `cross_downstream([${a}], ${b})` : `cross_downstream([${a}, ${b}], [${c}, ${d}])`],
    ]);
    this.say(text);
    return undefined;
  }

  /** Statements one level deeper. A function's names end with it. */
  block(budget, isFunction) {
    this.depth += 1;
    const kept = isFunction ? this.names : null;
    if (isFunction) this.names = { task: [], xcom: [], group: [], setup: [], teardown: [] };
    const length = 1 + this.below(budget);
    this.say('pass');
    for (let index = 0; index < length; index += 1) this.statement(budget - 1);
    if (kept !== null) this.names = kept;
    this.depth -= 1;
  }

  statement(budget) {
    const canNest = this.depth < 4 && budget > 1;
    const write = this.weighted([
      [7, () => this.newTask()],
      [4, () => this.newXcom()],
      [8, () => this.edge()],
      [2, () => this.newMarked('setup')],
      [2, () => this.newMarked('teardown')],
      [canNest ? 3 : 0, () => this.newGroup(budget)],
      [canNest ? 2 : 0, () => this.newContext(budget)],
    ]);
    write();
  }
}

/** The text of a DAG file. */
export function randomDagFile(seed, dagId) {
  const writer = new Writer(seed);
  const length = 4 + writer.below(9);
  for (let index = 0; index < length; index += 1) writer.statement(6);
  return `${heading}with DAG("${dagId}", start_date=datetime(2026, 1, 1), schedule=None):\n${writer.lines.join('\n')}\n`;
}
