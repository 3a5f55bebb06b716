"""Declaring the use of AI in the window."""

from PySide6.QtCore import Qt

from ovn_desk.domain.ai_use import DECLARED_NONE, AiTask, AiUse


def opened(qtbot, window, desk, **changes):
    article = desk.draft(**changes)
    window.features.articles.open(article)
    qtbot.waitUntil(lambda: bool(window.workspace.text.content.headline))
    window.panes.inspector.show_tab("details")
    return window.panes.details.ai_used


def choose(qtbot, box, words):
    """As with the keyboard: the list opens, Enter takes what is marked in it."""
    box.showPopup()
    box.view().setCurrentIndex(box.model().index(box.findText(words), 0))
    qtbot.keyClick(box.view(), Qt.Key.Key_Return)


def declared(window):
    return window.workspace.text.content.ai_used


def test_none_and_nothing_are_two_answers(qtbot, window, desk):
    field = opened(qtbot, window, desk)
    assert field.answer.currentText() == "Not declared"
    choose(qtbot, field.answer, "None")
    assert declared(window) == DECLARED_NONE
    choose(qtbot, field.answer, "Not declared")
    assert declared(window) == ()


def test_each_use_has_its_task_tool_and_words(qtbot, window, desk):
    field = opened(qtbot, window, desk)
    choose(qtbot, field.answer, "Used")
    (row,) = field._rows
    qtbot.keyClicks(row.tool, "LanguageTool")
    qtbot.keyClicks(row.what, "commas")
    choose(qtbot, row.task, "Summary")
    field.another.click()
    qtbot.keyClicks(field._rows[1].tool, "DeepL")
    assert declared(window) == (
        AiUse(AiTask.SUMMARY, "LanguageTool", "commas"),
        AiUse(AiTask.LANGUAGE_HELP, "DeepL"),
    )
    field._rows[0].removed.emit()
    assert declared(window) == (AiUse(AiTask.LANGUAGE_HELP, "DeepL"),)
    assert field._rows[0].tool.text() == "DeepL"


def test_what_a_file_brought_is_shown_whole(qtbot, window, desk):
    uses = (AiUse(AiTask.PICTURE, "Photoshop", "sky"), AiUse(AiTask.DRAFT, "Claude"))
    field = opened(qtbot, window, desk, ai_used=uses)
    assert [(row.task.currentText(), row.tool.text(), row.what.text()) for row in field._rows] == [
        ("Picture", "Photoshop", "sky"),
        ("Draft", "Claude", ""),
    ]
    window.workspace.text.edit(ai_used=())
    qtbot.waitUntil(lambda: field.answer.currentText() == "Not declared")
    assert field._rows == []


def test_what_was_typed_comes_back_after_none_was_chosen_by_mistake(qtbot, window, desk):
    field = opened(qtbot, window, desk, ai_used=(AiUse(AiTask.DRAFT, "Claude", "an outline"),))
    choose(qtbot, field.answer, "None")
    assert declared(window) == DECLARED_NONE
    choose(qtbot, field.answer, "Used")
    assert declared(window) == (AiUse(AiTask.DRAFT, "Claude", "an outline"),)
    window.features.articles.open(desk.draft(headline="Another"))
    qtbot.waitUntil(lambda: window.workspace.text.content.headline == "Another")
    choose(qtbot, field.answer, "Used")
    assert declared(window) == (AiUse(AiTask.LANGUAGE_HELP),)


def test_a_year_as_a_table_is_written_and_a_year_that_is_none_is_refused(qtbot, window, desk, tmp_path):
    desk.approved(headline="Never out")
    window.features.files.write_ai_report(2026, tmp_path / "table.csv")
    qtbot.waitUntil(lambda: "Written to" in window.panes.bar.text)
    assert (tmp_path / "table.csv").read_text(encoding="utf-8-sig").startswith("published,article,")
    window.features.planning.ask_year()
    assert window.panes.bar.field.text() == window.workspace.session.today[:4]
    qtbot.keyClicks(window.panes.bar.field, "x")
    qtbot.keyClick(window.panes.bar.field, Qt.Key.Key_Return)
    assert "Name a year" in window.panes.bar.text
