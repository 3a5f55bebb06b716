"""The small parts of the dialog of people and keys."""

from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton

from ovn_desk.domain.house import Role
from ovn_desk.ui.widgets.inputs import Choice


def roles_box(label: str) -> QComboBox:
    combo = Choice()
    for role in Role:
        combo.addItem(str(role), str(role))
    combo.setAccessibleName(label)
    return combo


def secret_field(hint: str) -> QLineEdit:
    field = QLineEdit(placeholderText=hint, echoMode=QLineEdit.EchoMode.Password)
    field.setAccessibleName(hint)
    return field


def heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "heading")
    return label


class OneClickButton(QPushButton):
    """The second click of a double click is none: what asks to be pressed again is not answered by it."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()
