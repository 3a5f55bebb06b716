"""Sources, claims, style and fairness, as lines of the checklists."""

from collections.abc import Iterator
from dataclasses import dataclass

from ovn_desk.domain import fairness
from ovn_desk.domain.article import Content
from ovn_desk.domain.checklist.problem import Problem, at
from ovn_desk.domain.citing import citations
from ovn_desk.domain.claim import CHECKED, Claim, ClaimKind, Field
from ovn_desk.domain.finding import Finding, standing
from ovn_desk.domain.house import House
from ovn_desk.domain.source import Terms
from ovn_desk.domain.verification import ClaimStatus, Status
from ovn_desk.domain.withheld import weak_words

_SAID = {
    Status.UNCITED: "{what} has no source: cite one, [@key], or waive it with a reason.",
    Status.ATTRIBUTED: "{what} is cited, but its source has no excerpt yet: store the words it rests on.",
    Status.DIFFERS: "{what} is not in the excerpt of its source: compare the two.",
    Status.SECONDHAND: "{what} comes from another outlet: name it in the sentence, or add a second source.",
}
_ADVICE = {
    ClaimKind.SUPERLATIVE: "{what} is a claim of its own: can a reader see where it comes from?",
    ClaimKind.ATTRIBUTION: "{what}: cite where it was said.",
}
_PRIVATE = {
    "note": "note",
    "contact": "contact",
    "why_unnamed": "reason for not being named",
    "how_they_know": "account of how they know",
    "name": "name",
}
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Found:
    """What was found before: judged claims, findings of style, comments to be settled, changes to be decided.

    `words` is how many it has; `today` is an ISO date; without one no deadline is looked at.
    """

    claims: tuple[ClaimStatus, ...] = ()
    findings: tuple[Finding, ...] = ()
    must_fix: int = 0
    undecided: int = 0
    words: int | None = None
    today: str = ""


def problems(content: Content, house: House, found: Found) -> Iterator[Problem]:
    """What stands in the way on the side of evidence, and what is advice there."""
    yield from _sources(content, house)
    yield from _claims(content, found)
    for finding in standing(found.findings, content.waivers):
        said = f"{finding.message} {finding.suggestion}".strip()
        yield _placed(f"style/{finding.rule}", said, content, finding)
    yield from _fairness(content, found)
    yield from _withheld(content)
    if found.must_fix:
        many = f"{found.must_fix} comments" if found.must_fix > 1 else "One comment"
        yield Problem("comments", f"{many} must be settled before approval.")
    if found.undecided:
        many = f"{found.undecided} changes by an editor are" if found.undecided > 1 else "One change by an editor is"
        yield Problem("suggestions", f"{many} undecided: accept or reject, or keep “as edited” with a reason.")


def _sources(content: Content, house: House) -> Iterator[Problem]:
    known = {source.key: source for source in content.sources}
    cited = citations(content.body)
    for citation in cited:
        source = known.get(citation.key)
        if source is None:
            said = f"[@{citation.key}] names no source of this article. Add the source or correct the key."
            yield at("unknown-source", said, content.body, citation.start, citation.end)
        elif source.terms is Terms.OFF_RECORD:
            said = f"“{source.label}” spoke off the record and can not be cited. Take the citation out."
            yield at("off-record", said, content.body, citation.start, citation.end)
    used = {citation.key for citation in cited}
    for source in content.sources:
        if source.key not in used:
            yield Problem("unused-source", f"The source “{source.label}” ({source.key}) is not cited in the text.")
    least = house.checklist.limits.minimum_sources
    if not content.sources and least:
        yield Problem("sources", "No source is stored yet: readers are shown where facts come from.")
    elif len(content.sources) < least:
        yield Problem("sources", f"The article has {len(content.sources)} sources; this house asks for {least}.")


def _claims(content: Content, found: Found) -> Iterator[Problem]:
    """Quotations and figures that do not hold; superlatives and attributions in sentences that have none of these."""
    checked = {one.claim.sentence for one in found.claims if one.claim.kind in CHECKED}
    for one in found.claims:
        what = _shown(one.claim)
        if one.blocks:
            yield _placed(f"claims/{one.status}", _SAID[one.status].format(what=what), content, one.claim)
        elif one.status is Status.UNCITED and one.claim.sentence not in checked and not one.claim.is_display:
            yield _placed(f"advice/{one.claim.kind}", _ADVICE[one.claim.kind].format(what=what), content, one.claim)


def _shown(claim: Claim) -> str:
    words = " ".join(claim.words.split())
    if len(words) > _SHOWN:
        words = f"{words[: _SHOWN - 1].rstrip()}…"
    kinds = {ClaimKind.QUOTATION: "The quotation", ClaimKind.FIGURE: "The figure"}
    return f"{kinds[claim.kind]} “{words}”" if claim.kind in kinds else f"“{words}”"


def _placed(rule: str, said: str, content: Content, found: Claim | Finding) -> Problem:
    if found.field is Field.BODY:
        return at(rule, said, content.body, found.start, found.end)
    return Problem(rule, said, field=found.field, start=found.start, end=found.end)


def _fairness(content: Content, found: Found) -> Iterator[Problem]:
    used = {citation.key for citation in citations(content.body)}
    for source in content.sources:
        if source.key in used and (gaps := fairness.slip_gaps(source)):
            yield Problem("unnamed", f"“{source.label}” is not named to readers. Write down {', '.join(gaps)}.")
    for reply in content.replies:
        if said := fairness.reply_gap(reply, found.today):
            yield Problem("reply", said)


def _withheld(content: Content) -> Iterator[Problem]:
    """Private words so common that the page may hold them by chance, which would stop the article's export."""
    for source, name, words in weak_words(content):
        yield Problem(
            "withheld",
            f"The {_PRIVATE[name]} of the source “{source.key}” is only “{words}”. It is withheld, and an export "
            "refuses the article if its page says that word. Write it out in a few words more.",
        )
