"""Which modules of an installed Airflow the tables describe, and their import."""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
import types
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import MagicMock

# Parts of Airflow that no DAG file has a reason to import; the tables say so instead of calling them absent.
EXCLUDED_PACKAGES = (
    "airflow.__main__",
    "airflow._shared",
    "airflow._vendor",
    "airflow.api",
    "airflow.api_connexion",
    "airflow.api_fastapi",
    "airflow.api_internal",
    "airflow.auth",
    "airflow.cli",
    "airflow.dag_processing",
    "airflow.example_dags",
    "airflow.jobs",
    "airflow.migrations",
    "airflow.ui",
    "airflow.www",
)
# The same, by a part of the module's path inside a provider package.
EXCLUDED_PROVIDER_PARTS = frozenset(
    {
        "_vendor",
        "api_fastapi",
        "auth_manager",
        "cli",
        "example_dags",
        "get_provider_info",
        "migrations",
        "openapi",
        "plugins",
        "version_compat",
        "www",
    }
)
# Clients that need a C library of the system. Nothing of theirs enters the tables: operators only have to import.
STAND_INS = ("MySQLdb", "MySQLdb.constants", "MySQLdb.cursors", "plyvel", "pyodbc")
# How providers say that they want another Airflow than this one: a fact about this Airflow, not about the machine.
WANTS_OTHER_AIRFLOW = re.compile(r"(needs|requires) Airflow|No module named 'airflow\.(?!providers)")


@dataclass
class Loaded:
    """Modules that imported, by name, and names of modules that may import where more is installed."""

    modules: dict[str, types.ModuleType] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)


def is_excluded(name: str) -> bool:
    if any(name == package or name.startswith(package + ".") for package in EXCLUDED_PACKAGES):
        return True
    return name.startswith("airflow.providers.") and not EXCLUDED_PROVIDER_PARTS.isdisjoint(name.split("."))


def is_private(name: str) -> bool:
    return any(part.startswith("_") for part in name.split("."))


def import_quietly(name: str) -> types.ModuleType | BaseException:
    """The module, or what importing it raises."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return importlib.import_module(name)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # providers raise anything, SystemExit too, when a package is missing
            return error


def load_airflow(extra_modules: list[str]) -> Loaded:
    """Imports everything in scope, then collects the modules that exist only in sys.modules (shims)."""
    _stand_in_for_missing_clients()
    loaded = Loaded()
    for name in sorted({"airflow", *_walk("airflow"), *extra_modules}):
        if is_excluded(name):
            continue
        module = import_quietly(name)
        if isinstance(module, types.ModuleType):
            loaded.modules[name] = module
        elif not WANTS_OTHER_AIRFLOW.search(str(module)):
            loaded.failed.append(name)
    for name, module in list(sys.modules.items()):
        if name.startswith("airflow.") and isinstance(module, types.ModuleType) and not is_excluded(name):
            loaded.modules[name] = module
    return loaded


def _stand_in_for_missing_clients() -> None:
    for name in STAND_INS:
        if isinstance(import_quietly(name), BaseException):
            sys.modules[name] = MagicMock(name=name, __name__=name, __spec__=None)


def _walk(package_name: str) -> list[str]:
    package = import_quietly(package_name)
    found: list[str] = []
    for name, is_package in _children(list(getattr(package, "__path__", []))):
        full_name = f"{package_name}.{name}"
        if is_excluded(full_name):
            continue
        found.append(full_name)
        if is_package:
            found.extend(_walk(full_name))
    return found


def _children(folders: list[str]) -> list[tuple[str, bool]]:
    """Modules, packages and folders without `__init__.py`: airflow.providers is one of those."""
    children = {info.name: info.ispkg for info in pkgutil.iter_modules(folders)}
    for folder in folders:
        for path in Path(folder).iterdir():
            if path.is_dir() and path.name.isidentifier() and path.name != "__pycache__":
                children.setdefault(path.name, True)
    return sorted(children.items())
