"""The whole main job in the real window, driven by real key events; run by test_journey.py under an X server.

Usage: journey.py FOLDER. Leaves a picture of each step there, and the exported site in FOLDER/site.
"""

from driver import SAMPLE_HOUSE, Driver, run

from ovn_desk.domain.workflow import State
from ovn_desk.ui.state.save_state import Saving

BODY = (
    "Freight trains between Karachi and the north will run on a new timetable from next month, the railway said on "
    "Monday. Shippers had asked for night trains since the spring, and two of them are now in the plan."
)


class Journey(Driver):
    """A reporter writes and files; an editor approves and exports."""

    def go(self):
        self.arrive()
        self.write()
        self.cite()
        self.review()
        self.export()

    def arrive(self):
        self.start.begin()
        self.found_newsroom("Rana Malik", SAMPLE_HOUSE)
        self.until(lambda: self.desk and self.desk.isActiveWindow(), "the desk")
        self.until(lambda: self.page_says("joint working groups"), "the sample article's page")
        self.picture("sample")

    def write(self):
        self.keys("ctrl+n")
        self.focus(self.desk.panes.writing.headline, "the headline field")
        self.until(lambda: self.page_says("Rana Malik") and not self.page_says("joint working groups"), "an empty page")
        self.picture("new-article")
        self.type("Night trains come back")
        self.keys("Return")
        self.focus(self.desk.panes.writing.standfirst, "the standfirst")
        self.type("Two freight trains are in the plan.")
        self.keys("Return")
        self.focus(self.desk.panes.writing.editor, "the editor")
        self.type(BODY)
        self.until(lambda: self.desk.panes.writing.editor.text() == BODY, "the typed text")
        self.until(lambda: self.page_says("two of them are now in the plan"), "the text in the preview")
        self.until(lambda: self.space.text.save_state.saving is Saving.SAVED, "Saved")
        place = self.desk.panes.articles.model.place_of(self.space.article.id)
        self.until(lambda: place.data() == "Night trains come back", "the headline in the list")
        self.picture("written")

    def cite(self):
        self.keys("ctrl+shift+a")
        editing = self.desk.panes.details.sources.editing
        self.until(lambda: editing.is_open and editing.sheet.isVisible(), "the sheet of a source")
        self.type("Pakistan Railways")
        self.keys("Tab", "Tab", "Tab", "Tab")
        self.type("Two freight trains are in the plan from next month.")
        self.picture("source-sheet")
        self.keys("ctrl+Return")
        self.until(lambda: len(self.space.text.content.sources) == 1, "the source")
        self.until(lambda: "[@pakistan-railways]" in self.desk.panes.writing.editor.text(), "the citation in the text")
        self.until(lambda: self.page_says("How we know") and self.page_says("Sources"), "the source on the page")
        self.keys("ctrl+k")
        self.until(lambda: self.desk.palette_box.isVisible(), "the palette")
        self.type("#busi")
        self.until(lambda: self.desk.palette_box.field.text() == "#busi", "the category's name")
        self.keys("Return")
        self.until(lambda: self.space.text.content.category == "business", "the category")
        self.picture("cited")

    def review(self):
        self.keys("ctrl+Return")
        self.focus(self.desk.panes.bar.field, "the question for a note")
        self.type("Figures from the railway.")
        self.keys("Return")
        self.until(lambda: self.space.article.folded.state is State.FILED, "filed")
        self.picture("filed")
        self.person("Ayesha Khan")
        self.step(State.IN_REVIEW, "in-review")
        self.sign()
        self.until(lambda: self.space.article.folded.state is State.APPROVED, "approved")
        self.until(lambda: not self.space.steps.busy_with, "nothing under way")
        self.picture("approved")

    def step(self, state, name):
        self.until(lambda: not self.space.steps.busy_with, "nothing under way")
        self.keys("ctrl+Return")
        self.until(lambda: self.space.article.folded.state is state, name)
        self.until(lambda: not self.space.steps.busy_with, "nothing under way")
        self.picture(name)

    def export(self):
        self.keys("ctrl+Return")
        self.name_export_folder()
        self.until(self.desk.panes.export.outcome.tree.isVisible, "what would be written")
        self.picture("export")
        self.keys("Return")
        self.until(lambda: self.space.article.folded.state is State.PUBLISHED, "published")
        self.until(lambda: self.desk.panes.export.result.text.text().startswith("Exported"), "the word that it is done")
        self.picture("exported")
        self.keys("Escape")
        self.until(lambda: self.desk.panes.middle.currentWidget() is self.desk.panes.writing, "the text again")
        self.desk.side.show_inspector("history")
        self.until(lambda: self.desk.panes.history.isVisible(), "the history")
        self.picture("history")
        self.desk.close()


if __name__ == "__main__":
    run(Journey)
