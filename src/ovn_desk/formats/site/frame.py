"""What every page of a site has around what it says, but the articles, which stand alone, too."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from ovn_desk.domain.house import House
from ovn_desk.rendering.page import document, places, words
from ovn_desk.rendering.page.templates import fill


def write(
    template: str,
    house: House,
    language: str,
    path: str,
    *,
    heading: str,
    scripts: Sequence[str] = (),
    reads_beside: bool = False,
    **values: Any,
) -> str:
    """A page of the site from its template; `path` is where it will stand, `scripts` are the only ones in it.

    One that `reads_beside` may read other files of the site.
    """
    root = root_of(path)
    style = document.stylesheet(language, house.look, root=root or "./")
    name, home = house.name_in(language), places.front(language, house)
    shown = {
        "sections": [],
        "message": "",
        "canonical": house.address(path),
        "robots": "",
        "refresh": "",
        "heading": heading,
        "title": name if path == home else f"{heading} – {name}",
        "language": language,
        "direction": words.DIRECTION.get(language, "ltr"),
        "words": words.of(language),
        "house": house,
        "house_name": name,
        "house_tagline": house.tagline_in(language),
        "root": root,
        "home": home,
        "here": path,
        "search": places.search(language, house),
        "others": [_other(house, other) for other in house.languages if other != language],
        "foot": places.foot(language, house),
        "style": Markup(style),  # noqa: S704 - our own file
        "csp": document.security_policy(style, scripts, reads_beside=reads_beside),
    }
    return fill(template, shown | values, house.look)


def root_of(path: str) -> str:
    """The relative way from a page to the top of the site."""
    return "../" * path.count("/")


def _other(house: House, language: str) -> dict[str, str]:
    return {
        "path": places.front(language, house),
        "language": language,
        "direction": words.DIRECTION.get(language, "ltr"),
        "name": words.of(language)["language_name"],
    }
