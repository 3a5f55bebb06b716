"""Who is heard in a story: voices counted, unnamed sources accounted for, and those criticised asked for an answer."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from ovn_desk.domain.evidence import Reply
from ovn_desk.domain.source import Source, SourceKind, Terms
from ovn_desk.messages import Message

VOICES = frozenset({SourceKind.PERSON, SourceKind.ORGANISATION, SourceKind.OUTLET})
_SLIP = {
    "why_unnamed": "slip-why-unnamed",
    "how_they_know": "slip-how-they-know",
    "known_to": "slip-known-to",
}


@dataclass(frozen=True, slots=True)
class Voices:
    """How many are cited, by kind, and how many of them by name; counts, never a verdict."""

    named: int = 0
    unnamed: int = 0
    by_kind: Counter[SourceKind] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        return self.named + self.unnamed


def voices(sources: Sequence[Source], cited: Collection[str]) -> Voices:
    """People, organisations and outlets among the sources that are cited."""
    heard = [source for source in sources if source.key in cited and source.kind in VOICES]
    unnamed = sum(source.terms is not Terms.ON_RECORD for source in heard)
    return Voices(len(heard) - unnamed, unnamed, Counter(source.kind for source in heard))


def slip_gaps(source: Source) -> list[Message]:
    """What is still to be written down about a source that is not named; empty for one that is."""
    if source.terms is not Terms.BACKGROUND:
        return []
    return [Message(code) for name, code in _SLIP.items() if not getattr(source, name).strip()]


def reply_gap(reply: Reply, today: str) -> Message | None:
    """What is missing in a right of reply; none for one that is in order.

    Days are ISO dates; with an empty `today` a deadline is not looked at. Silence after the deadline is an answer.
    """
    name = reply.name or Message("somebody")
    if reply.answer.strip():
        return None
    if not reply.asked_at:
        return Message("reply-not-asked", name=name)
    if today and reply.deadline and reply.deadline[:10] >= today[:10]:
        return Message("reply-awaited", name=name, deadline=reply.deadline)
    return None
