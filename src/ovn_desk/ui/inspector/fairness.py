"""Who was heard, who was asked for a reply, and what could not be checked: counts and rows, never a verdict."""

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ovn_desk.domain import fairness
from ovn_desk.domain.citing import citations
from ovn_desk.domain.evidence import Reply
from ovn_desk.text import dates
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.working_text import WorkingText
from ovn_desk.ui.widgets.boxes import send_with
from ovn_desk.ui.widgets.message_bar import THIS_STORY, MessageBar
from ovn_desk.ui.widgets.phrases import quantity

_DAYS = ("asked_at", "deadline")


class Fairness(QWidget):
    """Voices, who was asked for a reply, and what could not be verified."""

    def __init__(
        self,
        session: Session,
        article: OpenArticle,
        text: WorkingText,
        bar: MessageBar,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._article, self._text, self._bar = session, article, text, bar
        self._was: Reply | None = None
        self._shown: tuple[object, ...] = ()
        self._voices = QLabel(wordWrap=True)
        self._voices.setProperty("role", "soft")
        heading = QLabel(self.tr("Asked for a reply"))
        heading.setProperty("role", "heading")
        self.add = QPushButton(self.tr("+ Ask somebody"))
        self.add.setProperty("flat", True)
        self.add.clicked.connect(lambda: self._open(None))
        self._none = QLabel(self.tr("Whoever the story criticises is asked, and given time to answer."), wordWrap=True)
        self._none.setProperty("role", "soft")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self.form = ReplyForm()
        self.form.hide()
        self.form.save.clicked.connect(self._save)
        self._unverified = QPlainTextEdit(placeholderText=self.tr("Readers see this under “How we know”."))
        self._unverified.setAccessibleName(self.tr("What could not be verified"))
        self._unverified.setTabChangesFocus(True)
        self._unverified.setFixedHeight(52)
        self._unverified.textChanged.connect(self._push_unverified)
        unverified = QLabel(self.tr("What could not be verified"))
        unverified.setProperty("role", "heading")
        top = QHBoxLayout()
        top.addWidget(heading, 1)
        top.addWidget(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._voices)
        column.addLayout(top)
        column.addWidget(self._none)
        column.addLayout(self._rows)
        column.addWidget(self.form)
        column.addWidget(unverified)
        column.addWidget(self._unverified)
        article.opened.connect(self.form.forget)

    def refresh(self) -> None:
        """Shows the working text's; a row that says the same as before is left where it is."""
        content = self._text.content
        cited = {citation.key for citation in citations(content.body)}
        self._voices.setText(self._say_voices(fairness.voices(content.sources, cited)))
        may_edit = not self._article.edit_refusal
        shown = (content.replies, may_edit, self._session.today)
        if shown != self._shown:
            self._shown = shown
            while taken := self._rows.takeAt(0):
                if widget := taken.widget():
                    widget.hide()
                    widget.deleteLater()
            for reply in content.replies:
                self._rows.addWidget(self._row(reply, may_edit=may_edit))
        self._none.setVisible(not content.replies and self.form.isHidden())
        self.add.setEnabled(may_edit)
        self._unverified.setReadOnly(not may_edit)
        if not self._unverified.hasFocus() and self._unverified.toPlainText() != content.unverified:
            self._unverified.blockSignals(True)
            self._unverified.setPlainText(content.unverified)
            self._unverified.blockSignals(False)

    def _say_voices(self, heard: fairness.Voices) -> str:
        if not heard.total:
            return self.tr("No person, organisation or outlet is cited yet.")
        kinds = ", ".join(f"{number} {kind}" for kind, number in heard.by_kind.items())
        return self.tr("{voices}: {named} named, {unnamed} not named. {kinds}").format(
            voices=quantity(heard.total, "voice", "voices"), named=heard.named, unnamed=heard.unnamed, kinds=kinds
        )

    def _row(self, reply: Reply, *, may_edit: bool) -> "ReplyRow":
        row = ReplyRow(reply, today=self._session.today, may_edit=may_edit)
        row.opened.connect(lambda field: self._open(reply, field))
        row.removed.connect(lambda: self._remove(reply))
        return row

    def _open(self, reply: Reply | None, field: str = "name") -> None:
        self._was = reply
        self._none.hide()
        self.form.show_reply(reply or Reply(), field=field)

    def _save(self) -> None:
        made = self.form.reply(self._was or Reply())
        if not made.name:
            self.form.fields["name"].setFocus()
            return
        replies = self._text.content.replies
        changed = tuple(made if old is self._was else old for old in replies) if self._was else (*replies, made)
        self.form.forget()
        self._text.edit(replies=changed)
        self.add.setFocus()

    def _remove(self, reply: Reply) -> None:
        before = self._text.content.replies
        self._text.edit(replies=tuple(old for old in before if old is not reply))
        undo = (self.tr("Undo"), lambda _: self._put_back(reply, before.index(reply)))
        self._bar.say(
            self.tr("{name} is no longer among those who were asked.").format(name=reply.name),
            answers=[undo],
            topic=THIS_STORY,
        )

    def _put_back(self, reply: Reply, place: int) -> None:
        replies = self._text.content.replies
        if reply not in replies:
            self._text.edit(replies=(*replies[:place], reply, *replies[place:]))

    def _push_unverified(self) -> None:
        self._text.edit(unverified=self._unverified.toPlainText())


class ReplyRow(QFrame):
    """One who was asked: how it stands, and what can be done about it."""

    opened = Signal(str)
    """The field of the form that is to have the keyboard."""
    removed = Signal()

    def __init__(self, reply: Reply, *, today: str, may_edit: bool) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._reply, self._may_edit = reply, may_edit
        name = QLabel(reply.name, wordWrap=True)
        name.setTextFormat(Qt.TextFormat.PlainText)
        name.setProperty("role", "heading")
        words, tone = self._standing(today)
        chip = QLabel(words)
        chip.setProperty("chip", tone)
        about = QLabel(self._about(), wordWrap=True)
        about.setTextFormat(Qt.TextFormat.PlainText)
        about.setProperty("role", "soft")
        more = QToolButton()
        more.setText("⋯")
        more.setProperty("flat", True)
        more.setAccessibleName(self.tr("More for {name}").format(name=reply.name))
        more.clicked.connect(lambda: self._pop_up(more.mapToGlobal(more.rect().bottomLeft())))
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(name, 1)
        line.addWidget(more, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 6, 8)
        column.setSpacing(2)
        column.addLayout(line)
        column.addWidget(about)
        column.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeading)
        about.setVisible(bool(about.text()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._pop_up(event.globalPos())

    def mouseDoubleClickEvent(self, _event: object) -> None:
        if self._may_edit:
            self.opened.emit("name")

    def _pop_up(self, at: QPoint) -> None:
        menu = QMenu(self.window())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, do in (
            (self.tr("Write down the answer…"), lambda: self.opened.emit("answer")),
            (self.tr("Edit…"), lambda: self.opened.emit("name")),
            (self.tr("Remove"), self.removed.emit),
        ):
            action = menu.addAction(words)
            action.setEnabled(self._may_edit)
            action.triggered.connect(lambda _=False, act=do: act())
        menu.popup(at)

    def _standing(self, today: str) -> tuple[str, str]:
        reply = self._reply
        if reply.answer.strip():
            return self.tr("answered"), "calm"
        if fairness.reply_gap(reply, today) is None:
            return self.tr("did not answer"), "calm"
        if not reply.asked_at:
            return self.tr("not asked yet"), "warn"
        return self.tr("waiting until {day}").format(day=dates.say_day(reply.deadline)), "warn"

    def _about(self) -> str:
        reply = self._reply
        if reply.answer.strip():
            return f"“{reply.answer.strip()}”"
        asked = self.tr("asked on {day}").format(day=dates.say_day(reply.asked_at)) if reply.asked_at else ""
        how = self.tr("by {how}").format(how=reply.how) if reply.how and asked else reply.how
        return " ".join(part for part in (asked, how) if part)


class ReplyForm(QFrame):
    """One person or body to be asked. Escape leaves it, and what was typed is there when it is opened again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._begun: Reply | None = None
        labels = {
            "name": (self.tr("Who"), self.tr("Person or body")),
            "asked_at": (self.tr("Asked on"), self.tr("20 July 2025")),
            "how": (self.tr("How"), self.tr("Telephone, e-mail, letter")),
            "contact": (self.tr("Contact"), self.tr("Stays in the newsroom")),
            "deadline": (self.tr("Answer by"), self.tr("21 July 2025")),
        }
        form = QFormLayout(self)
        form.setContentsMargins(12, 10, 12, 10)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.fields = {}
        for name, (label, hint) in labels.items():
            field = QLineEdit(placeholderText=hint)
            field.setAccessibleName(label)
            field.setMinimumWidth(60)
            self.fields[name] = field
            form.addRow(label, field)
        self.answer = QPlainTextEdit(placeholderText=self.tr("What they answered; empty while they have not"))
        self.answer.setAccessibleName(self.tr("Answer"))
        self.answer.setTabChangesFocus(True)
        self.answer.setFixedHeight(56)
        form.addRow(self.tr("Answer"), self.answer)
        self.save = QPushButton(self.tr("Save"))
        self.save.setObjectName("primary")
        send_with(self, self.save)
        cancel = QPushButton(self.tr("Discard"))
        cancel.clicked.connect(self.forget)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(cancel)
        buttons.addWidget(self.save)
        form.addRow(buttons)
        for field in self.fields.values():
            field.returnPressed.connect(self.save.click)

    def show_reply(self, reply: Reply, *, field: str = "name") -> None:
        """Shows one to be asked, with the keyboard in a field; what was begun about the same one goes on."""
        if self._begun != reply:
            self._begun = reply
            for name, line in self.fields.items():
                line.setText(dates.say_day(getattr(reply, name)) if name in _DAYS else getattr(reply, name))
            self.answer.setPlainText(reply.answer)
        self.show()
        (self.answer if field == "answer" else self.fields["name"]).setFocus()

    def forget(self) -> None:
        """Nothing is begun any more."""
        self._begun = None
        self.hide()

    def reply(self, was: Reply) -> Reply:
        """The reply as it stands in the form; days as ISO dates where they are days."""
        texts = {name: field.text().strip() for name, field in self.fields.items()}
        for name in _DAYS:
            texts[name] = dates.parse_day(texts[name]) or texts[name]
        return replace(was, **texts, answer=self.answer.toPlainText().strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            return
        super().keyPressEvent(event)
