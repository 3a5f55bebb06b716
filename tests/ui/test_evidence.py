"""Claims, style and fairness in the window."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QCursor, QTextCursor, QTextLayout
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton

from make import DAWN
from ovn_desk.domain.evidence import Reply, WaiverKind
from ovn_desk.domain.house import Role
from ovn_desk.domain.source import SourceKind
from ovn_desk.domain.verification import ClaimStatus, Status
from ovn_desk.ui.dialogs.house import HouseDialog
from ovn_desk.ui.inspector.evidence.rows import NOTE
from ovn_desk.ui.inspector.fairness import ReplyRow
from ovn_desk.ui.widgets.link_row import LinkRow
from ovn_desk.usecases import publishing

BODY = (
    "The ministry spent $2 billion on rails.\n\n"
    "“We will build every metre of it ourselves,” the minister said, as reported by Dawn [@dawn-rail].\n\n"
    "For conservative audiences, this matters."
)
NAMED = replace(DAWN, excerpts=("“We will build all of it ourselves,” he said.",))


def opened(qtbot, window, desk, **changes):
    article = desk.draft(**{"body": BODY, "sources": (NAMED,), **changes})
    with qtbot.waitSignal(window.panes.checks.changed, timeout=10_000):
        window.features.articles.open(article)
    qtbot.waitUntil(lambda: window.panes.checks.content.body == window.workspace.text.content.body)
    window.panes.inspector.show_tab("evidence")
    return article


def statuses(window):
    return {one.claim.words[:10]: one.status for one in window.panes.checks.latest.claims if one.blocks}


def answer(qtbot, window, words):
    qtbot.keyClicks(window.panes.bar.field, words)
    qtbot.keyClick(window.panes.bar.field, Qt.Key.Key_Return)


def test_the_meter_counts_what_rests_on_something(qtbot, window, desk):
    opened(qtbot, window, desk)
    assert window.panes.checks.claim_counts == (0, 2)
    assert "0 / 2" in window.panes.status_bar._claims.text()
    assert window.panes.inspector.tabText(1) == "Evidence 2"


def test_f7_goes_from_one_unsettled_place_to_the_next_and_round(qtbot, window, desk):
    opened(qtbot, window, desk)
    qtbot.waitUntil(lambda: len(window.panes.writing.editor.extraSelections()) >= 3)
    window.panes.writing.editor.moveCursor(QTextCursor.MoveOperation.Start)
    lines = []
    for _ in range(4):
        window.features.claims.go(1)
        lines.append(window.panes.writing.editor.textCursor().blockNumber())
    assert lines == [0, 2, 4, 0]


def test_a_claim_is_waived_with_a_reason_and_the_waiver_taken_back(qtbot, window, desk):
    opened(qtbot, window, desk)
    money = next(one for one in window.panes.checks.latest.claims if one.claim.words == "$2 billion")
    window.panes.evidence.select(money)
    window.panes.evidence.ask_to_waive(money, WaiverKind.COMMON_KNOWLEDGE)
    answer(qtbot, window, "It is in the budget.")
    qtbot.waitUntil(lambda: "$2 billion" not in statuses(window))
    waiver = window.workspace.text.content.waivers[0]
    assert (waiver.by, waiver.reason) == ("Rana Malik", "It is in the budget.")
    waived = next(one for one in window.panes.checks.latest.claims if one.status is Status.WAIVED)
    window.panes.checks.take_back(waived)
    qtbot.waitUntil(lambda: "$2 billion" in statuses(window))


def test_a_waiver_without_a_reason_asks_again(qtbot, window, desk):
    opened(qtbot, window, desk)
    money = next(one for one in window.panes.checks.latest.claims if one.claim.words == "$2 billion")
    window.panes.evidence.ask_to_waive(money, WaiverKind.NOT_FACTUAL)
    qtbot.keyClick(window.panes.bar.field, Qt.Key.Key_Return)
    assert window.panes.bar.isVisible()
    assert window.workspace.text.content.waivers == ()


def test_a_waiver_is_gone_when_its_sentence_changes(qtbot, window, desk):
    opened(qtbot, window, desk)
    money = next(one for one in window.panes.checks.latest.claims if one.claim.words == "$2 billion")
    window.panes.checks.waive(money, WaiverKind.NOT_FACTUAL, "why")
    qtbot.waitUntil(lambda: "$2 billion" not in statuses(window))
    window.workspace.text.edit(body=BODY.replace("on rails", "on roads"))
    qtbot.waitUntil(lambda: "$2 billion" in statuses(window))


def test_a_quotation_and_its_excerpt_are_laid_over_each_other(qtbot, window, desk):
    opened(qtbot, window, desk)
    quotation = next(one for one in window.panes.checks.latest.claims if one.status is Status.DIFFERS)
    window.panes.evidence.select(quotation)
    shown = window.panes.evidence.card._compared.text()
    assert "every metre" in shown
    assert "In the excerpt" in shown


def test_the_panel_reads_as_the_text_does_while_it_is_typed(qtbot, window, desk):
    opened(qtbot, window, desk)
    window.panes.writing.editor.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(window.panes.writing.editor, " Some 40% agreed.")
    qtbot.waitUntil(lambda: "40%" in statuses(window), timeout=10_000)


def test_advice_on_style_is_ignored_with_a_reason(qtbot, window, desk):
    opened(qtbot, window, desk)
    finding = next(found for found in window.panes.checks.latest.findings if "conservative" in found.words.lower())
    window.panes.evidence.ask_to_ignore(finding)
    answer(qtbot, window, "It is the name of a poll.")
    qtbot.waitUntil(lambda: finding.rule not in {found.rule for found in window.panes.checks.latest.findings})


def test_only_a_chief_switches_a_rule_off_and_the_house_file_says_so(qtbot, window, desk, space):
    opened(qtbot, window, desk)
    finding = window.panes.checks.latest.findings[0]
    window.features.claims.switch_rule_off(finding.rule)
    assert "Only a chief" in window.panes.bar.text
    space.article.switch_person(desk.chief.person)
    window.features.claims.switch_rule_off(finding.rule)
    qtbot.waitUntil(lambda: finding.rule not in {found.rule for found in window.panes.checks.latest.findings})
    assert finding.rule in space.session.house.text


def test_a_mistake_in_the_house_file_is_named_and_can_not_be_kept(qtbot, window, desk, space):
    space.article.switch_person(desk.chief.person)
    dialog = HouseDialog(space.session, window)
    qtbot.addWidget(dialog)
    dialog.text.setPlainText(space.session.house.text.replace('key = "politics"', "key = 7"))
    dialog.check()
    assert "line" in dialog.verdict.text()
    assert not dialog.buttons.button(dialog.buttons.StandardButton.Save).isEnabled()
    dialog.text.setPlainText(space.session.house.text.replace("The Testing Post", "The Other Post"))
    dialog.check()
    dialog.buttons.accepted.emit()
    assert space.session.house.name == "The Other Post"
    assert space.session.person.role is Role.CHIEF


def test_the_house_dialog_says_how_many_stories_lose_their_section(qtbot, window, desk, space, tmp_path):
    desk.approved(headline="Live")
    publishing.export(
        desk.store, publishing.ExportRequest(None, tmp_path / "site"), by=desk.editor, renderer=desk.renderer
    )
    dialog = HouseDialog(space.session, window)
    qtbot.addWidget(dialog)
    dialog.text.setPlainText(space.session.house.text.replace('key = "politics"', 'key = "state"'))
    dialog.check()
    assert "1 story that readers have would be in no section" in dialog.verdict.text()
    assert dialog.verdict.property("chip") == "warn"
    dialog.text.setPlainText(space.session.house.text.replace('key = "politics"', 'key = "state"\nwas = ["politics"]'))
    dialog.check()
    assert "1 story that readers have will be in “state”" in dialog.verdict.text()
    assert dialog.verdict.property("chip") == "calm"


def test_somebody_who_was_asked_stands_in_a_row(qtbot, window, desk, space):
    opened(qtbot, window, desk)
    fairness = window.panes.evidence.fairness
    fairness.add.click()
    qtbot.keyClicks(fairness.form.fields["name"], "Ministry of Railways")
    qtbot.keyClicks(fairness.form.fields["asked_at"], "2025-07-20")
    qtbot.keyClick(fairness.form.fields["name"], Qt.Key.Key_Return)
    assert space.text.content.replies == (Reply(name="Ministry of Railways", asked_at="2025-07-20"),)


def test_a_renamed_source_takes_its_citations_along_and_undo_brings_them_back(qtbot, window, desk, space):
    opened(qtbot, window, desk)
    window.features.sources.open("dawn-rail")
    fields = window.panes.details.sources.editing.sheet.parts.fields
    fields.lines["key"].setText("dawn")
    qtbot.keyClick(fields.lines["name"], Qt.Key.Key_Return)
    assert "[@dawn]" in window.panes.writing.editor.text()
    assert "[@dawn-rail]" not in window.panes.writing.editor.text()
    window.panes.writing.editor.undo()
    assert "[@dawn-rail]" in window.panes.writing.editor.text()


def test_a_citation_is_completed_as_it_is_typed(qtbot, window, desk):
    opened(qtbot, window, desk)
    window.panes.writing.editor.setFocus()
    window.panes.writing.editor.moveCursor(QTextCursor.MoveOperation.Start)
    window.panes.writing.editor.insert("🚆🚆 ")
    qtbot.keyClicks(window.panes.writing.editor, "[@da")
    completion = window.panes.writing.completion
    qtbot.waitUntil(completion.list.isVisible)
    qtbot.keyClick(window.panes.writing.editor, Qt.Key.Key_Return)
    assert window.panes.writing.editor.text().startswith("🚆🚆 [@dawn-rail]")
    assert not completion.list.isVisible()


def test_the_annotated_copy_is_saved_as_a_pdf_to_print_and_as_a_page(qtbot, window, desk, tmp_path, monkeypatch):
    opened(qtbot, window, desk)
    for name in ("copy.pdf", "copy.html"):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, to=tmp_path / name: (str(to), ""))
        window.features.claims.save_annotated_copy()
        qtbot.waitUntil((tmp_path / name).exists, timeout=30_000)
    pdf = QPdfDocument(window)
    assert pdf.load(str(tmp_path / "copy.pdf")) is QPdfDocument.Error.None_
    size = pdf.pagePointSize(0)
    assert (size.width(), size.height()) == pytest.approx((595, 842), abs=2)
    said = " ".join(pdf.getAllText(0).text().split())
    assert "The ministry spent $2 billion on rails." in said
    assert "We will build all of it ourselves" in said
    assert "We will build all of it ourselves" in (tmp_path / "copy.html").read_text(encoding="utf-8")


def test_of_a_thousand_problems_details_shows_the_first_and_says_how_many_more(qtbot, window, desk, space):
    body = "\n\n".join(f"They counted {number} trains in the yard." for number in range(1001, 1401))
    window.features.articles.open(desk.draft(body=body, sources=()))
    qtbot.waitUntil(lambda: len(window.panes.checks.latest.problems) >= 400)
    row = window.panes.details.to_settle.rows[0]
    assert row.link.accessibleName() == "399 figures have no source"
    row.fold.click()
    assert len(row.findChildren(LinkRow)) < 40
    assert any("more, in the text and under Evidence" in label.text() for label in row.findChildren(QLabel))


def row_of(window, words):
    tree = window.panes.evidence.tree
    groups = (tree.topLevelItem(number) for number in range(tree.topLevelItemCount()))
    rows = (group.child(number) for group in groups for number in range(group.childCount()))
    return next(row for row in rows if row.text(0).startswith(words))


def click_action(qtbot, window, words):
    """A click on what stands at the end of a row's second line."""
    tree, row = window.panes.evidence.tree, row_of(window, words)
    tree.scrollToItem(row)
    box = tree.visualItemRect(row)
    place = box.bottomRight() - QPoint(24, 12)
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_row_leads_to_its_place_and_its_action_does_what_it_says(qtbot, window, desk):
    opened(qtbot, window, desk)
    tree, row = window.panes.evidence.tree, row_of(window, "$2 billion")
    editor = window.panes.writing.editor
    editor.moveCursor(QTextCursor.MoveOperation.End)
    tree.scrollToItem(row)
    box = tree.visualItemRect(row)
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=box.topLeft() + QPoint(20, 10))
    assert editor.textCursor().blockNumber() == 0
    assert not window.palette_box.isVisible()
    click_action(qtbot, window, "$2 billion")
    assert window.palette_box.isVisible()
    assert window.palette_box.field.text() == "@"
    qtbot.keyClick(window.palette_box.field, Qt.Key.Key_Return)
    assert editor.text().startswith("The ministry spent $2 billion on rails [@dawn-rail].\n")


