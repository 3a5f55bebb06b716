"""Which records of an article count: whether its maker might take that step in the article as they knew it."""

from collections.abc import Collection, Mapping

from ovn_desk.domain import addresses
from ovn_desk.domain.article import Revision
from ovn_desk.domain.assignments import Assignment
from ovn_desk.domain.house import Role, Staff
from ovn_desk.domain.standing import Standing
from ovn_desk.domain.workflow.article import Article
from ovn_desk.domain.workflow.details import Address, ChangeDecision, CommentAnswer, CommentText, Override
from ovn_desk.domain.workflow.events import Event
from ovn_desk.domain.workflow.permission import edit_refusal, rule_refusal, state_refusal
from ovn_desk.domain.workflow.rules import EDITORS, RULES, State, Step
from ovn_desk.messages import Message

__all__ = ["asker_refusal", "event_refusal", "revision_refusal", "state_refusal"]


def revision_refusal(
    seen: Article | None, revision: Revision, standing: Standing, texts: Collection[str], article: Article | None
) -> Message | None:
    """Why a text does not count; `seen` is the article as its maker knew it, `texts` those that do."""
    if not revision.parents and article is not None:
        return Message("article-begun-otherwise")
    if revision.is_combined:
        return None if set(revision.parents) <= set(texts) else Message("combined-from-uncounted")
    return edit_refusal(seen, standing.staff) if seen is not None else None


def asker_refusal(seen: Article | None, record: Revision | Event, standing: Standing) -> Message | None:
    """Why a record does not count by somebody who is not let in yet: nothing but a story that they began is theirs."""
    if not standing.is_asking:
        return None
    is_first = seen is None and isinstance(record, Revision) and not record.parents
    is_own = seen is not None and seen.is_unconfirmed and seen.reporter == record.by
    return None if is_first or is_own else Message("record-not-confirmed", name=standing.staff.name)


def event_refusal(seen: Article, event: Event, standing: Standing, done: Mapping[str, Event]) -> Message | None:
    """Why a step does not count; `done` are the steps before it that do."""
    if event.step not in RULES:
        return None
    staff = standing.staff
    if why := rule_refusal(seen, event.step, staff):
        return why
    if RULES[event.step].needs_reason and not event.reason.strip():
        return Message("step-without-reason", step=event.step)
    if why := _address_refusal(seen, event, staff):
        return why
    match event.details:
        case Override() if staff.role is not Role.CHIEF:
            return Message("override-not-by-chief", name=staff.name)
        case Assignment(who=who) if staff.role not in EDITORS and who != staff.id:
            return Message("assignment-not-by-editor", name=staff.name, role=staff.role)
        case CommentAnswer(to=to) if event.step is Step.RESOLVE:
            return _settling_refusal(seen, to, staff, done)
        case ChangeDecision(as_edited=True) if staff.role not in EDITORS:
            return Message("as-edited-not-by-editor", name=staff.name, role=staff.role)
        case _:
            return _approval_refusal(seen, event)


def _address_refusal(seen: Article, event: Event, staff: Staff) -> Message | None:
    """An address is one of a page; moving one is for a chief, unless another story keeps it."""
    address = event.details if isinstance(event.details, Address) else None
    if address and (why := addresses.path_problem(address.path)):
        return why
    if event.step is not Step.MOVE:
        return None
    if address is None or seen.published is None:
        return Message("move-names-no-page")
    return None if address.settles or staff.role is Role.CHIEF else Message("move-not-by-chief", name=staff.name)


def _settling_refusal(seen: Article, to: str, staff: Staff, done: Mapping[str, Event]) -> Message | None:
    """What must be fixed is settled by who asked for it or another editor."""
    asked = done.get(to)
    is_must = asked is not None and isinstance(asked.details, CommentText) and asked.details.must_fix
    if asked is None or not is_must or staff.id == asked.by:
        return None
    is_by_desk = staff.role in EDITORS and staff.id != seen.reporter
    return None if is_by_desk else Message("settled-by-wrong-person")


def _approval_refusal(seen: Article, event: Event) -> Message | None:
    """An approval names what it approves; an export follows one of just that text."""
    if event.step is Step.APPROVE and not (event.digest and event.proof):
        return Message("approves-nothing")
    if event.step is not Step.PUBLISH:
        return None
    approval = seen.approval if seen.state is State.APPROVED else seen.live_approval
    if approval is None or approval.revision != event.revision:
        return Message("published-unapproved", step=event.step)
    return None
