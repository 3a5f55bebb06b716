"""Whom earlier stories named already: one line, and a button that takes over what is known of them."""

from datetime import datetime

from PySide6.QtCore import QDate, QLocale, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ovn_desk.domain.source import Source
from ovn_desk.ui.widgets.phrases import quantity
from ovn_desk.usecases.sourcing import EarlierUse


class EarlierCard(QFrame):
    """Hidden while nobody of that name is known."""

    use_wanted = Signal(object)
    """A `Source` of an earlier story."""
    count_wanted = Signal(object)
    """A source that is shown, and whose stories somebody is to count."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setObjectName("source-earlier")
        self.source: Source | None = None
        heading = QLabel(self.tr("Named before"))
        heading.setProperty("role", "heading")
        self._text = QLabel(wordWrap=True)
        self.use = QPushButton(self.tr("Use"))
        self.use.setProperty("link", True)
        self.use.clicked.connect(lambda: self.use_wanted.emit(self.source))
        row = QHBoxLayout()
        row.addWidget(self._text, 1)
        row.addWidget(self.use)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(2)
        column.addWidget(heading)
        column.addLayout(row)
        self.hide()

    @property
    def text(self) -> str:
        return self._text.text()

    def show_source(self, source: Source | None) -> None:
        """Shows a source of an earlier story, its stories not counted yet; None for nobody."""
        is_news, self.source = source != self.source, source
        self.setVisible(source is not None)
        if source is not None and is_news:
            self._text.setText(", ".join(part for part in (source.label, source.role) if part))
            self.use.setAccessibleName(self.tr("Use what is known of {name}").format(name=source.label))
            self.count_wanted.emit(source)

    def show_use(self, source: Source, use: EarlierUse | None, now: datetime) -> None:
        """Says how often a source was used, where it is the one that is shown still."""
        if source is not self.source or use is None:
            return
        stories = quantity(use.stories, self.tr("story"), self.tr("stories"))
        words = self.tr("{name} · {stories}, last in {month}") if use.is_all else self.tr("{name} · {stories} or more")
        last = use.last_at.astimezone(now.tzinfo).date()
        form = "MMMM" if last.year == now.year else "MMMM yyyy"
        month = QLocale().toString(QDate(last.year, last.month, last.day), form)
        self._text.setText(words.format(name=source.label, stories=stories, month=month))
