"""Byline, place and date in one line, and the three fields behind it."""

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from ovn_desk.text import dates
from ovn_desk.ui.widgets.icons import icon
from ovn_desk.ui.widgets.link_row import LinkRow


class BylineField(QWidget):
    """One line to read; pressed it opens its fields. `edited` carries a field's name and what it says now."""

    edited = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = LinkRow(is_field=True)
        self.line.setObjectName("field-byline-line")
        self.fields = {name: QLineEdit() for name in ("byline", "dateline", "date")}
        self.fields["date"].setPlaceholderText(self.tr("today, or 20 July 2025"))
        self.calendar = QToolButton()
        self.calendar.setIcon(icon("calendar"))
        self.calendar.setAccessibleName(self.tr("Choose the date from a calendar"))
        self.calendar.setToolTip(self.tr("Choose the date from a calendar"))
        self._box = QWidget()
        self._box.hide()
        self._lay_out()
        self.line.clicked.connect(lambda: self.set_open(is_open=self._box.isHidden()))
        self.calendar.clicked.connect(self._open_calendar)
        for name in ("byline", "dateline"):
            self.fields[name].textEdited.connect(lambda text, n=name: self.edited.emit(n, text))
            self.fields[name].returnPressed.connect(self._close)
        self.fields["date"].textEdited.connect(lambda _: self._take_date())
        self.fields["date"].editingFinished.connect(self._take_date)
        self.fields["date"].returnPressed.connect(self._close)

    def _lay_out(self) -> None:
        labels = {"byline": self.tr("Byline"), "dateline": self.tr("Place"), "date": self.tr("Date")}
        form = QFormLayout(self._box)
        form.setContentsMargins(0, 4, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, text in labels.items():
            field = self.fields[name]
            field.setObjectName(f"field-{name}")
            field.setAccessibleName(text)
            label = QLabel(text)
            label.setProperty("role", "label")
            label.setBuddy(field)
            if name != "date":
                form.addRow(label, field)
                continue
            row = QHBoxLayout()
            row.setSpacing(4)
            row.addWidget(field, 1)
            row.addWidget(self.calendar)
            form.addRow(label, row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.line)
        column.addWidget(self._box)

    def show_values(self, byline: str, dateline: str, day: str) -> None:
        """Shows them in the line and in the fields; the field that is being typed into is left alone."""
        parts = (
            byline or self.tr("No byline"),
            dateline or self.tr("no place"),
            dates.say_day(day) or self.tr("today"),
        )
        self.line.show_words(" · ".join(f"\u2068{part}\u2069" for part in parts))  # each in its own direction
        self.line.setAccessibleName(self.tr("Byline, place and date: {line}").format(line=", ".join(parts)))
        for name, text in (("byline", byline), ("dateline", dateline), ("date", dates.say_day(day))):
            field = self.fields[name]
            if not field.hasFocus() and field.text() != text:
                field.setText(text)
                field.setCursorPosition(0)

    def set_open(self, *, is_open: bool) -> None:
        """Shows the fields, with the keyboard in the first, or puts them away."""
        self._box.setVisible(is_open)
        (self.fields["byline"] if is_open else self.line).setFocus()

    def set_enabled(self, *, is_enabled: bool) -> None:
        """Whether the fields can be changed; the line can be read in any case."""
        for widget in (*self.fields.values(), self.calendar):
            widget.setEnabled(is_enabled)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._box.isVisible():
            self._close()
            return
        super().keyPressEvent(event)

    def _close(self) -> None:
        self.set_open(is_open=False)

    def _take_date(self) -> None:
        """A day as people write it; what is no day is kept as it is, and said."""
        typed = self.fields["date"].text().strip()
        day = "" if typed.casefold() == self.tr("today") else dates.parse_day(typed) or typed
        is_wrong = bool(day) and not dates.parse_day(day)
        self.fields["date"].setToolTip(self.tr("This is no date: write 20 July 2025.") if is_wrong else "")
        self.edited.emit("date", day)

    def _open_calendar(self) -> None:
        from PySide6.QtWidgets import QCalendarWidget, QMenu, QWidgetAction

        menu = QMenu(self.window())
        chooser = QCalendarWidget()
        chooser.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):  # Qt's are red, which here is what must be mended
            chooser.setWeekdayTextFormat(day, QTextCharFormat())
        if known := dates.parse_day(self.fields["date"].text()):
            chooser.setSelectedDate(QDate.fromString(known, Qt.DateFormat.ISODate))

        def take_day(day: QDate) -> None:
            menu.close()
            self._set_day(day.toString(Qt.DateFormat.ISODate))

        chooser.clicked.connect(take_day)
        chooser.activated.connect(take_day)
        holder = QWidgetAction(menu)
        holder.setDefaultWidget(chooser)
        menu.addAction(holder)
        menu.addAction(self.tr("Today, the day it is exported")).triggered.connect(lambda: self._set_day(""))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.calendar.mapToGlobal(self.calendar.rect().bottomLeft()))
        chooser.setFocus()

    def _set_day(self, day: str) -> None:
        self.fields["date"].setText(dates.say_day(day))
        self.edited.emit("date", day)
