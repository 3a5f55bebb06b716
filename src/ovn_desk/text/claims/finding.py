"""Every claim of an article, paragraph by paragraph, so that a key costs one paragraph."""

from collections.abc import Iterator
from functools import lru_cache

from ovn_desk.domain.article import Content
from ovn_desk.domain.claim import Claim, ClaimKind, Field
from ovn_desk.domain.figures import Value
from ovn_desk.domain.texts import lower_case
from ovn_desk.text.cache import Cached
from ovn_desk.text.claims import blocks, numbers, speech
from ovn_desk.text.claims.paragraph import Paragraph, read_paragraph
from ovn_desk.text.claims.superlatives import SUPERLATIVE


def find(content: Content) -> list[Claim]:
    """Every claim in headline, standfirst, body and captions, in this order and by place in each.

    The rules are in `quotations.is_quotation` and `numbers.find_figures`; what is inside a quotation is not found
    again. It depends on the texts alone and never raises.
    """
    found = [
        *_display_claims(content.headline, Field.HEADLINE),
        *_display_claims(content.standfirst, Field.STANDFIRST),
        *_in_body(content.body),
    ]
    for image in content.images:
        found += _display_claims(image.caption, Field.CAPTION, image.key)
    return found


def _display_claims(text: str, field: Field, image: str = "") -> Iterator[Claim]:
    for claim in in_paragraph(text) if text.strip() else ():
        yield _place_claim(claim, 0, field, image, is_display=True)


def _in_body(body: str) -> Iterator[Claim]:
    for start, paragraph in blocks.paragraphs(body):
        claims = in_paragraph(paragraph)
        if claims:
            is_display = read_paragraph(paragraph).is_heading
            yield from [_place_claim(claim, start, Field.BODY, "", is_display=is_display) for claim in claims]


def _place_claim(claim: Claim, by: int, field: Field, image: str, *, is_display: bool) -> Claim:
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


@Cached  # a key changes one paragraph: the others are known
def in_paragraph(text: str) -> tuple[Claim, ...]:
    """The claims of one paragraph of Markdown, placed from its start."""
    paragraph = read_paragraph(text)
    return () if paragraph.is_empty else tuple(sorted(_claims(paragraph), key=lambda claim: (claim.start, claim.end)))


def _claims(paragraph: Paragraph) -> Iterator[Claim]:
    quoted = paragraph.quotations()
    for start, end in quoted:
        yield _claim(paragraph, ClaimKind.QUOTATION, start, end)
    prose = blocks.blank_spans(paragraph.prose, [*quoted, *paragraph.row_numbers()])
    for figure in numbers.find_figures(prose):
        yield _claim(paragraph, ClaimKind.FIGURE, figure.start, figure.end, figure.values)
    lowered = lower_case(prose)
    for match in SUPERLATIVE.finditer(lowered):
        yield _claim(paragraph, ClaimKind.SUPERLATIVE, *match.span())
    for match in speech.ATTRIBUTION.finditer(lowered):
        yield _claim(paragraph, ClaimKind.ATTRIBUTION, *match.span())


def _claim(paragraph: Paragraph, kind: ClaimKind, start: int, end: int, values: tuple[Value, ...] = ()) -> Claim:
    sentence = paragraph.sentence(start)
    return Claim(
        kind,
        paragraph.text[start:end],
        start,
        end,
        sentence,
        paragraph.keys_cited_at(start),
        paragraph.keys_cited_near(start),
        values,
        _named_outlet(sentence),
    )


@lru_cache(maxsize=2_000)
def _named_outlet(sentence: str) -> str:
    match = speech.THROUGH.search(sentence)
    return next((name for name in match.groups() if name), "") if match else ""
