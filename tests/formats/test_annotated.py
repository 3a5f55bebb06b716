"""The annotated copy is read by people who know no Markdown: words and numbers, no marks."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from make import DAWN, HOUSE, content
from ovn_desk.domain.house_file import read_house
from ovn_desk.domain.image import Image
from ovn_desk.domain.source import Source
from ovn_desk.formats import annotated
from ovn_desk.usecases import checking

HOUSE_READ = read_house(HOUSE)
SOURCES = (DAWN, Source("board", name="Water board"))
IMAGES = (Image("pump", caption="A pump in Thatta", credit="Ali Raza"),)


def lines_of(body):
    """What stands in the column of the text, line by line, and the notes beside it."""
    made = content(body=body, sources=SOURCES, images=IMAGES)
    page = annotated.write(made, checking.check_content(made, HOUSE_READ).claims, HOUSE_READ, made_at="today")
    cells = re.findall(r'<td class="text[^"]*">(.*?)</td>', page)
    notes = re.findall(r'<td class="notes"[^>]*>(.*?)</td>', page)
    return [unescape(re.sub(r"<[^>]*>", "", cell)) for cell in cells], notes


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("It runs [@board].", "It runs [2]."),
        ("It runs [@dawn-rail, p. 3; see @board].", "It runs [1, p. 3; see 2]."),
        ("It runs [@gone].", "It runs [@gone]."),
        ("![](image:pump)", "[Picture: A pump in Thatta]"),
        ("## The **pumps**", "The pumps"),
        ("- *one*", "• one"),
        ("> Words. [@board]", "Words. [2]"),
        ("See [the plan](https://dawn.com/a).", "See the plan (https://dawn.com/a)."),
        ("Five \\* four, snake_case and 2 * 3", "Five * four, snake_case and 2 * 3"),
        ("Line  ", "Line"),
        ("پانی **نہیں** [@board]۔", "پانی نہیں [2]۔"),
    ],
)
def test_marks_are_shown_as_what_they_mean(written, shown):
    assert lines_of(written)[0] == [shown]


def test_a_table_has_no_line_of_hyphens():
    assert lines_of("| a | b |\n|---|---|\n| 1 | 2 |")[0] == ["| a | b |", "| 1 | 2 |"]


PIECES = [
    " **Half of the pumps** failed",
    " in May [@board].",
    " “We go at dawn,” he said.",
    "\n\n",
    "\n",
    " *Rs5*",
    "\n- 12%",
    " `x`",
]


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_every_word_and_every_claim_stands_in_it_once(body):
    shown, notes = lines_of(body)
    written = re.sub(r"\[@board\]", "[2]", re.sub(r"(?m)^- ", "• ", body))
    assert re.findall(r"[\w%“”,.•]+", " ".join(shown)) == re.findall(r"[\w%“”,.•]+", written)
    assert "*" not in "".join(shown)
    made = content(body=body, sources=SOURCES)
    claims = [
        one for one in checking.check_content(made, HOUSE_READ).claims if one.claim.kind in {"quotation", "figure"}
    ]
    in_body = [one for one in claims if one.claim.field == "body"]
    assert "".join(notes).count("<p>") == len(in_body)
