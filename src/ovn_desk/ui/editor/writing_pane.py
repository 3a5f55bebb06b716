"""The column where one writes: headline, standfirst, a short toolbar and the editor."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QMargins, QObject, QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from ovn_desk import settings
from ovn_desk.ui.editor import Editor, Field, FindBar, Spelling
from ovn_desk.ui.editor.comment_signs import CommentSigns
from ovn_desk.ui.editor.completion import Completion
from ovn_desk.ui.editor.document import OVERHANG
from ovn_desk.ui.editor.margin import Margin
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.preferences import Preferences
from ovn_desk.ui.state.working_text import WorkingText
from ovn_desk.ui.widgets.overflow_bar import OverflowBar

_TOOLS = (
    ("write.bold", "B"),
    ("write.italic", "I"),
    ("write.heading", "Heading"),
    ("write.quote", "❝ Quote"),
    ("write.bullets", "• List"),
    ("write.link", "Link"),
    ("write.image", "Image"),
    ("source.cite", "Source"),
)
_RARE = ("write.subheading", "write.numbers", "write.table", "write.snippet", "write.find", "spelling.suggest")
_SMALL = QSize(440, 420)
_HEADLINE, _STANDFIRST = {False: 25, True: 19}, {False: 15, True: 13}
"""The size of their letters in pixels; smaller in a small pane."""


class WritingPane(QWidget):
    """Shows the working text and pushes into it what is typed."""

    def __init__(
        self,
        article: OpenArticle,
        text: WorkingText,
        preferences: Preferences,
        editor: Editor,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("writing")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._article, self._text, self._preferences = article, text, preferences
        self.headline = Field("headline", label=self.tr("Headline"), pixels=_HEADLINE[False], bold=True)
        standfirst = self.tr("Standfirst: the story in one sentence")
        self.standfirst = Field("standfirst", label=standfirst, pixels=_STANDFIRST[False])
        self.standfirst.setProperty("role", "standfirst")
        self.editor = editor
        self._is_showing = False
        self.margin = Margin(self.editor)
        self.comment_signs = CommentSigns(self.editor, self.margin)
        self.completion = Completion(self.editor)
        self.find_bar = FindBar(self.editor)
        self.spelling = Spelling(
            (self.editor, self.headline, self.standfirst),
            folder=settings.dictionaries(),
            personal=settings.personal_words(),
            parent=self,
        )
        self._why = QLabel(wordWrap=True)
        self._why.setProperty("role", "soft")
        self._why.hide()
        rule = QFrame()
        rule.setObjectName("rule")
        self._tools = OverflowBar(spacing=0)
        self._head = head = QVBoxLayout()
        head.setSpacing(6)
        self._above, below = QVBoxLayout(), QVBoxLayout()
        for rows in (self._above, below):  # the fields are wider than their words by the overhang
            rows.setContentsMargins(OVERHANG, 0, OVERHANG, 0)
            rows.setSpacing(6)
        head.addLayout(self._above)
        for widget in (self.headline, self.standfirst):
            head.addWidget(widget)
        head.addSpacing(4)
        head.addLayout(below)
        for part in (rule, self._tools, self._why):
            below.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.find_bar)
        column.addWidget(self.editor, 1)
        self.editor.viewport().installEventFilter(self)
        self._connect()
        self._prefer()
        self.show_article()

    @property
    def place(self) -> Editor | Field:
        """Where the cursor is: headline, standfirst or the text, which is meant when the focus is elsewhere."""
        return next((field for field in (self.headline, self.standfirst) if field.hasFocus()), self.editor)

    def put_above(self, widget: QWidget) -> None:
        """Puts something that concerns the whole text above the headline."""
        self._above.addWidget(widget)

    def undo(self) -> None:
        """Takes back what was written last where the cursor is."""
        self.place.undo()

    def redo(self) -> None:
        """Writes again what was taken back where the cursor is."""
        self.place.redo()

    def add_tools(self, actions: Mapping[str, QAction]) -> None:
        """What one writes with, each with its word; what is rare, and what has no room, behind “⋯”."""
        for name, sign in _TOOLS:
            actions[name].setIconText(self.tr(sign))
            button = self._tools.add_action(actions[name], name=f"tool-{name.replace('.', '-')}")
            button.setToolTip(f"{actions[name].text()} ({actions[name].shortcut().toString()})")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for name in _RARE:
            self._tools.add_to_menu(actions[name])
        QWidget.setTabOrder(self.standfirst, self.editor)  # the tools come after the text

    def forget_steps(self) -> None:
        """Another person sits down: nothing that was written before can be undone."""
        for place in (self.headline, self.standfirst, self.editor):
            place.forget_steps()

    def show_article(self) -> None:
        """Another article was opened: its text, with an undo of its own."""
        content, name = self._text.content, self._article.id or ""
        self.headline.load(content.headline, language=content.language, article=name)
        self.standfirst.load(content.standfirst, language=content.language, article=name)
        self.editor.load(content.body, language=content.language, name=name, steps=self._text.undo_steps)
        self._push_references()
        self.show_permission()

    def _replace(self) -> None:
        """Another text of the same article: one step that can be undone, and the cursor stays where it was."""
        content, name = self._text.content, self._article.id or ""
        self._is_showing = True
        self.headline.load(content.headline, language=content.language, article=name)
        self.standfirst.load(content.standfirst, language=content.language, article=name)
        self.editor.plain.replace(content.body)
        self.editor.settle()
        self._is_showing = False

    def write_at_end(self) -> None:
        """Gives the text the keyboard, with the cursor behind its last word and in sight."""
        self.editor.moveCursor(QTextCursor.MoveOperation.End)
        self.editor.setFocus()

    def _touch(self) -> None:
        if not self._is_showing:
            self._text.mark_dirty()

    def show_permission(self) -> None:
        """A text that may not be changed now can be read and copied, and says why."""
        why = self._article.edit_refusal
        for field in (self.headline, self.standfirst, self.editor):
            field.setReadOnly(bool(why))
        self._why.setText(why)
        self._why.setVisible(bool(why))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Headline and standfirst stand above the text's own column, and leave it room in a small window."""
        super().resizeEvent(event)
        is_small = self.width() < _SMALL.width() or self.height() < _SMALL.height()
        self.headline.set_pixels(_HEADLINE[is_small])
        self.standfirst.set_pixels(_STANDFIRST[is_small])
        self._align_head()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.editor.viewport() and event.type() in {QEvent.Type.Resize, QEvent.Type.Move}:
            self._align_head()
        return super().eventFilter(watched, event)

    def _align_head(self) -> None:
        """Their letters begin and end where those of the text do."""
        column = self.editor.viewport().geometry()
        edge = round(self.editor.document().documentMargin())
        left, right = column.left() + edge, self.editor.width() - column.right() - 1 + edge
        top = 8 if self.height() < _SMALL.height() else 20
        if self._head.contentsMargins() != QMargins(left, top, right, 4):
            self._head.setContentsMargins(left, top, right, 4)

    def refresh_colours(self) -> None:
        """The theme changed, and with it the window's style sheet, which takes the letters of these fields away."""
        for field in (self.headline, self.standfirst):
            field.refresh_font()
        self.editor.refresh_colours()
        self.comment_signs.refresh_colours()
        self.spelling.show()

    def _connect(self) -> None:
        self.headline.edited.connect(lambda text: self._text.edit(headline=_one_line(text)))
        self.standfirst.edited.connect(lambda text: self._text.edit(standfirst=text))
        self.headline.finished.connect(self.standfirst.setFocus)
        self.standfirst.finished.connect(self.editor.setFocus)
        self.editor.touched.connect(self._touch)
        self.editor.settled.connect(self._push_body)
        self.editor.left.connect(self._text.flush)
        self._article.opened.connect(self.show_article)
        self._text.replaced.connect(self._replace)
        self._article.changed.connect(self.show_permission)
        self._text.rested.connect(self._follow)
        self._preferences.changed.connect(self._prefer)

    def _follow(self) -> None:
        """Language, sources and pictures may be changed elsewhere; the text itself is only changed here."""
        content = self._text.content
        for field in (self.headline, self.standfirst, self.editor):
            field.set_language(content.language)
        self._push_references()

    def _push_body(self, text: str) -> None:
        self._text.settle_body(text, self.editor.steps)

    def _prefer(self) -> None:
        self.editor.apply_preferences(self._preferences.value)
        self.spelling.turn(on=self._preferences.value.is_spelling)

    def _push_references(self) -> None:
        self.editor.set_references(self._text.content)
        self.completion.sources = self._text.content.sources


def _one_line(text: str) -> str:
    return " ".join(text.split())
