"""The house's style: rules read from TOML, and the words of a text they speak about. Advice, never a score."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cache, cached_property, lru_cache
from typing import Any

from ovn_desk import assets
from ovn_desk.domain.article import Content
from ovn_desk.domain.claim import Field
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.finding import Finding
from ovn_desk.domain.house_file import read_toml
from ovn_desk.domain.texts import lower_case
from ovn_desk.messages import Message
from ovn_desk.text import direction
from ovn_desk.text.cache import Cached
from ovn_desk.text.claims import blocks
from ovn_desk.text.claims.paragraph import read_paragraph

_FILES = ("style/en.toml", "style/ur.toml")
_LANGUAGES = {"en", "ur"}
_NEEDED = ("id", "pattern", "message")
_AT_A_WORD = re.compile(r"(?:\\b|\(\?<!\\w\))(?:\(\?:)?\w")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. Its pattern is a regular expression in lower case; `{words}` in its message is what was found.

    With `own_voice` it is looked for outside quotations only. `source` names the style guide it can be checked against.
    """

    id: str
    pattern: str
    message: str
    languages: tuple[str, ...] = ("en",)
    own_voice: bool = True
    suggestion: str = ""
    owner: str = ""
    reason: str = ""
    source: str = ""
    compiled: re.Pattern[str] = field(default=re.compile(r"(?!)"), compare=False, repr=False)


_KEYS = {part.name for part in fields(Rule)} - {"compiled"} | {"off"}


@dataclass(frozen=True, eq=False)
class Rules:
    """The rules of a house, in order."""

    all: tuple[Rule, ...]

    @cached_property
    def _by_language(self) -> dict[str, "_GatedRules"]:
        return {code: _gate_rules([rule for rule in self.all if code in rule.languages]) for code in _LANGUAGES}

    def that_may_fit(self, language: str, text: str) -> tuple[Rule, ...]:
        """The rules of a language, less those of which a first look says that none of them is in the text."""
        gated = self._by_language[language]
        return gated.all if gated.gate.search(text) else gated.always


@dataclass(frozen=True, slots=True)
class _GatedRules:
    """Rules, and one pattern that says of most paragraphs, faster than a hundred do, that few of them need a look."""

    all: tuple[Rule, ...]
    always: tuple[Rule, ...]
    gate: re.Pattern[str]


def _gate_rules(found: list[Rule]) -> _GatedRules:
    behind = [rule for rule in found if rule.compiled.groups == 0 and _AT_A_WORD.match(rule.pattern)]
    either = "|".join(f"(?:{rule.pattern})" for rule in behind)
    always = tuple(rule for rule in found if rule not in behind)
    return _GatedRules(tuple(found), always, re.compile(rf"(?<!\w)(?:{either})" if behind else "(?!)"))


@lru_cache(maxsize=8)
def rules(house_text: str = "", *, name: str = "house.toml") -> Rules:
    """The desk's rules with those of a house's TOML over them.

    A rule of the house with an id of the desk's changes what it names of it; `off = true` takes it out. Raises
    DeskError naming the file, the rule and the key of a mistake.
    """
    made = dict(_shipped_tables())
    for table in _tables(house_text, name):
        key = str(table.get("id", ""))
        made[key] = {**made.get(key, {}), **table}
        _rule(made[key], name)
    return Rules(tuple(_rule(table, name) for table in made.values() if table.get("off") is not True))


def find(content: Content, known: Rules) -> list[Finding]:
    """Findings of the style rules in headline, standfirst, body and captions, by place in each. It never raises."""
    texts = [(Field.HEADLINE, content.headline, ""), (Field.STANDFIRST, content.standfirst, "")]
    texts += [(Field.CAPTION, image.caption, image.key) for image in content.images]
    found = [
        _place_finding(one, 0, place, key)
        for place, text, key in texts
        if text.strip()
        for one in in_paragraph(text, content.language, known)
    ]
    for start, paragraph in blocks.paragraphs(content.body):
        found += [
            _place_finding(one, start, Field.BODY, "") for one in in_paragraph(paragraph, content.language, known)
        ]
    return found


