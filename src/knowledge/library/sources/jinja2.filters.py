"""Filters and tests of Jinja2."""

import itertools
import json
import math
import re
import textwrap
from collections import namedtuple
from urllib.parse import quote

from markupsafe import Markup, escape, soft_str


def _pass(kind):
    def mark(function):
        function.jinja_pass_arg = kind
        return function

    return mark


def _ignore_case(value):
    return value.lower() if isinstance(value, str) else value


def _parts(attribute):
    if attribute is None:
        return []
    if isinstance(attribute, str):
        return [int(each) if each.isdigit() else each for each in attribute.split(".")]
    return [attribute]


def _getter(environment, attribute, postprocess=None, default=None):
    parts = _parts(attribute)

    def get(item):
        for part in parts:
            item = environment.getitem(item, part)
            if default is not None and _is_undefined(item):
                item = default
        return item if postprocess is None else postprocess(item)

    return get


def _multi_getter(environment, attribute, postprocess=None):
    lists = [_parts(each) for each in attribute.split(",")] if isinstance(attribute, str) else [_parts(attribute)]

    def get(item):
        found = []
        for parts in lists:
            value = item
            for part in parts:
                value = environment.getitem(value, part)
            found.append(value if postprocess is None else postprocess(value))
        return found

    return get


def do_upper(s):
    return soft_str(s).upper()


def do_lower(s):
    return soft_str(s).lower()


def do_capitalize(s):
    return soft_str(s).capitalize()


def do_title(s):
    return "".join([each[0].upper() + each[1:].lower() for each in re.split(r"([-\s({\[<]+)", soft_str(s)) if each])


def do_trim(value, chars=None):
    return soft_str(value).strip(chars)


def do_center(value, width=80):
    return soft_str(value).center(width)


def do_string(value):
    return soft_str(value)


def do_safe(value):
    return Markup(value)


def do_forceescape(value):
    if hasattr(value, "__html__"):
        value = value.__html__()
    return escape(str(value))


@_pass("eval_context")
def do_replace(eval_ctx, s, old, new, count=None):
    if count is None:
        count = -1
    if not eval_ctx.autoescape:
        return str(s).replace(str(old), str(new), count)
    if hasattr(old, "__html__") or hasattr(new, "__html__") and not hasattr(s, "__html__"):
        s = escape(s)
    else:
        s = soft_str(s)
    return s.replace(soft_str(old), soft_str(new), count)


def do_default(value, default_value="", boolean=False):
    if _is_undefined(value) or (boolean and not value):
        return default_value
    return value


@_pass("eval_context")
def do_join(eval_ctx, value, d="", attribute=None):
    if attribute is not None:
        value = map(_getter(eval_ctx.environment, attribute), value)
    if not eval_ctx.autoescape:
        return str(d).join(map(str, value))
    if not hasattr(d, "__html__"):
        value = list(value)
        escapes = False
        for index, item in enumerate(value):
            if hasattr(item, "__html__"):
                escapes = True
            else:
                value[index] = str(item)
        d = escape(d) if escapes else str(d)
        return d.join(value)
    return soft_str(d).join(map(soft_str, value))


@_pass("environment")
def do_first(environment, seq):
    for item in seq:
        return item
    return environment.undefined("No first item, sequence was empty.")


@_pass("environment")
def do_last(environment, seq):
    for item in reversed(seq):
        return item
    return environment.undefined("No last item, sequence was empty.")


def do_list(value):
    return list(value)


def do_reverse(value):
    if isinstance(value, str):
        return value[::-1]
    try:
        return reversed(value)
    except TypeError:
        pass
    try:
        items = list(value)
    except TypeError:
        raise _error("FilterArgumentError")("argument must be iterable") from None
    items.reverse()
    return items


@_pass("environment")
def do_attr(environment, obj, name):
    try:
        return getattr(obj, str(name))
    except AttributeError:
        return environment.undefined(obj=obj, name=name)


def do_items(value):
    if _is_undefined(value):
        return
    if not isinstance(value, dict):
        raise TypeError("Can only get item pairs from a mapping.")
    yield from value.items()


