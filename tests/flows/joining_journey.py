"""A newsroom that grows by invitation, by stick or hub: chief, editor, reporter, a laptop each; run by test_journey.py.

Usage: joining_journey.py FOLDER [HUB]. The editor joins with the file of an invitation, the reporter with twelve words.
Leaves a picture of each step there, and the exported site in FOLDER/site.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from driver import Driver, is_closed, run
from PySide6.QtWidgets import QPushButton

from ovn_desk.domain.workflow import State
from ovn_desk.startup import Startup
from ovn_desk.sync import postgres
from ovn_desk.text.helper import RenderHelper
from ovn_desk.ui.dialogs.people import PeopleDialog
from ovn_desk.ui.sharing.hand_over import ALL, HandOverDialog
from ovn_desk.ui.sharing.take_in import TakeInDialog
from ovn_desk.ui.startup.instance import request

CHIEF, EDITOR, REPORTER = "Bilal Ahmed", "Ayesha Khan", "Rana Malik"


class Journey(Driver):
    """Nobody's key is ever on another laptop."""

    def go(self):
        self.hub = sys.argv[2] if len(sys.argv) > 2 else ""
        self.chief_founds_and_invites()
        self.editor_joins_with_the_file()
        self.reporter_joins_with_the_words_and_files()
        self.editor_takes_approves_and_exports()
        self.desk.close()

    def laptop(self, name, file=None):
        """Goes to another laptop; one that has no newsroom yet shows the first start."""
        if self.start.desk:
            self.end_desk()
        place = self.folder / name
        place.mkdir(exist_ok=True)
        self.start = Startup(
            self.app, place / "newsroom.ovn", renderer=RenderHelper(), asked=request([file] if file else [], "")
        )
        self.start.begin()

    def arrived(self, name):
        self.until(lambda: self.desk and self.desk.isActiveWindow(), f"the desk of {name}")
        self.until(lambda: self.space.session.person.name == name, name)
        self.until(lambda: self.space.session.key.is_open, f"a key of {name}")

    def chief_founds_and_invites(self):
        self.laptop("chief")
        self.found_newsroom(CHIEF)
        self.arrived(CHIEF)
        if self.hub:
            address = postgres.address(self.hub)
            postgres.make(address, self.start.store)
        self.words = {}
        for name, role in ((EDITOR, "editor"), (REPORTER, "reporter")):
            self.words[name] = self.invite(name, role)
        if self.hub:
            with self.space.session.store.read() as reading:
                invited = {one.name: one for one in reading.roster().invitations.values()}
            people = [self.person_of(invited[name]) for name in (EDITOR, REPORTER)]
            logins = [postgres.add_staff(address, person).login for person in people]
            self.addresses = [self.hub.replace("postgres@", f"{login}@") for login in logins]
            self.sync(self.hub)
        else:
            self.hand_over("chief")

    def person_of(self, invitation):
        from ovn_desk.domain.house import Staff

        return Staff(invitation.person, invitation.name, invitation.role)

    def invite(self, name, role):
        self.desk.features.people.show_people()
        form = self.dialog(PeopleDialog)
        form.name.setFocus()
        self.type(name)
        self.until(lambda: form.name.text() == name, "the name")
        form.role.setCurrentIndex(form.role.findData(role))
        self.focus_button(form, QPushButton, "Invite")
        self.keys("space")
        self.until(form.words.isVisible, "the words")
        words = form.words.words
        self.picture(f"invited-{role}")
        form.write_invitation(self.folder / f"{role}.ovn-invitation")
        form.reject()
        self.until(lambda: self.desk.isActiveWindow(), "the desk again")
        return words

    def editor_joins_with_the_file(self):
        self.laptop("editor", self.folder / "editor.ovn-invitation")
        form = self.start.welcome.join_form
        self.until(lambda: form.join_button.text() == f"Join as {EDITOR}", "whom the invitation is for")
        self.focus(form.who.people, "who one is")
        self.keys("Return")
        self.until(lambda: self.start.welcome.currentWidget() is form.joined_page, "that one is in")
        self.picture("editor-is-in")
        form.joined_page.write_answer(self.folder / "editor-answers.ovnb")
        self.focus(form.joined_page.go_on, "the way to the desk")
        self.keys("Return")
        self.arrived(EDITOR)
        self.picture("editor-joined")
        if self.hub:
            self.sync(self.addresses[0])
        else:
            self.hand_over("editor")

    def reporter_joins_with_the_words_and_files(self):
        self.laptop("reporter")
        welcome = self.start.welcome
        self.until(lambda: welcome.isActiveWindow() and welcome.windowHandle().isExposed(), "the first start")
        self.focus(welcome.choices["found"], "the first choice")
        self.keys("Down", "Return")
        form = welcome.join_form
        fields, said = form.source, form._said[0]
        self.focus(fields.invitation, "the words")
        self.keys("Return")
        self.until(lambda: "twelve words" in said.text(), "what is missing")
        self.type(self.words[REPORTER])
        self.until(lambda: fields.invitation.text() == self.words[REPORTER], "the words")
        source = self.addresses[1] if self.hub else str(self.folder / "chief.ovnb")
        if self.hub:
            fields.hub.server.setFocus()
            fields.hub.server.setText(source)
        else:
            fields.in_file.click()
            fields.place.setFocus()
            self.type(source)
        field = fields.hub.server if self.hub else fields.place
        self.until(lambda: field.text() == source, "where the newsroom is")
        self.picture("invited")
        self.keys("Return")
        self.until(lambda: form.join_button.text() == f"Join as {REPORTER}", "whom the words are for")
        self.focus(form.who.people, "who one is")
        self.picture("who")
        self.keys("Return")
        if not self.hub:
            self.until(lambda: welcome.currentWidget() is form.joined_page, "that one is in")
            self.focus(form.joined_page.save, "the answer")
            self.keys("Tab", "Return")
        self.arrived(REPORTER)
        self.picture("reporter-joined")
        assert self.stories(), "the chief's sample came along"
        assert self.space.article.id is None, "it is the chief's draft, and nobody else begins with it"
        self.keys("ctrl+n")
        self.focus(self.desk.panes.writing.headline, "the headline field")
        self.type("Night trains come back")
        self.keys("Return", "Return")
        self.focus(self.desk.panes.writing.editor, "the editor")
        self.type("Freight trains will run again, the railway said.")
        self.until(lambda: "railway said." in self.space.text.content.body, "the text")
        self.desk.panes.details._push_field("category", "business")
        self.keys("ctrl+Return")
        self.answer("My first story.")
        self.until(lambda: self.space.article.folded.state is State.FILED, "filed")
        self.picture("filed")
        self.story = self.space.article.id
        if self.hub:
            self.sync(self.addresses[1])
        else:
            self.hand_over("reporter")

    def editor_takes_approves_and_exports(self):
        file = None if self.hub else self.folder / "reporter.ovnb"
        self.laptop("editor", file)
        self.arrived(EDITOR) if self.hub else self.take_in()
        if self.hub:
            self.sync(self.addresses[0])
        self.until(lambda: self.story in self.stories(), "the story")
        self.desk.features.articles.open(self.story)
        self.until(lambda: self.space.article.id == self.story, "the story")
        self.step(State.IN_REVIEW)
        self.sign()
        self.until(lambda: self.space.article.folded.state is State.APPROVED, "approved")
        self.idle()
        self.picture("approved")
        self.keys("ctrl+Return")
        self.name_export_folder()
        self.until(self.desk.panes.export.outcome.tree.isVisible, "what would be written")
        self.keys("Return")
        self.until(lambda: self.space.article.folded.state is State.PUBLISHED, "published")
        self.picture("published")

    def take_in(self):
        form = self.dialog(TakeInDialog)
        self.until(form.button.isEnabled, "what would come")
        form.button.setFocus()
        self.keys("space")
        self.until(lambda: is_closed(form), "what came")
        self.arrived(EDITOR)

    def step(self, state):
        self.idle()
        self.keys("ctrl+Return")
        self.until(lambda: self.space.article.folded.state is state, str(state))
        self.idle()

    def stories(self):
        with self.space.session.store.read() as reading:
            return reading.article_ids()

    def hand_over(self, name):
        self.keys("ctrl+shift+h")
        form = self.dialog(HandOverDialog)
        form.to.setCurrentIndex(form.to.findData(""))  # whoever joins with it has no key yet
        form.choices[ALL].click()
        form.file.setFocus()
        self.keys("ctrl+a")
        self.type(str(self.folder / f"{name}.ovnb"))
        self.until(lambda: form.file.text().endswith(f"{name}.ovnb"), "the file's name")
        self.keys("Return")
        self.until(lambda: "Now hand it over yourself" in self.desk.panes.bar.text, "the word that it is written")

    def sync(self, address):
        self.desk.actions_by_name["hub.sync"].trigger()
        if not self.desk.features.sharing.hub.address:
            self.name_hub(address)
        self.until(lambda: "Synced" in self.desk.features.sharing.hub.standing(), "the round's end")


run(Journey)
