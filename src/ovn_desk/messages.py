"""What is said to people, as data: a code with its values, and the sentence for it in the language of the desk.

Below the window every sentence stands in `resources/languages/<language>/<layer>.po`, named by the package that says
it: msgid is the code, msgstr the sentence with `{name}` where a value goes. English is whole; what another language
lacks is said in English. A language is one folder.

A sentence that says what to do in words of the command line has a second form under the context (`msgctxt`) `window`,
which names the window's own way.
"""

import gettext
import io
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from pathlib import Path

from ovn_desk import assets

ENGLISH = "en"
WINDOW = "window"
"""The context of what is said in the window alone."""
_LISTED, _OR, _SENTENCES = "list-separator", "list-or", "sentence-separator"


class Sentences(tuple[object, ...]):
    """Values of a message that are whole sentences, one behind the other."""

    __slots__ = ()


class Alternatives(tuple[object, ...]):
    """Values of a message of which one is enough: `filed or in review`, in the order of the alphabet."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, init=False, repr=False)
class Message:
    """A sentence, or a part of one, that is not yet in any language. `str()` is its words in the desk's language.

    Values may be texts, numbers, times, members of enumerations (said by their own entry, as `role-editor`), other
    messages, and tuples of all these. A value called `count` chooses the plural form.
    """

    code: str
    items: tuple[tuple[str, object], ...]

    def __init__(self, code: str, /, **values: object) -> None:
        object.__setattr__(self, "code", code)
        object.__setattr__(self, "items", tuple((name, _plain(value)) for name, value in values.items()))

    @property
    def values(self) -> dict[str, object]:
        return dict(self.items)

    def __str__(self) -> str:
        return sentence(self)

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __repr__(self) -> str:
        return f"Message({', '.join([repr(self.code), *(f'{name}={value!r}' for name, value in self.items)])})"


def _plain(value: object) -> object:
    """A value that can be kept, compared and sent to another process."""
    if isinstance(value, BaseException):
        message = getattr(value, "message", None)
        return message if isinstance(message, Message) else str(value)
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, (list, tuple)):
        kind = type(value) if isinstance(value, (Alternatives, Sentences)) else tuple
        return kind(_plain(one) for one in value)
    return value


class Languages:
    """The catalogues of a folder, each read when a sentence of it is first needed, and the language spoken now.

    `context` is `WINDOW` where a window shows what is said, and empty on the command line.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.language = ENGLISH
        self.context = ""
        self._texts = cache(self._read_texts)
        self._catalogue = cache(self._compile_catalogue)
        self._holder = lru_cache(maxsize=2048)(self._find_holder)

    @property
    def all(self) -> list[str]:
        """The languages that have a folder."""
        return sorted(path.name for path in self.folder.iterdir() if path.is_dir())

    def sentence(self, message: Message, language: str = "") -> str:
        """The words of a message; a code that no catalogue has is said as it stands."""
        for spoken in dict.fromkeys((language or self.language, ENGLISH)):
            values = {name: self._words_of_value(value, spoken) for name, value in message.items}
            found = self._find_pattern(message.code, values.get("count"), spoken)
            with suppress(LookupError, ValueError):  # a translation with a brace too many is no reason to say nothing
                if found:
                    return found.format_map(values)
        return message.code

    def _words_of_value(self, value: object, language: str) -> object:
        if isinstance(value, Message):
            return self.sentence(value, language)
        if isinstance(value, Alternatives):
            words = sorted(str(self._words_of_value(one, language)) for one in value)
            return self.sentence(Message(_OR), language).join(words)
        if isinstance(value, tuple):
            between = self.sentence(Message(_SENTENCES if isinstance(value, Sentences) else _LISTED), language)
            return between.join(str(self._words_of_value(one, language)) for one in value)
        if isinstance(value, Enum):
            code = enumeration_code(value)
            said = self.sentence(Message(code), language)
            return str(value.value) if said == code else said
        return value

    def _find_pattern(self, code: str, count: object, language: str) -> str:
        """The entry of a code, in the form that a count asks for; empty where it is not in this language."""
        catalogue = self._holder(code, language)
        if catalogue is None:
            return ""
        if self.context:
            many = count if isinstance(count, int) else 1
            found = catalogue.npgettext(self.context, code, code, many)
            if found == code:
                found = catalogue.pgettext(self.context, code)
            if found != code:
                return found
        found = catalogue.ngettext(code, code, count) if isinstance(count, int) else code
        if found == code:
            found = catalogue.gettext(code)
        return "" if found == code else found

    def _find_holder(self, code: str, language: str) -> gettext.GNUTranslations | None:
        """The catalogue that has this code."""
        entry = f'msgid "{code}"'.encode()
        name = next((name for name, text in self._texts(language).items() if entry in text), None)
        return self._catalogue(language, name) if name else None

    def _read_texts(self, language: str) -> dict[str, bytes]:
        """The .po files of a language by layer, as they are."""
        return {path.stem: path.read_bytes() for path in sorted((self.folder / language).glob("*.po"))}

    def _compile_catalogue(self, language: str, layer: str) -> gettext.GNUTranslations:
        """A layer's entries in the form that answers quickly, plural forms included."""
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        made = io.BytesIO()
        write_mo(made, read_po(io.BytesIO(self._texts(language)[layer])))
        made.seek(0)
        return gettext.GNUTranslations(made)


def enumeration_code(member: Enum) -> str:
    """The code under which a member of an enumeration is said: `role-editor`, `correction-kind-update`."""
    name = "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in type(member).__name__)
    return f"{name.lstrip('-')}-{member.name.lower().replace('_', '-')}"


DESK = Languages(assets.folder() / "languages")


def sentence(message: Message, language: str = "") -> str:
    """The words of a message in this language, or in the one the desk speaks."""
    return DESK.sentence(message, language)


def speak_in_window() -> None:
    """Say from now on what whoever sits at a window is to do there, and name no command line."""
    DESK.context = WINDOW


def speak(language: str) -> None:
    """Say everything in this language from now on; raises LookupError when it has no folder."""
    if language not in DESK.all:
        raise LookupError(language)
    DESK.language = language
