"""What `from module import name` gives: the canonical path and the kind of every public name."""

from __future__ import annotations

import ast
import importlib
import inspect
import sys
import types
import warnings
from pathlib import Path
from typing import Any

from scope import Loaded, is_private

SCALARS = (str, bytes, int, float, bool, type(None))
# Names with leading underscores that DAG files do import.
KEPT_PRIVATE_NAMES = frozenset({"__version__"})
# Every module imports from these for its own annotations; a DAG file that takes `Any` from an operator's module
# would be a curiosity, and they are a tenth of the table.
ANNOTATION_MODULES = frozenset({"__future__", "typing", "typing_extensions", "collections.abc"})
_MISSING = object()


class Source:
    """What a module's own text says about its names: imported from where, or bound here."""

    def __init__(self, module: types.ModuleType) -> None:
        self.imported: dict[str, tuple[str, str]] = {}
        self.bound: set[str] = set()
        self.words: set[str] = set()
        path = getattr(module, "__file__", None)
        if path and path.endswith(".py"):
            self._read(ast.parse(Path(path).read_text(encoding="utf-8")), module)

    def _read(self, tree: ast.Module, module: types.ModuleType) -> None:
        package = module.__name__ if hasattr(module, "__path__") else module.__name__.rpartition(".")[0]
        for node in _top_level(tree.body):
            if isinstance(node, ast.ImportFrom):
                source = importlib.util.resolve_name("." * node.level + (node.module or ""), package)
                self.imported.update({item.asname or item.name: (source, item.name) for item in node.names})
            else:
                self.bound.update(_bound_names(node))
        if "__getattr__" in vars(module):
            self.words = {
                node.value
                for node in ast.walk(tree)
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier()
            }


def _top_level(body: list[ast.stmt]) -> Any:
    for node in body:
        yield node
        if isinstance(node, (ast.If, ast.Try, ast.With)):
            for part in ("body", "orelse", "finalbody"):
                yield from _top_level(getattr(node, part, []))
            for handler in getattr(node, "handlers", []):
                yield from _top_level(handler.body)


def _bound_names(node: ast.stmt) -> list[str]:
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return [leaf.id for target in targets for leaf in ast.walk(target) if isinstance(leaf, ast.Name)]


def shim_targets(module: types.ModuleType) -> dict[str, str]:
    """Name -> new path of a module whose `__getattr__` forwards by a table."""
    forward = vars(module).get("__getattr__")
    table = next(iter(getattr(forward, "args", ())), None)
    return table if isinstance(table, dict) else {}


