"""The card of a picture, field by field."""

from dataclasses import replace
from typing import Any

import shiboken6
from PySide6.QtCore import QSize, Qt, QTimer, Signal
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
_PAUSE_MS = 400  # after a crop, which would make the page anew with every point the mouse moves


class ImageForm(QFrame):
    """One picture's alt text, caption, credit, rights, width and crop: each is said as it is changed.

    Enter in a field is done with the picture, Escape puts the form away; what was typed is kept either way.
    """

    changed = Signal(str, object)
    """The picture's key, and the values of its fields by name."""
    left = Signal(bool)
    """It was put away; true for who is done with the picture."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("image-form")
        self.setProperty("role", "card")
        self._thumbnails = thumbnails
        self._image = Image()
        self._is_loading = False
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
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
        self._decorative.toggled.connect(self._tell)
        self._width.currentIndexChanged.connect(self._tell)
        self.crop.changed.connect(self._pause.start)
        self._pause.timeout.connect(self._tell)
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
        for name, field in self._fields.items():
            field.setObjectName(f"image-{name}")
            field.setMinimumWidth(60)
            field.setAccessibleName(labels[name])
            field.textEdited.connect(self._tell)
            field.returnPressed.connect(self._finish)
            form.addRow(labels[name], field)
            if name == "alt":
                form.addRow("", self._decorative)
        form.addRow(self.tr("Width"), self._width)
        form.addRow(self.crop)
        done = QPushButton(self.tr("Done"))
        done.setToolTip(self.tr("What you write here is kept as you write it."))
        send_with(self, done)
        done.clicked.connect(self._finish)
        top = QHBoxLayout()
        top.addWidget(self._title, 1)
        top.addWidget(done, 0, Qt.AlignmentFlag.AlignTop)
        form.insertRow(0, top)  # in sight however small the window is, and the last that Tab comes to

    @property
    def key(self) -> str:
        """The key of the picture it shows; empty while it is put away."""
        return "" if self.isHidden() else self._image.key

    def edit(self, image: Image, *, language: str, takes_keyboard: bool = True) -> None:
        """Shows the form for a picture; what readers read of it runs as its language does."""
        if self.key:
            self._tell()  # another picture's last change
        self._load(image, language)
        self.show()
        if takes_keyboard:
            self._fields["alt"].setFocus()

    def follow(self, image: Image | None, *, language: str) -> None:
        """Shows what is stored of its picture now; it is put away where the picture is gone, or may not be changed."""
        if image is None:
            self.forget()
        elif image != self._image and not self._pause.isActive():
            self._load(image, language)

    def _load(self, image: Image, language: str) -> None:
        self._is_loading = True
        self._image = image
        self._title.setText(image.name or image.key)
        direction = Qt.LayoutDirection.RightToLeft if language == "ur" else Qt.LayoutDirection.LeftToRight
        for name, field in self._fields.items():
            if field.text().strip() != getattr(image, name):
                field.setText(getattr(image, name))
                field.setCursorPosition(0)
            field.setLayoutDirection(direction)
            field.setFont(theme.reading_font(13, language=language))
            field.setMinimumHeight(_FIELD_HEIGHT[language])
        self._decorative.setChecked(image.is_decorative)
        self._width.setCurrentIndex(self._width.findData(image.shown))
        self.crop.edit(image)
        self._is_loading = False
        self._pause.stop()
        self._thumbnails.ask(
            replace(image, crop=()),
            _PREVIEW,
            ratio=self.devicePixelRatioF(),
            done=lambda picture: self._show_picture(image, picture),
            refused=lambda _: None,  # its card says so
        )

    def forget(self) -> None:
        """Puts the form away, and says nothing more of its picture."""
        self._pause.stop()
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._finish(is_done=False)
            return
        super().keyPressEvent(event)

    def _show_picture(self, image: Image, picture: QImage) -> None:
        if shiboken6.isValid(self) and image.sha256 == self._image.sha256:
            self.crop.stage.show_picture(picture)

    def _tell(self) -> None:
        """Says what stands in the fields where it is not what the picture has."""
        if self._is_loading:
            return
        self._pause.stop()
        values: dict[str, Any] = {name: field.text().strip() for name, field in self._fields.items()}
        if self._decorative.isChecked():
            values["alt"] = ""
        values |= {
            "is_decorative": self._decorative.isChecked(),
            "shown": ImageWidth(self._width.currentData()),
            "crop": self.crop.value,
        }
        changed = replace(self._image, **values)
        if changed != self._image:
            self._image = changed
            self.changed.emit(changed.key, values)

    def _finish(self, *, is_done: bool = True) -> None:
        self._tell()
        self.forget()
        self.left.emit(is_done)
