"""A stand-in for what Airflow's own tests share: other settings for a while."""

from contextlib import contextmanager


@contextmanager
def conf_vars(overrides):
    yield
