"""Commands about who does what by when: assign, plan, inbox, budget."""

from datetime import UTC, date, datetime, time, tzinfo
from typing import TYPE_CHECKING, Annotated

import typer

from ovn_desk.cli import desk
from ovn_desk.domain.article import StaffId
from ovn_desk.domain.assignments import Assignment, Due, Plan, parse_moment
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.workflow import state_words
from ovn_desk.messages import Message

if TYPE_CHECKING:
    from ovn_desk.store import ReadTransaction
    from ovn_desk.store.budget_view import BudgetRow
    from ovn_desk.usecases.inbox import Item

When = typer.Option(
    metavar="TIME", help="A day, or a day and a time, of the house: 2026-11-25 or “2026-11-25 14:00”; or “none”."
)


def add_to(app: typer.Typer) -> None:
    app.command()(assign)
    app.command()(plan)
    app.command()(inbox)
    app.command()(budget)


def assign(
    article: desk.ArticleId,
    to: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Who is to write it; “nobody” takes back what is not named with it."),
    ] = None,
    what: Annotated[str | None, typer.Option(help="What is asked for.")] = None,
    due: Annotated[str | None, When] = None,
    words: Annotated[int | None, typer.Option(min=0, help="How long; 0: no fixed length.")] = None,
    as_name: desk.AsName = "",
    passphrase_file: desk.PassphraseFile = None,
) -> None:
    """Give a story to a person: what, by when, how long; or change what is named of it."""
    from ovn_desk.usecases import planning

    with desk.given_store() as store:
        by = desk.signer(store, as_name, passphrase_file)
        with store.read() as reading:
            found = reading.find(article)
            before = reading.article(found).assignment
            if before is None and to is None and not due:
                raise DeskError("cli-writer-unnamed")
            given = before if before and to != "nobody" else Assignment(StaffId(""))
            name = "" if to == "nobody" else to or given.who
            person = reading.person(name) if name else None
            at = _parse_time_option(due, given.due, reading.house().zone, is_end=True)
        planning.assign(
            store,
            found,
            by=by,
            to=person,
            what=given.what if what is None else what,
            due=at,
            words=given.words if words is None else words,
        )
    desk.say(Message("cli-assigned", name=person.name) if person else Message("cli-assigned-to-nobody"))


def plan(
    article: desk.ArticleId,
    embargo: Annotated[str | None, When] = None,
    at: Annotated[str | None, When] = None,
    reason: Annotated[str, typer.Option(help="Why an embargo ends earlier than agreed.")] = "",
    as_name: desk.AsName = "",
    passphrase_file: desk.PassphraseFile = None,
) -> None:
    """Say when a story may go out and when it is meant to; what is not named stays. Without both, at any time."""
    from ovn_desk.usecases import planning

    with desk.given_store() as store:
        by = desk.signer(store, as_name, passphrase_file)
        with store.read() as reading:
            found, zone = reading.find(article), reading.house().zone
            before = Plan() if embargo is None and at is None else reading.article(found).plan
        until, planned = (
            _parse_time_option(embargo, before.embargo_until, zone),
            _parse_time_option(at, before.planned_at, zone),
        )
        planning.plan(store, found, by=by, embargo_until=until, planned_at=planned, reason=reason)
    said = {
        (True, True): "cli-story-embargoed-and-planned",
        (True, False): "cli-story-embargoed",
        (False, True): "cli-story-planned",
        (False, False): "cli-story-unplanned",
    }
    desk.say(Message(said[bool(until), bool(planned)]))


