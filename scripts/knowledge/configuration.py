"""Writes the defaults of Airflow's configuration: `python configuration.py OUTPUT.json`, run in each environment in turn.

One Airflow, with no provider's options, goes in under its minor version; what others wrote before stays. An option whose
default hangs on the machine (`{AIRFLOW_HOME}/...`) is null, one without a default is left out.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from airflow import __version__
from airflow.configuration import conf


def main() -> None:
    output = Path(sys.argv[1])
    known = json.loads(output.read_text("utf-8")) if output.exists() else {}
    options: dict[str, str | None] = {}
    for section, description in conf.configuration_description.items():
        for name, option in description["options"].items():
            default = option.get("default")
            if default is not None:
                options[f"{section}.{name}"] = None if "{" in str(default) else str(default)
    known[".".join(__version__.split(".")[:2])] = dict(sorted(options.items()))
    parts = [
        f"{json.dumps(version)}: {{\n" + ",\n".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in known[version].items()) + "\n}"
        for version in sorted(known)
    ]
    output.write_text("{\n" + ",\n".join(parts) + "\n}\n", "utf-8")


if __name__ == "__main__":
    main()
