"""Random days at a desk: somebody types, and everything that can come between comes; no typed word may vanish.

Each word that is typed is one that was never typed before. After every step each stands in the text on the screen, in
its undo, in the working copy or in a version; only a word that its writer took back and typed over, or that a kill met
before anything said it was saved, is let go.
"""

import re
import shutil
from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

import hubs
import sharing
from make import Desk
from ovn_desk.store import open_store
from ovn_desk.sync import bundle, postgres
from ovn_desk.ui.editor import Editor
from ovn_desk.ui.editor.writing_pane import WritingPane
from ovn_desk.ui.state.save_state import Saving
from ovn_desk.ui.state.workspace import Workspace
from ovn_desk.usecases import commenting, merging, planning, writing

WORD = re.compile(r"zq\d+x")
DUE = datetime(2026, 12, 1, tzinfo=UTC)


class Day:
    """One reporter's window over a store, a colleague's store, a second window on the first, and a hub."""

    def __init__(self, template, folder, renderer, random, *, hub=""):
        shutil.copytree(template, folder)
        self.folder, self.renderer, self.random, self.hub = folder, renderer, random, hub
        self.mine, self.theirs = (Desk(open_store(folder / f"desk{place}.ovn"), renderer) for place in range(2))
        self.typed, self.unsaved, self.told = {}, set(), []
        self.articles = [self.mine.draft(headline=f"Story {name}", body="One.\n\nTwo.\n\nThree.") for name in "ab"]
        self.number = 0
        self.sit_down()

    def sit_down(self):
        self.editor = Editor()
        self.space = Workspace(self.mine.store, self.renderer, self.mine.reporter.person, settle=self.editor.settle)
        self.pane = WritingPane(self.space.article, self.space.text, self.space.preferences, self.editor)
        self.pane.spelling.turn(on=False)
        self.space.article.open(self.random.choice(self.articles))

    def close(self):
        self.space.abandon()
        self.pane.spelling.finish()
        self.pane.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        for desk in (self.mine, self.theirs):
            desk.store.close()

    # What may happen

    def step(self):
        """One thing that happens; most of them are keys."""
        steps = [self.type, self.type, self.type, self.type_headline, self.undo, self.redo, self.autosave, self.rest]
        steps += [
            self.save,
            self.switch,
            self.language,
            self.bundle_comes,
            self.hub_comes,
            self.second_window,
            self.kill,
        ]
        taken = self.random.choice(steps)
        self.told.append(taken.__name__)
        taken()
        QCoreApplication.processEvents()
        if self.space.text.save_state.saving is Saving.SAVED and not self.space.text.is_unsaved:
            self.unsaved.clear()
        self.check()

    def word(self):
        self.number += 1
        return f"zq{self.number}x"

    def type(self):
        if self.editor.isReadOnly():
            return
        for step in self.editor.plain.history.undone:  # typing over what was taken back gives it up
            self.let_go(WORD.findall(step.put + step.taken))
        cursor = self.editor.textCursor()
        cursor.setPosition(self.random.randint(0, len(self.editor.text())))
        if self.random.random() < 0.5:
            cursor.movePosition(QTextCursor.MoveOperation.End)
        line, place = cursor.block().text(), cursor.positionInBlock()
        if line[max(0, place - 1) : place + 1].isalnum():  # not into another word
            cursor.movePosition(QTextCursor.MoveOperation.EndOfWord)
        self.editor.setTextCursor(cursor)
        word = self.word()
        QTest.keyClicks(self.editor, f" {word} ")
        if self.random.random() < 0.3:
            QTest.keyClick(self.editor, "\r")
        self.typed[word] = self.space.article.id
        self.unsaved.add(word)

    def type_headline(self):
        if self.editor.isReadOnly():
            return
        self.pane.headline.moveCursor(QTextCursor.MoveOperation.End)
        word = self.word()
        QTest.keyClicks(self.pane.headline, f" {word}")
        self.typed[word] = self.space.article.id
        self.unsaved.add(word)

    def undo(self):
        self.editor.undo()
        self.note_unsaved()

    def redo(self):
        self.editor.redo()
        self.note_unsaved()

    def note_unsaved(self):
        """What undo or redo brought back to the screen is as unsaved as what was just typed."""
        self.unsaved |= set(WORD.findall(self.editor.text())) - self.stored()

    def autosave(self):
        """The timer ran out; the text is being kept while what comes next comes."""
        self.space.text._autosave()

    def rest(self):
        if self.space.text.flush():
            self.unsaved.clear()

    def save(self):
        if self.space.article.save():  # refused where another window writes the article
            self.unsaved.clear()

    def switch(self):
        self.space.article.open(self.random.choice(self.articles))

    def language(self):
        self.space.text.edit(language=self.random.choice(["en", "ur"]))

    def bundle_comes(self):
        """A colleague took everything in, did something, and hands it back as a file."""
        sharing.send(self.mine, self.theirs)
        self.colleague()
        file = self.folder / "back.ovnb"
        bundle.write(self.theirs.store, file, self.articles, by=self.theirs.editor)
        came = bundle.import_bundle(self.mine.store, file)
        merging.combine(self.mine.store, came.articles)

    def hub_comes(self):
        if not self.hub:
            sharing.send(self.mine, self.theirs)
            self.colleague()
            sharing.send(self.theirs, self.mine)
            return
        for desk in (self.mine, self.theirs):
            hubs.sync(desk, self.hub)
        self.colleague()
        for desk in (self.theirs, self.mine):
            hubs.sync(desk, self.hub)

    def colleague(self):
        article = self.random.choice(self.articles)
        what = self.random.choice(["assign", "comment", "write"])
        if what == "assign":
            words = self.random.randint(100, 900)
            planning.assign(
                self.theirs.store, article, by=self.theirs.editor, to=self.theirs.reporter, due=DUE, words=words
            )
        elif what == "comment":
            commenting.comment(self.theirs.store, article, f"Who says so, {self.word()}?", by=self.theirs.editor)
        else:
            body = self.theirs.read(writing.text_of, article).body
            word = self.word()
            changed = (
                f"{body}\n\nTheirs {word}." if self.random.random() < 0.5 else body.replace("Two.", f"Two {word}.")
            )
            if changed != body:
                self.theirs.edit(article, self.theirs.reporter, body=changed)

    def second_window(self):
        """Another window on the same store keeps a text of its own, from what it read."""
        other = open_store(self.mine.store.path)
        article = self.random.choice(self.articles)
        with other.read() as reading:
            known = writing.open_text(reading, article)
        word = self.word()
        kept = replace(known.content, body=f"{known.content.body}\n\nElsewhere {word}.")
        writing.keep(other, article, kept, by=self.mine.reporter, known=known)
        self.typed[word] = article
        other.close()
        self.space.session.look_for_others()

    def kill(self):
        """The process is gone: what is on the disk is all there is, and what was undone is undone."""
        on_screen = set(WORD.findall(self.editor.text() + self.pane.headline.toPlainText()))
        here = {word for word, article in self.typed.items() if article == self.space.article.id}
        stored = self.stored()
        self.let_go(word for word in self.unsaved if word not in stored)
        self.let_go(here - on_screen)
        self.let_go(word for word in set(self.typed) - here if word not in stored)
        self.unsaved.clear()
        self.space.text._after_first.stop()
        self.space.text._is_dirty = False
        self.space.abandon()
        self.pane.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.mine.store.close()
        self.mine = Desk(open_store(self.mine.store.path), self.renderer)
        self.sit_down()

    def let_go(self, words):
        """Forgets words that may vanish now: what has them is no version, and will be written over."""
        kept = self.in_versions()
        for word in list(words):
            if word not in kept:
                self.typed.pop(word, None)

    # What must hold

    def in_versions(self):
        """Every word of every version."""
        with self.mine.store.read() as reading:
            contents = [one.content for article in self.articles for one in reading.revisions(article)]
        return {word for one in contents for word in WORD.findall(f"{one.headline}\n{one.body}")}

    def stored(self):
        """Every word in versions, working copies and what was kept of undo."""
        found = self.in_versions()
        with self.mine.store.read() as reading:
            for article in self.articles:
                if copy := reading.working_copy(article):
                    found |= set(WORD.findall(f"{copy.content.headline}\n{copy.content.body}"))
                found |= _words_of(writing.undo_steps(reading, article))
        return found

    def check(self):
        found = self.stored()
        found |= set(WORD.findall(f"{self.editor.text()}\n{self.pane.headline.toPlainText()}"))
        for sheet in (self.editor._documents.current, *self.editor._documents._kept.values()):
            history = sheet.document.history
            found |= _words_of((*history.done, *history.undone)) | set(WORD.findall(sheet.document.text))
        lost = {word: article for word, article in self.typed.items() if word not in found}
        assert not lost, (lost, self.told)


def _words_of(steps):
    return {word for step in steps for word in WORD.findall(f"{step.taken} {step.put}")}


def address_of(database, desk):
    """The address of a hub that knows the three people of a desk."""
    url = postgres.address(database)
    postgres.make(url, desk.store)
    for person in (desk.reporter, desk.editor, desk.chief):
        postgres.add_staff(url, person)
    return database
