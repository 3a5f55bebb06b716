"""Who hears what in the window: panes speak in signals and do not know each other."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from ovn_desk.ui import actions, stepping

if TYPE_CHECKING:
    from ovn_desk.ui.window.desk import Desk


def connect(desk: "Desk") -> None:
    """Connects the panes to the workspace, and what they ask for to what the window does."""
    space = desk.workspace
    desk.list.open_wanted.connect(desk.open_article)
    desk.details.place_wanted.connect(desk.editor.go_to)
    desk.editor.scrolled.connect(desk.preview.scroll_to)
    desk.preview.scrolled.connect(desk.editor.scroll_to)
    desk.preview.view_changed.connect(desk.remake_page)
    desk.preview.place_wanted.connect(lambda line: desk.editor.go_to(line + 1, 1))
    desk.details.sources.citation_wanted.connect(desk.cite)
    desk.details.sources.renamed.connect(desk.editor.rename_citations)
    desk.evidence.place_wanted.connect(desk.editor.go_to)
    desk.evidence.cite_wanted.connect(desk.cite_at)
    desk.evidence.source_wanted.connect(desk.open_source)
    desk.evidence.counted.connect(desk.count_claims)
    desk.evidence.card.rule_off_wanted.connect(lambda rule: actions.switch_rule_off(desk, rule))
    desk.margin.chosen.connect(desk.show_sign)
    desk.review.left.connect(desk.write)
    desk.middle.currentChanged.connect(lambda _: desk.make_room())
    desk.budget.left.connect(desk.write)
    desk.export.left.connect(desk.write)
    desk.budget.open_wanted.connect(desk.open_article)
    desk.review.comment_wanted.connect(desk.write_comment)
    desk.comments.changed.connect(desk.count_comments)
    desk.comments.place_wanted.connect(desk.show_comment)
    desk.history.comparison_wanted.connect(desk.compare)
    desk.marks.stood_at.connect(desk.stand_at)
    desk.details.images.add_wanted.connect(desk.add_pictures)
    desk.details.images.reference_wanted.connect(desk.show_picture)
    desk.details.images.replacement_wanted.connect(desk.intake.choose_replacement)
    desk.editor.pictures_given.connect(desk.intake.bring_in)
    desk.intake.came_in.connect(desk.editor.insert_paragraph)
    desk.writing.spelling.rested.connect(desk.show_spelling)
    desk.writing.spelling.said.connect(desk.refuse)
    desk.editor.refused.connect(desk.refuse)
    desk.files.dictionary_added.connect(desk.writing.spelling.reload)
    for fact in (
        space.opened,
        space.content_rested,
        space.article_changed,
        space.person_changed,
        space.preferences_changed,
        space.steps.busy_changed,
    ):
        fact.connect(desk.refresh)
    space.opened.connect(desk.remake_page)
    space.content_changed.connect(desk.remake_page)
    space.article_changed.connect(desk.remake_page)
    space.save_state_changed.connect(desk.show_saving)
    space.refused.connect(desk.refuse)
    space.done.connect(lambda sentence: desk.bar.say(sentence, tone="calm"))
    desk.top.new_wanted.connect(desk.start_article)
    desk.top.find_wanted.connect(desk.open_palette)
    desk.top.step_wanted.connect(lambda: stepping.take_next(desk))
    desk.files.came_in.connect(desk.open_article)
    desk.copies.made.connect(desk.refresh)
    QGuiApplication.styleHints().colorSchemeChanged.connect(desk.turn)
    QGuiApplication.instance().applicationStateChanged.connect(desk.left)  # type: ignore[union-attr]
