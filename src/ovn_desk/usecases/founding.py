"""Founding a newsroom from a few answers; only who founds it is on its roster."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ovn_desk import assets
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house import Category
from ovn_desk.domain.house_file import read_house
from ovn_desk.domain.texts import key_for, one_line, slug_of

SAMPLE_HOUSE = "samples/openvoicenews.toml"
USUAL_SECTIONS = frozenset({"politics", "business", "society", "world", "culture", "sport"})
"""Keys of the sections that are ticked before anybody chose."""
USUAL_ZONE = "Asia/Karachi"
_RULES_BEGIN, _RULES_END = "# What each item of the checklist stops", "# `key` stands in addresses"


@dataclass(frozen=True, slots=True)
class Answers:
    """What whoever founds a newsroom was asked; what is empty is made from the name, and can be changed later."""

    name: str
    languages: tuple[str, ...]
    sections: tuple[Category, ...]
    time_zone: str
    address: str = ""
    tagline: str = ""


def offered_sections() -> tuple[Category, ...]:
    """The sections that a new newsroom may tick, with names in English and Urdu and a topic of the IPTC each."""
    return read_house(assets.text(SAMPLE_HOUSE), name="openvoicenews.toml").categories


def own_sections(names: str, taken: Sequence[Category]) -> tuple[Category, ...]:
    """Sections from names that were typed with commas between them; a name that is `taken` already is left out."""
    found: list[Category] = []
    for name in filter(None, map(one_line, names.replace("،", ",").split(","))):
        known = {text.casefold() for one in (*taken, *found) for text in one.names.values()}
        if name.casefold() not in known:
            keys = tuple(one.key for one in (*taken, *found))
            found.append(Category(key_for(name, keys, otherwise="section"), {"en": name}))
    return tuple(found)


def house_text(answers: Answers) -> str:
    """The newsroom file that the answers make, with the checklist's settings explained in it.

    Raises DeskError, a sentence that says what is missing.
    """
    name = one_line(answers.name)
    if not name:
        raise DeskError("founding-needs-name")
    if not answers.languages:
        raise DeskError("founding-needs-language")
    if not answers.sections:
        raise DeskError("founding-needs-section")
    address = answers.address.strip() or f"https://{key_for(slug_of(name), otherwise='newsroom')}.example"
    if len(address.split()) > 1:
        raise DeskError("founding-address-wrong", address=address)
    if "://" not in address:
        address = f"https://{address}"
    tagline, sample = one_line(answers.tagline), assets.text(SAMPLE_HOUSE)
    head = (
        "# The newsroom. Texts readers see may be one text or a table by language.",
        f"name = {_quote(name)}",
        *([f"tagline = {_quote(tagline)}"] if tagline else []),
        "# Where readers find it. An address that ends in .example is to be replaced before anything is published.",
        f"url = {_quote(address)}",
        f"time_zone = {_quote(answers.time_zone)}",
        f"languages = [{', '.join(map(_quote, answers.languages))}]",
        "",
    )
    rules = sample[sample.index(_RULES_BEGIN) : sample.index(_RULES_END)]
    about = sample[sample.index(_RULES_END) : sample.index("[[categories]]")]
    text = "\n".join(head) + "\n" + rules + about + "\n".join(_section_lines(answers.sections))
    read_house(text, name="newsroom.toml")  # a mistake in the address or the time zone is said before anything is made
    return text


def usual_house_text(name: str) -> str:
    """The newsroom file of a name alone: both languages, the usual categories, Pakistan's time."""
    sections = tuple(one for one in offered_sections() if one.key in USUAL_SECTIONS)
    return house_text(Answers(name, ("en", "ur"), sections, USUAL_ZONE))


def _section_lines(sections: Iterable[Category]) -> Iterable[str]:
    for one in sections:
        names = ", ".join(f"{language} = {_quote(name)}" for language, name in one.names.items())
        yield from ("[[categories]]", f'key = "{one.key}"', f"name = {{ {names} }}")
        if one.topic:
            yield f'topic = "{one.topic}"'
        yield ""


def _quote(text: str) -> str:
    """A text as TOML writes it, which is how JSON does where there is no control letter in it."""
    return json.dumps(text, ensure_ascii=False)
