"""What a command does when it takes more than one call: versions, templates, snippets, claims, dialogs."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog

from ovn_desk import settings
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.verification import ClaimStatus
from ovn_desk.ui.house import HouseDialog
from ovn_desk.ui.people import PeopleDialog
from ovn_desk.ui.planning import PlanningDialog
from ovn_desk.ui.preferences_dialog import PreferencesDialog
from ovn_desk.ui.uncounted import UncountedDialog
from ovn_desk.usecases import checking, housekeeping, templates, translating
from ovn_desk.usecases.templates import Template

if TYPE_CHECKING:
    from ovn_desk.ui.window import Desk


def revert(desk: "Desk") -> None:
    """The text of the last version again; what is there now stays in the history."""
    space = desk.workspace
    space.article.save()
    if space.article.folded:
        with space.session.read() as reading:
            parents = reading.revision(space.article.folded.head).parents
        if parents:
            space.article.bring_back(parents[0])


# Templates and snippets


def own_templates(desk: "Desk") -> list[Template]:
    return templates.templates(_language(desk), own=settings.data_folder() / "templates")


def own_snippets(desk: "Desk") -> list[Template]:
    return templates.snippets(_language(desk), own=settings.data_folder() / "snippets")


def start_from(desk: "Desk", template: Template) -> None:
    space = desk.workspace
    try:
        content = templates.fill(template, space.session.house, by=space.session.person, language=_language(desk))
    except DeskError as error:
        space.notices.refused.emit(str(error))
        return
    space.article.start(content)
    desk.writing.headline.setFocus()


def translate(desk: "Desk", language: str) -> None:
    """A new draft in another language, with what holds in any."""
    space = desk.workspace
    if space.article.id is None:
        return
    try:
        content = translating.begun(space.text.content, space.article.id, space.session.house, language=language)
    except DeskError as error:
        space.notices.refused.emit(str(error))
        return
    space.article.start(content)
    desk.writing.headline.setFocus()


def insert_snippet(desk: "Desk", snippet: Template) -> None:
    space = desk.workspace
    try:
        desk.editor.insert(templates.snippet_text(snippet, space.session.house, space.text.content.language))
    except DeskError as error:
        space.notices.refused.emit(str(error))


def keep_snippet(desk: "Desk") -> None:
    """Keeps the selected words under a name that is asked for."""
    words = desk.editor.selected_text()
    if not words.strip():
        desk.workspace.notices.refused.emit(_said("Select the words to keep as a snippet first."))
        return
    desk.bar.ask(_said("Name of the snippet:"), answers=[(_said("Keep it"), partial(_keep_snippet, desk, words))])


def _keep_snippet(desk: "Desk", words: str, name: str) -> None:
    try:
        templates.keep_snippet(name, words, own=settings.data_folder() / "snippets")
    except DeskError as error:
        desk.workspace.notices.refused.emit(str(error))
        return
    desk.workspace.notices.done.emit(_said("Kept. Ctrl+K, then : and the name, puts it in."))


def ask_length(desk: "Desk") -> None:
    """Asks how many words the article should have."""
    space = desk.workspace

    def answered(text: str) -> None:
        digits = "".join(letter for letter in text if letter.isdecimal())
        space.text.edit(target_words=min(int(digits or 0), 100_000))

    value = str(space.text.content.target_words or "")
    desk.bar.ask(
        _said("How many words should it have? Empty for no aim."), answers=[(_said("Set"), answered)], value=value
    )


# Claims


def go_to_claim(desk: "Desk", step: int) -> None:
    """The cursor goes to the next place that is not settled, and the panel says why."""
    if not desk.marks.go(step):
        desk.workspace.notices.done.emit(_said("Every claim in the text rests on something."))
        return
    show_claim(desk)


def show_claim(desk: "Desk") -> None:
    """The card of what the cursor stands in."""
    desk.show_tab(desk.evidence)
    desk.evidence.select(desk.marks.at_cursor())
    desk.editor.setFocus()


def waive_at_cursor(desk: "Desk") -> None:
    show_claim(desk)
    desk.evidence.card.waive()


def open_source(desk: "Desk") -> None:
    """The source that is cited at the cursor, or that the claim there is judged by."""
    key = desk.editor.cited_at_cursor()
    item = desk.marks.at_cursor()
    keys = [key] if key else list(item.sources) if isinstance(item, ClaimStatus) else []
    if keys:
        desk.open_source(keys[0])


def save_annotated_copy(desk: "Desk") -> None:
    """The annotated copy as a file: a page, or a PDF to print."""
    space = desk.workspace
    if space.article.id is None:
        return
    name, _ = QFileDialog.getSaveFileName(
        desk, _said("Annotated copy"), f"{space.article.slug or 'article'}-annotated.pdf", "PDF (*.pdf);;HTML (*.html)"
    )
    if name and (store := space.session.flushed_store()):
        with store.read() as reading:
            copy = checking.annotated(reading, space.article.id)
        desk.files.write_page(copy, Path(name))


def save_ai_report(desk: "Desk") -> None:
    """What the texts of a year declare of AI, as a table for an auditor."""
    this_year = desk.workspace.session.today[:4]
    desk.bar.ask(_said("Of which year?"), answers=[(_said("Save…"), partial(_save_ai_report, desk))], value=this_year)


def _save_ai_report(desk: "Desk", answer: str) -> None:
    space = desk.workspace
    if not (answer.isascii() and answer.isdigit() and len(answer) == len("2026")):
        space.notices.refused.emit(_said("Name a year, for example 2026."))
        return
    name, _ = QFileDialog.getSaveFileName(desk, _said("Use of AI"), f"ai-used-{answer}.csv", "CSV (*.csv)")
    if name:
        desk.files.write_ai_report(int(answer), Path(name))


def show_planning(desk: "Desk") -> None:
    dialog = PlanningDialog(
        desk.workspace.session, desk.workspace.article, desk.workspace.steps, desk.workspace.notices, desk
    )
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.show()


def show_people(desk: "Desk") -> None:
    dialog = PeopleDialog(desk.workspace.session, desk)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.show()


def show_uncounted(desk: "Desk") -> None:
    dialog = UncountedDialog(desk.workspace.session, desk)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.article_wanted.connect(desk.open_article)
    dialog.show()


def show_house(desk: "Desk") -> None:
    dialog = HouseDialog(desk.workspace.session, desk)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.show()


def switch_rule_off(desk: "Desk", rule: str) -> None:
    """A style rule is off for the whole house; the house file says so, and can say otherwise again."""
    space = desk.workspace
    try:
        space.session.change_house(housekeeping.switched_off(space.session.house.text, rule))
    except DeskError as error:
        space.notices.refused.emit(str(error))
        return
    space.notices.done.emit(_said("The rule {rule} is off. House settings bring it back.").format(rule=rule))


def show_preferences(desk: "Desk") -> None:
    dialog = PreferencesDialog(desk.workspace.preferences, desk)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.show()


def _language(desk: "Desk") -> str:
    return desk.workspace.text.content.language


def _said(text: str) -> str:
    return QCoreApplication.translate("Actions", text)
