"""Markdown with YAML front matter: how an article travels as one readable file."""

import difflib
import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

import frontmatter
import yaml

from ovn_desk.domain import values
from ovn_desk.domain.ai_use import AiUse
from ovn_desk.domain.article import Content, Genre, tidy
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.evidence import Correction, Reply, Waiver
from ovn_desk.domain.house import House
from ovn_desk.domain.image import Image
from ovn_desk.domain.source import Attachment, Source, SourceKind, Terms
from ovn_desk.domain.texts import key_for
from ovn_desk.rendering.model import PageModel
from ovn_desk.text import language

Kind = TypeVar("Kind", Genre, SourceKind, Terms)
Table = TypeVar("Table", AiUse, Attachment, Correction, Image, Reply, Waiver)
_TEXTS = (
    *("headline", "standfirst", "language", "slug", "byline", "dateline", "date"),
    *("ednote", "unverified", "translates"),
)
_LISTS = ("topics", "tags")
_TABLES: Mapping[str, type[Any]] = {
    "images": Image,
    "waivers": Waiver,
    "replies": Reply,
    "corrections": Correction,
    "ai_used": AiUse,
}
_NOT_TEXTS = {"kind", "terms", "excerpts", "publish_excerpts", "is_independent", "files"}
_LONGEST_FRONT = 1024 * 1024
_MOST_WORDS = 1_000_000
_UNNAMED = ("why_unnamed", "how_they_know", "known_to")
_OTHER_NAMES = {
    "title": "headline",
    "description": "standfirst",
    "summary": "standfirst",
    "author": "byline",
    "lang": "language",
}


def read(text: str, house: House) -> Content:
    """The content of a Markdown file; without a headline in its front matter the first `# heading` is it.

    Raises DeskError for front matter that is not YAML or says what a field can not hold. Unknown fields are left out.
    """
    text = text.lstrip("\ufeff\n")
    if text.startswith("---") and text.find("\n---") > _LONGEST_FRONT:
        raise DeskError("front-matter-too-long")
    try:
        post = frontmatter.loads(text)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        if mark:
            raise DeskError("front-matter-line-unreadable", number=mark.line + 2) from error
        raise DeskError("front-matter-unreadable") from error
    given = {_OTHER_NAMES.get(str(key), str(key)): value for key, value in post.metadata.items()}
    found: dict[str, Any] = {name: _text(given, name) for name in _TEXTS if given.get(name) is not None}
    found |= {name: _texts(given, name) for name in _LISTS if given.get(name) is not None}
    found |= {name: _tables(given, name, kind) for name, kind in _TABLES.items() if given.get(name)}
    found["body"] = post.content
    found["sources"] = _sources(given.get("sources") or [])
    if "genre" in given:
        found["genre"] = _choice(Genre, given["genre"], "genre")
    if given.get("category"):
        found["category"] = _category(str(given["category"]), house)
    if type(words := given.get("target_words")) is int:
        if not 0 <= words < _MOST_WORDS:
            raise DeskError("front-matter-words-wrong", words=words)
        found["target_words"] = words
    if not found.get("headline"):
        found["headline"], found["body"] = _split_heading(found["body"])
    found.setdefault("language", language.guess_language(f"{found['headline']} {found['body']}", house.languages))
    if found["language"] not in {"en", "ur"}:
        raise DeskError("front-matter-language-wrong", language=found["language"])
    return tidy(Content(**found))


def write(content: Content) -> str:
    """The inverse of `read`: every field that says something, then the text."""
    front = _fields_that_say(content, always=("headline", "language"))
    front.pop("body", None)
    head = yaml.safe_dump(front, allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{head}---\n{content.body}\n"


def write_article(model: PageModel) -> str:
    """The same of what readers see of an article."""
    return write(model.content)


def _fields_that_say(value: Any, *, always: tuple[str, ...] = ()) -> dict[str, Any]:
    """The fields that say more than their default, as YAML can hold them."""
    plain = type(value)()
    return {
        part.name: _plain(found)
        for part in fields(value)
        if (found := getattr(value, part.name)) != getattr(plain, part.name) or part.name in always
    }


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, StrEnum):
        return str(value)
    if isinstance(value, Source) and any(getattr(value, name) for name in _UNNAMED):
        return _fields_that_say(value, always=("terms",))  # without them it would not be read
    return _fields_that_say(value) if is_dataclass(value) else value


