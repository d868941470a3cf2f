"""Writes history.json: `python history.py WHEELS TABLE OUTPUT.json [AIRFLOW_RELEASES.json]`.

WHEELS is a folder of wheels of provider packages, the last release of each major version at least (`pip download
--no-deps`). TABLE is the table of today's releases, made by generate.py. What is kept is what older releases had and
today's do not: names that are gone, with what their operators took, and arguments that operators have lost or that
they did not require. The sources are read, never run. AIRFLOW_RELEASES says when each Airflow release came out.
"""

from __future__ import annotations

import ast
import json
import sys
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Iterator

SKIPPED = ("example_dags", "tests", "system", "get_provider_info", "_vendor", "google_vendor")
ROOT = "airflow.models.baseoperator.BaseOperator"
ROOTS = {ROOT, "airflow.models.BaseOperator", "airflow.sdk.BaseOperator", "airflow.sdk.bases.operator.BaseOperator"}


@dataclass
class Module:
    """Names that a module binds: to a class, a function, or to what they are imported from."""

    classes: dict[str, ast.ClassDef] = field(default_factory=dict)
    functions: set[str] = field(default_factory=set)
    imports: dict[str, str] = field(default_factory=dict)
    stars: list[str] = field(default_factory=list)


@dataclass
class Release:
    version: tuple[int, ...]
    date: str
    modules: dict[str, Module]

    def resolve(self, path: str, depth: int = 0) -> str:
        """Where a dotted path is defined, as far as this wheel tells."""
        module_name, _, name = path.rpartition(".")
        module = self.modules.get(module_name)
        if module is None or depth > 8 or name in module.classes or name in module.functions:
            return path
        if name in module.imports:
            return self.resolve(module.imports[name], depth + 1)
        for star in module.stars:
            found = self.resolve(f"{star}.{name}", depth + 1)
            if self.defines(found):
                return found
        return path

    def defines(self, path: str) -> ast.ClassDef | None:
        module_name, _, name = path.rpartition(".")
        module = self.modules.get(module_name)
        return module.classes.get(name) if module else None

    def exports(self) -> Iterator[str]:
        """Every public class and function that can be imported from a module of the wheel."""
        for module_name, module in self.modules.items():
            names = {*module.classes, *module.functions}
            if not names:
                # A module that only imports is an old place of things; what others import is theirs to use.
                names |= {name for name, target in module.imports.items() if self.is_own(target)}
            for star in module.stars:
                other = self.modules.get(star)
                names |= {*other.classes, *other.functions} if other else set()
            for name in names:
                if not name.startswith("_"):
                    yield f"{module_name}.{name}"

    def is_own(self, target: str) -> bool:
        found = self.resolve(target)
        module = self.modules.get(found.rpartition(".")[0])
        return module is not None and (found.rpartition(".")[2] in module.classes or found.rpartition(".")[2] in module.functions)


def statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Statements that a module runs when it is imported, whichever arm of a condition that is."""
    for statement in body:
        if isinstance(statement, ast.If):
            if "TYPE_CHECKING" not in ast.dump(statement.test):
                yield from statements(statement.body)
            yield from statements(statement.orelse)
        elif isinstance(statement, ast.Try):
            yield from statements(statement.body + [each for handler in statement.handlers for each in handler.body] + statement.orelse)
        else:
            yield statement


def read_module(source: str, name: str, is_package: bool) -> Module:
    module = Module()
    for statement in statements(ast.parse(source).body):
        if isinstance(statement, ast.ClassDef):
            module.classes[statement.name] = statement
        elif isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
            module.functions.add(statement.name)
        elif isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Name):
            for target in statement.targets:
                if isinstance(target, ast.Name):
                    module.imports[target.id] = f"{name}.{statement.value.id}"
        elif isinstance(statement, ast.ImportFrom):
            origin = statement.module or ""
            if statement.level:
                parts = name.split(".") if is_package else name.split(".")[:-1]
                origin = ".".join([*parts[: len(parts) - statement.level + 1], *([origin] if origin else [])])
            for alias in statement.names:
                if alias.name == "*":
                    module.stars.append(origin)
                else:
                    module.imports[alias.asname or alias.name] = f"{origin}.{alias.name}"
    return module


def read_wheel(path: Path) -> Release:
    modules: dict[str, Module] = {}
    dates = []
    with zipfile.ZipFile(path) as wheel:
        for info in wheel.infolist():
            dates.append("%04d-%02d-%02d" % info.date_time[:3])
            parts = info.filename.split("/")
            if not info.filename.startswith("airflow/providers/") or not info.filename.endswith(".py") or any(part.startswith(SKIPPED) for part in parts):
                continue
            is_package = parts[-1] == "__init__.py"
            name = ".".join(parts[:-1] if is_package else [*parts[:-1], parts[-1][:-3]])
            modules[name] = read_module(wheel.read(info).decode("utf-8"), name, is_package)
    return Release(tuple(int(part) for part in path.name.split("-")[1].split(".")), max(dates), modules)


class Operators:
    """What the operators of one release take and template, in the table's words."""

    def __init__(self, release: Release, table: dict[str, Any], others: dict[str, list[Release]]) -> None:
        self.release, self.table, self.others = release, table, others

    def of(self, path: str) -> "Operators":
        """Where a class of another provider is looked up: in the release of it that was current."""
        if self.release.defines(path) is not None:
            return self
        names = [name for name in self.others if path.startswith(f"airflow.providers.{name.replace('-', '.')}.")]
        releases = self.others[max(names, key=len)] if names else []
        current = [release for release in releases if release.date <= self.release.date and release.defines(path) is not None]
        return Operators(current[-1], self.table, self.others) if current else self

    def bases(self, path: str, depth: int = 0) -> list[str] | None:
        """Paths of the ancestors up to BaseOperator, which is left out; None when the class is no operator."""
        if path in ROOTS:
            return []
        if (other := self.of(path)) is not self:
            return other.bases(path, depth + 1)
        class_ = self.release.defines(path)
        if class_ is None:
            entry = self.table["operators"].get(path)
            return None if entry is None else entry.get("bases", "").split()
        if depth > 12:
            return None
        found: list[str] | None = None
        for base in class_.bases:
            target = self.target(path, base)
            above = None if target is None else self.bases(target, depth + 1)
            if target is None or above is None:
                continue
            own = [] if target in ROOTS else [target]
            found = [*(found or []), *(each for each in [*own, *above] if each not in (found or []))]
        return found

    def target(self, path: str, node: ast.expr) -> str | None:
        """What a name in the class's module means."""
        if isinstance(node, ast.Subscript):
            node = node.value
        if not isinstance(node, ast.Name):
            return None
        found = self.release.resolve(f"{path.rpartition('.')[0]}.{node.id}")
        if found == "airflow.sensors.base.BaseSensorOperator" and found not in self.table["operators"]:
            return "airflow.sensors.base.BaseSensorOperator"
        return found

    def init(self, path: str) -> str | None:
        """Own parameters of `__init__`, marked as in the table; None when it is inherited."""
        if (other := self.of(path)) is not self:
            return other.init(path)
        class_ = self.release.defines(path)
        if class_ is None:
            return self.table["operators"].get(path, {}).get("init")
        for statement in class_.body:
            if isinstance(statement, ast.FunctionDef) and statement.name == "__init__":
                return " ".join(marked(statement.args))
        return None

    def accepted(self, path: str) -> set[str]:
        found: set[str] = set()
        for each in [path, *(self.bases(path) or [])]:
            found |= {parameter.rstrip("!~") for parameter in (self.init(each) or "").split() if not parameter.startswith("*")}
        return found

    def required(self, path: str) -> set[str]:
        return {parameter[:-1] for parameter in (self.init(path) or "").split() if parameter.endswith("!")}

    def fields(self, path: str) -> list[str] | None:
        """Template fields; None where only running the class would tell."""
        for each in [path, *(self.bases(path) or [])]:
            if (other := self.of(each)) is not self:
                return other.fields(each)
            class_ = self.release.defines(each)
            if class_ is None:
                return self.table["operators"].get(each, {}).get("fields")
            for statement in class_.body:
                targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target] if isinstance(statement, ast.AnnAssign) else []
                if any(isinstance(target, ast.Name) and target.id == "template_fields" for target in targets) and statement.value is not None:
                    return self.literal(each, statement.value)
        return []

    def literal(self, path: str, node: ast.expr) -> list[str] | None:
        if isinstance(node, (ast.Tuple, ast.List)):
            found: list[str] = []
            for item in node.elts:
                more = self.literal(path, item.value) if isinstance(item, ast.Starred) else [item.value] if isinstance(item, ast.Constant) else None
                if more is None:
                    return None
                found += more
            return found
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            left, right = self.literal(path, node.left), self.literal(path, node.right)
            return None if left is None or right is None else left + right
        if isinstance(node, ast.Attribute) and node.attr == "template_fields":
            base = self.target(path, node.value)
            return None if base is None else self.fields(base)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("tuple", "list", "aws_template_fields"):
            inner = [self.literal(path, argument) for argument in node.args] if node.func.id != "aws_template_fields" else None
            return inner[0] if inner and len(inner) == 1 else None
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return [node.value]
        return None

    def entry(self, path: str, accepted: set[str]) -> dict[str, Any]:
        """An operator as in the table. It takes what any of its releases took, its ancestors of then included."""
        bases = self.bases(path) or []
        inits = [init for init in map(self.init, [path, *bases]) if init is not None]
        words = [word for word in (inits[0].split() if inits else []) if not word.startswith("*")]
        own = {word.rstrip("!~") for word in words}
        init = " ".join([*words, *sorted(accepted - own), "**"])
        return {"fields": self.fields(path), **({"bases": " ".join(bases)} if bases else {}), "init": init}


