#!/usr/bin/env python3
"""Say, as JSON, which arguments the real classes of a list take.

    python probe.py --classes classes.json --out out.json

The list holds objects with `class` and `module`. An argument counts when `__init__` of the class, or of an ancestor that
gets its `**kwargs`, names it.
"""
from __future__ import annotations

import argparse
import importlib
import inspect
import json
import os
import warnings
from pathlib import Path

os.environ["AIRFLOW__LOGGING__LOGGING_LEVEL"] = "CRITICAL"
warnings.simplefilter("ignore")


def parameters_of(found: type) -> dict:
    """Every argument by name, and those that must be given."""
    names: set[str] = set()
    required: list[str] = []
    for ancestor in found.__mro__:
        init = ancestor.__dict__.get("__init__")
        if init is None or ancestor is object:
            continue
        given = inspect.signature(inspect.unwrap(init)).parameters.values()
        fresh = [each for each in given if each.name not in names | {"self", "task_id"}]
        named = [each for each in fresh if each.kind not in (each.VAR_POSITIONAL, each.VAR_KEYWORD)]
        names |= {each.name for each in named}
        if ancestor is found or not required:
            required += [each.name for each in named if each.default is each.empty]
        if not any(each.kind == each.VAR_KEYWORD for each in given):
            break
    return {"parameters": sorted(names), "required": required}


def probe(row: dict) -> dict:
    try:
        return parameters_of(getattr(importlib.import_module(row["module"]), row["class"]))
    except Exception as error:  # a provider may fail in any way while it is imported
        return {"missing": str(error).splitlines()[0] if str(error) else type(error).__name__}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--classes", required=True)
    parser.add_argument("--out", required=True)
    arguments = parser.parse_args()
    rows = json.loads(Path(arguments.classes).read_text("utf-8"))
    Path(arguments.out).write_text(json.dumps({row["class"]: probe(row) for row in rows}, indent=1), "utf-8")


main()
