"""Templates an article may start from, and snippets: small texts that are typed often."""

from dataclasses import dataclass, replace
from pathlib import Path

from ovn_desk import assets, files
from ovn_desk.domain.article import Content
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import House, Staff
from ovn_desk.domain.texts import normalised_text, slug_of
from ovn_desk.formats import markdown
from ovn_desk.text import foreign


@dataclass(frozen=True, slots=True)
class Template:
    """One template or snippet: a Markdown file, named by its file name."""

    name: str
    file: Path
    is_own: bool = False

    @property
    def text(self) -> str:
        return normalised_text(foreign.read_text(self.file)).strip()


def templates(language: str, *, own: Path) -> list[Template]:
    """The desk's templates for a language, and those in a person's own folder."""
    return _files_in("starts", language, own)


def snippets(language: str, *, own: Path) -> list[Template]:
    """The desk's snippets for a language, and those in a person's own folder."""
    return _files_in("snippets", language, own)


def fill(template: Template, house: House, *, by: Staff, language: str) -> Content:
    """The content a template begins with; its author is in the byline."""
    with foreign.reading(template.file.name, "template-unreadable"):
        made = markdown.read(template.text, house)
    return replace(made, headline="", language=language, byline=made.byline or by.name)


def snippet_text(snippet: Template, house: House, language: str) -> str:
    """What a snippet puts into the text: `{house}` becomes the outlet's name."""
    return snippet.text.replace("{house}", house.name_in(language))


def keep_snippet(name: str, text: str, *, own: Path) -> Path:
    """Keeps a text in a person's own folder under a name; another text of that name is refused."""
    if not text.strip() or not name.strip():
        raise DeskError("snippet-incomplete")
    file = own / f"{slug_of(name)}.md"
    try:
        files.write(file, f"{text.strip()}\n".encode(), is_new=True)
    except FileExistsError as error:
        raise DeskError("snippet-exists", name=name) from error
    except OSError as error:
        raise DeskError("snippet-not-kept", path=own, reason=files.reason(error)) from error
    return file


def _files_in(kind: str, language: str, own: Path) -> list[Template]:
    shipped = [Template(_display_name(file), file) for file in sorted((assets.folder() / kind / language).glob("*.md"))]
    mine = [Template(_display_name(file), file, is_own=True) for file in sorted(own.glob("*.md"))]
    return shipped + mine


def _display_name(file: Path) -> str:
    words = file.stem.replace("-", " ")
    return words[:1].upper() + words[1:]
