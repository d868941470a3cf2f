"""Which operator class each `@task.<name>` decorator makes."""

from __future__ import annotations

import warnings
from typing import Any

from operators import path_of


def describe_decorators() -> dict[str, dict[str, Any]]:
    """Decorator name -> operator class, for those of the core and of the installed providers."""
    from airflow.decorators import task
    from airflow.providers_manager import ProvidersManager

    # `external_python` is an instance attribute on 2.x and a registered decorator elsewhere.
    own = {name for name in dir(task) if not name.startswith("_")}
    described = {}
    for name in sorted(own | set(ProvidersManager().taskflow_decorators)):
        operator_class = _operator_class(task, name)
        if operator_class is not None:
            described[name] = {"operator": path_of(operator_class)}
    return described


def _operator_class(task: Any, name: str) -> type | None:
    """The class behind a decorator; None for modifiers such as `run_if`, which make no operator."""

    def probe() -> None:
        """Never called: only decorated."""

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return getattr(getattr(task, name)(probe), "operator_class", None)
        except Exception:  # modifiers take other arguments than a function
            return None
