"""A stand-in for what Airflow's own tests share: requests to a running Airflow."""


def make_authenticated_rest_api_request(path, method, body=None):
    raise NotImplementedError


def create_airflow_connection(*_, **__):
    raise NotImplementedError


def delete_airflow_connection(*_, **__):
    raise NotImplementedError
