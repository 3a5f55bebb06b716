"""The map, the recipes and the glossary name what exists."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "ovn_desk"
PAGES = [ROOT / "ARCHITECTURE.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
IN_SOURCE = re.compile(r"`((?:[a-z_]+/)*[a-z_]+\.py)(?::([A-Za-z_.]+))?`")
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
BESIDE = {"bench", "tests", "docs", "resources", "src"}


def names(tree):
    """Every name that a module defines, methods as `Class.method`."""
    for node in tree.body:
        match node:
            case ast.ClassDef():
                yield node.name
                yield from (f"{node.name}.{part.name}" for part in node.body if isinstance(part, ast.FunctionDef))
            case ast.FunctionDef():
                yield node.name
            case ast.Assign(targets=targets):
                yield from (target.id for target in targets if isinstance(target, ast.Name))
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_a_page_names_exists(page):
    text, missing = page.read_text("utf-8"), []
    for file, name in IN_SOURCE.findall(text):
        base = ROOT if file.partition("/")[0] in BESIDE else SOURCE
        if not (base / file).is_file():
            missing.append(file)
        elif name and name not in names(ast.parse((base / file).read_text("utf-8"))):
            missing.append(f"{file}:{name}")
    missing += [link for link in LINK.findall(re.sub(r"`[^`]*`", "", text)) if not (page.parent / link).exists()]
    assert missing == []


def test_the_map_names_every_package():
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    packages = {path.name for path in SOURCE.iterdir() if (path / "__init__.py").exists()}
    modules = {path.stem for path in SOURCE.glob("*.py")} - {"__init__", "__main__"}
    assert {name for name in packages | modules if not re.search(rf"\b{name}\b", text)} == set()