def get_name(module: types.ModuleType, name: str) -> Any:
    """The attribute that `from module import name` would bind, or the marker `_MISSING`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return getattr(module, name)
        except KeyboardInterrupt:
            raise
        except BaseException:  # a shim whose target is gone raises whatever importing the target raises
            return _MISSING


def kind_of(value: Any, base_operator: type) -> str:
    if isinstance(value, type):
        return "operator" if issubclass(value, base_operator) else "class"
    if isinstance(value, types.ModuleType):
        return "module"
    return "function" if inspect.isroutine(value) else "value"


class NameTable:
    """Canonical paths of everything that the loaded modules offer."""

    def __init__(self, loaded: Loaded, base_operator: type, probes: dict[str, set[str]]) -> None:
        self.loaded = loaded
        self.base_operator = base_operator
        self.probes = probes
        self.sources = {name: Source(module) for name, module in loaded.modules.items()}
        self.owners = self._owners()

    def _owners(self) -> dict[int, tuple[str, str]]:
        owners: dict[int, tuple[str, str]] = {}
        for module_name in sorted(self.sources):
            namespace = vars(self.loaded.modules[module_name])
            for name in sorted(self.sources[module_name].bound):
                value = namespace.get(name)
                if not isinstance(value, SCALARS) and value != ():
                    owners.setdefault(id(value), (module_name, name))
        return owners

    def public_names(self, module_name: str) -> dict[str, Any]:
        """Every name that imports from the module, with its value; submodules are left to the module list."""
        module = self.loaded.modules[module_name]
        source = self.sources[module_name]
        candidates = {*vars(module), *source.words, *shim_targets(module), *self.probes.get(module_name, ())}
        wildcard = shim_targets(module).get("*")
        if wildcard:
            candidates.update(vars(importlib.import_module(wildcard)))
        found: dict[str, Any] = {}
        for name in sorted(candidates):
            if name.startswith("_") and name not in KEPT_PRIVATE_NAMES:
                continue
            value = get_name(module, name)
            if value is not _MISSING and not self._is_submodule(module_name, name, value):
                found[name] = value
        return found

    def _is_submodule(self, module_name: str, name: str, value: Any) -> bool:
        return isinstance(value, types.ModuleType) and value.__name__ == f"{module_name}.{name}"

    def canonical(self, module_name: str, name: str, value: Any) -> tuple[str, str]:
        """(module, qualified name) of the place that defines the value; a module has an empty name."""
        if isinstance(value, types.ModuleType):
            return value.__name__, ""
        if isinstance(value, type) or inspect.isroutine(value):
            home = (getattr(value, "__module__", None) or "", getattr(value, "__qualname__", ""))
            if self._reaches(home, value):
                return home
        if not isinstance(value, SCALARS) and id(value) in self.owners:
            return self.owners[id(value)]
        return self._written_home(module_name, name, value)

    def _reaches(self, home: tuple[str, str], value: Any) -> bool:
        found: Any = sys.modules.get(home[0])
        for part in home[1].split("."):
            found = getattr(found, part, None)
        return found is value

    def _written_home(self, module_name: str, name: str, value: Any) -> tuple[str, str]:
        """Follows the import statements and the shims for values that don't know where they come from."""
        seen = set()
        place = (module_name, name)
        while place not in seen:
            seen.add(place)
            following = self._next_home(*place)
            if following is None or get_name(sys.modules.get(following[0], types), following[1]) is not value:
                return place
            place = following
        return place

    def _next_home(self, module_name: str, name: str) -> tuple[str, str] | None:
        source = self.sources.get(module_name)
        if source and name in source.imported:
            return source.imported[name]
        module = self.loaded.modules.get(module_name)
        shims = shim_targets(module) if module else {}
        if name in shims:
            target, _, attribute = shims[name].rpartition(".")
            return target, attribute
        return (shims["*"], name) if "*" in shims else None


def describe_modules(table: NameTable) -> tuple[dict[str, dict], dict[str, dict]]:
    """Entries of the modules in scope, and of the modules outside that their names come from."""
    modules: dict[str, dict] = {}
    foreign: dict[str, dict[str, set[str]]] = {}
    for module_name in sorted(table.loaded.modules):
        if is_private(module_name):
            continue
        entry: dict[str, Any] = {}
        for name, value in table.public_names(module_name).items():
            kind = kind_of(value, table.base_operator)
            home, attribute = table.canonical(module_name, name, value)
            if home in ANNOTATION_MODULES and module_name != "airflow.typing_compat":
                continue
            if kind == "module":
                entry.setdefault("module", {}).setdefault(home, []).append(name)
            elif (home, attribute) == (module_name, name):
                entry.setdefault(kind, []).append(name)
            else:
                token = name if name == attribute else f"{name}={attribute}"
                entry.setdefault("from", {}).setdefault(home, []).append(token)
                foreign.setdefault(home, {}).setdefault(kind, set()).add(attribute)
        modules[module_name] = entry
    _drop_known(foreign, modules)
    return (
        {name: _joined(entry) for name, entry in modules.items()},
        {name: _joined({kind: sorted(found) for kind, found in entry.items()}) for name, entry in foreign.items() if entry},
    )


def _drop_known(foreign: dict[str, dict[str, set[str]]], modules: dict[str, dict]) -> None:
    for home, kinds in foreign.items():
        for kind in list(kinds):
            kinds[kind] -= set(modules.get(home, {}).get(kind, []))
            if not kinds[kind]:
                del kinds[kind]


def _joined(entry: dict[str, Any]) -> dict[str, Any]:
    """Lists of names as one string: shorter, and one line of a diff."""
    return {
        key: {home: " ".join(sorted(found)) for home, found in sorted(value.items())}
        if isinstance(value, dict)
        else " ".join(sorted(value))
        for key, value in sorted(entry.items())
    }
