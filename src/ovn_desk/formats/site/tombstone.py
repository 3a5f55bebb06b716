"""What stands where a withdrawn article stood: that it was withdrawn, when and why, and nothing of its text."""

from datetime import datetime

from markupsafe import escape

from ovn_desk.domain.house import House
from ovn_desk.formats.site import frame
from ovn_desk.rendering.model import PageModel, shown_dates
from ovn_desk.rendering.page import document, places, words
from ovn_desk.rendering.page.runs import mark_runs


def write(house: House, path: str, entry: PageModel, *, root: str = "") -> str:
    """The page of a withdrawn article.

    Its last headline is there, so that who followed a link knows which article it was; it is neither the title nor a
    heading, so that nobody shares or finds it as if it still stood. `root` is what its links to the rest of the site
    begin with; empty for the way up from `path`. A page that is shown apart from its site gives the site's address.
    """
    spoken_in = entry.content.language
    language = spoken_in if spoken_in in house.languages else house.languages[0]
    published, _ = shown_dates(entry, house)
    withdrawn = entry.withdrawn
    reason = withdrawn.reason if withdrawn else ""
    is_elsewhere = "correctionsPolicy" in house.policies
    made = frame.write(
        "withdrawn.html",
        house,
        language,
        path,
        root=root or frame.root_of(path),
        heading=words.of(language)["withdrawn_title"],
        robots="noindex",
        scripts=[entry.proof] if entry.proof else [],
        headline=mark_runs(str(escape(entry.content.headline)), language),
        beside=[document.shown_beside(one) for one in entry.beside],
        reasons=[mark_runs(str(escape(line)), language) for line in reason.splitlines() if line.strip()],
        published=published and _moment(published, language),
        withdrawn=withdrawn and _moment(withdrawn.at.astimezone(house.zone), language),
        corrections=places.corrections(language, house),
        policy=places.policy("correctionsPolicy", house, language) if is_elsewhere else None,
    )
    return document.with_proof(made, entry.proof)


def _moment(moment: datetime, language: str) -> dict[str, str]:
    return {"iso": moment.isoformat(), "words": words.day_and_time(moment, language)}