def do_dictsort(value, case_sensitive=False, by="key", reverse=False):
    if by == "key":
        position = 0
    elif by == "value":
        position = 1
    else:
        raise _error("FilterArgumentError")('You can only sort by either "key" or "value"')

    def sort_key(item):
        return item[position] if case_sensitive else _ignore_case(item[position])

    return sorted(value.items(), key=sort_key, reverse=reverse)


@_pass("environment")
def do_sort(environment, value, reverse=False, case_sensitive=False, attribute=None):
    key = _multi_getter(environment, attribute, None if case_sensitive else _ignore_case)
    return sorted(value, key=key, reverse=reverse)


@_pass("environment")
def do_unique(environment, value, case_sensitive=False, attribute=None):
    getter = _getter(environment, attribute, None if case_sensitive else _ignore_case)
    seen = set()
    for item in value:
        key = getter(item)
        if key not in seen:
            seen.add(key)
            yield item


def _extreme(environment, value, function, case_sensitive, attribute):
    items = list(value)
    if not items:
        return environment.undefined("No aggregated item, sequence was empty.")
    return function(items, key=_getter(environment, attribute, None if case_sensitive else _ignore_case))


@_pass("environment")
def do_min(environment, value, case_sensitive=False, attribute=None):
    return _extreme(environment, value, min, case_sensitive, attribute)


@_pass("environment")
def do_max(environment, value, case_sensitive=False, attribute=None):
    return _extreme(environment, value, max, case_sensitive, attribute)


@_pass("environment")
def do_sum(environment, iterable, attribute=None, start=0):
    if attribute is not None:
        iterable = map(_getter(environment, attribute), iterable)
    return sum(iterable, start)


_Group = namedtuple("_GroupTuple", ["grouper", "list"])


@_pass("environment")
def do_groupby(environment, value, attribute, default=None, case_sensitive=False):
    key = _getter(environment, attribute, None if case_sensitive else _ignore_case, default)
    shown = _getter(environment, attribute, None, default)
    found = []
    for grouper, members in itertools.groupby(sorted(value, key=key), key):
        members = list(members)
        found.append(_Group(grouper if case_sensitive else shown(members[0]), members))
    return found


def do_batch(value, linecount, fill_with=None):
    row = []
    for item in value:
        if len(row) == linecount:
            yield row
            row = []
        row.append(item)
    if row:
        if fill_with is not None and len(row) < linecount:
            row += [fill_with] * (linecount - len(row))
        yield row


def do_slice(value, slices, fill_with=None):
    items = list(value)
    size = len(items) // slices
    longer = len(items) % slices
    offset = 0
    for number in range(slices):
        start = offset + number * size
        if number < longer:
            offset += 1
        end = offset + (number + 1) * size
        part = items[start:end]
        if fill_with is not None and number >= longer:
            part.append(fill_with)
        yield part


def do_int(value, default=0, base=10):
    try:
        if isinstance(value, str):
            return int(value, base)
        return int(value)
    except (TypeError, ValueError, OverflowError):
        try:
            return int(float(value))
        except (TypeError, ValueError, OverflowError):
            return default


def do_float(value, default=0.0):
    try:
        return float(value)
    except (TypeError, ValueError):
        return default


def do_format(value, *args, **kwargs):
    if args and kwargs:
        raise _error("FilterArgumentError")("can't handle positional and keyword arguments at the same time")
    return soft_str(value) % (kwargs or args)


def do_round(value, precision=0, method="common"):
    if method not in ("common", "ceil", "floor"):
        raise _error("FilterArgumentError")("method must be common, ceil or floor")
    if method == "common":
        return round(value, precision)
    function = math.ceil if method == "ceil" else math.floor
    return function(value * (10**precision)) / (10**precision)


def do_indent(s, width=4, first=False, blank=False):
    indention = width if isinstance(width, str) else " " * width
    newline = "\n"
    if isinstance(s, Markup):
        indention = Markup(indention)
        newline = Markup(newline)
    s += newline
    if blank:
        result = (newline + indention).join(s.splitlines())
    else:
        lines = s.splitlines()
        result = lines.pop(0)
        if lines:
            result += newline + newline.join([indention + line if line else line for line in lines])
    return indention + result if first else result


