"""A stand-in for what Airflow's own tests share: the task that fails a run when another one failed."""

from airflow.sdk import task


@task(trigger_rule="one_failed", retries=0)
def watcher():
    raise RuntimeError("a task failed")
