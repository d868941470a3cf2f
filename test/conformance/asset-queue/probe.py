#!/usr/bin/env python3
"""Send asset events through Airflow's own asset manager and scheduler, and write which runs carry which events.

    python probe.py --dags FOLDER --out result.json

Runs in Airflow 2.11 or 3.x with a database of its own (AIRFLOW_HOME). No task runs: it is about the queue alone.
"""
from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import airflow
from airflow.jobs.job import Job
from airflow.jobs.scheduler_job_runner import SchedulerJobRunner
from airflow.models.dag import DagModel
from airflow.models.dagrun import DagRun
from airflow.utils.session import create_session
from sqlalchemy import select

IS_3 = airflow.__version__.startswith("3")
if IS_3:
    from airflow.assets.manager import asset_manager as manager
    from airflow.dag_processing.dagbag import DagBag, sync_bag_to_db
    from airflow.models.asset import AssetDagRunQueue as Queue
    from airflow.models.asset import AssetModel as Model
    from airflow.models.dagbundle import DagBundleModel
else:
    from airflow.datasets import Dataset
    from airflow.datasets.manager import dataset_manager as manager
    from airflow.models.dagbag import DagBag
    from airflow.models.dataset import DatasetDagRunQueue as Queue
    from airflow.models.dataset import DatasetModel as Model

A, B = "x-queue://host/a", "x-queue://host/b"


def store(folder: str) -> None:
    """Put the DAGs of a folder into the database, as the DAG processor does."""
    if not IS_3:
        DagBag(folder, include_examples=False).sync_to_db()
        return
    with create_session() as session:
        session.add(DagBundleModel(name="probe"))
    sync_bag_to_db(DagBag(folder, include_examples=False), "probe", None)


class Probe:
    def __init__(self, session, folder: str) -> None:
        self.session = session
        job = Job()
        session.add(job)
        session.flush()
        self.runner = SchedulerJobRunner(job)
        if not IS_3:
            self.runner.dagbag = DagBag(folder, include_examples=False, read_dags_from_db=True)
        self.dags = [model.dag_id for model in self.models()]
        self.count = 0
        self.steps: list[dict] = []

    def models(self) -> list:
        return sorted(self.session.scalars(select(DagModel)).all(), key=lambda model: model.dag_id)

    def pause(self, dag_id: str, is_paused: bool) -> None:
        for model in self.models():
            if model.dag_id == dag_id:
                model.is_paused = is_paused
        self.session.commit()

    def event(self, uri: str, key: str | None = None) -> None:
        self.count += 1
        model = self.session.scalar(select(Model).where(Model.uri == uri))
        extra = {"n": self.count}
        if IS_3:
            manager.register_asset_change(asset=model.to_serialized(), extra=extra, session=self.session, partition_key=key)
        else:
            manager.register_dataset_change(dataset=Dataset(uri), extra=extra, session=self.session)
        self.session.commit()
        # Two events of one moment would leave open which of them came first.
        time.sleep(0.05)

    def loop(self) -> None:
        """One look of the scheduler at what assets have queued."""
        if IS_3:
            self.runner._create_dagruns_for_partitioned_asset_dags(self.session)
        query, triggered = DagModel.dags_needing_dagruns(self.session)
        models = [model for model in query.all() if model.dag_id in triggered]
        if IS_3:
            self.runner._create_dag_runs_asset_triggered(dag_models=models, session=self.session)
        else:
            self.runner._create_dag_runs_dataset_triggered(models, triggered, self.session)
        self.session.commit()

    def finish(self) -> None:
        for run in self.session.scalars(select(DagRun)).all():
            run._state = "success"
        self.session.commit()

    def runs(self, dag_id: str) -> list[list[int]]:
        """The numbers of the events that each run carries."""
        found = self.session.scalars(select(DagRun).where(DagRun.dag_id == dag_id).order_by(DagRun.id)).all()
        return [sorted(event.extra["n"] for event in (run.consumed_asset_events if IS_3 else run.consumed_dataset_events)) for run in found]

    def note(self, after: str) -> None:
        queued = sorted(row.target_dag_id for row in self.session.scalars(select(Queue)).all())
        self.steps.append({"after": after, "runs": {dag_id: self.runs(dag_id) for dag_id in self.dags}, "queued": queued})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dags", required=True)
    parser.add_argument("--out", required=True)
    arguments = parser.parse_args()
    store(arguments.dags)
    with create_session() as session:
        probe = Probe(session, arguments.dags)
        for dag_id in probe.dags:
            probe.pause(dag_id, dag_id == "paused")
        for _ in range(3):
            probe.event(A)
        probe.note("events 1, 2, 3 of a")
        probe.loop()
        probe.note("a look of the scheduler")
        probe.loop()
        probe.note("another look, no event")
        probe.event(B)
        probe.loop()
        probe.note("event 4 of b, a look")
        probe.event(A)
        probe.loop()
        probe.note("event 5 of a while runs are active, a look")
        probe.event(A)
        probe.finish()
        probe.loop()
        probe.note("event 6 of a, all runs end, a look")
        probe.pause("paused", False)
        probe.loop()
        probe.note("`paused` is unpaused, a look")
        probe.event(A)
        probe.finish()
        probe.loop()
        probe.note("event 7 of a, all runs end, a look")
        if "parts" in probe.dags:
            for uri, key in ((A, "mon"), (A, "mon"), (A, "tue"), (B, "mon")):
                probe.event(uri, key)
            probe.loop()
            probe.note("events 8, 9 of a for mon, 10 of a for tue, 11 of b for mon, a look")
            probe.event(A, "mon")
            probe.loop()
            probe.note("event 12 of a for mon, a look")
        Path(arguments.out).write_text(json.dumps(probe.steps, indent=1), "utf-8")


main()
