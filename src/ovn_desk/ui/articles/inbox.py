"""What waits for the person who sits here, above the list of articles."""

from collections.abc import Mapping
from datetime import UTC, datetime
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ovn_desk.domain.article import StaffId
from ovn_desk.domain.assignments import Due
from ovn_desk.text import direction
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.widgets import theme
from ovn_desk.ui.widgets.phrases import age
from ovn_desk.usecases import inbox, queries
from ovn_desk.usecases.inbox import Item

_MOST_SHOWN = 5
_ARTICLE = Qt.ItemDataRole.UserRole


class Inbox(QFrame):
    """One line a reason; it is not there when nothing waits."""

    open_wanted = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inbox")
        self._session = session
        self._heading = QLabel()
        self._heading.setObjectName("inbox-heading")
        self.list = QListWidget()
        self.list.setObjectName("inbox-list")
        self.list.setAccessibleName(self.tr("What waits for you"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._open)
        self.list.itemActivated.connect(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 0)
        column.setSpacing(2)
        column.addWidget(self._heading)
        column.addWidget(self.list)
        session.committed.connect(lambda _: self.refresh())
        session.person_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        store = self._session.store
        items, names = inbox.inbox_now(store, self._session.person), queries.staff_names(store)
        self.setVisible(bool(items))
        self._heading.setText(self.tr("FOR YOU  {number}").format(number=len(items)))
        self.list.clear()
        for item in items:
            row = QListWidgetItem()
            row.setData(_ARTICLE, item.row.article)
            label = QLabel(self._line_html(item, names))
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.RichText)
            label.setContentsMargins(10, 6, 10, 6)
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row.setData(
                Qt.ItemDataRole.AccessibleTextRole, f"{item.row.headline}: {item.row.words or item.row.why.words}"
            )
            row.setToolTip(item.row.words)
            self.list.addItem(row)
            label.setFixedWidth(max(160, self.list.width() - 24))
            row.setSizeHint(label.sizeHint())
            self.list.setItemWidget(row, label)
        height = sum(self.list.sizeHintForRow(number) for number in range(min(len(items), _MOST_SHOWN)))
        self.list.setFixedHeight(height + 6)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self.refresh()

    def _line_html(self, item: Item, names: Mapping[StaffId, str]) -> str:
        now, zone = theme.colours(), self._session.house.zone
        row = item.row
        tone = {Due.OVER: now.red, Due.SOON: now.amber}.get(item.due, now.soft)
        due = {Due.OVER: self.tr("overdue"), Due.SOON: self.tr("due")}.get(item.due, "")
        when = (
            f" · <span style='color:{tone}'>{due} {row.due_at.astimezone(zone):%a %H:%M}</span>"
            if due and row.due_at
            else ""
        )
        why = f"{row.why.words} · {names.get(row.by, '')} · {age(row.at, datetime.now(UTC))}"
        headline = escape(row.headline or self.tr("No headline yet"))
        face = escape(theme.reading_font(14, language=direction.language_of(row.headline)).family())
        return (
            f"<div style='font-family:\"{face}\"; font-weight:600'>{headline}</div>"
            f"<div dir='ltr' align='left'><span style='color:{now.soft}'>{escape(why)}</span>{when}</div>"
        )

    def _open(self, row: QListWidgetItem) -> None:
        self.open_wanted.emit(row.data(_ARTICLE))
