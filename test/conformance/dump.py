#!/usr/bin/env python3
"""Write, as JSON, the graph that Airflow's own DagBag builds from a folder of DAG files.

    python dump.py --folder dags --root repository --out truth.json [--variables variables.json]

Runs in any Airflow 2.11 or 3.x environment. The document uses the names of `dag2event graph`, so that the two can be
compared field by field. It is sorted and holds neither clock nor machine paths: two dumps of one folder are equal.
"""
from __future__ import annotations

import argparse
import json
import os
import re
import sys
from pathlib import Path


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", required=True, help="the DAGs folder")
    parser.add_argument("--root", required=True, help="file names in the document are relative to it")
    parser.add_argument("--out", required=True)
    parser.add_argument("--variables", help="Airflow Variables, as `airflow variables export` writes them")
    parser.add_argument("--path", action="append", default=[], help="a further entry of sys.path")
    return parser.parse_args()


def prepare(arguments: argparse.Namespace) -> None:
    """Set the environment that Airflow reads when it is imported."""
    os.environ["AIRFLOW__CORE__DAGS_FOLDER"] = os.path.abspath(arguments.folder)
    os.environ["AIRFLOW__CORE__LOAD_EXAMPLES"] = "False"
    os.environ.setdefault("AIRFLOW__CORE__DAGBAG_IMPORT_TIMEOUT", "300")
    os.environ["AIRFLOW__LOGGING__LOGGING_LEVEL"] = "CRITICAL"
    if arguments.variables:
        for key, value in json.loads(Path(arguments.variables).read_text("utf-8")).items():
            text = value if isinstance(value, str) else json.dumps(value)
            os.environ[f"AIRFLOW_VAR_{key.upper()}"] = text
    for entry in [*arguments.path, arguments.folder]:
        if os.path.abspath(entry) not in sys.path:
            sys.path.append(os.path.abspath(entry))


def is_a(value: object, *names: str) -> bool:
    """Whether a class of one of these names is among the value's ancestors: the classes' modules moved between versions.

    What a timetable holds may be there as the scheduler keeps it, under a name of its own.
    """
    return any(ancestor.__name__.removeprefix("Serialized") in names for ancestor in type(value).__mro__)


def asset_expression(value: object) -> dict:
    if is_a(value, "AssetAlias", "DatasetAlias", "_DatasetAliasCondition", "_AssetAliasCondition"):
        return {"alias": value.name}
    if is_a(value, "AssetRef"):
        return {"ref": {key: getattr(value, key) for key in ("name", "uri") if getattr(value, key, None) is not None}}
    if is_a(value, "AssetAll", "DatasetAll"):
        return {"all": [asset_expression(member) for member in value.objects]}
    if is_a(value, "AssetAny", "DatasetAny"):
        return {"any": [asset_expression(member) for member in value.objects]}
    if is_a(value, "Asset", "Dataset"):
        result: dict = {"asset": {"name": getattr(value, "name", value.uri), "uri": value.uri}}
        watchers = sorted(watcher.name for watcher in getattr(value, "watchers", None) or [])
        return {**result, "watchers": watchers} if watchers else result
    raise TypeError(f"not an asset: {type(value).__name__}")


def assets_of(values: object) -> list:
    """The assets among a task's inlets or outlets; anything else that is listed there has no part in scheduling."""
    names = ("Asset", "Dataset", "AssetAlias", "DatasetAlias", "AssetRef", "AssetAll", "AssetAny", "DatasetAll", "DatasetAny")
    return [asset_expression(value) for value in values or [] if is_a(value, *names)]


def timetable_of(dag: object) -> object:
    try:
        from airflow.serialization.encoders import coerce_to_core_timetable
    except ImportError:
        return dag.timetable
    try:
        return coerce_to_core_timetable(dag.timetable)
    except KeyError:
        # EventsTimetable of 3.2 does not survive Airflow's own round trip; its class is all that is asked for.
        return dag.timetable


def zone_name(zone: object) -> str:
    return getattr(zone, "name", None) or getattr(zone, "key", None) or str(zone)


def time_schedule(timetable: object, preset: object) -> dict:
    name = type(timetable).__name__
    if name in ("CronDataIntervalTimetable", "CronTriggerTimetable"):
        result = {"kind": "cron", "expression": timetable._expression, "timezone": zone_name(timetable._timezone)}
        return {**result, "preset": preset, "timetable": name} if preset else {**result, "timetable": name}
    delta = getattr(timetable, "_delta", None)
    if name in ("DeltaDataIntervalTimetable", "DeltaTriggerTimetable") and hasattr(delta, "total_seconds"):
        return {"kind": "delta", "seconds": delta.total_seconds(), "timetable": name}
    return {"kind": "timetable", "timetable": name}


