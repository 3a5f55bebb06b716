"""Below the use cases nobody says anything in English: sentences stand in the catalogues, and code has their codes."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import ovn_desk

SOURCE = Path(ovn_desk.__file__).parent
LAYERS = "domain text store formats rendering sync lock files signing keyring_access".split()
# Words of exported pages and of the page that checks them: by language of the page, for readers.
PAGES = {
    "rendering/page/words.py",
    "formats/site/verdicts.py",
    "formats/site/log_verdicts.py",
    "formats/site/site_verdicts.py",
    "formats/site/verify.py",
}
NAMES = {
    "not a factual claim": "a kind of waiver, as records have it",
    "in review by you": "why something is in an inbox, as the store has it",
    "waiting for review": "the same",
    "no reason was given": "stands in for a reason that an old record lacks",
    "details of {}": "what of a newer desk's record cannot be read; named in a sentence",
    "{}approval signed with {}\n{}\n{}{}\n": "the comment of a minisign file",
    "not in the log": "where no line is: no sentence",
}
SENTENCE = re.compile(
    r"(?:^|[\s“(])[A-Za-z][a-z’']*,?(?: (?:[a-z’']+|\{\}|“[^”]*”),?){2,}"  # three words in a row
    r"|[a-z]{2,}\. |[a-z]{2,} [a-z]+\.$"  # or words with a full stop
)
NO_SENTENCE = re.compile(r"<\w|SELECT|INSERT|PRAGMA|CREATE|DELETE|ALTER|REVOKE|GRANT|\(\?|\\[wbd]|\w+\(\w+, \w+")
# Patterns, SQL, logs, and what a programmer is told.
CALLS = {"compile", "text", "execute", "exec_driver_sql", "debug", "info", "warning", "error", "exception"}


def texts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The line and text of every literal that is no docstring and is not given to one of those calls."""
    skipped: set[int] = set()
    for node in ast.walk(tree):
        inside: Iterator[ast.AST] | tuple[()] = ()
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            inside = ast.walk(node)
        if isinstance(node, ast.JoinedStr):
            inside = (part for part in ast.walk(node) if part is not node)
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", "") or getattr(node.func, "id", "")
            is_fault = name.endswith("Error") and name not in {"DeskError", "DamagedRecordError"}
            inside = ast.walk(node) if is_fault or name in CALLS else ast.walk(node.func) if name == "split" else ()
        skipped |= {id(part) for part in inside}
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value
        elif isinstance(node, ast.JoinedStr):
            yield (
                node.lineno,
                "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values),
            )


def sentences(tree: ast.AST) -> list[tuple[int, str]]:
    return [(line, text) for line, text in texts(tree) if SENTENCE.search(text) and not NO_SENTENCE.search(text)]


@pytest.mark.parametrize("layer", LAYERS)
def test_no_sentence_stands_in_the_code(layer: str) -> None:
    files = [*(SOURCE / layer).rglob("*.py")] or [SOURCE / f"{layer}.py"]
    found = [
        f"{file.relative_to(SOURCE)}:{line}: {text}"
        for file in files
        if file.relative_to(SOURCE).as_posix() not in PAGES
        for line, text in sentences(ast.parse(file.read_text(encoding="utf-8")))
        if text not in NAMES
    ]
    assert found == []


@pytest.mark.parametrize(
    ("code", "is_found"),
    [
        ('raise DeskError("There is no such thing.")', True),
        ('raise StepRefused(f"{name} is an editor.")', True),
        ('return f"Only a chief may {verb} it"', True),
        ('yield "an SVG drawing"', False),  # two words may be a name
        ('WHY = "Say who wrote it: the byline is empty."', True),
        ('"""What a function does in words."""', False),
        ('raise ValueError("a note ends in a newline")', False),
        ('DeskError("article-missing", article=article)', False),
        ('"of bin ibn al ul".split()', False),
        ('connection.execute("SELECT value FROM settings WHERE name = 1")', False),
    ],
)
def test_the_test_knows_a_sentence(code: str, is_found: bool) -> None:  # noqa: FBT001
    assert bool(sentences(ast.parse(code))) is is_found
