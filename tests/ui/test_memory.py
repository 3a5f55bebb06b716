"""What a long day leaves behind: whatever is opened and closed again, as much lives as before."""

import gc
import sys
import weakref
from collections import Counter
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDialog, QMenu

from ovn_desk.domain.image import Image
from ovn_desk.ui.background.jobs import Worker
from ovn_desk.ui.editor import document_cache
from ovn_desk.ui.inspector.images import thumbnails
from ovn_desk.ui.inspector.images.thumbnails import Thumbnails
from ovn_desk.ui.main_window.memory import MemoryTrimmer
from ovn_desk.usecases import sourcing

pytestmark = pytest.mark.campaign

OURS = ("ovn_desk.", "PySide6.", "Qt ", "builtins.function", "builtins.method", "functools.partial", "builtins.cell")

LONGEST_PAUSE_MS = 2_000
"""Timers that run longer wait for something else than for a pause of whoever types."""

STEP = "ovn_desk.text.undo.Step"  # what was typed can be undone: those are counted and limited there


def living():
    """How many objects of each type there are: ours and Qt's, those that Python knows and those that are Qt's alone."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    windows = [top for top in QApplication.topLevelWidgets() if top.parent() is None]
    qt = [each for top in windows for each in (top, *top.findChildren(QObject))]
    kinds = Counter(f"Qt {each.metaObject().className()}" for each in qt)
    kinds.update(f"{type(each).__module__}.{type(each).__qualname__}" for each in gc.get_objects())
    return Counter({kind: number for kind, number in kinds.items() if kind.startswith(OURS) and kind != STEP})


def idle(qtbot):
    """Until no job is under way."""
    workers = [each for each in gc.get_objects() if isinstance(each, Worker) and shiboken6.isValid(each)]
    qtbot.waitUntil(lambda: not any(worker.is_busy for worker in workers))
    QApplication.processEvents()


def rest(qtbot):
    """Until no timer runs that waits for a pause of whoever types, and no job: either could still make something."""
    tops = QApplication.topLevelWidgets()
    pauses = [each for top in tops for each in top.findChildren(QTimer) if each.isSingleShot()]

    def waits(timer):
        return shiboken6.isValid(timer) and timer.isActive() and timer.interval() <= LONGEST_PAUSE_MS

    qtbot.waitUntil(lambda: not any(map(waits, pauses)))
    idle(qtbot)


def close_all(*kinds):
    for top in QApplication.topLevelWidgets():
        if isinstance(top, kinds) and top.isVisible():
            top.close()


def review(qtbot, window):
    window.features.review.toggle_changes()
    idle(qtbot)
    window.features.review.toggle_changes()


def budget(qtbot, window):
    window.features.planning.toggle_budget()
    window.features.planning.toggle_budget()


def export(qtbot, window):
    window.features.export.open_site()
    qtbot.waitUntil(lambda: not window.panes.export._pause.isActive())  # then it looks what would be written
    idle(qtbot)
    window.panes.middle.show_home()


def find(qtbot, window):
    window.panes.writing.find_bar.open(replacing=True)
    window.panes.writing.find_bar.words.setText("groups")
    window.panes.writing.find_bar._look()
    window.panes.writing.find_bar.put_away()


def palette(qtbot, window):
    for start in ("", ">", "@", "#", "~", "+", ":", "groups"):
        window.palette_box.open(start)
        window.palette_box.close()


def inspector(qtbot, window):
    for name in ("evidence", "review", "history", "details"):
        window.panes.inspector.show_tab(name)


def panes(qtbot, window):
    for name in ("view.inspector", "view.list", "view.preview"):
        window.actions_by_name[name].trigger()
        window.actions_by_name[name].trigger()
    window.features.view.toggle_alone()
    window.features.view.toggle_alone()


def dialogs(qtbot, window):
    features = window.features
    dialogs = (
        features.planning.show_plan,
        features.people.show_people,
        features.people.show_house,
        *(
            window.actions_by_name[name].trigger
            for name in ("app.preferences", "help.keys", "help.guide", "help.about")
        ),
    )
    for show in dialogs:
        show()
        close_all(QDialog)
    window.features.sharing.hand_over()
    close_all(QDialog)


def sources(qtbot, window):
    window.features.sources.add()
    window.features.sources.open("dawn-rail")
    window.panes.details.sources.editing.leave()
    window.panes.details.sources.editing.finish()  # what is counted beside the window makes tuples while it is measured


def files(qtbot, window):
    for attachment in window.attached:
        window.panes.details.sources.editing._show_file(attachment)
        window.panes.details.sources.editing.sheet.show_fields()


def persons(qtbot, window):
    with window.workspace.session.store.read() as reading:
        staff = reading.staff()
    for person in sorted(staff, key=lambda one: one.role == "chief"):
        window.workspace.article.switch_person(person)


def theme(qtbot, window):
    window._follow_theme()


def articles(qtbot, window):
    for article in window.articles:
        window.features.articles.open(article)
        idle(qtbot)


def lists(qtbot, window):
    for words in ("groups", "nothing has these words", ""):
        window.panes.articles.filter_bar.field.setText(words)
        window.panes.articles.reload()


def questions(qtbot, window):
    window.panes.bar.say("Done.", answers=[("Undo", lambda _: None)])
    window.panes.bar.ask("Why?", answers=[("Waive", lambda _: None)])
    window.panes.bar.put_away()


def comments(qtbot, window):
    window.panes.writing.editor.select(0, 3)
    window.features.review.comment_on_selection()
    qtbot.keyClick(window.panes.review_side.comments.box.text, Qt.Key.Key_Escape)


def preferences(qtbot, window):
    for name in ("is_spelling", "is_focused", "is_typewriting"):
        for _ in (1, 2):
            window.workspace.preferences.set(**{name: not getattr(window.workspace.preferences.value, name)})


def spelling(qtbot, window):
    window.panes.writing.spelling.suggest()
    idle(qtbot)
    close_all(QMenu)


def claims(qtbot, window):
    window.features.claims.go(1)
    window.panes.evidence.select(None)


def typing(qtbot, window):
    qtbot.keyClicks(window.panes.writing.editor, "[@da")
    for _ in range(4):
        qtbot.keyClick(window.panes.writing.editor, Qt.Key.Key_Backspace)
    window.workspace.text.flush()
    idle(qtbot)


THINGS = (
    review,
    budget,
    export,
    find,
    palette,
    inspector,
    panes,
    dialogs,
    sources,
    files,
    persons,
    theme,
    articles,
    lists,
    questions,
    comments,
    preferences,
    spelling,
    claims,
    typing,
)


TIMES = 15
ONCE = 6
"""So many may be made by the way and for good: what each time leaves one of is more."""


@pytest.mark.parametrize("thing", THINGS, ids=lambda thing: thing.__name__)
def test_whatever_is_opened_and_closed_again_leaves_nothing_behind(qtbot, window, desk, space, tmp_path, thing):
    body = "The groupz met in July. They spent $2 billion [@dawn-rail]."
    window.articles = [desk.draft(headline=f"Article {number}", body=body) for number in range(3)]
    desk.approved()
    (tmp_path / "note.txt").write_text("What was said.", encoding="utf-8")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\nbroken")
    window.attached = [sourcing.attach(desk.store, tmp_path / name) for name in ("note.txt", "broken.pdf")]
    with desk.store.begin() as tx:
        tx.set_setting("export folder", str(tmp_path / "site"))
    space.article.switch_person(desk.chief.person)
    window.features.articles.open(window.articles[0])
    for _ in range(2):
        thing(qtbot, window)
    for _ in range(2):  # what is made once, as a type of Qt's when it is first touched, comes no second time
        rest(qtbot)
        before = living()
        for _ in range(TIMES):
            thing(qtbot, window)
        rest(qtbot)
        more = {kind: number for kind, number in (living() - before).items() if number > ONCE}
        if not more:
            return
    assert more == {}


def anonymous_mb():
    """The memory of this process that is no file's, in MB."""
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("Anonymous:"))


