"""What a file would bring of a story, how that meets what is here, and what it would do beyond adding, in words."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from ovn_desk.domain.article import StaffId
from ovn_desk.domain.workflow import step_done
from ovn_desk.sync.bundle import WRITING_HERE, Effects, IncomingArticle, Meeting, Retirement, TakingOver
from ovn_desk.ui.widgets.phrases import day_and_time, join_parts, quantity

_MOST, _HEADLINE = 3, 44  # stories that are named, and letters of a headline


def describe_coming(one: IncomingArticle, names: Mapping[StaffId, str]) -> str:
    """What of a story would come: versions and whose, comments, and what was done last; empty where nothing would."""
    if one.is_here:
        return ""
    parts = []
    if one.revisions:
        writers = ", ".join(names[who] for who in one.writers)
        count = quantity(one.revisions, "version", "versions")
        parts.append(_tr("{count} by {writers}").format(count=count, writers=writers) if writers else count)
    if one.comments:
        parts.append(quantity(one.comments, "comment", "comments"))
    for last in one.steps[-1:] or one.notes[-1:]:
        done, who = str(step_done(last.step)), names[last.by]
        parts.append(_tr("{done} by {who}").format(done=done, who=who))
    if one.unread:
        parts.append(quantity(one.unread, "record of a newer desk", "records of a newer desk"))
    return ", ".join(parts)


def describe_meeting(one: IncomingArticle, names: Mapping[StaffId, str], *, me: StaffId) -> str:
    """How what comes of a story meets what is here of it."""
    if one.holder and one.meeting is Meeting.ADDED:
        if one.holder == me:
            return _tr("You took it here too: one of you has to keep it")
        return _tr("{name} took it here too: one of them has to keep it").format(name=names[one.holder])
    match one.meeting:
        case Meeting.NEW:
            return _tr("new here")
        case Meeting.SAME:
            return _tr("here already")
        case Meeting.ADDED:
            return _tr("goes on from what is here")
    is_mine = bool({me, WRITING_HERE} & set(one.changed_by))
    others = ", ".join(names[who] for who in one.changed_by)
    who = _tr("You changed it too:") if is_mine else _tr("{names} changed it here too:").format(names=others)
    if one.meeting is Meeting.COMBINED:
        return f"{who}\n{_tr('both will be combined, please read')}"
    return f"{who}\n{_tr('two versions, you will decide')}"


def describe_effects(
    effects: Effects, articles: Iterable[IncomingArticle], names: Mapping[StaffId, str], *, me: StaffId, now: datetime
) -> str:
    """Whom a file retires, what of what is here counts no more by it, and who takes a story over; empty for nothing."""
    said = [_describe_retirement(one, names, me=me, now=now) for one in effects.retired]
    whole = [one.headline for one in effects.losses if one.is_whole]
    partly = [one.headline for one in effects.losses if not one.is_whole]
    if whole:
        text = _tr("Nothing of {stories} counts then; what is here of it stays to be read.")
        said.append(text.format(stories=_name_stories(whole)))
    if partly:
        text = _tr("Some of what is here of {stories} counts no more then.")
        said.append(text.format(stories=_name_stories(partly)))
    held_twice = {one.id for one in articles if one.holder}  # of these it is said beside them
    said += _describe_taking_over((one for one in effects.taken_over if one.article not in held_twice), names, me=me)
    return " ".join(said)


def _describe_retirement(one: Retirement, names: Mapping[StaffId, str], *, me: StaffId, now: datetime) -> str:
    said = _tr("By this file {name} leaves the newsroom: {by} took them off its list {when}.")
    if one.person == me:
        said = _tr("By this file you leave the newsroom, and can only read here: {by} took you off its list {when}.")
    return said.format(name=names[one.person], by=names[one.by], when=day_and_time(one.at, now))


def _describe_taking_over(moved: Iterable[TakingOver], names: Mapping[StaffId, str], *, me: StaffId) -> Iterator[str]:
    stories: dict[tuple[StaffId, StaffId], list[str]] = {}
    for one in moved:
        stories.setdefault((one.by, one.before), []).append(one.headline)
    for (by, before), headlines in stories.items():
        said = _tr("{name} takes {stories} over from {other}.")
        if me == before:
            said = _tr("{name} takes {stories} over from you.")
        elif me == by:
            said = _tr("You take {stories} over from {other}.")
        yield said.format(name=names[by], other=names[before], stories=_name_stories(headlines))


def _name_stories(headlines: list[str]) -> str:
    """The first of them between quotation marks, and how many more there are."""
    named = [textwrap.shorten(one, _HEADLINE, placeholder="…") or _tr("No headline yet") for one in headlines]
    told, more = [f"“{one}”" for one in named[:_MOST]], len(named) - _MOST
    return join_parts([*told, *([quantity(more, "more", "more")] if more > 0 else [])])


def _tr(text: str) -> str:
    return QCoreApplication.translate("Coming", text)
