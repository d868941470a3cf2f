"""Writes what CPython makes of the snippets of the modelled library.

Usage: python scripts/library-golden.py FILE.txt ... : writes FILE.json beside each of them.
Each snippet assigns `result`; the golden is its repr, or the name of the exception class after `!`.
Run it with CPython 3.12 and PyYAML, pendulum 3, python-dateutil, pytz, Jinja2, pydantic 2, attrs and python-dotenv.
"""

import json
import os
import sys
import warnings

warnings.simplefilter("ignore")
os.environ.clear()


def outcome(source):
    scope = {"__name__": "snippet"}
    try:
        exec(compile(source, "snippet", "exec"), scope)
        return repr(scope["result"])
    except Exception as error:  # noqa: BLE001 - every exception is a result
        return "!" + type(error).__name__


for name in sys.argv[1:]:
    text = open(name, encoding="utf-8").read()
    snippets = [each.strip("\n") for each in text.split("\n---\n")]
    cases = [{"source": each, "expected": outcome(each)} for each in snippets if each.strip()]
    with open(name.removesuffix(".txt") + ".json", "w", encoding="utf-8") as file:
        json.dump(cases, file, indent=1, ensure_ascii=False)
        file.write("\n")
