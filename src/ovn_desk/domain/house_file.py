"""The house file: the outlet's name, address, languages, categories, people and checklist, read from one TOML file."""

import re
import tomllib
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ovn_desk.domain import checklist
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import POLICIES, Category, House, Role
from ovn_desk.domain.texts import one_line
from ovn_desk.messages import Message

_KEY = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")


def read_house(text: str, *, name: str | Message = "house.toml") -> House:
    """The house a TOML text describes; a mistake raises DeskError naming the line and the key."""
    return _House(text, name).read(read_toml(text, name))


def read_toml(text: str, name: str | Message) -> dict[str, Any]:
    """A TOML text as plain tables; raises DeskError naming the line of a mistake."""
    try:
        return tomllib.loads(text)
    except ValueError as error:  # also of a number with thousands of digits
        raise DeskError("toml-invalid", name=name, error=error) from error
    except RecursionError as error:
        raise DeskError("toml-nested-too-deeply", name=name) from error


class _House:
    """Reads one house file and knows on which line a key stands."""

    def __init__(self, text: str, name: str | Message) -> None:
        self.lines = text.splitlines()
        self.file = name

    def read(self, data: dict[str, Any]) -> House:
        known = {"name", "tagline", "url", "time_zone", "languages", "categories", "roster", "policies"}
        known |= {"checklist", "review", "rules"}  # the rules are the style check's, which reads and checks them
        if unknown := [key for key in data if key not in known]:
            self.refuse(unknown[0], Message("house-key-unknown", known=sorted(known)))
        names = self.by_language(data, "name")
        taglines = self.by_language(data, "tagline") if "tagline" in data else {"en": ""}
        languages = self.texts(data, "languages")
        if unsupported := [code for code in languages if code not in {"en", "ur"}]:
            self.refuse("languages", Message("house-language-unsupported", language=unsupported[0]))
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
            checklist=checklist.read(self.table(data, "checklist"), self.refuse),
            is_strict=self.is_strict(self.table(data, "review")),
            text="\n".join(self.lines),
        )

    def refuse(self, key: str, why: Message, *, value: str = "") -> None:
        number = next((n for n, line in enumerate(self.lines, 1) if _names(line, key) and value in line), 0)
        if number:
            raise DeskError("house-line-wrong", file=self.file, number=number, key=key, why=why)
        raise DeskError("house-setting-wrong", file=self.file, key=key, why=why)

    def text(self, data: dict[str, Any], key: str) -> str:
        value = data.get(key)
        if not isinstance(value, str) or not value.strip():
            self.refuse(key, Message("house-needs-text") if key in data else Message("house-lacks"))
        return str(value)

    def texts(self, data: dict[str, Any], key: str) -> tuple[str, ...]:
        value = data.get(key)
        if not isinstance(value, list) or not value or not all(isinstance(item, str) for item in value):
            self.refuse(key, Message("house-needs-texts") if key in data else Message("house-lacks"))
        return tuple(value or ())

    def policies(self, data: dict[str, Any]) -> dict[str, dict[str, str]]:
        table = self.table(data, "policies")
        if unknown := [name for name in table if name not in POLICIES]:
            self.refuse(unknown[0], Message("house-policy-unknown", policies=tuple(POLICIES)))
        return {name: self.by_language(table, name, english=False) for name in table}

    def by_language(self, data: dict[str, Any], key: str, *, english: bool = True) -> dict[str, str]:
        """A text, or a table of texts by language."""
        value = data.get(key)
        if isinstance(value, dict):
            for inner, text in value.items():
                if not isinstance(text, str):
                    self.refuse(inner, Message("house-needs-text"))
            if not value:
                self.refuse(key, Message("house-text-empty"))
            if english and "en" not in value:
                self.refuse(key, Message("house-needs-english"))
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
            self.refuse("url", Message("house-needs-address"))
        return url.rstrip("/")

    def time_zone(self, data: dict[str, Any]) -> str:
        zone = self.text(data, "time_zone")
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):  # “Asia” is a folder of them
            self.refuse("time_zone", Message("house-zone-unknown", zone=zone))
        return zone

    def table(self, data: dict[str, Any], key: str) -> dict[str, Any]:
        value = data.get(key, {})
        if not isinstance(value, dict):
            self.refuse(key, Message("house-needs-table", key=key))
        return value if isinstance(value, dict) else {}

    def is_strict(self, table: dict[str, Any]) -> bool:
        for key, value in table.items():
            if key != "strict":
                self.refuse(key, Message("house-review-unknown"))
            if not isinstance(value, bool):
                self.refuse(key, Message("house-needs-truth"))
        return bool(table.get("strict"))

    def tables(self, data: dict[str, Any], key: str) -> list[dict[str, Any]]:
        value = data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.refuse(key, Message("house-needs-tables", key=key))
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
                    self.refuse(setting, Message("house-key-impossible", key=one_line(one)[:60]), value=one)
                if one in keys:
                    self.refuse(setting, Message("house-category-twice", key=one), value=one)
                keys.append(one)
            names = self.by_language(table, "name")
            topic = table.get("topic", "")
            if topic and not (isinstance(topic, str) and topic.startswith("medtop:") and topic[7:].isdigit()):
                self.refuse("topic", Message("house-needs-topic"), value=str(topic))
            found[key] = Category(key, names, topic, was)
        if not found:
            self.refuse("categories", Message("house-lacks-category"))
        for key in found:
            first, _, number = key.rpartition("-")
            if first in found and number.isdigit():
                self.refuse("key", Message("house-key-of-pages", key=key, first=first), value=key)
        return tuple(found.values())

    def roster(self, data: dict[str, Any]) -> tuple[tuple[str, Role], ...]:
        people: list[tuple[str, Role]] = []
        for table in self.tables(data, "roster"):
            name, role = self.text(table, "name"), self.text(table, "role")
            if role not in set(Role):
                self.refuse(
                    "role", Message("house-role-unknown", role=role, roles=[one.value for one in Role]), value=role
                )
            people.append((name, Role(role)))
        return tuple(people)


def _names(line: str, key: str) -> bool:
    stripped = line.strip()
    return stripped.startswith((f"{key} ", f"{key}=", f'"{key}"', f"[{key}]", f"[[{key}]]"))
