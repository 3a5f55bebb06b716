"""Whatever throws something away has its Undo in the bar, and Undo brings back exactly what was there."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QToolButton

from make import DAWN
from ovn_desk.domain.ai_use import AiTask, AiUse
from ovn_desk.domain.evidence import Reply
from ovn_desk.usecases import commenting


def uses_of_ai(window, desk):
    use = AiUse(AiTask.TRANSLATION, tool="DeepL", what="the quotation")
    window.features.articles.open(desk.draft(ai_used=(use,)))
    field = window.panes.details.ai_used
    return lambda: field._rows[0].removed.emit(), lambda: window.workspace.text.content.ai_used


def source(window, desk):
    window.features.articles.open(desk.draft(sources=(DAWN,)))
    cards = window.panes.details.sources
    return lambda: cards._remove(DAWN.key), lambda: window.workspace.text.content.sources


def reply(window, desk):
    asked = Reply(name="Ministry of Railways", asked_at="2025-07-20")
    window.features.articles.open(desk.draft(replies=(asked,)))
    fairness = window.panes.evidence.fairness
    return lambda: fairness._remove(
        window.workspace.text.content.replies[0]
    ), lambda: window.workspace.text.content.replies


def comment(window, desk):
    article = desk.in_review()
    commenting.comment(desk.store, article, "Who says so?", by=desk.editor)
    window.features.articles.open(article)
    pane = window.panes.review_side.comments
    pane.refresh()
    return lambda: pane.settle(pane.placed[0].comment), lambda: [one.comment.is_open for one in pane.placed]


def draft(window, desk):
    article = desk.draft()
    window.features.articles.open(article)
    discard = window.actions_by_name["draft.discard"]
    return discard.trigger, lambda: window.workspace.article.edit_refusal


STEPS = {"use of AI": uses_of_ai, "source": source, "reply": reply, "comment": comment, "draft": draft}


def undo_button(window):
    shown = [one for kind in (QPushButton, QToolButton) for one in window.panes.bar.findChildren(kind)]
    return next((one for one in shown if one.text() == "Undo" and one.isVisible()), None)


@pytest.mark.parametrize("step", STEPS)
def test_what_was_thrown_away_is_brought_back_by_undo_in_the_bar(qtbot, window, desk, step):
    throw_away, what_is_there = STEPS[step](window, desk)
    before = what_is_there()
    throw_away()
    assert what_is_there() != before
    qtbot.mouseClick(undo_button(window), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: what_is_there() == before, timeout=5_000)
