"""What stands above the columns: search, whether the text is saved, who sits here, who has it, the next step."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ovn_desk.domain.workflow import Step
from ovn_desk.ui.bars.custody_label import CustodyLabel
from ovn_desk.ui.bars.search_button import SearchButton
from ovn_desk.ui.state.clock import newsroom_time
from ovn_desk.ui.state.custody import is_to_review_again, take_label
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.save_state import Saving
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.steps import Steps
from ovn_desk.ui.state.working_text import WorkingText
from ovn_desk.ui.widgets import theme
from ovn_desk.ui.widgets.arrangement import Room, View
from ovn_desk.ui.widgets.overflow_bar import OverflowBar
from ovn_desk.ui.widgets.segments import Segments
from ovn_desk.ui.widgets.side import Side
from ovn_desk.usecases import kept_out

_AFTER_KEY_MS = 60
_NEXT_STEPS = {
    Step.FILE: "File to the desk",
    Step.APPROVE: "Review",
    Step.PUBLISH: "Export…",
}


class TopBar(QWidget):
    """Brand, search, whether the text is saved, who sits here, and the one next step."""

    new_wanted = Signal()
    find_wanted = Signal(str)
    step_wanted = Signal()
    decision_wanted = Signal()
    """Somebody has to decide between two versions before any step is taken."""
    editor_wanted = Signal()
    """Somebody is to be invited who may approve what lies here."""

    def __init__(self, session: Session, article: OpenArticle, text: WorkingText, steps: Steps, side: Side) -> None:
        super().__init__()
        self._session, self._article, self._text, self._steps, self._side = session, article, text, steps, side
        self.setObjectName("bar-top")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._brand = QLabel()
        self._brand.setObjectName("brand")
        new = QPushButton(self.tr("+ New"))
        new.setAccessibleName(self.tr("New article"))
        new.clicked.connect(self.new_wanted)
        find = SearchButton()
        find.clicked.connect(lambda: self.find_wanted.emit(""))
        self._saved = QLabel()
        self._saved.setObjectName("save-state")
        self._saved.setTextFormat(Qt.TextFormat.RichText)
        self._saved.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        self._saved.setMinimumWidth(
            self._saved.fontMetrics().horizontalAdvance("▲ Saved 00:00 ")
        )  # nothing beside it moves
        # A key is shown in the text first: what this bar says about it comes after that frame.
        self._soon = QTimer(self, singleShot=True, interval=_AFTER_KEY_MS)
        self._soon.timeout.connect(self._show_saving)
        words = {"text": self.tr("Text"), "page": self.tr("Page"), "inspector": self.tr("Details")}
        self.places = Segments(words, label=self.tr("What is shown"))
        self.places.chosen.connect(self._show_place)
        self._person = QPushButton()
        self._person.setProperty("flat", True)
        self._person.setToolTip(self.tr("Switch person"))
        self._person.clicked.connect(lambda: self.find_wanted.emit("~"))
        self.custody = CustodyLabel(session, article)
        self.next = QPushButton()
        self.next.setObjectName("next-step")
        self.next.clicked.connect(self._go_on)
        row = OverflowBar(spacing=12)
        row.add(self._brand, rank=0)
        row.add(new, is_kept=True)
        row.add(find, is_kept=True, is_elastic=True)
        row.add_stretch()
        row.add(self._saved, is_kept=True)
        row.add(self.places, is_kept=True)
        row.add(self._person, rank=1)
        row.add(self.custody, rank=2, is_elastic=True)
        row.add(self.next, is_kept=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.addWidget(row)
        steps.progressed.connect(self._progress)
        text.save_state_changed.connect(self.show_saving)
        session.writable_changed.connect(self.show_saving)
        side.changed.connect(self._show_places)
        self._show_places()
        self._show_brand()

    def refresh(self) -> None:
        self._person.setText(self._person_words())
        self.custody.refresh()
        step: Step | None = self._article.next_step
        if self._article.versions.are_undecided and not self._article.edit_refusal:
            self.next.setText(self.tr("Decide between versions"))
            self.next.setVisible(True)
            self.next.setEnabled(True)
            return
        if self._article.lacks_editor:
            invites = self._session.key.is_chiefs
            said = self.tr("Another editor approves: invite one…") if invites else self.tr("Another editor approves…")
            self.next.setText(said)
            self.next.setVisible(True)
            self.next.setEnabled(True)
            return
        self.next.setVisible(step is not None)
        self.next.setText(self._steps.busy_with or self._step_label(step))
        self.next.setEnabled(step is not None and not self._steps.busy_with)

    def _person_words(self) -> str:
        """Who sits here; nobody in the place of another."""
        person = self._session.person
        if person.is_retired:
            return self.tr("{name} · no longer in this newsroom").format(name=person.name)
        if not self._session.key.is_let_in:
            return self.tr("{name} · not let in yet").format(name=person.name)
        if person.id and kept_out.is_kept_out(self._session.store):
            said = self.tr("{name} · {role}, kept out of the hub")
            return said.format(name=person.name, role=person.role)
        return f"{person.name} · {person.role}" if person.id else self.tr("Nobody yet · only reads")

    def _step_label(self, step: Step | None) -> str:
        if step is Step.TAKE:
            return take_label(self._session, self._article.folded)
        if is_to_review_again(self._article):
            return self.tr("Review again")
        return self.tr(_NEXT_STEPS[step]) if step else ""

    def _go_on(self) -> None:
        if self._article.versions.are_undecided and not self._article.edit_refusal:
            self.decision_wanted.emit()
        elif self._article.lacks_editor and self._session.key.is_chiefs:
            self.editor_wanted.emit()
        else:
            self.step_wanted.emit()

    def show_saving(self) -> None:
        self._soon.start()

    def refresh_colours(self) -> None:
        """The theme changed."""
        self._show_brand()
        self._show_saving()

    def _show_brand(self) -> None:
        self._brand.setText(f'<span style="color:{theme.colours().accent}">OVN</span> Desk')

    def _show_places(self) -> None:
        """The way from one to another where they take each other's place; else each has its own."""
        seen = self._side.arrangement
        is_reviewing = seen.view is View.REVIEW
        is_one = seen.room is Room.ONE and seen.view is not View.WIDE
        is_inspector = seen.has_inspector and seen.room in {Room.TWO, Room.THREE} and not is_reviewing
        self.places.setVisible(is_one or is_inspector)
        self.places.buttons["text"].setVisible(is_one)
        self.places.buttons["text"].setText(self.tr("Changes") if is_reviewing else self.tr("Text"))
        self.places.choose("inspector" if seen.has_inspector else "page" if seen.has_page else "text")

    def _show_place(self, name: str) -> None:
        side = self._side
        {"text": side.show_text, "page": side.show_page, "inspector": side.show_inspector}[name]()

    def _show_saving(self) -> None:
        state = self._text.save_state
        now = theme.colours()
        at = f"{newsroom_time(self._session.house, state.at):%H:%M}" if state.at else ""
        sign, text = {
            Saving.NOTHING: ("", ""),
            Saving.EDITING: (f'<span style="color:{now.amber}">○</span>', self.tr("Editing…")),
            Saving.SAVED: (f'<span style="color:{now.accent}">●</span>', self.tr("Saved {at}").format(at=at)),
            Saving.NOT_SAVED: (f'<span style="color:{now.red}">▲</span>', f"<b>{self.tr('NOT SAVED')}</b>"),
        }[state.saving]
        if self._session.why_read_only:
            sign, text = f'<span style="color:{now.amber}">▲</span>', self.tr("Read only")
        self._saved.setText(f"{sign} {text}")
        self._saved.setAccessibleName(text)

    def _progress(self, done: int, whole: int) -> None:
        if whole > 1:
            self.next.setText(self.tr("Exporting {done} of {whole}…").format(done=done, whole=whole))
