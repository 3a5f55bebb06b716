"""Where the pages of a site stand besides its articles, and what every page links to at its foot."""

import re
from dataclasses import dataclass

from ovn_desk.domain.house import House
from ovn_desk.domain.texts import slug_of
from ovn_desk.rendering.page import words

_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Link:
    """What a reader is led to; `address` is whole, or relative to the top of the site."""

    address: str
    name: str

    def whole(self, house: House) -> str:
        return self.address if ":" in self.address else house.address(self.address)


def base(language: str, house: House) -> str:
    """The first language stands at the top of the site, another in its own folder."""
    return "" if language == house.languages[0] else f"{language}/"


def front(language: str, house: House) -> str:
    return f"{base(language, house)}index.html"


def section(key: str, language: str, house: House) -> str:
    return f"{base(language, house)}category/{key}.html"


def author(name: str, language: str, house: House) -> str:
    return f"{base(language, house)}author/{slug_of(name)}.html"


def corrections(language: str, house: House) -> str:
    return f"{base(language, house)}corrections.html"


def transparency(language: str, house: House) -> str:
    return f"{base(language, house)}transparency.html"


def verify(language: str, house: House) -> str:
    language = language if language in house.languages else house.languages[0]
    return f"{base(language, house)}verify.html"


def search(language: str, house: House) -> str:
    language = language if language in house.languages else house.languages[0]
    return f"{base(language, house)}search.html"


def policy(name: str, house: House, language: str) -> Link:
    """The house's own page elsewhere, or the one on this site that holds its text."""
    text = house.policy(name, language)
    is_address = text.startswith(("https://", "http://")) and not text.split()[1:]
    address = text if is_address else f"{base(language, house)}policy/{_HUMP.sub('-', name).lower()}.html"
    return Link(address, words.policy(name, language))


def foot(language: str, house: House) -> list[Link]:
    """What every page leads to: the front page, how the newsroom works and corrects, and the feeds."""
    language = language if language in house.languages else house.languages[0]
    spoken = words.of(language)
    return [
        Link(front(language, house), house.name_in(language)),
        Link(search(language, house), spoken["search"]),
        Link(corrections(language, house), spoken["corrections"]),
        Link(transparency(language, house), spoken["transparency"]),
        *(policy(name, house, language) for name in house.policies),
        Link(verify(language, house), spoken["verify"]),
        Link("feed.xml", spoken["feed"]),
        Link("feed.json", spoken["json_feed"]),
    ]
