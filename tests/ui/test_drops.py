"""Files dropped or pasted anywhere on the window are taken for what they are, and never become their address."""

import shutil

import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest

from ovn_desk.sync import bundle
from ovn_desk.ui.sharing.take_in import TakeInDialog
from ovn_desk.ui.startup.first_start import FirstStart
from ovn_desk.ui.state.incoming_files import FileKind, kind_of
from ovn_desk.usecases import housekeeping, joining
from photos import photo
from sharing import newsroom

PLACES = {
    "text": lambda window: window.panes.writing.editor,
    "headline": lambda window: window.panes.writing.headline,
    "standfirst": lambda window: window.panes.writing.standfirst,
    "list": lambda window: window.panes.articles.view,
    "page": lambda window: window.panes.preview,
    "inspector": lambda window: window.panes.inspector,
    "top bar": lambda window: window.panes.top_bar,
    "status bar": lambda window: window.panes.status_bar,
}


@pytest.fixture
def desks(tmp_path, renderer):
    with newsroom(tmp_path / "desks", renderer) as made:
        yield made


@pytest.fixture
def desk(desks):
    return desks[0]


@pytest.fixture
def opened(qtbot, window, desk):
    """The window with a story open, as wide as everything needs."""
    window.resize(1500, 900)
    window.features.articles.open(desk.draft(headline="The rail groups", body="The first paragraph."))
    qtbot.waitUntil(window.isVisible)
    return window


