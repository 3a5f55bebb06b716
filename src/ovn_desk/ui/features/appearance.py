"""How the window, the text and the page look to this person: light or dark, font, sizes; and every other preference."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ovn_desk import settings
from ovn_desk.ui.commands import Command, Menu, Submenu
from ovn_desk.ui.commands.palette import Palette
from ovn_desk.ui.editor import Editor
from ovn_desk.ui.editor.wheel_size import WheelSize
from ovn_desk.ui.features.feature import Feature
from ovn_desk.ui.preview.pane import Preview
from ovn_desk.ui.state.preferences import Preferences
from ovn_desk.ui.widgets import theme

_LOOKS = {
    settings.SYSTEM: "As this computer is",
    settings.LIGHT: "Light",
    settings.DARK: "Dark",
}


class AppearanceFeature(Feature):
    """Applies what is chosen at once, and remembers it on this computer."""

    def __init__(
        self,
        preferences: Preferences,
        *,
        editor: Editor,
        preview: Preview,
        palette: Palette,
        repaint: Callable[[], object],
        parent: QWidget,
    ) -> None:
        """`repaint` draws the window in the colours of now; `palette` knows the commands."""
        super().__init__(parent)
        self._preferences, self._preview, self._palette, self._window = preferences, preview, palette, parent
        self._repaint = repaint
        WheelSize(editor).turned.connect(self.resize_text)
        preview.zoom = preferences.value.page_zoom
        preview.zoomed.connect(lambda percent: self._set(page_zoom=percent))
        preferences.changed.connect(self._apply)
        self._apply()

    def commands(self) -> Sequence[Command]:
        preferences = self.show_preferences
        return (
            Command("app.preferences", "Preferences…", "Ctrl+,", Menu.FILE, preferences, starts_group=True),
            *self._ways_of_writing(),
            *self._sizes(),
            *self._looks(),
        )

    def show_preferences(self) -> None:
        """Everything that is chosen by a person for this computer, in one dialog."""
        from ovn_desk.ui.dialogs.preferences import PreferencesDialog  # not needed to begin

        dialog = PreferencesDialog(self._preferences, self._palette.commands, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    def resize_text(self, step: int) -> None:
        """The text a pixel larger (1) or smaller (-1); 0 for the size it comes with."""
        pixels = self._preferences.value.pixels + step if step else settings.Preferences().pixels
        self._set(pixels=min(max(pixels, settings.SMALLEST_TEXT), settings.LARGEST_TEXT))

    def zoom_page(self, step: int) -> None:
        """The page a step larger (1) or smaller (-1); 0 for its own size."""
        if step:
            self._preview.step_zoom(step)
        else:
            self._preview.zoom = settings.Preferences().page_zoom

    def _ways_of_writing(self) -> Sequence[Command]:
        return [
            Command(
                name,
                label,
                key,
                Menu.VIEW,
                partial(self._preferences.toggle, field),
                checked=partial(self._is_on, field),
                after="view.alone",
                submenu=Submenu.WRITING,
            )
            for name, label, key, field in (
                ("view.focus", "Focus on the paragraph being written", "Shift+F11", "is_focused"),
                ("view.typewriter", "Keep the line being written in the middle", "Ctrl+F11", "is_typewriting"),
            )
        ]

    def _sizes(self) -> Sequence[Command]:
        text = partial(Command, menu=Menu.VIEW, submenu=Submenu.TEXT_SIZE)
        page = partial(Command, menu=Menu.VIEW, submenu=Submenu.PAGE_ZOOM, shortcut="")
        return (
            text("view.larger", "Larger text", "Ctrl++", run=partial(self.resize_text, 1), starts_group=True),
            text("view.smaller", "Smaller text", "Ctrl+-", run=partial(self.resize_text, -1)),
            text("view.own_size", "Usual size of the text", "Ctrl+0", run=partial(self.resize_text, 0)),
            page("view.page_larger", "Larger page", run=partial(self.zoom_page, 1)),
            page("view.page_smaller", "Smaller page", run=partial(self.zoom_page, -1)),
            page("view.page_own_size", "Usual size of the page", run=partial(self.zoom_page, 0)),
        )

    def _looks(self) -> Sequence[Command]:
        return [
            Command(
                f"view.{name}",
                label,
                "",
                Menu.VIEW,
                partial(self._set, appearance=name),
                checked=partial(self._has_look, name),
                submenu=Submenu.APPEARANCE,
            )
            for name, label in _LOOKS.items()
        ]

    def _has_look(self, name: str) -> bool:
        return self._preferences.value.appearance == name

    def _is_on(self, field: str) -> bool:
        return bool(getattr(self._preferences.value, field))

    def _set(self, **changes: object) -> None:
        """Sets what is not so already: a page that follows its zoom must not begin anew."""
        if any(getattr(self._preferences.value, name) != value for name, value in changes.items()):
            self._preferences.set(**changes)

    def _apply(self) -> None:
        value = self._preferences.value
        if self._preview.zoom != value.page_zoom:
            self._preview.zoom = value.page_zoom
        if theme.choose(value.appearance):
            self._repaint()
