"""Who has a story, since when: the one rule that every place of the window reads, and the words for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from ovn_desk.domain.article import StaffId
from ovn_desk.domain.workflow.article import Article
from ovn_desk.domain.workflow.rules import State, Step, step_done
from ovn_desk.messages import Message

_WEEK = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Custody:
    """`holder` has the story since then; none where nobody has it. `step` by `by` left it so; none for a draft begun.

    `rivals` took it as well, at desks that did not know of the holder: the holder counts, and neither may approve until
    one of them takes it knowing of both.
    """

    holder: StaffId | None = None
    since: datetime | None = None
    step: Step | None = None
    by: StaffId | None = None
    rivals: tuple[StaffId, ...] = ()


def custody_of(article: Article) -> Custody:
    """Who has an article as its records add up: its writer, the editor who took it, or nobody."""
    moved = article.moved
    step, by = (moved.step, moved.by) if moved else (None, None)
    at, given = moved.at if moved else article.begun_at, article.assignment
    match article.state:
        case State.IN_REVIEW:
            return Custody(article.holder, article.held_since, step, by, article.rivals)
        case State.SENT_BACK:
            return Custody(article.reporter, at, step, by)
        case State.CORRECTING:
            return Custody(by or article.reporter, at, step, by)
        case State.DRAFT if given and given.who and given.who != article.reporter:
            return Custody(given.who, None, step, by)  # since when is the assignment's, and no step's
        case State.DRAFT:
            return Custody(article.reporter, at, step, by)
        case _:
            return Custody(None, at, step, by)


def custody_words(
    custody: Custody, state: State, *, viewer: StaffId, names: Mapping[StaffId, str], now: datetime
) -> Message:
    """`with Sana, since 14:05`, `with you`, `waits for an editor, filed 2 h ago`, `approved 5 min ago by Sana`.

    Times are said by the clock of `now`; `names` may be whole or first names, whoever looks is `you`.
    """
    if custody.holder is None:
        return _words_without_holder(custody, state, _who(custody.by, viewer, names), now)
    words = _words_with_holder(custody, _who(custody.holder, viewer, names), now)
    if not custody.rivals:
        return words
    if viewer in custody.rivals:
        return Message("custody-you-too", words=words)
    return Message("custody-rivals", words=words, names=_names(custody.rivals, names))


def _words_with_holder(custody: Custody, name: object, now: datetime) -> Message:
    if custody.since is None:
        return Message("custody-name", name=name)
    return Message("custody-name-since", name=name, time=moment_words(custody.since, now))


def _words_without_holder(custody: Custody, state: State, by: object, now: datetime) -> Message:
    if custody.step is None or custody.since is None:
        return Message("custody-waits" if state is State.FILED else "custody-nobody")
    ago = ago_words(custody.since, now)
    if state is State.FILED:
        return Message("custody-waiting", done=step_done(custody.step), ago=ago)
    return Message("custody-ended", done=step_done(custody.step), ago=ago, name=by)


def moment_words(moment: datetime, now: datetime) -> Message:
    """A time as people say it by the clock of `now`: `14:05`, `Mon 14:05`, `3 Nov 14:05`, `3 Nov 2025 14:05`."""
    local = moment.astimezone(now.tzinfo)
    if local.date() == now.date():
        return Message("moment-today", time=f"{local:%H:%M}")
    if timedelta(0) < now - local < _WEEK:
        return Message("moment-other-day", day=f"{local:%a}", time=f"{local:%H:%M}")
    year = f" {local.year}" if local.year != now.year else ""
    return Message("moment-other-day", day=f"{local.day} {local:%b}{year}", time=f"{local:%H:%M}")


def ago_words(moment: datetime, now: datetime) -> Message:
    """How long ago something was: `just now`, `5 min ago`, `2 h ago`, and after a day its time."""
    seconds = (now - moment).total_seconds()
    if seconds < 60:
        return Message("ago-now")
    if seconds < 3600:
        return Message("ago-minutes", number=minutes_ago(moment, now))
    if seconds < 86_400:
        return Message("ago-hours", number=int(seconds // 3600))
    return moment_words(moment, now)


def minutes_ago(moment: datetime, now: datetime) -> int:
    """The minutes between two times as a clock without seconds shows them: from 12:10:50 to 12:15:10 it is five."""
    return int((now.replace(second=0, microsecond=0) - moment.replace(second=0, microsecond=0)).total_seconds() // 60)


def _who(person: StaffId | None, viewer: StaffId, names: Mapping[StaffId, str]) -> object:
    if person == viewer:
        return Message("custody-viewer")
    return names.get(person or StaffId(""), "") or Message("custody-somebody")


def _names(people: Iterable[StaffId], names: Mapping[StaffId, str]) -> tuple[object, ...]:
    return tuple(names.get(person, "") or Message("custody-somebody") for person in people)
