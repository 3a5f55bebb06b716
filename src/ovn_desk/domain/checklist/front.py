"""The fields round the text: headline, standfirst, category, language, byline, and how long the text is."""

from collections.abc import Iterator

from ovn_desk.domain.ai_use import declaration_gap
from ovn_desk.domain.article import Content
from ovn_desk.domain.checklist.evidence import Found
from ovn_desk.domain.checklist.problem import Problem
from ovn_desk.domain.claim import Field
from ovn_desk.domain.house import House


def problems(content: Content, house: House, found: Found | None) -> Iterator[Problem]:
    """What is missing or too long in an article's fields; its length only where its words were counted."""
    limit = house.checklist.limits.headline_length
    if not content.headline.strip():
        yield Problem("headline", "Give the article a headline.", field=Field.HEADLINE)
    elif limit and len(content.headline) > limit:
        said = f"The headline has {len(content.headline)} characters; aim for {limit}."
        yield Problem("headline-length", said, field=Field.HEADLINE, start=limit, end=len(content.headline))
    if not content.body.strip():
        yield Problem("body", "The article has no text yet.")
    if not content.standfirst.strip():
        said = "A standfirst tells readers in one sentence what this is about."
        yield Problem("standfirst", said, field=Field.STANDFIRST)
    yield from _category(content, house)
    if content.language not in house.languages:
        yield Problem("language", f"This house does not publish in “{content.language}”.")
    if not content.byline.strip():
        yield Problem("byline", "Say who wrote it: the byline is empty.")
    yield from _ai_used(content)
    if found and found.words is not None:
        yield from _length(found.words, house)


def _category(content: Content, house: House) -> Iterator[Problem]:
    if not content.category:
        yield Problem("category", "Choose a category.")
    elif house.section(content.category) is None:
        yield Problem("category", f"This house has no category “{content.category}”. Choose one.")


def _ai_used(content: Content) -> Iterator[Problem]:
    if not content.ai_used:
        yield Problem("ai-used", "Say under “AI used” whether AI was used; “none” is an answer.")
    elif gap := declaration_gap(content.ai_used):
        yield Problem("ai-declaration", gap)


def _length(words: int, house: House) -> Iterator[Problem]:
    limits = house.checklist.limits
    if words < limits.words_min:
        yield Problem("length", f"The text has {words} words; this house asks for at least {limits.words_min}.")
    if limits.words_max and words > limits.words_max:
        yield Problem("length", f"The text has {words} words; this house asks for at most {limits.words_max}.")
