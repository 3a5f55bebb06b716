"""The workflow table: from where each step may be taken, by whom, and where it leads."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ovn_desk.domain.house import Role
from ovn_desk.messages import Message, enumeration_code


class State(StrEnum):
    """Where an article stands."""

    DRAFT = "draft"
    FILED = "filed"
    IN_REVIEW = "in_review"
    SENT_BACK = "sent_back"
    APPROVED = "approved"
    PUBLISHED = "published"
    CORRECTING = "correcting"
    HELD = "held"
    SPIKED = "spiked"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What staff do with an article; each taken step is an event of the same name.

    The second group moves nothing. NEWER is what a newer desk wrote and this one can not read; nobody takes it.
    """

    FILE = "file"
    RECALL = "recall"
    TAKE = "take"
    RELEASE = "release"
    SEND_BACK = "send_back"
    APPROVE = "approve"
    HOLD = "hold"
    SPIKE = "spike"
    RESTORE = "restore"
    PUBLISH = "publish"
    CORRECT = "correct"
    WITHDRAW = "withdraw"

    COMMENT = "comment"
    REPLY = "reply"
    RESOLVE = "resolve"
    REOPEN = "reopen"
    DECIDE = "decide"
    ASSIGN = "assign"
    PLAN = "plan"
    READ = "read"
    MOVE = "move"

    NEWER = "newer"


EDITORS = frozenset({Role.EDITOR, Role.CHIEF})
EVERYBODY = frozenset(Role)
UNPUBLISHED = frozenset({State.DRAFT, State.FILED, State.IN_REVIEW, State.SENT_BACK, State.APPROVED})
RUNNING = UNPUBLISHED | {State.CORRECTING, State.HELD}
"""Somebody may still have to do something about it: what a news budget plans, and where changes may wait."""
WITH_DESK = frozenset({State.FILED, State.IN_REVIEW, State.APPROVED})
ANY = frozenset(State)
MAY_BE_LIVE = frozenset({*UNPUBLISHED, State.PUBLISHED, State.CORRECTING, State.HELD})
HAS_A_PAGE = MAY_BE_LIVE | {State.SPIKED, State.WITHDRAWN}  # exported on one desk while it was spiked on another


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the workflow table: from where a step may be taken, by whom, and where it leads.

    `target` None means the state before a hold or spike, `stays` that the state remains. `own` asks for the article's
    reporter, `not_own` for anybody else; an editor may stand in for a reporter who is away, but never the other way
    round. `live` True asks for an article that readers have, False for one they never had.
    """

    sources: frozenset[State]
    target: State | None = None
    roles: frozenset[Role] = EDITORS
    own: bool = False
    not_own: bool = False
    needs_reason: bool = False
    stays: bool = False
    live: bool | None = None


# docs/design/evidence-and-review.md, Workflow.
RULES: Mapping[Step, Rule] = {
    Step.FILE: Rule(
        frozenset({State.DRAFT, State.SENT_BACK, State.CORRECTING}), State.FILED, roles=EVERYBODY, own=True
    ),
    Step.RECALL: Rule(frozenset({State.FILED}), State.DRAFT, roles=EVERYBODY, own=True),
    Step.TAKE: Rule(frozenset({State.FILED, State.IN_REVIEW}), State.IN_REVIEW),
    Step.RELEASE: Rule(frozenset({State.IN_REVIEW}), State.FILED),
    Step.SEND_BACK: Rule(WITH_DESK, State.SENT_BACK, needs_reason=True),
    Step.APPROVE: Rule(frozenset({State.IN_REVIEW}), State.APPROVED, not_own=True),
    Step.HOLD: Rule(UNPUBLISHED, State.HELD, needs_reason=True),
    Step.SPIKE: Rule(UNPUBLISHED | {State.HELD}, State.SPIKED, needs_reason=True, live=False),
    Step.RESTORE: Rule(frozenset({State.HELD, State.SPIKED})),
    Step.PUBLISH: Rule(frozenset({State.APPROVED, State.PUBLISHED}), State.PUBLISHED),
    Step.CORRECT: Rule(frozenset({State.PUBLISHED}), State.CORRECTING, roles=EVERYBODY),
    Step.WITHDRAW: Rule(MAY_BE_LIVE, State.WITHDRAWN, needs_reason=True, live=True),
    Step.COMMENT: Rule(ANY, roles=EVERYBODY, stays=True),
    Step.REPLY: Rule(ANY, roles=EVERYBODY, stays=True),
    Step.RESOLVE: Rule(ANY, roles=EVERYBODY, stays=True),
    Step.REOPEN: Rule(ANY, roles=EVERYBODY, stays=True),
    Step.DECIDE: Rule(UNPUBLISHED | {State.CORRECTING, State.HELD}, roles=EVERYBODY, own=True, stays=True),
    Step.ASSIGN: Rule(UNPUBLISHED | {State.CORRECTING, State.HELD}, roles=EVERYBODY, stays=True),
    Step.PLAN: Rule(UNPUBLISHED | {State.CORRECTING, State.HELD}, stays=True),
    Step.READ: Rule(ANY, roles=EVERYBODY, stays=True),
    Step.MOVE: Rule(HAS_A_PAGE, needs_reason=True, stays=True),
}


def step_done(step: Step) -> Message:
    """How a step is told afterwards: `sent back`."""
    return Message(f"{enumeration_code(step)}-done")


def state_words(state: State) -> Message:
    """A state as people say it: `in review`."""
    return Message(enumeration_code(state))
