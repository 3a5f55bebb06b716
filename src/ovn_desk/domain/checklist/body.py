"""The text itself: letters that can not be shown, words still to come, quotations, tables, links and pictures."""

import re
from collections.abc import Iterator

from ovn_desk.domain.checklist.rule import Facts, Rule, Spot, shorten
from ovn_desk.domain.citing import citations, malformed_citations
from ovn_desk.domain.image import Image
from ovn_desk.domain.levels import Level
from ovn_desk.domain.line_ends import joined_lines
from ovn_desk.messages import Message

_BESIDE = 24  # letters on either side of a place that is told by its words
_TO_COME = re.compile(r"\bTK\b")
_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd]")
_BLOCK_QUOTE = re.compile(r"(?:^ {0,3}>.*\n?)(?:^.*\S.*\n?)*", re.MULTILINE)
_TABLE = re.compile(r"^.*\|.*\n[ |:-]*-[ |:-]*\|?[ |:-]*$(?:\n.*\|.*)*", re.MULTILINE)
_CAPTION = re.compile(r"(?:Table|جدول):[ \t]*\S")
_BARE_LINK = re.compile(r"(?<!\()<https?://[^>\s]+>|\[\s*(?:https?://|www\.)[^\]]*\]\(", re.IGNORECASE)
_PICTURE = re.compile(r"!\[[^\]\n]*\]\(image:([A-Za-z0-9][A-Za-z0-9_-]*)\)")
_OTHER_PICTURE = re.compile(rf"(?!{_PICTURE.pattern})(?:!\[[^\]\n]*\]\s?[(\[]|<img\b)", re.IGNORECASE)
_LINK = re.compile(r"(?<![!\\])\[(?!-?@)(?P<words>[^\[\]\n]*)\]\((?P<address>[^()\n]*(?:\([^()\n]*\)[^()\n]*)*)\)")
_DEFINITION = re.compile(r"^ {0,3}\[(?P<words>[^\]\n@^]+)\]:[ ]*(?P<address>\S+)(?:\s+[\"'(][^\n]*)?$", re.MULTILINE)
_IN_ANGLES = re.compile(r"<(?P<address>(?:https?|mailto|tel):[^>\n]*)>(?P<words>)", re.IGNORECASE)
_ANCHOR = re.compile(
    r"<a\b[^>\n]*?\bhref\s*=\s*[\"'](?P<address>[^\"'\n]*)[\"'][^>\n]*>(?P<words>[^<\n]*)", re.IGNORECASE
)
_TITLE = re.compile(r"\s+(?:\"[^\"]*\"|'[^']*')\s*$")
_LEADS = re.compile(
    r"https?://(?:[^\s/?#@]*@)?(?:(?!-)[\w-]+(?<!-)\.)+[^\W_][\w-]*[^\W_]\.?(?::\d+)?(?:[/?#]\S*)?"
    r"|https?://(?:\[[\da-f:.]+\]|\d{1,3}(?:\.\d{1,3}){3}|localhost)(?::\d+)?(?:[/?#]\S*)?"
    r"|mailto:[^\s@]+@[^\s@]+\.[^\s@]+|tel:\+?[\d().-]+|/(?!/)\S*|#\S+",
    re.IGNORECASE,
)
_CODE_IN_LINE = re.compile(r"`[^`\n]*`")
_NOTE = re.compile(r"<!--.*?-->", re.DOTALL)
_FIELDS = {
    "headline": "letters-in-headline",
    "standfirst": "letters-in-standfirst",
    "slug": "letters-in-slug",
    "byline": "letters-in-byline",
    "dateline": "letters-in-dateline",
}


def _letters(facts: Facts) -> Iterator[Spot]:
    """Letters no page may carry: lost ones, control characters, and direction marks that are not closed."""
    for name, code in _FIELDS.items():
        if _UNSHOWABLE.search(text := getattr(facts.content, name)) or not _is_bidi_paired(text):
            yield Spot(Message(code))
    if lost := _UNSHOWABLE.search(facts.content.body):
        yield Spot(Message("letter-lost"), *lost.span())


def _is_bidi_paired(text: str) -> bool:
    embeddings = isolates = 0
    for letter in text:
        embeddings += (letter in "\u202a\u202b\u202d\u202e") - (letter == "\u202c")
        isolates += (letter in "\u2066\u2067\u2068") - (letter == "\u2069")
        if embeddings < 0 or isolates < 0:
            return False
    return embeddings == isolates == 0


def _pictures_in_text(facts: Facts) -> dict[str, int]:
    """The keys of the pictures in the text, each with where it stands first."""
    if "![" not in facts.prose:
        return {}
    return {match[1]: match.start() for match in reversed(list(_PICTURE.finditer(facts.prose)))}


def _unknown_image(facts: Facts) -> Iterator[Spot]:
    known = {image.key for image in facts.content.images}
    for match in _PICTURE.finditer(facts.prose) if "![" in facts.prose else ():
        if match[1] not in known:
            yield _spot(Message("picture-unknown", written=match[0]), match[1], match.start())


def _in_text(facts: Facts) -> Iterator[tuple[Image, int]]:
    """The article's pictures that its text shows, each with its first place."""
    shown = _pictures_in_text(facts)
    return ((image, shown[image.key]) for image in facts.content.images if image.key in shown)


def _spot(said: Message, key: str, place: int | None = None) -> Spot:
    """About a picture, at its first place in the text."""
    return Spot(said, place, key=key, words=Message("claim-words", words=key))


