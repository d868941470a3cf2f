"""Facts of every operator class: what it accepts, what it templates, what it derives from."""

from __future__ import annotations

import inspect
import re
from typing import Any, Generic

from names import NameTable
from signatures import is_required, json_scalar


def find_operators(table: NameTable) -> dict[str, type]:
    """Canonical path -> class, private classes included: decorators and subclasses lead to them."""
    found: dict[str, type] = {}
    for module_name, module in sorted(table.loaded.modules.items()):
        for value in list(vars(module).values()):
            if isinstance(value, type) and issubclass(value, table.base_operator) and value.__module__ == module_name:
                found[path_of(value)] = value
    return found


def path_of(class_: type) -> str:
    return f"{class_.__module__}.{class_.__qualname__}"


def describe_operators(operators: dict[str, type], base_operator: type) -> tuple[dict[str, dict], dict[str, list]]:
    """Entries of the operators, and the parameters of the mixins between them and BaseOperator."""
    ancestors = {*base_operator.__mro__, Generic}
    entries: dict[str, dict] = {}
    mixins: dict[str, list] = {}
    for path, class_ in operators.items():
        bases = [base for base in class_.__mro__[1:] if base not in ancestors]
        entries[path] = _entry(class_, bases, base_operator)
        for base in bases:
            if not issubclass(base, base_operator) and "__init__" in vars(base):
                mixins[path_of(base)] = [_marked(parameter) for parameter in own_parameters(base) or []]
    return entries, mixins


def _entry(class_: type, bases: list[type], base_operator: type) -> dict[str, Any]:
    entry: dict[str, Any] = {"fields": template_fields(class_, base_operator)}
    if bases:
        entry["bases"] = " ".join(path_of(base) for base in bases)
    parameters = own_parameters(class_)
    if parameters is not None:
        entry["init"] = " ".join(_marked(parameter) for parameter in parameters)
        entry["defaults"] = _defaults(parameters)
    extensions = getattr(class_, "template_ext", ())
    if isinstance(extensions, (list, tuple)) and extensions:
        entry["template_ext"] = list(extensions)
    if any(base.__name__ == "BaseSensorOperator" for base in class_.__mro__):
        entry["sensor"] = True
    if isinstance(getattr(class_, "custom_operator_name", None), str):
        entry["operator_name"] = class_.custom_operator_name
    # An empty "init" is a fact (takes nothing); the other keys are left out when empty.
    return {key: value for key, value in entry.items() if value or key in ("fields", "init")}


def own_parameters(class_: type) -> list[inspect.Parameter] | None:
    """Parameters of the class's own `__init__`, None when it inherits it."""
    init = vars(class_).get("__init__")
    if init is None:
        return None
    return list(inspect.signature(init).parameters.values())[1:]


def template_fields(class_: type, base_operator: type) -> list[str] | None:
    """The class's template fields, None when they are known only per instance."""
    fields = getattr(class_, "template_fields", ())
    if isinstance(fields, property) or any(_sets_template_fields(base) for base in class_.__mro__ if base not in base_operator.__mro__):
        return None
    if isinstance(fields, str) or not all(isinstance(field, str) for field in fields):
        return None
    return list(fields)


def _sets_template_fields(class_: type) -> bool:
    init = vars(class_).get("__init__")
    if init is None or not class_.__module__.startswith("airflow"):
        return False
    try:
        source = inspect.getsource(inspect.unwrap(init))
    except (OSError, TypeError):
        return False
    return re.search(r"self\.template_fields\s*(:[^=\n]+)?\+?=[^=]", source) is not None


def _defaults(parameters: list[inspect.Parameter]) -> dict[str, Any]:
    defaults = {}
    for parameter in parameters:
        is_scalar, value = json_scalar(parameter.default)
        if is_scalar and value is not None and not is_required(parameter):
            defaults[parameter.name] = value
    return defaults


def _marked(parameter: inspect.Parameter) -> str:
    if parameter.kind is inspect.Parameter.VAR_POSITIONAL:
        return "*"
    if parameter.kind is inspect.Parameter.VAR_KEYWORD:
        return "**"
    return parameter.name + _default_mark(parameter)


def _default_mark(parameter: inspect.Parameter) -> str:
    """`!` must be given, `~` has a default other than None, nothing: None."""
    if is_required(parameter):
        return "!"
    return "" if parameter.default is None else "~"