def _tables(given: Mapping[str, Any], name: str, kind: type[Table]) -> tuple[Table, ...]:
    """A list of tables as the desk writes it; a mistake is named by its field."""
    items = given[name]
    if not isinstance(items, list) or not all(isinstance(item, Mapping) for item in items):
        raise DeskError("front-matter-no-tables", name=name)
    plain = [{str(key): _without_dates(value) for key, value in item.items()} for item in items]
    if wrong := next((place for item in plain if (place := values.first_misshapen(kind, item))), ""):
        raise DeskError("front-matter-kind-wrong", name=name, part=wrong)
    try:
        return tuple(values.from_dict(kind, item) for item in plain)
    except (DeskError, TypeError) as error:
        raise DeskError("front-matter-part-unreadable", name=name, error=error) from error


def _without_dates(value: Any) -> Any:
    """YAML makes dates of what looks like one; here they are texts."""
    return value.isoformat() if isinstance(value, date) else value


def _sources(given: Any) -> tuple[Source, ...]:
    if not isinstance(given, list):
        raise DeskError("front-matter-sources-no-list")
    sources: list[Source] = []
    for item in given:
        values = {"name": item} if isinstance(item, str) else item
        if not isinstance(values, Mapping):
            raise DeskError("front-matter-source-no-table")
        sources.append(_source(values, tuple(source.key for source in sources)))
    keys = [source.key for source in sources]
    if twice := next((key for key in keys if keys.count(key) > 1), ""):
        raise DeskError("front-matter-source-twice", key=twice)
    return tuple(sources)


def _source(given: Mapping[str, Any], taken: tuple[str, ...]) -> Source:
    known = {part.name for part in fields(Source)}
    given = {re.sub(r"[ -]", "_", str(name).strip().casefold()): value for name, value in given.items()}
    for name in given.keys() - known:
        if meant := difflib.get_close_matches(name, known, n=1, cutoff=0.8):
            raise DeskError("front-matter-field-unknown", name=name, meant=meant[0])
    found: dict[str, Any] = {
        name: _text(given, name) for name in given if name in known - _NOT_TEXTS and given[name] is not None
    }
    terms = given.get("terms")
    if terms in (None, "") and (why := next((name for name in _UNNAMED if given.get(name)), "")):
        raise DeskError(
            "front-matter-source-without-terms",
            source=found.get("key") or found.get("name", ""),
            field=why,
            terms=Terms.BACKGROUND.value,
        )
    found.setdefault("key", key_for(found.get("name") or found.get("outlet") or "source", taken))
    return replace(
        Source(**found),
        kind=_choice(SourceKind, given.get("kind") or SourceKind.DOCUMENT, "kind"),
        terms=_choice(Terms, Terms.ON_RECORD if terms in (None, "") else terms, "terms"),
        excerpts=_texts(given, "excerpts") if given.get("excerpts") else (),
        publish_excerpts=given.get("publish_excerpts") is True,
        is_independent=given.get("is_independent") is not False,
        files=_tables(given, "files", Attachment) if given.get("files") else (),
    )


def _text(given: Mapping[str, Any], name: str) -> str:
    value = given[name]
    if isinstance(value, datetime):
        return value.date().isoformat() if name == "date" else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list) and name == "byline":
        return ", ".join(map(str, value))
    if isinstance(value, (dict, list)):
        raise DeskError("front-matter-not-one-text", name=name)
    return str(value)


def _texts(given: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = given[name]
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip()) if name != "excerpts" else (value,)
    if not isinstance(value, list) or any(isinstance(item, (dict, list)) for item in value):
        raise DeskError("front-matter-not-texts", name=name)
    return tuple(str(item) for item in value)


def _choice(kinds: type[Kind], value: Any, name: str) -> Kind:
    try:
        return kinds(str(value))
    except ValueError:
        raise DeskError(
            "front-matter-choice-unknown", value=value, name=name, choices=[kind.value for kind in kinds]
        ) from None


def _category(text: str, house: House) -> str:
    found = house.find_category(text)
    return found.key if found else house.category(text).key


def _split_heading(body: str) -> tuple[str, str]:
    """The headline a text begins with as `# Headline`, and the rest."""
    first, _, rest = body.lstrip().partition("\n")
    if first.startswith("# "):
        return first[2:].strip().rstrip("#").strip(), rest.strip("\n")
    return "", body
