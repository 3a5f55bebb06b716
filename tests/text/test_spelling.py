from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clock import at_most
from ovn_desk import assets
from ovn_desk.text import spelling
from ovn_desk.text.offsets import from_utf16
from ovn_desk.text.spelling import Speller

DICTIONARIES = assets.folder() / "dictionaries"


@pytest.fixture(scope="module")
def speller():
    made = Speller()
    made.add_dictionary(DICTIONARIES, "en-GB", of="latin")
    made.add_words(spelling.listed_words((DICTIONARIES / "house-en.txt").read_text(encoding="utf-8")))
    return made


@pytest.fixture
def urdu(tmp_path):
    """A small dictionary of Urdu, made for the tests."""
    (tmp_path / "ur.aff").write_text("SET UTF-8\n", encoding="utf-8")
    (tmp_path / "ur.dic").write_text("4\nکتاب\nمحمد\nمیخواہم\nکئی\n", encoding="utf-8")
    made = Speller()
    made.add_dictionary(tmp_path, "ur", of="arabic")
    return made


def wrong(speller, line):
    return [word.text for word in spelling.misspelt_words(speller, [line])[0]]


def asked(line):
    return [word.text for word in spelling.words(line)]


@pytest.mark.parametrize(
    "line",
    [
        "Run `teh codde` now, or ``a ` b teh``.",
        "    teh codde",
        "\tteh",
        "[Dawn](https://dawn.example/teh_(wrod)/storry) wrote",
        "[Dawn][teh-wrod] wrote",
        "[teh-wrod]: https://dawn.example/storry",
        "![A train](teh_wrod.jpg)",
        "See https://exmple.pk/teh or www.exmple.pk/wrod or exmple.com.pk/teh.",
        "Write to teh.wrod@exmple.org or mailto:teh@exmple.org",
        "He said so [@dawn-teh p. 3].",
        '<span class="teh">bold</span> <!-- teh wrod --> <https://exmple.pk/teh>',
        "One&nbsp;two",
        "The 21st of x86s and 3G, B2B and COVID19",
        "PTI, JUIF, MNAs and PEMRA met the FBR",
        "By @teh_wrod on #teh and in teh_wrod and teh.pdf",
        "A pre-election, co-ordinated, un-Islamic, well-known day",
        "Tehreek-e-Insaf, Jamiat Ulema-i-Islam and Zia-ul-Haq",
        "Pakistan’s, Karachi's and the reporters' own; don’t, can't, o’clock",
        "Ten lakh rupees, two crore; the tehsil's naib nazim at a jirga in Khyber Pakhtunkhwa",
        "OpenVoiceNews' Bilal Azhar Kayani met Aghayev in GWADAR",
        "**bold** _italic_ and __strong__ words",
    ],
)
def test_what_is_no_misspelt_word_is_left_alone(speller, line):
    assert wrong(speller, line) == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Teh goverment", ["Teh", "goverment"]),
        ("**teh** _wrod_ > sppeach", ["teh", "wrod", "sppeach"]),
        ("well-knwon and anti-corruptoin", ["knwon", "corruptoin"]),
        ("Pakistann’s", ["Pakistann"]),
        ("dosn’t", ["dosn't"]),
        ("[teh wrod](https://a.example)", ["teh", "wrod"]),
        ("![A trian](train.jpg)", ["trian"]),
        ("    - an iner item", ["iner"]),
        ("GOVERMENTS", ["GOVERMENTS"]),
        ("یہ teh ہے", ["teh"]),
    ],
)
def test_a_misspelt_word_is_found_without_what_surrounds_it(speller, line, found):
    assert wrong(speller, line) == found


@given(st.text(alphabet="ab é🚆کی\u064f'’-_`*[](<>@. #", max_size=60))
def test_a_word_stands_where_it_says(line):
    last = 0
    for word in spelling.words(line):
        assert line[word.start : word.end].replace("’", "'") == word.text
        assert last <= word.start < word.end <= len(line)
        last = word.end


@given(st.lists(st.sampled_from(["teh", "🚆", "the", "“wrod”", "ق̃"]), max_size=8))
def test_places_of_misspelt_words_are_those_of_qt(speller, parts):
    line = " ".join(parts)
    for word in spelling.misspelt_words(speller, [line])[0]:
        assert line[from_utf16(line, word.start) : from_utf16(line, word.end)] == word.text


@pytest.mark.parametrize(
    "piece", ["`", "` ", "<a", "](", "](a(", "[@", "[a", "a.", "a-", "a@", "&a", "www.", "``x`", "é"]
)
def test_a_line_of_opening_marks_takes_no_longer_than_its_length(piece):
    line = piece * (spelling.LONGEST_LINE // len(piece))
    with at_most(seconds=3):
        spelling.words(line)


def test_a_line_that_is_no_prose_is_not_looked_at():
    assert asked("teh " * spelling.LONGEST_LINE) == []


@pytest.mark.parametrize("written", ["كتاب", "کتاب", "مُحَمَّد", "می\u200cخواہم", "کئی"])
def test_urdu_is_known_however_it_is_written(urdu, written):
    assert wrong(urdu, written) == []


def test_without_an_urdu_dictionary_urdu_words_are_not_checked(speller, urdu):
    line = "وزیراعظم نے کہاا"
    assert asked(line)
    assert wrong(speller, line) == []
    assert not speller.checks("ur")
    assert urdu.checks("ur")
    assert len(wrong(urdu, line)) == 3
    assert wrong(urdu, "teh wrod") == []


def test_suggestions_name_what_was_meant_and_know_the_words_of_the_house(speller):
    assert speller.suggestions("proactiv")[0] == "proactive"
    assert "Muzaffargarh" in speller.suggestions("Muzafargarh")
    assert speller.suggestions("کہاا") == []
    assert all(len(part) > 1 for said in speller.suggestions("untill") for part in said.split())


def test_a_word_that_was_added_is_known_from_then_on(tmp_path):
    speller = Speller()
    speller.add_dictionary(DICTIONARIES, "en-GB", of="latin")
    assert wrong(speller, "Zorblax") == ["Zorblax"]
    speller.add_words(["Zorblax"])
    assert wrong(speller, "Zorblax’s ZORBLAX") == []
    assert wrong(speller, "zorblax") == ["zorblax"]


def test_every_word_of_the_house_list_is_known_and_none_is_there_twice(speller):
    listed = spelling.listed_words((DICTIONARIES / "house-en.txt").read_text(encoding="utf-8"))
    assert len(listed) > 500
    assert speller.unknown_words(listed) == set()
    assert len(listed) == len(set(listed))


def test_lines_between_fences_are_code():
    text = "one\n```\nteh\n```\ntwo\n~~~py\nteh\n"
    assert spelling.fenced_lines(text) == {1, 2, 3, 5, 6, 7}
    assert spelling.fenced_lines("") == set()


def test_the_word_at_the_cursor_or_after_it_is_offered_with_suggestions(speller):
    line = "🚆 proactiv day"
    word, suggestions = spelling.suggestions_at(speller, line, 5)
    assert (word.text, word.start, word.end) == ("proactiv", 3, 11)
    assert suggestions[0] == "proactive"
    assert spelling.suggestions_at(speller, line, 0) == (word, suggestions)
    assert spelling.suggestions_at(speller, line, 13) is None


def test_the_licence_of_the_dictionary_stands_beside_it():
    assert "Kevin Atkinson" in Path(DICTIONARIES / "en-GB-LICENSE.txt").read_text(encoding="utf-8")
