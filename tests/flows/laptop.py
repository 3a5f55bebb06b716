"""Somebody at the program's own window on a laptop of their own: types, clicks, goes away and comes back.

Several stand in one process, so what they do is cheap; whatever goes between them goes by a file or a real hub.
"""

import inspect
import os
import shutil
from contextlib import contextmanager, suppress

import oracle
from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit
from shiboken6 import isValid

from ovn_desk import startup
from ovn_desk.text.merge import Take
from ovn_desk.ui.sharing.hand_over import HandOverDialog
from ovn_desk.ui.sharing.hub_dialog import HubDialog
from ovn_desk.ui.sharing.take_in import TakeInDialog
from ovn_desk.ui.startup.instance import request

PATIENCE_MS = 240_000


class _Lent:
    """The renderer of the tests, which a window that ends does not end."""

    def __init__(self, renderer):
        self._renderer = renderer

    def __getattr__(self, name):
        return getattr(self._renderer, name)

    def close(self):
        """It goes on for the next."""


class Laptop:
    """A home folder, the newsroom in it, and its window while somebody sits there."""

    def __init__(self, renderer, home):
        self.home, self._renderer = home, _Lent(renderer)
        self.path = home / "newsroom.ovn"
        self.name = home.name
        home.mkdir(parents=True, exist_ok=True)
        self.start = None
        self.carried = 0
        self.saw_hub = lambda: None
        """A round came to its end."""

    # Beginning and ending

    @contextmanager
    def at_home(self):
        """The program believes to be on this computer."""
        known = {"HOME": self.home, "XDG_DATA_HOME": self.home / "data", "XDG_CONFIG_HOME": self.home / "config"}
        known |= {"XDG_CACHE_HOME": self.home / "cache", "XDG_STATE_HOME": self.home / "state"}
        before = {name: os.environ.get(name) for name in known}
        os.environ.update({name: str(path) for name, path in known.items()})
        try:
            yield
        finally:
            for name, value in before.items():
                os.environ.pop(name, None)
                if value is not None:
                    os.environ[name] = value

    def sit(self, name="", file=None):
        """Starts the program, as by a double click on `file` where one is given."""
        if name:
            self.path.with_name("newsroom-person.txt").write_text(name, encoding="utf-8")
        self.start = startup.Startup(
            QApplication.instance(), self.path, renderer=self._renderer, asked=request([file] if file else [], "")
        )
        with self.at_home():
            self.start.begin()
            if self.window is not None and self.panes.recovery.isVisibleTo(self.window):
                self.panes.recovery.go_on.click()
        if self.window is not None:
            self._arrive()
        return self

    def end(self):
        """Closes the window as a person does."""
        if self.start is None:
            return
        with self.at_home():
            if self.window is not None:
                assert self.window.close(), "The window would not close."
            self._let_go()

    def kill(self):
        """The battery was taken out: what the disk holds now is all there is."""
        kept = self.home.with_name(f"{self.home.name}-kept")
        shutil.rmtree(kept, ignore_errors=True)
        files = self._files()
        shutil.copytree(self.home, kept)
        with self.at_home():
            space = self.window.workspace
            space.text._is_dirty = False
            space.text._after_first.stop()
            space.abandon()
            self.window.panes.finish()
            self.window.features.live_page.finish()
            self.window.features.spelling.finish()
            self.window.features.sharing.finish()
            self.window.hide()
            self._let_go()
        for one in self._files() | files:
            with suppress(FileNotFoundError):
                (self.home / one).unlink()
        shutil.copytree(kept, self.home, dirs_exist_ok=True)

    def _files(self):
        return {one.name for one in self.home.glob("newsroom.ovn*")}

    def _let_go(self):
        window, welcome = self.window, self.start.welcome
        self.start.finish()
        for one in (window, welcome):
            if one is not None and isValid(one):
                one.hide()
                one.deleteLater()
                QCoreApplication.sendPostedEvents(one, QEvent.Type.DeferredDelete)
        self.start = None

    # The first start

    def founds(self, newsroom, name):
        """Starts a newsroom, as its chief."""
        self.sit()
        form = self.welcome.form
        self.welcome.choices["found"].click()
        QTest.keyClicks(form.newsroom, newsroom)
        QTest.keyClicks(form.name, name)
        form.story.setChecked(False)
        with self.at_home():
            QTest.keyClick(form.name, Qt.Key.Key_Return)
            self.until(lambda: self.welcome.currentWidget() is self.welcome._words)
            self.welcome.written_down.click()
            self.welcome.go_on.click()
        self._arrive()

    def looks_into(self, source):
        """Says where the newsroom is, a file or a hub's address; gives the form that asks who one is."""
        self.sit()
        form = self.welcome.join_form
        self.welcome.choices["hub" if "://" in source else "invited"].click()
        if "://" in source:
            QGuiApplication.clipboard().setText(source)
            form.source.hub.server.paste()
        else:
            form.source.invitation.setText(source)
        with self.at_home():
            form.next.click()
        self.until(lambda: self.welcome.currentWidget() is form.who_page)
        return form

    def asks_in(self, source, name):
        """Asks to be let in, as somebody new or of the list; gives the number to read out, and the request's file."""
        form = self.looks_into(str(source))
        listed = form.who.people
        rows = [row for row in range(listed.count()) if listed.item(row).text().startswith(name)]
        listed.setCurrentRow(rows[0] if rows else listed.count() - 1)
        if not rows:
            QTest.keyClicks(form.who.name, name)
        with self.at_home():
            form.join_button.click()
        self.until(lambda: self.welcome.currentWidget() is form.number_page)
        request = self.home / "request.ovnb"
        form.write_request(request)
        number = form.number.number.text()
        with self.at_home():
            form.go_on.click()
        self._arrive()
        return number, request

    def lets_in(self, name, number, *, role="reporter"):
        """The chief reads the number in the bar, and clicks once."""
        bar = self.panes.bar
        self.until(lambda: f"Let {name} in" in bar.text)
        assert number in bar.text, bar.text
        with self.at_home():
            bar._buttons[0].click()
        self.rest()

    def _arrive(self):
        self.until(lambda: self.window is not None)
        self.hub.changed.connect(self._note_round)
        self.rest()

    def _note_round(self):
        if not self.hub._worker.is_busy and not self.hub.why_not and self.hub.address:
            self.saw_hub()

    # What there is

    @property
    def welcome(self):
        return self.start.welcome

    @property
    def window(self):
        return self.start.desk

    @property
    def space(self):
        return self.window.workspace

    @property
    def panes(self):
        return self.window.panes

    @property
    def editor(self):
        return self.panes.writing.editor

    @property
    def hub(self):
        return self.window.features.sharing.hub

    @property
    def story(self):
        return self.space.article.id

    @property
    def facts(self):
        return oracle.read_store(self.path)

    def until(self, condition):
        """Lets the windows go on until something is so; a minute on a busy computer."""
        deadline, beat = QDeadlineTimer(PATIENCE_MS), QTimer(interval=10)
        beat.start()
        while not condition():
            assert not deadline.hasExpired(), f"waited in vain for {inspect.getsource(condition).strip()}"
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def run(self, command):
        """A command of the menus, which has to be offered."""
        action = self.window.actions_by_name[command]
        assert action.isEnabled(), f"{command} is not offered."
        with self.at_home():
            action.trigger()

    def rest(self):
        """The timers of autosave ran out, and nothing is under way."""
        if self.space.session.key.is_open:
            self.space.text.flush()
        self.hub._timer.stop()  # a round that nobody asked for is `minute_passes`, whatever the time of day
        self.until(lambda: not (self.hub._worker.is_busy or self.space.steps.busy_with))
        QCoreApplication.processEvents()  # what was committed is heard of
        state = self.window.features.copies.state
        if state._rest.isActive():  # the pause after the last key has passed
            state._rest.stop()
            state.ask()
        self.until(lambda: state.where is not None and not state._work._worker.is_busy)
        QCoreApplication.processEvents()

    # Writing

    def starts(self, headline, body):
        """A new story, typed."""
        self.run("article.new")
        self.shows_text()
        QTest.keyClicks(self.panes.writing.headline, headline)
        self.types(body)
        self.rest()
        return self.story

    def opens(self, story):
        self.moments_pass()
        if self.story != story:
            with self.at_home():
                self.window.features.articles.open(story)
        assert self.story == story

    def heads(self, words, *, field="headline"):
        """Types another headline, or another standfirst, over what stands there."""
        self.moments_pass()
        self.shows_text()
        place = getattr(self.panes.writing, field)
        place.selectAll()
        QTest.keyClicks(place, words)

    def shows_text(self):
        """Goes back to the text from whatever stands in its place."""
        if not self.editor.isVisible():
            self.panes.middle.show_home()
        assert self.editor.isVisible()

    def fills(self, **fields):
        """Fields beside the text, as their pane fills them."""
        self.moments_pass()
        self.space.text.edit(**fields)

    def moments_pass(self):
        """What goes from the bar by itself has gone."""
        bar = self.panes.bar
        bar._end_aside()
        while bar._messages and bar._messages[-1].stays_ms:
            bar.put_away()

    def reads_all(self):
        """Whatever stands in the bar was read, and is put away."""
        while self.panes.bar._messages:
            self.panes.bar.put_away()

    def types(self, words, *, after=""):
        """Types at the end of the text, or behind some words that stand in it."""
        self.moments_pass()
        self.shows_text()
        assert not self.editor.isReadOnly(), self.space.article.edit_refusal
        cursor = self.editor.textCursor()
        if after:
            cursor.setPosition(_units(self.editor.text(), self.editor.text().index(after) + len(after)))
        else:
            cursor.movePosition(QTextCursor.MoveOperation.End)
        self.editor.setTextCursor(cursor)
        for place, line in enumerate(words.split("\n")):
            if place:
                QTest.keyClick(self.editor, Qt.Key.Key_Return)
            QTest.keyClicks(self.editor, line)
        self.until(lambda: not self.panes.top_bar._soon.isActive())  # the frame with the key comes first

    def replaces(self, old, new):
        """Marks words of the text and types others over them."""
        self.moments_pass()
        self.shows_text()
        start = self.editor.text().index(old)
        self.editor.select(start, start + len(old))
        QTest.keyClicks(self.editor, new)

    def saves(self):
        self.run("article.save")
        self.rest()

    # Sharing by file

    def hands_over(self, *, to="", what=None):
        """Writes what somebody else takes in; gives the file."""
        self.carried += 1
        self.run("article.hand_over")
        form = self.dialog(HandOverDialog)
        if what is not None:
            form.choices[what].click()
        if to:
            form.to.setCurrentIndex(form.to.findText(to, Qt.MatchFlag.MatchStartsWith))
        file = self.home / f"{self.name}-{self.carried}.ovnb"
        form.file.setText(str(file))
        with self.at_home():
            form.write()
        self.until(lambda: not isValid(form) or not form.isVisible())
        self.until(file.exists)
        self.rest()
        return file

    def takes_in(self, file):
        """Drops the file on the window and says yes to what it would bring."""
        with self.at_home():
            self.window.features.files.bring_in([file])
        form = self.dialog(TakeInDialog)
        self.until(lambda: not form._jobs.is_busy)
        if not form.button.isEnabled():
            form.reject()
            return False
        with self.at_home():
            form.take()
        self.until(lambda: not isValid(form) or not form.isVisible())
        self.rest()
        return True

    def dialog(self, kind):
        """The form of this window that is open."""
        found = []

        def look():
            found[:] = [one for one in self.window.findChildren(kind) if one.isVisible()]
            return found

        self.until(look)
        return found[-1]

    # The hub

    def names_hub(self, address):
        """Says where the hub is, as the window asks for it."""
        form = self.fills_in_hub(address)
        form.save.click()
        self.until(lambda: not isValid(form) or not form.isVisible())
        self.rest()

    def fills_in_hub(self, address):
        """Opens the form of the hub and pastes an address into it; gives the form."""
        self.run("hub.settings")
        form = self.dialog(HubDialog)
        QGuiApplication.clipboard().setText(address)
        form.form.server.selectAll()
        form.form.server.paste()
        return form

    def syncs(self):
        """A round that is asked for; gives why it did not come to its end."""
        self.run("hub.sync")
        return self._follow_round()

    def minute_passes(self):
        """The round that nobody asked for."""
        with self.at_home():
            self.hub._go()
        self._follow_round()

    def gives_password(self, words):
        """Asks for a round, and types the password into the form that the hub wants it in; gives what that says."""
        if not any(one.isVisible() for one in self.window.findChildren(HubDialog)):
            self.run("hub.sync")
        form = self.dialog(HubDialog)
        self.until(lambda: form.save.isEnabled())
        form.form.password.clear()
        QTest.keyClicks(form.form.password, words)
        with self.at_home():
            form.save.click()
        self.until(lambda: not isValid(form) or not form.isVisible() or form.save.isEnabled())
        if isValid(form) and form.isVisible():
            return form.verdict.text()
        return self._follow_round()

    def _follow_round(self):
        self.until(lambda: not self.hub._worker.is_busy)
        self.rest()
        return self.hub.why_not

    # Steps and answers

    def takes_step(self, command, words=""):
        """A step of the workflow, with what is asked for on the way, and yes to what is asked before it."""
        self.run(command)
        bar, form = self.panes.bar, self.panes.review.form
        if not bar.isHidden() and not bar.field.isHidden():
            self.answers(words)
        elif form.isVisible() and words:
            form.box.setPlainText(words)
            QTest.keyClick(form.box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        elif "?" in bar.text and not bar.isHidden():
            with self.at_home():
                bar._buttons[0].click()
        self.rest()

    def answers(self, words):
        """Types into the question of the bar, and gives the first answer."""
        bar = self.panes.bar
        self.until(lambda: not bar.field.isHidden())
        bar.field.setText(words)
        with self.at_home():
            QTest.keyClick(bar.field, Qt.Key.Key_Return)

    def decides(self, *takes):
        """Chooses at each thing that both changed, and makes one version of two."""
        self.run("desk.decide")
        deciding = self.panes.conflicts
        self.until(lambda: deciding.isVisible() and deciding.cards)
        chosen = takes or (Take.MINE,)
        for place, card in enumerate(deciding.cards):
            take = chosen[place % len(chosen)]
            if isinstance(take, Take):
                card.choose(take)
            else:
                card.choose(None)
                card.text.setPlainText(take)
        self.until(deciding.button.isEnabled)
        with self.at_home():
            deciding.button.click()
        self.rest()

    # Copies

    def copies(self):
        """A copy beside the store, as it is made every half hour; gives its file."""
        before = set(self._copies())
        with self.at_home():
            self.window.features.copies._is_changed = True
            self.window.features.copies.make()
        self.until(lambda: set(self._copies()) - before)
        self.until(lambda: not self.window.features.copies._worker.is_busy)
        return (set(self._copies()) - before).pop()

    def _copies(self):
        return self.path.with_name("newsroom-backups").glob("*.ovn")

    def goes_back_to(self, copy):
        """The laptop was lost or set back: all it has is this copy, and its keys."""
        for one in self._files():
            (self.home / one).unlink()
        shutil.copy(copy, self.path)

    def brings_back(self, copy):
        """Restores from a copy, in the window."""
        with self.at_home():
            assert self.space.article.save_and_close()
            self.window.features.copies.bring_back(copy)
        self.until(lambda: not self.window.features.copies._worker.is_busy)
        self.rest()

    # What the window says

    def said(self):
        """Every text of the bars and the list, as (where, text)."""
        panes = self.panes
        for where, bar in (("status", panes.status_bar), ("top", panes.top_bar), ("bar", panes.bar)):
            yield from ((where, text) for text in _texts(bar) if text)
        model = panes.articles.model
        for row in range(model.rowCount()):
            index = model.index(row)
            if (line := model.line(index)) is not None:
                yield f"row {line.row.id}", model.data(index, Qt.ItemDataRole.AccessibleTextRole)
        yield "title", self.window.windowTitle()

    def screen(self):
        """Headline and text as they stand on the screen."""
        return self.panes.writing.headline.toPlainText(), self.editor.text()


def _texts(widget):
    """What can be read of the labels, buttons and fields that are shown."""
    for one in widget.findChildren(QLabel) + widget.findChildren(QAbstractButton):
        if one.isVisibleTo(widget.window()) and one.text():
            yield one.text()
    for one in widget.findChildren(QLineEdit):
        if one.isVisibleTo(widget.window()) and one.text():
            yield f"[field] {one.text()}"


def _units(text, place):
    """Where a place of a text is as Qt counts, in halves of UTF-16."""
    return len(text[:place].encode("utf-16-le")) // 2
