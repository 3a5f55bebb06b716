"""What each claim of a text rests on, and whether that is enough to publish it."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from ovn_desk.domain.claim import CHECKED, Claim, ClaimKind
from ovn_desk.domain.evidence import Waiver, WaiverKind
from ovn_desk.domain.figures import CURRENCIES, Value, figures
from ovn_desk.domain.source import Source, SourceKind
from ovn_desk.domain.texts import normalised_for_comparison


class Status(StrEnum):
    """How a claim stands (docs/design/evidence-and-review.md, Claims)."""

    SUPPORTED = "supported"
    ATTRIBUTED = "attributed"
    UNCITED = "uncited"
    DIFFERS = "differs"
    SECONDHAND = "secondhand"
    WAIVED = "waived"


HOLDS = frozenset({Status.SUPPORTED, Status.WAIVED})
STANDING = frozenset({WaiverKind.NOT_FACTUAL, WaiverKind.COMMON_KNOWLEDGE})
TAGGED = frozenset({WaiverKind.TRANSLATED, WaiverKind.CONDENSED, WaiverKind.CLEANED})
_BEST_FIRST = (
    *(Status.SUPPORTED, Status.WAIVED, Status.SECONDHAND),
    *(Status.ATTRIBUTED, Status.DIFFERS, Status.UNCITED),
)
_LEFT_OUT = re.compile(r"\[[^\]]{0,200}\]|\.{3,}")
_EDGES = " .,;:!?-۔،؟؛"
_LARGE = 10_000  # that a smaller number is the same may be chance
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)+")
_SECOND_LEVEL = {"com", "co", "org", "net", "gov", "edu", "ac"}
"""What stands between a name and its country in a domain."""
_MOST_WORDS = 6
"""Words of a name that a domain is made of."""
_ARTICLE = re.compile(r"^(?:the|روزنامہ) ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ClaimStatus:
    """A claim and how it stands; `excerpt` is the one that supports it, or else the nearest one to compare it with.

    `sources` are the keys it is judged by. `is_secondhand` says that the text has it from another outlet and says so,
    or ought to.
    """

    claim: Claim
    status: Status
    sources: tuple[str, ...] = ()
    excerpt: str = ""
    is_secondhand: bool = False
    waiver: Waiver | None = None

    @property
    def blocks(self) -> bool:
        """Whether it stands in the way of approval."""
        return self.claim.kind in CHECKED and self.status not in HOLDS


def judge(claims: Iterable[Claim], sources: Sequence[Source], waivers: Sequence[Waiver]) -> list[ClaimStatus]:
    """Give every claim its status; it depends on the claim's sentence, the sources and the waivers alone.

    What stands in the headline, standfirst, a caption or a heading is as its best equal in the body is.
    """
    known = {source.key: source for source in sources}
    marks = {waiver.mark: waiver for waiver in waivers if waiver.mark and waiver.kind is not WaiverKind.STYLE}
    judged = [_judge_claim(claim, known, marks) for claim in claims]
    displayed = [place for place, one in enumerate(judged) if one.claim.is_display and one.status is Status.UNCITED]
    if displayed:
        body = [one for one in judged if not one.claim.is_display and one.claim.kind in CHECKED]
        for place in displayed:
            judged[place] = _as_in_body(judged[place], body)
    return judged


def bare_statements(judged: Sequence[ClaimStatus]) -> list[ClaimStatus]:
    """Superlatives and attributions without a source, in sentences that have no quotation and no figure."""
    checked = {one.claim.sentence for one in judged if one.claim.kind in CHECKED}
    return [
        one
        for one in judged
        if not one.blocks
        and one.status is Status.UNCITED
        and not one.claim.is_display
        and one.claim.sentence not in checked
    ]


def mark(claim: Claim, excerpt: str = "") -> str:
    """The hash a waiver is kept under: the claim's sentence and words, and the excerpt it was compared with.

    Citations, quotation marks and white space do not count, so adding a source keeps a waiver; another word drops it.
    """
    return _hash_texts(claim.sentence, claim.words, excerpt)


def waive(judged: ClaimStatus, kind: WaiverKind, *, by: str, at: str, reason: str) -> Waiver:
    """Make the waiver by which a person lets this claim stand; a kind such as `translated` is tied to the excerpt."""
    compared_with = judged.excerpt if kind in TAGGED else ""
    return Waiver(
        kind, mark=mark(judged.claim, compared_with), words=judged.claim.sentence, by=by, at=at, reason=reason
    )


def is_supported_by(claim: Claim, excerpt: str) -> bool:
    """Whether an excerpt has the claim's words, or every one of its numbers with its unit.

    A large sum may stand there without its currency, as in a table that names it once.
    """
    if claim.kind is ClaimKind.FIGURE:
        stored = _values(excerpt)
        return all(value in stored or (_is_sum(value) and Value(value.number) in stored) for value in claim.values)
    return _contains(_comparable(excerpt), claim.words)


def stored_figure(judged: ClaimStatus) -> str:
    """The figure that the nearest excerpt has in place of a claim's, as written; empty for none.

    It is of the same unit and not of quite another size: two stations stand in no place of 1.8 million people.
    """
    if judged.claim.kind is not ClaimKind.FIGURE or len(judged.claim.values) != 1:
        return ""
    (said,) = judged.claim.values
    near = [
        (abs(figure.values[0].number - said.number), judged.excerpt[figure.start : figure.end])
        for figure in figures(judged.excerpt)
        if len(figure.values) == 1 and not figure.is_year and _may_stand_for(figure.values[0], said)
    ]
    return min(near, default=(0, ""), key=lambda one: one[0])[1]


def _may_stand_for(stored: Value, said: Value) -> bool:
    return stored.unit == said.unit and abs(said.number) <= 10 * abs(stored.number) <= 100 * abs(said.number)


def _judge_claim(claim: Claim, known: Mapping[str, Source], marks: Mapping[str, Waiver]) -> ClaimStatus:
    if marks and (waiver := marks.get(mark(claim))) and waiver.kind in STANDING:
        return ClaimStatus(claim, Status.WAIVED, waiver=waiver, is_secondhand=bool(claim.through))
    cited = [known[key] for key in claim.cited or claim.near if key in known]
    if not cited:
        return ClaimStatus(claim, Status.UNCITED, is_secondhand=bool(claim.through))
    keys = tuple(source.key for source in cited)
    excerpts = [excerpt for source in cited for excerpt in source.excerpts]
    if claim.kind not in CHECKED:
        return ClaimStatus(claim, Status.SUPPORTED if excerpts else Status.ATTRIBUTED, keys)
    outlet = _only_outlet(cited)
    is_secondhand = bool(claim.through or outlet)
    is_unnamed = outlet is not None and not _is_named(outlet, claim.sentence.replace(claim.words, " "))
    if found := next((excerpt for excerpt in excerpts if is_supported_by(claim, excerpt)), ""):
        return ClaimStatus(claim, Status.SECONDHAND if is_unnamed else Status.SUPPORTED, keys, found, is_secondhand)
    for excerpt in excerpts if marks else ():
        waiver = marks.get(mark(claim, excerpt))
        if waiver and waiver.kind in TAGGED:
            status = Status.SECONDHAND if is_unnamed else Status.WAIVED
            return ClaimStatus(claim, status, keys, excerpt, is_secondhand, waiver)
    if not all(source.excerpts for source in cited):
        return ClaimStatus(claim, Status.ATTRIBUTED, keys, "", is_secondhand)
    return ClaimStatus(claim, Status.DIFFERS, keys, _nearest(claim, excerpts), is_secondhand)


def _as_in_body(judged: ClaimStatus, body: Sequence[ClaimStatus]) -> ClaimStatus:
    """A claim of the headline as its best equal in the body stands; without one, as it is."""
    claim = judged.claim
    equals = [one for one in body if one.claim.kind is claim.kind and _is_equal(claim, one.claim)]
    if not equals:
        return judged
    best = min(equals, key=lambda one: _BEST_FIRST.index(one.status))
    return ClaimStatus(claim, best.status, best.sources, best.excerpt, best.is_secondhand, best.waiver)


def _is_equal(shown: Claim, claim: Claim) -> bool:
    if shown.kind is ClaimKind.FIGURE:
        return shown.values == claim.values
    return _contains(_comparable(claim.words), shown.words)


def _only_outlet(cited: Sequence[Source]) -> Source | None:
    """The outlet, where nothing else is cited."""
    names = {source.outlet or source.name for source in cited}
    return cited[0] if len(names) == 1 and all(source.kind is SourceKind.OUTLET for source in cited) else None


def _is_named(outlet: Source, sentence: str) -> bool:
    """Whether the outlet's name stands in a sentence, its case kept: the paper is Dawn, not the dawn."""
    said = _comparable(sentence)
    called = [name for name in (outlet.name, outlet.outlet) if name] or [outlet.label]
    names = [_ARTICLE.sub("", normalised_for_comparison(name)) for name in called]
    return any(_at_word(said, name) >= 0 or _is_spelled(name, sentence) for name in names if name)


