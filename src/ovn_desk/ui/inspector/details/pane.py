"""What an article is besides its text: what is still to settle, section, topics, people, place, and the rest folded."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from ovn_desk.domain import checklist
from ovn_desk.domain.ai_use import AiUse
from ovn_desk.domain.article import Genre
from ovn_desk.domain.workflow import State
from ovn_desk.ui.inspector.details.ai_use import AiUseField
from ovn_desk.ui.inspector.details.byline_field import BylineField
from ovn_desk.ui.inspector.details.more_fields import MoreFields
from ovn_desk.ui.inspector.details.original_field import OriginalField
from ovn_desk.ui.inspector.details.to_settle import ToSettle
from ovn_desk.ui.inspector.details.topics_field import TopicsField
from ovn_desk.ui.inspector.images import ImageList
from ovn_desk.ui.inspector.sources import SourceList
from ovn_desk.ui.state.checks import Checks
from ovn_desk.ui.state.notices import Notices
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.preferences import Preferences
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.working_text import WorkingText
from ovn_desk.ui.widgets.inputs import Choice
from ovn_desk.ui.widgets.phrases import quantity
from ovn_desk.ui.widgets.reading_field import follow_language

_LANGUAGES = {"en": "English, left to right", "ur": "Urdu, right to left"}
_BEFORE_FILING = {State.DRAFT, State.SENT_BACK, State.CORRECTING}
_BEFORE_APPROVAL = {State.FILED, State.IN_REVIEW}


class Details(QScrollArea):
    """Fields of the working text. A field pushes into it as soon as it is changed."""

    problem_wanted = Signal(object)
    """A line of the checklist: where it is mended is to be shown."""

    def __init__(
        self,
        session: Session,
        article: OpenArticle,
        text: WorkingText,
        preferences: Preferences,
        notices: Notices,
        checks: Checks,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._article, self._text = session, article, text
        self._checks, self._notices = checks, notices
        self._loading = False
        self._language = "en"
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._choices = {"category": Choice(), "genre": Choice(), "language": Choice()}
        self.byline = BylineField()
        self._lines: dict[str, QLineEdit] = {**self.byline.fields, "tags": QLineEdit(), "slug": QLineEdit()}
        self._lines["tags"].setPlaceholderText(self.tr("railways, trade"))
        self._original = self._lines["translates"] = OriginalField(session, article, text)
        self.to_settle = ToSettle()
        self.topics = TopicsField()
        self.topics.stands_after = self._choices["category"]
        self.more = MoreFields(preferences)
        self.ai_used = AiUseField()
        self.sources = SourceList(session, article, text, notices, checks)
        self.images = ImageList(session, article, text, notices)
        self._fill_choices()
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Shows the working text's fields; what is being typed into is left alone."""
        content = self._text.content
        self._loading = True
        for name, text in (("tags", ", ".join(content.tags)), ("slug", self._published_at() or content.slug)):
            field = self._lines[name]
            if not field.hasFocus() and field.text() != text:
                field.setText(text)
        if not self._original.hasFocus():
            self._original.refresh()
        self._follow_language(content.language)
        self.byline.show_values(content.byline, content.dateline, content.date)
        self.topics.show_topics(content.topics, content.language)
        self._lines["slug"].setPlaceholderText(self._article.slug)
        self.ai_used.show_uses(content.ai_used)
        for name, box in self._choices.items():
            value = getattr(content, name)
            key = self._session.house.section_key(value) if name == "category" else value
            box.setCurrentIndex(max(0, box.findData(key)))
        self._loading = False
        self.more.show_summary(self._summary())
        self._allow()

    def _follow_language(self, language: str) -> None:
        """Names, places and tags of an Urdu story are in Urdu."""
        if language != self._language:
            self._language = language
            for name in ("byline", "dateline", "tags", "slug"):
                follow_language(self._lines[name], language)
            self.byline.line.follow_language(language)

    def show_field(self, name: str) -> None:
        """Brings a field into sight, and the keyboard into it: `category`, `byline`, `language`, `ai_used` …"""
        if name in {"byline", "dateline", "date"}:
            self.byline.set_open(is_open=True)
        elif name not in {"category", "topics"}:
            self.more.set_open(is_open=True)
        field = self._choices.get(name) or self._lines.get(name) or self.ai_used.answer
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(field)

    def _allow(self) -> None:
        """What may be changed is for this person and this article to say."""
        is_open = not self._article.edit_refusal
        for widget in (*self._choices.values(), self._lines["tags"], self._original, self.topics, self.ai_used):
            widget.setEnabled(is_open)
        self.byline.set_enabled(is_enabled=is_open)
        address = self._lines["slug"]
        address.setEnabled(is_open and not self._published_at())
        is_known = self.tr("Readers have the page at this address, and it stays there.")
        address.setToolTip(is_known if self._published_at() else "")

    def _published_at(self) -> str:
        """The address that readers know; empty until the article is exported."""
        folded = self._article.folded
        return folded.claims[-1].path if folded and folded.claims else ""

    def _summary(self) -> str:
        """What is set in the folded fields."""
        content = self._text.content
        parts = [
            self._choices["genre"].currentText(),
            self._choices["language"].currentText().partition(",")[0],
            quantity(len(content.tags), "tag", "tags") if content.tags else "",
            self.tr("a translation") if content.translates else "",
            ("", self.tr("no AI used"), self.tr("AI used"))[self.ai_used.answer.currentIndex()],
            self._published_at() or content.slug,
        ]
        return " · ".join(part for part in parts if part)

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
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(4)
        column.addWidget(self.to_settle)
        column.addSpacing(8)
        rows = (
            (self.tr("Category"), self._choices["category"], "category"),
            (self.tr("Topics"), self.topics, ""),
            (self.tr("Byline · place · date"), self.byline, ""),
        )
        for text, field, name in rows:
            label = QLabel(text)
            label.setProperty("role", "label")
            label.setBuddy(field)
            column.addWidget(label)
            column.addWidget(field)
            column.addSpacing(4)
            self._name_field(field, name, text)
        self._fold_the_rest()
        column.addWidget(self.more)
        for section in (self.sources, self.images):
            column.addSpacing(12)
            column.addWidget(section)
        column.addStretch(1)
        self.setWidget(inner)

    def _fold_the_rest(self) -> None:
        labels = {
            "tags": self.tr("Tags"),
            "language": self.tr("Language"),
            "genre": self.tr("Type"),
            "translates": self.tr("A translation of"),
            "slug": self.tr("Address"),
        }
        for name, text in labels.items():
            field = self._choices.get(name) or self._lines[name]
            self._name_field(field, name, text)
            self.more.add_field(text, field)
        self.more.add_field(self.tr("AI used"), self.ai_used, buddy=self.ai_used.answer)

    def _name_field(self, field: QWidget, name: str, text: str) -> None:
        if name:
            field.setObjectName(f"field-{name}")
            field.setAccessibleName(text)

    def _connect(self) -> None:
        for name, box in self._choices.items():
            box.activated.connect(lambda _, n=name, b=box: self._push_field(n, _chosen_value(n, b)))
        self.byline.edited.connect(self._push_field)
        self._lines["slug"].textEdited.connect(lambda text: self._push_field("slug", text))
        self._lines["tags"].textEdited.connect(lambda text: self._push_field("tags", _split_list(text)))
        self.topics.edited.connect(lambda codes: self._push_field("topics", codes))
        self.ai_used.edited.connect(lambda uses: self._push_field("ai_used", uses))
        self.ai_used.taken_out.connect(self._offer_undo_of_ai)
        self.to_settle.problem_wanted.connect(self.problem_wanted)
        self._checks.changed.connect(self._show_to_settle)
        self._article.changed.connect(self._show_to_settle)
        self._article.opened.connect(self.ai_used.forget)
        self._article.opened.connect(self.refresh)
        self._text.rested.connect(self.refresh)
        self._article.changed.connect(self.refresh)
        self._session.house_changed.connect(self._another_house)

    def _push_field(self, name: str, value: object) -> None:
        if not self._loading:
            self._text.edit(**{name: value})

    def _offer_undo_of_ai(self, before: tuple[AiUse, ...]) -> None:
        article = self._article.id

        def put_back() -> None:
            if self._article.id == article:
                self._push_field("ai_used", before)

        self._notices.offer_undo(self.tr("The use of AI was removed."), put_back)

    def _show_to_settle(self) -> None:
        folded = self._article.folded
        self.to_settle.setVisible(folded is not None)
        if folded is None:
            return
        title = self.tr("Checks")
        if folded.state in _BEFORE_FILING:
            title = self.tr("Before filing")
        elif folded.state in _BEFORE_APPROVAL:
            title = self.tr("Before approval")
        lines = checklist.summarise(self._checks.latest.problems, self._checks.content)
        self.to_settle.show_lines(title, self._checks.to_settle, lines)


def _split_list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.replace("،", ",").split(",") if part.strip())


def _chosen_value(name: str, box: QComboBox) -> str:
    """Qt gives an enumeration back as a plain text."""
    value = str(box.currentData())
    return Genre(value) if name == "genre" else value