def _alt_text(facts: Facts) -> Iterator[Spot]:
    for image, place in _in_text(facts):
        if not image.alt and not image.is_decorative:
            yield _spot(Message("alt-text-missing", key=image.key), image.key, place)


def _image_credit(facts: Facts) -> Iterator[Spot]:
    for image, place in _in_text(facts):
        if not image.credit:
            yield _spot(Message("credit-missing", key=image.key), image.key, place)


def _picture(facts: Facts) -> Iterator[Spot]:
    text = facts.prose
    for match in _OTHER_PICTURE.finditer(text) if "![" in text or "<" in text else ():
        yield Spot(Message("picture-from-elsewhere"), match.start())


def _unused_image(facts: Facts) -> Iterator[Spot]:
    shown = _pictures_in_text(facts)
    for image in facts.content.images:
        if image.key not in shown:
            yield _spot(Message("picture-unused", key=image.key), image.key)


def _to_come(facts: Facts) -> Iterator[Spot]:
    body = facts.content.body
    for match in _TO_COME.finditer(body) if "TK" in body else ():
        yield Spot(Message("words-to-come", words=_words_round(body, *match.span())), *match.span())


def _words_round(body: str, start: int, end: int) -> str:
    """A place with the words beside it in its line: two places of one kind are told apart."""
    low = max(body.rfind("\n", 0, start) + 1, start - _BESIDE)
    ends = body.find("\n", end)
    high = min(len(body) if ends < 0 else ends, end + _BESIDE)
    before, after = body[low:start], body[end:high]
    if low and body[low - 1] != "\n":
        before = f"…{before.partition(' ')[2]}"
    if high < len(body) and body[high] != "\n":
        after = f"{after.rpartition(' ')[0]}…"
    return f"{before}{body[start:end]}{after}".strip()


def _quotation_source(facts: Facts) -> Iterator[Spot]:
    for match in _BLOCK_QUOTE.finditer(facts.prose):
        if not citations(match[0]):
            yield Spot(Message("quotation-without-source"), match.start())


def _table_caption(facts: Facts) -> Iterator[Spot]:
    text = facts.prose
    for match in _TABLE.finditer(text) if "|" in text else ():
        before = text[: match.start()].rstrip("\n").rpartition("\n\n")[2]
        if not (_CAPTION.match(before) or _CAPTION.match(text[match.end() :].lstrip("\n"))):
            yield Spot(Message("table-without-caption"), match.start())


def _link_text(facts: Facts) -> Iterator[Spot]:
    for match in _BARE_LINK.finditer(facts.prose):
        yield Spot(Message("link-without-words"), match.start())


def _dead_link(facts: Facts) -> Iterator[Spot]:
    """Links whose address leads nowhere: none, a mere “https://”, one without it, or with a space in it."""
    text = _CODE_IN_LINE.sub(lambda match: " " * len(match[0]), _without_notes(facts))
    for pattern in (_LINK, _DEFINITION, _IN_ANGLES, _ANCHOR) if "](" in text or "]:" in text or "<" in text else ():
        for match in pattern.finditer(text):
            address = _TITLE.sub("", match["address"]).strip().removeprefix("<").removesuffix(">")
            if not _LEADS.fullmatch(address):
                said = Message("link-dead", address=address) if address else Message("link-without-address")
                words = Message("claim-words", words=match["words"] or address)
                yield Spot(said, *match.span(), words=words)


def _joined_lines(facts: Facts) -> Iterator[Spot]:
    """Lines that stand apart in the text and run on as one paragraph on the page."""
    for joined in joined_lines(_without_notes(facts)) if "\n" in facts.prose else ():
        first = facts.content.body[joined.start : joined.line_ends[0].place]
        words = Message("claim-words", words=shorten(first.lstrip("> ")))
        yield Spot(Message("lines-joined"), joined.start, joined.end, words=words)


def _without_notes(facts: Facts) -> str:
    """The text with blanks for its notes to editors, which no page shows."""
    return (
        _NOTE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), facts.prose) if "<!--" in facts.prose else facts.prose
    )


def _citation_form(facts: Facts) -> Iterator[Spot]:
    """A source that is named with @ outside a citation would stand on the page as it is written, key and all."""
    text = _without_notes(facts)
    keys = {source.key for source in facts.content.sources}
    for start, end in malformed_citations(text, keys) if "@" in text else ():
        words = Message("claim-words", words=text[start:end])
        yield Spot(Message("citation-not-whole"), start, end, words=words)


RULES = (
    Rule("letters", Level.APPROVAL, _letters, house_may_change=False),
    Rule("unknown-image", Level.APPROVAL, _unknown_image, house_may_change=False),
    Rule("alt-text", Level.APPROVAL, _alt_text, was="alt"),
    Rule("image-credit", Level.APPROVAL, _image_credit, was="credit"),
    Rule("picture", Level.APPROVAL, _picture, house_may_change=False),
    Rule("unused-image", Level.ADVICE, _unused_image, house_may_change=False),
    Rule("to-come", Level.APPROVAL, _to_come),
    Rule("quotation-source", Level.APPROVAL, _quotation_source, house_may_change=False),
    Rule("table-caption", Level.APPROVAL, _table_caption, house_may_change=False),
    Rule("link-text", Level.APPROVAL, _link_text, was="links"),
    Rule("dead-link", Level.APPROVAL, _dead_link),
    Rule("line-ends", Level.APPROVAL, _joined_lines),
    Rule("citation-form", Level.APPROVAL, _citation_form, house_may_change=False),
)
