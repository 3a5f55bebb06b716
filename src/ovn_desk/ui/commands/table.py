"""Everything the window can do, in one table: menu, toolbar, palette and keys are drawn from it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ovn_desk.domain.house import Role
from ovn_desk.domain.workflow import Step
from ovn_desk.ui import actions, stepping
from ovn_desk.ui.editor import markdown_commands

if TYPE_CHECKING:
    from ovn_desk.ui.window import Desk

MENUS = ("Article", "Write", "Desk", "View")


@dataclass(frozen=True, slots=True)
class Command:
    """`name` is the action's object name; `when` says whether it can be done now. A label of None begins a group."""

    name: str
    label: str
    key: str
    menu: str
    do: Callable[["Desk"], None]
    when: Callable[["Desk"], bool] = lambda _: True
    starts_group: bool = False
    is_on: Callable[["Desk"], bool] | None = None
    """Whether what it turns on and off is on, for a command that does."""


def _may_write(desk: "Desk") -> bool:
    return desk.workspace.article.folded is not None and not desk.workspace.article.edit_refusal


def _may(step: Step) -> Callable[["Desk"], bool]:
    return lambda desk: desk.workspace.article.may(step) and not desk.workspace.steps.busy_with


def _may_move(desk: "Desk") -> bool:
    article = desk.workspace.article.folded
    return bool(article and article.claims) and desk.workspace.session.person.role is Role.CHIEF


def _wrap(before: str, after: str) -> Callable[["Desk"], None]:
    return lambda desk: markdown_commands.wrap(desk.editor, before, after)


def _prefix(mark: str) -> Callable[["Desk"], None]:
    return lambda desk: markdown_commands.prefix_lines(desk.editor, mark)


def _is_on(name: str) -> Callable[["Desk"], bool]:
    return lambda desk: bool(getattr(desk.workspace.preferences.value, name))


def _switch(name: str) -> Callable[["Desk"], None]:
    return lambda desk: desk.workspace.preferences.set(**{name: not _is_on(name)(desk)})


def _into(language: str) -> Callable[["Desk"], None]:
    return lambda desk: actions.translate(desk, language)


def _may_go_into(language: str) -> Callable[["Desk"], bool]:
    return lambda desk: (
        _has_article(desk)
        and language in desk.workspace.session.house.languages
        and desk.workspace.text.content.language != language
    )


def _has_article(desk: "Desk") -> bool:
    return desk.workspace.article.folded is not None


def _has_versions(desk: "Desk") -> bool:
    article = desk.workspace.article.folded
    return article is not None and len(article.heads) > 1


