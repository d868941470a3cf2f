"""Writes the table of one installed Airflow: `python generate.py OUTPUT.json` under that Airflow's interpreter."""

from __future__ import annotations

import importlib.metadata
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

LEGACY = Path(__file__).resolve().parents[2] / "src" / "knowledge" / "airflow" / "legacy.json"
PROVIDER_PREFIX = "apache-airflow-providers-"


def main() -> None:
    fix_hash_seed()
    output = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as home:
        isolate(home)
        table = describe()
    output.write_text(render(table), encoding="utf-8")
    print({section: len(content) for section, content in table.items()}, output.stat().st_size)


def fix_hash_seed() -> None:
    """Some operators build template_fields from a set: its order has to be the same each time."""
    if os.environ.get("PYTHONHASHSEED") != "0":
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, "PYTHONHASHSEED": "0"})


def isolate(home: str) -> None:
    """No configuration, database or cache of the machine takes part."""
    for key in [key for key in os.environ if key.startswith("AIRFLOW")]:
        del os.environ[key]
    os.environ["AIRFLOW_HOME"] = home
    os.environ["AIRFLOW__CORE__LOAD_EXAMPLES"] = "False"
    sys.dont_write_bytecode = True


def describe() -> dict[str, Any]:
    from decorators import describe_decorators
    from names import NameTable, describe_modules
    from operators import describe_operators, find_operators
    from scope import EXCLUDED_PACKAGES, EXCLUDED_PROVIDER_PARTS, load_airflow
    from signatures import describe_signatures
    from vocabulary import describe_enums, describe_values

    probes = legacy_probes()
    loaded = load_airflow(sorted(probes))
    from airflow.models.baseoperator import BaseOperator

    table = NameTable(loaded, BaseOperator, probes)
    modules, foreign = describe_modules(table)
    operators, mixins = describe_operators(find_operators(table), BaseOperator)
    return {
        "about": versions(BaseOperator),
        "excluded": sorted([*EXCLUDED_PACKAGES, *(f"*.{part}" for part in EXCLUDED_PROVIDER_PARTS)]),
        "failed": [name for name in loaded.failed if name not in probes],
        "modules": modules,
        "foreign": foreign,
        "operators": operators,
        "mixins": {path: " ".join(parameters) for path, parameters in mixins.items()},
        "decorators": describe_decorators(),
        "signatures": describe_signatures(table),
        "enums": describe_enums(table),
        "values": describe_values(table),
    }


def legacy_probes() -> dict[str, set[str]]:
    """Module -> names to try, from the list of import paths that some Airflow once had."""
    probes: dict[str, set[str]] = {}
    for path in json.loads(LEGACY.read_text(encoding="utf-8")):
        module, _, name = path.rpartition(".")
        probes.setdefault(module, set()).add(name)
    return probes


def versions(base_operator: type) -> dict[str, Any]:
    found = {
        distribution.name.lower(): distribution.version
        for distribution in importlib.metadata.distributions()
        if distribution.name.lower().startswith("apache-airflow")
    }
    return {
        "airflow": found["apache-airflow"],
        "base_operator": f"{base_operator.__module__}.{base_operator.__qualname__}",
        "providers": {
            name.removeprefix(PROVIDER_PREFIX): version
            for name, version in sorted(found.items())
            if name.startswith(PROVIDER_PREFIX)
        },
    }


def render(table: dict[str, Any]) -> str:
    """JSON with one entry per line, keys sorted, so that a change of one entry is a change of one line."""
    return "{\n" + ",\n".join(f'"{section}": {_section(content)}' for section, content in table.items()) + "\n}\n"


def _section(content: Any) -> str:
    if isinstance(content, list):
        return "[\n" + ",\n".join(_compact(item) for item in content) + "\n]"
    return "{\n" + ",\n".join(f"{_compact(key)}:{_compact(content[key])}" for key in sorted(content)) + "\n}"


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=False)


if __name__ == "__main__":
    main()
