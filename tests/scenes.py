"""A small newsroom in the middle of its day, and every pane and dialog of the window over it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from make import Desk, newsroom
from ovn_desk import assets, drawing
from ovn_desk.domain.article import Content
from ovn_desk.domain.house import Role
from ovn_desk.domain.source import Source, SourceKind, Terms
from ovn_desk.domain.verification import Status
from ovn_desk.domain.workflow import Step
from ovn_desk.formats import markdown
from ovn_desk.store import backup
from ovn_desk.sync import newsroom as elsewhere
from ovn_desk.text import comments
from ovn_desk.ui.editor import Editor
from ovn_desk.ui.main_window import MainWindow
from ovn_desk.ui.startup import setting_up
from ovn_desk.ui.startup.first_start import FirstStart
from ovn_desk.ui.state.workspace import Workspace
from ovn_desk.ui.widgets.arrangement import Moment, View, arrange
from ovn_desk.ui.widgets.side import REVIEWING, WRITING
from ovn_desk.usecases import commenting, housekeeping, joining, writing

_CALM_MS = 400
WORDS = "lantern ribbon harvest cement pigeon walnut drizzle saddle orchard mosaic kettle thunder"

SOURCES = (
    Source(
        "kwsc-notice",
        SourceKind.DOCUMENT,
        name="Karachi Water and Sewerage Corporation",
        medium="notice of restart",
        published="2026-11-24",
        excerpts=("Both pumping stations at Dhabeji were restarted on Tuesday after eleven days.",),
    ),
    Source(
        "bashir-ahmed",
        SourceKind.PERSON,
        name="Bashir Ahmed",
        role="resident of Orangi Town",
        medium="by telephone",
        terms=Terms.ON_RECORD,
        excerpts=("We have not had a drop for eleven days and the tanker costs me 4,500 rupees.",),
    ),
    Source(
        "kwsc-report",
        SourceKind.DOCUMENT,
        name="KWSC annual report",
        locator="p. 12",
        published="2026-06-30",
        excerpts=("The repair of the second line was budgeted at Rs 1.2 billion.",),
    ),
)
BODY = """\
The Karachi Water and Sewerage Corporation restarted two pumping stations at Dhabeji on Tuesday, ending an eleven-day \
shutdown that cut supply to about 1.8 million people in Orangi and Baldia [@kwsc-notice].

“We have not had a drop for eleven days and the tanker costs me 4,500 rupees,” said Bashir Ahmed, a resident of \
Orangi Town [@bashir-ahmed].

The repair cost Rs 1.5 billion, according to the corporation’s annual report [@kwsc-report p. 12].

## Who gets water, and when

