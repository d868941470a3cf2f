"""Writes the special names of CPython's builtin classes: python scripts/library-special-names.py > src/knowledge/library/special-names.json"""

import json

own = {name for name in dir(object) if name.startswith("__")}
classes = [int, str, list, dict, tuple, set, frozenset, bytes, float, bool, range, type(None)]


def special(value):
    return sorted(name for name in dir(value) if name.startswith("__") and name not in own)


table = {each.__name__: special(each) for each in classes}
table["function"] = special(special)
table["object"] = sorted(own)
comment = "Special names that CPython 3.12's builtin classes have beyond those of object; from dir() of each."
print(json.dumps({"comment": comment, "types": table}, indent=1))
