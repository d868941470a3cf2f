import { describe, expect, it } from 'vitest';
import { graphOfSource } from '../../support/graph.js';
import type { SourceOptions } from '../../support/graph.js';

const head = `from datetime import datetime
import os
from airflow.sdk import DAG, TaskGroup, Variable, chain
from airflow.providers.standard.operators.empty import EmptyOperator
START = datetime(2026, 1, 1)
`;

async function only(source: string, options: SourceOptions = {}) {
  const graph = await graphOfSource({ 'x.py': head + source }, options);
  const [dag] = graph.dags;
  if (dag === undefined || graph.dags.length > 1) throw new Error(`${graph.dags.length.toString()} DAGs; ${JSON.stringify(graph.import_errors)}`);
  return dag;
}

const inDag = (body: string): string => `with DAG("d", start_date=START, schedule=None):\n${body.replace(/^/gm, '    ')}\n`;

describe('what can not be known takes the DAG out of exact, with the reason', () => {
  it.each([
    ['a task under an unknown condition', inDag('if os.environ["X"]:\n    EmptyOperator(task_id="a")'), 'environment'],
    ['an edge under an unknown condition', inDag('a = EmptyOperator(task_id="a")\nb = EmptyOperator(task_id="b")\nif Variable.get("v"):\n    a >> b'), 'missing_variable'],
    ['a loop over something unknown', inDag('for x in Variable.get("v").split(","):\n    EmptyOperator(task_id="a")'), 'missing_variable'],
    ['a comprehension over something unknown', inDag('[EmptyOperator(task_id=x) for x in Variable.get("v")]'), 'missing_variable'],
    ['a comprehension with an unknown condition', inDag('[EmptyOperator(task_id=x) for x in ["a", "b"] if os.environ[x]]'), 'environment'],
    ['an unknown task id', inDag('EmptyOperator(task_id=Variable.get("v"))'), 'missing_variable'],
    ['an unknown schedule', 'with DAG("d", start_date=START, schedule=Variable.get("v")):\n    EmptyOperator(task_id="a")\n', 'missing_variable'],
    ['an unknown trigger rule', inDag('EmptyOperator(task_id="a", trigger_rule=Variable.get("v"))'), 'missing_variable'],
    ['default_args that are not known', 'with DAG("d", start_date=START, schedule=None, default_args=Variable.get("v", deserialize_json=True)):\n    EmptyOperator(task_id="a")\n', 'missing_variable'],
    ['a call that may add tasks', 'from company_utils import add_tasks\n' + inDag('EmptyOperator(task_id="a")\nadd_tasks()'), 'missing_module'],
    ['a DAG handed to code that can not be seen', 'from company_utils import register\ndag = DAG("d", start_date=START, schedule=None)\nEmptyOperator(task_id="a", dag=dag)\nregister(dag)\n', 'missing_module'],
    ['a list handed to code that can not be seen', 'from company_utils import extend\nnames = ["a"]\nextend(names)\n' + inDag('for name in names:\n    EmptyOperator(task_id=name)'), 'missing_module'],
    ['a list changed under an unknown condition', 'names = ["a"]\nif os.environ["X"]:\n    names.append("b")\n' + inDag('for name in names:\n    EmptyOperator(task_id=name)'), 'environment'],
    ['an exception under an unknown condition', inDag('EmptyOperator(task_id="a")\nif os.environ["X"]:\n    raise ValueError("no")'), 'environment'],
    ['an early return under an unknown condition', 'def build():\n    EmptyOperator(task_id="a")\n    if os.environ["X"]:\n        return\n    EmptyOperator(task_id="b")\n' + inDag('build()'), 'environment'],
    ['a break under an unknown condition', inDag('for x in ["a", "b"]:\n    if os.environ[x]:\n        break\n    EmptyOperator(task_id=x)'), 'environment'],
    ['code made of text', inDag('EmptyOperator(task_id="a")\nexec("EmptyOperator(task_id=\'b\')")'), 'not_modelled'],
    ['an unknown neighbour', inDag('a = EmptyOperator(task_id="a")\na >> Variable.get("v")'), 'missing_variable'],
    ['an unknown argument of chain', inDag('a = EmptyOperator(task_id="a")\nchain(a, *Variable.get("v"))'), 'missing_variable'],
    ['a handler that may run', 'from company_utils import names\ntry:\n    items = names()\nexcept Exception:\n    items = ["a"]\n' + inDag('for item in items:\n    EmptyOperator(task_id=item)'), 'missing_module'],
    ['what follows an exception that may be swallowed', inDag('EmptyOperator(task_id="a")\ntry:\n    if os.environ["X"] == "1":\n        raise ValueError\n    EmptyOperator(task_id="b")\nexcept ValueError:\n    pass'), 'environment'],
    ['what follows a conversion that may fail', inDag('EmptyOperator(task_id="a")\ntry:\n    int(os.getenv("X"))\n    EmptyOperator(task_id="b")\nexcept (TypeError, ValueError):\n    pass'), 'environment'],
    ['a DAG made after something that may fail', 'try:\n    int(os.getenv("X"))\n    with DAG("d", start_date=START, schedule=None):\n        EmptyOperator(task_id="a")\nexcept ValueError:\n    pass\n', 'environment'],
    ['a name set after a Variable that may not be there', 'name = "a"\ntry:\n    Variable.get("v")\n    name = "b"\nexcept KeyError:\n    pass\n' + inDag('EmptyOperator(task_id=name)'), 'missing_variable'],
    ['a name set after an environment variable that may not be there', 'name = "a"\ntry:\n    os.environ["X"]\n    name = "b"\nexcept KeyError:\n    pass\n' + inDag('EmptyOperator(task_id=name)'), 'environment'],
    ['a name set after an inner handler let an exception through', 'name = "a"\ntry:\n    try:\n        int(os.getenv("X"))\n    except TypeError:\n        pass\n    name = "b"\nexcept ValueError:\n    pass\n' + inDag('EmptyOperator(task_id=name)'), 'environment'],
    ['a name set in a try body after what may raise', 'from company_utils import ask\nname = "a"\ntry:\n    ask()\n    name = "b"\nexcept Exception:\n    pass\n' + inDag('EmptyOperator(task_id=name)'), 'missing_module'],
    ['a name set between two things that may raise', 'from company_utils import ask\nname = "a"\ntry:\n    ask()\n    name = "b"\n    ask()\nexcept Exception:\n    name = name + "x"\nelse:\n    name = "ax"\n' + inDag('EmptyOperator(task_id=name)'), 'missing_module'],
    ['a list changed in a try body after what may raise', 'from company_utils import ask\nnames = ["a"]\ntry:\n    ask()\n    names.append("b")\nexcept Exception:\n    pass\n' + inDag('for name in names:\n    EmptyOperator(task_id=name)'), 'missing_module'],
    ['a task made in a try body after what may raise', 'from company_utils import ask\n' + inDag('EmptyOperator(task_id="a")\ntry:\n    ask()\n    EmptyOperator(task_id="b")\nexcept Exception:\n    pass'), 'missing_module'],
    ['the order of a set', inDag('chain(*[EmptyOperator(task_id=x) for x in {"a", "b"}])'), 'random'],
    ['a text that doubles without end', inDag('EmptyOperator(task_id="a")\nx = {}\nfor i in range(100):\n    x = {"a": x, "b": x}\nEmptyOperator(task_id=str(x))'), 'budget'],
    ['a product without end', inDag('EmptyOperator(task_id="a")\nfrom itertools import product\nfor x in list(product(range(1000), repeat=4)):\n    EmptyOperator(task_id=str(x))'), 'budget'],
    ['an unbounded loop', inDag('EmptyOperator(task_id="a")\nwhile True:\n    pass'), 'budget'],
  ])('%s', async (_name, source, kind) => {
    const dag = await only(source);
    expect(dag.status).not.toBe('exact');
    expect([...new Set(dag.unknowns.map((unknown) => unknown.kind))]).toContain(kind);
    for (const unknown of dag.unknowns) expect(unknown.file).toBe('x.py');
  });
});

