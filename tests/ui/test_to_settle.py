"""The one count of what is to be settled: the same in the list, the status bar, on the tab, in Details and Evidence."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QPushButton

from make import DAWN
from ovn_desk.domain.evidence import Reply
from ovn_desk.domain.workflow import Step
from ovn_desk.usecases import commenting

QUOTED = "“We will build every metre of it ourselves,” the minister said."
FIGURE = "The ministry spent $2 billion on rails."
ARTICLES = {
    "in order": {},
    "nothing but a headline": {"body": "", "standfirst": "", "category": "", "byline": "", "sources": ()},
    "nothing at all": {"headline": "", "body": "", "standfirst": "", "category": "", "sources": ()},
    "claims alone": {"body": f"{FIGURE}\n\n{QUOTED}"},
    "claims and fields": {"body": f"{FIGURE}\n\n{QUOTED}\n\n{FIGURE} [@gone]", "category": "", "byline": ""},
    "a claim in the headline": {"headline": "Ministry spent $3 billion", "byline": ""},
    "a citation that is not whole": {"body": "The groups meet in July @dawn-rail. ![](image:none) TK"},
    "a reply nobody asked for": {"replies": (Reply("The ministry"),), "body": FIGURE},
    "many": {"body": "\n\n".join(f"They counted {number},000 cows in a year." for number in range(1, 40))},
}


def show(qtbot, window, article):
    window.features.articles.open(article)
    checks = window.panes.checks
    qtbot.waitUntil(lambda: checks.article == article and checks.content == window.workspace.text.content)


def first_number(text):
    found = re.search(r"\d+", text)
    return int(found[0]) if found else 0


def chip(window, article):
    pane = window.panes.articles
    return pane.texts.make(pane.model.line(pane.model.place_of(article))).badge


def evidence_groups(window):
    tree = window.panes.evidence.tree
    titles = [tree.topLevelItem(row).text(0) for row in range(tree.topLevelItemCount())]
    open_ones = ("Without a source", "Not as in", "From another", "Cited, without", "Also to settle")
    return sum(int(title.rsplit(None, 1)[1]) for title in titles if title.startswith(open_ones))


def shown(window, article):
    """What each place says."""
    panes = window.panes
    status = panes.status_bar.to_settle
    return {
        "list": first_number(chip(window, article)),
        "status bar": first_number(status.text()) if status.isVisible() else 0,
        "tab": first_number(panes.inspector.tabText(1)),
        "Evidence": evidence_groups(window),
    }


@pytest.mark.parametrize("name", ARTICLES)
def test_every_place_shows_the_same_count(qtbot, window, desk, name):
    article = desk.draft(**{"sources": (DAWN,), **ARTICLES[name]})
    show(qtbot, window, article)
    counted = shown(window, article)
    assert len(set(counted.values())) == 1, counted
    model = window.panes.articles.model
    in_the_list = model.line(model.place_of(article)).row.problems
    assert in_the_list == counted["list"]  # another desk's list, where it is not open


def test_changes_of_the_desk_that_wait_count_in_every_place_also_where_the_story_is_not_open(qtbot, window, desk):
    article = desk.in_review(body=FIGURE)
    desk.edit(article, body=FIGURE.replace("said", "said on Monday") + "\n\nA second paragraph.")
    desk.step(article, Step.SEND_BACK, desk.editor, reason="Look at my changes.")
    show(qtbot, window, article)
    counted = shown(window, article)
    assert set(counted.values()) == {counted["list"]}
    assert window.panes.checks.to_settle > sum(one.blocks for one in window.panes.checks.latest.claims)
    model = window.panes.articles.model
    assert model.line(model.place_of(article)).row.problems == counted["list"]


def test_what_is_typed_changes_the_count_in_every_place_before_it_is_a_version(qtbot, window, desk):
    article = desk.draft()
    show(qtbot, window, article)
    assert set(shown(window, article).values()) == {0}
    editor = window.panes.writing.editor
    editor.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(editor, f" {FIGURE} He got 14 cows.")
    qtbot.waitUntil(lambda: window.panes.checks.to_settle == 2)
    assert set(shown(window, article).values()) == {2}


def test_each_comment_that_must_be_settled_counts_one_in_every_place_and_in_the_review(qtbot, window, desk):
    article = desk.draft(body=FIGURE)
    for words in ("Which year?", "Who says so?"):
        commenting.comment(desk.store, article, words, by=desk.editor, must_fix=True)
    show(qtbot, window, article)
    qtbot.waitUntil(lambda: window.panes.checks.to_settle == 3)
    counted = shown(window, article)
    assert {counted[name] for name in ("list", "status bar", "tab", "Evidence")} == {3}
    rows = [row.words for row in window.panes.review_side.approval._find_rows()]
    assert "2 comments must be resolved" in rows


def test_the_count_in_the_status_bar_leads_to_the_list_of_it(qtbot, window, desk):
    show(qtbot, window, desk.draft(body=FIGURE))
    window.activateWindow()
    qtbot.mouseClick(window.panes.status_bar.to_settle, Qt.MouseButton.LeftButton)
    first = window.panes.details.to_settle.rows[0].link
    qtbot.waitUntil(lambda: QApplication.focusWidget() is first)
    assert first.isVisible()


@pytest.mark.parametrize(
    ("answer", "mended"),
    [
        ("Make paragraphs", "One line.\n\nAnother.\n\nA third."),
        ("Keep the line breaks", "One line.  \nAnother.  \nA third."),
    ],
)
def test_lines_that_run_together_are_named_before_filing_and_parted_by_the_line(qtbot, window, desk, answer, mended):
    show(qtbot, window, desk.draft(body="", sources=()))
    editor = window.panes.writing.editor
    editor.setFocus()
    for line in ("One line.", "Another.", "A third."):
        qtbot.keyClicks(editor, line)
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.keyClick(editor, Qt.Key.Key_Backspace)
    details, bar = window.panes.details, window.panes.bar
    row = "Lines of 1 paragraph run together on the page"

    def links():
        return [one.link for one in details.to_settle.rows if one.places and one.link.accessibleName().startswith(row)]

    qtbot.waitUntil(lambda: len(links()) == 1)
    qtbot.mouseClick(links()[0], Qt.MouseButton.LeftButton)
    assert editor.selected_text() == "One line.\nAnother.\nA third."
    button = next(one for one in bar.findChildren(QPushButton) if one.text() == answer)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert editor.text() == mended
    assert not editor.textCursor().hasSelection()
    editor.undo()
    assert editor.text() == "One line.\nAnother.\nA third."
    qtbot.waitUntil(lambda: window.panes.checks.content.body == editor.text())


def test_a_line_that_goes_on_on_the_page_has_a_quiet_sign_while_one_writes(qtbot, window, desk):
    show(qtbot, window, desk.draft(body="The groups met.\n\nThey met again."))
    editor, margin = window.panes.writing.editor, window.panes.writing.margin
    qtbot.waitUntil(lambda: margin._signs.get("lines") == [])
    editor.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.keyClicks(editor, "In July.")
    qtbot.waitUntil(lambda: len(margin._signs["lines"]) == 1)
    (sign,) = margin._signs["lines"]
    assert sign.is_ring
    assert "goes on in this paragraph" in sign.words
    assert sign.cursor.blockNumber() == 2
    margin.chosen.emit(sign)
    assert window.panes.bar.text == "These lines run on as one paragraph on the page."
    window.panes.bar._give(0)
    qtbot.waitUntil(lambda: margin._signs["lines"] == [])
