"""What an approval signs, and whether a stored one holds."""

from ovn_desk import signing
from ovn_desk.domain import workflow
from ovn_desk.domain.article import Content
from ovn_desk.domain.house import Role
from ovn_desk.domain.workflow import EDITORS, Event
from ovn_desk.formats import page
from ovn_desk.store import Reading, records
from ovn_desk.text import canonical
from ovn_desk.text.body import Rendered
from ovn_desk.text.helper import RenderHelper
from ovn_desk.usecases import people


def public_digest(content: Content, renderer: RenderHelper) -> str:
    """The digest of what readers will see of this content."""
    shown = rendered(content, renderer)
    return canonical.digest(page.signed_fragment(content, shown.html, shown.cited))


def rendered(content: Content, renderer: RenderHelper) -> Rendered:
    """The body of this content as readers see it, with its sources and pictures."""
    return renderer.render(content.body, [source.key for source in content.sources], content.images)


def signature_problem(reading: Reading, event: Event) -> str:
    """Why this approval does not count, in a sentence; empty when its signature holds.

    What counts is who the signer was when they signed, told by the chains of events and of the roster.
    """
    roster = people.roster(reading)
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
    return _text_problem(reading, event, name)


def _text_problem(reading: Reading, event: Event, name: str) -> str:
    """What the approved text says against its approver."""
    revisions = reading.revisions(event.article)
    if event.revision not in {revision.id for revision in revisions}:
        return f"It approves the revision {event.revision[:12]}, which is not one of this article."
    article, events = reading.article(event.article), reading.events(event.article)
    if article.reporter == event.by:
        return f"{name} reported this article and can not have approved it."
    is_standing = article.approval == event and article.live_approval != event
    if article.is_strict and is_standing and event.by in workflow.writers_of(revisions, events, event):
        return f"{name} wrote part of this text since it was last approved; here another editor has to approve it."
    return ""
