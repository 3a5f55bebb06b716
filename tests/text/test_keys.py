import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ovn_desk.text import finding, keys, offsets
from ovn_desk.text.render import render


@given(st.text(max_size=40), st.integers(0, 40))
def test_places_go_to_qt_and_back(text, place):
    place = min(place, len(text))
    assert offsets.from_utf16(text, offsets.to_utf16(text, place)) == place
    assert offsets.utf16_length(text) == offsets.to_utf16(text, len(text))


@given(st.lists(st.sampled_from(["1. a", "7. b", "    1. c", "text", "- d"]), max_size=8))
def test_numbering_on_twice_is_numbering_on_once(lines):
    once = keys.renumber_items(lines)
    assert keys.renumber_items(once) == once
    assert [line.lstrip("0123456789 ") for line in once] == [line.lstrip("0123456789 ") for line in lines]


@pytest.mark.parametrize(
    ("above", "line", "written"),
    [
        ("", "plain|", "plain\n|"),
        ("", "pl|ain", "pl\n|ain"),
        ("", "|", "\n|"),
        ("", "# Head|", "# Head\n|"),
        ("", "- one|", "- one\n- |"),
        ("", "- o|ne", "- o\n- |ne"),
        ("", "|- one", "\n|- one"),
        ("", "-| one", "\n-| one"),
        ("", "3) one|", "3) one\n4) |"),
        ("", "> said|", "> said\n> |"),
        ("", "> - said|", "> - said\n> - |"),
        ("", "    * in|", "    * in\n    * |"),
        ("", "- |", "|"),
        ("- one", "- |", "\n|"),
        ("- one", "    - |", "- |"),
        ("> said", "> |", "\n|"),
        ("> - one", "> - |", ">\n> |"),
        ("- one  ", "  more|", "  more\n- |"),
        ("1. one  ", "   more|", "   more\n2. |"),
        ("one", "  more|", "  more\n|"),
        ("", "-no list|", "-no list\n|"),
        ("", "- - -|", "- - -\n|"),
        ("", "![a](image:b)|", "![a](image:b)\n\n|"),
        ("", "|![a](image:b)", "\n\n|![a](image:b)"),
        ("", "See ![a](image:b)|", "See ![a](image:b)\n|"),
    ],
)
def test_enter_goes_on_as_its_line_does(above, line, written):
    at = line.index("|")
    line = line.replace("|", "")
    meant = keys.enter_key(line, at, above=[above] if above else [])
    before = line[:at] if meant.since is None else line[: meant.since]
    assert f"{before}{meant.put}|{line[at:]}" == written


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("one|", "one  \n|"),
        ("one |two", "one  \n|two"),
        ("one   |", "one   \n|"),
        ("|", "\n|"),
        ("|one", "\n|one"),
        ("- one|", "- one  \n  |"),
        ("10. one|", "10. one  \n    |"),
        ("  more|", "  more  \n  |"),
        ("> said|", "> said  \n> |"),
        ("> - said|", "> - said  \n>   |"),
        ("- |", "- \n|"),
        ("## Head|", "## Head\n|"),
        ("![a](image:b)|", "![a](image:b)\n|"),
        ("`code|", "`code\n|"),
    ],
)
def test_shift_enter_breaks_the_line_of_the_same_paragraph(line, written):
    at = line.index("|")
    line = line.replace("|", "")
    assert f"{line[:at]}{keys.line_break(line, at)}|{line[at:]}" == written


@pytest.mark.parametrize(
    "text", ["one", "- one", "10. one", "> said", "> - said", "- one\n    - in", "Dawn نے کہا", "\u200fپاکستان"]
)
def test_readers_see_line_breaks_in_one_paragraph(text):
    for more in ("two", "three"):
        *above, line = text.split("\n")
        text += keys.line_break(line, len(line), above=above[::-1]) + more
    html = render(text).html
    assert re.search(r"[^>]<br>\s*two<br>\s*three</", html), html


@given(
    st.text(alphabet="abc .\n*(", max_size=30), st.text(alphabet="abc.*(", min_size=1, max_size=3), st.text(max_size=4)
)
def test_replacing_plain_words_is_what_python_does(text, words, by):
    query = finding.Query(words, is_case_kept=True)
    changed = text
    for start, end, new in reversed(finding.replacements(text, query, by, finding.matches(text, query))):
        changed = changed[:start] + new + changed[end:]
    assert changed == text.replace(words, by)
