"""Which articles go out: those that wait for it, each with a tick."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from ovn_desk.domain.article import ArticleId
from ovn_desk.usecases.exportable import Exportable

_ARTICLE = Qt.ItemDataRole.UserRole


class ArticlePicker(QListWidget):
    """Articles that are approved and not yet out, and those it was opened for."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("export-articles")
        self.setAccessibleName(self.tr("What to export"))
        self.setWordWrap(True)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.itemChanged.connect(lambda _: self.changed.emit())

    def show_articles(self, articles: Sequence[Exportable], only: Sequence[ArticleId]) -> None:
        """Lists what may go out, with a tick at these articles, or at all whose time has come.

        What was listed before keeps the tick that it has.
        """
        ticks = {item.data(_ARTICLE): item.checkState() is Qt.CheckState.Checked for item in self._items}
        self.blockSignals(True)
        self.clear()
        for one in articles:
            is_ticked = one.id in only if only else one.why_not_yet is None
            self._add(one.id, self._line(one), is_ticked=ticks.get(one.id, is_ticked))
        self.blockSignals(False)
        self.changed.emit()

    @property
    def ticked(self) -> tuple[ArticleId, ...]:
        return tuple(item.data(_ARTICLE) for item in self._items if item.checkState() is Qt.CheckState.Checked)

    @property
    def _items(self) -> list[QListWidgetItem]:
        return [self.item(place) for place in range(self.count())]

    def _line(self, one: Exportable) -> str:
        if one.is_published:
            return self.tr("{headline} · exported").format(headline=one.headline)
        name = one.headline or self.tr("No headline yet")
        if one.is_changed:
            name = self.tr("{headline} · as approved, without what was typed since").format(headline=name)
        return f"{name} · {one.why_not_yet}" if one.why_not_yet else name

    def _add(self, article: ArticleId, text: str, *, is_ticked: bool) -> None:
        item = QListWidgetItem(text)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)
        item.setData(_ARTICLE, article)
        self.addItem(item)
