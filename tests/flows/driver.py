"""Somebody at the real window: presses real keys, waits for what they see, takes a picture of each step."""

import subprocess
import sys
import time
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton
from shiboken6 import isValid

from ovn_desk import assets
from ovn_desk.startup import Startup
from ovn_desk.text.helper import RenderHelper
from ovn_desk.ui import preview
from ovn_desk.ui.sharing.hub_dialog import HubDialog
from ovn_desk.ui.startup.instance import request
from ovn_desk.ui.widgets import theme

SAMPLE_HOUSE = assets.folder() / "samples" / "openvoicenews.toml"
PATIENCE = 300.0  # a busy computer


def is_closed(dialog):
    """Whether a dialog is not on the screen any more; Qt may have deleted it."""
    return not isValid(dialog) or not dialog.isVisible()


class Driver:
    def __init__(self, app, folder):
        self.app = app
        self.folder = folder
        self.start = Startup(app, folder / "newsroom.ovn", renderer=RenderHelper())
        self.number = 0

    @property
    def desk(self):
        return self.start.desk

    @property
    def space(self):
        return self.start.desk.workspace

    def end_desk(self):
        """Closes the window and lets go of it, as at the end of a process."""
        desk = self.desk
        desk.close()
        self.start.finish()
        desk.deleteLater()
        QCoreApplication.sendPostedEvents(desk, QEvent.Type.DeferredDelete)

    def until(self, condition, what):
        end = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > end:
                self.picture("stuck")
                raise SystemExit(f"Waited for: {what}")
            self.app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            time.sleep(0.002)  # lets the X server and the web process work

    def keys(self, *names):
        for name in names:
            subprocess.run(["xdotool", "key", "--clearmodifiers", name], check=True)

    def type(self, text):
        subprocess.run(["xdotool", "type", "--delay", "4", text], check=True)

    def picture(self, name):
        self.number += 1
        for _ in range(20):  # what has changed is painted first
            self.app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        file = self.folder / f"{self.number:02}-{name}.png"
        subprocess.run(["import", "-window", "root", str(file)], check=True)

    def page_says(self, words):
        found = []
        self.desk.panes.preview.text(found.append)
        self.until(lambda: found, "the page's text")
        return words in " ".join(found[0].split())

    def found_newsroom(self, name, house=None):
        """Goes through the first start, as who founds; with the people of a newsroom file where one is given."""
        welcome = self.start.welcome
        self.until(lambda: welcome.isActiveWindow() and welcome.windowHandle().isExposed(), "the first start")
        self.picture("first-start")
        self.focus(welcome.choices["found"], "the first choice")
        self.keys("Return")
        form = welcome.form
        self.focus(form.newsroom, "the newsroom's name")
        if house is None:
            self.type("The Daily Test")
            self.until(lambda: form.newsroom.text() == "The Daily Test", "the newsroom's name")
            self.keys("Return")
        else:
            form.use_file(house)
            form.focus_missing()
        self.focus(form.name, "who founds")
        self.type(name)
        self.until(lambda: form.name.text() == name, "the name")
        self.picture("founding")
        self.keys("Return")
        self.focus(welcome.written_down, "the recovery key")
        self.picture("recovery-key")
        self.keys("space")
        self.until(welcome.go_on.isEnabled, "the tick")
        self.keys("Tab")
        self.focus(welcome.go_on, "the way to the desk")
        self.keys("Return")

    def focus(self, widget, what):
        self.until(lambda: self.app.focusWidget() is widget, what)

    def person(self, name):
        """Another person sits down at the desk."""
        self.keys("ctrl+shift+p")
        self.until(self.desk.palette_box.isVisible, "the people")
        self.type(name.split()[0].lower())
        wanted = f"~{name.split()[0].lower()}"
        self.until(lambda: self.desk.palette_box.field.text() == wanted, "the name")
        self.keys("Return")
        self.until(lambda: self.space.session.person.name == name, name)
        if not self.space.session.key.is_open:
            self.until(lambda: "has no key on this computer" in self.desk.panes.bar.text, "what is missing")
            self.focus_button(self.desk.panes.bar, QPushButton, "Make one here")
            self.keys("space")
            self.until(lambda: self.space.session.key.is_open, "a key")

    def answer(self, words):
        """Types into the question of the bar, and gives the first answer."""
        self.focus(self.desk.panes.bar.field, "the question")
        self.keys("ctrl+a")
        self.type(words)
        self.until(lambda: self.desk.panes.bar.field.text() == words, "the answer")
        self.keys("Return")

    def name_hub(self, address):
        """Pastes the address into the form that is open, tries it out and keeps it."""
        form = next(one for one in self.desk.findChildren(HubDialog) if one.isVisible())
        self.focus(form.form.server, "the hub's server")
        self.app.clipboard().setText(address)
        self.keys("ctrl+v")
        self.until(lambda: "://" not in form.form.server.text(), "the address taken apart")
        self.keys("Return")

    def give_reason(self, words):
        """Writes into the form of the review, and sends it."""
        form = self.desk.panes.review.form
        self.focus(form.box, "the question in the review")
        self.type(words)
        self.until(lambda: form.box.toPlainText() == words, "the reason")
        self.keys("ctrl+Return")

    def leave_review(self):
        """Back from the review to the text."""
        self.until(lambda: self.desk.panes.review.view.hasFocus(), "the review")
        self.keys("Escape")
        self.until(lambda: self.desk.panes.middle.currentWidget() is self.desk.panes.writing, "the text again")

    def sign(self):
        """Approves what the review shows: the step, and one more Enter."""
        review, approval = self.desk.panes.review, self.desk.panes.review_side.approval
        self.until(lambda: review.isVisible() and review.is_current, "the text under review")
        self.keys("ctrl+Return")
        self.until(lambda: approval.sign.hasFocus(), "what is signed")
        self.picture("signing")
        self.keys("Return")

    def name_export_folder(self):
        field = self.desk.panes.export.folder
        self.focus(field, "where to export to")
        self.keys("ctrl+a")
        self.type(str(self.folder / "site"))
        self.until(lambda: field.text() == str(self.folder / "site"), "the folder")

    def idle(self):
        self.until(lambda: not self.space.steps.busy_with, "nothing under way")

    def sit(self, path, name, file=None):
        """Goes to another laptop, where this person sits; `file` is opened as by a double click."""
        if self.start.desk:
            self.end_desk()
        path.with_name(f"{path.stem}-person.txt").write_text(name, encoding="utf-8")
        self.start = Startup(self.app, path, renderer=RenderHelper(), asked=request([file] if file else [], ""))
        self.start.begin()
        self.until(lambda: self.desk and self.desk.isVisible(), "the desk")

    def span(self, words):
        """Where words stand in the text."""
        start = self.desk.panes.writing.editor.text().index(words)
        return start, start + len(words)

    def replace(self, old, new):
        self.desk.panes.writing.editor.setFocus()
        self.desk.panes.writing.editor.select(*self.span(old))
        self.type(new)
        self.until(lambda: new in self.space.text.content.body, new)

    def press(self, label):
        """A button of the comments, by its words."""
        self.focus_button(self.desk.panes.review_side.comments, QToolButton, label)
        self.keys("space")

    def focus_button(self, place, kind, label):
        """Waits for a button to be there, and goes to it."""

        def found():
            return [button for button in place.findChildren(kind) if button.text() == label and button.isVisible()]

        self.until(found, label)
        found()[0].setFocus()

    def dialog(self, kind):
        """The form that is open."""

        def activate():
            for one in self.app.topLevelWidgets():
                if isinstance(one, kind) and one.isVisible():
                    one.activateWindow()  # what the desk's window showed meanwhile, as the page, may stand before it
            return isinstance(self.app.activeWindow(), kind)

        self.until(activate, kind.__name__)
        return self.app.activeWindow()


def run(journey):
    """Starts the window as the program does, and lets somebody go through it."""
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontCreateNativeWidgetSiblings)
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    preview.prepare()
    app = QApplication(sys.argv[:1])
    theme.load_fonts()
    theme.apply(app)
    somebody = journey(app, Path(sys.argv[1]))
    somebody.go()
    print("The journey is done.")
    somebody.start.finish()
