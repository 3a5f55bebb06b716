"""What of an article must not leave the newsroom, as words to be looked for in whatever does leave.

This list is written apart from the one of public fields (`redaction.FIELDS`) on purpose: a field that is made public
there by mistake is still found here.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields

from ovn_desk.domain.article import Content
from ovn_desk.domain.assignments import Assignment
from ovn_desk.domain.citing import PATTERN, citations
from ovn_desk.domain.source import Source, Terms
from ovn_desk.domain.texts import without_comments
from ovn_desk.domain.workflow import CommentAnswer, CommentText, Event, Step
from ovn_desk.messages import Message

_SHORTEST, _LONG, _LONGEST_WORD, _SENTENCE = 3, 8, 16, 24
_SHORTEST_NUMBER, _SHORTEST_PHRASE = 6, 12
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2069\ufeff]")
# Who of the staff knows an unnamed source may stand on the page as its editor: `known_to` is not looked for.
_NEVER_PUBLIC = ("note", "contact", "why_unnamed", "how_they_know")
_SPEAKS_TO_STAFF = frozenset({Step.SEND_BACK, Step.HOLD, Step.SPIKE, Step.PLAN})
# What says nothing of who a source is; every other text of a withheld one is looked for, a new field too.
_TELLS_NOBODY = ("medium", "published", "retrieved", "language", "known_to")
_OF_A_WITHHELD = tuple(
    part.name for part in fields(Source) if part.type is str and part.name not in {*_NEVER_PUBLIC, *_TELLS_NOBODY}
)
# How each field of a source is called where it was found outside.
_CALLED = {
    "note": "secret-source-note",
    "contact": "secret-source-contact",
    "why_unnamed": "secret-source-why-unnamed",
    "how_they_know": "secret-source-how-they-know",
    "key": "secret-source-key",
    "name": "secret-source-name",
    "role": "secret-source-role",
    "outlet": "secret-source-outlet",
    "url": "secret-source-url",
    "locator": "secret-source-locator",
}


@dataclass(frozen=True, slots=True)
class Secret:
    """Some words and what they are. `is_common`: another article may say them, so only this one's files may not."""

    what: Message
    words: str
    is_common: bool = False


def searchable_text(text: str) -> str:
    """The form in which texts and secrets are compared: NFC, case folded, no unseen marks, white space one space."""
    return " ".join(_UNSEEN.sub("", unicodedata.normalize("NFC", text)).casefold().split())


def _words_alone(text: str) -> str:
    """The words alone: a citation before the full stop makes no other sentence."""
    return " ".join(re.sub(r"\W+", " ", searchable_text(text)).split())


def contains_words(text: str, words: str) -> bool:
    """Whether a searchable text holds these words; short ones only where they are no part of a longer word."""
    at = text.find(words)
    while at >= 0 and is_chance(text, at, at + len(words)):
        at = text.find(words, at + 1)
    return at >= 0


def is_chance(text: str, start: int, end: int) -> bool:
    """Whether a few letters stand inside a longer word, as `ali` does in `normality`."""
    is_inside = text[max(0, start - 1) : start].isalnum() or text[end : end + 1].isalnum()
    return end - start < _LONG and is_inside


def is_telling(words: str) -> bool:
    """Whether searchable words in a file of another article are evidence: `Quetta` or `today` may stand anywhere."""
    if any(letter.isdigit() or letter == "@" for letter in words):
        return len(words) >= _SHORTEST_NUMBER
    return len(words) >= (_SHORTEST_PHRASE if len(_words_alone(words).split()) > 1 else _LONGEST_WORD)


def says_publicly(content: Content, words: str) -> bool:
    """Whether an article's public text itself contains these searchable words."""
    return contains_words(_words_alone("\n".join(_public_words(content))), _words_alone(words))


def secrets(content: Content, events: Iterable[Event] = ()) -> tuple[Secret, ...]:
    """What of an article is withheld, in searchable words; what its own public words say anyway is no secret.

    Of what staff said about it, in `events`, whole sentences are looked for: others may stand on a page by chance.
    """
    done = tuple(events)
    told = [event.reason for event in done if event.step not in _SPEAKS_TO_STAFF]
    said = _words_alone("\n".join([*_public_words(content), *told]))
    found = dict.fromkeys(
        Secret(secret.what, words, secret.is_common or not is_telling(words))
        for secret in (*_secrets(content), *_of_staff(done))
        if len(words := searchable_text(secret.words)) >= _SHORTEST and not contains_words(said, _words_alone(words))
    )
    return tuple(found)


