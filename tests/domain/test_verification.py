from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ovn_desk.domain import verification
from ovn_desk.domain.article import Content
from ovn_desk.domain.evidence import WaiverKind
from ovn_desk.domain.source import Source, SourceKind
from ovn_desk.domain.verification import Status, judge, mark, waive
from ovn_desk.text import claims

NOTE = Source(
    "note", SourceKind.DOCUMENT, name="Note", excerpts=("He said: We go at dawn. It cost 10 million rupees.",)
)
EMPTY = Source("empty", SourceKind.PERSON, name="Ali")
DAWN = Source("dawn", SourceKind.OUTLET, name="Dawn", excerpts=("We go at dawn, he told Dawn. Forty per cent stayed.",))
TABLE = Source("table", SourceKind.DATASET, name="Table", excerpts=("Total 8.2 billion, of which 82 each.",))
SOURCES = (NOTE, EMPTY, DAWN, TABLE)


def judged(body, sources=SOURCES, waivers=(), **fields):
    found = judge(claims.find(Content(body=body, **fields)), sources, waivers)
    return [one for one in found if one.claim.kind in {"quotation", "figure"}]


def statuses(body, **given_):
    return [one.status for one in judged(body, **given_)]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("“We go at dawn,” he said [@note].", Status.SUPPORTED),
        ("“We go at dawn,” he said. He left [@note].", Status.SUPPORTED),
        ("“We go at dawn,” he said. He left. It rained [@note].", Status.SUPPORTED),
        ("“We go … dawn,” he said [@note].", Status.SUPPORTED),
        ("“We [the army] go at dawn,” he said [@note].", Status.SUPPORTED),
        ("“We **go** at dawn,” he said [@note].", Status.SUPPORTED),
        ("“We go at dawn,” he said [@empty].", Status.ATTRIBUTED),
        ("“We go at dawn,” he said [@empty] [@note].", Status.SUPPORTED),
        ("“We go at dawn,” he said.", Status.UNCITED),
        ("“We go at dawn,” he said [@nobody].", Status.UNCITED),
        ("“we go at dawn,” he said [@note].", Status.DIFFERS),
        ("“We go at daw,” he said [@note].", Status.DIFFERS),
        ("“We go at dawn,” he said [@dawn].", Status.SECONDHAND),
        ("“We go at dawn,” he told Dawn [@dawn].", Status.SUPPORTED),
        ("“We go at dawn,” he said [@dawn] [@note].", Status.SUPPORTED),
        ("It cost Rs1 crore [@note].", Status.SUPPORTED),
        ("It cost Rs10m [@note].", Status.SUPPORTED),
        ("لاگت ایک کروڑ روپے تھی [@note]۔", Status.SUPPORTED),
        ("It cost $10 million [@note].", Status.DIFFERS),
        ("It cost Rs8.2 billion [@table].", Status.SUPPORTED),
        ("It cost Rs82 [@table].", Status.DIFFERS),
        ("It cost Rs9.9 million [@note].", Status.DIFFERS),
        ("By Dawn’s count 40% stayed [@dawn].", Status.SUPPORTED),
        ("Dawn says that 40 stayed [@dawn].", Status.DIFFERS),
    ],
)
def test_a_claim_stands_as_its_sources_say(body, status):
    assert statuses(body) == [status]


@pytest.mark.parametrize(
    ("sentence", "domain", "is_named"),
    [
        ("“We go,” he told The Daily Harbour.", "dailyharbour.example", True),
        ("The Daily Harbour wrote: “We go.”", "www.dailyharbour.com.pk", True),
        ("The Daily-Harbour wrote: “We go.”", "daily-harbour.example", True),
        ("“We go,” he told dailyharbour.example.", "dailyharbour.example", True),
        ("He came to the daily harbour and said: “We go.”", "dailyharbour.example", False),
        ("The Daily wrote: “We go.”", "dailyharbour.example", False),
        ("The News of the day said: “We go.”", "news.geo.tv", False),
        ("Geo wrote: “We go.”", "urdu.geo.tv", True),
        ("The Daily Harbour wrote: “We go.”", "Harbour Daily", False),
    ],
)
def test_an_outlet_of_which_only_the_address_is_known_is_named_by_the_words_of_it(sentence, domain, is_named):
    """Seen at the desk: the outlet that a pasted address fills in is its domain, which no sentence ever says."""
    outlet = Source(key="page", kind=SourceKind.OUTLET, outlet=domain, excerpts=("We go.",))
    status = Status.SUPPORTED if is_named else Status.SECONDHAND
    assert statuses(f"{sentence} [@page]", sources=(outlet,)) == [status]