def schedule_of(dag: object) -> dict:
    timetable = timetable_of(dag)
    name = type(timetable).__name__
    simple = {"NullTimetable": "none", "OnceTimetable": "once", "ContinuousTimetable": "continuous"}
    if name in simple:
        return {"kind": simple[name], "timetable": name}
    condition = getattr(dag.timetable, "asset_condition", None) or getattr(dag.timetable, "dataset_condition", None)
    if name in ("AssetOrTimeSchedule", "DatasetOrTimeSchedule"):
        time = time_schedule(timetable.timetable, None)
        return {"kind": "assets_or_time", "assets": asset_expression(condition), "time": time, "timetable": name}
    if is_a(timetable, "AssetTriggeredTimetable", "DatasetTriggeredTimetable"):
        return {"kind": "assets", "assets": asset_expression(condition), "timetable": name}
    given = getattr(dag, "schedule", None) or getattr(dag, "schedule_interval", None)
    return time_schedule(timetable, given if isinstance(given, str) and given.startswith("@") else None)


def is_mapped(task: object) -> bool:
    return is_a(task, "MappedOperator")


def argument(task: object, name: str) -> object:
    """An argument of a task; of a mapped one only what is the same for every map index."""
    return task.partial_kwargs.get(name) if is_mapped(task) else getattr(task, name, None)


def expanded_names(task: object) -> set[str]:
    """Names of the arguments that a mapped task is expanded over, where they can be told before it runs."""
    value = task._get_specified_expand_input().value if is_mapped(task) else {}
    return set(value) if isinstance(value, dict) else {name for item in value for name in item} if isinstance(value, list) else set()


def ancestors(task: object) -> set[str]:
    made = task.operator_class if is_mapped(task) else type(task)
    return {ancestor.__name__ for ancestor in getattr(made, "__mro__", ())}


def text_list(value: object) -> list:
    return [] if value is None else [value] if isinstance(value, str) else [str(item) for item in value]


def link_of(task: object) -> dict | None:
    """What ties a task to another DAG."""
    classes = ancestors(task)
    if "TriggerDagRunOperator" in classes:
        return {
            "kind": "trigger",
            "trigger_dag_id": argument(task, "trigger_dag_id"),
            "wait_for_completion": bool(argument(task, "wait_for_completion")),
            "has_conf": argument(task, "conf") is not None or "conf" in expanded_names(task),
        }
    if "ExternalTaskSensor" in classes:
        delta = argument(task, "execution_delta")
        tasks = text_list(argument(task, "external_task_ids")) or text_list(argument(task, "external_task_id"))
        return {
            "kind": "sensor",
            "external_dag_id": argument(task, "external_dag_id"),
            "external_task_ids": tasks,
            "external_task_group_id": argument(task, "external_task_group_id"),
            "execution_delta": None if delta is None else delta.total_seconds(),
            "has_execution_date_fn": callable(argument(task, "execution_date_fn")),
        }
    if "ExternalTaskMarker" in classes:
        return {
            "kind": "marker",
            "external_dag_id": argument(task, "external_dag_id"),
            "external_task_id": argument(task, "external_task_id"),
        }
    return None


def task_of(task: object) -> dict:
    return {
        "task_id": task.task_id,
        "operator": task.task_type,
        "group_id": getattr(task.task_group, "group_id", None),
        "is_mapped": is_mapped(task),
        "is_setup": bool(getattr(task, "is_setup", False)),
        "is_teardown": bool(getattr(task, "is_teardown", False)),
        "trigger_rule": getattr(task.trigger_rule, "value", str(task.trigger_rule)),
        "owner": task.owner,
        "pool": task.pool,
        "retries": task.retries,
        "depends_on_past": bool(task.depends_on_past),
        "wait_for_downstream": bool(task.wait_for_downstream),
        "inlets": assets_of(task.inlets),
        "outlets": assets_of(task.outlets),
        "link": link_of(task),
    }


def groups_of(dag: object) -> list:
    found = []
    waiting = [(dag.task_group, None)]
    while waiting:
        group, parent = waiting.pop()
        if parent is not None or group.group_id is not None:
            found.append(
                {
                    "group_id": group.group_id,
                    "parent_group_id": parent,
                    "is_mapped": is_a(group, "MappedTaskGroup"),
                }
            )
        waiting.extend((child, group.group_id) for child in group.children.values() if hasattr(child, "children"))
    return sorted(found, key=lambda group: group["group_id"])