describe('what does not touch the graph leaves it exact', () => {
  it.each([
    ['an unknown argument of no structure', inDag('EmptyOperator(task_id="a", doc_md=Variable.get("v"))')],
    ['the clock in a start date', 'from airflow.sdk import timezone\nwith DAG("d", start_date=timezone.utcnow(), schedule="@daily"):\n    EmptyOperator(task_id="a")\n'],
    ['a log line and a library that knows nothing of Airflow', 'import logging\nimport requests\n' + inDag('logging.getLogger(__name__).info("x")\nrequests.get("http://x")\nEmptyOperator(task_id="a")')],
    ['a set where the order does not matter', inDag('for x in sorted({"b", "a"} | set({"c"})):\n    EmptyOperator(task_id=x + str(len({"x", "y"})))')],
    ['a task in a condition', inDag('before = None\nfor x in ["a", "b"]:\n    task = EmptyOperator(task_id=x)\n    if before:\n        before >> task\n    before = task')],
    ['a name set in a try body before what may raise', 'import requests\nname = "a"\ntry:\n    name = "b"\n    requests.get("http://x")\nexcept Exception:\n    pass\n' + inDag('EmptyOperator(task_id=name)')],
    ['arms that agree', 'x = 1 if os.environ["X"] else 1\n' + inDag('EmptyOperator(task_id=f"a{x}")')],
    ['a name that the handler sets to the same', 'try:\n    int(os.getenv("X"))\n    name = "a"\nexcept ValueError:\n    name = "a"\n' + inDag('EmptyOperator(task_id=name)')],
    ['what follows a handled exception', 'try:\n    int(os.getenv("X"))\nexcept (TypeError, ValueError):\n    pass\n' + inDag('EmptyOperator(task_id="a")')],
    ['a text of something unknown', 'try:\n    x = str(os.getenv("X"))\n    name = "b"\nexcept ValueError:\n    name = "a"\n' + inDag('EmptyOperator(task_id=name)')],
    ['an unknown in a function that never runs', 'def later():\n    return Variable.get("v")\n' + inDag('EmptyOperator(task_id="a")')],
  ])('%s', async (_name, source) => {
    const dag = await only(source);
    expect(dag.unknowns).toEqual([]);
    expect(dag.status).toBe('exact');
  });
});

