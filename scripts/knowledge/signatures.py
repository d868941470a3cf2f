"""Parameters of functions and of classes' `__init__`, as data."""

from __future__ import annotations

import enum
import inspect
from typing import Any

from names import NameTable, kind_of
from scope import is_private

CODES = {
    inspect.Parameter.POSITIONAL_ONLY: "positional_only",
    inspect.Parameter.POSITIONAL_OR_KEYWORD: "positional_or_keyword",
    inspect.Parameter.KEYWORD_ONLY: "keyword_only",
    inspect.Parameter.VAR_POSITIONAL: "var_positional",
    inspect.Parameter.VAR_KEYWORD: "var_keyword",
}
# Modules whose classes and functions DAG files call directly.
DESCRIBED_PREFIXES = (
    "airflow.assets",
    "airflow.datasets",
    "airflow.decorators",
    "airflow.macros",
    "airflow.models.baseoperator",
    "airflow.models.connection",
    "airflow.models.dag",
    "airflow.models.param",
    "airflow.models.variable",
    "airflow.models.xcom_arg",
    "airflow.sdk",
    "airflow.timetables",
    "airflow.utils.dates",
    "airflow.utils.edgemodifier",
    "airflow.utils.helpers",
    "airflow.utils.setup_teardown",
    "airflow.utils.task_group",
    "airflow.utils.timezone",
)


def json_scalar(value: Any) -> tuple[bool, Any]:
    """(is it a JSON scalar, the scalar); members of string and number enums count by their value."""
    if isinstance(value, enum.Enum) and isinstance(value, (str, int, float)):  # not sentinels such as attrs.NOTHING
        value = value.value
    if value is None or type(value) in (str, bool, int):
        return True, value
    return (True, value) if type(value) is float and value == value and abs(value) != float("inf") else (False, None)


def parameters_of(callable_: Any) -> list[inspect.Parameter] | None:
    """Parameters without the bound first one, or None when Python can't tell."""
    try:
        return list(inspect.signature(callable_).parameters.values())
    except (TypeError, ValueError):
        return None


def is_required(parameter: inspect.Parameter) -> bool:
    variadic = parameter.kind in (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    return parameter.default is inspect.Parameter.empty and not variadic


def describe_signatures(table: NameTable) -> dict[str, list]:
    """Canonical path -> parameters as [name, kind] (required) or [name, kind, default or {}]."""
    described: dict[str, list] = {}
    for module_name in sorted(table.loaded.modules):
        if not module_name.startswith(DESCRIBED_PREFIXES) or is_private(module_name):
            continue
        for name, value in table.public_names(module_name).items():
            home, attribute = table.canonical(module_name, name, value)
            if kind_of(value, table.base_operator) not in ("class", "function") or not home.startswith("airflow"):
                continue
            parameters = None if _is_enum(value) else parameters_of(value)
            if parameters is not None:
                described[f"{home}.{attribute}"] = [_described(parameter) for parameter in parameters]
    return described


def _is_enum(value: Any) -> bool:
    return isinstance(value, type) and issubclass(value, (enum.Enum, BaseException))


def _described(parameter: inspect.Parameter) -> list:
    kind = CODES[parameter.kind]
    if is_required(parameter) or kind.startswith("var_"):
        return [parameter.name, kind]
    # An object stands for a default that JSON can't say.
    is_scalar, value = json_scalar(parameter.default)
    return [parameter.name, kind, value if is_scalar else {}]
