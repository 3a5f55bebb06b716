"""The house: the outlet's name, address, languages, categories and people, read from one TOML file."""

import re
import tomllib
from dataclasses import dataclass, field
from datetime import tzinfo
from enum import StrEnum
from typing import Any
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ovn_desk.domain import levels
from ovn_desk.domain.article import StaffId
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.levels import Checklist
from ovn_desk.domain.texts import one_line
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


_KEY = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")


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
        return self.names.get(language) or self.names["en"]


@dataclass(frozen=True, slots=True)
class House:
    """The outlet. Texts a reader sees are by language, English always present. `text` is the file it was read from.

    `policies` are by name and language; each is the address of a page, or the text of one (Markdown). `is_strict`:
    nobody approves what they wrote any of since the last approval. `look` is what an export was asked to use, not part
    of the file.
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
        return self.names.get(language, self.name)

    def tagline_in(self, language: str) -> str:
        return self.taglines.get(language, self.tagline)

    def address(self, path: str) -> str:
        """The whole address of a file of the site, as every feed and search engine takes it."""
        return f"{self.url}/{quote(path)}"

    def policy(self, name: str, language: str) -> str:
        """A policy in this language, or else in the one it was written in."""
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
        """The same; raises DeskError when there is none."""
        if found := self.section(key):
            return found
        names = ", ".join(category.key for category in self.categories)
        raise DeskError("category-unknown", key=key, names=names)

    def find_category(self, text: str) -> Category | None:
        """The category with this key or name in any language, or none."""
        wanted = _folded(text)
        for category in self.categories:
            if wanted in {_folded(category.key), *map(_folded, category.names.values())}:
                return category
        return None


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("&", "and").split())


def read_house(text: str, *, name: str = "house.toml") -> House:
    """The house a TOML text describes; a mistake raises DeskError naming the line and the key."""
    return _House(text, name).read(read_toml(text, name))


def read_toml(text: str, name: str) -> dict[str, Any]:
    """A TOML text as plain tables; raises DeskError naming the line of a mistake."""
    try:
        return tomllib.loads(text)
    except ValueError as error:  # also of a number with thousands of digits
        raise DeskError("toml-invalid", name=name, error=error) from error
    except RecursionError as error:
        raise DeskError("toml-nested-too-deeply", name=name) from error


class _House:
    """Reads one house file and knows on which line a key stands."""

    def __init__(self, text: str, name: str) -> None:
        self.lines = text.splitlines()
        self.file = name

    def read(self, data: dict[str, Any]) -> House:
        known = {"name", "tagline", "url", "time_zone", "languages", "categories", "roster", "policies"}
        known |= {"checklist", "review", "rules"}  # the rules are the style check's, which reads and checks them
        if unknown := [key for key in data if key not in known]:
            self.refuse(unknown[0], f"is not a setting of a house; known are {', '.join(sorted(known))}")
        names = self.by_language(data, "name")
        taglines = self.by_language(data, "tagline")
        languages = self.texts(data, "languages")
        if unsupported := [code for code in languages if code not in {"en", "ur"}]:
            self.refuse("languages", f"names “{unsupported[0]}”; this desk writes en and ur")
        return House(
            name=names["en"],
            tagline=taglines["en"],
            url=self.url(data),
            time_zone=self.time_zone(data),
            languages=languages,
            categories=self.categories(data),
            roster=self.roster(data),
            names=names,
            taglines=taglines,
            policies=self.policies(data),
            checklist=levels.read(self.table(data, "checklist"), self.refuse),
            is_strict=self.is_strict(self.table(data, "review")),
            text="\n".join(self.lines),
        )

    def refuse(self, key: str, why: str, *, value: str = "") -> None:
        number = next((n for n, line in enumerate(self.lines, 1) if _names(line, key) and value in line), 0)
        where = f"{self.file}, line {number}" if number else self.file
        raise DeskError("house-setting-wrong", where=where, key=key, why=why)

    def text(self, data: dict[str, Any], key: str) -> str:
        value = data.get(key)
        if not isinstance(value, str) or not value.strip():
            self.refuse(key, "must be a text in quotation marks" if key in data else "is missing")
        return str(value)

    def texts(self, data: dict[str, Any], key: str) -> tuple[str, ...]:
        value = data.get(key)
        if not isinstance(value, list) or not value or not all(isinstance(item, str) for item in value):
            self.refuse(key, 'must be a list of texts, for example ["en", "ur"]' if key in data else "is missing")
        return tuple(value or ())

    def policies(self, data: dict[str, Any]) -> dict[str, dict[str, str]]:
        table = self.table(data, "policies")
        if unknown := [name for name in table if name not in POLICIES]:
            self.refuse(unknown[0], f"is not a policy of a house; known are {', '.join(POLICIES)}")
        return {name: self.by_language(table, name, english=False) for name in table}

    def by_language(self, data: dict[str, Any], key: str, *, english: bool = True) -> dict[str, str]:
        """A text, or a table of texts by language."""
        value = data.get(key)
        if isinstance(value, dict):
            for inner, text in value.items():
                if not isinstance(text, str):
                    self.refuse(inner, "must be a text in quotation marks")
            if not value:
                self.refuse(key, "has no text in it")
            if english and "en" not in value:
                self.refuse(key, 'needs an English text: en = "…"')
            return dict(value)
        return {"en": self.text(data, key)}

    def url(self, data: dict[str, Any]) -> str:
        url = self.text(data, "url")
        try:
            parts = urlsplit(url)
            is_whole = parts.scheme in {"https", "http"} and bool(parts.hostname)
        except ValueError:
            is_whole = False
        if not is_whole:
            self.refuse("url", "must be a full address, for example https://example.org")
        return url.rstrip("/")

    def time_zone(self, data: dict[str, Any]) -> str:
        zone = self.text(data, "time_zone")
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):  # “Asia” is a folder of them
            self.refuse("time_zone", f"is not a time zone: “{zone}”; for example Asia/Karachi")
        return zone

    def table(self, data: dict[str, Any], key: str) -> dict[str, Any]:
        value = data.get(key, {})
        if not isinstance(value, dict):
            self.refuse(key, f"must be written as a [{key}] table")
        return value if isinstance(value, dict) else {}

    def is_strict(self, table: dict[str, Any]) -> bool:
        for key, value in table.items():
            if key != "strict":
                self.refuse(key, "is no rule of review; known is strict")
            if not isinstance(value, bool):
                self.refuse(key, "must be true or false")
        return bool(table.get("strict"))

    def tables(self, data: dict[str, Any], key: str) -> list[dict[str, Any]]:
        value = data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.refuse(key, f"must be written as [[{key}]] tables")
        return value if isinstance(value, list) else []

    def categories(self, data: dict[str, Any]) -> tuple[Category, ...]:
        """Each with a key that can stand in an address, and with the keys it had before, which nobody else has."""
        found: dict[str, Category] = {}
        keys: list[str] = []
        for table in self.tables(data, "categories"):
            key = self.text(table, "key")
            was = self.texts(table, "was") if "was" in table else ()
            for one, setting in ((key, "key"), *((one, "was") for one in was)):
                if not _KEY.fullmatch(one):
                    why = "may have up to 40 lower-case letters a to z, digits and hyphens"
                    self.refuse(setting, f"is “{one_line(one)[:60]}”; it {why}", value=one)
                if one in keys:
                    self.refuse(setting, f"names the category “{one}” twice", value=one)
                keys.append(one)
            names = self.by_language(table, "name")
            topic = table.get("topic", "")
            if topic and not (isinstance(topic, str) and topic.startswith("medtop:") and topic[7:].isdigit()):
                self.refuse("topic", "must be an IPTC Media Topic, for example medtop:11000000", value=str(topic))
            found[key] = Category(key, names, topic, was)
        if not found:
            self.refuse("categories", "is missing: a house needs at least one")
        for key in found:
            first, _, number = key.rpartition("-")
            if first in found and number.isdigit():
                self.refuse("key", f"is “{key}”, where the next pages of “{first}” stand", value=key)
        return tuple(found.values())

    def roster(self, data: dict[str, Any]) -> tuple[tuple[str, Role], ...]:
        people: list[tuple[str, Role]] = []
        for table in self.tables(data, "roster"):
            name, role = self.text(table, "name"), self.text(table, "role")
            if role not in set(Role):
                self.refuse("role", f"is “{role}”; it may be {', '.join(Role)}", value=role)
            people.append((name, Role(role)))
        return tuple(people)


def _names(line: str, key: str) -> bool:
    stripped = line.strip()
    return stripped.startswith((f"{key} ", f"{key}=", f'"{key}"', f"[{key}]", f"[[{key}]]"))
