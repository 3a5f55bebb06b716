"""The fields round the text: headline, standfirst, category, language, byline, its length and its corrections."""

from collections.abc import Iterator

from ovn_desk.domain.ai_use import declaration_gap
from ovn_desk.domain.article import Content
from ovn_desk.domain.checklist.rule import Facts, Rule, Spot, shorten
from ovn_desk.domain.claim import Field
from ovn_desk.domain.evidence import CorrectionKind
from ovn_desk.domain.levels import Level
from ovn_desk.messages import Message


def _headline(facts: Facts) -> Iterator[Spot]:
    if not facts.content.headline.strip():
        yield Spot(Message("headline-missing"), field=Field.HEADLINE)


def _headline_length(facts: Facts) -> Iterator[Spot]:
    limit, headline = facts.house.checklist.limits.headline_length, facts.content.headline
    if limit and len(headline) > limit and headline.strip():
        said = Message("headline-too-long", count=len(headline), limit=limit)
        yield Spot(said, limit, len(headline), Field.HEADLINE)


def _body(facts: Facts) -> Iterator[Spot]:
    if not facts.content.body.strip():
        yield Spot(Message("body-missing"))


def _standfirst(facts: Facts) -> Iterator[Spot]:
    if not facts.content.standfirst.strip():
        yield Spot(Message("standfirst-missing"), field=Field.STANDFIRST)


def _category(facts: Facts) -> Iterator[Spot]:
    if not facts.content.category:
        yield Spot(Message("category-missing"))
    elif facts.house.section(facts.content.category) is None:
        yield Spot(Message("category-not-of-house", category=facts.content.category))


def _language(facts: Facts) -> Iterator[Spot]:
    if facts.content.language not in facts.house.languages:
        yield Spot(Message("language-unpublished", language=facts.content.language))


def _byline(facts: Facts) -> Iterator[Spot]:
    if not facts.content.byline.strip():
        yield Spot(Message("byline-missing"))


def _ai_used(facts: Facts) -> Iterator[Spot]:
    if not facts.content.ai_used:
        yield Spot(Message("ai-undeclared"))


def _ai_declaration(facts: Facts) -> Iterator[Spot]:
    if gap := declaration_gap(facts.content.ai_used):
        yield Spot(gap)


def _length(facts: Facts) -> Iterator[Spot]:
    """Only where the words were counted."""
    limits, words = facts.house.checklist.limits, facts.found.words
    if words is None:
        return
    if words < limits.words_min:
        yield Spot(Message("text-too-short", count=words, least=limits.words_min))
    if limits.words_max and words > limits.words_max:
        yield Spot(Message("text-past-house-limit", count=words, most=limits.words_max))


def _correction(facts: Facts) -> Iterator[Spot]:
    """A new correction of which readers would be told, while what was wrong still stands in the text."""
    published, content = facts.found.published, facts.content
    if published is None:
        return
    known = {one.key for one in published.corrections}
    new = [one for one in content.corrections if one.kind is CorrectionKind.CORRECTION and one.key not in known]
    if new and _readers_parts(content) == _readers_parts(published):
        yield Spot(Message("correction-changes-nothing"))
        return
    for one in new:
        start = content.body.find(one.said.strip())
        if one.said.strip() and start >= 0:
            yield Spot(Message("correction-words-stand", words=shorten(one.said)), start, start + len(one.said.strip()))


def _readers_parts(content: Content) -> tuple[object, ...]:
    """What of a text a correction may change."""
    return content.headline, content.standfirst, content.body, content.images


RULES = (
    Rule("headline", Level.FILING, _headline),
    Rule("headline-length", Level.ADVICE, _headline_length),
    Rule("body", Level.FILING, _body, house_may_change=False),
    Rule("standfirst", Level.ADVICE, _standfirst),
    Rule("category", Level.APPROVAL, _category),
    Rule("language", Level.APPROVAL, _language),
    Rule("byline", Level.ADVICE, _byline, house_may_change=False),
    Rule("ai-used", Level.OFF, _ai_used),
    Rule("ai-declaration", Level.APPROVAL, _ai_declaration, house_may_change=False),
    Rule("length", Level.ADVICE, _length),
    Rule("correction", Level.APPROVAL, _correction),
)
