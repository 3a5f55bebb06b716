"""What an event says beyond its step: one frozen value for each kind, stored with the event as it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ovn_desk.domain.article import EventId, RevisionId, StaffId
from ovn_desk.domain.assignments import Assignment, Plan
from ovn_desk.domain.evidence import Correction
from ovn_desk.domain.values import multiline
from ovn_desk.domain.workflow.rules import Step


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a text that a comment is about, as the W3C's selectors have them; without words it is about the story.

    `field` is headline, standfirst or body; the rest is what `text.anchors.Anchor` knows of the words.
    """

    field: str = "body"
    exact: str = multiline()
    prefix: str = multiline()
    suffix: str = multiline()
    start: int = 0
    end: int = 0
    nth: int = 1
    of: int = 1
    has_twin: bool = False


@dataclass(frozen=True, slots=True)
class CommentText:
    """A comment: its words, what they are about, whether they stop approval, and who is called to it."""

    text: str = multiline()
    on: Quote = field(default_factory=Quote)
    must_fix: bool = False
    mentions: tuple[StaffId, ...] = ()


@dataclass(frozen=True, slots=True)
class CommentAnswer:
    """What was said to a comment: an answer, or the last word when it is settled or opened again."""

    to: EventId
    text: str = multiline()
    mentions: tuple[StaffId, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeDecision:
    """One change by an editor, accepted or rejected.

    `base` is the revision that was filed, `edited` the editor's; `change` is the id of the change between these two,
    `part` and `start` its place in the text that was filed, `before` and `after` its words. `made` is the revision that
    the decision made, empty when the text stayed. `as_edited`: the desk kept the change without the reporter.
    `is_withdrawn`: whoever decided took it back, and the change waits again.
    """

    change: str
    accepted: bool
    base: RevisionId
    edited: RevisionId
    made: str = ""
    as_edited: bool = False
    part: str = ""
    start: int = 0
    before: str = multiline()
    after: str = multiline()
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Takeover:
    """Who had the article before it was taken over."""

    holder: StaffId


@dataclass(frozen=True, slots=True)
class Override:
    """What a chief passed over, as the rules that stood in the way; the reason stands in the event."""

    gates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Address:
    """Where the article's page is on the site, as `2026/07/rail-groups.html`.

    `settles`: the article needs another address, because two stories were given the same one before desks met.
    """

    path: str = ""
    settles: bool = False


Details = CommentText | CommentAnswer | ChangeDecision | Assignment | Plan | Takeover | Override | Correction | Address

DETAILS: Mapping[Step, type[Details]] = {
    Step.COMMENT: CommentText,
    Step.REPLY: CommentAnswer,
    Step.RESOLVE: CommentAnswer,
    Step.REOPEN: CommentAnswer,
    Step.DECIDE: ChangeDecision,
    Step.ASSIGN: Assignment,
    Step.PLAN: Plan,
    Step.TAKE: Takeover,
    Step.FILE: Override,
    Step.APPROVE: Override,
    Step.CORRECT: Correction,
    Step.PUBLISH: Address,
    Step.MOVE: Address,
}
