"""Writes what CPython makes of the snippets in fixtures/evaluate/library.txt.

Usage: python scripts/library-golden.py fixtures/evaluate/library.txt > fixtures/evaluate/library.json
Each snippet assigns `result`; the golden is its repr, or the name of the exception class after `!`.
Run it with CPython 3.12 and PyYAML, pendulum, python-dateutil and pytz.
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


text = open(sys.argv[1], encoding="utf-8").read()
snippets = [each.strip("\n") for each in text.split("\n---\n")]
cases = [{"source": each, "expected": outcome(each)} for each in snippets if each.strip()]
json.dump(cases, sys.stdout, indent=1, ensure_ascii=False)
print()
