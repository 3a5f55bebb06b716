"""The pictures of an article: what each shows, what its card still lacks, and a form to change it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import shiboken6
from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from ovn_desk.domain.image import Image
from ovn_desk.ui.inspector.images.form import ImageForm
from ovn_desk.ui.inspector.images.quick_field import QuickField, Typing
from ovn_desk.ui.inspector.images.thumbnails import Thumbnails
from ovn_desk.ui.state.notices import Notices
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.working_text import WorkingText
from ovn_desk.ui.widgets import section, theme
from ovn_desk.ui.widgets.scrolling import show_from_top

_THUMBNAIL = QSize(88, 66)


class ImageList(QWidget):
    """Cards of the article's pictures; a card can be put into the text, changed, given another file and removed."""

    add_wanted = Signal()
    reference_wanted = Signal(str)
    replacement_wanted = Signal(str)
    card_left = Signal(bool)
    """Who used the form that `open_card` opened is done with the picture, or else put it away."""

    def __init__(
        self,
        session: Session,
        article: OpenArticle,
        text: WorkingText,
        notices: Notices,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._article, self._text, self._notices = article, text, notices
        self._thumbnails = Thumbnails(session.store, self)
        self._heading = QLabel()
        self.add = QPushButton(self.tr("+ Add picture"))
        self.add.setObjectName("add-image")
        self.form = ImageForm(self._thumbnails, self)
        self._cards = section.lay_out(self, self._heading, self.add, self.form)
        self._shown: tuple[object, ...] = ()
        self._is_opened_elsewhere = False
        self.add.clicked.connect(self.add_wanted)
        self.form.changed.connect(self._write)
        self.form.left.connect(self._leave_card)
        article.opened.connect(self._another)
        self._redraw = QTimer(self, singleShot=True, interval=0)  # the keyboard has gone to the next field by then
        self._redraw.timeout.connect(self.refresh)
        text.rested.connect(self._redraw.start)
        article.changed.connect(self._redraw.start)

    def refresh(self) -> None:
        """Draws the cards anew when the pictures, or whether they are in the text, have changed.

        The picture whose form is open has no other card. Nothing is drawn anew for what is typed on a card.
        """
        content = self._text.content
        may_edit = not self._article.edit_refusal
        if self.form.key:
            self.form.follow(self._find_image(self.form.key) if may_edit else None, language=content.language)
        images = tuple(image for image in content.images if image.key != self.form.key)
        in_text = tuple(f"(image:{image.key})" in content.body for image in images)
        being_typed = QuickField.being_typed(self)
        shown = (_without(images, being_typed), in_text, may_edit, len(content.images))
        if shown == self._shown:
            return
        self._shown = shown
        self.add.setEnabled(may_edit)
        self._heading.setText(self.tr("Pictures {count}").format(count=len(content.images) or ""))
        while taken := self._cards.takeAt(0):
            if widget := taken.widget():
                widget.hide()
                widget.deleteLater()
        for image, is_shown in zip(_without(images, being_typed), in_text, strict=True):
            card = self._card(image, is_shown=is_shown, may_edit=may_edit)
            self._cards.addWidget(card)
            card.show()  # what is not shown yet can not have the keyboard
        if being_typed:
            QuickField.go_on(self, being_typed)
        if not content.images:
            empty = QLabel(self.tr("No pictures yet. Drop or paste one into the text."))
            empty.setWordWrap(True)
            empty.setProperty("role", "soft")
            self._cards.addWidget(empty)

    def open_card(self, key: str, *, takes_keyboard: bool = True) -> None:
        """The form of a picture the article has; `card_left` comes when it is done with."""
        image = self._find_image(key)
        if image is not None and not self._article.edit_refusal:
            self._is_opened_elsewhere = True
            self._show_form(image, takes_keyboard=takes_keyboard)

    def lacks_words(self, key: str) -> bool:
        """Whether a picture the article has still needs what readers are told of it."""
        image = self._find_image(key)
        return image is not None and not (image.credit and (image.alt or image.is_decorative))

    def finish(self) -> None:
        self._thumbnails.finish()

    def _find_image(self, key: str) -> Image | None:
        return next((one for one in self._text.content.images if one.key == key), None)

    def _show_form(self, image: Image, *, takes_keyboard: bool = True) -> None:
        self.form.edit(image, language=self._text.content.language, takes_keyboard=takes_keyboard)
        self._redraw.start()
        QTimer.singleShot(0, self.form, partial(show_from_top, self.form))  # once it has its place

    def _card(self, image: Image, *, is_shown: bool, may_edit: bool) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        card.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        card.customContextMenuRequested.connect(lambda at: self._pop_up(image, card.mapToGlobal(at), may_edit=may_edit))
        column = QVBoxLayout(card)
        column.setContentsMargins(12, 10, 8, 6)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self._thumbnail(image), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._words(image, is_shown=is_shown), 1)
        column.addLayout(row)
        if may_edit:
            for field in self._quick_fields(image):
                column.addWidget(field)
            actions = QHBoxLayout()
            actions.setSpacing(0)
            for button in self._buttons(image):
                actions.addWidget(button)
            actions.addStretch()
            column.addLayout(actions)
        return card

    def _thumbnail(self, image: Image) -> QLabel:
        label = QLabel()
        label.setFixedSize(_THUMBNAIL)
        label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        label.setWordWrap(True)
        label.setProperty("role", "soft")
        label.setAccessibleName(image.alt or image.name or image.key)

        def show(picture: QImage) -> None:
            if shiboken6.isValid(label):
                label.setPixmap(QPixmap.fromImage(picture))

        def complain(sentence: str) -> None:
            if shiboken6.isValid(label):
                label.setText(self.tr("cannot be shown"))
                label.setToolTip(sentence)

        self._thumbnails.ask(image, _THUMBNAIL, ratio=self.devicePixelRatioF(), done=show, refused=complain)
        return label

    def _words(self, image: Image, *, is_shown: bool) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(4)
        key = QLabel(image.key)
        key.setTextFormat(Qt.TextFormat.PlainText)
        key.setProperty("role", "heading")
        column.addWidget(key)
        words = QLabel(" · ".join(part for part in (image.caption or image.alt, image.credit) if part))
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        words.setProperty("role", "soft")
        words.setFont(theme.reading_font(13, language=self._text.content.language))
        words.setVisible(bool(words.text()))
        column.addWidget(words)
        for text, tone in self._chips(image, is_shown=is_shown):
            chip = QLabel(text)
            chip.setProperty("chip", tone)
            column.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeading)
        column.addStretch()
        return column

    def _chips(self, image: Image, *, is_shown: bool) -> list[tuple[str, str]]:
        chips = []
        if image.is_decorative:
            chips.append((self.tr("decorative"), "calm"))
        elif not image.alt:
            chips.append((self.tr("alt text missing"), "warn"))
        if not image.credit:
            chips.append((self.tr("credit missing"), "warn"))
        if not is_shown:
            chips.append((self.tr("not in the text"), "warn"))
        return chips

    def _quick_fields(self, image: Image) -> list["QuickField"]:
        """What readers need most, to be written where it is missing."""
        made = []
        if not image.alt and not image.is_decorative:
            made.append(QuickField(image.key, "alt", self.tr("Alt text: what one sees in it")))
        if not image.credit:
            made.append(QuickField(image.key, "credit", self.tr("Credit: who took it, for whom")))
        for field in made:
            field.setFont(theme.reading_font(13, language=self._text.content.language))
            field.written.connect(lambda key, name, words: self._write(key, {name: words}))
            field.editingFinished.connect(self._redraw.start)
        return made

    def _write(self, key: str, changes: dict[str, Any]) -> None:
        images = self._text.content.images
        self._text.edit(images=tuple(replace(old, **changes) if old.key == key else old for old in images))

    def _actions(self, image: Image) -> tuple[tuple[str, str, Callable[[], object]], ...]:
        return (
            (self.tr("Insert"), self.tr("Put {name} into the text"), partial(self.reference_wanted.emit, image.key)),
            (self.tr("Edit"), self.tr("Change the card of {name}"), partial(self._edit, image)),
            (self.tr("Replace…"), self.tr("Another file for {name}"), partial(self.replacement_wanted.emit, image.key)),
            ("✕", self.tr("Remove {name}"), partial(self._remove, image)),
        )

    def _pop_up(self, image: Image, at: QPoint, *, may_edit: bool) -> None:
        """The same as the buttons, in words."""
        menu = QMenu(self.window())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for _, meaning, do in self._actions(image):
            action = menu.addAction(meaning.format(name=image.name or image.key))
            action.setEnabled(may_edit)
            action.triggered.connect(lambda _=False, act=do: act())
        menu.popup(at)

    def _buttons(self, image: Image) -> list[QToolButton]:
        name = image.name or image.key
        made = []
        for sign, meaning, do in self._actions(image):
            button = QToolButton()
            button.setText(sign)
            button.setProperty("flat", True)
            button.setToolTip(meaning.format(name=name))
            button.setAccessibleName(meaning.format(name=name))
            button.clicked.connect(lambda _=False, act=do: act())
            made.append(button)
        return made

    def _edit(self, image: Image) -> None:
        self._is_opened_elsewhere = False
        self._show_form(self._find_image(image.key) or image)

    def _leave_card(self, is_done: bool) -> None:  # noqa: FBT001 - Qt's signal
        """The keyboard goes back to where the form was opened from."""
        self._redraw.start()
        if self._is_opened_elsewhere:
            self.card_left.emit(is_done)
        else:
            self.add.setFocus()

    def _remove(self, image: Image) -> None:
        before = self._text.content.images
        self._text.edit(images=tuple(old for old in before if old.key != image.key))
        sentence = self.tr("{name} is no longer among the pictures.").format(name=image.name or image.key)
        self._notices.offer_undo(sentence, partial(self._put_back, image, before.index(image)))

    def _put_back(self, image: Image, place: int) -> None:
        images = self._text.content.images
        if image.key not in {old.key for old in images}:
            self._text.edit(images=(*images[:place], image, *images[place:]))

    def _another(self) -> None:
        self.form.forget()
        self.refresh()


def _without(images: tuple[Image, ...], typing: Typing | None) -> tuple[Image, ...]:
    """The pictures as their cards show them while one of them is typed on: what is typed still has its field there."""
    if typing is None:
        return images
    blank: dict[str, Any] = {typing.name: ""}
    return tuple(replace(image, **blank) if image.key == typing.key else image for image in images)
