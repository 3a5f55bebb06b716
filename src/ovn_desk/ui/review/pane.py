"""What changed: laid over the earlier text, walked by key, each change of the desk accepted or rejected."""

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTextBrowser,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ovn_desk.domain.article import RevisionId, tidy
from ovn_desk.text.changes import ChangeId
from ovn_desk.ui.background.jobs import Latest
from ovn_desk.ui.state.notices import Notices
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.steps import Steps
from ovn_desk.ui.state.working_text import WorkingText
from ovn_desk.ui.widgets import change_markup
from ovn_desk.ui.widgets.inputs import Choice
from ovn_desk.ui.widgets.phrases import quantity
from ovn_desk.usecases import comparing, queries
from ovn_desk.usecases.comparing import Review, Since
from ovn_desk.usecases.suggesting import Status

_SINCE_WIDTH = 196


class ReviewPane(QWidget):
    """Stands in the place of the editor. J and K walk, A and R decide, C comments, Escape goes back to writing."""

    left = Signal()
    comment_wanted = Signal(str, int, int)
    shown = Signal()

    def __init__(
        self,
        session: Session,
        article: OpenArticle,
        text: WorkingText,
        steps: Steps,
        notices: Notices,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("review")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session, self._article, self._text, self._steps, self._notices = session, article, text, steps, notices
        self._jobs = Latest(self)
        self.review: Review | None = None
        self.chosen: ChangeId | None = None
        self._pair: tuple[RevisionId, RevisionId | None] | None = None
        self.since = Choice()
        self.since.setMinimumWidth(_SINCE_WIDTH)
        self.since.setAccessibleName(self.tr("What the text is compared with"))
        self._count = QLabel()
        self._count.setProperty("role", "soft")
        self.side = QToolButton()
        self.side.setText(self.tr("Side by side"))
        self.side.setCheckable(True)
        self.side.setProperty("flat", True)
        self.view = _View()
        self._buttons: dict[str, QPushButton] = {}
        self._lay_out()
        self._connect()

    def open(self) -> None:
        """Shows the most useful comparison there is for this article and person."""
        self._pair = None
        self._offer()
        self.refresh()
        self.view.setFocus()

    def compare(self, older: RevisionId, newer: RevisionId | None) -> None:
        """Shows any two texts: a revision against a later one, or against the text now."""
        self._pair = (older, newer)
        self._offer()
        self.refresh()
        self.view.setFocus()

    def refresh(self) -> None:
        """Compares anew, off the window's thread."""
        article, by = self._article.id, self._session.person.id
        if article is None or not self.isVisible():
            return
        since = Since(self.since.currentData() or Since.LAST)
        older, newer = self._pair or (None, None)
        content = tidy(self._text.content)

        def make() -> Review:
            return queries.ask(
                self._session.store,
                comparing.review,
                article,
                since,
                by=by,
                older=older,
                newer=newer,
                content=content,
            )

        self._jobs.ask(make, done=self._show, refused=self._notices.refused.emit)

    def go(self, step: int) -> None:
        """Chooses the next change (1) or the one before (-1), round the end."""
        ids = self._ids()
        if not ids:
            return
        here = ids.index(self.chosen) if self.chosen in ids else (-1 if step > 0 else 0)
        self._choose(ids[(here + step) % len(ids)])

    def decide(self, *, accept: bool) -> None:
        """Accepts or rejects the chosen change, and goes to the next."""
        change = self.chosen
        if change is None or self.review is None or self._article.id is None:
            return
        if change not in self.review.suggestions:
            self._notices.refused.emit(self.tr("This change is not the desk's: it is accepted by approving the text."))
            return
        if self._steps.decide(change, accept=accept):
            self.go(1)
            self.refresh()

    def finish(self) -> None:
        self._jobs.finish()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        does = {
            "j": lambda: self.go(1),
            "k": lambda: self.go(-1),
            "a": lambda: self.decide(accept=True),
            "r": lambda: self.decide(accept=False),
            "c": self._comment,
            "\x1b": self.left.emit,
        }.get(event.text().lower())
        if does:
            does()
            return
        super().keyPressEvent(event)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(32, 16, 32, 6)
        back = QPushButton(self.tr("Write"))
        back.setToolTip(self.tr("Back to the text (Escape)"))
        back.clicked.connect(self.left)
        top.setSpacing(12)
        top.addWidget(self.since)
        top.addWidget(self._count, 1)
        top.addWidget(self.side)
        top.addWidget(back)
        bottom = QHBoxLayout()
        bottom.setContentsMargins(32, 8, 32, 12)
        self._where = QLabel()
        bottom.setSpacing(8)
        bottom.addWidget(self._where)
        bottom.addSpacing(8)
        for name, label, tip, do in (
            ("before", "K ↑", self.tr("The change before (K)"), lambda: self.go(-1)),
            ("next", "J ↓", self.tr("The next change (J)"), lambda: self.go(1)),
            ("accept", self.tr("Accept"), self.tr("Accept this change (A)"), lambda: self.decide(accept=True)),
            ("reject", self.tr("Reject"), self.tr("Reject this change (R)"), lambda: self.decide(accept=False)),
            ("comment", self.tr("Comment"), self.tr("Say something about it (C)"), self._comment),
        ):
            button = QPushButton(label)
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            button.clicked.connect(lambda _=False, act=do: act())
            self._buttons[name] = button
            bottom.addWidget(button)
        bottom.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.view, 1)
        column.addLayout(bottom)

    def _connect(self) -> None:
        self.since.activated.connect(lambda _: self._forget_pair())
        self.side.toggled.connect(lambda _: self._draw())
        self.view.anchorClicked.connect(lambda url: self._choose(ChangeId(url.fragment())))
        self._article.opened.connect(self.open)
        self._text.replaced.connect(self.refresh)
        self._article.changed.connect(self.refresh)
        self._text.rested.connect(self.refresh)

    def _forget_pair(self) -> None:
        self._pair = None
        self.refresh()
        self.view.setFocus()

    def _offer(self) -> None:
        """The comparisons there are, in the box."""
        chosen = self.since.currentData()
        self.since.clear()
        if self._article.id is not None:
            by = self._session.person.id
            for since in queries.ask(self._session.store, comparing.available_comparisons, self._article.id, by=by):
                self.since.addItem(since.value.capitalize(), since)
        if self._pair:
            self.since.insertItem(0, self.tr("Two versions"), Since.LAST)
            self.since.setCurrentIndex(0)
        elif (at := self.since.findData(chosen)) >= 0:
            self.since.setCurrentIndex(at)
        self.since.setVisible(self.since.count() > 0)

    def _show(self, review: Review) -> None:
        self.review = review
        ids = self._ids()
        if self.chosen not in ids:
            undecided = [one for one in ids if self._status(one) is Status.UNDECIDED]
            self.chosen = next(iter(undecided or ids), None)
        self._draw()
        self.shown.emit()

    def _draw(self) -> None:
        if self.review is None:
            return
        place = self.view.verticalScrollBar().value()
        changes, suggestions, is_wide = self.review.changes, self.review.suggestions, self.side.isChecked()
        self.view.setHtml(
            change_markup.whole(changes, suggestions, chosen=self.chosen, side_by_side=is_wide)
            if changes.all
            else self.tr("<p>Nothing has changed.</p>")
        )
        self.view.verticalScrollBar().setValue(place)
        self._say()

    def _choose(self, change: ChangeId) -> None:
        self.chosen = change
        self._draw()
        self.view.scrollToAnchor(change)
        self.view.setFocus()

    def _say(self) -> None:
        ids = self._ids()
        number = quantity(len(ids), "change", "changes")
        left = self.review.undecided if self.review else 0
        self._count.setText(number + (self.tr(" · {left} to decide").format(left=left) if left else ""))
        here = ids.index(self.chosen) + 1 if self.chosen in ids else 0
        self._where.setText(self.tr("Change <b>{here} of {all}</b>").format(here=here, all=len(ids)) if ids else "")
        is_offered = self.review is not None and self.chosen in self.review.suggestions
        status = self._status(self.chosen) if self.chosen else None
        for name in ("before", "next", "comment"):
            self._buttons[name].setEnabled(bool(ids))
        self._buttons["accept"].setEnabled(is_offered and status not in {Status.ACCEPTED, Status.AS_EDITED})
        self._buttons["reject"].setEnabled(is_offered and status is not Status.REJECTED)

    def _ids(self) -> list[ChangeId]:
        return [change.id for change in self.review.changes.all] if self.review else []

    def _status(self, change: ChangeId) -> Status | None:
        one = self.review.suggestions.get(change) if self.review else None
        return one.status if one else None

    def _comment(self) -> None:
        """The words of the chosen change, as they stand now, are what the comment is about."""
        for field, text in self.review.changes.texts.items() if self.review else ():
            for change in text.all:
                if change.id == self.chosen:
                    self.comment_wanted.emit(field, *change.new)
                    return
        self.comment_wanted.emit("body", 0, 0)


class _View(QTextBrowser):
    """The changes as text; its keys are the pane's."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("changes")
        self.setOpenLinks(False)
        self.setAccessibleName(self.tr("What changed"))
        self.document().setDocumentMargin(32)
        self.document().setDefaultStyleSheet("a { text-decoration: none; }")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().lower() in {"j", "k", "a", "r", "c", "\x1b"}:
            event.ignore()
            return
        super().keyPressEvent(event)

    def loadResource(self, kind: int, url: QUrl | str) -> object:
        del kind, url  # nothing is fetched for what is only text
        return None
