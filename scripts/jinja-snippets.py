"""Writes snippets that render random templates, for scripts/library-golden.py.

Usage: python scripts/jinja-snippets.py SEED COUNT > FILE.txt
"""

import random
import sys

seed, count = int(sys.argv[1]), int(sys.argv[2])
dice = random.Random(seed)

context = "n=3, f=2.5, s='ab cd', t='<x & \\'y\\'>', xs=[3, 1, 2], ws=['b', 'a', 'C'], d={'k': 1, 'items': 2, 'z': None}, rows=[{'a': 1, 'b': 'x'}, {'a': 2, 'b': 'Y'}, {'a': 1}], none=None, e=[], fn=lambda *a, **k: (a, k)"
atoms = ["n", "f", "s", "t", "xs", "ws", "d", "rows", "none", "e", "missing", "1", "-2", "2.5", "'q'", '"a b"', "true", "none", "[1, 2]", "(1, 'x')", "{'a': 1}", "1_000", "0x1f", "v", "i", "loop.index"]
filters = ["upper", "lower", "title", "capitalize", "length", "first", "last", "join(',')", "default('D')", "default('D', true)", "d", "list", "sort", "reverse|list", "unique|list", "int", "float", "round(1)", "abs",
           "string", "trim", "replace('a', 'b')", "tojson", "e", "safe", "indent(2)", "indent(2, true)", "truncate(4, true, '.', 0)", "wordcount", "center(8)", "map('upper')|list", "map(attribute='a')|list", "select('odd')|list",
           "reject('none')|list", "selectattr('b', 'defined')|list", "rejectattr('a', 'equalto', 1)|map(attribute='b')|join", "groupby('a')|length", "dictsort", "items|list", "batch(2)|list", "slice(2)|list", "sum", "min", "max",
           "format(1)", "urlencode", "filesizeformat", "attr('real')", "wordwrap(3)", "sum(attribute='a')", "sort(attribute='a')|list", "sort(reverse=true)", "count", "forceescape", "map(attribute='b', default='?')|join('-')"]
tests = ["defined", "undefined", "none", "odd", "even", "string", "number", "mapping", "sequence", "iterable", "true", "false", "boolean", "integer", "float", "divisibleby 2", "divisibleby(3)", "sameas none", "eq 3", "in [1, 3]", "lower", "upper", "callable", "ne('q')", "gt 1", "le(2)", "filter", "escaped"]
whites = ["", " ", "\n", "\n  ", "  \n", " text ", "x\n", "a\n   "]


def pick(items):
    return dice.choice(items)


texts = ["s", "t", "'q'", "ws[0]", "rows[1].b", "'%s-%s'|format(n, s)", "s[::-1]", "n ~ s", "d.nope", "ws|join('/')", "d|tojson", "xs|tojson(indent=2)", "'Hello World, it is me'"]
of_text = ["upper", "lower", "title", "capitalize", "default('D')", "trim", "replace('a', 'b')", "replace('b', '<i>', 1)", "e", "safe", "indent(2)", "indent(2, true, true)", "truncate(8)", "truncate(5, true, '.', 0)", "center(8)", "wordwrap(4)", "urlencode", "string", "reverse", "forceescape", "list|join('.')", "first", "last", "tojson"]
numbers = ["n", "f", "xs[1]", "xs|length", "xs|sum", "xs|max", "xs|min", "7 // 2", "7 / 2", "2 ** n", "-n", "n % 2", "s|length", "s|wordcount", "'12'|int", "'1.5'|float", "'x'|int(9)", "rows|sum(attribute='a')", "n * 1.5", "n - 1_000", "'ff'|int(base=16)"]
of_number = ["abs", "round(1)", "round(0, 'ceil')", "int", "float", "string", "filesizeformat", "default(1)", "round|int", "tojson", "filesizeformat(true)"]
lists = ["xs", "ws", "xs|sort", "xs|sort(reverse=true)", "ws|sort(case_sensitive=true)", "rows|map(attribute='a')|list", "rows|selectattr('b', 'defined')|map(attribute='b')|list", "rows|rejectattr('a', 'equalto', 1)|list", "xs|select('odd')|list", "xs|reject('gt', 1)|list", "ws|map('upper')|list", "d|dictsort", "d|dictsort(false, 'key', true)", "d|items|list", "range(n)|list", "s.split()", "xs|batch(2)|list", "xs|batch(2, 0)|list", "xs|slice(2)|list", "xs|slice(2, 'f')|list", "rows|groupby('a')|map('first')|list", "xs|unique|list", "(ws + xs)|map('string')|sort", "xs|reverse|list", "rows|sort(attribute='a', reverse=true)|list", "rows|map(attribute='b', default='?')|list", "[n, s, none]"]
of_list = ["length", "first", "last", "join(', ')", "list|length", "tojson", "reverse|list", "map('string')|join", "default([])"]
conditions = ["n is odd", "n > 2", "s is string and not e", "missing is defined", "missing", "xs", "'a' in s", "2 in xs", "d.k is number", "none is none", "n is divisibleby 3", "1 < n <= 3", "s is lower", "not (n == 3 or f)", "d is mapping", "xs is iterable", "n is sameas n", "i is defined", "loop is defined and loop.first"]