def edges_of(dag: object) -> list:
    pairs = {(task.task_id, other) for task in dag.tasks for other in task.downstream_task_ids}
    pairs |= {(other, task.task_id) for task in dag.tasks for other in task.upstream_task_ids}
    return [
        {"upstream": up, "downstream": down, "label": dag.get_edge_info(up, down).get("label")}
        for up, down in sorted(pairs)
    ]


def dag_of(dag: object, root: str) -> dict:
    return {
        "dag_id": dag.dag_id,
        "file": relative(dag.fileloc, root),
        "schedule": schedule_of(dag),
        "catchup": bool(dag.catchup),
        "max_active_runs": dag.max_active_runs,
        "description": dag.description,
        "tags": sorted({str(tag) for tag in dag.tags or []}),
        "tasks": [task_of(task) for task in sorted(dag.tasks, key=lambda task: task.task_id)],
        "edges": edges_of(dag),
        "task_groups": groups_of(dag),
    }


def dependencies_of(dag: object) -> list:
    """
    Links to other DAGs; those through assets follow from outlets and schedules. Airflow's own detector tells them, but
    that of 2.x knows only the classes of its core and not the same ones of the standard provider, so the operators are
    asked as well.
    """
    from airflow.serialization import serialized_objects

    detector = getattr(serialized_objects, "_DependencyDetector", None) or serialized_objects.DependencyDetector
    found = {
        (link.source, link.target, link.dependency_type, link.dependency_id)
        for task in dag.tasks
        for link in detector.detect_task_dependencies(task)
        if link.dependency_type in ("sensor", "trigger")
    }
    for task in dag.tasks:
        link = {} if is_mapped(task) else link_of(task) or {}
        if link.get("kind") == "trigger":
            found.add((dag.dag_id, link["trigger_dag_id"], "trigger", task.task_id))
        if link.get("kind") == "sensor":
            found.add((link["external_dag_id"], dag.dag_id, "sensor", task.task_id))
    return [dict(zip(("source", "target", "kind", "dependency_id"), link)) for link in found]


ERROR_KINDS = [
    ("duplicate_dag_id", r"AirflowDagDuplicatedIdException"),
    ("cycle", r"AirflowDagCycleException|Cycle detected"),
    ("encoding", r"UnicodeDecodeError|unicode error|null bytes|'utf-8' codec"),
    ("syntax", r"(?:Syntax|Indentation|Tab)Error"),
]


def import_error_of(file: str, trace: str) -> dict:
    kind = next((kind for kind, pattern in ERROR_KINDS if re.search(pattern, trace)), "exception")
    names = re.findall(r"^(?:\w+\.)*([A-Z]\w+)(?::|$)", trace, re.MULTILINE)
    exception = names[-1] if names else None
    return {"file": file, "kind": kind, "exception": exception}


def relative(path: str, root: str) -> str:
    return Path(os.path.relpath(os.path.join(root, path), root)).as_posix()


def load(folder: str):
    try:
        from airflow.dag_processing.dagbag import DagBag
    except ImportError:
        from airflow.models.dagbag import DagBag
    class FreshDagBag(DagBag):
        def process_file(self, *arguments, **keywords):
            forget_setup_blocks()
            return super().process_file(*arguments, **keywords)

    return FreshDagBag(dag_folder=os.path.abspath(folder), include_examples=False)


def forget_setup_blocks() -> None:
    """Airflow reads every file in a process of its own: what an error left open in one doesn't reach the next."""
    try:
        from airflow.sdk.definitions._internal.setup_teardown import BaseSetupTeardownContext as context
    except ImportError:
        from airflow.utils.setup_teardown import BaseSetupTeardownContext as context
    for name, value in list(vars(context).items()):
        if isinstance(value, (list, dict)) or name == "active":
            setattr(context, name, False if name == "active" else type(value)())
    # The attributes of its one subclass hide those of the base once they have been assigned.
    for child in context.__subclasses__():
        for name in [name for name in vars(child) if name in vars(context) and not name.startswith("__")]:
            if not callable(getattr(child, name)):
                delattr(child, name)


def main() -> None:
    arguments = read_arguments()
    root = os.path.abspath(arguments.root)
    prepare(arguments)
    import airflow

    bag = load(arguments.folder)
    dags = sorted(bag.dags.values(), key=lambda dag: dag.dag_id)
    links = [link for dag in dags for link in dependencies_of(dag)]
    document = {
        "airflow_version": airflow.__version__,
        "dags": [dag_of(dag, root) for dag in dags],
        "dag_dependencies": sorted(links, key=lambda link: [str(value) for value in link.values()]),
        "import_errors": [import_error_of(relative(file, root), text) for file, text in sorted(bag.import_errors.items())],
    }
    Path(arguments.out).write_text(json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
