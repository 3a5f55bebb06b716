"""The card of one claim or finding: what is said of it, and what can be done."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from html import escape

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from ovn_desk.domain.comparison import WordRun, compare_with_excerpt
from ovn_desk.domain.evidence import WaiverKind
from ovn_desk.domain.finding import Finding
from ovn_desk.domain.source import Source
from ovn_desk.domain.verification import ClaimStatus, Status
from ovn_desk.text import direction
from ovn_desk.ui.widgets import theme
from ovn_desk.ui.widgets.phrases import way_name

Item = ClaimStatus | Finding
_SPACE, _SIDE = 6, 12


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
        self._sources: Mapping[str, Source] = {}
        self._words, self._said, self._rests_on, self._compared = QLabel(), QLabel(), QLabel(), QLabel()
        self._labels = (self._words, self._said, self._rests_on, self._compared)
        for label in self._labels:
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._words.setProperty("role", "heading")
        self._said.setProperty("role", "soft")
        for label in (self._rests_on, self._compared):
            label.setTextFormat(Qt.TextFormat.RichText)
        self._buttons: list[QPushButton] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(_SPACE)
        column = QVBoxLayout(self)
        column.setContentsMargins(_SIDE, 10, _SIDE, 10)
        column.setSpacing(_SPACE)
        for label in self._labels:
            column.addWidget(label)
        column.addLayout(self._rows)
        self.hide()

    def show_item(self, item: Item | None, sources: Mapping[str, Source], *, may_edit: bool) -> None:
        """Shows another item; None puts the card away. `sources` are those of the text, by key."""
        self.item, self._sources = item, sources
        self.setVisible(item is not None)
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons = []
        if item is None:
            return
        if isinstance(item, Finding):
            self._show_finding(item)
        else:
            self._show_claim(item)
        if may_edit:
            self._buttons = [self._button(label, do) for label, do in self._answers(item)]
            if kinds := _ways(item):
                self._buttons.append(self._waive_button(item, kinds))
        self._place_buttons(self.width())

    def height_at(self, width: int) -> int:
        """How high it is with all its words and buttons at a width, for which it is laid out."""
        self._place_buttons(width)
        for label in self._labels:
            label.ensurePolished()
        layout = self.layout()
        return layout.totalHeightForWidth(width) if layout is not None else 0

    def waive(self) -> None:
        """Asks why this claim may stand, as a click on the first reason does."""
        if isinstance(self.item, Finding):
            self.ignore_wanted.emit(self.item)
        elif self.item is not None and self.item.status is not Status.WAIVED:
            self.waive_wanted.emit(self.item, WaiverKind.COMMON_KNOWLEDGE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_buttons(self.width())

    def _button(self, label: str, do: Callable[[], None]) -> QPushButton:
        button = QPushButton(label, self)
        button.clicked.connect(lambda _=False, act=do: act())
        return button

    def _waive_button(self, item: Item, kinds: list[WaiverKind]) -> QPushButton:
        is_differing = isinstance(item, ClaimStatus) and item.status is Status.DIFFERS
        button = QPushButton(self.tr("Keep it as it is…") if is_differing else self.tr("Needs no source…"), self)
        menu = QMenu(button)
        for kind in kinds:
            menu.addAction(f"{way_name(kind)}…", partial(self.waive_wanted.emit, item, kind))
        button.setMenu(menu)
        return button

    def _place_buttons(self, width: int) -> None:
        """As many buttons to a row as have room with all their words, in a card of this width."""
        room = width - 2 * (_SIDE + 1)
        while taken := self._rows.takeAt(0):
            if row := taken.layout():
                while row.takeAt(0):
                    pass
                row.deleteLater()
        left = 0
        line: QHBoxLayout | None = None
        for button in self._buttons:
            button.ensurePolished()
            needed = button.sizeHint().width()
            if line is None or left < needed:
                line, left = QHBoxLayout(), room
                line.setSpacing(_SPACE)
                line.addStretch()
                self._rows.addLayout(line)
            line.insertWidget(line.count() - 1, button)
            button.show()
            left -= needed + _SPACE

    def _show_finding(self, item: Finding) -> None:
        self._words.setText(f"“{item.words}”")
        self._said.setText(f"{item.message} {item.suggestion}".strip())
        self._rests_on.hide()
        self._compared.hide()

    def _show_claim(self, item: ClaimStatus) -> None:
        self._words.setText(item.claim.words)
        cited = [self._sources[key] for key in item.sources if key in self._sources]
        said = _meaning(item.status)
        if item.status is Status.SECONDHAND and cited:
            said = self.tr(
                "The sentence does not say “{outlet}”, where this comes from: name it, or add a second source."
            )
            said = said.format(outlet=cited[0].outlet or cited[0].label)
        if item.waiver:
            why = way_name(item.waiver.kind) + (f". {item.waiver.reason}" if item.waiver.reason else "")
            said = self.tr("{name} says: {why}").format(name=item.waiver.by, why=why)
        self._said.setText(said)
        is_compared = bool(item.excerpt) and item.status in {Status.DIFFERS, Status.SUPPORTED, Status.WAIVED}
        self._compared.setVisible(is_compared)
        if is_compared:
            self._compared.setText(_side_by_side(item))
        self._rests_on.setVisible(bool(cited))
        self._rests_on.setText("".join(_source_words(source, with_excerpts=not is_compared) for source in cited))

    def _answers(self, item: Item) -> list[tuple[str, Callable[[], None]]]:
        if isinstance(item, Finding):
            ignore = (self.tr("Keep it as it is…"), partial(self.ignore_wanted.emit, item))
            switch_off = (self.tr("Switch the rule off"), partial(self.rule_off_wanted.emit, item.rule))
            return [ignore, switch_off] if self.may_change_house else [ignore]
        if item.status is Status.WAIVED:
            return [(self.tr("Take it back"), lambda: self.taken_back.emit(item))]
        answers: list[tuple[str, Callable[[], None]]] = []
        if item.status is Status.UNCITED and not item.claim.is_display:
            answers.append((self.tr("Cite…"), lambda: self.cite_wanted.emit(item)))
        answers += [
            (self.tr("Open {key}").format(key=f"@{key}"), partial(self.source_wanted.emit, key))
            for key in item.sources[:2]
        ]
        return answers


def _meaning(status: Status) -> str:
    return {
        Status.UNCITED: _tr("No source is cited here."),
        Status.ATTRIBUTED: _tr("Cited, but its source has no words stored yet."),
        Status.DIFFERS: _tr("These words are not in the excerpt of the source."),
        Status.SECONDHAND: _tr("This comes from another outlet: name it in the sentence, or add a second source."),
        Status.SUPPORTED: _tr("It is in the excerpt of the source."),
        Status.WAIVED: _tr("Settled with a reason."),
    }[status]


def _ways(item: Item) -> list[WaiverKind]:
    """Why a claim may stand without a source; none where nothing is to settle."""
    if isinstance(item, Finding) or item.status in {Status.SUPPORTED, Status.WAIVED}:
        return []
    kinds = [WaiverKind.COMMON_KNOWLEDGE, WaiverKind.NOT_FACTUAL]
    if item.status is Status.DIFFERS:
        return [WaiverKind.TRANSLATED, WaiverKind.CONDENSED, WaiverKind.CLEANED, *kinds]
    return kinds


def _source_words(source: Source, *, with_excerpts: bool) -> str:
    """The name of a source, and below it the words that are stored of it."""
    now = theme.colours()
    parts = [f'<p style="margin:0 0 4px"><b>{escape(source.label)}</b></p>']
    for excerpt in source.excerpts if with_excerpts else ():
        way = ' dir="rtl"' if direction.language_of(excerpt) in direction.RTL else ""
        words = escape(excerpt).replace("\n", "<br>")
        parts.append(f'<p{way} style="margin:0 0 6px;color:{now.ink}">{words}</p>')
    return "".join(parts)


def _side_by_side(item: ClaimStatus) -> str:
    """The words of the text above the nearest passage of the excerpt; only what differs is marked, in both."""
    now = theme.colours()
    found = compare_with_excerpt(item.claim.words, item.excerpt, sentence=item.claim.sentence)
    before, after = ("… " if found.is_cut[0] else ""), (" …" if found.is_cut[1] else "")

    def line(title: str, runs: Iterable[WordRun], shape: str) -> str:
        words = "".join(
            f'<span style="{shape}">{_exact(run.words)}</span>' if run.differs else _exact(run.words) for run in runs
        )
        return f'<p style="margin:0 0 6px"><span style="color:{now.soft}">{title}</span><br>{words}</p>'

    passage = (WordRun(before), *found.passage, WordRun(after))
    return line(_tr("In the text"), found.claim, f"background:{now.amber_tint};color:{now.amber}") + line(
        _tr("In the excerpt"), passage, f"background:{now.accent_tint};color:{now.accent}"
    )


def _exact(words: str) -> str:
    return escape(words).replace("\n", "<br>")


def _tr(words: str) -> str:
    return QCoreApplication.translate("ClaimCard", words)
