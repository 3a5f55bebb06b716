"""What somebody said when the story changed hands, above the text: a reporter's note, an editor's reason."""

from collections.abc import Mapping
from html import escape

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from ovn_desk.domain.article import StaffId
from ovn_desk.domain.workflow import State, Step
from ovn_desk.text import direction
from ovn_desk.ui.state.clock import newsroom_time
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.widgets import theme
from ovn_desk.usecases import commenting, comparing, queries, suggesting
from ovn_desk.usecases.comparing import Note

_DONE = {Step.FILE: "{name}, filed {at}", Step.SEND_BACK: "{name}, sent back {at}"}


def note_head(note: Note, names: Mapping[StaffId, str], session: Session) -> str:
    """Who did what when: `Rana Malik, filed 13:30`."""
    at = newsroom_time(session.house, note.at)
    when = f"{at:%H:%M}" if at.date().isoformat() == session.today else f"{at.day} {at:%b %H:%M}"
    return QCoreApplication.translate("NoteCard", _DONE[note.step]).format(name=names.get(note.by, ""), at=when)


class NoteCard(QScrollArea):
    """Stands above the text that a reporter got back: what the editor asks for, and a way to the comments."""

    review_wanted = Signal()

    def __init__(self, session: Session, article: OpenArticle, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._article = session, article
        self.setObjectName("note-card")
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.words = QLabel(wordWrap=True)
        self.words.setTextFormat(Qt.TextFormat.RichText)
        flags = Qt.TextInteractionFlag
        self.words.setTextInteractionFlags(flags.TextSelectableByMouse | flags.LinksAccessibleByMouse)
        self.words.setProperty("role", "note")
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.words.linkActivated.connect(lambda _: self.review_wanted.emit())
        self.setWidget(self.words)
        self.hide()
        for fact in (article.opened, article.changed, session.person_changed):
            fact.connect(self.refresh)

    def refresh(self) -> None:
        """Shows the newest reason while the story is with its reporter again."""
        folded = self._article.folded
        is_back = folded is not None and folded.state is State.SENT_BACK
        notes = queries.ask(self._session.store, comparing.notes_of, folded.id) if folded and is_back else ()
        reasons = [note for note in notes if note.step is Step.SEND_BACK]
        if reasons:
            names = queries.staff_names(self._session.store)
            head = note_head(reasons[0], names, self._session)
            self.words.setText(self._html(head, reasons[0].text, self._name_more()))
            self.words.setAccessibleName(f"{head}: {reasons[0].text}")
        self.setVisible(bool(reasons))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _name_more(self) -> str:
        """The words of the way to what there is beside the reason; empty where it is all."""
        article, store = self._article.id, self._session.store
        if article is None:
            return ""
        changes = queries.ask(store, suggesting.suggestions, article).all
        comments = queries.ask(store, commenting.comments, article)
        if changes and comments:
            return self.tr("See the changes and comments")
        if changes:
            return self.tr("See the changes")
        return self.tr("See the comments") if comments else ""

    def _html(self, head: str, text: str, link: str) -> str:
        words = escape(text).replace("\n", "<br>")
        way = ' dir="rtl"' if direction.language_of(text) in direction.RTL else ""
        said = f"<div><b>{escape(head)}</b></div><div{way}>“{words}”</div>"
        if not link:
            return said
        colour = theme.colours().accent
        return f'{said}<div><a href="#review" style="color:{colour};text-decoration:none">{escape(link)}</a></div>'

    def _fit(self) -> None:
        """As high as the words are, up to a third of the pane; more of them is scrolled."""
        height = self.words.heightForWidth(max(1, self.viewport().width())) + 2 * self.frameWidth()
        above = self.parentWidget()
        most = max(72, (above.height() if above else 0) // 3)
        self.setFixedHeight(max(0, min(height, most)))