Supply returns in stages: Orangi first, then Baldia, the corporation said. Residents still queue at tankers.
"""
WATER = Content(
    headline="Karachi water board restarts two pumping stations after eleven-day shutdown",
    standfirst="Supply to Orangi and Baldia returns in stages, the utility says. Residents still queue at tankers.",
    body=BODY,
    category="society",
    byline="Rana Malik",
    dateline="Karachi",
    date="2026-11-27",
    target_words=600,
    sources=SOURCES,
)
WHEAT = Content(
    headline="Wheat support price: what changed",
    body="The cabinet set the price at Rs 3,900 for 40 kg.",
    category="business",
    byline="Rana Malik",
)
COURT = Content(
    headline="Court hears media licence petition",
    body="The bench heard the petition on Monday.",
    category="politics",
    byline="Rana Malik",
)


class Newsroom(Desk):
    """The sample house with a draft, an Urdu draft, one sent back, one in review and one approved."""

    def __init__(self, path, renderer):
        house = (assets.folder() / "samples" / "openvoicenews.toml").read_text(encoding="utf-8")
        super().__init__(newsroom(path, house), renderer)
        self.urdu = writing.start(self.store, self.sample("urdu-rail"), by=self.reporter)
        self.approved_article = self.taken(self.sample("rail-groups"))
        self.approve(self.approved_article)
        court = self.taken(COURT)
        self.step(court, Step.SEND_BACK, self.editor, reason="Name the bench, please.")
        self.reviewed = self.taken(WATER, note="Figures are from the annual report. Please check the third paragraph.")
        self.edit(
            self.reviewed,
            headline="Karachi water board restarts two pumping stations",
            body=BODY.replace("1.5", "1.2").replace("Residents still queue", "Many residents still queue"),
        )
        start = BODY.index("1.8 million")
        words = comments.quote(WATER, "body", start, start + len("1.8 million people"))
        commenting.comment(
            self.store, self.reviewed, "Whose figure is this? Name the source.", by=self.editor, on=words, must_fix=True
        )
        writing.start(self.store, WHEAT, by=self.reporter)
        self.water = writing.start(self.store, WATER, by=self.reporter)
        self.forked = None

    def sample(self, name):
        text = (assets.folder() / "samples" / f"{name}.md").read_text(encoding="utf-8")
        with self.store.read() as reading:
            return markdown.read(text, reading.house())

    def taken(self, content, note=""):
        article = writing.start(self.store, content, by=self.reporter)
        self.step(article, Step.FILE, self.reporter, note=note)
        self.step(article, Step.TAKE, self.editor)
        return article


class Stage:
    """The window over the newsroom; `show` opens a scene, `clear` brings the window back to the draft."""

    def __init__(self, path, renderer):
        self.desk = Newsroom(path, renderer)
        editor = Editor()
        self.space = Workspace(
            self.desk.store,
            renderer,
            self.desk.reporter.person,
            settle=editor.settle,
            print_folder=drawing.print_folder,
        )
        self.window = MainWindow(self.space, editor)
        self.window.panes.bar.put_away()
        self._is_shown = False
        self.clear()

    def show(self):
        """Shows the window, which is shown from then on whatever another test closes."""
        self._is_shown = True
        self.window.show()

    def begin(self):
        """The first start, as it is before anybody chose anything."""
        self._welcome = FirstStart(self.desk.store.path.with_name("new.ovn"))
        self._welcome.show()
        return self._welcome

    def clear(self):
        """Nothing is open but the reporter's draft."""
        for widget in QApplication.topLevelWidgets():
            if widget is not self.window and widget.isVisible():
                widget.close()
        if self._is_shown and not self.window.isVisible():  # a test before ended its program, and all windows with it
            self.window.show()
        self.window.side.hide_sheet()
        self.window.side.close_drawer()
        self.sit(self.desk.reporter, self.desk.water)
        self.window.panes.middle.show_home()
        self.window.panes.inspector.choose_tab("details")
        if self.window.side.arrangement.has_inspector and not self.window.side.arrangement.has_page:
            self.window.side.show_page()
        self.window.side.show_text()
        self.window.panes.bar.put_away()
        self.window.panes.writing.find_bar.hide()

    def forget_wishes(self):
        """What stands beside the text is as in a window that is opened the first time."""
        side = self.window.side
        if side.arrangement == arrange(side.arrangement.room, View.TEXT, WRITING, Moment(is_alone=True)):
            side.toggle_alone()
        side.close_drawer()
        side.wishes = {View.TEXT: WRITING, View.REVIEW: REVIEWING}
        side.changed.emit()

    def sit(self, signer, article):
        """Somebody sits at the desk with an article open."""
        self.space.article.switch_person(signer.person)
        self.window.features.articles.open(article)

    def run(self, name):
        self.window.actions_by_name[name].trigger()

    def settle(self):
        """Waits until the page shows what is written, and nothing is under way in the window."""
        waiting, preview = QEventLoop(), self.window.panes.preview
        QTimer.singleShot(5_000, waiting.quit)
        if preview.isVisible():
            preview.shown.connect(waiting.quit)
            self.window.features.live_page.remake()
            waiting.exec()
            preview.shown.disconnect(waiting.quit)
        QTimer.singleShot(_CALM_MS, waiting.quit)
        waiting.exec()

    def close(self):
        self._is_shown = False
        self.clear()
        self.space.close()
        self.window.close()
        self.window.panes.preview.end()
        self.window.deleteLater()
        self.desk.store.close()