def test_what_differs_is_compared_by_its_action(qtbot, window, desk):
    opened(qtbot, window, desk)
    window.panes.evidence.select(None)
    click_action(qtbot, window, "We will build")
    card = window.panes.evidence.card
    assert card.isVisible()
    assert card.item.status is Status.DIFFERS
    assert "Keep it as it is…" in [button.text() for button in card._buttons]


@pytest.mark.parametrize("width", [280, 300, 340, 700])
def test_the_card_stands_whole_below_its_row(qtbot, window, desk, width):
    opened(qtbot, window, desk)
    pane = window.panes.evidence
    pane.setParent(None)
    qtbot.addWidget(pane)
    pane.resize(width, 500)
    pane.show()
    items = [item for row in pane._rows() if (item := row.data(0, Qt.ItemDataRole.UserRole))]
    assert len(items) >= 3
    for one in items:
        pane.select(one)
        qtbot.waitUntil(lambda: pane.card.height() >= pane.card.heightForWidth(pane.card.width()))
        row = next(row for row in pane._rows() if row.data(0, Qt.ItemDataRole.UserRole) == one)
        gap = pane.card.mapTo(pane.tree.viewport(), QPoint()).y() - pane.tree.visualItemRect(row).bottom()
        assert 0 <= gap <= 8
        labels = [label for label in pane.card.findChildren(QLabel) if label.isVisible()]
        assert all(label.height() >= label.heightForWidth(label.width()) for label in labels)
    pane.refresh()
    assert pane.card.isVisible()
    pane.select(None)
    assert not pane.card.isVisible()


