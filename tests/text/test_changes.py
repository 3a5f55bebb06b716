"""What changed, as a reader sees it: `The [-old-]{+new+} word`; and accepted or rejected one by one, in any order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ovn_desk.domain.errors import DeskError
from ovn_desk.text import blocks
from ovn_desk.text.changes import Mark, State, apply, compare
from ovn_desk.text.changes import tokens as parts

IN_NEW = {State.ADDED, State.MOVED}
SIGNS = {Mark.SAME: "{}", Mark.REMOVED: "[-{}-]", Mark.ADDED: "{{+{}+}}"}
ONE = "The agreement emerged from a meeting chaired by the minister, who spoke of trade."
TWO = "A delegation explored the railway project, which could join the two networks by spring."
THREE = "Farmers near the border said that the road matters more to them than any train."


def seen(old, new):
    """The comparison in one line a paragraph."""
    lines = []
    for paragraph in compare(old, new).paragraphs:
        text = "".join(SIGNS[piece.mark].format(piece.text) for piece in paragraph.pieces)
        if paragraph.state in {State.MOVED, State.MOVED_AWAY}:
            text = f"({paragraph.state}) {text}"
        lines.append(text)
    return "\n".join(lines)


def kinds(old, new):
    return [str(change.kind) for change in compare(old, new).all]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("The old word", "The new word", "The [-old-]{+new+} word"),
        ("It followed high-level talks.", "It followed talks.", "It followed[- high-level-] talks."),
        ("He came. The dog sat.", "He came. It rained. The dog sat.", "He came.{+ It rained.+} The dog sat."),
        ("The cat sat on the mat.", "Cat sat on the mat.", "[-The cat-]{+Cat+} sat on the mat."),
        ("He went home", "He went home again", "He went home{+ again+}"),
    ],
)
def test_words_that_changed_are_marked_and_no_others(old, new, expected):
    assert seen(old, new) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("It hurt 1,234 people.", "It hurt 1,235 people.", "It hurt [-1,234-]{+1,235+} people."),
        ("Cut by 40%, he said.", "Cut by 45%, he said.", "Cut by [-40%-]{+45%+}, he said."),
        ("It cost Rs 5 crore.", "It cost Rs 6 crore.", "It cost [-Rs 5 crore-]{+Rs 6 crore+}."),
        ("worth $2 billion so far", "worth $2 million so far", "worth [-$2 billion-]{+$2 million+} so far"),
        ("worth \\$2 billion so far", "worth \\$3 billion so far", "worth [-\\$2 billion-]{+\\$3 billion+} so far"),
        ("On 20 July 2025 it rose.", "On 20 June 2025 it rose.", "On [-20 July 2025-]{+20 June 2025+} it rose."),
        ("On July 20, 2025 it rose.", "On July 21, 2025 it rose.", "On [-July 20, 2025-]{+July 21, 2025+} it rose."),
        ("up 3.5 points", "up 3.6 points", "up [-3.5-]{+3.6+} points"),
        ("up 5 points", "up -5 points", "up [-5-]{+-5+} points"),
        ("in 2024–25 it fell", "in 2023–25 it fell", "in [-2024–25-]{+2023–25+} it fell"),
        ("a 40-year-old man", "a 41-year-old man", "a [-40-year-old-]{+41-year-old+} man"),
        ("at 14:30 sharp", "at 14:45 sharp", "at [-14:30-]{+14:45+} sharp"),
        ("won 3-1 at home", "won 3-2 at home", "won [-3-1-]{+3-2+} at home"),
        ("قیمت ۵ کروڑ روپے تھی۔", "قیمت ۶ کروڑ روپے تھی۔", "قیمت [-۵ کروڑ روپے-]{+۶ کروڑ روپے+} تھی۔"),
        ("وہ ۲۰ جولائی ۲۰۲۵ کو آئے۔", "وہ ۲۱ جولائی ۲۰۲۵ کو آئے۔", "وہ [-۲۰ جولائی ۲۰۲۵-]{+۲۱ جولائی ۲۰۲۵+} کو آئے۔"),
    ],
)
def test_a_figure_is_marked_whole(old, new, expected):
    assert seen(old, new) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "The minister, Bilal Azhar Kayani, said so.",
            "The minister, Bilal Kayani, said so.",
            "The minister, [-Bilal Azhar Kayani-]{+Bilal Kayani+}, said so.",
        ),
        (
            "It met at the Ministry of Railways today.",
            "It met at the Ministry of Finance today.",
            "It met at the [-Ministry of Railways-]{+Ministry of Finance+} today.",
        ),
        (
            "Gen. Asim Munir was there.",
            "Lt. Gen. Asim Munir was there.",
            "[-Gen. Asim Munir-]{+Lt. Gen. Asim Munir+} was there.",
        ),
        ("Pakistan's Bilal Khan went.", "Pakistan's Omar Khan went.", "Pakistan's [-Bilal Khan-]{+Omar Khan+} went."),
        ("It was sold [@dawn p. 3].", "It was sold [@dawn p. 4].", "It was sold [-[@dawn p. 3]-]{+[@dawn p. 4]+}."),
        ("See https://a.pk/one now", "See https://a.pk/two now", "See [-https://a.pk/one-]{+https://a.pk/two+} now"),
        ("the cross-border trade", "the cross-channel trade", "the [-cross-border-]{+cross-channel+} trade"),
    ],
)
def test_a_name_a_citation_and_an_address_are_marked_whole(old, new, expected):
    assert seen(old, new) == expected


def test_a_heading_with_capitals_throughout_is_marked_word_by_word():
    assert seen(
        "Pakistan and Azerbaijan to Establish Joint Groups for Enhanced Trade and Rail Connectivity",
        "Pakistan and Azerbaijan to Establish Joint Working Groups on Trade and Rail",
    ) == (
        "Pakistan and Azerbaijan to Establish Joint [-Groups for Enhanced-]{+Working Groups on+} Trade and Rail"
        "[- Connectivity-]"
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Yes he said, and went.", "Yes, he said and went.", "Yes{+,+} he said[-,-] and went."),
        ("He said “no” to it.", "He said ‘no’ to it.", "He said [-“-]{+‘+}no[-”-]{+’+} to it."),
        ("It ended", "It ended.", "It ended{+.+}"),
        ("one - two", "one — two", "one [---]{+—+} two"),
        ("وہ آئے اور گئے۔", "وہ آئے، اور گئے۔", "وہ آئے{+،+} اور گئے۔"),
    ],
)
def test_punctuation_that_changed_alone_is_marked_alone(old, new, expected):
    assert seen(old, new) == expected
    assert set(kinds(old, new)) == {"points"}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("اسلام\u200cآباد میں", "اسلام آباد میں", "[-اسلام\u200cآباد-]{+اسلام آباد+} میں"),
        ("مُحَمَّد نے کہا", "مُحَمّد نے کہا", "[-مُحَمَّد-]{+مُحَمّد+} نے کہا"),
        ("وزیرِ اعظم آئے", "وزیر اعظم آئے", "[-وزیرِ-]{+وزیر+} اعظم آئے"),
        ("اس نے خبر لکھی", "اس نے رپورٹ لکھی", "اس نے [-خبر-]{+رپورٹ+} لکھی"),
    ],
)
def test_an_urdu_word_is_marked_with_its_joiners_and_vowel_signs(old, new, expected):
    assert seen(old, new) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("A plain word here", "A **plain** word here", "A [-plain-]{+**plain**+} word here"),
        (
            "make the whole phrase strong now",
            "make **the whole phrase strong** now",
            "make [-the whole phrase strong-]{+**the whole phrase strong**+} now",
        ),
        (
            "read the Dawn report today",
            "read [the Dawn report](https://dawn.com/a) today",
            "read [-the Dawn report-]{+[the Dawn report](https://dawn.com/a)+} today",
        ),
    ],
)
def test_marks_come_and_go_as_a_pair_with_their_words(old, new, expected):
    assert seen(old, new) == expected
    assert len(compare(old, new).all) == 1


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "They saw a big and round ball.",
            "They saw a small and square ball.",
            "They saw a [-big and round-]{+small and square+} ball.",
        ),
        (
            "The government will spend money on new roads in the north of the country next year.",
            "Officials said the government would spend Rs 5 crore repairing roads across the north before next year.",
            (
                "[-The-]{+Officials said the+} government [-will spend money on new roads in-]"
                "{+would spend Rs 5 crore repairing roads across+} the north [-of the country-]{+before+} next year."
            ),
        ),
    ],
)
def test_small_words_between_changes_are_no_confetti(old, new, expected):
    assert seen(old, new) == expected


def test_a_figure_that_did_not_change_is_never_marked():
    assert seen("They lost 12 men.", "We found 12 boys.") == "[-They lost-]{+We found+} 12 [-men-]{+boys+}."


def test_a_headline_rewritten_stays_one_line():
    assert seen("Talks fail", "Ministers agree") == "[-Talks fail-]{+Ministers agree+}"


def test_paragraphs_that_came_and_went_are_shown_whole():
    assert seen(f"{ONE}\n\n{TWO}", f"{ONE}\n\n{THREE}\n\n{TWO}") == f"{ONE}\n{{+{THREE}+}}\n{TWO}"
    assert seen(f"{ONE}\n\n{TWO}", TWO) == f"[-{ONE}-]\n{TWO}"


def test_a_paragraph_rewritten_is_one_removed_and_one_added():
    assert seen(f"{ONE}\n\n{TWO}", f"{ONE}\n\n{THREE}") == f"{ONE}\n[-{TWO}-]\n{{+{THREE}+}}"


def test_a_moved_paragraph_is_shown_where_it_is_and_where_it_was():
    assert seen(f"{ONE}\n\n{TWO}\n\n{THREE}", f"{THREE}\n\n{ONE}\n\n{TWO}") == (
        f"(moved) {THREE}\n{ONE}\n{TWO}\n(moved away) {THREE}"
    )
    assert kinds(f"{ONE}\n\n{TWO}\n\n{THREE}", f"{THREE}\n\n{ONE}\n\n{TWO}") == ["moved"]


def test_a_moved_paragraph_is_known_though_it_was_edited_and_both_can_be_decided():
    edited = THREE.replace("any train", "40 trains")
    old, new = f"{ONE}\n\n{TWO}\n\n{THREE}", f"{edited}\n\n{ONE}\n\n{TWO}"
    assert seen(old, new).splitlines()[0] == f"(moved) {THREE[:-10]}[-any train-]{{+40 trains+}}."
    moved, words = compare(old, new).all
    assert apply(old, new, {moved.id}) == f"{THREE}\n\n{ONE}\n\n{TWO}"
    assert apply(old, new, {words.id}) == f"{ONE}\n\n{TWO}\n\n{edited}"


def test_a_paragraph_parted_in_two_is_one_change():
    sentence = "It will open in spring."
    assert seen(f"{ONE} {TWO}", f"{ONE}\n\n{TWO}") == f"{ONE}[- -]{{+\n\n+}}{TWO}"
    assert seen(f"{ONE}\n\n{TWO} {sentence}", f"{ONE} {TWO} {sentence}") == f"{ONE}[-\n\n-]{{+ +}}{TWO} {sentence}"


def test_empty_lines_that_changed_are_a_change_of_space():
    assert kinds(f"{ONE}\n\n{TWO}", f"{ONE}\n\n\n{TWO}\n") == ["space", "space"]


def test_one_change_taken_back_leaves_the_others():
    old = "The old cat sat on the mat. Then the dog came in."
    new = "The new cat sat on the mat. Then the wolf came in."
    cat, dog = compare(old, new).all
    assert apply(old, new, {cat.id}) == "The new cat sat on the mat. Then the dog came in."
    assert apply(old, new, {dog.id}) == "The old cat sat on the mat. Then the wolf came in."


def test_a_change_keeps_its_id_when_others_are_accepted_or_come():
    old = f"{ONE}\n\n{TWO}\n\n{THREE}"
    new = f"{ONE.replace('trade', 'peace')}\n\n{TWO.replace('spring', 'May')}\n\n{THREE.replace('road', 'bridge')}"
    first, second, third = (change.id for change in compare(old, new).all)
    assert [change.id for change in compare(apply(old, new, {first}), new).all] == [second, third]
    assert third in {change.id for change in compare(old, f"A new lede before it all.\n\n{new}").all}


def test_the_same_words_changed_twice_are_two_changes():
    found = compare("a red car and then a red bus", "a blue car and then a blue bus").all
    assert len({change.id for change in found}) == 2


def test_a_decision_about_a_change_that_is_gone_is_refused():
    with pytest.raises(DeskError, match="Look at the changes again"):
        apply("a b", "a c", {"0123"})


WORDS = ["The", "cat", "sat", "on", "mat", ",", ".", "Bilal", "Khan", "5 crore", "40%", "**b**", "[@a]", "اردو", "is"]
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=10).map(" ".join)
ANY = st.text("ab.* \n", max_size=30)


@st.composite
def versions(draw):
    """Two texts that share paragraphs, whole, edited and moved."""
    pool = draw(st.lists(SENTENCES, min_size=1, max_size=6))

    def text(paragraphs):
        gaps = st.sampled_from(["\n\n", "\n\n\n", "\n \n"])
        edges = st.sampled_from(["", "\n", " \n\n"])
        chosen = draw(st.lists(st.sampled_from(paragraphs), max_size=5))
        return draw(edges) + "".join(p + draw(gaps) for p in chosen[:-1]) + "".join(chosen[-1:]) + draw(edges)

    return text(pool), text(pool + draw(st.lists(SENTENCES, max_size=3)))


@given(versions() | st.tuples(ANY, ANY))
def test_nothing_accepted_is_the_old_text_and_all_of_it_the_new(texts):
    old, new = texts
    found = compare(old, new)
    assert found.text([]) == old
    assert found.text([change.id for change in found.all]) == new
    assert len({change.id for change in found.all}) == len(found.all)


@given(versions() | st.tuples(ANY, ANY), st.data())
def test_accepting_some_and_then_the_rest_gives_the_new_text(texts, data):
    old, new = texts
    for _ in range(3):
        found = compare(old, new).all
        old = apply(old, new, _some(found, data))
    rest = compare(old, new)
    assert rest.text([change.id for change in rest.all]) == new


def _some(found, data):
    return [change.id for change in found if data.draw(st.booleans())]


@given(versions(), st.data())
def test_each_accepted_change_is_in_and_each_other_is_out(texts, data):
    found = compare(*texts)
    accepted = set(_some(found.all, data))
    made = found.text(accepted)
    pieces = [
        piece.text
        for paragraph in found.paragraphs
        if paragraph.state is not State.SPACE
        and (paragraph.whole is None or (paragraph.whole.id in accepted) == (paragraph.state in IN_NEW))
        for piece in paragraph.pieces
        if piece.mark is Mark.SAME or (piece.change in accepted) == (piece.mark is Mark.ADDED)
    ]
    assert "".join(made.split()) == "".join("".join(pieces).split())


@given(versions())
def test_places_are_those_of_the_words(texts):
    old, new = texts
    for change in compare(old, new).all:
        assert old[slice(*change.old)] == change.before
        assert new[slice(*change.new)] == change.after


@given(versions())
def test_no_edge_of_a_change_is_inside_a_name_a_figure_or_a_citation(texts):
    for text, side in zip(texts, ("old", "new"), strict=True):
        edges = {edge for change in compare(*texts).all for edge in getattr(change, side)}
        for start, end in blocks.split(text).spans:
            for token in parts.tokens(text[start:end]):
                assert not edges & set(range(start + token.start + 1, start + token.end))


@given(ANY)
def test_a_text_has_not_changed_from_itself(text):
    assert compare(text, text).all == ()


@pytest.mark.parametrize("piece", ["![", "[@", "](", "[", "*a", "1,", "A. ", "Rs ", "a\n\n", "**a ", "\u0301"])
def test_a_hostile_text_is_compared_in_reasonable_time(piece):
    text = piece * 20_000
    found = compare(text, f"x{text}y")
    assert found.text([]) == text
