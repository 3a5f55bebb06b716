"""A comment stays with its words through any edits, or is kept as orphaned; it never points at others."""

import gzip
import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rapidfuzz.distance import Indel

from ovn_desk.domain import values
from ovn_desk.domain.errors import DeskError
from ovn_desk.text import anchors
from ovn_desk.text.anchors import Anchor, Anchored, Orphaned

TRACE = Path(__file__).parents[3] / "shared" / "data" / "typing" / "seph-blog1.json.gz"
TEXT = """The agreement emerged from a meeting chaired by the minister, who spoke of trade.

A delegation explored the railway project, which could join the two networks by spring. It could cut costs by 40%.

Farmers near the border said that the road matters more to them than any train."""
SENTENCE = "A delegation explored the railway project, which could join the two networks by spring."


def on(words, text=TEXT, nth=0):
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return anchors.anchor(text, start, start + len(words))


def words_at(text, anchor):
    """The words the anchor is found at, or none when it is orphaned."""
    place = anchors.find(text, anchor)
    return text[place.start : place.end] if isinstance(place, Anchored) else None


def test_an_anchor_keeps_its_words_and_what_stood_beside_them():
    anchor = on("cut costs")
    assert (anchor.exact, anchor.prefix[-9:], anchor.suffix[:8]) == ("cut costs", "It could ", " by 40%.")
    assert TEXT[anchor.start : anchor.end] == "cut costs"
    assert values.from_dict(Anchor, values.to_dict(anchor)) == anchor


def test_a_comment_needs_words():
    with pytest.raises(DeskError, match="Select the words"):
        anchors.anchor(TEXT, 5, 5)


@pytest.mark.parametrize("words", [SENTENCE, "40%", "railway project"])
def test_words_are_found_though_all_around_them_was_edited(words):
    text = (
        TEXT.replace("The agreement emerged", "New lede. An accord came")
        .replace("Farmers", "All farmers")
        .replace("It could", "This could")
    )
    assert words_at(text, on(words)) == words


def test_a_sentence_that_moved_is_found_there():
    text = TEXT.replace(SENTENCE, "").replace("any train.", f"any train. {SENTENCE} It is so.")
    assert words_at(text, on(SENTENCE)) == SENTENCE


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("railway", "rail"),
        ("by spring", "by May 2026"),
        ("explored", "has now explored"),
        ("A delegation", "Delegates"),
    ],
)
def test_a_sentence_slightly_edited_is_found(old, new):
    edited = SENTENCE.replace(old, new)
    assert words_at(TEXT.replace(SENTENCE, edited), on(SENTENCE)) == edited


def test_a_figure_that_was_corrected_is_found_between_its_neighbours():
    assert words_at(TEXT.replace("40%", "45%"), on("40%")) == "45%"


def test_a_headline_that_was_edited_is_found():
    assert words_at("Ministers to meet in Baku", on("Ministers meet in Baku", "Ministers meet in Baku")) == (
        "Ministers to meet in Baku"
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        TEXT.replace(SENTENCE, ""),
        TEXT.replace(SENTENCE, "Nobody knows what will come of all these talks in the end."),
        "Another article altogether, on wheat.",
    ],
)
def test_an_anchor_whose_words_are_gone_is_orphaned_with_them(text):
    anchor = on(SENTENCE)
    assert anchors.find(text, anchor) == Orphaned(anchor)
    assert anchor.exact == SENTENCE


TWICE = "He denied it. The minister said no. Then came rain. The minister said no. It was late."


@pytest.mark.parametrize("nth", [0, 1])
def test_two_equal_sentences_are_told_apart_by_their_neighbours(nth):
    anchor = on("The minister said no.", TWICE, nth)
    text = TWICE.replace("Then came rain", "Then heavy rain came").replace("He denied", "First he denied")
    places = [text.index(anchor.exact), text.rindex(anchor.exact)]
    assert anchors.find(text, anchor) == Anchored(anchor, places[nth], places[nth] + len(anchor.exact))


@pytest.mark.parametrize("nth", [0, 1, 2])
def test_words_with_the_same_neighbours_are_told_apart_by_their_order(nth):
    text = "\n\n".join(["***"] * 3)
    anchor = on("***", text, nth)
    place = anchors.find(f"A new lede, as long as any.\n\n{text}", anchor)
    assert isinstance(place, Anchored)
    assert place.start == 29 + 5 * nth


def test_a_comment_never_goes_to_the_twin_of_words_that_are_gone():
    anchor = on("The minister said no.", TWICE)
    assert words_at(TWICE.replace("He denied it. The minister said no. ", ""), anchor) is None


def test_a_copy_is_not_taken_for_words_that_were_edited_in_place():
    text = TEXT.replace("railway project", "rail scheme") + f"\n\nThe report had: {SENTENCE}"
    assert words_at(text, on(SENTENCE)) is None


def test_nearly_equal_rows_are_not_mixed_up():
    rows = "Sales in the north rose by 12 percent in May.\n\nSales in the south rose by 14 percent in May."
    anchor = on("Sales in the north rose by 12 percent in May.", rows)
    assert words_at("Sales in the south rose by 14 percent in May.", anchor) is None


def followed(anchor, *texts):
    places = [Anchored(anchor, anchor.start, anchor.end)]
    for old, new in pairwise(texts):
        places = anchors.follow(places, old, new)
    return places[0]


def test_words_are_followed_through_an_edit_inside_them():
    new = TEXT.replace("railway", "motorway and railway")
    place = followed(on(SENTENCE), TEXT, new)
    assert new[place.start : place.end] == SENTENCE.replace("railway", "motorway and railway")


