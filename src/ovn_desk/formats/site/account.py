"""The pages on which a newsroom gives account: corrections, months in numbers, policies."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from statistics import median
from typing import Any

from markupsafe import Markup, escape

from ovn_desk.domain.evidence import standing_corrections
from ovn_desk.domain.house import House
from ovn_desk.domain.source import Terms
from ovn_desk.formats.site import frame
from ovn_desk.formats.site.entry import address
from ovn_desk.rendering.artifact import Artifact, name_for
from ovn_desk.rendering.model import PageModel, shown_dates
from ovn_desk.rendering.page import places, words
from ovn_desk.rendering.page.runs import mark_runs
from ovn_desk.rendering.page.structured import cited_sources


def write(entries: Sequence[PageModel], house: House, language: str, about: str) -> dict[str, Artifact]:
    """The corrections and policies of a language, and the months of all languages together.

    `about` names the house.
    """
    mine = [entry for entry in entries if entry.content.language == language]
    corrected = [entry for entry in mine if entry.content.corrections or entry.withdrawn]
    files = dict(_policies(house, language, about))
    corrections, months = places.corrections(language, house), places.transparency(language, house)
    files[corrections] = Artifact(
        corrections,
        partial(_corrections, corrected, house, language),
        made_from=name_for(about, "corrections", language, *(entry.made_from for entry in corrected)),
    )
    files[months] = Artifact(
        months,
        partial(_months, entries, house, language),
        made_from=name_for(about, "months", language, *(entry.made_from for entry in entries)),
    )
    return files


def _corrections(entries: Sequence[PageModel], house: House, language: str) -> str:
    """Every correction that stands, of every article, and every withdrawal, newest first."""
    found = [shown for entry in entries for shown in _facts_of(entry, house, language)]
    found.sort(key=lambda pair: pair[0], reverse=True)
    spoken = words.of(language)
    return frame.write(
        "corrections.html",
        house,
        language,
        places.corrections(language, house),
        heading=spoken["corrections"],
        message=spoken["corrections_how"] if found else spoken["no_corrections"],
        corrections=[shown for _, shown in found],
    )


def _facts_of(entry: PageModel, house: House, language: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """What readers are told of one article, each with its time. Of one that was withdrawn no words are left."""
    for one in standing_corrections(entry.content.corrections):
        words_of_it = ("", "") if entry.withdrawn else (one.said, one.in_fact)
        yield one.at, _entries_shown(entry, house, language, words.correction(one.kind, language), one.at, *words_of_it)
    if entry.withdrawn:
        at, kind = entry.withdrawn.at.astimezone(house.zone).isoformat(), words.of(language)["withdrawn"]
        yield at, _entries_shown(entry, house, language, kind, at, reason=entry.withdrawn.reason)


def _entries_shown(
    entry: PageModel,
    house: House,
    language: str,
    kind: str,
    at: str,
    said: str = "",
    in_fact: str = "",
    reason: str = "",
) -> dict[str, Any]:
    moment = _moment(at, house)
    texts = {"headline": entry.content.headline, "said": said, "in_fact": in_fact, "reason": reason}
    return {
        "kind": kind,
        "at": {"iso": at, "words": words.day_and_time(moment, language)} if moment else None,
        "path": address(entry, house),
        **{name: mark_runs(str(escape(text)), language) for name, text in texts.items()},
    }


@dataclass(slots=True)
class _Month:
    """What was counted of one month."""

    articles: int = 0
    corrections: int = 0
    overrides: int = 0
    withdrawn: int = 0
    cited: int = 0
    unnamed: int = 0
    hours: list[float] = field(default_factory=list)


def _months(entries: Sequence[PageModel], house: House, language: str) -> str:
    counted: dict[tuple[int, int], _Month] = {}
    for entry in entries:
        _count(entry, counted, house)
    spoken = words.of(language)
    return frame.write(
        "transparency.html",
        house,
        language,
        places.transparency(language, house),
        heading=spoken["transparency"],
        message=spoken["transparency_how"] if counted else spoken["empty"],
        months=[_row(when, counted[when], language) for when in sorted(counted, reverse=True)],
    )


def _count(entry: PageModel, counted: dict[tuple[int, int], _Month], house: House) -> None:
    def month(moment: datetime) -> _Month:
        return counted.setdefault((moment.year, moment.month), _Month())

    published, _ = shown_dates(entry, house)
    if published:
        sources = cited_sources(entry)
        month(published).articles += 1
        month(published).cited += len(sources)
        month(published).unnamed += sum(source.terms is not Terms.ON_RECORD for source in sources)
    for correction in standing_corrections(entry.content.corrections):
        if moment := _moment(correction.at, house):
            month(moment).corrections += 1
    for repair in entry.repairs:
        month(repair.at.astimezone(house.zone)).hours.append(repair.hours)
    for moment in entry.overrides:
        month(moment.astimezone(house.zone)).overrides += 1
    if entry.withdrawn:
        month(entry.withdrawn.at.astimezone(house.zone)).withdrawn += 1


def _row(when: tuple[int, int], month: _Month, language: str) -> dict[str, str]:
    share = f"{month.unnamed / month.cited:.0%} ({month.unnamed}/{month.cited})" if month.cited else "–"
    hours = f"{median(month.hours):.1f}" if month.hours else "–"
    numbers = {
        "articles": str(month.articles),
        "corrections": str(month.corrections),
        "hours": hours,
        "unnamed": share,
        "overrides": str(month.overrides),
        "withdrawn": str(month.withdrawn),
    }
    return {name: words.number(text, language) for name, text in numbers.items()} | {
        "month": words.month(*when, language)
    }


def _policies(house: House, language: str, about: str) -> Iterator[tuple[str, Artifact]]:
    """A page for each policy whose text is in the house file; one elsewhere is only linked to."""
    for name in house.policies:
        link = places.policy(name, house, language)
        if ":" not in link.address:
            made_from = name_for(about, "policy", name, language)
            writing = partial(_policy, name, link, house, language)
            yield link.address, Artifact(link.address, writing, made_from=made_from)


def _policy(name: str, link: places.Link, house: House, language: str) -> str:
    from ovn_desk.text.render import render  # its parser would make every start slower

    body = render(house.policy(name, language)).html
    return frame.write(
        "policy.html",
        house,
        language,
        link.address,
        heading=link.name,
        body=Markup(mark_runs(body, language)),  # noqa: S704 - cleaned by text.render
    )


def _moment(text: str, house: House) -> datetime | None:
    """A correction's day or time in the house's zone; none for a text that is neither."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.astimezone(house.zone) if moment.tzinfo else moment.replace(tzinfo=house.zone)
