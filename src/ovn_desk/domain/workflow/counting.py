"""Which records of an article count: whether its maker might take that step in the article as they knew it."""

from collections.abc import Collection, Mapping

from ovn_desk.domain import addresses
from ovn_desk.domain.article import Revision
from ovn_desk.domain.assignments import Assignment
from ovn_desk.domain.house import Role, Staff
from ovn_desk.domain.roster import Standing
from ovn_desk.domain.workflow.article import Article
from ovn_desk.domain.workflow.details import Address, Answered, Decided, Override, Said
from ovn_desk.domain.workflow.events import Event
from ovn_desk.domain.workflow.permission import edit_refusal, rule_refusal, state_refusal
from ovn_desk.domain.workflow.rules import EDITORS, RULES, WORDS, State, Step

__all__ = ["event_refusal", "revision_refusal", "state_refusal"]


def revision_refusal(
    seen: Article | None, revision: Revision, standing: Standing, texts: Collection[str], article: Article | None
) -> str:
    """Why a text does not count, in a sentence; `seen` is the article as its maker knew it, `texts` those that do."""
    if not revision.parents and article is not None:
        return "Its article has another beginning."
    if revision.is_combined:
        return "" if set(revision.parents) <= set(texts) else "It was combined from a text that does not count."
    return edit_refusal(seen, standing.staff) if seen is not None else ""


def event_refusal(seen: Article, event: Event, standing: Standing, done: Mapping[str, Event]) -> str:
    """Why a step does not count, in a sentence; `done` are the steps before it that do."""
    if event.step not in RULES:
        return ""
    staff, verb = standing.staff, WORDS[event.step][0]
    if why := rule_refusal(seen, event.step, staff):
        return why
    if RULES[event.step].needs_reason and not event.reason.strip():
        return f"To {verb} an article needs a reason, and none was given."
    if why := _address_refusal(seen, event, staff):
        return why
    match event.details:
        case Override() if staff.role is not Role.CHIEF:
            return f"{staff.name} passed over the checks without being a chief."
        case Assignment(who=who) if staff.role not in EDITORS and who != staff.id:
            return f"Only an editor may assign a story to somebody else; {staff.name} is a {staff.role}."
        case Answered(to=to) if event.step is Step.RESOLVE:
            return _settling_refusal(seen, to, staff, done)
        case Decided(as_edited=True) if staff.role not in EDITORS:
            return f"Only an editor may keep a text as edited; {staff.name} is a {staff.role}."
        case _:
            return _approval_refusal(seen, event, verb)


def _address_refusal(seen: Article, event: Event, staff: Staff) -> str:
    """An address is one of a page; moving one is for a chief, unless another story keeps it."""
    address = event.details if isinstance(event.details, Address) else None
    if address and (why := addresses.path_problem(address.path)):
        return why
    if event.step is not Step.MOVE:
        return ""
    if address is None or seen.published is None:
        return "It names no page that readers had, or no address for it."
    return "" if address.settles or staff.role is Role.CHIEF else f"Only a chief moves a page; {staff.name} is none."


def _settling_refusal(seen: Article, to: str, staff: Staff, done: Mapping[str, Event]) -> str:
    """What must be fixed is settled by who asked for it or another editor."""
    asked = done.get(to)
    is_must = asked is not None and isinstance(asked.details, Said) and asked.details.must_fix
    if asked is None or not is_must or staff.id == asked.by:
        return ""
    is_by_desk = staff.role in EDITORS and staff.id != seen.reporter
    return "" if is_by_desk else "What must be fixed is settled by who asked for it, or by another editor."


def _approval_refusal(seen: Article, event: Event, verb: str) -> str:
    """An approval names what it approves; an export follows one of just that text."""
    if event.step is Step.APPROVE and not (event.digest and event.proof):
        return "It approves no text."
    if event.step is not Step.PUBLISH:
        return ""
    approval = seen.approval if seen.state is State.APPROVED else seen.live_approval
    if approval is None or approval.revision != event.revision:
        return f"Nobody approved the text that it says readers have; to {verb} an article needs an approval."
    return ""
