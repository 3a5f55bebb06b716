"""Who changed what readers read, as the versions of a story tell it: the credits that an approval signs."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ovn_desk.domain.article import Content, Revision, RevisionId, StaffId
from ovn_desk.domain.credits import Credit, Part
from ovn_desk.domain.house import Staff
from ovn_desk.domain.ordering import topological_order
from ovn_desk.domain.redaction import redact
from ovn_desk.domain.workflow.folding import lineage


def credits_of(
    revisions: Iterable[Revision], signed: RevisionId, approver: Staff, people: Mapping[StaffId, Staff]
) -> tuple[Credit, ...]:
    """The credits of a version under its approver's signature: who edited, who corrected, in that order, who approved.

    The reporter is told by the byline alone, which may be another name than the roster's.
    """
    changes = _changes(revisions, signed)
    found = [(who, part) for part in (Part.EDITED, Part.CORRECTED) for who, did in changes if did is part]
    named = [Credit(who, people[who].name, part) for who, part in dict.fromkeys(found) if who in people]
    return (*named, Credit(approver.id, approver.name, Part.APPROVED))


def _changes(revisions: Iterable[Revision], signed: RevisionId) -> list[tuple[StaffId, Part]]:
    """Who changed what readers read on the way to a version, and as what, the first first; without the reporter.

    A text that came back to what it was before, as where the desk's changes were rejected, was changed by nobody
    in between: of versions with the same words the earliest counts.
    """
    known = {one.id: one for one in revisions}
    if signed not in known:
        return []
    kin = topological_order((known[name] for name in lineage(known, signed)), lambda one: one.parents)
    words = {one.id: _read_words(one.content) for one in kin}
    earliest: dict[Content, RevisionId] = {}
    for one in kin:
        earliest.setdefault(words[one.id], one.id)
    counted: set[RevisionId] = set()
    waiting = [signed]
    while waiting:
        name = earliest[words[waiting.pop()]]
        if name not in counted:
            counted.add(name)
            waiting += [parent for parent in known[name].parents if parent in words]
    reporters = {one.by for one in kin if not one.parents}
    made = [one for one in kin if one.id in counted and not one.is_combined and one.by not in reporters]
    return [(one.by, Part.CORRECTED if one.content.corrections else Part.EDITED) for one in made]


def _read_words(content: Content) -> Content:
    """What somebody reads of a text: without its section, topics, tags, address and date."""
    return replace(redact(content), category="", topics=(), tags=(), slug="", date="", translates="")
