"""Who changed what readers read, as the versions of a story tell it: the credits that an approval signs."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ovn_desk.domain.article import Content, Revision, RevisionId, StaffId
from ovn_desk.domain.bylines import authors
from ovn_desk.domain.credits import Credit, Part
from ovn_desk.domain.house import Staff
from ovn_desk.domain.ordering import topological_order
from ovn_desk.domain.redaction import redact
from ovn_desk.domain.workflow.folding import lineage


def credits_of(
    revisions: Iterable[Revision], signed: RevisionId, approver: Staff, people: Mapping[StaffId, Staff]
) -> tuple[Credit, ...]:
    """The credits of a version under its approver's signature: who edited, who corrected, in that order, who approved.

    Whose story it is, the byline tells, maybe by another name than the roster's: the reporter is credited with
    corrections alone, and only where the byline has the roster's name.
    """
    known = {one.id: one for one in revisions}
    changes = _changes(known, signed)
    reporters = {one.by for one in changes if not one.parents}
    named = authors(known[signed].content.byline) if signed in known else []
    found: list[tuple[StaffId, Part]] = []
    for one in changes:
        part = Part.CORRECTED if one.content.corrections else Part.EDITED
        if not one.parents or one.is_combined or one.by not in people:
            continue
        if one.by not in reporters or (part is Part.CORRECTED and people[one.by].name in named):
            found.append((one.by, part))
    parts = dict.fromkeys((who, part) for part in (Part.EDITED, Part.CORRECTED) for who, did in found if did is part)
    credited = [Credit(who, people[who].name, part) for who, part in parts]
    return (*credited, Credit(approver.id, approver.name, Part.APPROVED))


def _changes(known: Mapping[RevisionId, Revision], signed: RevisionId) -> list[Revision]:
    """The versions on the way to one that readers see a difference in, the first first, and that it began with.

    A text that came back to what it was before, as where the desk's changes were rejected, was changed by nobody
    in between: of versions with the same words the earliest counts.
    """
    kin = topological_order((known[name] for name in lineage(known, signed)), lambda one: one.parents)
    words = {one.id: _read_words(one.content) for one in kin}
    earliest: dict[Content, RevisionId] = {}
    for one in kin:
        earliest.setdefault(words[one.id], one.id)
    counted: set[RevisionId] = set()
    waiting = [signed] if signed in words else []
    while waiting:
        name = earliest[words[waiting.pop()]]
        if name not in counted:
            counted.add(name)
            waiting += [parent for parent in known[name].parents if parent in words]
    return [one for one in kin if one.id in counted]


def _read_words(content: Content) -> Content:
    """What somebody reads of a text: without its section, topics, tags, address and date."""
    return replace(redact(content), category="", topics=(), tags=(), slug="", date="", translates="")