def test_only_quotations_and_figures_stop_an_approval():
    found = judge(claims.find(Content(body="It is the largest, he said. It cost Rs9.")), (), ())
    assert [(one.claim.kind, one.blocks) for one in found] == [
        ("superlative", False),
        ("attribution", False),
        ("figure", True),
    ]


def test_the_headline_rests_on_the_body():
    body = "It cost Rs10 million and 40 men [@note]."
    found = judged(body, headline="Rs1 crore for 40 men and 50 women")
    assert [one.status for one in found[:3]] == [Status.SUPPORTED, Status.DIFFERS, Status.UNCITED]


def test_what_comes_from_another_outlet_is_known_as_such_without_a_source():
    one = judged("Five died, as reported by Dawn.")[0]
    assert (one.status, one.is_secondhand, one.claim.through) == (Status.UNCITED, True, "Dawn")


@pytest.mark.parametrize("kind", [WaiverKind.NOT_FACTUAL, WaiverKind.COMMON_KNOWLEDGE])
def test_a_waiver_holds_until_its_sentence_changes(kind):
    body = "A week has seven days [@note]. It rained."
    waiver = waive(judged(body)[0], kind, by="Ayesha Khan", at="2025-07-20", reason="Everybody knows.")
    assert (waiver.words, waiver.by) == ("A week has seven days [@note].", "Ayesha Khan")
    assert statuses(body, waivers=(waiver,)) == [Status.WAIVED]
    assert statuses(f"Something else.\n\n{body}", waivers=(waiver,)) == [Status.WAIVED]
    assert statuses("A week has seven days. It rained.", waivers=(waiver,)) == [Status.WAIVED]
    assert statuses("A week has seven long days [@note].", waivers=(waiver,)) == [Status.DIFFERS]


def test_a_translated_quotation_is_waived_for_the_excerpt_it_was_compared_with():
    said = replace(EMPTY, excerpts=("ہم صبح جائیں گے۔",))
    body = "“We go at dawn,” he said [@empty]."
    waiver = waive(judged(body, sources=(said,))[0], WaiverKind.TRANSLATED, by="A", at="", reason="From Urdu.")
    assert statuses(body, sources=(said,), waivers=(waiver,)) == [Status.WAIVED]
    other = replace(said, excerpts=("ہم شام کو جائیں گے۔",))
    assert statuses(body, sources=(other,), waivers=(waiver,)) == [Status.DIFFERS]


def test_a_tag_does_not_name_the_outlet():
    said = replace(DAWN, excerpts=("ہم صبح جائیں گے۔",))
    body = "“We go at dawn,” he said [@dawn]."
    waiver = waive(judged(body, sources=(said,))[0], WaiverKind.TRANSLATED, by="A", at="", reason="From Urdu.")
    assert statuses(body, sources=(said,), waivers=(waiver,)) == [Status.SECONDHAND]


def test_a_mark_is_thirty_two_letters_and_each_claim_of_a_sentence_has_its_own():
    one, two = (one.claim for one in judged("It cost Rs5 and 40%."))
    assert len(mark(one)) == 32
    assert len({mark(one), mark(two), mark(one, "excerpt")}) == 3


SENTENCES = [
    "“We go at dawn,” he said [@note].",
    "“We go at noon,” he said [@note].",
    "“We go at dawn,” he said [@dawn].",
    "“We go at dawn,” he told Dawn [@dawn].",
    "It cost Rs1 crore [@note].",
    "About 40% stayed [@empty].",
    "Some 17 came [@nobody].",
]
PARAGRAPHS = st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3).map(" ".join), max_size=5)


def by_sentence(body, sources=SOURCES, waivers=()):
    return {one.claim.sentence: one.status for one in judged(body, sources, waivers)}


@given(PARAGRAPHS, st.randoms(use_true_random=False))
def test_a_status_depends_on_nothing_but_text_sources_and_waivers(paragraphs, random):
    body = "\n\n".join(paragraphs)
    before = by_sentence(body)
    sources, moved = list(SOURCES), list(paragraphs)
    random.shuffle(sources)
    random.shuffle(moved)
    assert by_sentence(body, tuple(sources)) == before
    assert by_sentence("\n\n".join(moved)) == before
    assert by_sentence(" ".join(paragraphs)) == before


@given(PARAGRAPHS)
def test_moving_a_paragraph_keeps_its_waivers(paragraphs):
    body = "\n\n".join(paragraphs)
    waivers = tuple(waive(one, WaiverKind.NOT_FACTUAL, by="A", at="", reason="B") for one in judged(body) if one.blocks)
    assert not any(one.blocks for one in judged("\n\n".join(reversed(paragraphs)), waivers=waivers))


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_words_are_held_against_any_excerpt(words, excerpt):
    for claim in claims.find(Content(body=f"“{words}” he said five times [@a].")):
        assert verification.is_supported_by(claim, excerpt) in {True, False}
