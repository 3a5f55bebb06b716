"""What is said of the stories that came: a sentence for each, and a button that leads to what is to be done."""

import textwrap
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication

from ovn_desk.domain.article import StaffId
from ovn_desk.domain.notifications import Reason
from ovn_desk.ui.widgets.phrases import join_parts, quantity
from ovn_desk.usecases.news import Need, StoryNews

_PAIR = 2
_MOST = 3  # stories that are told one by one
_WORDS, _HEADLINE = 80, 44  # letters of what somebody said, and of a headline


def tell(news: Sequence[StoryNews], names: Mapping[StaffId, str], *, who: str = "") -> str:
    """What came, from `who` where that is known, and what each of the first stories wants; empty where none came."""
    if not news:
        return ""
    stories = {one.article for one in news}
    if len(stories) == 1:
        return " ".join(_sentence(one, names, who=who) for one in news[:_MOST])
    came = {one.article for one in news if one.need not in {Need.LAPSED, Need.UNDONE}}  # those were here before
    count = quantity(len(came), "story", "stories")
    wanting = [one for one in news if _is_wanting(one)]
    if not wanting:
        return _tell_names(news, count, who)
    begin = _tr("{count} came from {who}.") if who else _tr("{count} came.")
    told = [_sentence(one, names, who="") for one in wanting[:_MOST]]
    more = len(stories - {one.article for one in wanting[:_MOST]})
    if more:
        told.append(
            _tr("{number} more are in your list.").format(number=more) if more > 1 else _tr("One more is in your list.")
        )
    return " ".join([*([begin.format(count=count, who=who)] if came else []), *told])


def _is_wanting(news: StoryNews) -> bool:
    """Whether more is to be said of a story than that it came."""
    return news.need is not Need.NEWS


def _tell_names(news: Sequence[StoryNews], count: str, who: str) -> str:
    """The headlines of stories that came and want nothing, in one sentence."""
    named = [headline_of(one) for one in news[:_MOST]]
    if (more := len(news) - len(named)) > 0:
        named.append(_tr("{number} more").format(number=more))
    begin = _tr("{count} came from {who}: {names}.") if who else _tr("{count} came: {names}.")
    return begin.format(count=count, who=who, names=join_parts(named))


def label(news: StoryNews, *, is_only: bool) -> str:
    """The button that leads to what a story wants."""
    verb = {
        Need.DECIDE: _tr("Decide") if news.may_decide else _tr("Look at both"),
        Need.READ: _tr("Read it"),
        Need.LAPSED: _tr("Read it"),
        Need.UNDONE: _tr("Show what was written") if news.version else _tr("Open it"),
        Need.COMMENT: _tr("Show the comment"),
    }.get(news.need, _tr("Open it"))
    if is_only:
        return verb
    look = _tr("Look at {name}")
    verbs = {Need.DECIDE: _tr("Decide {name}") if news.may_decide else look, Need.READ: _tr("Read {name}")}
    return verbs.get(news.need, _tr("Open {name}")).format(name=headline_of(news, most=18))


def headline_of(news: StoryNews, *, most: int = _HEADLINE) -> str:
    """Its headline between quotation marks, shortened."""
    return _quote(news.headline, most)


def tell_sent(headlines: Sequence[str]) -> str:
    """What went to the hub: the headlines of the stories; none where only news of people and settings did."""
    if not headlines:
        return _tr("News of people and settings went to the hub.")
    told = _tr(", ").join(_quote(one, _HEADLINE) for one in headlines[:_MOST])
    more = len(headlines) - _MOST
    if more > 0:
        return _tr("{stories} and {number} more went to the hub.").format(stories=told, number=more)
    return _tr("{stories} went to the hub.").format(stories=told)


def tell_same(*, has_texts: bool, is_deciding: bool) -> str:
    """That this desk and the hub have the same: all of it, or all but what is no version, or was only begun."""
    if not has_texts and not is_deciding:
        return _tr("This desk and the hub have the same now.")
    said = [_tr("This desk and the hub have the same versions now.")]
    if has_texts:
        said.append(_tr("Text that is no version is not there."))
    if is_deciding:
        said.append(_tr("A decision that was begun is not there."))
    return " ".join(said)


def _quote(headline: str, most: int) -> str:
    return f"“{textwrap.shorten(headline, most, placeholder='…') or _tr('No headline yet')}”"


