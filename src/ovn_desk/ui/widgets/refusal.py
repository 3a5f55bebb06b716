"""What a form refused is said until somebody changes what was refused, and not over what is typed then."""

from PySide6.QtWidgets import QCheckBox, QComboBox, QDateTimeEdit, QLabel, QLineEdit, QPlainTextEdit, QSpinBox, QWidget

_REFUSALS = {"bad", "warn"}


def clear_when_edited(form: QWidget, label: QLabel) -> None:
    """Empties and hides a form's refusal as soon as one of its fields is changed; good news stays."""

    def clear(*_: object) -> None:
        if {label.property("chip"), label.property("verdict")} & _REFUSALS:
            label.clear()
            label.hide()

    for field in form.findChildren(QWidget):
        match field:
            case QLineEdit():
                field.textEdited.connect(clear)
            case QPlainTextEdit():
                field.textChanged.connect(clear)
            case QComboBox():
                field.activated.connect(clear)
            case QCheckBox():
                field.clicked.connect(clear)
            case QSpinBox():
                field.valueChanged.connect(clear)
            case QDateTimeEdit():
                field.dateTimeChanged.connect(clear)
            case _:
                pass
