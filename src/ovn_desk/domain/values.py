"""Frozen values as plain dictionaries and back, and their texts as they are stored."""

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, asdict, field, fields, is_dataclass, replace
from enum import StrEnum
from functools import cache, partial
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_origin, get_type_hints

from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.texts import normalised_text, one_line
from ovn_desk.messages import Message

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    Value = TypeVar("Value", bound=DataclassInstance)
else:
    Value = TypeVar("Value")

KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
_LINES = "lines"
_LARGEST = 2**53  # beyond it JSON has no whole numbers


def multiline(default: str | tuple[str, ...] = "") -> Any:
    """Declare a dataclass field of text that may have several lines; `tidy_texts` puts every other on one line."""
    return field(default=default, metadata={_LINES: True})


def to_dict(value: "DataclassInstance") -> dict[str, Any]:
    """Plain lists, strings, numbers and booleans: the shape that is hashed, stored and exported as JSON."""
    return asdict(value)


def to_record(value: "DataclassInstance") -> dict[str, Any]:
    """The shape that records are named and signed in: `to_dict` without the fields that have their default.

    So a field that is added later changes no record that is there already: docs/changing-records.md.
    """
    return {
        name: _record_shape(found)
        for name, default in _defaults(type(value))
        if (found := getattr(value, name)) != default or default is MISSING
    }


def _record_shape(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_record_shape(item) for item in value]
    return to_record(value) if is_dataclass(value) and not isinstance(value, type) else value


@cache
def _defaults(kind: type) -> list[tuple[str, Any]]:
    """Each field with its default; MISSING where it has none."""
    return [
        (part.name, part.default_factory() if part.default_factory is not MISSING else part.default)
        for part in fields(kind)
    ]


def from_dict(kind: type[Value], data: Mapping[str, Any]) -> Value:
    """The inverse of `to_dict`; what is missing has its default, what a newer program added is refused by name."""
    builders = _builders(kind)
    if unknown := sorted(data.keys() - builders.keys()):
        raise DeskError("written-by-newer-field", field=unknown[0])
    try:
        return kind(**{name: build(value) if (build := builders[name]) else value for name, value in data.items()})
    except ValueError as error:
        raise DeskError("written-by-newer", error=error) from error


def first_misshapen(kind: type["DataclassInstance"], data: Any) -> str | Message:
    """The path of the first value in a plain dictionary that is not of its field's type; "" when all are.

    What a newer program added is left out here: `from_dict` refuses it by name.
    """
    if not isinstance(data, Mapping):
        return Message("place-whole")
    hints = _hints(kind)
    given = [(name, _wrong_place(hints[name], value)) for name, value in data.items() if name in hints]
    return next((f"{name}{place}" for name, place in given if place is not None), "")


def _wrong_place(hint: Any, value: Any) -> str | None:
    """Where in a value a wrong type stands; none when it is what the hint says."""
    if get_origin(hint) is tuple:
        items = value if isinstance(value, list) else [None]
        return next((place for item in items if (place := _wrong_place(get_args(hint)[0], item)) is not None), None)
    if isinstance(hint, type) and is_dataclass(hint):
        inner = first_misshapen(hint, value)
        return f".{inner}" if inner else None
    plain = getattr(hint, "__supertype__", hint)
    wanted = str if issubclass(plain, StrEnum) else plain
    if type(value) is int and abs(value) >= _LARGEST:
        return ""
    return None if type(value) is wanted else ""


def tidy_texts(value: Value) -> Value:
    """Normalise every text of a dataclass value, nested ones too; line ends only stay in `multiline` fields."""
    changes: dict[str, Any] = {}
    for part in fields(value):
        found = getattr(value, part.name)
        changes[part.name] = _tidy_value(found, may_break=bool(part.metadata.get(_LINES)))
    return replace(value, **changes)


def _tidy_value(value: Any, *, may_break: bool) -> Any:
    if isinstance(value, StrEnum):
        return value
    if isinstance(value, str):
        return normalised_text(value) if may_break else one_line(value)
    if isinstance(value, tuple):
        return tuple(_tidy_value(item, may_break=may_break) for item in value)
    return tidy_texts(value) if is_dataclass(value) and not isinstance(value, type) else value


@cache
def _hints(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {part.name: hints[part.name] for part in fields(kind)}


@cache
def _builders(kind: type) -> dict[str, Callable[[Any], Any] | None]:
    """What makes the value of each field out of what was stored; nothing for those that are stored as they are."""
    return {name: _builder(hint) for name, hint in _hints(kind).items()}


def _builder(hint: Any) -> Callable[[Any], Any] | None:
    if get_origin(hint) is tuple:
        build = _builder(get_args(hint)[0])
        return (lambda items: tuple(map(build, items))) if build else tuple
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint
    return partial(from_dict, hint) if isinstance(hint, type) and is_dataclass(hint) else None
