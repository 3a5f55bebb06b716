"""What must be in order before an article is filed or approved, and what is only advice."""

import re
from dataclasses import dataclass

from ovn_desk.domain.article import Content
from ovn_desk.domain.house import House

_CITATION = re.compile(r"\[@([A-Za-z0-9][A-Za-z0-9_-]*)([^\]\n]*)\]")
_TO_COME = re.compile(r"\bTK\b")
HEADLINE_LIMIT = 70


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding: where it is (1-based line and column of the body, 0 for other fields) and whether it stops a step."""

    rule: str
    message: str
    line: int = 0
    column: int = 0
    blocks_filing: bool = False
    blocks_approval: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """`[@key p. 3]` in the text: its key, locator, and place in code points."""

    key: str
    locator: str
    start: int
    end: int


def citations(text: str) -> list[Citation]:
    return [Citation(m[1], m[2].strip(" ,"), m.start(), m.end()) for m in _CITATION.finditer(text)]


def problems(content: Content, house: House) -> list[Problem]:
    """Everything the checklists find, blocking findings first, then by place."""
    found = [*_fields(content, house), *_sources(content), *_to_come(content)]
    return sorted(found, key=lambda p: (not p.blocks_approval, p.line, p.column))


def _fields(content: Content, house: House) -> list[Problem]:
    found = []
    if not content.headline.strip():
        found.append(Problem("headline", "Give the article a headline.", blocks_filing=True, blocks_approval=True))
    elif len(content.headline) > HEADLINE_LIMIT:
        found.append(
            Problem(
                "headline-length", f"The headline has {len(content.headline)} characters; aim for {HEADLINE_LIMIT}."
            )
        )
    if not content.body.strip():
        found.append(Problem("body", "The article has no text yet.", blocks_filing=True, blocks_approval=True))
    if not content.standfirst.strip():
        found.append(Problem("standfirst", "A standfirst tells readers in one sentence what this is about."))
    if not content.category:
        found.append(Problem("category", "Choose a category.", blocks_approval=True))
    elif content.category not in {category.key for category in house.categories}:
        found.append(
            Problem("category", f"This house has no category “{content.category}”. Choose one.", blocks_approval=True)
        )
    if content.language not in house.languages:
        found.append(Problem("language", f"This house does not publish in “{content.language}”.", blocks_approval=True))
    if not content.byline.strip():
        found.append(Problem("byline", "Say who wrote it: the byline is empty."))
    return found


def _sources(content: Content) -> list[Problem]:
    known = {source.key for source in content.sources}
    cited = citations(content.body)
    found = [
        Problem(
            "unknown-source",
            f"[@{c.key}] names no source of this article. Add the source or correct the key.",
            *line_and_column(content.body, c.start),
            blocks_approval=True,
        )
        for c in cited
        if c.key not in known
    ]
    used = {c.key for c in cited}
    found += [
        Problem("unused-source", f"The source “{source.label}” ({source.key}) is not cited in the text.")
        for source in content.sources
        if source.key not in used
    ]
    if not content.sources:
        found.append(Problem("sources", "No source is stored yet: readers are shown where facts come from."))
    return found


def _to_come(content: Content) -> list[Problem]:
    return [
        Problem(
            "to-come",
            "TK is left in the copy: write what was to come.",
            *line_and_column(content.body, match.start()),
            blocks_approval=True,
        )
        for match in _TO_COME.finditer(content.body)
    ]


def line_and_column(text: str, position: int) -> tuple[int, int]:
    """The 1-based line and column (in code points) of a position in a text."""
    line_start = text.rfind("\n", 0, position) + 1
    return text.count("\n", 0, position) + 1, position - line_start + 1
