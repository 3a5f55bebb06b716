"""What stands below the columns: the article's state and size, and what of it all is on this laptop alone."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ovn_desk.domain.workflow import state_words
from ovn_desk.text import words
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.working_text import WorkingText
from ovn_desk.ui.widgets.overflow_bar import OverflowBar
from ovn_desk.ui.widgets.phrases import quantity


class StatusBar(QWidget):
    """The article's state and size, and what of it all is on this laptop alone."""

    backup_wanted = Signal()
    joining_wanted = Signal()
    """Who asks to be let in, or what was asked here, is to be shown."""
    hub_wanted = Signal()
    """How the hub stands was clicked: what it wants is to be given."""
    open_wanted = Signal()
    """What is to be settled is to be shown."""
    counted = Signal(str, int)
    """The open story, empty for none, and how many words it has as it stands here."""
    spelling_wanted = Signal()
    """The next misspelt word is to be shown, with suggestions."""

    def __init__(self, session: Session, article: OpenArticle, text: WorkingText) -> None:
        super().__init__()
        self._session, self._article, self._text = session, article, text
        self.setObjectName("status")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._state, self._counts = QLabel(), QLabel()
        self._claims = QLabel()
        self._spelling, self._lacks_dictionary = "", False
        self._state.setProperty("role", "heading")
        for label in (self._counts, self._claims):
            label.setProperty("role", "soft")
        self.backup = QPushButton()
        self.backup.setObjectName("where")
        self.backup.setProperty("flat", True)
        self.backup.clicked.connect(self.backup_wanted)
        self.joining = QPushButton()
        self.joining.setProperty("flat", True)
        self.joining.setProperty("tone", "warn")
        self.joining.clicked.connect(self.joining_wanted)
        self.hub = QPushButton()
        self.hub.setProperty("flat", True)
        self.hub.clicked.connect(self.hub_wanted)
        self.to_settle = QPushButton()
        self.to_settle.setProperty("flat", True)
        self.to_settle.setToolTip(self.tr("Show what is to be settled"))
        self.to_settle.clicked.connect(self.open_wanted)
        self.language = QPushButton()
        self.language.setProperty("flat", True)
        self.language.clicked.connect(self.spelling_wanted)
        for button in (self.backup, self.joining, self.hub, self.to_settle, self.language):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard where one writes
        row = OverflowBar(spacing=20)
        row.add(self._state, is_kept=True)
        row.add(self._counts, rank=3)
        row.add(self.to_settle, rank=5)
        row.add(self._claims, rank=4)
        row.add(self.language, rank=1)
        row.add_stretch()
        row.add(self.joining, rank=6)
        row.add(self.hub, rank=5)
        row.add(self.backup, rank=6)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 0, 9, 0)
        column.addWidget(row)
        self._show(self._state, "")
        self._show(self._claims, "")
        for button in (
            self.to_settle,
            self.joining,
            self.hub,
            self.backup,
            self.language,
        ):  # until there is something to say
            button.hide()

    def show_to_settle(self, number: int, held: int, whole: int) -> None:
        """How much stands in the way of approval, and how many claims rest on something, of all that must."""
        self.to_settle.setText(self.tr("{number} to settle").format(number=number))
        self.to_settle.setVisible(bool(number))
        claims = self.tr("Claims <b>{held} / {whole}</b>").format(held=held, whole=whole)
        self._show(self._claims, claims if whole else "")

    def show_joining(self, standing: str) -> None:
        """Who asks to be let in, or that one is not let in oneself; empty for neither."""
        self.joining.setText(standing)
        self.joining.setVisible(bool(standing))

    def show_spelling(self, found: str, *, lacks_dictionary: bool = False) -> None:
        """What is said of the spelling, beside the language."""
        self._lacks_dictionary = lacks_dictionary
        self._spelling = self.tr("no dictionary") if lacks_dictionary else found.removeprefix("· ")
        self._show_language()

    def show_copies(self, line: str, *, tone: str, account: str) -> None:
        """What is where: in a line, and whole for whoever points at it."""
        if line != self.backup.text() or tone != self.backup.property("tone"):
            self.backup.setText(line)
            self.backup.setVisible(bool(line))
            self.backup.setProperty("tone", tone)
            self.backup.style().polish(self.backup)
        self.backup.setToolTip("\n".join((account, f"{self._session.house.name} · {self._session.store.path}")))

    def show_hub(self, standing: str, why: str, *, is_in_need: bool) -> None:
        """What stands in the way of the hub, empty where nothing does, and why; what somebody can do is a warning."""
        self.hub.setProperty("tone", "warn" if is_in_need else "")
        self.hub.style().polish(self.hub)
        self.hub.setToolTip(why or self.tr("Where the hub is, and who you are there"))
        self._show(self.hub, standing)

    def refresh(self) -> None:
        """Shows the state and the size of the open story."""
        self._show_language()
        if self._article.folded is None:
            for label in (self._state, self._counts):
                self._show(label, "")
            self.counted.emit("", 0)
            return
        number = words.count(self._text.content.body)
        self.counted.emit(self._article.folded.id, number)
        aim = self._text.content.target_words
        parts = [
            self.tr("{number:,} / {aim:,} words").format(number=number, aim=aim)
            if aim
            else quantity(number, "word", "words"),
        ]
        if number:
            minutes = words.minutes(number, self._text.content.language)
            parts.append(self.tr("{minutes} min").format(minutes=minutes))
        self._show(self._state, str(state_words(self._article.folded.state)).removeprefix("a ").capitalize())
        self._show(self._counts, " · ".join(parts))

    def _show_language(self) -> None:
        parts = (self._text.content.language.upper(), self._spelling) if self._article.folded else ()
        self._show(self.language, " · ".join(part for part in parts if part))
        lacking = self.tr("The desk has no spelling dictionary for this language. Add one…")
        self.language.setToolTip(lacking if self._lacks_dictionary else self.tr("Show the next misspelt word"))

    @staticmethod
    def _show(label: QLabel | QPushButton, text: str) -> None:
        """A label without words takes no room."""
        if label.text() != text or label.isHidden() == bool(text):
            label.setText(text)
            label.setVisible(bool(text))
