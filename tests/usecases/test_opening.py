"""Which story a desk opens first."""

from ovn_desk.domain.workflow import Step
from ovn_desk.usecases import drafts, opening


def test_nobody_begins_in_somebody_elses_draft_or_in_what_their_list_has_not(desk):
    """Seen at a newcomer's desk: it opened a draft of the chief's that the chief had thrown away."""
    newcomer, editor = desk.reporter.person, desk.editor.person
    drafts.duplicate(desk.store, desk.draft(), by=desk.chief, headline="Sample: trains")
    own = opening.first_to_open(desk.store, newcomer)
    assert desk.article(own).reporter == newcomer.id
    drafts.discard(desk.store, [own], by=newcomer)
    assert opening.first_to_open(desk.store, newcomer) is None
    assert opening.first_to_open(desk.store, editor) is None
    filed = desk.draft()
    desk.step(filed, Step.FILE, desk.reporter)
    drafts.duplicate(desk.store, filed, by=desk.chief, headline="Another")
    assert opening.first_to_open(desk.store, editor) == filed