@_pass("environment")
def do_truncate(environment, s, length=255, killwords=False, end="...", leeway=None):
    if leeway is None:
        leeway = environment.policies["truncate.leeway"]
    assert length >= len(end), f"expected length >= {len(end)}, got {length}"
    assert leeway >= 0, f"expected leeway >= 0, got {leeway}"
    if len(s) <= length + leeway:
        return s
    if killwords:
        return s[: length - len(end)] + end
    return s[: length - len(end)].rsplit(" ", 1)[0] + end


@_pass("environment")
def do_wordwrap(environment, s, width=79, break_long_words=True, wrapstring=None, break_on_hyphens=True):
    if wrapstring is None:
        wrapstring = environment.newline_sequence
    lines = []
    for line in s.splitlines():
        wrapped = textwrap.wrap(
            line,
            width=width,
            expand_tabs=False,
            replace_whitespace=False,
            break_long_words=break_long_words,
            break_on_hyphens=break_on_hyphens,
        )
        lines.append(wrapstring.join(wrapped))
    return wrapstring.join(lines)


def do_wordcount(s):
    return len(re.findall(r"\w+", soft_str(s)))


def do_filesizeformat(value, binary=False):
    size = float(value)
    base = 1024 if binary else 1000
    prefixes = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB"] if binary else ["kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"]
    if size == 1:
        return "1 Byte"
    if size < base:
        return f"{int(size)} Bytes"
    for index, prefix in enumerate(prefixes):
        unit = base ** (index + 2)
        if size < unit:
            return f"{base * size / unit:.1f} {prefix}"
    return f"{base * size / unit:.1f} {prefix}"


def _quoted(value, for_qs=False):
    if not isinstance(value, (str, bytes)):
        value = str(value)
    text = quote(value, safe="" if for_qs else "/")
    return text.replace("%20", "+") if for_qs else text


def do_urlencode(value):
    if isinstance(value, str) or not hasattr(value, "__iter__"):
        return _quoted(value)
    items = value.items() if isinstance(value, dict) else value
    return "&".join([_quoted(k, True) + "=" + _quoted(v, True) for k, v in items])


@_pass("eval_context")
def do_tojson(eval_ctx, value, indent=None):
    policies = eval_ctx.environment.policies
    dumps = policies["json.dumps_function"] or json.dumps
    kwargs = policies["json.dumps_kwargs"]
    if indent is not None:
        kwargs = {**kwargs, "indent": indent}
    text = dumps(value, **kwargs)
    for letter, written in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026"), ("'", "\\u0027")):
        text = text.replace(letter, written)
    return Markup(text)


def _select(context, args, kwargs, change, by_attribute):
    value, args = args[0], list(args[1:])
    environment = context.environment
    if by_attribute:
        if not args:
            raise _error("FilterArgumentError")("Missing parameter for attribute name")
        transform = _getter(environment, args.pop(0))
    else:
        transform = _same
    if args:
        name = args.pop(0)

        def test(item):
            return environment.call_test(name, item, args, kwargs, context=context)
    else:
        test = bool
    if value:
        for item in value:
            if change(test(transform(item))):
                yield item


def _same(value):
    return value


def _not(value):
    return not value


@_pass("context")
def do_select(context, *args, **kwargs):
    return _select(context, args, kwargs, _same, False)


@_pass("context")
def do_reject(context, *args, **kwargs):
    return _select(context, args, kwargs, _not, False)


@_pass("context")
def do_selectattr(context, *args, **kwargs):
    return _select(context, args, kwargs, _same, True)


@_pass("context")
def do_rejectattr(context, *args, **kwargs):
    return _select(context, args, kwargs, _not, True)


@_pass("context")
def do_map(context, value, *args, **kwargs):
    if not value:
        return
    environment = context.environment
    if not args and "attribute" in kwargs:
        attribute = kwargs.pop("attribute")
        default = kwargs.pop("default", None)
        if kwargs:
            raise _error("FilterArgumentError")("Unexpected keyword argument " + repr(list(kwargs)[0]))
        function = _getter(environment, attribute, None, default)
    else:
        if not args:
            raise _error("FilterArgumentError")("map requires a filter argument")
        name, args = args[0], args[1:]

        def function(item):
            return environment.call_filter(name, item, args, kwargs, context=context)

    for item in value:
        yield function(item)


