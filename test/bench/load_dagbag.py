"""Load a folder with Airflow's own DagBag, the way the conformance run does, and print how many DAGs it holds."""
from __future__ import annotations

import json
import os
import re
import resource
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "conformance"))

import dump  # noqa: E402


def peak_kilobytes() -> float:
    """Linux counts into maxrss what the parent held when it started the process; the status file does not."""
    status = Path("/proc/self/status")
    own = re.search(r"^VmHWM:\s*(\d+) kB$", status.read_text(), re.MULTILINE) if status.exists() else None
    if own:
        return int(own[1])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024 if sys.platform == "darwin" else peak


arguments = dump.read_arguments()
dump.prepare(arguments)
bag = dump.load(arguments.folder)
times = os.times()
print(json.dumps({"dags": len(bag.dags), "kilobytes": peak_kilobytes(), "processor": times.user + times.system}))
