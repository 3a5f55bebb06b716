"""A function's name is a verb, or a noun with its object, and never a bare participle.

That says neither what is done nor to what: `_said` once named thirteen different functions.
"""

import ast
import re
from pathlib import Path

import pytest

SOURCES = Path(__file__).parents[1] / "src" / "ovn_desk"

# Those that are spelt like the verb itself (read, put, set, cut, run, split) say what is done, and are no fault.
IRREGULAR = frozenset(
    "apart begun bent bound broken brought built bought caught chosen dealt done drawn driven eaten fallen fed felt "
    "forgotten found given gone grown had heard held hidden hung kept known laid lain left lent lost made meant "
    "met paid risen said seen sent shown slid sold spent spoken stood struck sung sunk sworn taken taught thought "
    "thrown told torn understood withheld won worn woven written".split()
)
REGULAR = re.compile(r"[a-z]{2,}ed")
VERBS_AND_NOUNS = frozenset("embed feed need seed shed speed".split())


def bare_participles(source: str) -> list[tuple[int, str]]:
    """Line and name of each function or method that is called by a participle alone; properties name a state."""
    return [
        (node.lineno, node.name)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and is_participle(node.name.lstrip("_"))
        and not any("property" in ast.unparse(decorator) for decorator in node.decorator_list)
    ]


def is_participle(word: str) -> bool:
    return word in IRREGULAR or (REGULAR.fullmatch(word) is not None and word not in VERBS_AND_NOUNS)


def test_no_function_is_called_by_a_bare_participle():
    found = [
        f"{path.relative_to(SOURCES)}:{line} {name}"
        for path in sorted(SOURCES.rglob("*.py"))
        for line, name in bare_participles(path.read_text("utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize("name", ["_said", "folded", "_opened", "kept", "told", "_taken", "placed"])
def test_a_name_put_back_is_found(name):
    assert bare_participles(f"def {name}(value): ...") == [(1, name)]
    assert bare_participles(f"class Row:\n    async def {name}(self): ...") == [(2, name)]


@pytest.mark.parametrize(
    "name", ["read", "_set", "fold_records", "sentence_of", "normalised_text", "is_combined", "feed"]
)
def test_a_verb_and_a_noun_with_its_object_are_not(name):
    assert bare_participles(f"def {name}(value): ...") == []


def test_a_property_names_a_state():
    assert bare_participles("class Change:\n    @property\n    def added(self): ...") == []
