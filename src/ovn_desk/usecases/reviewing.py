"""The desk's steps: file, take, send back, approve with a signature, hold, spike, correct, withdraw."""

from dataclasses import dataclass, replace

from ovn_desk import signing
from ovn_desk.domain import workflow
from ovn_desk.domain.article import ArticleId, Content, EventId
from ovn_desk.domain.errors import DeskError, StepRefused
from ovn_desk.domain.house import Staff
from ovn_desk.domain.workflow import EDITORS, Event, Step
from ovn_desk.formats import page
from ovn_desk.store import Reading, Store, Writing, records
from ovn_desk.text import canonical
from ovn_desk.text.body import Rendered
from ovn_desk.text.helper import RenderHelper
from ovn_desk.usecases import checking, pictures, writing

_STATEMENT = b"ovn-desk/approval/1\n"


def take_step(store: Store, article: ArticleId, step: Step, *, by: Staff, reason: str = "", note: str = "") -> Event:
    """Takes any step but approve and publish; raises StepRefused saying why not."""
    if step in {Step.APPROVE, Step.PUBLISH}:
        raise DeskError(f"To {step} an article use reviewing.approve or publishing.export.")
    with store.begin() as tx:
        folded = tx.article(article)
        workflow.check(folded, step, by, reason=reason)
        writing.cut(tx, article, by=by)
        if step is Step.FILE:
            _check_list(tx, article, filing=True)
        event = new_event(tx, article, step, by, reason=reason, note=note)
        tx.add_event(event)
    return event


def approve(
    store: Store, article: ArticleId, *, by: Staff, key: signing.Key, renderer: RenderHelper, note: str = ""
) -> Event:
    """Signs exactly the text of the newest revision; raises StepRefused naming what stands in the way."""
    with store.read() as reading:
        content = writing.text_of(reading, article)
    digest = public_digest(content, renderer)  # outside the transaction: nobody waits for a page
    with store.begin() as tx:
        workflow.check(tx.article(article), Step.APPROVE, by)
        writing.cut(tx, article, by=by)
        head = tx.revision(tx.article(article).head)
        if head.content != content:
            raise StepRefused("The text changed while it was being approved. Read it again, then approve.")
        _check_list(tx, article, filing=False)
        pictures.check(tx, content)
        if tx.public_keys().get(key.id, ("", ""))[0] != by.id:
            raise StepRefused(f"The key {key.id} is not {by.name}'s, or it is retired.")
        unsigned = new_event(tx, article, Step.APPROVE, by, note=note, digest=digest)
        unsigned = replace(unsigned, name=by.name, key=key.id)
        signature = signing.sign(key, signed_bytes(unsigned))
        event = records.name_event(replace(unsigned, signature=signature))
        tx.add_event(event)
    return event


def public_digest(content: Content, renderer: RenderHelper) -> str:
    """The digest of what readers will see of this content."""
    shown = rendered(content, renderer)
    return canonical.digest(page.signed_fragment(content, shown.html, shown.cited))


def rendered(content: Content, renderer: RenderHelper) -> Rendered:
    """The body of this content as readers see it, with its sources and pictures."""
    return renderer.render(content.body, [source.key for source in content.sources], content.images)


def statement(event: Event) -> str:
    """What an approval says, as canonical JSON: everything the signature covers."""
    return records.canonical(
        {
            "article": event.article,
            "at": records.time_text(event.at),
            "by": event.by,
            "decision": "approve",
            "device": event.device,
            "digest": event.digest,
            "key": event.key,
            "name": event.name,
            "previous": event.previous,
            "revision": event.revision,
        }
    ).decode()


def signed_bytes(event: Event) -> bytes:
    return _STATEMENT + statement(event).encode()


def statement_bytes(text: str) -> bytes:
    """The bytes a page's statement was signed as."""
    return _STATEMENT + text.encode()


def signature_problem(reading: Reading, event: Event) -> str:
    """Why this approval does not count, in a sentence; empty when its signature holds."""
    owner, public = reading.public_keys(with_retired=True).get(event.key, ("", ""))
    if owner != event.by:
        return f"The key {event.key or '(none)'} does not belong to the person named as approver."
    if not signing.is_valid(public, signed_bytes(event), event.signature):
        return "The signature does not match what was approved."
    person = reading.person(event.by)
    if person.role not in EDITORS:
        return f"{person.name} is not an editor of this house."
    if reading.article(event.article).reporter == event.by:
        return f"{person.name} reported this article and can not have approved it."
    return ""


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
            verdict = "invalid" if signature_problem(reading, event) else "valid"
        note = " ".join(part for part in (event.note, event.reason) if part)
        done = workflow.WORDS[event.step][1]
        lines.append(
            Entry(records.time_text(event.at), names.get(event.by, event.by), done, event.revision, note, verdict)
        )
    return sorted(lines, key=lambda line: line.at)


def _check_list(tx: Writing, article: ArticleId, *, filing: bool) -> None:
    content = tx.revision(tx.article(article).head).content
    found = checking.checked(content, tx.house()).problems
    blocking = [p for p in found if (p.blocks_filing if filing else p.blocks_approval)]
    if blocking:
        raise StepRefused(" ".join(problem.message for problem in blocking))


def new_event(
    tx: Writing,
    article: ArticleId,
    step: Step,
    by: Staff,
    *,
    note: str = "",
    reason: str = "",
    digest: str = "",
) -> Event:
    """The next event of this device about an article, not yet stored."""
    folded, device = tx.article(article), tx.device()
    event = Event(
        id=EventId(""),
        article=article,
        step=step,
        revision=folded.head,
        by=by.id,
        device=device,
        at=records.now(),
        previous=tx.newest_event(device),
        after=folded.newest,
        note=note.strip(),
        reason=reason.strip(),
        digest=digest,
    )
    return records.name_event(event)