def test_typing_right_before_or_after_the_words_is_not_part_of_them():
    new = TEXT.replace(SENTENCE, f"So {SENTENCE} Yes.")
    place = followed(on(SENTENCE), TEXT, TEXT.replace(SENTENCE, f"So {SENTENCE}"), new)
    assert new[place.start : place.end] == SENTENCE


def test_a_letter_typed_twice_before_the_words_is_not_part_of_them():
    text = "So it is. We can make them run."
    doubled = text.replace("We", "WWe")
    anchor = on("We can make them run.", text)
    assert followed(anchor, text, doubled) == Anchored(anchor, anchor.start + 1, anchor.end + 1)
    assert followed(anchor, text, doubled, text) == Anchored(anchor, anchor.start, anchor.end)


def test_words_cut_and_put_back_are_found_again():
    cut = TEXT.replace(SENTENCE, "")
    anchor = on(SENTENCE)
    assert followed(anchor, TEXT, cut) == Orphaned(anchor)
    assert followed(anchor, TEXT, cut, TEXT) == Anchored(anchor, anchor.start, anchor.end)
    moved = f"{cut}\n\n{SENTENCE}"
    assert followed(anchor, TEXT, cut, moved) == Anchored(anchor, len(moved) - len(SENTENCE), len(moved))


def test_words_rewritten_word_by_word_become_orphaned():
    texts = [TEXT]
    for word in SENTENCE.split()[:-2]:
        texts.append(texts[-1].replace(word, "x" * len(word), 1))
    assert isinstance(followed(on(SENTENCE), *texts), Orphaned)


VOCABULARY = "the minister said of trade in spring roads farmers border train meeting cost rain".split()


@pytest.mark.skipif(not TRACE.exists(), reason=f"Needs the recorded typing in {TRACE}.")
def test_through_real_typing_every_sentence_nobody_touched_is_found_where_it_stands():
    with gzip.open(TRACE, "rt", encoding="utf-8") as file:
        patches = [patch for change in json.load(file)["txns"] for patch in change["patches"]]
    text = ""
    for place, deleted, inserted in patches[:100_000]:
        text = text[:place] + inserted + text[place + deleted :]
    spans = [match.span() for match in re.finditer(r"[A-Z][^.!?\n|]{20,300}[.!?](?=\s)", text)][::4]
    made = [anchors.anchor(text, *span) for span in spans]
    places = [Anchored(anchor, anchor.start, anchor.end) for anchor in made]
    untouched = {anchor: anchor.start for anchor in made}
    for place, deleted, inserted in patches[100_000:102_000]:
        before, text = text, text[:place] + inserted + text[place + deleted :]
        places = anchors.follow(places, before, text)
        for anchor, start in list(untouched.items()):
            if place + deleted <= start:
                untouched[anchor] += len(inserted) - deleted
            elif place < start + len(anchor.exact):
                del untouched[anchor]
    assert len(untouched) > 80
    for place in places:
        if place.anchor in untouched:
            start = untouched[place.anchor]
            assert place == Anchored(place.anchor, start, start + len(place.anchor.exact))
            assert anchors.find(text, place.anchor) == place


SENTENCES = st.lists(st.sampled_from(VOCABULARY), min_size=4, max_size=12).map(lambda words: " ".join(words) + ".")
PARAGRAPHS = st.lists(SENTENCES, min_size=2, max_size=8).map(" ".join)


@st.composite
def edits(draw, text):
    """The text after a few deletions and insertions at any places."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 12)))
        text = text[:start] + draw(st.text("abc .\n", max_size=12)) + text[end:]
    return text


@st.composite
def anchored(draw):
    """A text, a place of words in it, and the text edited."""
    text = draw(PARAGRAPHS)
    start = draw(st.integers(0, len(text) - 2))
    end = draw(st.integers(start + 1, len(text)))
    assume(text[start:end].strip())
    return text, anchors.anchor(text, start, end), draw(edits(text))


@given(anchored())
def test_in_its_own_text_an_anchor_is_where_it_was(case):
    text, anchor, _ = case
    assert anchors.find(text, anchor) == Anchored(anchor, anchor.start, anchor.end)


@given(anchored(), st.text("xyz \n", max_size=80), st.text("xyz \n", max_size=80))
def test_words_that_stand_once_with_their_neighbours_are_found_there(case, before, after):
    _, anchor, _ = case
    assume(not anchor.has_twin and len(anchor.prefix) > 8 and len(anchor.suffix) > 8)
    quote = anchor.prefix + anchor.exact + anchor.suffix
    assume(quote.count(anchor.exact) == 1)
    start = len(before) + len(anchor.prefix)
    assert anchors.find(before + quote + after, anchor) == Anchored(anchor, start, start + len(anchor.exact))


@given(anchored())
def test_what_is_found_is_inside_the_text_and_like_the_words(case):
    text, anchor, edited = case
    for place in (anchors.find(edited, anchor), followed(anchor, text, edited)):
        if isinstance(place, Anchored):
            assert 0 <= place.start < place.end <= len(edited)
            now = edited[place.start : place.end]
            kept = set(now.split()) & set(anchor.exact.split())
            assert Indel.normalized_similarity(now, anchor.exact) >= 0.45 or kept


@given(anchored())
def test_one_edit_elsewhere_moves_the_place_exactly(case):
    text, anchor, _ = case
    place = followed(anchor, text, f"xy {text}")
    assert (place.start, place.end) == (anchor.start + 3, anchor.end + 3)
    assert followed(anchor, text, f"{text} xy") == Anchored(anchor, anchor.start, anchor.end)