def _tab(name: str) -> Callable[[Stage], QWidget]:
    def show(stage):
        stage.run(f"view.{name}")
        return stage.window

    return show


def _command(name: str, *, chief: bool = False) -> Callable[[Stage], QWidget]:
    def show(stage):
        if chief:
            stage.sit(stage.desk.chief, stage.desk.approved_article)
        stage.run(name)
        return next(
            (one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not stage.window), stage.window
        )

    return show


def _source(stage):
    """One that is not named, with all its fields in sight."""
    stage.window.features.sources.open("bashir-ahmed")
    sheet = stage.window.panes.details.sources.editing.sheet
    sheet.show_source(replace(SOURCES[1], terms=Terms.BACKGROUND, contact="+92 21 555 0100"), ())
    return stage.window


def _claim(stage):
    """A claim of the story that differs from its source, with its card open."""
    _tab("evidence")(stage)
    checks = stage.window.panes.checks
    while not checks.latest.claims or checks.content.body != WATER.body:
        QApplication.processEvents()
    judged = next(one for one in checks.latest.claims if one.status is Status.DIFFERS)
    stage.window.panes.evidence.select(judged)
    return stage.window


def _urdu(stage):
    stage.sit(stage.desk.reporter, stage.desk.urdu)
    return stage.window


def _urdu_details(stage):
    _urdu(stage)
    return _tab("details")(stage)


def _review(stage):
    stage.sit(stage.desk.editor, stage.desk.reviewed)
    if not stage.window.panes.middle.shows(stage.window.panes.review):
        stage.run("review.changes")
    return stage.window


def _comment(stage):
    _review(stage)
    stage.window.panes.review.view.setFocus()
    stage.window.features.review.write_comment("body", 0, 20)
    return stage.window


def _drawer(stage):
    stage.window.side.show_list()
    return stage.window


def _page(stage):
    stage.window.side.show_page()
    return stage.window


def _palette(stage):
    stage.window.palette_box.open("")
    return stage.window.palette_box


def _question(stage):
    stage.window.panes.bar.ask(
        "Why is “Rail groups to meet in Baku” held? Everybody will see the reason in the history of the story.",
        answers=[("Hold the story", print)],
    )
    return stage.window


def _export(stage):
    """What would be written stands below what is asked."""
    shown = _command("site.export", chief=True)(stage)
    tree = stage.window.panes.export.outcome.tree
    while not tree.topLevelItemCount():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    return shown


def _upload(stage):
    _command("site.export", chief=True)(stage)
    stage.window.panes.export.upload()
    return stage.window.panes.export.uploading


def _first_start(stage):
    return stage.begin()


def _founding(stage):
    welcome = stage.begin()
    welcome.begin_founding()
    return welcome


def _joining(stage):
    welcome = stage.begin()
    welcome.join()
    return welcome


def _joining_by_words(stage):
    welcome = stage.begin()
    welcome.join()
    welcome.join_form.source.invitation.setText(WORDS)
    return welcome


def _from_the_hub(stage):
    welcome = stage.begin()
    welcome.join_form.begin_from_hub()
    return welcome


def _who(stage, *, is_busy=False):
    welcome = stage.begin()
    with stage.desk.store.read() as reading:
        people = tuple(reading.staff())
    chief = next(one for one in people if one.role is Role.CHIEF)
    form = welcome.join_form
    form._ask_who(elsewhere.Newsroom("Open Voice News", "", people, addressee=chief.id), setting_up.Source())
    if is_busy:
        form._say("Setting up this computer…", tone="calm")
    return welcome


def _twelve_words(stage):
    welcome = stage.begin()
    welcome.recovery.show_words(WORDS)
    welcome.setCurrentWidget(welcome._words)
    return welcome


def _number(stage):
    welcome = stage.begin()
    form = welcome.join_form
    form.number.show_request("4711 0815", ["Bilal Ahmed"], has_hub=True)
    form._show(form.number_page)
    return welcome


