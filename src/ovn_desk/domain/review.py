"""What must be in order before an article is filed or approved, and what is only advice."""

import re
from dataclasses import dataclass

from ovn_desk.domain.article import Content
from ovn_desk.domain.house import House
from ovn_desk.domain.image import Image
from ovn_desk.domain.source import Terms

_CITATION = re.compile(r"\[@([A-Za-z0-9][A-Za-z0-9_-]*)([^\]\n]*)\]")
_TO_COME = re.compile(r"\bTK\b")
_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd]")
_CODE = re.compile(r"^(```+|~~~+).*?(?:^\1|\Z)", re.DOTALL | re.MULTILINE)
_BLOCK_QUOTE = re.compile(r"(?:^ {0,3}>.*\n?)(?:^.*\S.*\n?)*", re.MULTILINE)
_TABLE = re.compile(r"^.*\|.*\n[ |:-]*-[ |:-]*\|?[ |:-]*$(?:\n.*\|.*)*", re.MULTILINE)
_CAPTION = re.compile(r"(?:Table|جدول):")
_BARE_LINK = re.compile(r"<https?://[^>\s]+>|\[\s*(?:https?://|www\.)[^\]]*\]\(", re.IGNORECASE)
_PICTURE = re.compile(r"!\[[^\]\n]*\]\(image:([A-Za-z0-9][A-Za-z0-9_-]*)\)")
_OTHER_PICTURE = re.compile(rf"(?!{_PICTURE.pattern})(?:!\[[^\]\n]*\]\s?[(\[]|<img\b)", re.IGNORECASE)
_FROM_ELSEWHERE = "This picture is not stored with the article: take it out, and drop its file into the text instead."
HEADLINE_LIMIT = 70


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding: its line and column in the body (from 1; 0 for other fields) and whether it stops a step."""

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
    checks = (_letters, _sources, _pictures, _to_come, _blocks)
    found = [*_fields(content, house), *(problem for check in checks for problem in check(content))]
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
    off_record = {source.key: source for source in content.sources if source.terms == Terms.OFF_RECORD}
    found += [
        Problem(
            "off-record",
            f"“{off_record[c.key].label}” spoke off the record and can not be cited. Take the citation out.",
            *line_and_column(content.body, c.start),
            blocks_approval=True,
        )
        for c in cited
        if c.key in off_record
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


def _pictures(content: Content) -> list[Problem]:
    """Every picture in the text is the article's own, says what it shows, and names whose it is."""
    text, by_key = _without_code(content.body), {image.key: image for image in content.images}
    shown = list(_PICTURE.finditer(text))
    first = {match[1]: match.start() for match in reversed(shown)}
    found = [
        ("unknown-image", f"{match[0]} names no picture of this article. Add it or correct the key.", match.start())
        for match in shown
        if match[1] not in by_key
    ]
    found += [
        (rule, said, first[image.key])
        for image in content.images
        if image.key in first
        for rule, said in _card_faults(image)
    ]
    found += [("picture", _FROM_ELSEWHERE, match.start()) for match in _OTHER_PICTURE.finditer(text)]
    unused = [image.key for image in content.images if image.key not in first]
    return [
        *(Problem(rule, said, *line_and_column(text, at), blocks_approval=True) for rule, said, at in found),
        *(Problem("unused-image", f"The picture “{key}” is not shown in the text.") for key in unused),
    ]


def _card_faults(image: Image) -> list[tuple[str, str]]:
    found = []
    if not image.alt and not image.is_decorative:
        found.append(("alt-text", f"Say what the picture “{image.key}” shows in its alt text, or mark it decorative."))
    if not image.credit:
        found.append(("image-credit", f"Say whose picture “{image.key}” is: its credit is empty."))
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


def _letters(content: Content) -> list[Problem]:
    """Letters no page may carry: lost ones, control characters, and direction marks that are not closed."""
    found = [
        Problem("letters", f"The {name} has letters that can not be shown: type it again.", blocks_approval=True)
        for name in ("headline", "standfirst", "slug", "byline", "dateline")
        if _UNSHOWABLE.search(text := getattr(content, name)) or not _is_bidi_paired(text)
    ]
    lost = _UNSHOWABLE.search(content.body)
    if lost:
        place = line_and_column(content.body, lost.start())
        found.append(Problem("letters", "A letter was lost here: type it again.", *place, blocks_approval=True))
    return found


def _is_bidi_paired(text: str) -> bool:
    embeddings = isolates = 0
    for letter in text:
        embeddings += (letter in "\u202a\u202b\u202d\u202e") - (letter == "\u202c")
        isolates += (letter in "\u2066\u2067\u2068") - (letter == "\u2069")
        if embeddings < 0 or isolates < 0:
            return False
    return embeddings == isolates == 0


def _blocks(content: Content) -> list[Problem]:
    """Block quotations name their source, tables have a caption, links say in words where they lead."""
    text = _without_code(content.body)
    found = [
        ("quotation-source", "Say who is quoted: end this block quotation with a citation, [@key].", m.start())
        for m in _BLOCK_QUOTE.finditer(text)
        if not _CITATION.search(m[0])
    ]
    found += [
        ("table-caption", "Give this table a caption: a paragraph “Table: …” above or below it.", m.start())
        for m in _TABLE.finditer(text)
        if not (_CAPTION.match(_last_paragraph(text[: m.start()])) or _CAPTION.match(text[m.end() :].lstrip("\n")))
    ]
    found += [
        ("link-text", "Say in words where this link leads: its text is only an address.", m.start())
        for m in _BARE_LINK.finditer(text)
    ]
    return [Problem(rule, said, *line_and_column(text, at), blocks_approval=True) for rule, said, at in found]


def _without_code(text: str) -> str:
    """The text with blanks for its code blocks, so that every other place stays where it is."""
    return _CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def _last_paragraph(text: str) -> str:
    return text.rstrip("\n").rpartition("\n\n")[2]


def line_and_column(text: str, position: int) -> tuple[int, int]:
    """The 1-based line and column (in code points) of a position in a text."""
    line_start = text.rfind("\n", 0, position) + 1
    return text.count("\n", 0, position) + 1, position - line_start + 1
