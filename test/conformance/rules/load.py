#!/usr/bin/env python3
"""Load each folder of DAG files by itself, as Airflow would, and write what came of it as JSON.

    python load.py --folders FOLDER --out result.json
"""
from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path


def load(folder: Path) -> dict:
    """What Airflow makes of one folder: its DAGs, and the errors of the files that it refuses."""
    try:
        from airflow.dag_processing.dagbag import DagBag
    except ImportError:
        from airflow.models.dagbag import DagBag
    # Files of one folder may import each other; those of another have the same names.
    known = set(sys.modules)
    sys.path.insert(0, str(folder))
    try:
        bag = DagBag(dag_folder=str(folder), include_examples=False)
    finally:
        sys.path.remove(str(folder))
        for name in set(sys.modules) - known:
            if str(folder) in str(getattr(sys.modules[name], "__file__", "")):
                del sys.modules[name]
    errors = [str(error).strip().splitlines()[-1] for error in bag.import_errors.values()]
    return {"dags": sorted(bag.dags), "errors": errors}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folders", required=True)
    parser.add_argument("--out", required=True)
    arguments = parser.parse_args()
    os.environ["AIRFLOW__LOGGING__LOGGING_LEVEL"] = "CRITICAL"
    folders = sorted(path for path in Path(arguments.folders).resolve().iterdir() if path.is_dir())
    result = {folder.name: load(folder) for folder in folders}
    Path(arguments.out).write_text(json.dumps(result, indent=2), "utf-8")


main()
