"""What staff add to the text about how it is known: waivers, right of reply, corrections."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ovn_desk.domain.values import multiline
from ovn_desk.messages import Message


class WaiverKind(StrEnum):
    """Why a finding stands as it is (docs/design/evidence-and-review.md, Claims)."""

    NOT_FACTUAL = "not a factual claim"
    COMMON_KNOWLEDGE = "common knowledge"
    TRANSLATED = "translated"
    CONDENSED = "condensed"
    CLEANED = "cleaned"
    STYLE = "style"


@dataclass(frozen=True, slots=True)
class Waiver:
    """A person's word that a finding stands. `mark` is the hash of what was judged: edit that and it is gone by itself.

    `words` are the sentence as it was, `rule` the style rule that is ignored, `by` a name, `at` a day.
    """

    kind: WaiverKind = WaiverKind.NOT_FACTUAL
    mark: str = ""
    words: str = ""
    rule: str = ""
    by: str = ""
    at: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """A person or body the story criticises: when and how they were asked, and what they answered.

    Readers see the name, the day and whether an answer came; the contact and the deadline stay in the newsroom.
    """

    name: str = ""
    asked_at: str = ""
    how: str = ""
    contact: str = ""
    deadline: str = ""
    answer: str = multiline()


class CorrectionKind(StrEnum):
    """What changed in a published text (docs/glossary.md)."""

    CORRECTION = "correction"
    CLARIFICATION = "clarification"
    UPDATE = "update"
    REFILE = "refile"
    EDITORS_NOTE = "editor's note"
    RETRACTION = "retraction"


@dataclass(frozen=True, slots=True)
class Correction:
    """One change after publication, as readers are told it. `supersedes` is the key of an earlier one."""

    key: str = ""
    kind: CorrectionKind = CorrectionKind.CORRECTION
    at: str = ""
    said: str = multiline()
    in_fact: str = multiline()
    supersedes: str = ""


def standing_corrections(corrections: Sequence[Correction]) -> list[Correction]:
    """The corrections that no later one supersedes, newest first: what readers are told."""
    superseded = {correction.supersedes for correction in corrections if correction.supersedes}
    return [correction for correction in reversed(corrections) if correction.key not in superseded]


# The kinds that say what was wrong and what is right.
TWO_SIDED = frozenset({CorrectionKind.CORRECTION, CorrectionKind.CLARIFICATION})


def correction_gap(correction: Correction) -> Message | None:
    """What a correction lacks, in a sentence; empty for one that readers can be told."""
    if correction.kind in TWO_SIDED and not (correction.said.strip() and correction.in_fact.strip()):
        return Message("correction-half", kind=correction.kind)
    if correction.kind is not CorrectionKind.REFILE and not correction.in_fact.strip():
        return Message("correction-empty", kind=correction.kind)
    return None


def dropped_correction_problem(published: Iterable[Correction], now: Collection[Correction]) -> Message | None:
    """A message naming a published correction that is missing from `now`; None where all of them are kept."""
    for correction in published:
        if correction not in now:
            words = correction.in_fact or correction.said or correction.key
            return Message("correction-dropped", kind=correction.kind, words=words)
    return None