def _let_in(stage):
    welcome = stage.begin()
    page = welcome.join_form.joined_page
    page.show_joined(stage.desk.store, stage.desk.reporter, ["Bilal Ahmed"], has_stories=False)
    welcome.setCurrentWidget(page)
    return welcome


def _copy(stage):
    welcome = stage.begin()
    welcome.copy_form.begin()
    return welcome


def _copies_made(stage):
    """Two copies beside the newsroom."""
    store = stage.desk.store
    if not list(backup.folder_for(store.path).glob("*.ovn")):
        housekeeping.back_up(store)
        housekeeping.back_up(store)
    return backup.folder_for(store.path)


def _restore(stage):
    _copies_made(stage)
    dialog = _command("copies.restore")(stage)
    while dialog.copies.is_reading:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    return dialog


def _copies_known(stage):
    """Copies beside the newsroom that is not there any more."""
    copies = _copies_made(stage)
    welcome = FirstStart(copies.with_name(copies.name.removesuffix("-backups") + ".ovn"))
    stage._welcome = welcome
    welcome.show()
    welcome.copy_form.begin()
    while welcome.copy_form.copies.is_reading:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    return welcome


def _invited(stage):
    dialog = _command("person.people", chief=True)(stage)
    dialog._invited = joining.NewInvitation(stage.desk.reporter.person, "2026-12-12", WORDS)
    dialog._show_invitation()
    return dialog


def _forked(stage):
    """A story of two versions: headline, a paragraph, an Urdu one and a source are in conflict."""
    desk = stage.desk
    if desk.forked is None:
        urdu = "\n\nکراچی میں {} پمپنگ اسٹیشن دوبارہ چلائے گئے۔"
        desk.forked = writing.start(desk.store, replace(WATER, body=BODY + urdu.format("دو")), by=desk.reporter)
        with desk.store.begin() as tx:
            folded = tx.article(desk.forked)
            for by, number, word in ((desk.reporter, "1.4", "تین"), (desk.editor, "1.2", "چار")):
                sources = SOURCES[1:] if by is desk.editor else (replace(SOURCES[0], medium="notice"), *SOURCES[1:])
                body = BODY.replace("1.5", number) + urdu.format(word)
                made = replace(WATER, headline=f"{WATER.headline}, {number}", body=body, sources=sources)
                writing.add_revision(tx, folded, made, parent=folded.head, by=by)
    stage.space.article.open(desk.forked)
    return stage.window


def _deciding(stage):
    window = _forked(stage)
    window.features.versions.decide()
    for card in window.panes.conflicts.cards[:2]:
        card.choose(None)
    return window


SCENES: Mapping[str, Callable[[Stage], QWidget]] = {
    "writing": lambda stage: stage.window,
    "writing-urdu": _urdu,
    "page": _page,
    "list": _drawer,
    "details": _tab("details"),
    "details-urdu": _urdu_details,
    "evidence": _tab("evidence"),
    "comments": _tab("review"),
    "history": _tab("history"),
    "claim": _claim,
    "source": _command("source.add"),
    "source-not-named": _source,
    "review": _review,
    "review-comment": _comment,
    "question": _question,
    "two-versions": _forked,
    "deciding": _deciding,
    "find": _command("write.find"),
    "export": _export,
    "budget": _command("desk.budget"),
    "palette": _palette,
    "preferences": _command("app.preferences"),
    "newsroom-settings": _command("app.house", chief=True),
    "assignment": _command("desk.plan"),
    "switch-person": _command("person.switch"),
    "people": _command("person.people", chief=True),
    "hand-over": _command("article.hand_over"),
    "upload": _upload,
    "first-start": _first_start,
    "first-start-newsroom": _founding,
    "first-start-joining": _joining,
    "first-start-words": _joining_by_words,
    "first-start-hub": _from_the_hub,
    "first-start-who": _who,
    "first-start-setting-up": partial(_who, is_busy=True),
    "first-start-recovery-key": _twelve_words,
    "first-start-number": _number,
    "first-start-let-in": _let_in,
    "first-start-copy": _copy,
    "first-start-copies": _copies_known,
    "restore": _restore,
    "people-invited": _invited,
}