def test_arrow_keys_walk_from_claim_to_claim_past_the_card(qtbot, window, desk):
    opened(qtbot, window, desk)
    tree, seen = window.panes.evidence.tree, []
    tree.setFocus()
    window.panes.evidence.select(row_of(window, "$2 billion").data(0, Qt.ItemDataRole.UserRole))
    for _ in range(window.panes.evidence.tree.topLevelItemCount() + 6):  # also past findings that came meanwhile
        seen.append(window.panes.evidence.card.item)
        qtbot.keyClick(tree, Qt.Key.Key_Down)
    assert [one.claim.words[:10] for one in seen if isinstance(one, ClaimStatus)][:1] == ["$2 billion"]
    assert any(isinstance(one, ClaimStatus) and one.status is Status.DIFFERS for one in seen)


def test_nobody_is_asked_to_waive_anything(qtbot, window, desk):
    """The word is the code's: in the window a claim needs no source, or stands as it is."""
    opened(qtbot, window, desk)
    pane, seen = window.panes.evidence, []
    for one in window.panes.checks.latest.claims:
        pane.select(one)
        seen += [label.text() for label in pane.card.findChildren(QLabel)]
        for button in pane.card._buttons:
            seen.append(button.text())
            seen += [action.text() for action in button.menu().actions()] if button.menu() else []
    pane.ask_to_waive(next(iter(window.panes.checks.latest.claims)), WaiverKind.COMMON_KNOWLEDGE)
    seen += [window.panes.bar.text, *(button.text() for button in window.panes.bar.findChildren(QPushButton))]
    assert len(seen) > 6
    assert not [text for text in seen if "aive" in text]


