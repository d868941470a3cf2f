"""Writes earlier.json: `python earlier.py OLD.json NEW.json OUTPUT.json`, both made by generate.py.

OLD is the table of an Airflow with provider releases of spring 2022. What is kept is what NEW doesn't know: template
fields of operators that are gone, arguments that operators have lost, and those that they did not require.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any


def accepted(table: dict[str, Any], path: str) -> set[str]:
    operators, mixins = table["operators"], table["mixins"]
    found: set[str] = set()
    for name in [path, *operators[path].get("bases", "").split()]:
        marked = operators.get(name, {}).get("init") or mixins.get(name) or ""
        found |= {parameter.rstrip("!~") for parameter in marked.split() if not parameter.startswith("*")}
    return found


def required(table: dict[str, Any], path: str) -> set[str]:
    marked = table["operators"][path].get("init") or ""
    return {parameter.rstrip("!~") for parameter in marked.split() if "!" in parameter}


def main() -> None:
    old, new = (json.loads(Path(name).read_text("utf-8")) for name in sys.argv[1:3])
    result: dict[str, Any] = {}
    for path, entry in old["operators"].items():
        if not path.startswith("airflow.providers."):
            continue
        if path not in new["operators"]:
            if entry["fields"] is not None:
                result[path] = {"fields": entry["fields"]}
            continue
        lost = sorted(accepted(old, path) - accepted(new, path))
        late = sorted(required(new, path) - required(old, path)) if old["operators"][path].get("init") else []
        if lost or late:
            result[path] = {**({"lost": lost} if lost else {}), **({"late": late} if late else {})}
    lines = [f"{json.dumps(path)}: {json.dumps(result[path], separators=(',', ':'))}" for path in sorted(result)]
    Path(sys.argv[3]).write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")
    print(len(result))


if __name__ == "__main__":
    main()
