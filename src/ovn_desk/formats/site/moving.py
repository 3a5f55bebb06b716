"""What stands at addresses that an article had before: a page that leads on, or says which articles were there."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from urllib.parse import quote

from ovn_desk.domain.house import House
from ovn_desk.formats.site import frame
from ovn_desk.formats.site.entry import address
from ovn_desk.rendering.artifact import Artifact, name_for
from ovn_desk.rendering.model import Beside, PageModel
from ovn_desk.rendering.page import document, words


def with_neighbours(entries: Sequence[PageModel], house: House) -> list[PageModel]:
    """The entries, each with all articles that were published where it is now, itself first; alone it has none."""
    left = _moved_away(entries)
    return [
        replace(entry, beside=tuple(_beside(one, house) for one in (entry, *others)))
        if (others := left.get(address(entry, house), []))
        else entry
        for entry in entries
    ]


def write(entries: Sequence[PageModel], house: House, about: str) -> dict[str, Artifact]:
    """The pages at addresses that articles were published at and where none is now; `about` names the house."""
    taken = {address(entry, house) for entry in entries}
    made: dict[str, Artifact] = {}
    for path, left in _moved_away(entries).items():
        if path not in taken:
            lead = tuple(_beside(one, house) for one in left)
            made_from = name_for(about, "moved", path, repr(lead))
            made[path] = Artifact(path, partial(_page, lead, house, path), made_from=made_from)
    return made


def _moved_away(entries: Sequence[PageModel]) -> Mapping[str, list[PageModel]]:
    """By address the articles that were published there and are elsewhere now."""
    found: dict[str, list[PageModel]] = {}
    for entry in entries:
        for path in entry.former:
            found.setdefault(path, []).append(entry)
    return found


def _beside(entry: PageModel, house: House) -> Beside:
    content = entry.content
    return Beside(content.headline, address(entry, house), content.language)


def _page(lead: Sequence[Beside], house: House, path: str) -> str:
    """A page that leads on at once where there is one way, and else says whereto, in the languages of the articles."""
    spoken = [one.language if one.language in house.languages else house.languages[0] for one in lead]
    is_one = len(lead) == 1
    said = "moved_to" if is_one else "shared_how"
    return frame.write(
        "moved.html",
        house,
        spoken[0],
        path,
        heading=words.of(spoken[0])["moved_title" if is_one else "shared_title"],
        robots="noindex",
        canonical=house.address(lead[0].path) if is_one else "",
        refresh=quote(frame.root_of(path) + lead[0].path) if is_one else "",
        ways=[
            {
                "language": language,
                "direction": words.DIRECTION.get(language, "ltr"),
                "text": words.of(language)[said],
                "pages": [document.shown_beside(one) for one, own in zip(lead, spoken, strict=True) if own == language],
            }
            for language in dict.fromkeys(spoken)
        ],
    )
