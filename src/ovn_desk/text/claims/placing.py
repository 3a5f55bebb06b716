"""Where a claim is cited: behind a quotation, at the end of the sentence of anything else."""

from ovn_desk.domain.claim import Claim, ClaimKind
from ovn_desk.text.claims import blocks
from ovn_desk.text.claims.paragraph import read_paragraph


def citing_place(body: str, claim: Claim) -> int:
    """The place in a body (code points) behind which a citation of one of its claims belongs.

    A figure in the middle of a sentence is cited at its end, so that “half of the pumps” is not cut in two; one in a
    table stays in its cell. `citing.citation_to_insert` then minds the full stop.
    """
    paragraphs = (one for one in blocks.paragraphs(body) if one[0] <= claim.start)
    start, text = max(paragraphs, default=(0, ""))
    if claim.kind is ClaimKind.QUOTATION or blocks.is_table(text):
        return claim.end
    _, end = read_paragraph(text).bounds(claim.start - start)
    return max(claim.end, start + len(text[:end].rstrip()))