it('a list changed in a try body whose handlers all raise is known where the file goes on', async () => {
  const dag = await only('import requests\nnames = ["a"]\ntry:\n    requests.get("http://x")\n    names.append("b")\nexcept Exception as error:\n    raise ValueError("no") from error\n' + inDag('for name in names:\n    EmptyOperator(task_id=name)'));
  expect(dag.tasks.map((task) => task.task_id)).toEqual(['a', 'b']);
});

describe('inputs', () => {
  const source = inDag('for x in Variable.get("v", deserialize_json=True):\n    EmptyOperator(task_id=x)');

  it('make a DAG exact, and it says what it rests on', async () => {
    const dag = await only(source, { variables: { v: ['a', 'b'] } });
    expect(dag.status).toBe('exact');
    expect(dag.tasks.map((task) => task.task_id)).toEqual(['a', 'b']);
    expect(dag.assumptions.map((each) => each.kind)).toEqual(['variable']);
  });

  it('are listed when they are missing', async () => {
    const graph = await graphOfSource({ 'x.py': head + source });
    expect(graph.inputs).toEqual([{ kind: 'variable', name: 'v', state: 'missing', places: [{ file: 'x.py', line: 7 }] }]);
  });
});

describe('modules that files share', () => {
  const files = {
    'shared/__init__.py': '',
    'shared/names.py': 'NAMES = ["a"]\ncount = 0\ndef next_name():\n    global count\n    count += 1\n    return f"n{count}"\n',
    'x.py': `${head}from shared.names import NAMES, next_name\nNAMES.append("b")\nwith DAG("x", start_date=START, schedule=None):\n    EmptyOperator(task_id=next_name())\n`,
    'y.py': `${head}from shared.names import NAMES, next_name\nwith DAG("y", start_date=START, schedule=None):\n    EmptyOperator(task_id=next_name())\n    for name in NAMES:\n        EmptyOperator(task_id=name)\n`,
  };

  it('are fresh for each file, as in a process of its own', async () => {
    const graph = await graphOfSource(files);
    expect(graph.dags.map((dag) => [dag.dag_id, dag.status, dag.tasks.map((task) => task.task_id)])).toEqual([
      ['x', 'exact', ['n1']],
      ['y', 'exact', ['a', 'n1']],
    ]);
  });
});

it('redacts secrets by their name and by their form', async () => {
  const dag = await only(
    'from airflow.providers.standard.operators.bash import BashOperator\n' +
      inDag('BashOperator(task_id="a", bash_command="psql postgresql://app:hunter22@db/x", env={"API_TOKEN": "abc123def456", "MODE": "full"})'),
  );
  const text = JSON.stringify(dag);
  expect(text).not.toMatch(/hunter22|abc123def456/);
  expect(text).toContain('"MODE":"full"');
});

describe('classes that can not be seen', () => {
  it.each([
    ['an operator of a missing module', 'from company import LoadOperator\n' + inDag('LoadOperator(task_id="a") >> EmptyOperator(task_id="b")'), 'LoadOperator'],
    ['its subclass in the repository', 'from company import LoadOperator\nclass Own(LoadOperator):\n    def __init__(self, name, **kwargs):\n        super().__init__(task_id=name, **kwargs)\n' + inDag('Own(name="a") >> EmptyOperator(task_id="b")'), 'Own'],
  ])('%s is a task of that class with exact edges', async (_name, source, operator) => {
    const dag = await only(source);
    expect(dag.tasks.map((task) => [task.task_id, task.operator, task.is_opaque])).toEqual([
      ['a', operator, true],
      ['b', 'EmptyOperator', false],
    ]);
    expect(dag.edges.map((edge) => [edge.upstream, edge.downstream])).toEqual([['a', 'b']]);
    expect(dag.status).toBe('exact');
  });

  it.each([
    ['a mapped operator of a missing module', 'from company import LoadOperator\n' + inDag('LoadOperator.partial(task_id="a").expand(x=[1])')],
    ['a subclass of what may be no operator, with a constructor of its own', 'from company import Loader\nclass Own(Loader):\n    def __init__(self, task_id):\n        super().__init__(task_id=task_id + "x")\n' + inDag('Own(task_id="a")')],
    ['a subclass without a task_id', 'from company import Loader\nclass Own(Loader):\n    pass\n' + inDag('EmptyOperator(task_id="b")\nOwn("a")')],
  ])('%s takes the DAG out of exact', async (_name, source) => {
    expect((await only(source)).status).not.toBe('exact');
  });

  it('a file whose only DAG comes from code that can not be seen is not silent', async () => {
    const graph = await graphOfSource({ 'x.py': 'from company import make_dag  # airflow\ndag = make_dag("x")\n' });
    expect(graph.dags).toEqual([]);
    expect(graph.unknowns.map((unknown) => [unknown.kind, unknown.line])).toEqual([['missing_module', 1]]);
  });
});
