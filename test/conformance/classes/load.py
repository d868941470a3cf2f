#!/usr/bin/env python3
"""Load each file of a folder by itself, as Airflow would, and write the classes of its tasks as JSON.

    python load.py --folder FOLDER --out result.json
"""
from __future__ import annotations

import argparse
import json
import os
import warnings
from pathlib import Path

os.environ["AIRFLOW__LOGGING__LOGGING_LEVEL"] = "CRITICAL"
os.environ["AIRFLOW__CORE__LOAD_EXAMPLES"] = "False"
os.environ["AIRFLOW__CORE__DAGBAG_IMPORT_TIMEOUT"] = "300"
warnings.simplefilter("ignore")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", required=True)
    parser.add_argument("--out", required=True)
    arguments = parser.parse_args()
    try:
        from airflow.dag_processing.dagbag import DagBag
    except ImportError:
        from airflow.models.dagbag import DagBag
    bag = DagBag(dag_folder=arguments.folder, include_examples=False)
    loaded = {dag_id: sorted(task.task_type for task in dag.tasks) for dag_id, dag in bag.dags.items()}
    errors = {Path(file).stem: str(error).strip().splitlines()[-1] for file, error in bag.import_errors.items()}
    Path(arguments.out).write_text(json.dumps({"dags": loaded, "errors": errors}, indent=1, sort_keys=True), "utf-8")


main()
