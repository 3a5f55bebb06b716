"""What an article is besides its text: section, people, place, address, and what is still to do."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ovn_desk.domain.article import Genre
from ovn_desk.ui.inspector.details.ai_use import AiUseField
from ovn_desk.ui.inspector.details.original_field import OriginalField
from ovn_desk.ui.inspector.images import ImageList
from ovn_desk.ui.inspector.sources import SourceList
from ovn_desk.ui.state.checks import Checks
from ovn_desk.ui.state.notices import Notices
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.working_text import WorkingText
from ovn_desk.ui.widgets.inputs import Choice

_MOST_SHOWN = 12  # of a thousand, laying them out would hold the window for seconds; Evidence lists all
_LANGUAGES = {"en": "English, left to right", "ur": "Urdu, right to left"}


class Details(QScrollArea):
    """Fields of the working text. A field pushes into it as soon as it is changed."""

    place_wanted = Signal(int, int)

    def __init__(
        self,
        session: Session,
        article: OpenArticle,
        text: WorkingText,
        notices: Notices,
        checks: Checks,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._article, self._text = session, article, text
        self._checks = checks
        self._loading = False
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._choices = {"category": Choice(), "genre": Choice(), "language": Choice()}
        self._lines: dict[str, QLineEdit] = {
            name: QLineEdit() for name in ("byline", "dateline", "date", "tags", "topics", "slug")
        }
        self._lines["date"].setPlaceholderText(self.tr("2025-07-20, if not today"))
        self._lines["tags"].setPlaceholderText(self.tr("railways, trade"))
        self._lines["topics"].setPlaceholderText("medtop:20000615")
        self._original = self._lines["translates"] = OriginalField(session, article, text)
        self.ai_used = AiUseField()
        self.sources = SourceList(session, article, text, notices, checks)
        self.images = ImageList(session, article, text)
        self._to_do = QVBoxLayout()
        self._to_do.setSpacing(2)
        self._fill_choices()
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Shows the working text's fields; what is being typed into is left alone."""
        content = self._text.content
        values = {
            "byline": content.byline,
            "dateline": content.dateline,
            "date": content.date,
            "tags": ", ".join(content.tags),
            "topics": ", ".join(content.topics),
            "slug": self._published_at() or content.slug,
        }
        self._loading = True
        for name, text in values.items():
            field = self._lines[name]
            if not field.hasFocus() and field.text() != text:
                field.setText(text)
        if not self._original.hasFocus():
            self._original.refresh()
        self._lines["slug"].setPlaceholderText(self._article.slug)
        self.ai_used.show_uses(content.ai_used)
        for name, box in self._choices.items():
            value = getattr(content, name)
            key = self._session.house.section_key(value) if name == "category" else value
            box.setCurrentIndex(max(0, box.findData(key)))
        self._loading = False
        is_open = not self._article.edit_refusal
        for widget in (*self._lines.values(), *self._choices.values(), self.ai_used):
            widget.setEnabled(is_open)
        if self._published_at():
            self._lines["slug"].setEnabled(False)
        self._lines["slug"].setToolTip(
            self.tr("Readers have the page at this address, and it stays there.") if self._published_at() else ""
        )

    def _published_at(self) -> str:
        """The address that readers know; empty until the article is exported."""
        folded = self._article.folded
        return folded.claims[-1].path if folded and folded.claims else ""

    def _another_house(self) -> None:
        self._loading = True
        for box in self._choices.values():
            box.clear()
        self._fill_choices()
        self._loading = False
        self.refresh()

    def _fill_choices(self) -> None:
        house = self._session.house
        self._choices["category"].addItem(self.tr("Choose…"), "")
        for category in house.categories:
            self._choices["category"].addItem(category.name("en"), category.key)
        for box in self._choices.values():
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(8)
        for genre in Genre:
            self._choices["genre"].addItem(genre.value.capitalize(), genre)
        for code in house.languages:
            self._choices["language"].addItem(_LANGUAGES[code], code)

    def _lay_out(self) -> None:
        labels = {
            "category": self.tr("Category"),
            "genre": self.tr("Type"),
            "language": self.tr("Language"),
            "translates": self.tr("Original"),
            "byline": self.tr("Byline"),
            "dateline": self.tr("Place"),
            "date": self.tr("Date"),
            "tags": self.tr("Tags"),
            "topics": self.tr("Topics"),
            "slug": self.tr("Address"),
        }
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        for name, text in labels.items():
            field = self._choices.get(name) or self._lines[name]
            field.setObjectName(f"field-{name}")
            field.setAccessibleName(text)
            label = QLabel(text)
            label.setProperty("role", "label")
            label.setBuddy(field)
            form.addRow(label, field)
        label = QLabel(self.tr("AI used"))
        label.setProperty("role", "label")
        label.setBuddy(self.ai_used.answer)
        form.addRow(label, self.ai_used)
        heading = QLabel(self.tr("Before filing and approval"))
        heading.setProperty("role", "heading")
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(10)
        column.addLayout(form)
        column.addSpacing(8)
        column.addWidget(self.sources)
        column.addSpacing(8)
        column.addWidget(self.images)
        column.addSpacing(8)
        column.addWidget(heading)
        column.addLayout(self._to_do)
        column.addStretch(1)
        self.setWidget(inner)

    def _connect(self) -> None:
        for name, box in self._choices.items():
            box.activated.connect(lambda _, n=name, b=box: self._push_field(n, _chosen_value(n, b)))
        for name in ("byline", "dateline", "date", "slug"):
            self._lines[name].textEdited.connect(lambda text, n=name: self._push_field(n, text))
        for name in ("tags", "topics"):
            self._lines[name].textEdited.connect(lambda text, n=name: self._push_field(n, _split_list(text)))
        self.ai_used.edited.connect(lambda uses: self._push_field("ai_used", uses))
        self._checks.changed.connect(self._show_to_do)
        self._article.opened.connect(self.ai_used.forget)
        self._article.opened.connect(self.refresh)
        self._text.rested.connect(self.refresh)
        self._article.changed.connect(self.refresh)
        self._session.house_changed.connect(self._another_house)

    def _push_field(self, name: str, value: object) -> None:
        if not self._loading:
            self._text.edit(**{name: value})

    def _show_to_do(self) -> None:
        while taken := self._to_do.takeAt(0):
            if widget := taken.widget():
                widget.hide()
                widget.deleteLater()
        if self._article.folded is None:
            return
        problems = self._checks.latest.problems
        first = sorted(problems, key=lambda problem: not problem.blocks_approval)
        for problem in first[:_MOST_SHOWN]:
            mark, tone = ("●", "must") if problem.blocks_approval else ("○", "advice")
            text = f"{mark}  {problem.message}"
            if not problem.line:
                label = QLabel(text, wordWrap=True)
                label.setProperty("role", "" if tone == "must" else "soft")
                self._to_do.addWidget(label)
                continue
            label = QLabel(wordWrap=True)
            label.setText(text + self.tr("  Line {line}.").format(line=problem.line))
            go = QPushButton(self.tr("Show line {line}").format(line=problem.line))
            go.setProperty("flat", True)
            go.clicked.connect(lambda _=False, p=problem: self.place_wanted.emit(p.line, p.column))
            self._to_do.addWidget(label)
            self._to_do.addWidget(go, 0, Qt.AlignmentFlag.AlignLeading)
        if more := len(problems[_MOST_SHOWN:]):
            label = QLabel(
                self.tr("And {number} more, in the text and under Evidence.").format(number=more), wordWrap=True
            )
            label.setProperty("role", "soft")
            self._to_do.addWidget(label)
        if not any(problem.blocks_approval for problem in problems):
            self._to_do.insertWidget(0, QLabel(self.tr("✓  Nothing stands in the way.")))


def _split_list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.replace("،", ",").split(",") if part.strip())


def _chosen_value(name: str, box: QComboBox) -> str:
    """Qt gives an enumeration back as a plain text."""
    value = str(box.currentData())
    return Genre(value) if name == "genre" else value
