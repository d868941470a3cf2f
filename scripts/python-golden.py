"""Writes what CPython makes of each line of fixtures/evaluate/expressions.txt to fixtures/evaluate/types.json.

Run with Python 3.12 from the repository root: python scripts/python-golden.py
A line that raises is written as "!" and the exception's name. Lines that begin with "#" are headings.
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


def main() -> None:
    warnings.simplefilter("ignore")
    lines = (FOLDER / "expressions.txt").read_text(encoding="utf-8").splitlines()
    expressions = [line for line in lines if line and not line.startswith("#")]
    results = {expression: outcome(expression) for expression in expressions}
    text = json.dumps(results, indent=1, ensure_ascii=True) + "\n"
    (FOLDER / "types.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
