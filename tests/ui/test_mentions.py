"""A colleague's name, completed as one types."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit

from ovn_desk.ui.review.mentions import Mentions


def test_the_space_that_came_with_a_name_is_the_one_that_is_typed_behind_it(qtbot):
    """Seen at the desk: two spaces stood behind each name that was completed."""
    box = QPlainTextEdit()
    qtbot.addWidget(box)
    mentions = Mentions(box)
    mentions.names = ["Rana Malik", "Ayesha Khan"]
    box.show()
    box.setFocus()
    qtbot.keyClicks(box, "Ask @ra")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    qtbot.keyClicks(box, " please,  twice")
    assert box.toPlainText() == "Ask @Rana Malik please,  twice"
    box.clear()
    qtbot.keyClicks(box, "@ay")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    qtbot.keyClicks(box, "please")
    assert box.toPlainText() == "@Ayesha Khan please"