@pytest.mark.parametrize("width", [280, 300, 340])
def test_no_words_are_cut_in_a_narrow_pane(qtbot, window, desk, width):
    long_key = "the-ministry-of-railways-and-transport"
    source = replace(NAMED, key=long_key)
    opened(qtbot, window, desk, body=BODY.replace("dawn-rail", long_key), sources=(source,))
    pane = window.panes.evidence
    pane.setParent(None)
    qtbot.addWidget(pane)
    pane.resize(width, 700)
    pane.show()
    quotation = next(one for one in window.panes.checks.latest.claims if one.status is Status.DIFFERS)
    pane.select(quotation)
    qtbot.waitUntil(lambda: pane.card.isVisible() and pane.card.width() < width)
    for button in pane.card._buttons:
        assert button.width() >= button.sizeHint().width() or button.width() >= pane.card.contentsRect().width() - 24
        assert pane.card.rect().contains(button.geometry())
    row = row_of(window, "We will build")
    layout = QTextLayout(row.text(0), pane.tree.font())
    layout.beginLayout()
    height = 0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(pane.tree.viewport().width() - 16)
        height += line.height()
    layout.endLayout()
    assert pane.tree.visualItemRect(row).height() >= height + pane.tree.fontMetrics().height()


def test_what_was_begun_about_somebody_who_is_asked_is_there_after_escape(qtbot, window, desk, space):
    opened(qtbot, window, desk)
    fairness = window.panes.evidence.fairness
    fairness.add.click()
    qtbot.keyClicks(fairness.form.fields["name"], "Ministry of Railways")
    fairness.form.fields["deadline"].setFocus()
    qtbot.keyClicks(fairness.form.fields["deadline"], "21 July 2025")
    qtbot.keyClick(fairness.form.fields["deadline"], Qt.Key.Key_Escape)
    assert fairness.form.isHidden()
    fairness.add.click()
    assert fairness.form.fields["name"].text() == "Ministry of Railways"
    qtbot.keyClick(fairness.form.fields["name"], Qt.Key.Key_Return)
    assert space.text.content.replies == (Reply(name="Ministry of Railways", deadline="2025-07-21"),)
    fairness.add.click()
    assert fairness.form.fields["name"].text() == ""


