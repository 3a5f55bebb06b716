"""What a click on the status line opens is left again with the keyboard where it was: in the text."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ovn_desk.ui.dialogs.copies import CopiesDialog
from ovn_desk.ui.sharing.hub_dialog import HubDialog
from ovn_desk.usecases import store_settings

NOWHERE = "postgresql://rana_malik@/news?host=/nowhere"
OPENED = {"hub": HubDialog, "backup": CopiesDialog}


def test_one_types_on_where_one_was(qtbot, window, desk):
    store_settings.set_hub_address(desk.store, NOWHERE)
    window.features.articles.open(desk.draft())
    link, bar, editor = window.features.sharing.hub, window.panes.status_bar, window.panes.writing.editor
    link._go()
    qtbot.waitUntil(lambda: not link.is_busy)
    copies = window.features.copies.state
    copies.ask()
    qtbot.waitUntil(lambda: copies.where is not None and bool(copies.where.places))
    editor.setFocus()
    for name, kind in OPENED.items():
        button = getattr(bar, name)
        qtbot.waitUntil(button.isVisible)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda kind=kind: any(one.isVisible() for one in window.findChildren(kind)))
        dialog = next(one for one in window.findChildren(kind) if one.isVisible())
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda kind=kind: not any(one.isVisible() for one in window.findChildren(kind)))
        assert window.focusWidget() is editor
        QTest.keyClicks(window.focusWidget(), name)
        assert name in editor.text()
