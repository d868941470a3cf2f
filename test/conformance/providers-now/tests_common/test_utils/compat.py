"""A stand-in for what Airflow's own tests share: names that moved between versions."""

from airflow.providers.standard.operators.empty import EmptyOperator

__all__ = ["EmptyOperator"]