COMMANDS: Sequence[Command] = (
    Command("article.new", "New article", "Ctrl+N", "Article", lambda d: d.start_article()),
    Command("article.template", "New from a template…", "Ctrl+Shift+N", "Article", lambda d: d.palette_box.open("+")),
    Command("article.import", "Import…", "Ctrl+O", "Article", lambda d: d.files.choose_imports()),
    Command("article.to_urdu", "Translate into Urdu", "", "Article", _into("ur"), _may_go_into("ur")),
    Command("article.to_english", "Translate into English", "", "Article", _into("en"), _may_go_into("en")),
    Command("article.save", "Save a version", "Ctrl+S", "Article", lambda d: d.save(), _may_write),
    Command("article.revert", "Go back to the last version", "", "Article", actions.revert, _may_write),
    Command(
        "article.export",
        "Export this article…",
        "Ctrl+Shift+E",
        "Article",
        lambda d: d.export_this(),
        _may(Step.PUBLISH),
        starts_group=True,
    ),
    Command("site.export", "Export the whole site…", "", "Article", lambda d: d.export_site(), lambda d: d.is_editor),
    Command("article.hand_over", "Hand over as a file…", "Ctrl+Shift+H", "Article", lambda d: d.sharing.hand_over()),
    Command("hub.sync", "Sync with the hub", "", "Article", lambda d: d.sharing.hub.sync()),
    Command("article.annotate", "Annotated copy…", "", "Article", actions.save_annotated_copy, _has_article),
    Command("copies.away", "Copy to another disk", "", "Article", lambda d: d.copies.copy_away(), starts_group=True),
    Command("copies.place", "Choose where copies go…", "", "Article", lambda d: d.copies.choose_place()),
    Command("copies.restore", "Restore from a copy…", "", "Article", lambda d: d.copies.restore()),
    Command(
        "app.house",
        "House settings…",
        "",
        "Article",
        actions.show_house,
        lambda d: d.workspace.session.person.role is Role.CHIEF,
    ),
    Command("app.preferences", "Preferences…", "Ctrl+,", "Article", actions.show_preferences, starts_group=True),
    Command("app.quit", "Quit", "Ctrl+Q", "Article", lambda d: d.close_window()),
    Command("write.undo", "Undo", "Ctrl+Z", "Write", lambda d: d.writing.place.undo(), _may_write),
    Command("write.redo", "Redo", "Ctrl+Shift+Z", "Write", lambda d: d.writing.place.redo(), _may_write),
    Command(
        "write.paste_plain",
        "Paste without formatting",
        "Ctrl+Shift+V",
        "Write",
        lambda d: d.editor.paste_plain(),
        _may_write,
    ),
    Command(
        "write.find",
        "Find in the text",
        "Ctrl+F",
        "Write",
        lambda d: d.writing.find_bar.open(replacing=False),
        _has_article,
        starts_group=True,
    ),
    Command(
        "write.replace",
        "Find and replace",
        "Ctrl+H",
        "Write",
        lambda d: d.writing.find_bar.open(replacing=True),
        _may_write,
    ),
    Command(
        "write.bold",
        "Bold",
        "Ctrl+B",
        "Write",
        lambda d: markdown_commands.wrap(d.editor, "**", "**"),
        _may_write,
        starts_group=True,
    ),
    Command("write.italic", "Italic", "Ctrl+I", "Write", _wrap("*", "*"), _may_write),
    Command("write.heading", "Heading", "Ctrl+2", "Write", _prefix("## "), _may_write),
    Command(
        "write.subheading",
        "Subheading",
        "Ctrl+3",
        "Write",
        _prefix("### "),
        _may_write,
    ),
    Command(
        "write.quote",
        "Block quotation",
        "Ctrl+Shift+.",
        "Write",
        _prefix("> "),
        _may_write,
    ),
    Command(
        "write.bullets",
        "Bulleted list",
        "Ctrl+Shift+8",
        "Write",
        _prefix("- "),
        _may_write,
    ),
    Command(
        "write.numbers",
        "Numbered list",
        "Ctrl+Shift+7",
        "Write",
        _prefix("1. "),
        _may_write,
    ),
    Command(
        "write.move_up",
        "Move paragraph up",
        "Alt+Up",
        "Write",
        lambda d: d.editor.move_paragraph(-1),
        _may_write,
        starts_group=True,
    ),
    Command(
        "write.move_down", "Move paragraph down", "Alt+Down", "Write", lambda d: d.editor.move_paragraph(1), _may_write
    ),
    Command("write.link", "Link", "Ctrl+Shift+K", "Write", _wrap("[", "](https://)"), _may_write),
    Command("write.snippet", "Snippet…", "Ctrl+;", "Write", lambda d: d.palette_box.open(":"), _may_write),
    Command("write.keep_snippet", "Keep the selection as a snippet…", "", "Write", actions.keep_snippet, _may_write),
    Command(
        "write.rtl",
        "Paragraph from right to left",
        "",
        "Write",
        lambda d: d.editor.turn_paragraph("ur"),
        _may_write,
        starts_group=True,
    ),
    Command(
        "write.ltr", "Paragraph from left to right", "", "Write", lambda d: d.editor.turn_paragraph("en"), _may_write
    ),
    Command("write.length", "Length to aim for…", "", "Write", actions.ask_length, _may_write),
    Command("write.image", "Image…", "Ctrl+Shift+I", "Write", lambda d: d.add_pictures(), _may_write),
    Command(
        "source.cite",
        "Cite a source…",
        "Ctrl+Shift+C",
        "Write",
        lambda d: d.palette_box.open("@"),
        _may_write,
        starts_group=True,
    ),
    Command("source.add", "Add a source…", "Ctrl+Shift+A", "Write", lambda d: d.add_source(), _may_write),
    Command(
        "spelling.suggest",
        "Spelling suggestions",
        "Ctrl+.",
        "Write",
        lambda d: d.writing.spelling.suggest(),
        _may_write,
        starts_group=True,
    ),
    Command(
        "spelling.check",
        "Check spelling",
        "",
        "Write",
        _switch("is_spelling"),
        is_on=_is_on("is_spelling"),
    ),
    Command(
        "spelling.add_dictionary", "Add a spelling dictionary…", "", "Write", lambda d: d.files.choose_dictionary()
    ),
    Command(
        "claims.next",
        "Next claim to settle",
        "F7",
        "Write",
        lambda d: actions.go_to_claim(d, 1),
        _has_article,
        starts_group=True,
    ),
    Command(
        "claims.previous",
        "Claim to settle before",
        "Shift+F7",
        "Write",
        lambda d: actions.go_to_claim(d, -1),
        _has_article,
    ),
    Command("claims.waive", "Waive at the cursor…", "Ctrl+Shift+X", "Write", actions.waive_at_cursor, _may_write),
    Command(
        "claims.compare",
        "Compare with the source at the cursor",
        "Ctrl+Shift+D",
        "Write",
        actions.show_claim,
        _has_article,
    ),
    Command(
        "claims.source", "Open the source at the cursor", "Ctrl+Shift+O", "Write", actions.open_source, _has_article
    ),
    Command("desk.budget", "News budget", "Ctrl+Shift+B", "Desk", lambda d: d.show_budget()),
    Command("desk.plan", "Assignment and times…", "", "Desk", actions.show_planning, _has_article),
    Command("desk.ai_report", "Use of AI in a year…", "", "Desk", actions.save_ai_report),
    Command("desk.decide", "Decide between two versions", "", "Desk", lambda d: d.decide(), _has_versions),
    Command("desk.recovery", "Texts that are no version yet", "", "Desk", lambda d: d.show_recovery()),
    Command("review.changes", "What changed", "Ctrl+R", "Desk", lambda d: d.review_changes(), _has_article),
    Command(
        "review.comment",
        "Comment on the selection",
        "Ctrl+Shift+M",
        "Desk",
        lambda d: d.comment_on_selection(),
        _has_article,
    ),
    Command(
        "step.next",
        "Next step",
        "Ctrl+Return",
        "Desk",
        stepping.take_next,
        lambda d: d.workspace.article.next_step is not None,
    ),
    Command(
        "step.file",
        "File to the desk",
        "",
        "Desk",
        lambda d: stepping.take(d, Step.FILE),
        _may(Step.FILE),
        starts_group=True,
    ),
    Command("step.recall", "Recall", "", "Desk", lambda d: stepping.take(d, Step.RECALL), _may(Step.RECALL)),
    Command("step.take", "Take for review", "", "Desk", lambda d: stepping.take(d, Step.TAKE), _may(Step.TAKE)),
    Command(
        "step.release",
        "Release to another editor",
        "",
        "Desk",
        lambda d: stepping.take(d, Step.RELEASE),
        _may(Step.RELEASE),
    ),
    Command(
        "step.approve", "Approve and sign", "", "Desk", lambda d: stepping.take(d, Step.APPROVE), _may(Step.APPROVE)
    ),
    Command(
        "step.send_back", "Send back…", "", "Desk", lambda d: stepping.take(d, Step.SEND_BACK), _may(Step.SEND_BACK)
    ),
    Command(
        "step.correct",
        "Open for correction…",
        "",
        "Desk",
        lambda d: stepping.take(d, Step.CORRECT),
        _may(Step.CORRECT),
        starts_group=True,
    ),
    Command("step.withdraw", "Withdraw…", "", "Desk", lambda d: stepping.take(d, Step.WITHDRAW), _may(Step.WITHDRAW)),
    Command("step.move", "Move the page…", "", "Desk", stepping.move_page, _may_move),
    Command(
        "step.hold", "Hold…", "", "Desk", lambda d: stepping.take(d, Step.HOLD), _may(Step.HOLD), starts_group=True
    ),
    Command("step.spike", "Spike…", "", "Desk", lambda d: stepping.take(d, Step.SPIKE), _may(Step.SPIKE)),
    Command("step.restore", "Restore", "", "Desk", lambda d: stepping.take(d, Step.RESTORE), _may(Step.RESTORE)),
    Command(
        "person.switch", "Switch person…", "Ctrl+Shift+P", "Desk", lambda d: d.palette_box.open("~"), starts_group=True
    ),
    Command("person.people", "People and keys…", "", "Desk", actions.show_people),
    Command(
        "person.uncounted",
        "Steps that do not count…",
        "",
        "Desk",
        actions.show_uncounted,
        lambda d: d.workspace.session.person.role is Role.CHIEF,
    ),
    Command(
        "app.clock",
        "Believe this computer's clock…",
        "",
        "Desk",
        stepping.believe_clock,
        lambda d: d.workspace.session.person.role is Role.CHIEF,
    ),
    Command("view.palette", "Search or run a command", "Ctrl+K", "View", lambda d: d.palette_box.open("")),
    Command("view.filter", "Filter articles", "Ctrl+L", "View", lambda d: d.focus_filter()),
    Command("view.next_pane", "Next pane", "F6", "View", lambda d: d.next_pane(1)),
    Command("view.previous_pane", "Previous pane", "Shift+F6", "View", lambda d: d.next_pane(-1)),
    Command("view.inspector", "Inspector", "F8", "View", lambda d: d.toggle(d.inspector), starts_group=True),
    Command("view.list", "Article list", "F9", "View", lambda d: d.toggle(d.list)),
    Command("view.preview", "Preview", "F10", "View", lambda d: d.toggle(d.preview)),
    Command("view.alone", "Editor alone", "F11", "View", lambda d: d.write_alone()),
    Command(
        "view.focus",
        "Focus: only this paragraph in ink",
        "Shift+F11",
        "View",
        _switch("is_focused"),
        is_on=_is_on("is_focused"),
    ),
    Command(
        "view.typewriter",
        "Typewriter: the line stays in the middle",
        "Ctrl+F11",
        "View",
        _switch("is_typewriting"),
        is_on=_is_on("is_typewriting"),
    ),
    Command("view.details", "Details", "", "View", lambda d: d.show_tab(d.details), _has_article, starts_group=True),
    Command("view.evidence", "Evidence", "", "View", lambda d: d.show_tab(d.evidence), _has_article),
    Command("view.review", "Review", "", "View", lambda d: d.show_tab(d.comments), _has_article),
    Command("view.history", "History", "", "View", lambda d: d.show_tab(d.history), _has_article),
)
