"""An article's history: revisions and events together, signatures checked."""

from dataclasses import dataclass

from ovn_desk.domain import workflow
from ovn_desk.domain.article import ArticleId
from ovn_desk.domain.workflow import Step
from ovn_desk.store import Reading, records
from ovn_desk.usecases import approvals


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of an article's history, in the order things happened."""

    at: str
    by: str
    what: str
    revision: str
    note: str
    signature: str


def history(reading: Reading, article: ArticleId) -> list[Entry]:
    """Who did what, revisions and events together, signatures checked."""
    names = {person.id: person.name for person in reading.staff()}
    lines = [
        Entry(
            records.time_text(r.made_at),
            names.get(r.author, r.author),
            "saved" if r.parents else "started",
            r.id,
            "",
            "none",
        )
        for r in reading.revisions(article)
    ]
    for event in workflow.in_order(reading.events(article)):
        verdict = "none"
        if event.step is Step.APPROVE:
            verdict = "invalid" if approvals.signature_problem(reading, event) else "valid"
        note = " ".join(part for part in (event.note, event.reason) if part)
        done = workflow.WORDS[event.step][1]
        lines.append(
            Entry(records.time_text(event.at), names.get(event.by, event.by), done, event.revision, note, verdict)
        )
    return sorted(lines, key=lambda line: line.at)