def _sentence(news: StoryNews, names: Mapping[StaffId, str], *, who: str) -> str:
    somebody = _tr("somebody")
    *others, last = [names.get(one, somebody) for one in news.makers] or [somebody]
    form = _loss_form(news) if news.need in {Need.LAPSED, Need.UNDONE} else _form(news, who=who)
    said = form.format(
        name=headline_of(news),
        who=who,
        by=names.get(news.by or StaffId(""), somebody),
        people=_tr("{names} and {name}").format(names=_tr(", ").join(others), name=last) if others else last,
        number=_tr("two") if news.versions == _PAIR else news.versions,
        words=textwrap.shorten(news.words, _WORDS, placeholder="…"),
    )
    return said[:1].upper() + said[1:]


def _form(news: StoryNews, *, who: str) -> str:
    match news.need:
        case Need.DECIDE:
            return _decide_form(news)
        case Need.READ if news.is_changed_here:
            return _tr("{name} was changed both here and elsewhere, and both were combined: please read it.")
        case Need.READ if len(news.makers) > 1:
            return _tr("{people} each changed {name}, and their versions were combined: please read it.")
        case Need.READ:
            return _tr("{people} wrote {number} versions of {name}, which were combined: please read it.")
        case Need.SENT_BACK:
            return _tr("{by} sent {name} back: “{words}”") if news.words else _tr("{by} sent {name} back.")
        case Need.COMMENT if news.why is Reason.MUST_FIX:
            return _tr("{by} asks for a change in {name}: “{words}”")
        case Need.COMMENT:
            return _tr("{by} asks you in {name}: “{words}”")
        case Need.STEP:
            return _step_form(news)
        case Need.DECIDED:
            return _tr("{by} decided between the two versions of {name}.")
        case _:
            return _tr("{name} came from {who}.") if who else _tr("{name} came.")


def _loss_form(news: StoryNews) -> str:
    """What of a story counts no more, and where its words are."""
    if news.need is Need.LAPSED:
        return _tr(
            "{name} does not count. {words} It stays in your list to be read; whoever makes it theirs goes on with it."
        )
    if news.version is None:
        return _tr("{name} stands otherwise now: what {by} did with it does not count. {words}")
    return _tr(
        "{name} is an earlier text again: what {by} wrote later does not count. {words} That text stays in its history."
    )


def _decide_form(news: StoryNews) -> str:
    """Who made the versions, and who is to decide: not everybody may."""
    if news.is_changed_here and news.may_decide:
        return _tr("{name} was changed both here and elsewhere: there are {number} versions, decide which words stand.")
    if news.is_changed_here:
        return _tr(
            "{name} was changed both here and elsewhere: there are {number} versions. "
            "Whoever has the story decides which words stand."
        )
    if len(news.makers) > 1 and news.may_decide:
        return _tr("{people} each changed {name}: there are {number} versions, decide which words stand.")
    if len(news.makers) > 1:
        return _tr(
            "{people} each changed {name}: there are {number} versions. "
            "Whoever has the story decides which words stand."
        )
    if news.may_decide:
        return _tr("{people} wrote {number} versions of {name}: decide which words stand.")
    return _tr("{people} wrote {number} versions of {name}. Whoever has the story decides which words stand.")


def _step_form(news: StoryNews) -> str:
    match news.why:
        case Reason.ASSIGNED:
            return _tr("{by} asks you to write {name}.")
        case Reason.TAKEN_OVER:
            return _tr("{by} took {name} over from you.")
        case Reason.WAITING:
            return _tr("{name} is filed and waits for an editor.")
        case Reason.TAKEN_TWICE:
            return _tr("{by} took {name} too, at another desk: one of you has to keep it.")
        case Reason.RECALLED:
            return _tr("{by} recalled {name}: it is no longer with the desk.")
        case Reason.RECALLED_LATE:
            return _tr("{by} had taken {name} before you recalled it: it stays with the desk.")
        case Reason.WANTED_BACK:
            return _tr("{by} recalled {name} when you had it already: it stays with you until you send it back.")
        case Reason.HELD:
            return _tr("{name} came; it is in review by you.")
        case _:
            return _tr("{name} came.")


def _tr(text: str) -> str:
    return QCoreApplication.translate("News", text)
