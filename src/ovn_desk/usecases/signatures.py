"""What an approval signs, and whether a stored one holds."""

from dataclasses import dataclass

from ovn_desk.domain import redaction, workflow
from ovn_desk.domain.article import Content
from ovn_desk.domain.credits import Credit
from ovn_desk.domain.roster import Roster
from ovn_desk.domain.workflow import Event
from ovn_desk.messages import Message
from ovn_desk.rendering import page
from ovn_desk.store import History, ReadTransaction, records
from ovn_desk.text import canonical, signatures
from ovn_desk.text.body import RenderedBody
from ovn_desk.text.helper import RenderHelper


@dataclass(frozen=True, slots=True)
class Body:
    """The text of an article as readers see it: clean HTML, the sources it cites and the pictures it shows, by key.

    `marked` is the HTML with its runs of another script marked, `digest` that of all that an approval of it signs, and
    `hints` name each line of that.
    """

    html: str
    marked: str
    cited: tuple[str, ...]
    pictures: tuple[str, ...]
    digest: str
    hints: tuple[str, ...]


def body(content: Content, renderer: RenderHelper, credits: tuple[Credit, ...] = ()) -> Body:  # noqa: A002
    """Render the body of a content, with the digest that an approval with these credits signs."""
    said = redaction.redact(content)
    shown = render_body(said, renderer)
    signed = canonical.public_text(page.signed_fragment(said, shown.html, shown.cited, credits))
    marked = str(page.mark_runs(shown.html, content.language))
    return Body(shown.html, marked, shown.cited, shown.pictures, signed.digest, signed.hints)


def render_body(content: Content, renderer: RenderHelper) -> RenderedBody:
    """Render the body of a content with its sources and pictures."""
    return renderer.render(content.body, [source.key for source in content.sources], content.images)


def signature_problem(reading: ReadTransaction, event: Event) -> Message | None:
    """Why this approval does not count; none when it holds, and readers can check it."""
    return problem_of(event, reading.roster(), reading.history(event.article))


def problem_of(event: Event, roster: Roster, history: History) -> Message | None:
    """`signature_problem`, when the roster and the records of the article are read already.

    Who the signer was when they signed is the fold's to tell; here it is seen that readers will come to the same end.
    """
    if history.article is None:
        return Message("approval-by-strangers")
    if why := next((one.why for one in history.article.uncounted if one.id == event.id and one.is_forged), None):
        return why
    key = roster.keys.get(event.key)
    if key is None or not signatures.is_valid(key.public, records.approval_bytes(event), event.proof):
        return Message("approval-signature-wrong")
    return None if _names_who_did(event, roster, history) else Message("approval-credits-wrong")


def _names_who_did(event: Event, roster: Roster, history: History) -> bool:
    """Whether an approval's credits are what the versions say; one of before there were credits has none."""
    person = roster.people.get(event.by)
    if not event.credits or person is None:
        return not event.credits
    return event.credits == workflow.credits_of(history.revisions, event.revision, person, roster.people) and (
        event.name == person.name
    )
