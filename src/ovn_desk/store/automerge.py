"""The revision that two others add up to without anybody's decision: every desk makes the same one, id and all."""

from collections.abc import Mapping

from ovn_desk.domain.article import DeviceId, Revision, RevisionId
from ovn_desk.domain.workflow import merge_bases
from ovn_desk.store import records
from ovn_desk.text import merge

COMBINED = DeviceId("combined/1")  # in the place of a device, for no device made it; another way to merge is another


def merge_heads(revisions: Mapping[RevisionId, Revision], one: RevisionId, other: RevisionId) -> Revision | None:
    """Merge two heads to one revision; None when they have not exactly one base, or a conflict.

    Author and time come from the parents alone: the author of the parent whose id is the lesser, the later time.
    """
    bases = merge_bases(revisions, one, other)
    if len(bases) != 1:
        return None
    base, (first, second) = revisions[bases[0]], sorted((revisions[one], revisions[other]), key=lambda r: r.id)
    merged = merge.merge(base.content, first.content, second.content)
    if not merged.is_whole:
        return None
    return records.combined_revision(
        merge.resolve(merged),
        article=first.article,
        parents=(first.id, second.id),
        by=first.by,
        device=COMBINED,
        at=max(first.at, second.at),
    )