def weak_words(content: Content) -> Iterator[tuple[Source, str, str]]:
    """Sources with each private field, by its name, that is one common word: it may stand on the page by chance."""
    for source in content.sources:
        for name in (*_NEVER_PUBLIC, *(() if source.terms is Terms.ON_RECORD else ("name",))):
            words = searchable_text(getattr(source, name))
            if len(words) >= _SHORTEST and not is_telling(words) and not says_publicly(content, words):
                yield source, name, getattr(source, name)


def _secrets(content: Content) -> Iterator[Secret]:
    yield Secret(Message("secret-note-to-editors"), content.ednote)
    for comment in _COMMENT.findall(content.body):
        yield Secret(Message("secret-comment"), comment)
    for waiver in content.waivers:
        yield Secret(Message("secret-waiver"), waiver.reason)
    for reply in content.replies:
        yield Secret(Message("secret-reply-contact", name=reply.name), reply.contact, is_common=True)
        yield Secret(Message("secret-reply-answer", name=reply.name), reply.answer, is_common=True)
    for image in content.images:
        yield Secret(Message("secret-picture-note", key=image.key), image.note)
        yield Secret(Message("secret-picture-name", key=image.key), image.name, is_common=True)
    yield from _of_citations(content)
    for source in content.sources:
        yield from _of_source(source)


def _of_citations(content: Content) -> Iterator[Secret]:
    """What is said beside the key of a withheld source; “p. 3” may stand anywhere."""
    quiet = {source.key for source in content.sources if source.terms is not Terms.ON_RECORD}
    for citation in citations(content.body):
        for words in (citation.prefix, citation.locator) if citation.key in quiet else ():
            if len(words) >= _LONGEST_WORD:
                yield Secret(Message("secret-citation", key=citation.key), words, is_common=True)


def _of_staff(events: Iterable[Event]) -> Iterator[Secret]:
    for event in events:
        words: dict[Message, str] = {Message("secret-step-note", step=event.step): event.note}
        if event.step in _SPEAKS_TO_STAFF:
            words[Message("secret-step-reason", step=event.step)] = event.reason
        if isinstance(event.details, CommentText | CommentAnswer):
            words[Message("secret-newsroom-comment")] = event.details.text
        if isinstance(event.details, Assignment):
            words[Message("secret-assignment")] = event.details.what
        for what, text in words.items():
            if len(text) >= _SENTENCE:
                yield Secret(what, text, is_common=True)


def _of_source(source: Source) -> Iterator[Secret]:
    is_withheld = source.terms is not Terms.ON_RECORD
    for name in _NEVER_PUBLIC:
        is_common = name == "contact" and not is_withheld
        yield Secret(Message(_CALLED[name], key=source.key), getattr(source, name), is_common=is_common)
    for file in source.files:
        yield Secret(Message("secret-source-file", key=source.key), file.name, is_common=True)
    if is_withheld:
        for name in _OF_A_WITHHELD:
            is_common = name != "key" or not _is_distinct(source.key)
            what = Message(_CALLED.get(name, "secret-source-field"), key=source.key)
            yield Secret(what, getattr(source, name), is_common=is_common)
    if is_withheld or not source.publish_excerpts:
        for excerpt in source.excerpts:
            yield Secret(Message("secret-source-excerpt", key=source.key), excerpt, is_common=True)


def _is_distinct(key: str) -> bool:
    """Whether a key is no word that a story might hold, as `police` is."""
    return len(key) > _LONGEST_WORD or not key.isalpha()


def _public_words(content: Content) -> Iterator[str]:
    """What readers are shown in the article's own words, citations apart."""
    body = re.sub(PATTERN, " ", without_comments(content.body))
    yield from (content.headline, content.standfirst, body, content.byline, content.dateline, content.slug)
    yield from (content.unverified, *content.tags)
    for image in content.images:
        yield from (image.key, image.alt, image.caption, image.credit, image.rights)
    for reply in content.replies:
        yield reply.name
    for use in content.ai_used:
        yield from (use.tool, use.what)
    for correction in content.corrections:
        yield from (correction.said, correction.in_fact)
    for source in content.sources:
        if source.terms is Terms.ON_RECORD:
            yield from (source.key, source.name, source.role, source.outlet, source.url, source.locator)
            yield from source.excerpts if source.publish_excerpts else ()