def drop(window, widget, *files, place=None):
    """Drops files on a widget as the computer does: through the window's own `QWindow`."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    point = widget.mapTo(window, place or widget.rect().center())
    copy, left, plain = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    handle = window.windowHandle()
    enter = QDragEnterEvent(point, copy, data, left, plain)
    QCoreApplication.sendEvent(handle, enter)
    move = QDragMoveEvent(point, copy, data, left, plain)
    QCoreApplication.sendEvent(handle, move)
    assert move.isAccepted()
    event = QDropEvent(QPointF(point), copy, data, left, plain)
    QCoreApplication.sendEvent(handle, event)
    assert event.isAccepted()


def texts(window):
    writing = window.panes.writing
    return writing.headline.text() + writing.standfirst.text() + writing.editor.text()


def test_what_a_colleague_handed_over_is_looked_at_wherever_it_falls(qtbot, opened, desks, tmp_path):
    desks[1].draft(headline="From the other laptop")
    bundle.write(desks[1].store, tmp_path / "b.ovnb", by=desks[1].editor)
    before = texts(opened)
    for name, place in PLACES.items():
        drop(opened, place(opened), tmp_path / "b.ovnb")
        qtbot.waitUntil(lambda: opened.findChild(TakeInDialog) is not None)
        form = opened.findChild(TakeInDialog)
        qtbot.waitUntil(form.button.isEnabled)
        assert texts(opened) == before, name
        form.close()
        form.setParent(None)
        form.deleteLater()


def test_a_story_is_imported_wherever_it_falls(qtbot, opened, tmp_path):
    (tmp_path / "night-trains.md").write_text("# Night trains come back\n\nThey run again.", encoding="utf-8")
    drop(opened, opened.panes.writing.editor, tmp_path / "night-trains.md")
    qtbot.waitUntil(lambda: opened.workspace.text.content.headline == "Night trains come back")
    assert "file:" not in texts(opened)


def test_a_picture_goes_into_the_story_wherever_it_falls(qtbot, opened, tmp_path):
    for number, place in enumerate(("text", "headline", "page"), start=1):
        (tmp_path / f"pump-{number}.jpg").write_bytes(photo((120, 80 + number)))
        drop(opened, PLACES[place](opened), tmp_path / f"pump-{number}.jpg")
        qtbot.waitUntil(lambda number=number: opened.panes.writing.editor.text().count("![](image:") == number)
    assert "file:" not in texts(opened)


def test_of_a_copy_of_the_newsroom_it_is_asked_whether_to_bring_back_what_is_missing(qtbot, opened, desks, tmp_path):
    missing = desks[1].draft(headline="Only in the copy")
    copy = housekeeping.back_up(desks[1].store, to=tmp_path)
    drop(opened, opened.panes.writing.editor, copy)
    bar = opened.panes.bar
    qtbot.waitUntil(lambda: "is a copy of a newsroom" in bar.text)
    bar._buttons[0].click()
    qtbot.waitUntil(lambda: "came back" in bar.text)
    assert desks[0].article(missing)


def test_what_the_desk_can_not_read_is_said(qtbot, opened, tmp_path):
    (tmp_path / "report.pdf").write_bytes(b"%PDF-1.7")
    before = texts(opened)
    drop(opened, opened.panes.writing.editor, tmp_path / "report.pdf")
    qtbot.waitUntil(lambda: "report.pdf" in opened.panes.bar.text)
    assert texts(opened) == before


def test_a_file_dropped_on_a_field_of_a_source_is_attached_to_it(qtbot, opened, tmp_path):
    (tmp_path / "notice.pdf").write_bytes(b"%PDF-1.7")
    opened.actions_by_name["source.add"].trigger()
    sheet = opened.panes.details.sources.editing.sheet
    field = sheet.parts.fields.lines["name"]
    qtbot.waitUntil(field.isVisible)
    drop(opened, field, tmp_path / "notice.pdf")
    assert field.text() == ""
    qtbot.waitUntil(lambda: bool(sheet.parts.files.files))


def test_a_file_that_is_pasted_is_taken_in_like_one_that_is_dropped(qtbot, opened, tmp_path):
    for number, place in enumerate(("text", "headline", "standfirst")):
        file = tmp_path / f"trains-{number}.md"
        file.write_text(f"# Night trains {number}\n\nThey run again.", encoding="utf-8")
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file))])
        data.setText(str(file))
        QGuiApplication.clipboard().setMimeData(data)
        QTest.keyClick(PLACES[place](opened), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda n=number: opened.workspace.text.content.headline == f"Night trains {n}")
        assert "trains-" not in texts(opened)


def test_an_invitation_is_used_only_when_that_is_wanted(qtbot, opened, desk, tmp_path):
    invited = joining.invite(desk.store, "Sana Ahmed", by=desk.chief)
    (tmp_path / "sana.ovn-invitation").write_text(joining.write_file(desk.store, invited), encoding="utf-8")
    drop(opened, opened.panes.preview, tmp_path / "sana.ovn-invitation")
    bar, session = opened.panes.bar, opened.workspace.session
    qtbot.waitUntil(lambda: "invites Sana Ahmed" in bar.text)
    assert session.person.name == "Rana Malik"
    bar._buttons[0].click()
    qtbot.waitUntil(lambda: session.person.name == "Sana Ahmed")


def test_before_there_is_a_newsroom_a_file_leads_to_what_it_is_for(qtbot, desk, tmp_path):
    bundle.write(desk.store, tmp_path / "b.ovnb", by=desk.editor)
    copy = housekeeping.back_up(desk.store, to=tmp_path)
    (tmp_path / "story.md").write_text("# Night trains come back", encoding="utf-8")
    welcome = FirstStart(tmp_path / "new" / "newsroom.ovn")
    qtbot.addWidget(welcome)
    welcome.show()
    drop(welcome, welcome, tmp_path / "story.md")
    qtbot.waitUntil(lambda: "story.md can come in once there is a newsroom" in welcome.complaint)
    drop(welcome, welcome, copy)
    qtbot.waitUntil(lambda: welcome.currentWidget() in welcome.copy_form.pages)
    drop(welcome, welcome, tmp_path / "b.ovnb")
    qtbot.waitUntil(lambda: welcome.currentWidget() in welcome.join_form.pages)


def test_ours_are_known_under_any_name(desk, tmp_path):
    bundle.write(desk.store, tmp_path / "open.ovnb", by=desk.editor)
    bundle.write(desk.store, tmp_path / "sealed.ovnb", by=desk.editor, sealed_to=desk.chief.person)
    copy = housekeeping.back_up(desk.store, to=tmp_path)
    invited = joining.invite(desk.store, "Sana Ahmed", by=desk.chief)
    (tmp_path / "sana.ovn-invitation").write_text(joining.write_file(desk.store, invited), encoding="utf-8")
    made = {
        tmp_path / "open.ovnb": FileKind.HANDED_OVER,
        tmp_path / "sealed.ovnb": FileKind.HANDED_OVER,
        copy: FileKind.COPY,
        tmp_path / "sana.ovn-invitation": FileKind.INVITATION,
    }
    for file, kind in made.items():
        for name in ("sana", f"{file.name}.txt", f"{file.name}.download", "story.docx"):
            renamed = tmp_path / "renamed" / name
            renamed.parent.mkdir(exist_ok=True)
            shutil.copy(file, renamed)
            assert kind_of(renamed) is kind
    assert kind_of(tmp_path / "nowhere.pdf") is FileKind.STORY


def test_a_file_sealed_for_somebody_else_says_for_whom(qtbot, opened, desk, desks, tmp_path):
    keys = [path for path in desk.store.path.with_name("desk0-keys").iterdir() if desk.chief.key.id in path.name]
    bundle.write(desks[1].store, tmp_path / "b.ovnb", by=desks[1].editor, sealed_to=desk.chief.person)
    for path in keys:
        path.unlink()
    drop(opened, opened.panes.writing.editor, tmp_path / "b.ovnb")
    qtbot.waitUntil(lambda: opened.findChild(TakeInDialog) is not None)
    form = opened.findChild(TakeInDialog)
    assert "sealed for Bilal Ahmed" in form.verdict.text()
    assert form.tree.isHidden()
    form.close()
