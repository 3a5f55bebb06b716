"""An article's history: revisions and events together, signatures and the chain checked."""

from dataclasses import dataclass, replace

from ovn_desk.domain.article import ArticleId, Revision
from ovn_desk.domain.workflow import (
    WORDS,
    Answered,
    Decided,
    Event,
    Override,
    Said,
    Step,
    Takeover,
    in_order,
)
from ovn_desk.store import Reading, records
from ovn_desk.store.combined import is_combined
from ovn_desk.usecases import approvals, chains
from ovn_desk.usecases.combining import READ_THIS


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of an article's history, in the order things happened.

    `problem` says why an approval does not hold, or why an event does not stand where its chain has it.
    """

    at: str
    by: str
    what: str
    revision: str
    note: str
    signature: str
    problem: str = ""
    id: str = ""


def history(reading: Reading, article: ArticleId) -> list[Entry]:
    """Who did what, revisions and events together, each with what is wrong with it."""
    names = {str(person.id): person.name for person in reading.staff()}
    broken = chains.problems_of(reading, article)
    lines = [
        Entry(records.time_text(r.made_at), r.author, _made(r), r.id, "", "none", id=r.id)
        for r in reading.revisions(article)
    ]
    for event in in_order(reading.events(article)):
        why = approvals.signature_problem(reading, event) if event.step is Step.APPROVE else ""
        verdict = "none" if event.step is not Step.APPROVE else "invalid" if why else "valid"
        problem = " ".join(part for part in (why, _sentence(broken.get(event.id, ""))) if part)
        at, what = records.time_text(event.at), _what(event, names)
        lines.append(Entry(at, event.by, what, event.revision, _note(event), verdict, problem, event.id))
    named = [replace(line, by=names.get(line.by, line.by)) for line in lines]
    return sorted(named, key=lambda line: line.at)


def _made(revision: Revision) -> str:
    if is_combined(revision):
        return READ_THIS
    return "saved" if revision.parents else "started"


def _sentence(reason: str) -> str:
    return f"{reason[0].upper()}{reason[1:]}." if reason else ""


def _what(event: Event, names: dict[str, str]) -> str:
    done = WORDS[event.step][1]
    match event.details:
        case Takeover():
            return f"{done} over from {names.get(event.details.holder, event.details.holder)}"
        case Override():
            return f"{done} before full check"
        case Decided():
            return f"{'accepted' if event.details.accepted else 'rejected'} a change"
        case _:
            return done


def _note(event: Event) -> str:
    """What was said with it."""
    said = ""
    match event.details:
        case Said() | Answered():
            said = event.details.text
        case Decided():
            said = f"“{event.details.before.strip()}” → “{event.details.after.strip()}”"
        case _:
            said = event.newer
    return " ".join(part for part in (event.note, said, event.reason) if part)
