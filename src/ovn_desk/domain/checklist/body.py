"""The text itself: letters that can not be shown, words still to come, quotations, tables, links and pictures."""

import re
from collections.abc import Iterator

from ovn_desk.domain.article import Content
from ovn_desk.domain.checklist.problem import Problem, at
from ovn_desk.domain.citing import citations, malformed
from ovn_desk.domain.image import Image

_TO_COME = re.compile(r"\bTK\b")
_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd]")
_CODE = re.compile(r"^(```+|~~~+).*?(?:^\1|\Z)", re.DOTALL | re.MULTILINE)
_BLOCK_QUOTE = re.compile(r"(?:^ {0,3}>.*\n?)(?:^.*\S.*\n?)*", re.MULTILINE)
_TABLE = re.compile(r"^.*\|.*\n[ |:-]*-[ |:-]*\|?[ |:-]*$(?:\n.*\|.*)*", re.MULTILINE)
_CAPTION = re.compile(r"(?:Table|جدول):")
_BARE_LINK = re.compile(r"<https?://[^>\s]+>|\[\s*(?:https?://|www\.)[^\]]*\]\(", re.IGNORECASE)
_PICTURE = re.compile(r"!\[[^\]\n]*\]\(image:([A-Za-z0-9][A-Za-z0-9_-]*)\)")
_OTHER_PICTURE = re.compile(rf"(?!{_PICTURE.pattern})(?:!\[[^\]\n]*\]\s?[(\[]|<img\b)", re.IGNORECASE)
_NOTE = re.compile(r"<!--.*?-->", re.DOTALL)
_FORM = (
    "This is not a whole citation: write [@key], [@key, p. 3], [see @key] or [@one; @two] on one line, or put \\ "
    "before an @ that is meant to be read."
)
_FROM_ELSEWHERE = "This picture is not stored with the article: take it out, and drop its file into the text instead."


def problems(content: Content) -> Iterator[Problem]:
    """What the text may not hold, and what it still lacks."""
    for check in (_letters, _pictures, _to_come, _blocks, _citation_forms):
        yield from check(content)


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
    found += [
        ("picture", _FROM_ELSEWHERE, match.start())
        for match in (_OTHER_PICTURE.finditer(text) if "![" in text or "<" in text else ())
    ]
    unused = [image.key for image in content.images if image.key not in first]
    return [
        *(at(rule, said, text, place) for rule, said, place in found),
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
        at("to-come", "TK is left in the copy: write what was to come.", content.body, *match.span())
        for match in (_TO_COME.finditer(content.body) if "TK" in content.body else ())
    ]


def _letters(content: Content) -> list[Problem]:
    """Letters no page may carry: lost ones, control characters, and direction marks that are not closed."""
    found = [
        Problem("letters", f"The {name} has letters that can not be shown: type it again.")
        for name in ("headline", "standfirst", "slug", "byline", "dateline")
        if _UNSHOWABLE.search(text := getattr(content, name)) or not _is_bidi_paired(text)
    ]
    lost = _UNSHOWABLE.search(content.body)
    if lost:
        found.append(at("letters", "A letter was lost here: type it again.", content.body, *lost.span()))
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
        if not citations(m[0])
    ]
    found += [
        ("table-caption", "Give this table a caption: a paragraph “Table: …” above or below it.", m.start())
        for m in (_TABLE.finditer(text) if "|" in text else ())
        if not (_CAPTION.match(_last_paragraph(text[: m.start()])) or _CAPTION.match(text[m.end() :].lstrip("\n")))
    ]
    found += [
        ("link-text", "Say in words where this link leads: its text is only an address.", m.start())
        for m in _BARE_LINK.finditer(text)
    ]
    return [at(rule, said, text, place) for rule, said, place in found]


def _citation_forms(content: Content) -> list[Problem]:
    """A source that is named with @ outside a citation would stand on the page as it is written, key and all."""
    text = _NOTE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), _without_code(content.body))
    keys = {source.key for source in content.sources}
    return [at("citation-form", _FORM, text, *span) for span in (malformed(text, keys) if "@" in text else ())]


def _without_code(text: str) -> str:
    """The text with blanks for its code blocks, so that every other place stays where it is."""
    return _CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def _last_paragraph(text: str) -> str:
    return text.rstrip("\n").rpartition("\n\n")[2]
