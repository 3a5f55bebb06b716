"""The window as a drawing: its rooms in storeys, nothing that reaches everything, nothing too large.

`python tests/test_structure.py` prints the drawing.
"""

import ast
from functools import cache
from pathlib import Path

import grimp
import pytest
from radon.complexity import cc_visit

SOURCE = Path(__file__).resolve().parent.parent / "src"
UI = SOURCE / "ovn_desk" / "ui"
STOREYS = [
    {"main_window"},
    {"features"},
    {
        "articles",
        "bars",
        "conflicts",
        "dialogs",
        "editor",
        "export",
        "help",
        "inspector",
        "preview",
        "review",
        "sharing",
        "startup",
    },
    {"commands"},
    {"state"},
    {"widgets"},
    {"background"},
]
SOURCES = sorted(UI.parent.rglob("*.py"))
MOST_NAMES, MOST_LINES, MOST_LINES_OF_THE_WINDOW, MOST_COMPLEXITY_ON_AVERAGE = 20, 400, 150, 3.5
TRANSACTIONS = {"read", "begin"}


@cache
def arrows():
    """Room to the rooms it imports something from, imports that only name types included."""
    graph = grimp.build_graph("ovn_desk", exclude_type_checking_imports=False, cache_dir=None)
    found = {path.parent.name: set() for path in UI.glob("*/__init__.py")}
    for module in graph.modules:
        if (room := room_of(module)) is not None:
            found[room] |= {other for one in graph.find_modules_directly_imported_by(module) if (other := room_of(one))}
            found[room].discard(room)
    return found


def room_of(module):
    parts = module.split(".")
    return parts[2] if parts[:2] == ["ovn_desk", "ui"] and len(parts) > 2 else None


def trees():
    for path in sorted(UI.rglob("*.py")):
        yield path.relative_to(UI).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def classes():
    for file, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                yield f"{file}:{node.name}", node


def public_names(node):
    """Methods, class attributes and what is set on `self`; names in Qt's spelling are Qt's own."""
    found = set()
    for part in ast.walk(node):
        match part:
            case ast.Attribute(value=ast.Name(id="self"), attr=name, ctx=ast.Store()):
                found.add(name)
    for part in node.body:
        match part:
            case ast.FunctionDef(name=name) | ast.AnnAssign(target=ast.Name(id=name)):
                found.add(name)
            case ast.Assign(targets=targets):
                found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return {name for name in found if not name.startswith("_") and name == name.lower()}


def parameters(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            arguments = node.args
            for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
                yield one.arg, {part.id for part in ast.walk(one.annotation or one) if isinstance(part, ast.Name)}


def test_every_room_has_its_storey():
    assert {room for storey in STOREYS for room in storey} == arrows().keys()


def test_no_arrow_between_rooms_points_upwards_or_sideways():
    height = {room: number for number, storey in enumerate(STOREYS) for room in storey}
    wrong = [
        f"{room} -> {other}" for room, others in arrows().items() for other in others if height[other] <= height[room]
    ]
    assert wrong == []


def test_no_module_of_the_window_stands_outside_a_room():
    assert [path.name for path in UI.glob("*.py")] == ["__init__.py"]


def test_nothing_but_the_main_window_takes_a_window_or_a_workspace():
    takers = [
        f"{file}: {name}"
        for file, tree in trees()
        for name, kinds in parameters(tree)
        if kinds & {"MainWindow", "Workspace"} and not file.startswith("main_window/window.py")
    ]
    assert takers == []


def test_no_class_has_more_public_names_than_one_can_hold_in_the_head():
    names_by_class = {where: sorted(public_names(node)) for where, node in classes()}
    assert len(names_by_class) > 100
    assert {where: names for where, names in names_by_class.items() if len(names) > MOST_NAMES} == {}


def test_no_module_is_too_long():
    lengths = {path.relative_to(UI.parent).as_posix(): len(path.read_text("utf-8").splitlines()) for path in SOURCES}
    assert {file: lines for file, lines in lengths.items() if lines > MOST_LINES} == {}
    assert lengths["ui/main_window/window.py"] <= MOST_LINES_OF_THE_WINDOW


def test_functions_are_simple_on_average():
    """Cyclomatic complexity by McCabe, of functions, methods and classes, as `radon cc -a` counts."""
    blocks = [block for path in SOURCES for block in cc_visit(path.read_text("utf-8"))]
    assert sum(block.complexity for block in blocks) / len(blocks) <= MOST_COMPLEXITY_ON_AVERAGE


def transactions(tree):
    """The lines that open a transaction: with a store in the hand, or as the block of a `with`."""
    blocks = {item.context_expr for node in ast.walk(tree) if isinstance(node, ast.With) for item in node.items}
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr=verb, value=of)) if verb in TRANSACTIONS:
                name = getattr(of, "attr", getattr(of, "id", ""))
                if node in blocks or name.endswith("store"):
                    yield node.lineno


def test_the_window_opens_no_transaction():
    assert [f"{file}:{line}" for file, tree in trees() for line in transactions(tree)] == []


@pytest.mark.parametrize(
    "line",
    [
        "with self._session.store.read() as reading: pass",
        "with anything.begin() as tx: pass",
        "reading = stack.enter_context(self._store.read())",
        "tx = store.begin()",
    ],
)
def test_a_transaction_in_a_widget_would_be_seen(line):
    assert list(transactions(ast.parse(line))) == [1]


@pytest.mark.parametrize("line", ["block = self.document().begin()", "text = file.read()", "queries.ask(store, read)"])
def test_what_only_sounds_like_one_is_none(line):
    assert list(transactions(ast.parse(line))) == []


if __name__ == "__main__":
    for storey in STOREYS:
        for room in sorted(storey):
            print(f"{room:12} -> {', '.join(sorted(arrows()[room]))}")
        print()
