import type { Dag, Schedule, Task } from '../../src/model/graph.js';

/** The nouns of the graph document with everything at its plainest; a test overrides what it is about. */

export function plainTask(taskId: string, more: Partial<Task> = {}): Task {
  return {
    task_id: taskId,
    operator: 'PythonOperator',
    operator_path: 'airflow.providers.standard.operators.python.PythonOperator',
    operator_bases: ['PythonOperator', 'BaseOperator'],
    group_id: null,
    is_mapped: false,
    is_setup: false,
    is_teardown: false,
    trigger_rule: 'all_success',
    owner: null,
    pool: null,
    retries: null,
    depends_on_past: false,
    wait_for_downstream: false,
    inlets: [],
    outlets: [],
    template_fields: [],
    arguments: {},
    template_files: [],
    callable: null,
    body: [],
    link: null,
    is_opaque: false,
    file: 'dags/example.py',
    line: 10,
    ...more,
  };
}

export function plainDag(dagId: string, more: Partial<Dag> = {}): Dag {
  return {
    dag_id: dagId,
    status: 'exact',
    file: 'dags/example.py',
    line: 5,
    schedule: cron('0 4 * * *'),
    catchup: false,
    start_date: '2026-01-01T00:00:00+00:00',
    end_date: null,
    max_active_runs: null,
    is_paused_upon_creation: null,
    description: null,
    doc_md: null,
    owner: null,
    tags: [],
    params: {},
    tasks: [],
    edges: [],
    task_groups: [],
    unknowns: [],
    assumptions: [],
    ...more,
  };
}

export function cron(expression: string, timezone = 'UTC'): Schedule {
  return { kind: 'cron', expression, timezone, timetable: 'CronTriggerTimetable' };
}
