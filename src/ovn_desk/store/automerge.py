"""The revision that two others add up to without anybody's decision: every desk makes the same one, id and all."""

from collections.abc import Mapping, Sequence

from ovn_desk.domain.article import Content, DeviceId, Revision, RevisionId
from ovn_desk.domain.workflow import merge_bases
from ovn_desk.store import records
from ovn_desk.text import merge

# In the place of a device, for no device made it; another way to merge is another.
COMBINED, COMBINED_FROM_SEVERAL = DeviceId("combined/1"), DeviceId("combined/2")


def merge_heads(revisions: Mapping[RevisionId, Revision], one: RevisionId, other: RevisionId) -> Revision | None:
    """Merge two heads to one revision; None when they are in conflict.

    Two desks that combined the same versions in another order leave heads of several bases: these are merged where it
    comes out the same from each base. Author and time come from the parents alone: the author of the parent whose id is
    the lesser, the later time.
    """
    bases = merge_bases(revisions, one, other)
    first, second = sorted((revisions[one], revisions[other]), key=lambda r: r.id)
    content = _merge_from([revisions[base].content for base in bases], first.content, second.content)
    if content is None:
        return None
    return records.combined_revision(
        content,
        article=first.article,
        parents=(first.id, second.id),
        by=first.by,
        device=COMBINED if len(bases) == 1 else COMBINED_FROM_SEVERAL,
        at=max(first.at, second.at),
    )


def _merge_from(bases: Sequence[Content], first: Content, second: Content) -> Content | None:
    """What two contents add up to from every one of these bases; None with a conflict, or where it is not the same."""
    made: Content | None = None
    for base in bases:
        merged = merge.merge(base, first, second)
        if not merged.is_whole:
            return None
        content = merge.resolve(merged)
        if made is not None and content != made:
            return None
        made = content
    return made
