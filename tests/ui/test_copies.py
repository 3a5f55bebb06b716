"""What the window says of copies is what the rows and the copies' own files say, and the one file is whole."""

import re
import shutil
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from sqlalchemy import make_url

import hubs
from ovn_desk.sync import postgres
from ovn_desk.ui.dialogs.copies import CopiesDialog
from ovn_desk.ui.state.copy_words import CopyWords
from ovn_desk.usecases import housekeeping, merging, store_settings, writing
from ovn_desk.usecases.whereabouts import Lack, Place, Whereabouts

NOW = datetime(2026, 11, 28, 22, 5, tzinfo=UTC)


def texts_in(file):
    with closing(driver.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        found = connection.execute("SELECT json_extract(record, '$.content.body') FROM revisions").fetchall()
        found += connection.execute("SELECT json_extract(content, '$.body') FROM working_copies").fetchall()
    return {row[0] or "" for row in found}


def says(window):
    return window.panes.status_bar.backup.text()


def log_size(store):
    log = store.path.with_name(store.path.name + "-wal")
    return log.stat().st_size if log.exists() else 0


def test_the_one_file_copied_while_the_window_is_open_and_idle_is_whole(qtbot, window, desk, tmp_path):
    article = desk.draft(body="")
    window.features.articles.open(article)
    qtbot.keyClicks(window.panes.writing.editor, "Typed and never saved as a version.")
    copied = tmp_path / "by-hand.ovn"

    def is_whole():
        if log_size(desk.store):
            return False
        shutil.copyfile(desk.store.path, copied)
        return any("Typed and never saved" in text for text in texts_in(copied))

    qtbot.waitUntil(is_whole)


def test_the_status_line_follows_each_key_and_each_copy(qtbot, window, desk, tmp_path):
    article = desk.draft(body="")
    qtbot.waitUntil(lambda: says(window) == "No copy off this laptop yet. Choose a disk…")
    window.features.articles.open(article)
    place = tmp_path / "USB-STICK"
    place.mkdir()
    window.workspace.preferences.set(second_place=str(place))
    window.features.copies.copy_away()
    kept = r"Everything is in the copy on USB-STICK, on this laptop’s own disk \(\d\d:\d\d\)"
    qtbot.waitUntil(lambda: bool(re.fullmatch(kept, says(window))))
    qtbot.keyClicks(window.panes.writing.editor, "x")
    assert re.fullmatch(r"Text since \d\d:\d\d only on this laptop", says(window)), "at once, before it is kept"
    qtbot.waitUntil(lambda: not window.workspace.text.is_unsaved and desk.read(writing.text_of, article).body == "x")
    assert says(window).startswith("Text since")
    tooltip = window.panes.articles.model.index(0).data(Qt.ItemDataRole.ToolTipRole) or ""
    assert "only on this laptop" in tooltip or window.panes.articles.model.rowCount() != 1
    assert "Not in the copy on USB-STICK" in window.panes.history.where.text()
    window.features.copies.copy_away()
    qtbot.waitUntil(lambda: says(window).startswith("Everything is in the copy on USB-STICK"))
    assert "not saved as a version" in window.panes.history.where.text()
    qtbot.keyClick(window.panes.writing.editor, "s", Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: says(window).startswith("1 story changed since the copy on USB-STICK"))


def test_the_list_of_what_is_only_here_opens_a_story(qtbot, window, desk, tmp_path):
    place = tmp_path / "stick"
    place.mkdir()
    housekeeping.copy_away(desk.store, place)
    article = desk.draft(headline="Written since")
    state = window.features.copies.state
    qtbot.waitUntil(lambda: state.where is not None and bool(state.where.only_here))
    window.actions_by_name["copies.where"].trigger()
    dialog = window.findChild(CopiesDialog)
    assert dialog.places.text().startswith("The copy in")
    assert dialog.heading.text() == "In no copy"
    assert dialog.stories.item(0).text() == "Written since: 1 version"
    dialog.stories.setCurrentRow(0)
    dialog.stories.itemActivated.emit(dialog.stories.item(0))
    qtbot.waitUntil(lambda: window.workspace.article.id == article)


def test_a_newsroom_that_was_not_changed_since_its_copy_is_not_warned_of_its_age(qtbot, window, desk, tmp_path):
    place = tmp_path / "stick"
    place.mkdir()
    window.workspace.preferences.set(second_place=str(place))
    housekeeping.copy_away(desk.store, place)
    with desk.store.begin() as tx:
        tx.connection.exec_driver_sql(
            "UPDATE settings SET value = json_set(value, '$.at', '2020-01-01T00:00:00.000+00:00') "
            "WHERE name LIKE 'held at %'"
        )
    window.features.copies.state.ask()
    qtbot.waitUntil(lambda: "2020" in says(window))
    assert not window.panes.bar.isVisible()
    desk.draft(headline="Later")
    qtbot.waitUntil(lambda: "does not have everything" in window.panes.bar.text)


def test_that_there_is_no_copy_is_said_until_there_is_one_whoever_made_it(qtbot, window, desk, tmp_path):
    desk.draft()
    place = tmp_path / "stick"
    place.mkdir()
    window.workspace.preferences.set(second_place=str(place))
    window.features.copies.state.ask()
    bar = window.panes.bar
    qtbot.waitUntil(lambda: bar.isVisible() and "There is no copy of this newsroom in" in bar.text)
    housekeeping.copy_away(desk.store, place)
    qtbot.waitUntil(lambda: not bar.isVisible())


@pytest.fixture
def hub(desk, database):
    """The address of the newsroom's hub, for the reporter, who needs no password here."""
    url = postgres.address(database)
    postgres.make(url, desk.store)
    made = hubs.login(database, postgres.add_staff(url, desk.reporter.person).login)
    store_settings.set_hub_address(desk.store, postgres.without_password(postgres.address(made)))
    return made


def at_hub(hub, article, folder):
    """The text that somebody gets who joins from the hub now."""
    folder.mkdir(exist_ok=True)
    store, _ = postgres.join(folder / "other.ovn", postgres.address(hub), settle=merging.combine)
    with closing(store), store.read() as reading:
        return writing.text_of(reading, article).body


def test_a_round_that_is_asked_for_carries_what_was_typed_and_says_so(qtbot, hub, window, desk, tmp_path):
    article = desk.draft(body="")
    window.features.articles.open(article)
    qtbot.waitUntil(lambda: "hub" in says(window))
    assert says(window) == "Nothing is at the hub yet"
    qtbot.keyClicks(window.panes.writing.editor, "Typed while the hub is away.")
    assert re.fullmatch(r"Text since \d\d:\d\d only on this laptop", says(window))
    window.features.sharing.hub.sync()
    qtbot.waitUntil(lambda: bool(re.fullmatch(r"Everything is at the hub \(\d\d:\d\d\)", says(window))))
    assert at_hub(hub, article, tmp_path) == "Typed while the hub is away."
    qtbot.keyClicks(window.panes.writing.editor, " More.")
    assert says(window).startswith("Text since")
    qtbot.waitUntil(lambda: desk.read(writing.text_of, article).body.endswith("More."))
    assert window.panes.writing.editor.toPlainText() == "Typed while the hub is away. More."


def test_a_round_that_is_asked_for_carries_what_a_desk_that_stopped_left_open_or_not(
    qtbot, hub, window, desk, tmp_path
):
    left = {desk.draft(headline=one): f"What was typed in {one}." for one in ("Open", "Shut")}
    for article, words in left.items():
        known = desk.read(writing.open_text, article)
        writing.keep(desk.store, article, replace(known.content, body=words), by=desk.reporter, known=known)
    window.features.articles.open(next(iter(left)))
    window.features.sharing.hub.sync()
    qtbot.waitUntil(lambda: "the hub have the same now" in window.panes.bar.text)
    qtbot.waitUntil(lambda: says(window).startswith("Everything is at the hub"))
    assert {at_hub(hub, article, tmp_path / article) for article in left} == set(left.values())
    assert window.panes.writing.editor.toPlainText() == "What was typed in Open."


def test_a_hub_that_lost_what_it_had_gets_it_again_and_that_is_said(qtbot, hub, window, desk):
    article = desk.draft()
    link, bar = window.features.sharing.hub, window.panes.bar
    link.sync()
    qtbot.waitUntil(lambda: says(window).startswith("Everything is at the hub"))
    url = make_url(hub)

    def run(statement):
        hubs.run(url.query["host"], statement, database=url.database)

    run("ALTER TABLE ovn.rows DISABLE TRIGGER USER")
    run(f"DELETE FROM ovn.rows WHERE article = '{article}'")
    run(f"DELETE FROM ovn.totals WHERE article = '{article}'")
    run("ALTER TABLE ovn.rows ENABLE TRIGGER USER")
    link.sync()
    qtbot.waitUntil(lambda: "The hub had lost 1 version or step" in bar.text)
    qtbot.waitUntil(lambda: says(window).startswith("Everything is at the hub"))


A, B = "a", "b"
HUB = Place("db.example.org", NOW - timedelta(minutes=2))
STICK = Place("USB-STICK", NOW - timedelta(minutes=35), folder=Path("/media/USB-STICK"))
TYPED = Lack(text_since=NOW - timedelta(minutes=7), since=NOW)


@pytest.mark.parametrize(
    ("where", "line"),
    [
        (Whereabouts(), "No copy off this laptop yet. Choose a disk…"),
        (Whereabouts((HUB,)), "Everything is at the hub (22:03)"),
        (Whereabouts((STICK,)), "Everything is in the copy on USB-STICK (21:30)"),
        (Whereabouts((HUB, STICK)), "Everything is at the hub (22:03) and in the copy on USB-STICK (21:30)"),
        (Whereabouts(only_here={A: TYPED}), "No copy off this laptop yet. Choose a disk…"),
        (Whereabouts((HUB,), only_here={A: TYPED}), "Text since 21:58 only on this laptop"),
        (Whereabouts((HUB,), only_here={B: TYPED}), "Text of 1 story only on this laptop"),
    ],
)
def test_each_line_says_what_is_so(qapp, where, line):
    assert CopyWords(where, NOW).line(A)[0] == line


def test_of_a_hub_that_does_not_answer_it_is_said_what_it_held(qapp):
    words = CopyWords(Whereabouts((HUB,)), NOW, is_hub_seen=False)
    assert words.line(A)[0] == "Everything was at the hub (22:03)"
    assert words.places() == ["The hub db.example.org, as it was (22:03): everything."]
    assert words.story(A) == "Its versions were at the hub (22:03)."
    both = CopyWords(Whereabouts((HUB, STICK)), NOW, is_hub_seen=False)
    assert both.line(A)[0] == "Everything was at the hub (22:03) and is in the copy on USB-STICK (21:30)"


@pytest.mark.parametrize(
    ("place", "nowhere"), [(STICK, "in no copy"), (HUB, "neither at the hub nor in a copy")], ids=["stick", "hub"]
)
def test_a_version_that_no_place_has_may_still_be_on_a_colleagues_laptop(qapp, place, nowhere):
    words = CopyWords(Whereabouts((place,), only_here={A: Lack(versions=3, since=NOW)}), NOW)
    said = [words.heading, words.account(), words.only_here(A), words.closing]
    assert not [one for one in said if "this laptop" in one]
    assert all(nowhere in one.lower() for one in said)


def test_text_that_is_no_version_is_on_no_other_laptop(qapp):
    words = CopyWords(Whereabouts((STICK,), only_here={A: TYPED}), NOW)
    assert words.heading == "Only on this laptop"
    assert "everything is only" not in CopyWords(Whereabouts(), NOW).account()


def test_a_copy_on_the_newsrooms_own_disk_is_said_to_be_there(qapp):
    beside = replace(STICK, is_same_disk=True)
    said, tone = CopyWords(Whereabouts((beside,)), NOW).line(A)
    assert (said, tone) == ("Everything is in the copy on USB-STICK, on this laptop’s own disk (21:30)", "warn")
    assert CopyWords(Whereabouts((beside, replace(STICK, name="other"))), NOW).line(A)[1] == ""
    assert "on this laptop’s own disk" in CopyWords(Whereabouts((beside,)), NOW).places()[0]


def test_a_folder_on_the_newsrooms_own_disk_is_asked_about_before_copies_go_there(window, monkeypatch, tmp_path):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    window.actions_by_name["copies.place"].trigger()
    assert "lost with this laptop" in window.panes.bar.text
    assert not window.workspace.preferences.value.second_place
    window.panes.bar._buttons[1].click()
    assert window.workspace.preferences.value.second_place == str(tmp_path)


def test_a_time_that_this_clock_says_is_to_come_is_not_said(qapp):
    later = Place("db.example.org", NOW + timedelta(hours=3))
    assert CopyWords(Whereabouts((later,)), NOW).line(None)[0] == "Everything is at the hub"
    typed = Lack(text_since=NOW + timedelta(hours=3))
    assert CopyWords(Whereabouts((HUB,), only_here={A: typed}), NOW).line(A)[0] == "Text that is only on this laptop"


def test_who_closes_while_the_hub_is_there_sends_first(qtbot, hub, window, desk, tmp_path):
    article = desk.draft(body="")
    window.features.articles.open(article)
    qtbot.keyClicks(window.panes.writing.editor, "The last words of the day.")
    with qtbot.waitSignal(window.closed):
        window.actions_by_name["app.quit"].trigger()
    assert at_hub(hub, article, tmp_path) == "The last words of the day."


def test_who_closes_without_the_hub_is_told_once_what_is_only_here(qtbot, hub, window, desk):
    link, bar = window.features.sharing.hub, window.panes.bar
    store_settings.set_hub_address(desk.store, "postgresql://nobody@127.0.0.1:1/none?sslmode=prefer")
    link.sync()
    qtbot.waitUntil(lambda: bool(link.why_not))
    article = desk.draft(headline="Only here")
    window.features.articles.open(article)
    window.actions_by_name["app.quit"].trigger()
    assert re.match(r"What was written in 1 story since \d\d:\d\d is neither at the hub nor in a copy\. ", bar.text)
    assert bar.text.endswith("Quitting again quits all the same.")
    assert [one.text() for one in bar._buttons] == ["Quit all the same", "Try the hub again"]
    assert window.isVisible()
    with qtbot.waitSignal(window.closed):
        window.actions_by_name["app.quit"].trigger()
