"""Writes the names that the modules modelled by src/evaluate/library have in this Python.

Usage: python scripts/library-names.py MODULES_FILE > src/knowledge/library/names.json
MODULES_FILE lists module names, one a line. Packages that are not installed are left out.
Run it with CPython 3.12 and PyYAML, pendulum, python-dateutil, pytz, toml, tomli, Jinja2 and python-dotenv.
"""

import importlib
import json
import pkgutil
import sys
import warnings

warnings.simplefilter("ignore")


def names_of(name):
    module = importlib.import_module(name)
    names = {each for each in dir(module) if not each.startswith("__")} | set(getattr(module, "__all__", ()))
    for found in pkgutil.iter_modules(getattr(module, "__path__", ())):
        if not found.name.startswith("_"):
            names.add(found.name)
    # Modules that a module imports for itself are not part of it, but they can be imported from it.
    return sorted(each for each in names if not each.startswith("_") or each in ("_", "_asdict"))


modules = {}
for line in open(sys.argv[1], encoding="utf-8"):
    name = line.strip()
    if not name:
        continue
    try:
        modules[name] = names_of(name)
    except ImportError:
        print(f"not installed: {name}", file=sys.stderr)
comment = "Names of modules as CPython 3.12 and the packages' releases have them; written by scripts/library-names.py."
json.dump({"comment": comment, "modules": modules}, sys.stdout, indent=1)
print()
