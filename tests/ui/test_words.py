"""The window speaks a newsroom's English: no word that a reporter would stumble over, and none past translation."""

import ast
import re
from pathlib import Path

import pytest

import ovn_desk
from ovn_desk import assets

WINDOW = Path(ovn_desk.__file__).parent / "ui"
CATALOGUES = sorted((assets.folder() / "languages" / "en").glob("*.po"))
STUMBLES = (
    r"(?<![-\w])house\b",  # the newsroom
    r"\bface\b",  # the font
    r"\bwaive[rds]?\b",  # needs no source
    r"the chosen one",
    r"calling me",  # mentions me
    r"in ink",
    r"as always",
    r"keep as edited",  # unresolved
    r"no versions? yet",
)


def spoken_in(file):
    """The words that a module can show: its strings but docstrings, names and styles."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    unspoken = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in unspoken:
            continue
        if " " in node.value.strip() or re.fullmatch(r"[A-Z][a-z]+…?", node.value):
            yield node.lineno, re.sub(r"<[^>]*>?|[\w-]+: *'[^']*'|\{\w*\}", "", node.value)


def stumbles(text):
    return [pattern for pattern in STUMBLES if re.search(pattern, text, re.IGNORECASE)]


def test_the_window_has_no_word_that_a_reporter_stumbles_over():
    found = [
        f"{file.relative_to(WINDOW)}:{line}: {text}"
        for file in sorted(WINDOW.rglob("*.py"))
        for line, text in spoken_in(file)
        if stumbles(text)
    ]
    assert found == []


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.stem)
def test_no_sentence_of_the_layers_below_calls_the_newsroom_a_house(file):
    said = re.findall(r'^msgstr(?:\[\d\])? "(.*)"$', file.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(said) > 0
    assert [text for text in said if re.search(r"(?<![-\w])house\b", text, re.IGNORECASE)] == []


def test_no_refusal_of_the_window_is_english_past_translation():
    """A sentence in `DeskError(…)` is taken for a code, and no translation finds it."""
    found = [
        f"{file.relative_to(WINDOW)}:{node.lineno}"
        for file in sorted(WINDOW.rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) == "DeskError"
        and any(
            isinstance(given, ast.JoinedStr)
            or (isinstance(given, ast.Constant) and isinstance(given.value, str) and " " in given.value)
            for given in node.args
        )
    ]
    assert found == []


@pytest.mark.parametrize("text", ["House settings", "Face of the text", "Waive…", "Only this paragraph in ink"])
def test_the_test_hears_what_it_is_for(text):
    assert stumbles(text)
