"""Markdown with YAML front matter: how an article travels as one readable file."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any, TypeVar

import frontmatter
import yaml

from ovn_desk.domain.article import Content, Genre, Source, SourceKind, Terms, source_key_for, tidy
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import House
from ovn_desk.text import language

Kind = TypeVar("Kind", Genre, SourceKind, Terms)
_TEXTS = ("headline", "standfirst", "language", "slug", "byline", "dateline", "date", "ednote")
_LISTS = ("topics", "tags")
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
    try:
        post = frontmatter.loads(text.lstrip("\ufeff\n"))
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" in line {mark.line + 2}" if mark else ""
        raise DeskError(
            f"The front matter can not be read{where}: it must be YAML between two lines of ---."
        ) from error
    given = {_OTHER_NAMES.get(str(key), str(key)): value for key, value in post.metadata.items()}
    values: dict[str, Any] = {name: _text(given, name) for name in _TEXTS if given.get(name) is not None}
    values |= {name: _texts(given, name) for name in _LISTS if given.get(name) is not None}
    values["body"] = post.content
    if "genre" in given:
        values["genre"] = _choice(Genre, given["genre"], "genre")
    if given.get("category"):
        values["category"] = _category(str(given["category"]), house)
    values["sources"] = _sources(given.get("sources") or [])
    if not values.get("headline"):
        values["headline"], values["body"] = _split_heading(values["body"])
    values.setdefault("language", language.guessed(f"{values['headline']} {values['body']}", house.languages))
    if values["language"] not in {"en", "ur"}:
        raise DeskError(f"The front matter's language is “{values['language']}”; this desk writes en and ur.")
    return tidy(Content(**values))


def write(content: Content, house: House) -> str:
    """The inverse of `read`: every field that is not empty, then the text."""
    del house
    plain = Content()
    front: dict[str, Any] = {}
    for field in fields(content):
        value = getattr(content, field.name)
        if field.name in {"body", "sources"} or (value == getattr(plain, field.name) and field.name != "language"):
            continue
        front[field.name] = list(value) if isinstance(value, tuple) else str(value)
    front.setdefault("headline", content.headline)
    if content.sources:
        front["sources"] = [_source_out(source) for source in content.sources]
    head = yaml.safe_dump(front, allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{head}---\n{content.body}\n"


def _source_out(source: Source) -> dict[str, Any]:
    plain = Source(key="-")
    found: dict[str, Any] = {}
    for field in fields(source):
        value = getattr(source, field.name)
        if value == getattr(plain, field.name):
            continue
        found[field.name] = (
            list(value) if isinstance(value, tuple) else value if isinstance(value, bool) else str(value)
        )
    return found


def _sources(given: Any) -> tuple[Source, ...]:
    if not isinstance(given, list):
        raise DeskError("The front matter's sources must be a list.")
    sources: list[Source] = []
    for item in given:
        values = {"name": item} if isinstance(item, str) else item
        if not isinstance(values, Mapping):
            raise DeskError("Each source in the front matter must be a table with a key and a name.")
        sources.append(_source(values, tuple(source.key for source in sources)))
    keys = [source.key for source in sources]
    if twice := next((key for key in keys if keys.count(key) > 1), ""):
        raise DeskError(f"The front matter names the source “{twice}” twice.")
    return tuple(sources)


def _source(given: Mapping[str, Any], taken: tuple[str, ...]) -> Source:
    known = {field.name for field in fields(Source)}
    values: dict[str, Any] = {
        name: _text(given, name)
        for name in given
        if name in known - {"kind", "terms", "excerpts", "publish_excerpts"} and given[name] is not None
    }
    values.setdefault("key", source_key_for(values.get("name") or values.get("outlet") or "source", taken))
    made = Source(**values)
    return replace(
        made,
        kind=_choice(SourceKind, given.get("kind") or made.kind, "kind"),
        terms=_choice(Terms, given.get("terms") or made.terms, "terms"),
        excerpts=_texts(given, "excerpts") if given.get("excerpts") else (),
        publish_excerpts=given.get("publish_excerpts") is True,
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
        raise DeskError(f"“{name}” in the front matter must be one text.")
    return str(value)


def _texts(given: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = given[name]
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip()) if name != "excerpts" else (value,)
    if not isinstance(value, list) or any(isinstance(item, (dict, list)) for item in value):
        raise DeskError(f"“{name}” in the front matter must be a list of texts.")
    return tuple(str(item) for item in value)


def _choice(kinds: type[Kind], value: Any, name: str) -> Kind:
    try:
        return kinds(str(value))
    except ValueError:
        raise DeskError(f"“{value}” is no {name}; it may be {', '.join(kinds)}.") from None


def _category(text: str, house: House) -> str:
    found = house.find_category(text)
    return found.key if found else house.category(text).key


def _split_heading(body: str) -> tuple[str, str]:
    """The headline a text begins with as `# Headline`, and the rest."""
    first, _, rest = body.lstrip().partition("\n")
    if first.startswith("# "):
        return first[2:].strip().rstrip("#").strip(), rest.strip("\n")
    return "", body
