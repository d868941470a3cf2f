"""Writes legacy.json from a list of moved import paths: `python legacy.py MOVES.json OUTPUT.json`.

MOVES maps an old path to an object whose values are new paths, by the version that knew them.
The newest version's word counts.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

# Oldest word first: a later one replaces it.
PRECEDENCE = ("2.10.3", "main3.2", "canonical_3x")


def main() -> None:
    moves = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    legacy = {old: [new[source] for source in PRECEDENCE if source in new][-1] for old, new in moves.items()}
    lines = ",\n".join(f"{json.dumps(old)}: {json.dumps(legacy[old])}" for old in sorted(legacy))
    Path(sys.argv[2]).write_text("{\n" + lines + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
