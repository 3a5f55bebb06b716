"""The topics of an article by their names, and a field that finds more of them in English and Urdu."""

from functools import partial
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QToolButton, QVBoxLayout, QWidget

from ovn_desk.text import topics
from ovn_desk.text.topics import Topic
from ovn_desk.ui.widgets.flow import Flow
from ovn_desk.ui.widgets.line_completer import LineCompleter


class TopicsField(QWidget):
    """Chips, each of which takes itself away, and “+ topic”; `edited` carries the codes as the article has them."""

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._codes: tuple[str, ...] = ()
        self._language = ""
        self._chips: list[QToolButton] = []
        self.stands_after: QWidget | None = None
        """The field that Tab comes from: chips that are made later have to be told."""
        self._offered: dict[str, Topic] = {}
        self.add = QToolButton()
        self.add.setText(self.tr("+ topic"))
        self.add.setProperty("pill", "plain")
        self.add.setAccessibleName(self.tr("Add a topic"))
        self.add.clicked.connect(self.open_search)
        self.search = QLineEdit(placeholderText=self.tr("Water supply, elections, پانی …"))
        self.search.setObjectName("field-topics")
        self.search.setAccessibleName(self.tr("Find a topic by its name, in English or Urdu"))
        self.search.hide()
        self.search.installEventFilter(self)
        self._names = QStringListModel(self)
        self._suggestions = LineCompleter(self._names, self.search)
        self._suggestions.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._suggestions.activated.connect(self._take)
        self.search.textEdited.connect(self._offer)
        self.search.returnPressed.connect(self._take_first)
        self._flow = Flow(spacing=4)
        self._flow.show_widgets([self.add])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._flow)
        column.addWidget(self.search)

    def show_topics(self, codes: tuple[str, ...], language: str) -> None:
        """Shows the topics by their names in the article's language; a code that is not IPTC's as it is."""
        if (codes, language) == (self._codes, self._language):
            return
        self._codes, self._language = codes, language
        self._chips = [self._chip(code) for code in codes]
        self._flow.show_widgets([*self._chips, self.add])
        for before, after in pairwise((*([self.stands_after] if self.stands_after else []), *self._chips, self.add)):
            QWidget.setTabOrder(before, after)
        QWidget.setTabOrder(self.add, self.search)

    def open_search(self) -> None:
        self.search.show()
        self.search.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape, and leaving an empty field, put the search away."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.KeyPress:
                self._close_search()
                self.add.setFocus()
            return True
        if watched is self.search and event.type() == QEvent.Type.FocusOut and not self.search.text():
            self._close_search()
        return super().eventFilter(watched, event)

    def _chip(self, code: str) -> QToolButton:
        chip = QToolButton()
        name = topics.name(code, self._language)
        chip.setText(f"{name} ×")
        chip.setProperty("pill", "chosen")
        chip.setAccessibleName(self.tr("Remove the topic {name}").format(name=name))
        found = topics.find(code)
        chip.setToolTip("\n".join(part for part in (name, _describe(found) if found else "", code) if part))
        chip.clicked.connect(partial(self._remove, code))
        return chip

    def _remove(self, code: str) -> None:
        place = self._codes.index(code)
        self._change(tuple(one for one in self._codes if one != code))
        (self._chips[min(place, len(self._chips) - 1)] if self._chips else self.add).setFocus()

    def _offer(self, typed: str) -> None:
        self._offered = {_describe(topic): topic for topic in topics.search(typed) if topic.code not in self._codes}
        self._names.setStringList(list(self._offered))

    def _take_first(self) -> None:
        """Enter takes what is marked in the list, or else what stands first."""
        if self._offered:
            self._take(next(iter(self._offered)))

    def _take(self, described: str) -> None:
        if topic := self._offered.get(described):
            self._offered = {}
            self._change((*self._codes, topic.code))
            # Qt puts what was chosen into the field when this is done
            self.search.clear()
            self._names.setStringList([])

    def _change(self, codes: tuple[str, ...]) -> None:
        self.show_topics(codes, self._language)
        self.edited.emit(codes)

    def _close_search(self) -> None:
        self.search.clear()
        self.search.hide()


def _describe(topic: Topic) -> str:
    """A topic as the list offers it: both names, and what it belongs to."""
    return " · ".join(part for part in (topic.english, topic.urdu, topic.above) if part)
