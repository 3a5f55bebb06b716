"""Who was heard, who was asked for an answer, and what could not be checked: counts and rows, never a verdict."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ovn_desk.domain import fairness
from ovn_desk.domain.citing import citations
from ovn_desk.domain.evidence import Reply
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.working_text import WorkingText
from ovn_desk.ui.widgets.phrases import quantity


class Fairness(QWidget):
    """Voices, right of reply and what could not be verified."""

    def __init__(
        self, session: Session, article: OpenArticle, text: WorkingText, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._article, self._text = session, article, text
        self._was: Reply | None = None
        self._voices = QLabel(wordWrap=True)
        self._voices.setProperty("role", "soft")
        heading = QLabel(self.tr("Right of reply"))
        heading.setProperty("role", "heading")
        self.add = QPushButton(self.tr("+ Ask"))
        self.add.setProperty("flat", True)
        self.add.clicked.connect(lambda: self._open(None))
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
        column.addLayout(self._rows)
        column.addWidget(self.form)
        column.addWidget(unverified)
        column.addWidget(self._unverified)

    def refresh(self) -> None:
        content = self._text.content
        cited = {citation.key for citation in citations(content.body)}
        heard = fairness.voices(content.sources, cited)
        kinds = ", ".join(f"{number} {kind}" for kind, number in heard.by_kind.items())
        self._voices.setText(
            self.tr("{voices}: {named} named, {unnamed} not named. {kinds}").format(
                voices=quantity(heard.total, "voice", "voices"), named=heard.named, unnamed=heard.unnamed, kinds=kinds
            )
            if heard.total
            else self.tr("No person, organisation or outlet is cited yet.")
        )
        while taken := self._rows.takeAt(0):
            if widget := taken.widget():
                widget.hide()
                widget.deleteLater()
        may_edit = not self._article.edit_refusal
        for reply in content.replies:
            self._rows.addWidget(self._row(reply, may_edit=may_edit))
        self.add.setEnabled(may_edit)
        self._unverified.setReadOnly(not may_edit)
        if not self._unverified.hasFocus() and self._unverified.toPlainText() != content.unverified:
            self._unverified.blockSignals(True)
            self._unverified.setPlainText(content.unverified)
            self._unverified.blockSignals(False)

    def _row(self, reply: Reply, *, may_edit: bool) -> QFrame:
        row = QFrame()
        row.setProperty("role", "card")
        gap = fairness.reply_gap(reply, self._session.today)
        answered = self.tr("answered") if reply.answer.strip() else self.tr("did not respond")
        said = QLabel(str(gap or answered), wordWrap=True)
        said.setProperty("chip", "warn" if gap else "calm")
        name = QLabel(reply.name)
        name.setTextFormat(Qt.TextFormat.PlainText)
        name.setProperty("role", "heading")
        line = QHBoxLayout()
        line.addWidget(name, 1)
        for sign, meaning, do in (
            (self.tr("Edit"), self.tr("Change {name}"), lambda: self._open(reply)),
            ("✕", self.tr("Remove {name}"), lambda: self._remove(reply)),
        ):
            button = QToolButton()
            button.setText(sign)
            button.setProperty("flat", True)
            button.setAccessibleName(meaning.format(name=reply.name))
            button.setEnabled(may_edit)
            button.clicked.connect(lambda _=False, act=do: act())
            line.addWidget(button)
        column = QVBoxLayout(row)
        column.setContentsMargins(10, 6, 6, 8)
        column.addLayout(line)
        column.addWidget(said)
        return row

    def _open(self, reply: Reply | None) -> None:
        self._was = reply
        self.form.show_reply(reply or Reply())

    def _save(self) -> None:
        made = self.form.reply(self._was or Reply())
        if not made.name:
            self.form.fields["name"].setFocus()
            return
        replies = self._text.content.replies
        changed = tuple(made if old is self._was else old for old in replies) if self._was else (*replies, made)
        self.form.hide()
        self._text.edit(replies=changed)

    def _remove(self, reply: Reply) -> None:
        self._text.edit(replies=tuple(old for old in self._text.content.replies if old is not reply))

    def _push_unverified(self) -> None:
        self._text.edit(unverified=self._unverified.toPlainText())


class ReplyForm(QFrame):
    """One person or body to be asked. Escape leaves it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        labels = {
            "name": (self.tr("Who"), self.tr("Person or body")),
            "asked_at": (self.tr("Asked on"), "2025-07-20"),
            "how": (self.tr("How"), self.tr("Phone, e-mail, letter")),
            "contact": (self.tr("Contact"), self.tr("Stays in the newsroom")),
            "deadline": (self.tr("Deadline"), "2025-07-21"),
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
        cancel = QPushButton(self.tr("Cancel"))
        cancel.clicked.connect(self.hide)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(cancel)
        buttons.addWidget(self.save)
        form.addRow(buttons)
        for field in self.fields.values():
            field.returnPressed.connect(self.save.click)

    def show_reply(self, reply: Reply) -> None:
        for name, field in self.fields.items():
            field.setText(getattr(reply, name))
        self.answer.setPlainText(reply.answer)
        self.show()
        self.fields["name"].setFocus()

    def reply(self, was: Reply) -> Reply:
        """The reply as it stands in the form."""
        texts = {name: field.text().strip() for name, field in self.fields.items()}
        return replace(was, **texts, answer=self.answer.toPlainText().strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            return
        super().keyPressEvent(event)
