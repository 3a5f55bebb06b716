"""What a paste or a drop brings: picture files, pictures that are no file, and words; and a text to take along."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMimeData
from PySide6.QtGui import QGuiApplication, QImage

from ovn_desk.domain.article import Content
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.texts import normalised_text
from ovn_desk.text import foreign
from ovn_desk.ui.state.incoming_files import are_pictures
from ovn_desk.ui.widgets.file_drops import local_files

_TYPES = ("image/jpeg", "image/webp", "image/png")


def pictures(source: QMimeData) -> list[Path | bytes | QImage]:
    """The pictures in it, also of kinds that will be refused; none where there are words, which Word copies as both."""
    files = local_files(source)
    if files:
        return list(files) if are_pictures(files) else []
    if source.hasText():
        return []
    for kind in _TYPES:
        if source.hasFormat(kind):
            return [bytes(source.data(kind).data())]
    image = source.imageData() if source.hasImage() else None
    return [image] if isinstance(image, QImage) and not image.isNull() else []


def words(source: QMimeData, *, is_plain: bool) -> str:
    """The words in it as clean Markdown, or as they stand; words that are nested too deeply to read come plain."""
    from ovn_desk.formats import pasted  # its parsers would make every start slower

    if is_plain:
        return normalised_text(source.text())
    text = ""
    if source.hasHtml():
        try:
            with foreign.reading(QCoreApplication.translate("Editor", "What was pasted"), "file-not-read"):
                text = pasted.markdown(source.html())
        except DeskError:
            if not source.hasText():
                raise
    return text or pasted.plain(source.text())


def copy_text(content: Content) -> None:
    """Puts headline, standfirst and body on the clipboard, an empty line between them."""
    QGuiApplication.clipboard().setText(f"{content.headline}\n\n{content.standfirst}\n\n{content.body}")
