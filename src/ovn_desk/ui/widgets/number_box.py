"""The number that somebody reads to a chief by telephone, so that the chief knows whose desk asks to be let in."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget


class NumberBox(QWidget):
    """The number in large type, and what is to be done with it; a chief may type the recovery key instead."""

    recovery_given = Signal(str)
    """The words of the recovery key, as they were typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number = QLabel()
        self.number.setObjectName("join-number")
        self.number.setAccessibleName(self.tr("Your number"))
        self.number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.steps = QLabel(wordWrap=True)
        self.words = QLineEdit(placeholderText=self.tr("The twelve words of the recovery key"))
        self.words.setAccessibleName(self.tr("The recovery key"))
        self.use_words = QPushButton(self.tr("Use the words"))
        self.use_words.setAutoDefault(False)
        self.use_words.setEnabled(False)
        self._recovery = self._make_recovery()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.number)
        column.addWidget(self.steps)
        column.addWidget(self._recovery)
        column.addStretch(1)
        self.words.textChanged.connect(lambda words: self.use_words.setEnabled(bool(words.strip())))
        self.words.returnPressed.connect(self.use_words.click)
        self.use_words.clicked.connect(lambda: self.recovery_given.emit(self.words.text().strip()))

    def show_request(
        self, number: str, chiefs: Sequence[str], *, has_hub: bool, is_sent: bool = False, is_chief: bool = False
    ) -> None:
        """What to do: by the hub the request goes by itself, else it is handed over as a file.

        `chiefs` are the others; without any it is the one chief's, whose other computer can let this one in. Where
        whoever asks `is_chief`, the recovery key can be typed too.
        """
        self.number.setText(number)
        who = self.tr(" or ").join(chiefs) or self.tr("a chief")
        if has_hub and is_sent:
            way = self.tr("Your request is at the hub; the chief's desk shows it when it syncs.")
        elif has_hub:
            way = self.tr(
                "Your request goes through the hub, with your next sync, which may ask for the hub's password first. "
                "Or save it as a file and send it to {who}."
            )
        elif not chiefs:
            way = self.tr("Save your request as a file, and open it on your other computer: nobody else is chief here.")
        else:
            way = self.tr(
                "Save your request as a file and send it to {who}, by e-mail or on a stick. Every file that you hand "
                "over carries it too."
            )
        compare = self.tr("Ring {who} and read this number out. The chief compares it and clicks once.")
        if not chiefs:
            compare = self.tr("Compare this number there, and click once.")
        said = (
            way.format(who=who),
            compare.format(who=who),
            self.tr(
                "You can write until then. Your stories are marked “not yet confirmed”, and count as yours as soon as "
                "you are let in."
            ),
        )
        self.steps.setText("<ol style='margin-left:-22px'>" + "".join(f"<li>{one}</li>" for one in said) + "</ol>")
        self._recovery.setVisible(is_chief)

    def _make_recovery(self) -> QWidget:
        about = QLabel(
            self.tr("Or type the twelve words on the newsroom's paper: they let this computer in at once."),
            wordWrap=True,
        )
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(about)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        row.addWidget(self.use_words)
        column.addLayout(row)
        return whole