def test_who_was_asked_is_removed_and_the_bar_puts_them_back_in_their_place(qtbot, window, desk, space):
    replies = (Reply("The ministry", asked_at="2025-07-20"), Reply("The board", asked_at="2025-07-20", answer="No."))
    opened(qtbot, window, desk, replies=replies)
    fairness = window.panes.evidence.fairness
    rows = fairness.findChildren(ReplyRow)
    assert [{label.text() for label in row.findChildren(QLabel)} for row in rows] == [
        {"The ministry", "asked on 20 July 2025", "did not answer"},
        {"The board", "“No.”", "answered"},
    ]
    rows[0].removed.emit()
    assert space.text.content.replies == replies[1:]
    answer_with(qtbot, window, "Undo")
    assert space.text.content.replies == replies


def answer_with(qtbot, window, words):
    (button,) = [one for one in window.panes.bar._buttons if one.text() == words]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_figure_in_the_headline_is_shown_there_and_not_cited_somewhere_in_the_text(qtbot, window, desk):
    opened(qtbot, window, desk, headline="Ministry spends $9 billion")
    before = window.panes.writing.editor.text()
    click_action(qtbot, window, "$9 billion")
    assert not window.palette_box.isVisible()
    assert window.panes.writing.headline.hasFocus()
    assert window.panes.writing.editor.text() == before
    window.panes.evidence.select(row_of(window, "$9 billion").data(0, Qt.ItemDataRole.UserRole))
    assert "Cite…" not in [button.text() for button in window.panes.evidence.card._buttons]


