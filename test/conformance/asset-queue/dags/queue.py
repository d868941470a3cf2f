"""Consumers of two assets, one for each way in which a schedule can join them."""
import pendulum

try:
    from airflow.providers.standard.operators.empty import EmptyOperator
    from airflow.sdk import DAG, Asset
    from airflow.timetables.assets import AssetOrTimeSchedule as OrTime

    ASSETS = "assets"
except ImportError:
    from airflow import DAG
    from airflow.datasets import Dataset as Asset
    from airflow.operators.empty import EmptyOperator
    from airflow.timetables.datasets import DatasetOrTimeSchedule as OrTime

    ASSETS = "datasets"
from airflow.timetables.trigger import CronTriggerTimetable

a, b = Asset("x-queue://host/a"), Asset("x-queue://host/b")
nightly = CronTriggerTimetable("0 0 * * *", timezone="UTC")


def consumer(name, schedule, **more):
    with DAG(name, schedule=schedule, start_date=pendulum.datetime(2026, 1, 1, tz="UTC"), catchup=False, **more):
        EmptyOperator(task_id="work")


consumer("one", [a])
consumer("all", [a, b])
consumer("any", a | b)
consumer("limited", [a], max_active_runs=1)
consumer("paused", [a])
consumer("or_time", OrTime(timetable=nightly, **{ASSETS: [a]}))

try:
    from airflow.sdk import PartitionedAssetTimetable
except ImportError:
    pass
else:
    consumer("parts", PartitionedAssetTimetable(assets=a & b))
