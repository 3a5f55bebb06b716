"""Another look for exported pages: a theme that comes with the desk, or a folder of the house."""

from pathlib import Path

from ovn_desk import assets
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.theme import Theme
from ovn_desk.rendering.page import templates
from ovn_desk.text import foreign

STYLE = "reader.css"


def read(theme: str) -> Theme:
    """A theme by its name or folder (docs/themes.md); raises DeskError naming the file and line of a mistake."""
    own = assets.folder() / "themes" / theme
    folder = own if own.is_dir() else Path(theme)
    if not folder.is_dir():
        names = sorted(path.name for path in (assets.folder() / "themes").iterdir())
        raise DeskError("theme-unknown", theme=theme, names=names)
    texts = {path.name: foreign.read_text(path) for path in sorted(folder.glob("*.html"))}
    style = foreign.read_text(folder / STYLE) if (folder / STYLE).exists() else ""
    if not texts and not style:
        raise DeskError("theme-empty", folder=folder, style=STYLE)
    if "</style" in style.lower():
        raise DeskError("theme-style-ends", path=folder / STYLE)
    look = Theme(str(folder), tuple(texts.items()), style)
    templates.check(look)
    return look