def test_a_figure_in_mid_sentence_is_cited_at_the_end_of_its_sentence(qtbot, window, desk):
    body = "They lost half of the pumps in May. All is well."
    opened(qtbot, window, desk, body=body, sources=(DAWN,))
    click_action(qtbot, window, "half")
    qtbot.waitUntil(window.palette_box.isVisible)
    qtbot.keyClick(window.palette_box.field, Qt.Key.Key_Return)
    assert window.panes.writing.editor.text() == "They lost half of the pumps in May [@dawn-rail]. All is well."


def test_what_is_advice_is_folded_and_stays_as_it_was_left(qtbot, window, desk):
    opened(qtbot, window, desk, body=f"{BODY}\n\nThe board said that it would. It is the largest bridge of all.")
    tree = window.panes.evidence.tree

    def advice():
        groups = [tree.topLevelItem(number) for number in range(tree.topLevelItemCount())]
        return next(group for group in groups if group.text(0).startswith("Worth a citation"))

    assert not advice().isExpanded()
    assert any("The board said that it would" in advice().child(n).text(0) for n in range(advice().childCount()))
    tree.scrollToItem(advice())
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=tree.visualItemRect(advice()).center())
    assert advice().isExpanded()
    window.panes.evidence.refresh()
    assert advice().isExpanded()


RESTS = "The groups meet.\n\n## Rails\n\nThe ministry spent $2 billion on rails [@dawn-rail].\n"
STORED = "“We spent $2 billion on the rails,” the ministry said."


def group(tree, title):
    groups = [tree.topLevelItem(number) for number in range(tree.topLevelItemCount())]
    return next(one for one in groups if one.text(0).startswith(title))


def test_what_a_paragraph_rests_on_is_answered_by_the_first_click(qtbot, window, desk):
    """Seen at the desk: a folded group without a sign of it, and in it a claim that said “Line 3”."""
    source = replace(DAWN, kind=SourceKind.DOCUMENT, name="Ministry of Railways", excerpts=(STORED,))
    opened(qtbot, window, desk, body=RESTS, sources=(source,))
    pane = window.panes.evidence
    supported = group(pane.tree, "Supported")
    assert supported.isExpanded(), "a group of few rows is open at first"
    at = pane.tree.visualItemRect(supported)
    qtbot.mouseClick(pane.tree.viewport(), Qt.MouseButton.LeftButton, pos=at.center())
    assert not supported.isExpanded()
    arrow = at.adjusted(0, 0, 16 - at.width(), 0)
    folded = pane.tree.viewport().grab(arrow).toImage()
    qtbot.mouseClick(pane.tree.viewport(), Qt.MouseButton.LeftButton, pos=at.center())
    assert supported.isExpanded()
    assert pane.tree.viewport().grab(arrow).toImage() != folded
    row = supported.child(0)
    assert row.data(0, NOTE) == "Paragraph 2 · Ministry of Railways"
    qtbot.mouseClick(pane.tree.viewport(), Qt.MouseButton.LeftButton, pos=pane.tree.visualItemRect(row).center())
    shown = [label.text() for label in pane.card.findChildren(QLabel) if label.isVisible()]
    assert any("Ministry of Railways" in text for text in shown)
    assert any("We spent" in text for text in shown)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_place_is_told_by_its_paragraph_as_people_count(qtbot, window, desk, number):
    paragraphs = [f"Nothing happens in part {part}." for part in "abc"]
    paragraphs[number - 1] = "The ministry spent $2 billion\non rails."
    opened(qtbot, window, desk, body="# Rails\n\n\n" + "\n \n".join(paragraphs), sources=())
    row = group(window.panes.evidence.tree, "Without a source").child(0)
    assert row.data(0, NOTE) == f"Paragraph {number}"


