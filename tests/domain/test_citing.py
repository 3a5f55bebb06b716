"""Citations as Pandoc has them, and what may not pass as one."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ovn_desk.domain.article import Content
from ovn_desk.domain.citing import citation_to_insert, citations, malformed_citations, with_keys_replaced
from ovn_desk.domain.redaction import public_keys, redact
from ovn_desk.domain.source import Source, SourceKind, Terms
from ovn_desk.text.render import render

KEY, LOCATOR = "secret-secretary", "Imran, third floor"
SECRET = Source(KEY, SourceKind.PERSON, name="Imran", terms=Terms.BACKGROUND)
OPEN = Source("board", SourceKind.DOCUMENT, name="Railway Board")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Said [@board].", [("board", "", "")]),
        ("Said [@board p. 3].", [("board", "", "p. 3")]),
        ("Said [@board, p. 3; @dawn].", [("board", "", "p. 3"), ("dawn", "", "")]),
        ("Said [see @board, pp. 1; 3; also -@dawn, 4].", [("board", "see", "pp. 1; 3"), ("dawn", "also", "4")]),
        ("Said [-@board].", [("board", "", "")]),
        ("Said [compare, in part; @board].", [("board", "compare, in part;", "")]),
        ("سڑک [دیکھیں @board، ص 3].", [("board", "دیکھیں", "، ص 3")]),
        ("Said [see @board](https://x.example).", []),
        ("Write to [rana@post.example] or \\[\\@board].", []),
        ("Said [@board\np. 3].", []),
    ],
)
def test_citations_are_read_as_pandoc_reads_them(text, found):
    assert [(one.key, one.prefix, one.locator) for one in citations(text)] == found


def test_each_part_has_its_place():
    text = "Fares [see @board, p. 3; @dawn] rose."
    one, two = citations(text)
    assert text[one.start : one.end] + ";" + text[two.start : two.end] == "[see @board, p. 3; @dawn]"
    assert text[one.key_start :].startswith("board,") and text[two.key_start :].startswith("dawn]")  # noqa: PT018


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[@board is open", "[@"),
        ("[@ board]", "[@"),
        ("As @board says.", "@board"),
        ("[@dawn and @board]", "@board"),
        ("[see @board](https://x.example)", "@board"),
        ("[@board,\np. 3]", "[@"),
        ("[@dawn [@board]", "[@"),
    ],
)
def test_what_is_no_whole_citation_is_found(text, shown):
    assert [text[start:end] for start, end in malformed_citations(text, {"board"})] == [shown]


@pytest.mark.parametrize(
    "text", ["[@board]", "@ovnews on the air", "rana@board.example", "\\@board", "[-@board; @dawn]"]
)
def test_what_is_whole_or_names_no_source_is_left_alone(text):
    assert list(malformed_citations(text, {"board"})) == []


FORMS = [
    f"[@{KEY}]",
    f"[@{KEY}, {LOCATOR}]",
    f"[@board; @{KEY}]",
    f"[@{KEY}, {LOCATOR}; @board]",
    f"[@board, p. 3; see {LOCATOR} @{KEY}, {LOCATOR}]",
    f"[-@{KEY}]",
    f"[{LOCATOR} @{KEY}]",
    f"[@{KEY}; @{KEY}, {LOCATOR}]",
]
LOOSE = [f"@{KEY}", f"[@board and @{KEY}]", f"[@{KEY} left open", f"`[@{KEY}]`", f"[see @{KEY}](https://x.example)"]


@pytest.mark.parametrize("form", FORMS)
def test_no_form_of_citation_carries_a_withheld_key_or_what_is_said_of_it(form):
    shown = redact(Content(body=f"The board [@board] met {form}.", sources=(OPEN, SECRET)))
    html = render(shown.body, [source.key for source in shown.sources]).html
    for word in (KEY, "Imran", "third floor"):
        assert word not in shown.body
        assert word not in html
    assert "ovn-unknown-source" not in html


@pytest.mark.parametrize("form", LOOSE)
def test_a_withheld_key_that_is_named_otherwise_is_replaced_too_and_stops_approval(form):
    content = Content(body=f"The board [@board] met [@{KEY}].\n\nThen {form}.", sources=(OPEN, SECRET))
    assert KEY not in redact(content).body
    if not form.startswith("`"):
        assert list(malformed_citations(content.body, {KEY}))


def test_a_source_cited_beside_another_counts_as_cited():
    content = Content(body=f"Met [@board; @{KEY}].", sources=(OPEN, SECRET))
    assert public_keys(content) == {"board": "board", KEY: "withheld-1"}


def test_several_sources_are_several_numbers():
    html = render("Met [see @a, p. 3; -@b]. Again [@b].", ["a", "b"]).html
    assert html.count("<sup") == 3
    assert 'aria-label="Source 1, see, p. 3">1</a>' in html
    assert 'id="ovn-cite-2-2"' in html


def test_where_one_of_several_is_unknown_all_stand_as_they_were_written():
    html = render("Met [@a; @nobody, <b>p. 3].", ["a"]).html
    assert 'Met <span class="ovn-unknown-source">[@a; @nobody, &lt;b&gt;p. 3]</span>.' in html


def test_an_escaped_at_is_an_at():
    assert render("Write to \\@ovnews.", []).html == '<p dir="ltr" lang="en">Write to @ovnews.</p>'


@given(st.text(alphabet="[]@;-, \nab(c)\\", max_size=60))
def test_no_writing_of_brackets_lets_a_withheld_key_through(text):
    made = with_keys_replaced(text.replace("@a", f"@{KEY}"), {KEY: "withheld-1"})
    assert not re.search(rf"@{KEY}(?![A-Za-z0-9_-])", made)


@pytest.mark.parametrize(
    ("cited", "expected"),
    [
        ("|", "[@k]"),
        ("Dry|", "Dry [@k]"),
        ("Dry |", "Dry [@k]"),
        ("Dry.|", "Dry [@k]."),
        ("In 2025.|", "In 2025 [@k]."),
        ("Dry?!|", "Dry [@k]?!"),
        ("Dry…| Next.", "Dry [@k]… Next."),
        ("Dry [@a].|", "Dry [@a] [@k]."),
        ("Dry. |Next", "Dry. [@k] Next"),
        ("7 days| of rain", "7 days [@k] of rain"),
        ("3.|5 per cent", "3. [@k] 5 per cent"),
        ("1.|", "1. [@k]"),
        ("- |", "- [@k]"),
        ("(|", "([@k]"),
        ("“no water|,” she said.", "“no water,” [@k] she said."),
        ("“no water|”, she said.", "“no water” [@k], she said."),
        ("She said “no water|.”", "She said “no water.” [@k]"),
        ("She said “no water.|”", "She said “no water.” [@k]"),
        ("She said “no water.”|", "She said “no water.” [@k]"),
        ("She said “no water”.|", "She said “no water” [@k]."),
        ('"no water|," she said', '"no water," [@k] she said'),
        ("«no water|» she said", "«no water» [@k] she said"),
        ("‘no water|,’ she said", "‘no water,’ [@k] she said"),
        ("**“no water|”** she said", "**“no water”** [@k] she said"),
        ("She said |“no water”", "She said [@k]“no water”"),
        ("Kara|chi's wells", "Karachi [@k]'s wells"),
        ("پا|نی نہیں", "پانی [@k] نہیں"),
        ("She said:|", "She said [@k]:"),
        ("Karachi|'s wells", "Karachi [@k]'s wells"),
        ("پانی نہیں۔|", "پانی نہیں [@k]۔"),
        ("کیا پانی ہے؟|", "کیا پانی ہے [@k]؟"),
        ("”پانی نہیں|“، اس نے کہا۔", "”پانی نہیں“ [@k]، اس نے کہا۔"),
        ("“پانی نہیں|،” اس نے کہا۔", "“پانی نہیں،” [@k] اس نے کہا۔"),
        ("اس نے کہا «پانی نہیں|۔»", "اس نے کہا «پانی نہیں۔» [@k]"),
        ("| 5| | 6 |", "| 5 [@k] | 6 |"),
    ],
)
def test_a_citation_is_set_where_it_belongs(cited, expected):
    at = 3 if cited.startswith("| 5") else cited.index("|")
    line = cited[:at] + cited[at + 1 :]
    place, words = citation_to_insert(line, at, "k")
    assert line[:place] + words + line[place:] == expected


PIECES = st.lists(st.sampled_from([*"ab7 .,”“\"'«»?…۔،؟()*[]", "پانی", "🚆", "[@a]"]), max_size=12).map("".join)


@given(line=PIECES, at=st.integers(0, 40))
def test_setting_a_citation_changes_no_other_word_and_keeps_every_citation(line, at):
    place, words = citation_to_insert(line, min(at, len(line)), "k")
    assert words.strip() == "[@k]"
    whole = line[:place] + words + line[place:]
    assert whole.replace(words, "", 1) == line
    assert line[place : place + 1] not in {*".!?…۔؟"} or line[:place][-1:] not in {*".!?…۔؟"}