def expression(depth=0):
    if dice.random() < 0.9:
        group, changes = pick([(texts, of_text), (numbers, of_number), (lists, of_list), (conditions, ["string", "default(1)"]), (["i", "v", "missing"], ["default('-')", "string", "default('D', true)|upper"])])
        value = pick(group)
        if dice.random() < 0.6:
            value = f"({value})|" + pick(changes)
        if dice.random() < 0.15:
            value = f"{value} if {pick(conditions)}" + pick(["", " else " + pick(texts)])
        return f"({value})" if depth > 0 else value
    kind = dice.random()
    if depth > 2 or kind < 0.25:
        return pick(atoms)
    if kind < 0.55:
        return expression(depth + 1) + "|" + pick(filters)
    if kind < 0.62:
        return f"{expression(depth + 1)} is {pick(['', 'not '])}{pick(tests)}"
    if kind < 0.72:
        return f"{expression(depth + 1)} {pick(['+', '-', '*', '/', '//', '%', '~', '~', '**'])} {expression(depth + 1)}"
    if kind < 0.79:
        return f"{expression(depth + 1)} {pick(['==', '!=', '<', '>=', 'in', 'not in'])} {expression(depth + 1)}"
    if kind < 0.84:
        return f"({expression(depth + 1)} {pick(['and', 'or'])} {pick(['', 'not '])}{expression(depth + 1)})"
    if kind < 0.89:
        return f"({expression(depth + 1)} if {expression(depth + 1)}" + pick(["", f" else {expression(depth + 1)}"]) + ")"
    if kind < 0.96:
        return pick(["xs[0]", "xs[-1]", "xs[9]", "ws[1:]", "s[::-1]", "d.k", "d.items", "d['items']", "d.nope", "rows[0].a", "rows.0.b", "s.upper()", "d.get('k')", "'%s-%s'|format(n, s)", "fn(1, a=n)", "fn(*xs, **d)", "range(n)|list", "d.keys()|list", "s.split()", "dict(a=1).a"])
    return f"({expression(depth + 1)})"


def opening(kind):
    return {"b": "{%", "v": "{{", "c": "{#"}[kind] + pick(["", "", "", "-", "+"])


def closing(kind):
    return pick(["", "", "", "-"]) + {"b": "%}", "v": "}}", "c": "#}"}[kind]


def tag(text):
    return f"{opening('b')} {text} {closing('b')}"


def nodes(depth=0):
    return "".join(pick(whites) + node(depth) for _ in range(dice.randint(1, 3))) + pick(whites)


def node(depth):
    kind = dice.random()
    if depth > 2 or kind < 0.35:
        return f"{opening('v')} {expression()} {closing('v')}"
    if kind < 0.42:
        return f"{opening('c')} c {closing('c')}"
    if kind < 0.54:
        middle = pick(["", tag("elif " + expression()) + nodes(depth + 1)]) + pick(["", tag("else") + nodes(depth + 1)])
        return tag("if " + expression()) + nodes(depth + 1) + middle + tag("endif")
    if kind < 0.66:
        head = pick(["i in xs", "i in ws", "v, i in d|dictsort", "i in rows if i.a is odd", "i in missing", "i in range(2)", "i in s", "v in e"])
        return tag("for " + head) + nodes(depth + 1) + pick(["", tag("else") + "none"]) + tag("endfor")
    if kind < 0.74:
        return tag(f"set v = {expression()}")
    if kind < 0.78:
        return tag("set v" + pick(["", "|upper"])) + nodes(depth + 1) + tag("endset")
    if kind < 0.83:
        return tag(f"with v = {expression()}, i = v") + nodes(depth + 1) + tag("endwith")
    if kind < 0.89:
        name = pick(["m", "k"])
        return tag(f"macro {name}(i, v={expression()})") + nodes(depth + 1) + pick(["", "{{ caller() }}", "{{ varargs }}{{ kwargs }}"]) + tag("endmacro") + pick(["{{ %s(1) }}", "{{ %s(i=2, v=3) }}", "{%% call %s(1) %%}body{%% endcall %%}", "{{ %s(1, 2, 3, q=4) }}"]) % name
    if kind < 0.93:
        return tag("filter " + pick(["upper", "replace('a', 'o')", "indent(2)|trim"])) + nodes(depth + 1) + tag("endfilter")
    if kind < 0.96:
        return tag("raw") + "{{ x }} {% y %}" + tag("endraw")
    return tag("block b" + str(dice.randint(0, 999))) + nodes(depth + 1) + tag("endblock")


for number in range(count):
    options = ", ".join(f"{name}=True" for name in ("trim_blocks", "lstrip_blocks", "keep_trailing_newline", "autoescape") if dice.random() < 0.25)
    template = nodes()
    print(f"from jinja2 import Environment\nresult = Environment({options}).from_string({template!r}).render({context})")
    if number < count - 1:
        print("---")
