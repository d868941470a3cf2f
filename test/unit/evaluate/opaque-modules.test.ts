import { describe, expect, it } from 'vitest';
import { graphOfSource } from '../../support/graph.js';

const head = 'from airflow.sdk import DAG\n';

async function statusOf(text: string): Promise<string | undefined> {
  const document = await graphOfSource({ 'a.py': `${head}${text}` });
  return document.dags[0]?.status;
}

describe('modules that are not modelled', () => {
  it('are true and not None when they import', async () => {
    const fallback = 'try:\n    from kubernetes.client import models as k8s\nexcept ImportError:\n    k8s = None\n';
    expect(await statusOf(`${fallback}if k8s:\n    with DAG('one', schedule=None):\n        pass\n`)).toBe('exact');
    expect(await statusOf(`${fallback}if k8s is not None:\n    with DAG('one', schedule=None):\n        pass\n`)).toBe('exact');
    expect(await statusOf(`import requests\nif requests is None:\n    raise ValueError\nwith DAG('one', schedule=None):\n    pass\n`)).toBe('exact');
  });

  it('are not known to hold what is only a name in them', async () => {
    expect(await statusOf(`from kubernetes.client import anything\nif anything:\n    with DAG('one', schedule=None):\n        pass\n`)).not.toBe('exact');
  });

  it('may be missing when nobody knows them', async () => {
    expect(await statusOf(`try:\n    import company\nexcept ImportError:\n    company = None\nif company:\n    with DAG('one', schedule=None):\n        pass\n`)).not.toBe('exact');
  });
});
