"""The card of one claim or finding: what is said of it, and what can be done."""

from collections.abc import Callable
from functools import partial
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from ovn_desk.domain import verification
from ovn_desk.domain.evidence import WaiverKind
from ovn_desk.domain.finding import Finding
from ovn_desk.domain.verification import ClaimStatus, Status, WordChange
from ovn_desk.ui.widgets import theme

Item = ClaimStatus | Finding
SAID = {
    Status.UNCITED: "No source is cited here.",
    Status.ATTRIBUTED: "Cited, but its source has no excerpt yet.",
    Status.DIFFERS: "These words are not in the excerpt of the source.",
    Status.SECONDHAND: "This comes from another outlet: name it in the sentence, or add a second source.",
    Status.SUPPORTED: "The excerpt of the source has it.",
    Status.WAIVED: "Waived",
}


class ClaimCard(QFrame):
    """Shows one item. Signals say what a person wants done with it."""

    cite_wanted = Signal(object)
    waive_wanted = Signal(object, object)
    ignore_wanted = Signal(object)
    source_wanted = Signal(str)
    taken_back = Signal(object)
    rule_off_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setObjectName("claim-card")
        self.item: Item | None = None
        self.may_change_house = False
        self._words, self._said, self._compared = QLabel(), QLabel(), QLabel()
        for label in (self._words, self._said, self._compared):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._words.setProperty("role", "heading")
        self._said.setProperty("role", "soft")
        self._compared.setTextFormat(Qt.TextFormat.RichText)
        self._buttons = QGridLayout()
        self._buttons.setSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(6)
        for label in (self._words, self._said, self._compared):
            column.addWidget(label)
        column.addLayout(self._buttons)
        self.hide()

    def show_item(self, item: Item | None, *, may_edit: bool) -> None:
        """Shows another item; None puts the card away."""
        self.item = item
        self.setVisible(item is not None)
        while taken := self._buttons.takeAt(0):
            if widget := taken.widget():
                widget.hide()
                widget.deleteLater()
        if item is None:
            return
        if isinstance(item, Finding):
            self._show_finding(item)
        else:
            self._show_claim(item)
        for number, (label, do) in enumerate(self._answers(item) if may_edit else ()):
            button = QPushButton(label)
            button.clicked.connect(lambda _=False, act=do: act())
            self._buttons.addWidget(button, number // 2, number % 2)
        kinds = _ways(item) if may_edit else []
        if kinds:
            waive = QPushButton(self.tr("Waive"))
            menu = QMenu(waive)
            for kind in kinds:
                menu.addAction(f"{kind.capitalize()}…", partial(self.waive_wanted.emit, item, kind))
            waive.setMenu(menu)
            count = self._buttons.count()
            self._buttons.addWidget(waive, count // 2, count % 2)

    def waive(self) -> None:
        """Asks why this claim may stand, as a click on the first way to waive it does."""
        if isinstance(self.item, Finding):
            self.ignore_wanted.emit(self.item)
        elif self.item is not None and self.item.status is not Status.WAIVED:
            self.waive_wanted.emit(self.item, WaiverKind.COMMON_KNOWLEDGE)

    def _show_finding(self, item: Finding) -> None:
        self._words.setText(f"“{item.words}”")
        self._said.setText(f"{item.message} {item.suggestion}".strip())
        self._compared.hide()

    def _show_claim(self, item: ClaimStatus) -> None:
        self._words.setText(item.claim.words)
        said = self.tr(SAID[item.status])
        if item.waiver:
            why = f": {item.waiver.kind}" + (f". {item.waiver.reason}" if item.waiver.reason else "")
            said = self.tr("Waived by {name}").format(name=item.waiver.by) + why
        self._said.setText(said)
        is_compared = bool(item.excerpt) and item.status in {Status.DIFFERS, Status.SUPPORTED, Status.WAIVED}
        self._compared.setVisible(is_compared)
        if is_compared:
            self._compared.setText(_side_by_side(item))

    def _answers(self, item: Item) -> list[tuple[str, Callable[[], None]]]:
        if isinstance(item, Finding):
            ignore = (self.tr("Ignore…"), partial(self.ignore_wanted.emit, item))
            switch_off = (self.tr("Switch rule off"), partial(self.rule_off_wanted.emit, item.rule))
            return [ignore, switch_off] if self.may_change_house else [ignore]
        if item.status is Status.WAIVED:
            return [(self.tr("Take it back"), lambda: self.taken_back.emit(item))]
        answers: list[tuple[str, Callable[[], None]]] = []
        if item.status is Status.UNCITED:
            answers.append((self.tr("Cite…"), lambda: self.cite_wanted.emit(item)))
        answers += [
            (self.tr("Open {key}").format(key=f"@{key}"), partial(self.source_wanted.emit, key))
            for key in item.sources[:2]
        ]
        return answers


def _ways(item: Item) -> list[WaiverKind]:
    """How a claim may be waived; none where there is nothing to waive."""
    if isinstance(item, Finding) or item.status in {Status.SUPPORTED, Status.WAIVED}:
        return []
    kinds = [WaiverKind.COMMON_KNOWLEDGE, WaiverKind.NOT_FACTUAL]
    if item.status is Status.DIFFERS:
        return [WaiverKind.TRANSLATED, WaiverKind.CONDENSED, WaiverKind.CLEANED, *kinds]
    return kinds


def _side_by_side(item: ClaimStatus) -> str:
    """The words of the text above those of the excerpt, what differs marked in both."""
    now = theme.colours()
    runs = verification.compare_words(item.claim.words, item.excerpt)
    shapes = {
        WordChange.ADDED: f"background:{now.amber_tint};color:{now.amber}",
        WordChange.REMOVED: f"background:{now.accent_tint};color:{now.accent}",
    }

    def line(title: str, left_out: WordChange) -> str:
        words = " ".join(
            f'<span style="{shapes[run.change]}">{escape(run.words)}</span>'
            if run.change in shapes
            else escape(run.words)
            for run in runs
            if run.change is not left_out
        )
        return f'<p style="margin:0 0 6px"><span style="color:{now.soft}">{title}</span><br>{words}</p>'

    return line("In the text", WordChange.REMOVED) + line("In the excerpt", WordChange.ADDED)
