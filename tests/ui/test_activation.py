"""Without a screen, too, a dialog keeps the keyboard when the page comes in the window behind it."""

from PySide6.QtWidgets import QApplication

from ovn_desk.ui.help.keys_sheet import KeysSheet


def test_the_page_takes_no_keys_from_a_dialog(qtbot, window, desk):
    window.activateWindow()
    article = desk.draft(body="The ministry spent $2 billion on 14 lines.", sources=())
    with qtbot.waitSignal(window.panes.preview.shown):
        window.features.articles.open(article)
        window.actions_by_name["help.keys"].trigger()
    (sheet,) = window.findChildren(KeysSheet)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is sheet.search)
    assert QApplication.activeWindow() is sheet