@Cached  # a key changes one paragraph: the others are known
def in_paragraph(text: str, language: str, known: Rules) -> tuple[Finding, ...]:
    """The findings of one paragraph of Markdown, placed from its start; its own language decides over the article's."""
    return tuple(
        sorted(
            _paragraph_findings(text, direction.language_of(text) or language, known),
            key=lambda one: (one.start, one.end),
        )
    )


def _paragraph_findings(text: str, language: str, known: Rules) -> Iterator[Finding]:
    paragraph = read_paragraph(text)
    if paragraph.is_empty:
        return
    everything = lower_case(paragraph.prose)
    own_voice = lower_case(paragraph.own_voice)
    for rule in known.that_may_fit(language, everything):
        for match in rule.compiled.finditer(own_voice if rule.own_voice else everything):
            start, end = match.span()
            words = text[start:end]
            yield Finding(
                rule.id,
                words,
                start,
                end,
                paragraph.sentence(start),
                rule.message.replace("{words}", " ".join(words.split())),
                rule.suggestion,
            )


def _place_finding(found: Finding, by: int, place: Field, image: str) -> Finding:
    return Finding(
        found.rule,
        found.words,
        found.start + by,
        found.end + by,
        found.sentence,
        found.message,
        found.suggestion,
        place,
        image,
    )


@cache
def _shipped_tables() -> dict[str, dict[str, Any]]:
    return {table["id"]: table for name in _FILES for table in _tables(assets.text(name), name)}


def _tables(text: str, name: str) -> list[dict[str, Any]]:
    """The rules a TOML text holds, each with what its `[defaults]` say; everything else in it is not looked at."""
    data = read_toml(text, name)
    found, defaults = data.get("rules", []), data.get("defaults", {})
    if not isinstance(found, list) or not all(isinstance(table, dict) for table in found):
        raise DeskError("style-rules-no-tables", name=name)
    if not isinstance(defaults, dict):
        raise DeskError("style-defaults-no-table", name=name)
    return [{**defaults, **table} for table in found]


def _rule(table: Mapping[str, Any], name: str) -> Rule:
    """A rule from its table; a mistake raises DeskError naming the key."""
    where = Message("style-rule-place", file=name, id=str(table.get("id", "?")))
    for key, value in table.items():
        if why := _fault(key, value):
            raise DeskError("style-rule-wrong", where=where, key=key, why=why)
    missing = [key for key in _NEEDED if not table.get(key)]
    if missing and not table.get("off"):
        raise DeskError("style-rule-incomplete", where=where, key=missing[0])
    values = {key: value for key, value in table.items() if key not in {"off", "languages"}}
    values = {"id": "", "pattern": "", "message": "", **values}
    return Rule(
        **values,
        languages=tuple(table.get("languages", ("en",))),
        compiled=_compile_pattern(str(table.get("pattern") or "(?!)"), where),
    )


def _fault(key: str, value: object) -> Message | None:
    if key not in _KEYS:
        return Message("style-key-unknown", known=sorted(_KEYS))
    if key in {"own_voice", "off"}:
        return None if isinstance(value, bool) else Message("style-needs-truth")
    if key == "languages":
        is_known = isinstance(value, list) and value and set(map(str, value)) <= _LANGUAGES
        return None if is_known else Message("style-needs-languages")
    return None if isinstance(value, str) else Message("style-needs-text")


def _compile_pattern(pattern: str, where: Message) -> re.Pattern[str]:
    try:
        compiled = re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        raise DeskError("style-pattern-unreadable", where=where, error=error) from error
    if compiled.match(""):
        raise DeskError("style-pattern-fits-all", where=where)
    return compiled
