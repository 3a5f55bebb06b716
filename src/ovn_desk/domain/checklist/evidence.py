"""Sources, claims, style and fairness, as lines of the checklists."""

from collections.abc import Iterator

from ovn_desk.domain import fairness
from ovn_desk.domain.checklist.rule import Facts, Rule, Spot, shorten
from ovn_desk.domain.claim import Claim, ClaimKind
from ovn_desk.domain.finding import standing_findings
from ovn_desk.domain.levels import Level
from ovn_desk.domain.source import Terms
from ovn_desk.domain.verification import ClaimStatus, Status, bare_statements, stored_figure
from ovn_desk.domain.withheld import weak_words
from ovn_desk.messages import Message

_STANDS = {
    Status.UNCITED: "claim-uncited",
    Status.ATTRIBUTED: "claim-without-excerpt",
    Status.DIFFERS: "claim-differs",
    Status.SECONDHAND: "claim-secondhand",
}
_ADVICE = {ClaimKind.SUPERLATIVE: "superlative-uncited", ClaimKind.ATTRIBUTION: "attribution-uncited"}
_OPEN = {
    (ClaimKind.FIGURE, Status.UNCITED): "open-figure-uncited",
    (ClaimKind.FIGURE, Status.ATTRIBUTED): "open-figure-without-excerpt",
    (ClaimKind.FIGURE, Status.DIFFERS): "open-figure-differs",
    (ClaimKind.FIGURE, Status.SECONDHAND): "open-figure-secondhand",
    (ClaimKind.QUOTATION, Status.UNCITED): "open-quotation-uncited",
    (ClaimKind.QUOTATION, Status.ATTRIBUTED): "open-quotation-without-excerpt",
    (ClaimKind.QUOTATION, Status.DIFFERS): "open-quotation-differs",
    (ClaimKind.QUOTATION, Status.SECONDHAND): "open-quotation-secondhand",
}
_OPEN_ADVICE = {ClaimKind.SUPERLATIVE: "open-superlative", ClaimKind.ATTRIBUTION: "open-attribution"}
_KINDS = {ClaimKind.QUOTATION: "claim-quotation", ClaimKind.FIGURE: "claim-figure"}
_PRIVATE = {
    "note": "common-note",
    "contact": "common-contact",
    "why_unnamed": "common-reason-unnamed",
    "how_they_know": "common-account",
    "name": "common-name",
}


def _unknown_source(facts: Facts) -> Iterator[Spot]:
    known = {source.key for source in facts.content.sources}
    for citation in facts.cited:
        if citation.key not in known:
            words = Message("claim-words", words=citation.key)
            yield Spot(Message("source-unknown", key=citation.key), citation.start, citation.end, words=words)


def _off_record(facts: Facts) -> Iterator[Spot]:
    quiet = {source.key: source for source in facts.content.sources if source.terms is Terms.OFF_RECORD}
    for citation in facts.cited:
        if citation.key in quiet:
            said = Message("source-off-record", label=quiet[citation.key].label)
            words = Message("claim-words", words=quiet[citation.key].label)
            yield Spot(said, citation.start, citation.end, key=citation.key, words=words)


def _unused_source(facts: Facts) -> Iterator[Spot]:
    used = {citation.key for citation in facts.cited}
    for source in facts.content.sources:
        if source.key not in used:
            said = Message("source-unused", label=source.label, key=source.key)
            yield Spot(said, key=source.key, words=Message("claim-words", words=source.label))


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
            outlet = _outlet(one, facts)
            said = Message(_STANDS[one.status], what=_claim_words(one.claim), outlet=outlet)
            yield _claim_spot(one, said, one.status, _OPEN[one.claim.kind, one.status], outlet=outlet)


def _advice(facts: Facts) -> Iterator[Spot]:
    """What is worth a citation."""
    for one in bare_statements(facts.found.claims):
        said = Message(_ADVICE[one.claim.kind], what=_claim_words(one.claim))
        yield _claim_spot(one, said, one.claim.kind, _OPEN_ADVICE[one.claim.kind])


def _outlet(one: ClaimStatus, facts: Facts) -> str:
    """The name that a claim's sentence has to say; empty where it lacks none."""
    if one.status is not Status.SECONDHAND:
        return ""
    return next((source.outlet or source.label for source in facts.content.sources if source.key in one.sources), "")


def _claim_spot(one: ClaimStatus, said: Message, detail: str, kind: str, *, outlet: str = "") -> Spot:
    """The place of a claim; its words with the figure that its source has instead, or the name that it lacks."""
    claim, is_bare = one.claim, one.claim.kind is ClaimKind.ATTRIBUTION  # its words are no more than “said”
    words = Message("claim-words", words=shorten(claim.sentence if is_bare else claim.words))
    if one.status is Status.DIFFERS and (stored := stored_figure(one)):
        words = Message("figure-stored", words=shorten(claim.words), stored=stored)
    elif outlet:
        words = Message("outlet-not-said", words=shorten(claim.words), outlet=outlet)
    return Spot(said, claim.start, claim.end, claim.field, detail, words=words, kind=kind)


def _claim_words(claim: Claim) -> Message:
    """The words of a claim with what they are, shortened where they are long."""
    return Message(_KINDS.get(claim.kind, "claim-words"), words=shorten(claim.words))


def _style(facts: Facts) -> Iterator[Spot]:
    for finding in standing_findings(facts.found.findings, facts.content.waivers):
        said = Message("style-advice", words=f"{finding.message} {finding.suggestion}".strip())
        words = Message("claim-words", words=finding.words)
        yield Spot(said, finding.start, finding.end, finding.field, finding.rule, words=words)


def _unnamed_sources(facts: Facts) -> Iterator[Spot]:
    used = {citation.key for citation in facts.cited}
    for source in facts.content.sources:
        if source.key in used and (gaps := fairness.slip_gaps(source)):
            said = Message("slip-incomplete", label=source.label, gaps=gaps)
            yield Spot(said, key=source.key, words=Message("claim-words", words=source.label))


def _reply(facts: Facts) -> Iterator[Spot]:
    for reply in facts.content.replies:
        if said := fairness.reply_gap(reply, facts.found.today):
            yield Spot(said)


def _withheld_words(facts: Facts) -> Iterator[Spot]:
    """Private words so common that the page may hold them by chance, which would stop the article's export."""
    for source, name, words in weak_words(facts.content):
        said = Message("withheld-too-common", what=Message(_PRIVATE[name]), key=source.key, words=words)
        yield Spot(said, key=source.key, words=Message("claim-words", words=words))


def _comments(facts: Facts) -> Iterator[Spot]:
    if facts.found.must_fix:
        yield Spot(Message("comments-unsettled", count=facts.found.must_fix), count=facts.found.must_fix)


def _suggestions(facts: Facts) -> Iterator[Spot]:
    if facts.found.undecided:
        yield Spot(Message("suggestions-undecided", count=facts.found.undecided), count=facts.found.undecided)


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
