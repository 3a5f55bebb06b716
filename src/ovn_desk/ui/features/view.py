"""What is seen of the window: panes, tabs, and the way from one to the next."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from ovn_desk.ui.articles.pane import ArticleList
from ovn_desk.ui.commands import Command, Menu, Submenu
from ovn_desk.ui.commands.palette import Palette
from ovn_desk.ui.editor import Editor
from ovn_desk.ui.features.conditions import is_open
from ovn_desk.ui.features.feature import Feature
from ovn_desk.ui.inspector.tabs import Inspector
from ovn_desk.ui.preview.pane import Preview
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.widgets.side import Side

Stop = tuple[QWidget, QWidget]
"""A pane, and what in it has the keyboard when one comes to it."""


class ViewFeature(Feature):
    """Shows and hides what stands beside the editor."""

    def __init__(
        self,
        article: OpenArticle,
        *,
        articles: ArticleList,
        editor: Editor,
        preview: Preview,
        inspector: Inspector,
        side: Side,
        palette: Palette,
        stops: Sequence[Stop],
        close: Callable[[], object],
        parent: QWidget,
    ) -> None:
        """`stops` are where F6 goes, in turn; `close` ends the desk."""
        super().__init__(parent)
        self._article = article
        self._articles, self._editor, self._inspector, self._side = articles, editor, inspector, side
        self._preview = preview
        self._palette, self._stops, self._close, self._window = palette, stops, close, parent
        editor.scrolled.connect(preview.scroll_to)
        preview.scrolled.connect(editor.scroll_to)
        preview.place_wanted.connect(lambda line: editor.go_to(line + 1, 1))

    def commands(self) -> Sequence[Command]:
        return (*self._application(), *self._panes(), *self._tabs())

    def focus_filter(self) -> None:
        """The filter of the list, ready to be typed into."""
        self._side.show_list()
        self._articles.filter_bar.field.setFocus()
        self._articles.filter_bar.field.selectAll()

    def go_to_pane(self, step: int) -> None:
        """The keyboard goes to the next pane (1) that is shown, or the one before (-1), round the end."""
        sheet = [(self._side.sheet, self._side.sheet)] if self._side.sheet else []
        stops = [*self._stops[:-4], *sheet, *self._stops[-4:]]
        shown = [(pane, _field_of(stop)) for pane, stop in stops if pane.isVisible() and stop.isEnabled()]
        shown = [(pane, field) for pane, field in shown if field is pane or pane.isAncestorOf(field)]
        focus = QApplication.focusWidget()
        here = next((i for i, (pane, _) in enumerate(shown) if focus and pane.isAncestorOf(focus)), -step)
        shown[(here + step) % len(shown)][1].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def toggle_list(self) -> None:
        """The list, with the keyboard where it opens as a drawer; or no list, with the keyboard in the text."""
        side, had_keyboard = self._side, self._articles.isAncestorOf(QApplication.focusWidget() or self._window)
        side.toggle_list()
        if side.arrangement.has_list and side.arrangement.has_strip:
            self._articles.view.setFocus()
        elif had_keyboard:
            self._editor.setFocus()

    def toggle_inspector(self) -> None:
        """The inspector, or no inspector; with the keyboard in it where it takes the place of the text."""
        self._toggle(self._side.toggle_inspector, self._inspector, self._inspector.tabBar())

    def toggle_page(self) -> None:
        """The page, or no page; with the keyboard in it where it takes the place of the text."""
        self._toggle(self._side.toggle_page, self._preview, self._preview)

    def _toggle(self, toggle: Callable[[], object], pane: QWidget, field: QWidget) -> None:
        focus = QApplication.focusWidget()
        had_keyboard = focus is not None and pane.isAncestorOf(focus)
        toggle()
        if not self._side.arrangement.has_middle:
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif had_keyboard and not pane.isVisible():
            self._editor.setFocus()

    def toggle_alone(self) -> None:
        """The editor without anything beside it, or everything again."""
        self._side.toggle_alone()
        self._editor.setFocus()

    def _application(self) -> Sequence[Command]:
        return (Command("app.quit", "Quit", "Ctrl+Q", Menu.FILE, self._close, after="app.preferences"),)

    def _panes(self) -> Sequence[Command]:
        go = self.go_to_pane
        return (
            Command("view.palette", "Search or run a command", "Ctrl+K", Menu.VIEW, partial(self._palette.open, "")),
            Command("view.filter", "Filter articles", "Ctrl+L", Menu.VIEW, self.focus_filter),
            Command("view.next_pane", "Next pane", "F6", Menu.VIEW, partial(go, 1)),
            Command("view.previous_pane", "Previous pane", "Shift+F6", Menu.VIEW, partial(go, -1)),
            Command("view.inspector", "Inspector", "F8", Menu.VIEW, self.toggle_inspector, starts_group=True),
            Command("view.list", "Article list", "F9", Menu.VIEW, self.toggle_list),
            Command("view.preview", "Preview", "F10", Menu.VIEW, self.toggle_page),
            Command("view.alone", "Editor alone", "F11", Menu.VIEW, self.toggle_alone),
        )

    def _tabs(self) -> Sequence[Command]:
        opened = partial(is_open, self._article)
        labels = {"details": "Details", "evidence": "Evidence", "review": "Review", "history": "History"}
        return [
            Command(
                f"view.{name}",
                label,
                f"Alt+{number}",
                Menu.VIEW,
                partial(self._go_to_tab, name),
                opened,
                starts_group=name == "details",
                submenu=Submenu.INSPECTOR,
            )
            for number, (name, label) in enumerate(labels.items(), start=1)
        ]

    def _go_to_tab(self, name: str) -> None:
        """A tab of the inspector, with the keyboard on it: Tab goes on into its pane, F6 to the next one."""
        self._inspector.show_tab(name)
        self._inspector.tabBar().setFocus(Qt.FocusReason.ShortcutFocusReason)


def _field_of(pane: QWidget) -> QWidget:
    """What has the keyboard in a pane when one comes to it: the pane itself, or the first field in it that can."""
    field: QWidget | None = pane.focusProxy() or pane
    while field is not None and (field.focusPolicy() == Qt.FocusPolicy.NoFocus or not field.isVisible()):
        field = field.nextInFocusChain()
        if field is pane:
            return pane
    return field or pane
