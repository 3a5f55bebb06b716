"""What a file would bring of a story, and how that meets what is here, in words."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from ovn_desk.domain.article import StaffId
from ovn_desk.domain.workflow import step_done
from ovn_desk.sync.bundle import WRITING_HERE, IncomingArticle, Meeting
from ovn_desk.ui.widgets.phrases import quantity


def describe_coming(one: IncomingArticle, names: Mapping[StaffId, str]) -> str:
    """What of a story would come: versions and whose, comments, and the last step; empty where nothing would."""
    if one.is_here:
        return ""
    parts = []
    if one.revisions:
        writers = ", ".join(names[who] for who in one.writers)
        count = quantity(one.revisions, "version", "versions")
        parts.append(_tr("{count} by {writers}").format(count=count, writers=writers) if writers else count)
    if one.comments:
        parts.append(quantity(one.comments, "comment", "comments"))
    if one.steps:
        last = one.steps[-1]
        done, who = str(step_done(last.step)), names[last.by]
        parts.append(_tr("{done} by {who}").format(done=done, who=who))
    return ", ".join(parts) or _tr("what was noted about it")


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


def _tr(text: str) -> str:
    return QCoreApplication.translate("Coming", text)