@pytest.mark.skipif(sys.platform != "linux", reason="how much memory a process has is read from Linux")
def test_each_key_in_a_long_text_leaves_no_copy_of_it(qtbot, window, desk):
    body = "\n\n".join(f"{number}. " + "The groups met in Julÿ “again”. " * 20 for number in range(200))  # 270 KB
    window.features.articles.open(desk.draft(body=body))

    def type_on(keys):
        for _ in range(keys):
            qtbot.keyClick(window.panes.writing.editor, "x")
            window.panes.writing.editor.settle()
            QApplication.processEvents()
        window.workspace.text.flush()
        idle(qtbot)
        gc.collect()
        trimmer.trim()

    trimmer = MemoryTrimmer(window.workspace.article, window.workspace.text)
    type_on(20)
    before = anonymous_mb()
    type_on(80)
    assert anonymous_mb() - before < 12


@pytest.mark.skipif(sys.platform != "linux", reason="only the C library of Linux can be asked to")
def test_memory_that_is_free_goes_back_to_the_system(qtbot, space):
    pieces = [bytearray(100_000) for _ in range(600)]
    kept = pieces[::50]
    pieces.clear()
    before = anonymous_mb()
    MemoryTrimmer(space.article, space.text).trim()
    assert anonymous_mb() < before - 30
    assert len(kept) == 12


def test_a_text_too_long_to_be_kept_comes_back_with_its_cursor_and_its_undo(qtbot, window, desk, space, monkeypatch):
    monkeypatch.setattr(document_cache, "_MOST_LETTERS", 1_000)
    long, short = desk.draft(body="A sentence. " * 100), desk.draft(body="Short.")
    window.features.articles.open(long)
    window.panes.writing.editor.go_to(1, 12)
    qtbot.keyClicks(window.panes.writing.editor, "typed ")
    text, place = window.panes.writing.editor.text(), window.panes.writing.editor.textCursor().position()
    window.panes.writing.editor.undo()
    for article in (short, long):
        document = weakref.ref(window.panes.writing.editor.document())
        window.features.articles.open(article)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
        assert (document() is None) == (article == short)
    window.panes.writing.editor.redo()
    assert window.panes.writing.editor.text() == text
    assert window.panes.writing.editor.textCursor().position() == place
    window.panes.writing.editor.undo()
    assert window.panes.writing.editor.text() == "A sentence. " * 100


def test_no_more_small_pictures_are_kept_than_have_room(qtbot, store, monkeypatch):
    monkeypatch.setattr(thumbnails, "_MOST_BYTES", 10 * 4 * 100)
    monkeypatch.setattr(thumbnails, "_make_thumbnail", lambda *_: QImage(10, 10, QImage.Format.Format_RGB32))
    made, shown = Thumbnails(store), []
    for number in range(50):
        made.ask(Image(sha256=f"{number}"), QSize(10, 10), ratio=1, done=shown.append, refused=shown.append)
    qtbot.waitUntil(lambda: len(shown) == 50)
    assert len(made._made) == 10
    made.finish()
