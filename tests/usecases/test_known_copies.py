"""What is said of a copy before it is restored is what it holds, and what restoring it would bring."""

import shutil
from contextlib import closing
from dataclasses import replace

import pytest

from make import Desk, newsroom
from ovn_desk.domain.errors import DeskError
from ovn_desk.store import backup, open_store
from ovn_desk.usecases import housekeeping, known_copies, restoring, writing
from ovn_desk.usecases.known_copies import CopyAmount
from ovn_desk.usecases.whereabouts import whereabouts


def type_on(desk, article, words):
    known = desk.read(writing.open_text, article)
    writing.keep(desk.store, article, replace(known.content, body=words), by=desk.reporter, known=known)


@pytest.fixture
def stick(tmp_path):
    (tmp_path / "STICK").mkdir()
    return tmp_path / "STICK"


def test_what_a_copy_has_and_this_desk_has_not_is_what_it_brings(desk, stick, renderer, tmp_path):
    article = desk.draft(headline="Here and there")
    (tmp_path / "other").mkdir()
    there = tmp_path / "other" / "newsroom.ovn"
    shutil.move(housekeeping.back_up(desk.store, to=tmp_path / "by-hand"), there)
    with closing(open_store(there)) as store:
        theirs = Desk(store, renderer)
        second = writing.start(store, theirs.read(writing.text_of, article), by=desk.reporter)
        type_on(replace_store(desk, store), second, "Typed there, no version.")
        copy = housekeeping.copy_away(store, stick)
    account = known_copies.take_stock(copy, desk.store)
    assert account.lacking_here == CopyAmount(stories=1, versions=1, texts=1)
    assert account.holds.texts == 1
    came = restoring.restore(desk.store, copy, by=desk.reporter)
    assert (came.stories, came.texts) == ((second,), (second,))
    assert not known_copies.take_stock(copy, desk.store).lacking_here


def replace_store(desk, store):
    """The same people at another store."""
    made = object.__new__(Desk)
    made.__dict__.update(desk.__dict__)
    made.store = store
    return made


def test_a_text_that_says_what_a_version_says_is_no_unfinished_one(desk, stick):
    """As after a word was typed and taken out again."""
    article = desk.draft(body="As it was.")
    type_on(desk, article, "As it was, and more.")
    type_on(desk, article, "As it was.")
    typed = desk.draft(headline="Typed on")
    type_on(desk, typed, "More.")
    copy = housekeeping.copy_away(desk.store, stick)
    assert known_copies.take_stock(copy, desk.store).holds.texts == 1


def test_copies_are_known_beside_the_newsroom_in_the_folders_named_and_wherever_one_was_made(desk, stick, tmp_path):
    beside, away = housekeeping.back_up(desk.store), housekeeping.copy_away(desk.store, stick)
    found = known_copies.find_copies(desk.store.path, [tmp_path / "not plugged in"], desk.store)
    assert [copy.file for copy in found.copies] == [away, beside]
    assert [copy.is_beside for copy in found.copies] == [False, True]
    assert found.away == (tmp_path / "not plugged in",)


def test_a_copy_of_another_newsroom_and_a_file_that_is_none_are_told_apart(desk, stick, tmp_path):
    with closing(newsroom(tmp_path / "other" / "newsroom.ovn")) as other:
        foreign = housekeeping.copy_away(other, stick)
    assert known_copies.take_stock(foreign, desk.store).is_foreign
    (stick / "bad.ovn").write_bytes(b"no store at all")
    with pytest.raises(DeskError, match=r"bad\.ovn"):
        known_copies.take_stock(stick / "bad.ovn", desk.store)


def test_the_copy_that_a_newsroom_came_back_from_counts_as_a_copy_of_it(desk, stick, tmp_path):
    desk.draft(headline="Kept")
    copy = housekeeping.copy_away(desk.store, stick)
    (tmp_path / "home").mkdir()
    home = tmp_path / "home" / "newsroom.ovn"
    restoring.recover(home, copy)
    with closing(open_store(home)) as store, store.read() as reading:
        (place,) = whereabouts(reading).places
    assert (place.folder, place.has_everything, place.is_same_disk) == (stick, True, True)


def test_a_copy_beside_the_newsroom_counts_as_none_off_this_laptop(desk, tmp_path):
    desk.draft(headline="Kept")
    made = housekeeping.back_up(desk.store)
    (tmp_path / "home").mkdir()
    home = tmp_path / "home" / "newsroom.ovn"
    beside = backup.folder_for(home)
    beside.mkdir()
    made.replace(beside / made.name)
    restoring.recover(home, beside / made.name)
    with closing(open_store(home)) as store, store.read() as reading:
        assert whereabouts(reading).places == ()
