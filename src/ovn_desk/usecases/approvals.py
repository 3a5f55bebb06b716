"""What an approval signs, and whether a stored one holds."""

from dataclasses import dataclass

from ovn_desk import signing
from ovn_desk.domain import public, workflow
from ovn_desk.domain.article import Content
from ovn_desk.domain.house import Role
from ovn_desk.domain.roster import Roster
from ovn_desk.domain.workflow import EDITORS, Event
from ovn_desk.formats import page
from ovn_desk.store import History, Reading, records
from ovn_desk.text import canonical
from ovn_desk.text.body import Rendered
from ovn_desk.text.helper import RenderHelper
from ovn_desk.usecases import people


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


def body(content: Content, renderer: RenderHelper) -> Body:
    """What readers will see of this content, with its public digest."""
    shown, keys, said = rendered(content, renderer), public.public_keys(content), public.public(content)
    cited = tuple(keys[key] for key in shown.cited)
    signed = canonical.public_text(page.signed_fragment(said, shown.html, cited))
    marked = str(page.marked(shown.html, content.language))
    return Body(shown.html, marked, cited, shown.pictures, signed.digest, signed.hints)


def rendered(content: Content, renderer: RenderHelper) -> Rendered:
    """The body of this content as readers see it, with its sources and pictures."""
    return renderer.render(content.body, [source.key for source in content.sources], content.images)


def signature_problem(reading: Reading, event: Event) -> str:
    """Why this approval does not count, in a sentence; empty when its signature holds.

    What counts is who the signer was when they signed, told by the chains of events and of the roster.
    """
    return problem_of(reading, event, people.roster(reading), reading.history(event.article))


def problem_of(reading: Reading, event: Event, roster: Roster, history: History) -> str:
    """The same, when the roster and the records of the article are read already."""
    key = roster.keys.get(event.key)
    if key is None or key.person != event.by:
        return f"The key {event.key or '(none)'} does not belong to the person named as approver."
    if not signing.is_valid(key.public, records.approval_bytes(event), event.signature):
        return "The signature does not match what was approved."
    name, then = roster.people[event.by].name, people.standing(reading, roster, event)
    if then.role not in EDITORS:
        return f"{name} was not an editor of this house when this was signed."
    if then.is_retired:
        return f"{name} had left the roster before this was signed."
    if then.is_key_retired:
        return f"The key {key.id} was retired before this was signed with it."
    if event.override and then.role is not Role.CHIEF:
        return f"{name} passed over the checks without being a chief."
    return _text_problem(event, name, history)


def _text_problem(event: Event, name: str, history: History) -> str:
    """What the approved text says against its approver."""
    article = history.article
    if article is None or event.revision not in {revision.id for revision in history.revisions}:
        return f"It approves the revision {event.revision[:12]}, which is not one of this article."
    if article.reporter == event.by:
        return f"{name} reported this article and can not have approved it."
    is_standing = article.approval == event and article.live_approval != event
    if article.is_strict and is_standing and event.by in workflow.writers_of(history.revisions, history.events, event):
        return f"{name} wrote part of this text since it was last approved; here another editor has to approve it."
    return ""
