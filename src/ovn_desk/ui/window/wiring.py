"""Who hears what in the window: panes speak in signals and do not know each other."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from ovn_desk.ui import actions, seating, stepping
from ovn_desk.ui.memory import MemoryTrimmer

if TYPE_CHECKING:
    from ovn_desk.ui.window.desk import Desk


def connect(desk: "Desk") -> None:
    """Connects the panes to the workspace, and what they ask for to what the window does."""
    _connect_writing(desk)
    _connect_inspector(desk)
    _connect_views(desk)
    _connect_facts(desk)
    desk.list.open_wanted.connect(desk.open_article)
    desk.top.new_wanted.connect(desk.start_article)
    desk.top.find_wanted.connect(desk.palette_box.open)
    desk.top.step_wanted.connect(lambda: stepping.take_next(desk))
    desk.files.came_in.connect(desk.open_article)
    desk.files.handed_over.connect(desk.sharing.take_in)
    desk.files.dictionary_added.connect(desk.writing.spelling.reload)
    MemoryTrimmer(desk.workspace.article, desk.workspace.text, desk)
    QGuiApplication.styleHints().colorSchemeChanged.connect(desk.turn)
    QGuiApplication.instance().applicationStateChanged.connect(desk.left)  # type: ignore[union-attr]


def _connect_writing(desk: "Desk") -> None:
    """The editor and the page beside it."""
    desk.editor.scrolled.connect(desk.preview.scroll_to)
    desk.preview.scrolled.connect(desk.editor.scroll_to)
    desk.preview.view_changed.connect(desk.page.remake)
    desk.preview.place_wanted.connect(lambda line: desk.editor.go_to(line + 1, 1))
    desk.margin.chosen.connect(desk.show_sign)
    desk.marks.stood_at.connect(desk.stand_at)
    desk.editor.pictures_given.connect(desk.intake.bring_in)
    desk.intake.came_in.connect(desk.editor.insert_paragraph)
    desk.writing.spelling.rested.connect(desk.show_spelling)
    desk.writing.spelling.said.connect(desk.refuse)
    desk.editor.refused.connect(desk.refuse)


def _connect_inspector(desk: "Desk") -> None:
    desk.details.place_wanted.connect(desk.editor.go_to)
    desk.details.sources.citation_wanted.connect(desk.cite)
    desk.details.sources.renamed.connect(desk.editor.rename_citations)
    desk.details.images.add_wanted.connect(desk.add_pictures)
    desk.details.images.reference_wanted.connect(desk.show_picture)
    desk.details.images.replacement_wanted.connect(desk.intake.choose_replacement)
    desk.evidence.place_wanted.connect(desk.editor.go_to)
    desk.evidence.cite_wanted.connect(desk.cite_at)
    desk.evidence.source_wanted.connect(desk.open_source)
    desk.evidence.counted.connect(desk.count_claims)
    desk.evidence.card.rule_off_wanted.connect(lambda rule: actions.switch_rule_off(desk, rule))
    desk.comments.changed.connect(desk.count_comments)
    desk.comments.place_wanted.connect(desk.show_comment)
    desk.history.comparison_wanted.connect(desk.compare)


def _connect_views(desk: "Desk") -> None:
    """What takes the editor's place, and the way back."""
    for view in (desk.review, desk.budget, desk.export, desk.deciding, desk.recovery):
        view.left.connect(desk.write)
    desk.budget.open_wanted.connect(desk.open_article)
    desk.recovery.write_wanted.connect(desk.open_article)
    desk.recovery.write_wanted.connect(lambda _: desk.write())
    desk.list.open_wanted.connect(lambda _: desk.write() if desk.middle.shows(desk.recovery) else None)
    desk.review.comment_wanted.connect(desk.write_comment)
    for teller in (desk.sharing, desk.arrivals):
        teller.decision_wanted.connect(desk.decide)
    desk.arrivals.comparison_wanted.connect(lambda revision: desk.compare(revision, ""))


def _connect_facts(desk: "Desk") -> None:
    """What the window shows anew when something came to be."""
    space = desk.workspace
    for fact in (
        space.article.opened,
        space.text.rested,
        space.article.changed,
        space.session.person_changed,
        space.preferences.changed,
        space.steps.busy_changed,
        desk.copies.made,
        desk.sharing.changed,
    ):
        fact.connect(desk.refresh)
    for fact in (space.article.opened, space.text.changed, space.article.changed):
        fact.connect(desk.page.remake)
    space.article.opened.connect(desk.sharing.offer_decision)
    space.session.person_changed.connect(lambda: seating.greet(desk))
    space.steps.taken.connect(lambda step, sentence: stepping.say_taken(desk, step, sentence))
    space.text.save_state_changed.connect(desk.show_saving)
    space.text.save_state_changed.connect(desk.disk.show)
    space.session.writable_changed.connect(desk.show_saving)
    space.notices.refused.connect(desk.refuse)
    space.notices.said.connect(desk.say)
    space.notices.done.connect(lambda sentence: desk.bar.say(sentence, tone="calm"))
