"""Two people at one desk take the sample article through review, correction and back; run by test_journey.py.

Usage: review_journey.py FOLDER. Leaves a picture of each step there, and the exported site in FOLDER/site.
"""

from driver import SAMPLE_HOUSE, Driver, run

from ovn_desk.domain.workflow import State
from ovn_desk.ui.dialogs.correction import CorrectionDialog


class Journey(Driver):
    """Filed with a note, taken, commented, edited, sent back, decided, filed, approved, exported, corrected."""

    def go(self):
        self.arrive()
        self.file("The press note is attached.")
        self.review()
        self.decide()
        self.file("Done as asked.")
        self.approve()
        self.export("exported")
        self.correct()
        self.approve()
        self.export("exported-again")
        self.desk.close()

    def arrive(self):
        self.start.begin()
        self.found_newsroom("Rana Malik", SAMPLE_HOUSE)
        self.until(lambda: self.desk and self.desk.isActiveWindow(), "the desk")
        self.until(lambda: self.page_says("joint working groups"), "the sample article's page")
        self.focus(self.desk.panes.writing.editor, "the editor")

    def file(self, note):
        self.keys("ctrl+Return")
        self.answer(note)
        self.state(State.FILED, "filed")

    def state(self, state, name):
        self.until(lambda: self.space.article.folded.state is state, name)
        self.idle()
        self.picture(name)

    def review(self):
        self.person("Ayesha Khan")
        self.keys("ctrl+Return")
        self.state(State.IN_REVIEW, "taken")
        self.leave_review()
        editor = self.desk.panes.writing.editor
        editor.setFocus()
        editor.select(*self.span("joint working groups"))
        self.keys("ctrl+shift+m")
        box = self.desk.panes.review_side.comments.box
        self.focus(box.text, "the comment")
        box.must_fix.setChecked(True)
        self.type("How many? Name the document.")
        self.keys("ctrl+Return")
        self.until(lambda: len(self.desk.panes.review_side.comments.placed) == 1, "the comment in its list")
        self.picture("commented")
        self.replace("on Sunday", "on Sunday evening")
        self.replace("before the end of the year", "by December")
        self.keys("ctrl+r")
        self.until(
            lambda: self.desk.panes.review.review and len(self.desk.panes.review.review.undecided) == 2,
            "two suggestions",
        )
        self.picture("suggested")
        self.desk.actions_by_name["step.send_back"].trigger()
        self.give_reason("Please look at my two changes and the comment.")
        self.state(State.SENT_BACK, "sent-back")
        self.leave_review()

    def decide(self):
        self.person("Rana Malik")
        self.keys("ctrl+r")
        review = self.desk.panes.review
        self.until(lambda: review.review and len(review.review.undecided) == 2, "two changes to decide")
        self.focus(review.view, "the changes")
        self.picture("to-decide")
        self.keys("alt+a")
        self.until(lambda: len(review.review.undecided) == 1, "one accepted")
        self.keys("alt+r")
        self.until(lambda: not review.review.undecided, "one rejected")
        self.picture("decided")
        comments = self.desk.panes.review_side.comments
        comments.box.answer(comments.placed[0].comment.id, "Ayesha")
        self.focus(comments.box.text, "the answer")
        self.type("The press note of Sunday, cited.")
        self.keys("ctrl+Return")
        self.until(lambda: comments.placed[0].comment.answers, "the answer in its thread")
        self.picture("answered")
        self.keys("ctrl+r")

    def approve(self):
        self.person("Ayesha Khan")
        self.keys("ctrl+Return")
        self.state(State.IN_REVIEW, "in-review")
        if self.desk.panes.review_side.comments.open_count:
            self.desk.panes.review_side.comments.place_wanted.emit(self.desk.panes.review_side.comments.placed[0])
            self.press("Resolve")
            self.until(lambda: self.desk.panes.review_side.comments.open_count == 0, "the comment settled")
        self.until(
            lambda: not [p for p in self.desk.panes.checks.latest.problems if p.blocks_approval], "nothing in the way"
        )
        self.sign()
        self.state(State.APPROVED, "approved")

    def export(self, name):
        self.keys("ctrl+Return")
        self.name_export_folder()
        self.keys("Return")
        self.state(State.PUBLISHED, name)

    def correct(self):
        self.person("Rana Malik")
        self.desk.actions_by_name["step.correct"].trigger()
        self.until(lambda: isinstance(self.app.activeWindow(), CorrectionDialog), "the correction's form")
        dialog = self.app.activeWindow()
        dialog.said.setFocus()
        self.focus(dialog.said, "what we said")
        self.type("the groups meet before the end of the year.")
        self.keys("Tab")
        self.focus(dialog.in_fact, "what is so")
        self.type("no date was set.")
        self.until(lambda: dialog.in_fact.toPlainText() == "no date was set.", "the words")
        self.picture("correction")
        dialog.accept_button.setFocus()
        self.focus(dialog.accept_button, "the button")
        self.keys("space")
        self.until(lambda: self.space.article.folded.state is State.CORRECTING, "open for correction")
        self.until(lambda: self.desk.isActiveWindow(), "the desk again")
        self.replace("before the end of the year", "on a day still to be set")
        self.file("Corrected.")


if __name__ == "__main__":
    run(Journey)
