"""Which articles of a site are the same one in several languages."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ovn_desk.domain.house import House
from ovn_desk.formats.site.entry import address, order_key
from ovn_desk.rendering.model import PageModel, Translation, Translations


def link_translations(entries: Sequence[PageModel], house: House) -> list[PageModel]:
    """The entries, each with its pages in other languages; only what is on the site is led to."""
    by_id = {entry.id: entry for entry in entries}
    families: dict[str, list[PageModel]] = {}
    for entry in entries:
        families.setdefault(_original(entry, by_id), []).append(entry)
    found: dict[str, Translations] = {}
    for original, family in families.items():
        if len(family) > 1:
            found |= _translations(original, family, house)
    return [replace(entry, translations=found[entry.id]) if entry.id in found else entry for entry in entries]


def _original(entry: PageModel, by_id: Mapping[str, PageModel]) -> str:
    """The id of what an article was translated from in the first place, be it on the site or not."""
    seen = [entry.id]
    while (name := by_id[seen[-1]].content.translates) and name in by_id and name not in seen:
        seen.append(name)
    return min(seen) if name in seen else name or seen[-1]


def _translations(original: str, family: Sequence[PageModel], house: House) -> dict[str, Translations]:
    """Of each: one page a language, the original or else what was published first."""
    by_language: dict[str, PageModel] = {}
    for entry in sorted(family, key=lambda entry: (entry.id != original, order_key(entry, house))):
        by_language.setdefault(entry.content.language, entry)
    chosen = sorted(by_language.values(), key=lambda entry: (entry.id != original, _place(entry, house)))
    if len(chosen) == 1:
        return {}
    alternates = tuple((entry.content.language, address(entry, house)) for entry in chosen)
    everybody = ("x-default", alternates[0][1])
    return {
        entry.id: Translations(
            tuple(_seen_from(entry, other, house) for other in chosen if _language(other) != _language(entry)),
            (*sorted(alternates), everybody) if entry in chosen else (),
        )
        for entry in family
    }


def _seen_from(entry: PageModel, other: PageModel, house: House) -> Translation:
    return Translation(
        _language(other),
        address(other, house),
        is_original=entry.content.translates == other.id,
        is_from_here=other.content.translates == entry.id,
    )


def _language(entry: PageModel) -> str:
    return entry.content.language


def _place(entry: PageModel, house: House) -> tuple[int, str]:
    """The house's first language first; one that it does not write comes last."""
    language = _language(entry)
    return house.languages.index(language) if language in house.languages else len(house.languages), language
