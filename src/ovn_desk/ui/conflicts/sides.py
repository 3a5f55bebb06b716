"""What the versions of a story are called: whose each is, from when, and what its button says."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from ovn_desk.domain.article import StaffId
from ovn_desk.domain.workflow import Step
from ovn_desk.text.merge import Take
from ovn_desk.ui.state.clock import newsroom_now, newsroom_time
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.widgets.phrases import day_and_time
from ovn_desk.usecases import queries
from ovn_desk.usecases.merging import Decision, Version


@dataclass(frozen=True, slots=True)
class Side:
    """One of two versions as people call it.

    `head` is whose it is and from when, `take` the words of its button, `short` what stands once it is taken.
    """

    head: str
    take: str
    short: str


def sides(session: Session, found: Decision) -> dict[Take, Side]:
    """The two versions of a decision, told apart also where one person made both."""
    mine, theirs = (found.versions[name] for name in found.between)
    names = queries.staff_names(session.store)
    shorts = [_whose(one, names, session) for one in (mine, theirs)]
    heads = [version_words(session, one) for one in (mine, theirs)]
    if shorts[0] == shorts[1]:
        shorts = _told_apart(mine, theirs)
        if mine.is_here and not theirs.is_here:
            heads = [version_words(session, one, with_computer=True) for one in (mine, theirs)]
    of_mine = _translate("Mine: {version}")
    heads = [
        of_mine.format(version=head) if short == _translate("mine") else head
        for head, short in zip(heads, shorts, strict=True)
    ]
    take = _translate("Take {whose}")
    return {
        side: Side(head, take.format(whose=short), short)
        for side, head, short in zip((Take.MINE, Take.THEIRS), heads, shorts, strict=True)
    }


def again_words(session: Session, found: Decision) -> str:
    """Why all that differs is asked of two versions that were not made from one."""
    deciders, me = dict.fromkeys(found.deciders), session.person.id
    names = queries.staff_names(session.store)
    named = [names.get(one) or _translate("somebody") for one in deciders if one != me]
    if not deciders:
        return _translate("Both were put together from the same versions, not alike: all that differs is asked here.")
    if len(deciders) == 1:
        said = _translate("{name} decided twice between the same versions, not alike: all that differs is asked here.")
        by_me = _translate("You decided twice between the same versions, not alike: all that differs is asked here.")
        return said.format(name=named[0]) if named else by_me
    people = _translate("You and {name}") if me in deciders else _translate("{name} and {other}")
    said = _translate("{people} decided between the same versions, not alike: all that differs is asked here.")
    return said.format(people=people.format(name=named[0], other=named[-1]))


def version_words(session: Session, version: Version, *, with_computer: bool = False) -> str:
    """`Ayesha Khan, today 12:10`, if wanted `on another computer`; then `as filed`, or that it was combined."""
    names = queries.staff_names(session.store)
    who = _translate(" and ").join(names.get(one) or _translate("somebody") for one in version.authors)
    moment = newsroom_time(session.house, version.revision.at)
    said = _translate("{who}, {when}").format(who=who, when=day_and_time(moment, newsroom_now(session.house)))
    if with_computer:
        here, elsewhere = _translate("{version} on this computer"), _translate("{version} on another computer")
        said = (here if version.is_here else elsewhere).format(version=said)
    if version.revision.is_combined:
        return _translate("{version}, combined by itself").format(version=said)
    if version.step is Step.APPROVE:
        return _translate("{version}, as approved").format(version=said)
    if version.step is Step.FILE:
        return _translate("{version}, as filed").format(version=said)
    return said


def versions_words(session: Session, versions: Sequence[Version]) -> str:
    """Several versions in one phrase; those of the same people told apart by the computer."""
    words = [version_words(session, one) for one in versions]
    if len({one.authors for one in versions}) < len(versions):
        words = [version_words(session, one, with_computer=True) for one in versions]
    return _translate(" and ").join(words)


def _whose(version: Version, names: dict[StaffId, str], session: Session) -> str:
    if version.authors == (session.person.id,):
        return _translate("mine")
    first = [(names.get(one) or _translate("somebody")).split()[0] for one in version.authors]
    return _translate(" and ").join(_translate("{name}’s").format(name=name) for name in first)


def _told_apart(mine: Version, theirs: Version) -> list[str]:
    """Two versions by the same person: by the computer, else by the time."""
    if mine.is_here and not theirs.is_here:
        return [_translate("this computer’s"), _translate("the other computer’s")]
    is_mine_older = (mine.revision.at, mine.revision.id) < (theirs.revision.at, theirs.revision.id)
    words = [_translate("the earlier one"), _translate("the later one")]
    return words if is_mine_older else words[::-1]


def _translate(text: str) -> str:
    return QCoreApplication.translate("Deciding", text)
