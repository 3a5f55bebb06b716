"""The small parts of the dialog of people and keys."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

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


def lay_out_own_key(
    place: QWidget, words: QLabel, fields: tuple[QLineEdit, QLineEdit, QLineEdit], renew: Callable[[], object]
) -> None:
    """What is said of one's key, its passphrase now, the new one twice, and the button that makes another."""
    column = QVBoxLayout(place)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(10)
    column.addWidget(heading(_translate("Your key")))
    column.addWidget(words)
    form = QFormLayout()
    for label, field in zip((_translate("Passphrase now"), _translate("New passphrase"), ""), fields, strict=True):
        form.addRow(label, field)
    column.addLayout(form)
    make = QPushButton(_translate("Make a new key"))
    make.setAutoDefault(False)
    make.clicked.connect(renew)
    column.addWidget(make, 0, Qt.AlignmentFlag.AlignLeading)


def _translate(text: str) -> str:
    return QCoreApplication.translate("PeopleDialog", text)