def inbox(as_name: desk.AsName = "", as_json: desk.AsJson = False) -> None:
    """What concerns a person: what is over and due first, then the newest."""
    from ovn_desk.usecases import inbox as inboxes

    with desk.given_store() as store:
        person = desk.acting_person(store, as_name)
        with store.read() as reading:
            items = inboxes.inbox(reading, person, now=datetime.now(UTC))
            names = {person.id: person.name for person in reading.staff()}
    if as_json:
        desk.print_json([_item(item, names.get(item.row.by, item.row.by)) for item in items])
        return
    for item in items:
        due = f"  [{item.due}]" if item.due in {Due.SOON, Due.OVER} else ""
        words = f"  {names.get(item.row.by, item.row.by)}: {item.row.words}" if item.row.words else ""
        desk.say(f"{item.row.article}  {item.row.why.words:<18} {item.row.headline or '(no headline yet)'}{due}{words}")
    if not items:
        desk.note(Message("cli-inbox-empty", name=person.name))


def budget(
    day: Annotated[str, typer.Option(metavar="DAY", help="A day, 2026-11-25; default: today.")] = "",
    week: Annotated[bool, typer.Option("--week", help="The seven days from then.")] = False,
    as_json: desk.AsJson = False,
) -> None:
    """The news budget: the stories of a day or week with owner, length, deadline, claims and checks."""
    from ovn_desk.usecases import inbox as inboxes
    from ovn_desk.usecases.inbox import Period

    with desk.given_store() as store, store.read() as reading:
        first = _day(day) if day else datetime.now(reading.house().zone).date()
        rows = inboxes.budget(reading, day=first, period=Period.WEEK if week else Period.DAY)
        if as_json:
            desk.print_json([_row(row, _name(reading, row.owner)) for row in rows])
            return
        for row in rows:
            desk.say(_line(row, _name(reading, row.owner), reading.house().zone))
    if not rows:
        desk.note(Message("cli-budget-empty"))


def _item(item: "Item", by: str) -> dict[str, object]:
    from ovn_desk.store import records

    row = item.row
    return {
        "id": row.article,
        "headline": row.headline,
        "state": row.state,
        "why": row.why,
        "by": by,
        "at": records.time_text(row.at),
        "words": row.words,
        "due": records.time_text(row.due_at) if row.due_at else "",
        "standing": item.due,
    }


def _row(row: "BudgetRow", owner: str) -> dict[str, object]:
    from ovn_desk.store import records

    times = {name: getattr(row, name) for name in ("due_at", "planned_at", "embargo_until")}
    return {
        "id": row.article,
        "slug": row.slug,
        "headline": row.headline,
        "state": row.state,
        "category": row.category,
        "owner": owner,
        "words": row.words,
        "aim": row.aim,
        **{name: records.time_text(at) if at else "" for name, at in times.items()},
        "claims": row.claims,
        "supported": row.supported,
        "open": row.open,
    }


def _line(row: "BudgetRow", owner: str, zone: tzinfo) -> str:
    length = f"{row.words}/{row.aim}" if row.aim else str(row.words)
    due = f"{row.due_at.astimezone(zone):%d %b %H:%M}" if row.due_at else ""
    claims = f"claims {row.supported}/{row.claims}"
    headline = row.headline or "(no headline yet)"
    state = state_words(row.state)
    return f"{state:<20} {owner:<20} {length:>9} {due:<13} {claims:<12} open {row.open:<3} {headline}"


def _name(reading: "ReadTransaction", person: str) -> str:
    return next((one.name for one in reading.staff() if one.id == person), person)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise DeskError("cli-day-wrong", text=text) from error


def _parse_time_option(given: str | None, before: str, zone: tzinfo, *, is_end: bool = False) -> datetime | None:
    """The time that was named; without one what stood before, and with “none” or nothing in it no time."""
    if given is None:
        return parse_moment(before)
    return None if given == "none" else _moment(given, zone, is_end=is_end)


def _moment(text: str, zone: tzinfo, *, is_end: bool = False) -> datetime | None:
    """A time of the house; a day alone is its beginning, or with `is_end` its last minute."""
    if not text:
        return None
    try:
        if len(text) == len("2026-11-25"):
            return datetime.combine(date.fromisoformat(text), time(23, 59) if is_end else time(), zone)
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise DeskError("cli-time-wrong", text=text) from error
    return found if found.tzinfo else found.replace(tzinfo=zone)
