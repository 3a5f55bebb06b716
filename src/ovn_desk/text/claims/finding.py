"""Every claim of an article, paragraph by paragraph, so that a key costs one paragraph."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from ovn_desk.domain.article import Content
from ovn_desk.domain.claim import Claim, ClaimKind, Field
from ovn_desk.domain.figures import Value
from ovn_desk.domain.review import citations
from ovn_desk.text.claims import blocks, numbers, quotations, sentences, speech

_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
_LARGEST = (
    "largest biggest highest lowest smallest longest shortest oldest youngest newest fastest slowest richest poorest "
    "deadliest worst best greatest strongest weakest heaviest hottest coldest earliest latest tallest deepest widest "
    "busiest cheapest costliest nearest farthest furthest closest hardest toughest"
).split()
_NOT_RANKED = r"(?! (?:aid|lady|name|names|information|class|floor|half|hand|person|world|thing|place,|of all|,)\b)(?!-(?:hand|class|rate))"
_NOT_SECOND = {"second": r"(?<!a )(?<!split )", "first": r"(?<!at )"}
_SUPERLATIVE = re.compile(
    r"(?<![\w-])(?:"
    rf"(?:{'|'.join(_ORDINALS)})-(?:{'|'.join(_LARGEST)})"
    rf"|(?:{'|'.join(_LARGEST)})(?![\w-]| (?:known as|to date|updates?|news|practice|wishes|friends?|man|known)\b)"
    rf"|(?:{'|'.join(_ORDINALS)}){_NOT_RANKED}(?!\w)(?!,)"
    rf"|(?<=\ba )(?:{'|'.join(_ORDINALS)})(?=,)"
    r"|\d{1,3}(?:st|nd|rd|th)(?!\w)(?! (?:century|of \w|anniversary|January|February|March|April|May|June|July|August|"
    r"September|October|November|December))"
    r"|(?<=the )only(?= (?!one |way |thing )[a-z])|most (?=[a-z]+(?:ed|ive|ful|ous|ant|ent|ic|al|able|ible)\b)[a-z]+"
    r"|unprecedented|never before"
    r"|سب سے (?:\w+)|پہل[اےی](?= \w)(?<!پہلے)|بدترین|بہترین|واحد|تیسر[اےی](?!\w)|چوتھ[اےی](?!\w)|پانچو(?:اں|یں)(?!\w))",
    re.IGNORECASE,
)


def find(content: Content) -> list[Claim]:
    """Every claim in headline, standfirst, body and captions, in this order and by place in each.

    The rules are in `quotations.is_quotation` and `numbers.found`; what is inside a quotation is not found again. It
    depends on the texts alone and never raises.
    """
    found = [
        *_shown(content.headline, Field.HEADLINE),
        *_shown(content.standfirst, Field.STANDFIRST),
        *_in_body(content.body),
    ]
    for image in content.images:
        found += _shown(image.caption, Field.CAPTION, image.key)
    return found


def _shown(text: str, field: Field, image: str = "") -> Iterator[Claim]:
    for claim in in_paragraph(text) if text.strip() else ():
        yield _placed(claim, 0, field, image, is_display=True)


def _in_body(body: str) -> Iterator[Claim]:
    for start, paragraph in blocks.paragraphs(body):
        claims = in_paragraph(paragraph)
        if claims:
            is_display = blocks.is_heading(paragraph)
            yield from [_placed(claim, start, Field.BODY, "", is_display=is_display) for claim in claims]


def _placed(claim: Claim, by: int, field: Field, image: str, *, is_display: bool) -> Claim:
    return Claim(
        claim.kind,
        claim.words,
        claim.start + by,
        claim.end + by,
        claim.sentence,
        claim.cited,
        claim.near,
        claim.values,
        claim.through,
        field,
        image,
        is_display,
    )


@lru_cache(maxsize=8_000)  # a key changes one paragraph: the others are known
def in_paragraph(paragraph: str) -> tuple[Claim, ...]:
    """The claims of one paragraph of Markdown, placed from its start."""
    prose = blocks.prose(paragraph)
    if not re.search(r"[^\W_]", prose):
        return ()
    reader = _Paragraph(paragraph, prose)
    return tuple(sorted(reader.claims(), key=lambda claim: (claim.start, claim.end)))


class _Paragraph:
    """One paragraph with its sentences, and which citations each of them rests on."""

    def __init__(self, paragraph: str, prose: str) -> None:
        self.text, self.prose = paragraph, prose
        self.is_apart = blocks.is_block_quotation(paragraph)
        marked = [] if self.is_apart else quotations.spans(prose)
        spans = [(start - 1, end + 1) for start, end in marked]
        self.starts = sentences.of_rows(paragraph) if blocks.is_table(paragraph) else sentences.starts(prose, spans)
        self.cited: list[tuple[str, ...]] = [()] * len(self.starts)
        for citation in citations(paragraph):
            self.cited[self.sentence_at(citation.start)] += (citation.key,)
        self.quoted = (
            quotations.set_apart(prose, paragraph)
            if self.is_apart
            else [
                (start, end) for start, end in marked if quotations.is_quotation(prose, start, end, self.bounds(start))
            ]
        )

    def claims(self) -> Iterator[Claim]:
        for start, end in self.quoted:
            yield self.claim(ClaimKind.QUOTATION, start, end)
        open_text = self.prose
        for start, end in self.quoted:
            open_text = open_text[:start] + blocks.MASK * (end - start) + open_text[end:]
        for figure in numbers.found(open_text):
            yield self.claim(ClaimKind.FIGURE, figure.start, figure.end, figure.values)
        yield from self.matches(ClaimKind.SUPERLATIVE, _SUPERLATIVE, open_text)
        yield from self.matches(ClaimKind.ATTRIBUTION, speech.ATTRIBUTION, open_text)

    def matches(self, kind: ClaimKind, pattern: re.Pattern[str], text: str) -> Iterator[Claim]:
        for match in pattern.finditer(text):
            yield self.claim(kind, match.start(), match.end())

    def claim(self, kind: ClaimKind, start: int, end: int, values: tuple[Value, ...] = ()) -> Claim:
        number = self.sentence_at(start)
        first, last = self.bounds(start)
        return Claim(
            kind,
            self.text[start:end],
            start,
            end,
            self.text[first:last].strip(),
            self.cited[number],
            self.near(number),
            values,
            _through(self.text[first:last]),
        )

    def sentence_at(self, place: int) -> int:
        return bisect_right(self.starts, place) - 1

    def bounds(self, place: int) -> tuple[int, int]:
        number = self.sentence_at(place)
        return self.starts[number], self.starts[number + 1] if number + 1 < len(self.starts) else len(self.text)

    def near(self, number: int) -> tuple[str, ...]:
        """The citations of the next sentence and of the last; in a table or a quotation set apart, all of them."""
        if self.is_apart or blocks.is_table(self.text):
            return tuple(dict.fromkeys(key for keys in self.cited for key in keys))
        following = self.cited[number + 1] if number + 1 < len(self.cited) else ()
        return tuple(dict.fromkeys((*following, *self.cited[-1])))


@lru_cache(maxsize=2_000)
def _through(sentence: str) -> str:
    match = speech.THROUGH.search(sentence)
    return next((name for name in match.groups() if name), "") if match else ""