def do_count(value):
    return len(value)


def do_xmlattr(d, autospace=True):
    return _unmodelled("the filter xmlattr")


FILTERS = {
    "abs": abs,
    "attr": do_attr,
    "batch": do_batch,
    "capitalize": do_capitalize,
    "center": do_center,
    "count": do_count,
    "d": do_default,
    "default": do_default,
    "dictsort": do_dictsort,
    "e": escape,
    "escape": escape,
    "filesizeformat": do_filesizeformat,
    "first": do_first,
    "float": do_float,
    "forceescape": do_forceescape,
    "format": do_format,
    "groupby": do_groupby,
    "indent": do_indent,
    "int": do_int,
    "items": do_items,
    "join": do_join,
    "last": do_last,
    "length": do_count,
    "list": do_list,
    "lower": do_lower,
    "map": do_map,
    "max": do_max,
    "min": do_min,
    "reject": do_reject,
    "rejectattr": do_rejectattr,
    "replace": do_replace,
    "reverse": do_reverse,
    "round": do_round,
    "safe": do_safe,
    "select": do_select,
    "selectattr": do_selectattr,
    "slice": do_slice,
    "sort": do_sort,
    "string": do_string,
    "sum": do_sum,
    "title": do_title,
    "tojson": do_tojson,
    "trim": do_trim,
    "truncate": do_truncate,
    "unique": do_unique,
    "upper": do_upper,
    "urlencode": do_urlencode,
    "wordcount": do_wordcount,
    "wordwrap": do_wordwrap,
}

UNMODELLED_FILTERS = ["pprint", "random", "striptags", "urlize", "xmlattr"]


def test_mapping(value):
    return isinstance(value, dict)


def test_sequence(value):
    try:
        len(value)
        value.__getitem__
    except Exception:
        return False
    return True


def test_iterable(value):
    try:
        iter(value)
    except TypeError:
        return False
    return True


def test_number(value):
    return isinstance(value, (int, float))


@_pass("environment")
def test_filter(environment, value):
    return value in environment.filters


@_pass("environment")
def test_test(environment, value):
    return value in environment.tests


def _equal(a, b):
    return a == b


def _unequal(a, b):
    return a != b


def _greater(a, b):
    return a > b


def _greater_equal(a, b):
    return a >= b


def _less(a, b):
    return a < b


def _less_equal(a, b):
    return a <= b


TESTS = {
    "odd": lambda value: value % 2 == 1,
    "even": lambda value: value % 2 == 0,
    "divisibleby": lambda value, num: value % num == 0,
    "defined": lambda value: not _is_undefined(value),
    "undefined": lambda value: _is_undefined(value),
    "filter": test_filter,
    "test": test_test,
    "none": lambda value: value is None,
    "boolean": lambda value: value is True or value is False,
    "false": lambda value: value is False,
    "true": lambda value: value is True,
    "integer": lambda value: isinstance(value, int) and value is not True and value is not False,
    "float": lambda value: isinstance(value, float),
    "lower": lambda value: str(value).islower(),
    "upper": lambda value: str(value).isupper(),
    "string": lambda value: isinstance(value, str),
    "mapping": test_mapping,
    "number": test_number,
    "sequence": test_sequence,
    "iterable": test_iterable,
    "callable": callable,
    "sameas": lambda value, other: value is other,
    "escaped": lambda value: hasattr(value, "__html__"),
    "in": lambda value, seq: value in seq,
    "==": _equal,
    "eq": _equal,
    "equalto": _equal,
    "!=": _unequal,
    "ne": _unequal,
    ">": _greater,
    "gt": _greater,
    "greaterthan": _greater,
    "ge": _greater_equal,
    ">=": _greater_equal,
    "<": _less,
    "lt": _less,
    "lessthan": _less,
    "<=": _less_equal,
    "le": _less_equal,
}
