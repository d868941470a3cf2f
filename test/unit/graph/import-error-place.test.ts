import { expect, test } from 'vitest';
import { graphOfSource } from '../../support/graph.js';

test('an error in an imported module is told at the import of the DAG file, with the line of the module', async () => {
  const files = {
    'a.py': 'from airflow import DAG\nimport os\nfrom first.one import x\n',
    'first/__init__.py': '',
    'first/one.py': 'from first.two import y\n',
    'first/two.py': 'y = 1\n\nraise ValueError("no")\n',
  };
  const { import_errors } = await graphOfSource(files);
  expect(import_errors).toEqual([{ kind: 'exception', reason: 'ValueError: no (first/two.py:3)', file: 'a.py', line: 3 }]);
});

test('an error in a function of another module is told with its line', async () => {
  const files = { 'a.py': 'from airflow import DAG\nfrom helper import f\nf()\n', 'helper/__init__.py': 'def f():\n    raise ValueError("no")\n' };
  expect((await graphOfSource(files)).import_errors).toMatchObject([{ reason: 'ValueError: no (helper/__init__.py:2)', file: 'a.py' }]);
});
