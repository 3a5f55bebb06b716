"""The card of a picture, field by field."""

from dataclasses import replace
from typing import Any

import shiboken6
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from ovn_desk.domain.image import Image, ImageWidth
from ovn_desk.ui.inspector.images.crop import Crop
from ovn_desk.ui.inspector.images.thumbnails import Thumbnails
from ovn_desk.ui.widgets import theme
from ovn_desk.ui.widgets.boxes import send_with
from ovn_desk.ui.widgets.inputs import Choice

_FIELD_HEIGHT = {"en": 30, "ur": 44}  # Nastaliq is tall
_PREVIEW = QSize(280, 240)


class ImageForm(QFrame):
    """One picture's alt text, caption, credit, rights, width and crop. Enter in a field saves.

    Escape leaves it, and what was typed is there when it is opened again.
    """

    saved = Signal(object)
    left = Signal()
    """It was put away without being saved."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("image-form")
        self.setProperty("role", "card")
        self._thumbnails = thumbnails
        self._image = Image()
        self._is_begun = False
        self._title = QLabel()
        self._title.setProperty("role", "heading")
        self._title.setWordWrap(True)
        self._fields = {
            "alt": QLineEdit(placeholderText=self.tr("What one sees in it")),
            "caption": QLineEdit(placeholderText=self.tr("What it is, where and when")),
            "credit": QLineEdit(placeholderText=self.tr("Who took it, for whom")),
            "rights": QLineEdit(placeholderText=self.tr("© 2026 …")),
        }
        self._decorative = QCheckBox(self.tr("Decorative: says nothing"))
        self._decorative.setToolTip(self.tr("Readers who cannot see it miss nothing, and are told nothing."))
        self._width = Choice()
        for value, label in (
            (ImageWidth.COLUMN, self.tr("As wide as the text")),
            (ImageWidth.FULL, self.tr("As wide as the page")),
            (ImageWidth.HALF, self.tr("Half, with text beside it")),
        ):
            self._width.addItem(label, value)
        self._width.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._width.setMinimumContentsLength(8)
        self._width.setAccessibleName(self.tr("Width on the page"))
        self.crop = Crop()
        self._lay_out()
        self._decorative.toggled.connect(self._fields["alt"].setDisabled)
        self.crop.confirmed.connect(self._finish)

    def _lay_out(self) -> None:
        labels = {
            "alt": self.tr("Alt text"),
            "caption": self.tr("Caption"),
            "credit": self.tr("Credit"),
            "rights": self.tr("Rights"),
        }
        form = QFormLayout(self)
        form.setContentsMargins(12, 10, 12, 10)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self._title)
        for name, field in self._fields.items():
            field.setObjectName(f"image-{name}")
            field.setMinimumWidth(60)
            field.setAccessibleName(labels[name])
            field.returnPressed.connect(self._finish)
            form.addRow(labels[name], field)
            if name == "alt":
                form.addRow("", self._decorative)
        form.addRow(self.tr("Width"), self._width)
        form.addRow(self.crop)
        save = QPushButton(self.tr("Save picture"))
        save.setObjectName("primary")
        send_with(self, save)
        cancel = QPushButton(self.tr("Discard"))
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(cancel)
        buttons.addWidget(save)
        form.addRow(buttons)
        save.clicked.connect(self._finish)
        cancel.clicked.connect(self._discard)

    def edit(self, image: Image, *, language: str, takes_keyboard: bool = True) -> None:
        """Shows the form for a picture; what readers read of it runs as its language does."""
        if self._is_begun and image == self._image:
            self._show_fields(takes_keyboard=takes_keyboard)
            return
        self._image, self._is_begun = image, True
        self._title.setText(image.name or image.key)
        direction = Qt.LayoutDirection.RightToLeft if language == "ur" else Qt.LayoutDirection.LeftToRight
        for name, field in self._fields.items():
            field.setText(getattr(image, name))
            field.setCursorPosition(0)
            field.setLayoutDirection(direction)
            field.setFont(theme.reading_font(13, language=language))
            field.setMinimumHeight(_FIELD_HEIGHT[language])
        self._decorative.setChecked(image.is_decorative)
        self._width.setCurrentIndex(self._width.findData(image.shown))
        self.crop.edit(image)
        self._show_fields(takes_keyboard=takes_keyboard)
        self._thumbnails.ask(
            replace(image, crop=()),
            _PREVIEW,
            ratio=self.devicePixelRatioF(),
            done=lambda picture: self._show_picture(image, picture),
            refused=lambda _: None,  # its card says so
        )

    def forget(self) -> None:
        """Nothing is begun any more."""
        self._is_begun = False
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.left.emit()
            return
        super().keyPressEvent(event)

    def _show_fields(self, *, takes_keyboard: bool) -> None:
        self.show()
        if takes_keyboard:
            self._fields["alt"].setFocus()

    def _discard(self) -> None:
        self.forget()
        self.left.emit()

    def _show_picture(self, image: Image, picture: QImage) -> None:
        if shiboken6.isValid(self) and image is self._image:
            self.crop.stage.show_picture(picture)

    def _finish(self) -> None:
        values: dict[str, Any] = {name: field.text().strip() for name, field in self._fields.items()}
        is_decorative = self._decorative.isChecked()
        if is_decorative:
            values["alt"] = ""
        self.forget()
        self.saved.emit(
            replace(
                self._image,
                **values,
                is_decorative=is_decorative,
                shown=ImageWidth(self._width.currentData()),
                crop=self.crop.value,
            )
        )