def test_what_is_settled_under_the_pointer_moves_no_row_until_the_pointer_leaves(qtbot, window, desk):
    """Seen at the desk: the rows below moved up with each citation, and the next click cited the wrong claim."""
    opened(qtbot, window, desk, body="They lost half of it. They lost 12 pumps.\n\nThey lost 40 men.", sources=(DAWN,))
    pane = window.panes.evidence
    tree = pane.tree

    def places():
        return {words: tree.visualItemRect(row_of(window, words)).top() for words in ("half", "12", "40")}

    before = places()
    QCursor.setPos(tree.viewport().mapToGlobal(tree.visualItemRect(row_of(window, "half")).center()))
    assert tree.is_pointed_at
    tree.action_wanted.emit(row_of(window, "half"))
    assert window.palette_box.isVisible()
    assert places() == before, "what a row offers opens no card"
    qtbot.keyClick(window.palette_box.field, Qt.Key.Key_Return)
    claims = window.panes.checks
    qtbot.waitUntil(lambda: any(one.claim.words == "half" and one.sources for one in claims.latest.claims))
    assert places() == before
    assert group(tree, "Without a source").text(0).endswith("2")
    QCursor.setPos(window.mapToGlobal(QPoint(5, 5)))
    tree.leaveEvent(QEvent(QEvent.Type.Leave))
    assert row_of(window, "half").parent() is not group(tree, "Without a source")


def test_a_figure_of_the_standfirst_is_marked_where_it_stands(qtbot, window, desk):
    """Seen at the desk: it was counted, and marked nowhere."""
    opened(qtbot, window, desk, standfirst="They lost 17 pumps.", headline="40 men were asked")
    writing = window.panes.writing
    for field, words in ((writing.standfirst, "17"), (writing.headline, "40")):
        qtbot.waitUntil(lambda field=field: field.extraSelections() != [])
        assert words in [mark.cursor.selectedText() for mark in field.extraSelections()]


def at_words(window, words):
    window.panes.writing.editor.select(BODY.index(words), BODY.index(words))


@pytest.mark.parametrize("words", ["every metre", "dawn-rail", "the minister said"])
def test_what_is_settled_is_compared_with_its_source_too(qtbot, window, desk, words):
    """Seen in an exported story: only the tab came, for the marks are those of what is still to be settled."""
    named = replace(DAWN, excerpts=("“We will build every metre of it ourselves,” he said.",))
    opened(qtbot, window, desk, sources=(named,))
    pane = window.panes.evidence
    window.panes.inspector.show_tab("details")
    at_words(window, words)
    window.actions_by_name["claims.compare"].trigger()
    assert pane.isVisible()
    assert pane.card.item.status is Status.SUPPORTED
    assert pane.card.isVisible()
    assert "every metre of it ourselves" in pane.card._compared.text()


def test_in_the_reading_view_the_claim_at_its_cursor_is_compared(qtbot, window, desk):
    opened(qtbot, window, desk)
    with qtbot.waitSignal(window.panes.review.shown, timeout=10_000):
        window.features.review.toggle_changes()
    view = window.panes.review.view
    found = view.document().find("every metre")
    found.setPosition(found.selectionStart())
    view.setTextCursor(found)
    window.actions_by_name["claims.compare"].trigger()
    assert window.panes.evidence.card.item.status is Status.DIFFERS
    assert view.hasFocus()


def test_a_citation_without_a_claim_shows_its_source(qtbot, window, desk):
    body = "The line was opened with some ceremony [@dawn-rail].\n\nNothing here."
    opened(qtbot, window, desk, body=body)
    window.panes.writing.editor.select(45, 45)
    window.actions_by_name["claims.compare"].trigger()
    qtbot.waitUntil(lambda: window.side.sheet is not None and window.side.sheet.isVisible())
    window.panes.writing.editor.select(len(body), len(body))
    window.actions_by_name["claims.compare"].trigger()
    assert "Put the cursor into a claim" in window.panes.bar.text
