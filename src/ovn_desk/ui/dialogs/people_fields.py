"""The small parts of the dialog of people and keys."""

from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit

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
