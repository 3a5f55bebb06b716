"""The house: the outlet's name, address, languages, categories and people."""

from dataclasses import dataclass, field
from datetime import tzinfo
from enum import StrEnum
from urllib.parse import quote
from zoneinfo import ZoneInfo

from ovn_desk.domain.article import StaffId
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.levels import Checklist
from ovn_desk.domain.theme import Theme

# schema.org's names of the pages on which a newsroom says how it works.
POLICIES = (
    "publishingPrinciples",
    "ethicsPolicy",
    "correctionsPolicy",
    "unnamedSourcesPolicy",
    "ownershipFundingInfo",
    "masthead",
)


class Role(StrEnum):
    """What a person may do at this desk."""

    REPORTER = "reporter"
    EDITOR = "editor"
    CHIEF = "chief"


@dataclass(frozen=True, slots=True)
class Staff:
    """A person on the roster; a retired one may sign nothing more but stays named in what they did."""

    id: StaffId
    name: str
    role: Role
    is_retired: bool = False


@dataclass(frozen=True, slots=True)
class Category:
    """A section of the site, tied to one IPTC Media Topic; names by language. `was` are keys that it had before."""

    key: str
    names: dict[str, str] = field(hash=False)
    topic: str = ""
    was: tuple[str, ...] = ()

    def name(self, language: str) -> str:
        """The name in this language, or else in English."""
        return self.names.get(language) or self.names["en"]


@dataclass(frozen=True, slots=True)
class House:
    """The outlet. Texts a reader sees are by language, English always present; there may be no tagline.

    `policies` are by name and language; each is the address of a page, or the text of one (Markdown). `is_strict`:
    nobody approves what they wrote any of since the last approval. `text` is the file it was read from, `look` what an
    export was asked to use.
    """

    name: str
    tagline: str
    url: str
    time_zone: str
    languages: tuple[str, ...]
    categories: tuple[Category, ...]
    roster: tuple[tuple[str, Role], ...] = ()
    names: dict[str, str] = field(default_factory=dict, hash=False)
    taglines: dict[str, str] = field(default_factory=dict, hash=False)
    policies: dict[str, dict[str, str]] = field(default_factory=dict, hash=False)
    checklist: Checklist = field(default_factory=Checklist)
    is_strict: bool = False
    look: Theme = field(default_factory=Theme)
    text: str = field(default="", compare=False, repr=False)

    @property
    def zone(self) -> tzinfo:
        return ZoneInfo(self.time_zone)

    def name_in(self, language: str) -> str:
        """The outlet's name in this language, or else in English."""
        return self.names.get(language, self.name)

    def tagline_in(self, language: str) -> str:
        """The tagline in this language, or else in English."""
        return self.taglines.get(language, self.tagline)

    def address(self, path: str) -> str:
        """The whole address of a file of the site, as every feed and search engine takes it."""
        return f"{self.url}/{quote(path)}"

    def policy(self, name: str, language: str) -> str:
        """The address or text of a policy in this language, or else in the first it has; KeyError for another name."""
        texts = self.policies[name]
        return texts.get(language) or next(iter(texts.values()))

    def section(self, key: str) -> Category | None:
        """The category that has this key, or had it before it was renamed; none when there is no such section now."""
        return next((one for one in self.categories if key == one.key or key in one.was), None)

    def section_key(self, key: str) -> str:
        """The key that the section of this key has now; empty when there is none."""
        found = self.section(key)
        return found.key if found else ""

    def category(self, key: str) -> Category:
        """The section of this key, as `section` finds it; raises DeskError when there is none."""
        if found := self.section(key):
            return found
        names = ", ".join(category.key for category in self.categories)
        raise DeskError("category-unknown", key=key, names=names)

    def find_category(self, text: str) -> Category | None:
        """The category with this key or name in any language, or none."""
        wanted = _fold_name(text)
        for category in self.categories:
            if wanted in {_fold_name(category.key), *map(_fold_name, category.names.values())}:
                return category
        return None


def _fold_name(text: str) -> str:
    return " ".join(text.casefold().replace("&", "and").split())
