"""Two laptops, by a file on a stick or through the newsroom's hub; run by test_journey.py.

Usage: two_desks_journey.py FOLDER [HUB]. Leaves a picture of each step there, and the exported site in FOLDER/site.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from driver import Driver, is_closed, run

from ovn_desk import assets
from ovn_desk.domain.workflow import State
from ovn_desk.sync import postgres
from ovn_desk.text.merge import Take
from ovn_desk.ui.sharing.hand_over import HandOverDialog
from ovn_desk.ui.sharing.take_in import TakeInDialog
from ovn_desk.usecases import sample
from sharing import newsroom

REPORTER, EDITOR = "Rana Malik", "Ayesha Khan"
OLD, REPORTERS, EDITORS = "before the end of the year", "before the end of 2025", "by December"


class Journey(Driver):
    """Filed, handed over, commented, sent back; both write on, decided, approved and exported."""

    def go(self):
        self.hub = sys.argv[2] if len(sys.argv) > 2 else ""
        self.stick = self.folder / "stick"
        self.stick.mkdir()
        self.carried = 0
        house = assets.text("samples/openvoicenews.toml")
        with newsroom(self.folder / "desks", None, house=house) as desks:
            self.paths = [desk.store.path for desk in desks]
            sample.add_sample(desks[0].store, by=desks[0].reporter, text=assets.text("samples/rail-groups.md"))
            self.addresses = self.made_hub(desks[0]) if self.hub else ["", ""]
        self.reporter_files()
        self.editor_comments_and_goes_on()
        self.reporter_revises()
        self.editor_decides()
        self.desk.close()

    def made_hub(self, desk):
        address = postgres.address(self.hub)
        postgres.make(address, desk.store)
        logins = [postgres.add_staff(address, person).login for person in (desk.reporter, desk.editor)]
        return [self.hub.replace("postgres@", f"{login}@") for login in logins]

    # The way from one laptop to the other

    def at(self, place, name):
        """Sits down at a laptop and has what came there."""
        file = self.stick / f"{self.carried}.ovnb" if self.carried and not self.hub else None
        self.sit(self.paths[place], name, file)
        if file:
            form = self.dialog(TakeInDialog)
            self.until(form.button.isEnabled, "what would come")
            self.picture("would-come")
            form.button.setFocus()
            self.keys("space")
            self.until(lambda: is_closed(form), "what came")
        elif self.hub and self.carried:
            self.sync(place)
        if self.carried:
            self.until(self.desk.panes.bar.isVisible, "the word of what came")
            self.open_the_story()
        self.picture("came")

    def hand_over(self, place):
        self.carried += 1
        if self.hub:
            self.sync(place)
            self.until(self.desk.panes.bar.isVisible, "the round")
            return
        self.keys("ctrl+shift+h")
        form = self.dialog(HandOverDialog)
        self.picture("hand-over")
        form.file.setFocus()
        self.keys("ctrl+a")
        self.type(str(self.stick / f"{self.carried}.ovnb"))
        self.until(lambda: form.file.text().endswith(f"{self.carried}.ovnb"), "the file's name")
        self.keys("Return")
        self.until(lambda: "Now send it" in self.desk.panes.bar.text, "the word that it is written")

    def sync(self, place):
        self.desk.actions_by_name["hub.sync"].trigger()
        if not self.desk.features.sharing.hub.address:
            self.name_hub(self.addresses[place])
        self.until(lambda: "Synced" in self.desk.features.sharing.hub.standing(), "the round's end")

    def open_the_story(self):
        self.until(lambda: self.desk.panes.articles.model.rowCount() > 0, "the story in the list")
        story = next(iter(self.stories()))
        if self.space.article.id != story:
            self.desk.features.articles.open(story)
        self.until(lambda: self.space.article.id == story, "the story")

    def newest_version(self):
        with self.space.session.store.read() as reading:
            return reading.revision(reading.article(self.space.article.id).head).content.body

    def stories(self):
        with self.space.session.store.read() as reading:
            return reading.article_ids()

    # What people do

    def reporter_files(self):
        self.sit(self.paths[0], REPORTER)
        self.until(lambda: self.page_says("joint working groups"), "the story's page")
        self.keys("ctrl+Return")
        self.answer("The press note is attached.")
        self.until(lambda: self.space.article.folded.state is State.FILED, "filed")
        self.picture("filed")
        self.hand_over(0)

    def editor_comments_and_goes_on(self):
        self.at(1, EDITOR)
        self.keys("ctrl+Return")
        self.until(lambda: self.space.article.folded.state is State.IN_REVIEW, "taken")
        self.leave_review()
        self.desk.panes.writing.editor.setFocus()
        self.desk.panes.writing.editor.select(*self.span(OLD))
        self.keys("ctrl+shift+m")
        box = self.desk.panes.review_side.comments.box
        self.focus(box.text, "the comment")
        box.must_fix.setChecked(True)
        self.type("Say when.")
        self.keys("ctrl+Return")
        self.until(lambda: len(self.desk.panes.review_side.comments.placed) == 1, "the comment in its list")
        self.desk.actions_by_name["step.send_back"].trigger()
        self.give_reason("One question.")
        self.until(lambda: self.space.article.folded.state is State.SENT_BACK, "sent back")
        self.leave_review()
        self.picture("sent-back")
        self.hand_over(1)
        self.desk.actions_by_name["step.file"].trigger()  # stands in for the reporter, who is out
        self.answer("In the reporter's place.")
        self.until(lambda: self.space.article.folded.state is State.FILED, "filed in the reporter's place")
        self.replace(OLD, EDITORS)
        self.keys("ctrl+s")
        self.until(lambda: EDITORS in self.newest_version(), "a version")

    def reporter_revises(self):
        self.at(0, REPORTER)
        self.desk.panes.inspector.show_tab("review")
        self.until(lambda: len(self.desk.panes.review_side.comments.placed) == 1, "the editor's comment")
        self.picture("their-comment")
        self.replace(OLD, REPORTERS)
        self.keys("ctrl+Return")
        self.answer("Done.")
        self.until(lambda: self.space.article.folded.state is State.FILED, "filed again")
        self.hand_over(0)

    def editor_decides(self):
        self.at(1, EDITOR)
        self.until(lambda: len(self.space.article.folded.heads) == 2, "two versions")
        self.desk.actions_by_name["desk.decide"].trigger()
        deciding = self.desk.panes.conflicts
        self.until(lambda: deciding.isVisible() and deciding.cards, "what is to be decided")
        self.picture("two-versions")
        deciding.cards[0].choose(Take.THEIRS)
        self.until(deciding.button.isEnabled, "all decided")
        deciding.button.setFocus()
        self.keys("space")
        self.until(lambda: REPORTERS in self.space.text.content.body, "one version")
        self.picture("decided")
        comments = self.desk.panes.review_side.comments
        self.keys("ctrl+Return")
        self.until(lambda: self.space.article.folded.state is State.IN_REVIEW, "taken again")
        self.desk.panes.inspector.show_tab("review")
        self.press("Resolve")
        self.until(lambda: comments.open_count == 0, "the comment settled")
        self.until(
            lambda: not [p for p in self.desk.panes.checks.latest.problems if p.blocks_approval], "nothing in the way"
        )
        self.sign()
        self.until(lambda: self.space.article.folded.state is State.APPROVED, "approved")
        self.until(lambda: not self.space.steps.busy_with, "nothing under way")
        self.picture("approved")
        self.keys("ctrl+Return")
        self.name_export_folder()
        self.keys("Return")
        self.until(lambda: self.space.article.folded.state is State.PUBLISHED, "published")
        self.picture("published")


run(Journey)
