"""Enums and constants that DAG files name."""

from __future__ import annotations

import enum
import json
import os
import re
import sys
from pathlib import Path
from typing import Any

from names import NameTable
from signatures import json_scalar

CONSTANT = re.compile(r"[A-Z][A-Z0-9_]*")
KEPT_VALUES = frozenset({"cron_presets", "__version__"})
# Longer constants are SQL texts and the like, which no analysis reads.
LONGEST_VALUE = 400
# Some keys are drawn anew in every process.
RANDOM_VALUE = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
# Values there come from the machine or its configuration file.
MACHINE_MODULES = ("airflow.settings", "airflow.config", "airflow.sdk.configuration")
_NOTHING = object()


def describe_enums(table: NameTable) -> dict[str, dict[str, Any]]:
    """Class path -> member -> value, for enums and for classes that only group constants."""
    described: dict[str, dict[str, Any]] = {}
    for module_name, module in sorted(table.loaded.modules.items()):
        for value in list(vars(module).values()):
            if not isinstance(value, type) or value.__module__ != module_name:
                continue
            if issubclass(value, table.base_operator) or "<locals>" in value.__qualname__:
                continue
            members = _enum_members(value) if issubclass(value, enum.Enum) else _constants(value)
            if members:
                described[f"{module_name}.{value.__qualname__}"] = members
    return described


def _enum_members(class_: type[enum.Enum]) -> dict[str, Any]:
    pairs = {name: json_scalar(member.value) for name, member in class_.__members__.items()}
    return {name: value for name, (is_scalar, value) in pairs.items() if is_scalar}


def _constants(class_: type) -> dict[str, Any]:
    pairs = {name: json_scalar(value) for name, value in vars(class_).items() if CONSTANT.fullmatch(name)}
    return {name: value for name, (is_scalar, value) in pairs.items() if is_scalar}


def describe_values(table: NameTable) -> dict[str, Any]:
    """Path -> value of module constants that are JSON scalars, or flat lists and dicts of them."""
    described: dict[str, Any] = {}
    for module_name, module in sorted(table.loaded.modules.items()):
        if module_name.startswith(MACHINE_MODULES):
            continue
        for name in sorted(table.sources[module_name].bound):
            if not CONSTANT.fullmatch(name) and name not in KEPT_VALUES:
                continue
            value = flat_json(vars(module).get(name, _NOTHING))
            if value is not _NOTHING and _is_portable(value):
                described[f"{module_name}.{name}"] = value
    return described


def flat_json(value: Any) -> Any:
    """The value as JSON when it is a scalar or one level of scalars."""
    is_scalar, scalar = json_scalar(value)
    if is_scalar:
        return scalar
    if isinstance(value, (list, tuple)):
        items = [json_scalar(item) for item in value]
        return [item for _, item in items] if all(fits for fits, _ in items) else _NOTHING
    if isinstance(value, dict) and all(type(key) is str for key in value):
        pairs = {key: json_scalar(item) for key, item in value.items()}
        return {key: item for key, (_, item) in pairs.items()} if all(fits for fits, _ in pairs.values()) else _NOTHING
    return _NOTHING


def _is_portable(value: Any) -> bool:
    text = json.dumps(value)
    places = (os.environ["AIRFLOW_HOME"], sys.prefix, str(Path.home()))
    is_fixed = not RANDOM_VALUE.search(text) and not any(place in text for place in places)
    return is_fixed and len(text) <= LONGEST_VALUE
