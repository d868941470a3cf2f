"""A stand-in for what Airflow's own tests share: how an example is run as a test."""

import os


def get_test_run(dag, **_):
    return lambda: dag.test()


def get_test_env_id(env_var_name="SYSTEM_TESTS_ENV_ID"):
    return os.environ.get(env_var_name, "default_env_id")
