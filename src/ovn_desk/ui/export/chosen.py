"""Which articles go out: those that wait for it, each with a tick."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from ovn_desk.domain.article import ArticleId
from ovn_desk.domain.assignments import too_early_refusal
from ovn_desk.domain.workflow import State
from ovn_desk.store import ReadTransaction, records

_ARTICLE = Qt.ItemDataRole.UserRole


class Chosen(QListWidget):
    """Articles that are approved and not yet out, and the one it was opened for."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("export-articles")
        self.setAccessibleName(self.tr("What goes out"))
        self.setWordWrap(True)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.itemChanged.connect(lambda _: self.changed.emit())

    def show_articles(self, reading: ReadTransaction, only: ArticleId | None) -> None:
        """Lists what may go out, with a tick at one article, or at all whose time has come."""
        self.blockSignals(True)
        self.clear()
        zone, now = reading.house().zone, records.now()
        rows = reading.rows(states=[State.APPROVED])
        for row in rows:
            early = too_early_refusal(reading.article(row.id).plan, now, zone)
            said = row.headline or self.tr("No headline yet")
            self._add(row.id, f"{said} · {early}" if early else said, is_ticked=row.id == only if only else not early)
        if only and only not in {row.id for row in rows}:
            self._add(
                only, self.tr("{headline} · published").format(headline=reading.row(only).headline), is_ticked=True
            )
        self.blockSignals(False)
        self.changed.emit()

    @property
    def ticked(self) -> tuple[ArticleId, ...]:
        items = [self.item(place) for place in range(self.count())]
        return tuple(item.data(_ARTICLE) for item in items if item.checkState() is Qt.CheckState.Checked)

    def _add(self, article: ArticleId, text: str, *, is_ticked: bool) -> None:
        item = QListWidgetItem(text)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)
        item.setData(_ARTICLE, article)
        self.addItem(item)
