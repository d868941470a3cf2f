"""Reads statements as JSON ({dialect, sql} a line) and answers with the tables that sqlglot sees read and written."""

import json
import sys

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError


def name_of(table):
    parts = [part.name for part in table.parts] if isinstance(table, exp.Table) else []
    return ".".join(part for part in parts if part).lower()


def plain(node):
    while isinstance(node, exp.Expression) and not isinstance(node, exp.Table):
        node = node.this
    return node if isinstance(node, exp.Table) else None


def is_temporary(create):
    properties = create.args.get("properties")
    return bool(properties and properties.find(exp.TemporaryProperty))


def targets(tree):
    """The nodes that a statement writes, and whether they live no longer than the session."""
    for node in tree.walk():
        if isinstance(node, exp.Create) and node.kind in ("TABLE", "VIEW"):
            yield plain(node.this), is_temporary(node)
        elif isinstance(node, (exp.Insert, exp.Merge, exp.Update)):
            yield plain(node.this), False
        elif isinstance(node, exp.Delete):
            found = node.args.get("tables")
            for each in found or [node.this]:
                yield each if found else plain(each), False
        elif isinstance(node, exp.TruncateTable):
            for each in node.expressions:
                yield plain(each), False
        elif isinstance(node, exp.Drop) and node.kind in ("TABLE", "VIEW"):
            for each in [node.this, *node.expressions]:
                if plain(each) is not None:
                    yield plain(each), False
        elif isinstance(node, exp.LoadData):
            yield plain(node.this), False
        elif isinstance(node, exp.Copy) and node.args.get("kind"):
            yield plain(node.this), False
        elif isinstance(node, exp.MultitableInserts):
            for each in node.expressions:
                yield plain(each.this), False
        elif isinstance(node, exp.Alter):
            # Changing columns changes no rows; another name moves them.
            for action in node.args.get("actions") or []:
                if isinstance(action, (exp.AlterRename, exp.SwapTable)):
                    yield plain(node.this), False
                    yield plain(action.this), False
        elif isinstance(node, exp.Cache):
            yield plain(node.this), True
        elif isinstance(node, exp.Into):
            yield plain(node.this), bool(node.args.get("temporary"))


def visible_names(table):
    """Names that WITH clauses around a table give to their own queries."""
    names = set()
    node = table
    while node is not None:
        clause = node.args.get("with_") or node.args.get("with")
        if clause is not None:
            names |= {cte.alias.lower() for cte in clause.expressions}
        node = node.parent
    return names


def aliases(tree):
    return {table.alias.lower() for table in tree.find_all(exp.Table) if table.alias}


def moved(tree):
    """Tables whose rows get another name: they are read as well."""
    for node in tree.find_all(exp.Alter):
        if any(isinstance(action, (exp.AlterRename, exp.SwapTable)) for action in node.args.get("actions") or []):
            yield name_of(plain(node.this))


def real_name(node, tree):
    """`DELETE o FROM orders o` names the table by its alias."""
    name = name_of(node)
    for table in tree.find_all(exp.Table):
        if isinstance(tree, exp.Delete) and table.alias and table.alias.lower() == name and table is not node:
            return name_of(table)
    return name


def is_data(table, tree):
    if table.find_ancestor(exp.Hint) or not isinstance(table.this, exp.Identifier) or table.find_ancestor(exp.Reference, exp.ForeignKey, exp.AddPartition, exp.DropPartition):
        return False
    if isinstance(table.parent, exp.Alter):
        return False
    name = name_of(table)
    if "." not in name and name in visible_names(table):
        return False
    # `FROM orders o, o.items`: an array of the table before it.
    return not ("." in name and name.split(".")[0] in aliases(tree))


def judge(dialect, sql):
    trees = [tree for tree in sqlglot.parse(sql, read=dialect) if tree is not None]
    reads, writes = set(), set()
    for tree in trees:
        if isinstance(tree, exp.Command) or tree.find(exp.Command):
            return None
        written = [(node, temporary) for node, temporary in targets(tree) if node is not None]
        ids = {id(node) for node, _ in written}
        writes |= {real_name(node, tree) for node, temporary in written if not temporary and isinstance(node.this, exp.Identifier)}
        reads |= {name_of(table) for table in tree.find_all(exp.Table) if id(table) not in ids and is_data(table, tree)}
        reads |= set(moved(tree))
        if isinstance(tree, exp.Delete) and tree.args.get("tables"):
            reads -= writes
    return {"reads": sorted(reads - {""}), "writes": sorted(writes - {""})}


for line in sys.stdin:
    case = json.loads(line)
    try:
        answer = judge(case["dialect"], case["sql"])
    except SqlglotError:
        answer = None
    print(json.dumps(answer))