def _is_spelled(name: str, sentence: str) -> bool:
    """Whether the words of a sentence, run together, are what a domain is called: Daily Harbour, dailyharbour.pk."""
    if _DOMAIN.fullmatch(name) is None:
        return False
    labels = name.casefold().split(".")[:-1]
    while len(labels) > 1 and labels[-1] in _SECOND_LEVEL:
        labels.pop()
    called = re.sub(r"\W", "", labels[-1])
    words = re.findall(r"[^\W_]+", sentence)
    runs = (words[start:end] for start in range(len(words)) for end in range(start + 1, start + 1 + _MOST_WORDS))
    return any(run[0][0] != run[0][0].lower() and "".join(run).casefold() == called for run in runs)


def _contains(within: str, words: str) -> bool:
    """Whether every part of a quotation stands there, in order: what is left out is shown as … or [in brackets]."""
    at = 0
    for part in _parts(words):
        at = _at_word(within, part, at)
        if at < 0:
            return False
        at += len(part)
    return True


@lru_cache(maxsize=8_000)
def _parts(words: str) -> tuple[str, ...]:
    return tuple(kept for part in _LEFT_OUT.split(normalised_for_comparison(words)) if (kept := part.strip(_EDGES)))


def _at_word(text: str, words: str, start: int = 0) -> int:
    """Where whole words stand in a text, or -1."""
    while (at := text.find(words, start)) >= 0:
        end = at + len(words)
        if not (text[at - 1 : at].isalnum() and words[:1].isalnum()) and not text[end : end + 1].isalnum():
            return at
        start = at + 1
    return -1


def _is_sum(value: Value) -> bool:
    return value.unit in CURRENCIES and value.number >= _LARGE


@lru_cache(maxsize=2_000)
def _comparable(text: str) -> str:
    return normalised_for_comparison(text)


@lru_cache(maxsize=2_000)
def _values(excerpt: str) -> frozenset[Value]:
    return frozenset(value for figure in figures(excerpt) for value in figure.values)


@lru_cache(maxsize=20_000)
def _hash_texts(*texts: str) -> str:
    return hashlib.sha256("\x00".join(map(normalised_for_comparison, texts)).encode()).hexdigest()[:32]


def _nearest(claim: Claim, excerpts: Sequence[str]) -> str:
    """The excerpt that shares most words with the claim's sentence."""
    words = set(_comparable(claim.sentence).split())
    return max(excerpts, key=lambda excerpt: len(words.intersection(_comparable(excerpt).split())))
