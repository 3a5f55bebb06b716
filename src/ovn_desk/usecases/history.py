"""An article's history: revisions and events together, signatures and the chain checked."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import tzinfo

from ovn_desk.domain.article import ArticleId, Revision
from ovn_desk.domain.assignments import Assignment, Plan, parse_moment
from ovn_desk.domain.workflow import (
    Address,
    ChangeDecision,
    CommentAnswer,
    CommentText,
    Event,
    Override,
    Step,
    Takeover,
    step_done,
    topological_order,
)
from ovn_desk.messages import Message
from ovn_desk.store import ReadTransaction, records
from ovn_desk.usecases import event_audit, signatures
from ovn_desk.usecases.merging import READ_THIS


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One line of an article's history, in the order things happened.

    `problem` says why a record does not count, or why it does not stand where its chain has it.
    """

    at: str
    by: str
    what: str
    revision: str
    note: str
    signature: str
    problem: str = ""
    id: str = ""


def history(reading: ReadTransaction, article: ArticleId) -> list[HistoryEntry]:
    """Who did what, revisions and events together, each with what is wrong with it."""
    names = {str(person.id): person.name for person in reading.staff()}
    broken = event_audit.problems_of(reading, article)
    found = reading.history(article)
    every: list[Revision | Event] = [*found.revisions, *found.events, *found.others]
    why = {one.id: one.why for one in found.article.uncounted} if found.article else {}
    for event in found.events:
        if event.step is Step.APPROVE and (wrong := signatures.signature_problem(reading, event)):
            why[event.id] = wrong
    lines = [
        HistoryEntry(
            records.time_text(one.at),
            one.by,
            _revision_words(one),
            one.id,
            "",
            _verdict(one, why),
            _problem(one, why, broken),
            one.id,
        )
        for one in every
        if isinstance(one, Revision)
    ]
    holder, zone = "", reading.house().zone
    counted = {event.id for event in found.events} - why.keys()
    for event in topological_order(one for one in every if isinstance(one, Event)):
        at, what = records.time_text(event.at), _step_words(event, names, zone, is_holders=event.by == holder)
        if event.id in counted and event.step in {Step.TAKE, Step.FILE, Step.RELEASE, Step.SEND_BACK, Step.RECALL}:
            holder = event.by if event.step is Step.TAKE else ""
        said = _note(event), _verdict(event, why), _problem(event, why, broken), event.id
        lines.append(HistoryEntry(at, event.by, what, event.revision, *said))
    named = [replace(line, by=names.get(line.by, line.by)) for line in lines]
    return sorted(named, key=lambda line: line.at)


def _verdict(one: Revision | Event, why: Mapping[str, Message]) -> str:
    """Whether a record counts under its signature; what was combined by itself has none."""
    if one.id in why:
        return "invalid"
    return "valid" if one.key else "none"


def _problem(one: Revision | Event, why: Mapping[str, Message], broken: Mapping[str, str]) -> str:
    return " ".join(part for part in (str(why.get(one.id, "")), _sentence(broken.get(one.id, ""))) if part)


def _revision_words(revision: Revision) -> str:
    if revision.is_combined:
        return str(READ_THIS)
    return "saved" if revision.parents else "started"


def _sentence(reason: str) -> str:
    return f"{reason[0].upper()}{reason[1:]}." if reason else ""


def _step_words(event: Event, names: dict[str, str], zone: tzinfo, *, is_holders: bool) -> str:
    """What was done; `is_holders`: by the editor who had the story, as far as these records tell."""
    done = step_done(event.step)
    match event.details:
        case Takeover():
            name = names.get(event.details.holder, event.details.holder)
            return str(
                Message("kept-of-two", name=name) if is_holders else Message("taken-over-from", done=done, name=name)
            )
        case Override():
            return str(Message("step-before-full-check", done=done))
        case ChangeDecision():
            return str(Message("change-accepted" if event.details.accepted else "change-rejected"))
        case Assignment():
            return _assignment_words(event.details, names, zone)
        case Plan():
            return _plan_words(event.details, zone)
        case _:
            return str(done)


def _assignment_words(given: Assignment, names: dict[str, str], zone: tzinfo) -> str:
    """Who is to write it, by when and how long; what is asked for is its note."""
    name = names.get(given.who, given.who)
    said = [Message("assigned-to", name=name) if given.who else Message("assigned-to-nobody")]
    if due := parse_moment(given.due):
        said.append(Message("assigned-due", at=due.astimezone(zone)))
    if given.words:
        said.append(Message("assigned-words", words=given.words))
    return ", ".join(str(one) for one in said)


def _plan_words(plan: Plan, zone: tzinfo) -> str:
    embargo, planned = parse_moment(plan.embargo_until), parse_moment(plan.planned_at)
    said = [Message("plan-embargo", until=embargo.astimezone(zone))] if embargo else []
    if planned:
        said.append(Message("plan-time", at=planned.astimezone(zone)))
    return ", ".join(str(one) for one in said or [Message("plan-open")])


def _note(event: Event) -> str:
    """What was said with it."""
    said = ""
    match event.details:
        case CommentText() | CommentAnswer():
            said = event.details.text
        case ChangeDecision():
            said = f"“{event.details.before.strip()}” → “{event.details.after.strip()}”"
        case Address() if event.step is Step.MOVE:
            said = event.details.path
        case Assignment():
            said = event.details.what
        case _:
            said = event.newer
    return " ".join(part for part in (event.note, said, event.reason) if part)
