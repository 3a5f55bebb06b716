"""Which claim is meant by a place in a text."""

from collections.abc import Iterable

from ovn_desk.domain.article import Content
from ovn_desk.domain.citing import citations
from ovn_desk.domain.claim import CHECKED, Field
from ovn_desk.domain.verification import ClaimStatus


def find_claim(claims: Iterable[ClaimStatus], content: Content, field: str, at: int) -> tuple[ClaimStatus | None, str]:
    """The claim at a letter of a field, or the nearest in its paragraph; and the key that is cited there.

    In a citation it is the nearest that rests on it. None, and an empty key, where there is none.
    """
    text = {Field.HEADLINE: content.headline, Field.STANDFIRST: content.standfirst}.get(Field(field), content.body)
    cited = citations(text) if field == Field.BODY else ()
    key = next((one.key for one in cited if one.start <= at <= one.end), "")
    low, high = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    high = len(text) if high < 0 else high
    near = [
        one
        for one in claims
        if one.claim.kind in CHECKED
        and one.claim.field == field
        and low <= one.claim.start <= high
        and (not key or key in one.sources)
    ]
    return min(near, key=lambda one: max(one.claim.start - at, at - one.claim.end, 0), default=None), key