def marked(arguments: ast.arguments) -> Iterator[str]:
    positional = [*arguments.posonlyargs, *arguments.args]
    defaults: list[ast.expr | None] = [None] * (len(positional) - len(arguments.defaults)) + list(arguments.defaults)
    for argument, default in [*zip(positional, defaults), *zip(arguments.kwonlyargs, arguments.kw_defaults)]:
        if argument.arg != "self":
            yield argument.arg + ("!" if default is None else "" if isinstance(default, ast.Constant) and default.value is None else "~")
    if arguments.vararg:
        yield "*"
    if arguments.kwarg:
        yield "**"


def text(version: tuple[int, ...]) -> str:
    return ".".join(str(part) for part in version)


def listed(table: dict[str, Any]) -> set[str]:
    """Every name that imports from a provider of the table."""
    found: set[str] = set()
    for module, entry in table["modules"].items():
        if not module.startswith("airflow.providers."):
            continue
        names = [name for kind in ("operator", "class", "function", "value") for name in entry.get(kind, "").split()]
        names += [token.split("=")[0] for tokens in entry.get("from", {}).values() for token in tokens.split()]
        found |= {f"{module}.{name}" for name in names}
    return found


def gap(releases: list[Release], has: list[bool]) -> dict[str, str] | None:
    """The last release with something and the first after it without."""
    last = max((index for index, each in enumerate(has) if each), default=None)
    if last is None or last == len(releases) - 1:
        return None
    return {"last": text(releases[last].version), "gone": text(releases[last + 1].version), "date": releases[last + 1].date}


def describe(releases: list[Release], table: dict[str, Any], others: dict[str, list[Release]], result: dict[str, Any]) -> None:
    today = listed(table)
    operators = [Operators(release, table, others) for release in releases]
    exports = [set(release.exports()) for release in releases]
    for path in sorted(set().union(*exports) - exports[-1] - today):
        where = gap(releases, [path in each for each in exports])
        if where is None:
            continue
        last = max(index for index, each in enumerate(exports) if path in each)
        home = releases[last].resolve(path)
        is_operator = operators[last].bases(home) is not None
        canonical = {} if home == path else {"path": home}
        accepted = set().union(*(each.accepted(each.release.resolve(path)) for each, names in zip(operators, exports) if path in names)) if is_operator else set()
        facts = {} if not is_operator or home in table["operators"] else {"operator": operators[last].entry(home, accepted)}
        result["names"][path] = {**where, **canonical, **facts}
    for path, entry in table["operators"].items():
        known = [index for index, release in enumerate(releases) if release.defines(path) is not None]
        if not known or not path.startswith("airflow.providers."):
            continue
        now = operators[-1]
        accepted = [operators[index].accepted(path) for index in known]
        lost: dict[str, Any] = {}
        for parameter in sorted(set().union(*accepted) - now.accepted(path) - table_accepted(table, path)):
            where = gap([releases[index] for index in known], [parameter in each for each in accepted])
            if where:
                lost[parameter] = where
        late: dict[str, Any] = {}
        for parameter in sorted(set(word[:-1] for word in entry.get("init", "").split() if word.endswith("!"))):
            where = gap([releases[index] for index in known], [operators[index].init(path) is not None and parameter not in operators[index].required(path) for index in known])
            if where:
                late[parameter] = where
        if lost or late:
            result["arguments"][path] = {**({"lost": lost} if lost else {}), **({"late": late} if late else {})}


def table_accepted(table: dict[str, Any], path: str) -> set[str]:
    found: set[str] = set()
    for name in [path, *table["operators"][path].get("bases", "").split()]:
        words = (table["operators"].get(name, {}).get("init") or table["mixins"].get(name) or "").split()
        found |= {word.rstrip("!~") for word in words if not word.startswith("*")}
    return found


def lines(section: dict[str, Any]) -> str:
    rows = [f"{json.dumps(key)}: {json.dumps(value, separators=(',', ':'))}" for key, value in sorted(section.items())]
    return "{\n" + ",\n".join(rows) + "\n}"


def main() -> None:
    folder, table_file, output = (Path(argument) for argument in sys.argv[1:4])
    table = json.loads(table_file.read_text("utf-8"))
    by_provider: dict[str, list[Release]] = {}
    for wheel in sorted(folder.glob("apache_airflow_providers_*.whl")):
        name = wheel.name.split("-")[0].removeprefix("apache_airflow_providers_").replace("_", "-")
        by_provider.setdefault(name, []).append(read_wheel(wheel))
    result: dict[str, Any] = {"names": {}, "arguments": {}, "inspected": {}}
    for releases in by_provider.values():
        releases.sort(key=lambda release: release.version)
    for name, releases in by_provider.items():
        result["inspected"][name] = " ".join(text(release.version) for release in releases)
        describe(releases, table, by_provider, result)
    airflow = json.loads(Path(sys.argv[4]).read_text("utf-8")) if len(sys.argv) > 4 else {}
    sections = [f'"{key}": {lines(result[key])}' for key in ("inspected", "names", "arguments")] + [f'"airflow": {lines(airflow)}']
    output.write_text("{\n" + ",\n".join(sections) + "\n}\n", "utf-8")
    print({key: len(value) for key, value in result.items()})


if __name__ == "__main__":
    main()
