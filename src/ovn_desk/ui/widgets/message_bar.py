"""What the desk says and asks: over the end of the middle, never a window in the way, and nothing moves for it."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from ovn_desk.ui.widgets import icons
from ovn_desk.ui.widgets.half_written import HalfWritten
from ovn_desk.ui.widgets.message import LACKING, REFUSAL, THIS_STORY, Answer, Message
from ovn_desk.ui.widgets.urdu_words import show_words

__all__ = ["LACKING", "REFUSAL", "THIS_STORY", "Answer", "MessageBar"]

_SIGNS = {"calm": ("info", "accent"), "warn": ("triangle-alert", "amber"), "bad": ("circle-alert", "red")}
_GAP, _SIGN_AND_EDGES = 8, 56
_LINES = 2
"""More of them stand above their answers, not beside them."""
_CALM_MS, _UNDO_MS, _OFFER_MS = 8_000, 30_000, 60_000


class MessageBar(QFrame):
    """The newest message, and those that still wait below it; the first answer is the one that Enter gives.

    What awaits an answer stays in sight when something is merely said: that is a line above it then. A question stays
    on top while it is asked, and what was typed into it is there when it is asked again. What was merely done goes by
    itself, unless the pointer or the keyboard is on it.
    """

    room_taken = Signal(int)
    """The height, in pixels, that it covers at the bottom of its place now; 0 when it is gone."""

    def __init__(self, parent: QWidget | None = None, *, half_written: HalfWritten | None = None) -> None:
        """`half_written` keeps what was typed into a question about a story."""
        super().__init__(parent)
        self.setObjectName("bar")
        self._messages: list[Message] = []
        self._aside = ""
        """What was merely said while something awaits an answer."""
        self._about = ""
        self._person: Callable[[], str] = lambda: ""
        self.half_written = half_written or HalfWritten()
        self._other_drafts = HalfWritten()
        self._buttons: list[QPushButton] = []
        self._place: QWidget | None = None
        self._back_to: QWidget | None = None
        self._sign = QLabel()
        self._text = QLabel(wordWrap=True)
        self._words = ""
        """What the label says, without how it is set."""
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.field = QLineEdit()
        self.field.setObjectName("bar-field")
        self.field.returnPressed.connect(lambda: self._give(0))
        self.field.textEdited.connect(self._keep_draft)
        self._waiting = QPushButton()
        self._waiting.setProperty("flat", True)
        self._waiting.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._waiting.setToolTip(self.tr("Show the next message"))
        self._waiting.clicked.connect(self._turn_over)
        self._answers_row = QHBoxLayout()
        self._answers_row.setSpacing(8)
        self._answers_row.addStretch()
        self._answers_row.addWidget(self.field, 1)
        self._answers_row.addWidget(self._waiting)
        words = QHBoxLayout()
        words.setSpacing(8)
        words.addWidget(self._sign)
        words.addWidget(self._text, 1)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(14, 6, 8, 6)
        self._row.setSpacing(8)
        self._row.addLayout(words, 1)
        self._row.addLayout(self._answers_row)
        self._leaving = QTimer(self, singleShot=True)
        self._leaving.timeout.connect(self._leave)
        self._aside_leaving = QTimer(self, singleShot=True, interval=_CALM_MS)
        self._aside_leaving.timeout.connect(self._end_aside)
        self.hide()

    @property
    def text(self) -> str:
        """What it says, or said last."""
        return self._words

    def lie_over(self, place: QWidget) -> None:
        """From now on it lies over the bottom of `place`, or of what that stands in while `place` is hidden."""
        self._place = place
        self.setParent(place)  # in its native window, so that the mouse finds the bar and not what it covers
        around: QWidget | None = place
        while around is not None and not around.isWindow():  # any of them may move the place
            around.installEventFilter(self)
            around = around.parentWidget()

    def speak_to(self, person: Callable[[], str]) -> None:
        """From now on each message is for whom `person` names as it is said, and ends with them, `turn_to`."""
        self._person = person

    def say(
        self,
        sentence: str,
        *,
        tone: str = "calm",
        answers: Sequence[Answer] = (),
        sticky: bool = False,
        undo: Callable[[], object] | None = None,
        topic: str = "",
        for_everybody: bool = False,
    ) -> None:
        """Shows a sentence on top of those that wait, or below a question that is being answered.

        `undo` takes back what was done, and its button comes first. A sticky sentence stays until it is answered or
        withdrawn; one about the same `topic` takes the place of the one before it. What was done, with no topic, goes
        when the next is said or after a while, also where it offers something, as to open a folder. It is for whoever
        sits here, and goes when another person sits down; what is so of this computer, as a full disk, is for
        everybody.
        """
        is_passing = tone == "calm" and not sticky and not (answers and topic)
        stays_ms = (_OFFER_MS if answers else _CALM_MS) if is_passing else 0
        if undo is not None:
            answers, stays_ms = [(self.tr("Undo"), lambda _: undo()), *answers], _UNDO_MS
        self._remember_focus()
        said = Message(sentence, tone, tuple(answers), sticky, stays_ms, topic, has_undo=undo is not None)
        self._add(replace(said, addressee="" if for_everybody else self._person()))

    def warn(self, sentence: str) -> None:
        """Shows that something was refused, until something else is refused or done."""
        self.say(sentence, tone="warn", topic=REFUSAL)

    def ask(
        self,
        question: str,
        *,
        answers: Sequence[Answer],
        value: str = "",
        secret: bool = False,
        topic: str = "",
        needs: str = "",
        name: str = "",
    ) -> None:
        """Asks for a text; the answers are given what stands in the field.

        With `needs`, the first answer is given only with words: without any, that is said, and the question stays.
        What was typed comes back with a question of the same `name`, or without one of the same words.
        """
        self._messages = [one for one in self._messages if one.value is None]
        asked = Message(question, answers=tuple(answers), value=value, is_secret=secret, topic=topic, needs=needs)
        asked = replace(asked, addressee=self._person(), name=name)
        self._remember_focus()
        self._add(replace(asked, value=self._drafts(asked).find(self._key_of(asked)) or value))
        self.field.setFocus()
        self.field.selectAll()

    def put_away(self) -> None:
        """Takes the message away that is shown; the next one that waits is shown, or the bar goes."""
        self._messages = self._messages[:-1]
        self._show()

    def turn_to(self, about: str) -> None:
        """Another story is open, which `about` names, or another person sits here: what was asked of the last goes.

        With a person goes all that was said to them, but for what concerns everybody. What was typed into a question
        is kept for the same story and person, and shown to no other.
        """
        if about != self._about:
            self.withdraw(THIS_STORY)
            self._about = about
        person = self._person()
        self._keep([one for one in self._messages if one.addressee in {"", person}])

    def withdraw(self, topic: str) -> None:
        """Takes away what was said about a topic, wherever it waits."""
        self._keep([one for one in self._messages if one.topic != topic])

    def _keep(self, left: list[Message]) -> None:
        """Takes away all messages but these."""
        if len(left) != len(self._messages):
            self._messages = left
            self._show()

    def tells_of(self, topic: str) -> bool:
        """Whether something about a topic is shown or waits."""
        return any(one.topic == topic for one in self._messages)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._messages and not self._messages[-1].is_sticky:
            self.put_away()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kinds = QEvent.Type
        if event.type() in {kinds.Resize, kinds.Move, kinds.Show, kinds.Hide, kinds.LayoutRequest} and self.isVisible():
            self._lie()
        return super().eventFilter(watched, event)

    def _add(self, new: Message) -> None:
        """On top, in the place of what it repeats."""
        top = self._messages[-1] if self._messages else None
        left = [one for one in self._messages if one.waits_below(new)]
        if top is not None and top.value is not None and new.value is None:
            self._messages = [*left[:-1], new, top]
            self._show_waiting()
        elif top in left and top.awaits_answer and new.stays_ms and not new.answers:
            self._aside = new.sentence
            self._aside_leaving.start()
            self._show_sentence(top)
        else:
            self._messages = [*left, new]
            self._show()
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, new.sentence))

    def _show(self) -> None:
        """Shows the message on top; the keyboard, where it was in the bar, goes back to where it came from."""
        self._leaving.stop()
        if not self._messages or self._messages[-1].value is None:
            self._give_keyboard_back()
        if not self._messages:
            self._aside = ""
            self.hide()
            return
        message = self._messages[-1]
        is_question = message.value is not None
        self._show_sentence(message)
        self._paint_tone(message.tone)
        self._show_waiting()
        if is_question:
            secret = QLineEdit.EchoMode.Password if message.is_secret else QLineEdit.EchoMode.Normal
            self.field.setEchoMode(secret)
            self.field.setAccessibleName(message.sentence)
            self.field.setText(message.value)
        self.field.setVisible(is_question)
        self._show_answers(message, is_question=is_question)
        self.setFocusProxy(self.field if is_question else next(iter(self._buttons), self._text))
        self.show()
        self._lie()
        if message.stays_ms:
            self._leaving.start(message.stays_ms)

    def _show_sentence(self, message: Message) -> None:
        """A message's sentence, below what was merely said meanwhile."""
        is_aside = bool(self._aside) and message.awaits_answer
        self._set_words(f"{self._aside}\n{message.sentence}" if is_aside else message.sentence)
        self.setAccessibleName(message.sentence)
        if self.isVisible():
            self._lie()

    def _set_words(self, words: str) -> None:
        """Urdu words in a sentence, as those of a headline or a quotation, are set in Nastaliq."""
        self._words = words
        show_words(self._text, words)

    def _end_aside(self) -> None:
        """What was merely said has been said long enough."""
        self._aside = ""
        if self._messages:
            self._show_sentence(self._messages[-1])

    def _turn_over(self) -> None:
        """The message that waits next comes to the top, and the one on top waits behind all others."""
        if len(self._messages) > 1 and self._messages[-1].value is None:
            self._messages = [self._messages[-1], *self._messages[:-1]]
            self._show()

    def _paint_tone(self, tone: str) -> None:
        drawing, role = _SIGNS[tone]
        self._sign.setPixmap(icons.icon(drawing, role).pixmap(QSize(18, 18), self.devicePixelRatioF()))
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)

    def _show_waiting(self) -> None:
        waiting = len(self._messages) - 1
        self._waiting.setText(self.tr("{number} more").format(number=waiting) if waiting else "")
        self._waiting.setVisible(bool(waiting))

    def _show_answers(self, message: Message, *, is_question: bool) -> None:
        for button in self._buttons:
            self._answers_row.removeWidget(button)
            button.hide()
            button.deleteLater()
        close = [] if message.is_sticky else [self.tr("Cancel") if is_question else self.tr("Close")]
        self._buttons = []
        for number, label in enumerate([*(label for label, _ in message.answers), *close]):
            button = QPushButton(label)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard where one writes
            is_first = number == 0 and bool(message.answers)
            button.setObjectName("primary" if is_first else "")
            if is_first and message.has_undo:
                button.setIcon(icons.icon("undo-2", "on_accent"))
            button.clicked.connect(lambda _=False, n=number: self._give(n))
            self._answers_row.addWidget(button)
            button.show()  # at once: what it needs is measured now
            self._buttons.append(button)

    def _give(self, number: int) -> None:
        """Gives the answer of a button; the one behind the last only closes."""
        if not self._messages:
            return
        message, value = self._messages[-1], self.field.text()
        if number >= len(message.answers):
            if not message.is_sticky:
                self.put_away()
            return
        if number == 0 and message.needs and not value.strip():
            self._say_needed(message)
            return
        self.field.clear()  # it is answered: nothing of it is kept
        self.put_away()
        self._drafts(message).keep(self._key_of(message), "")
        _, then = message.answers[number]
        then(value if message.value is not None else "")

    def _say_needed(self, message: Message) -> None:
        """Says what is missing beside the question, which waits for it."""
        self._set_words(f"{message.sentence} {message.needs}")
        self.setAccessibleName(self._words)
        self._paint_tone("warn")
        self._lie()
        self.field.setFocus()
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, message.needs))

    def _give_keyboard_back(self) -> None:
        """To where it was; where that can not have it now, to no field: Qt would take whichever is next."""
        if not self._has_focus():
            return
        back = self._back_to if self._back_to is not None and shiboken6.isValid(self._back_to) else None
        if back is not None and back.isEnabled() and back.isVisible():
            back.setFocus()
        elif self._place is not None:
            self._place.setFocus()

    def _remember_focus(self) -> None:
        """Where the keyboard goes back to when the bar has taken it."""
        focus = QApplication.focusWidget()
        if focus is not None and not self._has_focus():
            self._back_to = focus

    def _has_focus(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def _keep_draft(self, typed: str) -> None:
        """What is typed into a question that goes unanswered comes back with it; a passphrase does not."""
        if self._messages and (top := self._messages[-1]).value is not None and not top.is_secret:
            self._drafts(top).keep(self._key_of(top), typed)

    def _drafts(self, message: Message) -> HalfWritten:
        return self.half_written if message.topic == THIS_STORY else self._other_drafts

    def _key_of(self, message: Message) -> str:
        """Who was asked, what it was about, and its words."""
        about = self._about if message.topic == THIS_STORY else ""
        return f"answer {message.addressee} {about} {message.name or message.sentence}"

    def _leave(self) -> None:
        """What was done has been said long enough, unless somebody is at it."""
        if self.underMouse() or self._has_focus():
            self._leaving.start(_CALM_MS)
        elif self._messages and self._messages[-1].stays_ms:
            self.put_away()

    def _lie(self) -> None:
        """Over the bottom of its place, as high as its words need: headline and tools stay in sight."""
        place = self._place
        around = place.parentWidget() if place is not None else None
        if place is None or around is None:
            return
        if not place.isVisibleTo(place.window()):
            place = around
        # Above the page, which is native; before the window is shown this would tear the page out of it.
        native, is_native = Qt.WidgetAttribute.WA_NativeWindow, place is around and place.window().isVisible()
        if self.parentWidget() is not place or self.testAttribute(native) is not is_native:
            self.setParent(place)
            self.setAttribute(native, is_native)
            self.show()
        width = place.width()
        room = width - 2 * _GAP
        is_asking = not self.field.isHidden()
        beside = room - self._answers_row.sizeHint().width() - _SIGN_AND_EDGES
        words = self._words
        is_long = bool(self._aside) or self._text.fontMetrics().horizontalAdvance(words) > _LINES * beside
        directions = QBoxLayout.Direction
        self._row.setDirection(directions.TopToBottom if is_asking or is_long else directions.LeftToRight)
        self._answers_row.setStretch(0, 0 if is_asking else 1)  # buttons stand at the end, or beside the field
        self._row.activate()
        height = self._row.totalHeightForWidth(room) if self._row.hasHeightForWidth() else self.sizeHint().height()
        self.setGeometry(QRect(_GAP, place.height() - height - _GAP, room, height))
        self.raise_()
        self.room_taken.emit(height + 2 * _GAP)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.room_taken.emit(0)
