"""Writes what CPython makes of the expressions and programs in fixtures/evaluate.

Run with Python 3.12: python scripts/python-golden.py
Each line of expressions.txt goes to types.json with its repr; one that raises is written as "!" and the exception's
name. Each program of programs.txt (they begin with a line "# title") goes to programs.json with the repr of `result`.
"""

import contextlib
import io
import json
import warnings
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "fixtures" / "evaluate"


def outcome(expression: str) -> str:
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            return repr(eval(expression, {}))
    except Exception as error:  # the exception's kind is what we want to know
        return "!" + type(error).__name__


def run(program: str) -> str:
    variables = {"__name__": "lab"}
    exec(program, variables)
    return repr(variables["result"])


def programs(text: str) -> dict[str, str]:
    """Title to source, in order."""
    found: dict[str, str] = {}
    title = ""
    for line in text.splitlines():
        if line.startswith("# "):
            title = line[2:]
            found[title] = ""
        else:
            found[title] += line + "\n"
    return found


def write(name: str, data: object) -> None:
    text = json.dumps(data, indent=1, ensure_ascii=True) + "\n"
    (FOLDER / name).write_text(text, encoding="utf-8")


def main() -> None:
    warnings.simplefilter("ignore")
    lines = (FOLDER / "expressions.txt").read_text(encoding="utf-8").splitlines()
    write("types.json", {line: outcome(line) for line in lines if line and not line.startswith("#")})
    sources = programs((FOLDER / "programs.txt").read_text(encoding="utf-8"))
    write("programs.json", {title: {"source": source, "result": run(source)} for title, source in sources.items()})


if __name__ == "__main__":
    main()
