"""What an approval signs, and whether a stored one holds."""

from ovn_desk import signing
from ovn_desk.domain.article import Content
from ovn_desk.domain.workflow import EDITORS, Event
from ovn_desk.formats import page
from ovn_desk.store import Reading, records
from ovn_desk.text import canonical
from ovn_desk.text.body import Rendered
from ovn_desk.text.helper import RenderHelper

_STATEMENT = b"ovn-desk/approval/1\n"


def public_digest(content: Content, renderer: RenderHelper) -> str:
    """The digest of what readers will see of this content."""
    shown = rendered(content, renderer)
    return canonical.digest(page.signed_fragment(content, shown.html, shown.cited))


def rendered(content: Content, renderer: RenderHelper) -> Rendered:
    """The body of this content as readers see it, with its sources and pictures."""
    return renderer.render(content.body, [source.key for source in content.sources], content.images)


def statement(event: Event) -> str:
    """What an approval says, as canonical JSON: everything the signature covers.

    `override` is there only when a chief passed over the checks, so that other approvals keep the bytes they had.
    """
    said = {
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
    return records.canonical(said | ({"override": True} if event.override else {})).decode()


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
