"""What stands below the columns: the article's state and size, and which newsroom and store this is."""

from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ovn_desk.domain.workflow import state_words
from ovn_desk.text import words
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.working_text import WorkingText
from ovn_desk.ui.widgets.phrases import age, quantity


class StatusBar(QWidget):
    """The article's state and size, and which newsroom and store this is."""

    def __init__(self, session: Session, article: OpenArticle, text: WorkingText) -> None:
        super().__init__()
        self._session, self._article, self._text = session, article, text
        self.setObjectName("status")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._state, self._counts, self._language, self._where = QLabel(), QLabel(), QLabel(), QLabel()
        self._claims = QLabel()
        self._claims.hide()
        self._spelling = ""
        self._state.setProperty("role", "heading")
        for label in (self._counts, self._language, self._claims, self._where):
            label.setProperty("role", "soft")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 5, 16, 5)
        row.setSpacing(24)
        row.addWidget(self._state)
        row.addWidget(self._counts)
        row.addWidget(self._language)
        row.addWidget(self._claims)
        row.addStretch()
        row.addWidget(self._where)

    def show_to_settle(self, number: int, held: int, whole: int) -> None:
        """How much stands in the way of approval, and how many claims rest on something, of all that must."""
        parts = [self.tr("<b>{number}</b> to settle").format(number=number)] if number else []
        if whole:
            parts.append(self.tr("Claims <b>{held} / {whole}</b>").format(held=held, whole=whole))
        self._claims.setVisible(bool(parts))
        self._claims.setText(" · ".join(parts))

    def show_spelling(self, found: str) -> None:
        """What is said of the spelling, beside the language."""
        self._spelling = found
        self._show_language()

    def refresh(self, copied_at: datetime | None, *, hub: str) -> None:
        """`copied_at` is when the last copy off this disk was made, `hub` how the hub stands; empty without one."""
        self._show_language()
        copied = (
            self.tr("last copy off this laptop: {age}").format(age=age(copied_at, datetime.now(UTC)))
            if copied_at
            else self.tr("no copy off this laptop")
        )
        self._where.setText(self.tr("{hub} · {copied}").format(hub=hub or self.tr("Offline, as always"), copied=copied))
        self._where.setToolTip(f"{self._session.house.name} · {self._session.store.path}")
        if self._article.folded is None:
            self._state.clear()
            self._counts.clear()
            return
        number = words.count(self._text.content.body)
        aim = self._text.content.target_words
        parts = [
            self.tr("{number:,} / {aim:,} words").format(number=number, aim=aim)
            if aim
            else quantity(number, "word", "words"),
            self.tr("{minutes} min to read").format(minutes=words.minutes(number, self._text.content.language)),
            quantity(len(self._text.content.sources), "source", "sources"),
        ]
        self._state.setText(str(state_words(self._article.folded.state)).removeprefix("a ").capitalize())
        self._counts.setText(" · ".join(parts))

    def _show_language(self) -> None:
        self._language.setText(
            f"{self._text.content.language.upper()} {self._spelling}".strip() if self._article.folded else ""
        )
