"""Sources, claims, style and fairness, as lines of the checklists."""

from collections.abc import Iterator

from ovn_desk.domain import fairness
from ovn_desk.domain.checklist.rule import Facts, Rule, Spot
from ovn_desk.domain.claim import CHECKED, Claim, ClaimKind
from ovn_desk.domain.finding import standing_findings
from ovn_desk.domain.levels import Level
from ovn_desk.domain.source import Terms
from ovn_desk.domain.verification import Status
from ovn_desk.domain.withheld import weak_words
from ovn_desk.messages import Message

_STANDS = {
    Status.UNCITED: "claim-uncited",
    Status.ATTRIBUTED: "claim-without-excerpt",
    Status.DIFFERS: "claim-differs",
    Status.SECONDHAND: "claim-secondhand",
}
_ADVICE = {ClaimKind.SUPERLATIVE: "superlative-uncited", ClaimKind.ATTRIBUTION: "attribution-uncited"}
_KINDS = {ClaimKind.QUOTATION: "claim-quotation", ClaimKind.FIGURE: "claim-figure"}
_PRIVATE = {
    "note": "common-note",
    "contact": "common-contact",
    "why_unnamed": "common-reason-unnamed",
    "how_they_know": "common-account",
    "name": "common-name",
}
_SHOWN = 60


def _unknown_source(facts: Facts) -> Iterator[Spot]:
    known = {source.key for source in facts.content.sources}
    for citation in facts.cited:
        if citation.key not in known:
            yield Spot(Message("source-unknown", key=citation.key), citation.start, citation.end)


def _off_record(facts: Facts) -> Iterator[Spot]:
    quiet = {source.key: source for source in facts.content.sources if source.terms is Terms.OFF_RECORD}
    for citation in facts.cited:
        if citation.key in quiet:
            label = quiet[citation.key].label
            yield Spot(Message("source-off-record", label=label), citation.start, citation.end)


def _unused_source(facts: Facts) -> Iterator[Spot]:
    used = {citation.key for citation in facts.cited}
    for source in facts.content.sources:
        if source.key not in used:
            yield Spot(Message("source-unused", label=source.label, key=source.key))


def _sources(facts: Facts) -> Iterator[Spot]:
    sources, least = facts.content.sources, facts.house.checklist.limits.minimum_sources
    if not sources and least:
        yield Spot(Message("sources-missing"))
    elif len(sources) < least:
        yield Spot(Message("sources-too-few", count=len(sources), least=least))


def _claims(facts: Facts) -> Iterator[Spot]:
    """Quotations and figures that do not hold."""
    for one in facts.found.claims:
        if one.blocks:
            said = Message(_STANDS[one.status], what=_claim_words(one.claim))
            yield Spot(said, one.claim.start, one.claim.end, one.claim.field, one.status)


def _advice(facts: Facts) -> Iterator[Spot]:
    """Superlatives and attributions in sentences that have no quotation and no figure."""
    checked = {one.claim.sentence for one in facts.found.claims if one.claim.kind in CHECKED}
    for one in facts.found.claims:
        is_bare = not one.blocks and one.status is Status.UNCITED and not one.claim.is_display
        if is_bare and one.claim.sentence not in checked:
            said = Message(_ADVICE[one.claim.kind], what=_claim_words(one.claim))
            yield Spot(said, one.claim.start, one.claim.end, one.claim.field, one.claim.kind)


def _claim_words(claim: Claim) -> Message:
    """The words of a claim with what they are, shortened where they are long."""
    words = " ".join(claim.words.split())
    if len(words) > _SHOWN:
        words = f"{words[: _SHOWN - 1].rstrip()}…"
    return Message(_KINDS.get(claim.kind, "claim-words"), words=words)


def _style(facts: Facts) -> Iterator[Spot]:
    for finding in standing_findings(facts.found.findings, facts.content.waivers):
        said = Message("style-advice", words=f"{finding.message} {finding.suggestion}".strip())
        yield Spot(said, finding.start, finding.end, finding.field, finding.rule)


def _unnamed_sources(facts: Facts) -> Iterator[Spot]:
    used = {citation.key for citation in facts.cited}
    for source in facts.content.sources:
        if source.key in used and (gaps := fairness.slip_gaps(source)):
            yield Spot(Message("slip-incomplete", label=source.label, gaps=gaps))


def _reply(facts: Facts) -> Iterator[Spot]:
    for reply in facts.content.replies:
        if said := fairness.reply_gap(reply, facts.found.today):
            yield Spot(said)


def _withheld_words(facts: Facts) -> Iterator[Spot]:
    """Private words so common that the page may hold them by chance, which would stop the article's export."""
    for source, name, words in weak_words(facts.content):
        yield Spot(Message("withheld-too-common", what=Message(_PRIVATE[name]), key=source.key, words=words))


def _comments(facts: Facts) -> Iterator[Spot]:
    if facts.found.must_fix:
        yield Spot(Message("comments-unsettled", count=facts.found.must_fix))


def _suggestions(facts: Facts) -> Iterator[Spot]:
    if facts.found.undecided:
        yield Spot(Message("suggestions-undecided", count=facts.found.undecided))


RULES = (
    Rule("unknown-source", Level.APPROVAL, _unknown_source, house_may_change=False),
    Rule("off-record", Level.APPROVAL, _off_record, house_may_change=False),
    Rule("unused-source", Level.ADVICE, _unused_source, house_may_change=False),
    Rule("sources", Level.ADVICE, _sources),
    Rule("claims", Level.APPROVAL, _claims),
    Rule("advice", Level.ADVICE, _advice, house_may_change=False),
    Rule("style", Level.ADVICE, _style),
    Rule("unnamed", Level.APPROVAL, _unnamed_sources),
    Rule("reply", Level.APPROVAL, _reply),
    Rule("withheld", Level.ADVICE, _withheld_words),
    Rule("comments", Level.APPROVAL, _comments),
    Rule("suggestions", Level.APPROVAL, _suggestions, house_may_change=False),
)
