"""A table's lines: what an empty one is on the page, and where the cells of a row are."""

import pytest

from ovn_desk.domain.article import Content
from ovn_desk.text import claims, tables
from ovn_desk.text.render import render


@pytest.mark.parametrize("rows", [2, 3, 8])
@pytest.mark.parametrize("columns", [1, 3, 6])
@pytest.mark.parametrize("language", ["en", "ur"])
def test_an_empty_table_is_one_on_the_page_and_claims_nothing(rows, columns, language):
    text, place = tables.empty_table(rows, columns, language=language)
    written = f"Before.\n\n{text[:place]}Dry pumps{text[place:]}\n\nAfter."
    page = render(written).html
    assert page.count("<th ") == columns
    assert page.count("<tr>") == rows
    assert ">Dry pumps</caption>" in page
    assert not claims.find(Content(body=written))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("| a | b c |", ["a", "b c"]),
        ("a | b", ["a", "b"]),
        ("|  |  |", ["", ""]),
        (r"| a \| b | c |", [r"a \| b", "c"]),
        ("  | پانی | ۴۰ |  ", ["پانی", "۴۰"]),
        ("no row", []),
    ],
)
def test_the_cells_of_a_row_are_between_its_bars(line, words):
    assert [line[slice(*tables.words_of_cell(line, number))] for number in range(len(tables.cells(line)))] == words


@pytest.mark.parametrize("line", ["|---|---|", "| :-- | --: |", "---|---", "|-|"])
def test_hyphens_below_a_head(line):
    assert tables.is_delimiter(line)


@pytest.mark.parametrize("line", ["---", "| a | - |", "", "|", "-" * 5000 + "x", "|" + " -" * 3000])
def test_what_is_no_line_of_hyphens(line):
    assert not tables.is_delimiter(line)
