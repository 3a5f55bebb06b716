"""A copy brings back every text that was typed, into an empty home or a newsroom that went on; and nothing stale."""

from contextlib import closing
from dataclasses import replace

import pytest
import sqlcipher3.dbapi2 as driver

from make import Desk, content, newsroom
from ovn_desk.domain.errors import DeskError
from ovn_desk.store import open_store
from ovn_desk.usecases import (
    drafts,
    housekeeping,
    hub_password,
    recovering,
    restoring,
    store_settings,
    writing,
)
from ovn_desk.usecases.whereabouts import whereabouts


def type_on(desk, article, words, by=None):
    known = desk.read(writing.open_text, article)
    writing.keep(desk.store, article, replace(known.content, body=words), by=by or desk.reporter, known=known)


def texts_in(file):
    """Every body in a file's rows, read with SQLite alone."""
    with closing(driver.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        versions = connection.execute("SELECT json_extract(record, '$.content.body') FROM revisions").fetchall()
        unfinished = connection.execute("SELECT json_extract(content, '$.body') FROM working_copies").fetchall()
    return {row[0] for row in versions + unfinished}


@pytest.fixture
def home(tmp_path):
    (tmp_path / "home").mkdir()
    return tmp_path / "home" / "newsroom.ovn"


def recovered(home, copy, renderer):
    came = restoring.recover(home, copy)
    return came, Desk(open_store(home), renderer)


def test_a_copy_brings_everything_typed_into_an_empty_home(desk, tmp_path, home, renderer):
    first, second = desk.approved(headline="First"), desk.draft(headline="Second")
    typed = []
    for number in range(5):
        typed.append(f"Typed as number {number}.")
        type_on(desk, second, typed[-1])
        if number % 2:
            writing.save(desk.store, second, by=desk.reporter)
    copy = housekeeping.copy_away(desk.store, tmp_path)
    kept = {typed[1], typed[3], typed[4]}
    assert kept <= texts_in(copy)
    came, again = recovered(home, copy, renderer)
    with closing(again.store):
        assert texts_in(home) == texts_in(desk.store.path) >= kept
        assert set(came.stories) == {first, second}
        assert came.texts == (second,)
        assert came.words == sum(
            again.read(lambda reading, one: reading.row(one), one).words for one in (first, second)
        )
        assert not list(home.parent.glob("*-keys/*.key")), "keys are in no copy"
        assert again.read(recovering.unfinished_texts, by=desk.reporter.person)[0].written.body == typed[-1]


def test_what_a_newsroom_lacks_comes_back_with_its_unfinished_text(desk, tmp_path, home, renderer):
    old = housekeeping.back_up(desk.store, to=tmp_path / "old")
    article = desk.draft(headline="Written after the old copy")
    type_on(desk, article, "The last sentence.")
    new = housekeeping.back_up(desk.store, to=tmp_path / "new")
    _, again = recovered(home, old, renderer)
    with closing(again.store):
        came = restoring.restore(again.store, new)
        assert (came.stories, came.texts, came.left) == ((article,), (article,), ())
        assert again.read(writing.text_of, article).body == "The last sentence."
        assert str(came.sentences[0]).startswith("1 story came back, with")
        assert restoring.restore(again.store, new).is_nothing


def test_a_text_that_was_written_on_with_is_not_brought_back_stale(desk, tmp_path):
    article = desk.draft()
    type_on(desk, article, "Half a thought")
    copy = housekeeping.back_up(desk.store, to=tmp_path)
    type_on(desk, article, "Half a thought, and the rest of it.")
    came = restoring.restore(desk.store, copy, by=desk.reporter)
    assert (came.texts, came.beside, came.left) == ((), (), (article,))
    writing.save(desk.store, article, by=desk.reporter)
    came = restoring.restore(desk.store, copy, by=desk.reporter)
    assert (came.texts, came.left) == ((), (article,))
    assert desk.read(writing.text_of, article).body == "Half a thought, and the rest of it."


def test_a_draft_that_was_discarded_since_stays_discarded(desk, tmp_path):
    article = desk.draft()
    type_on(desk, article, "Words in the copy.")
    copy = housekeeping.back_up(desk.store, to=tmp_path)
    writing.save(desk.store, article, by=desk.reporter)
    drafts.discard(desk.store, [article], by=desk.reporter)
    restoring.restore(desk.store, copy)
    assert desk.read(lambda reading: reading.discarded_at(article))


def test_two_texts_that_were_typed_apart_are_both_kept(desk, tmp_path, home, renderer):
    article = desk.draft()
    old = housekeeping.back_up(desk.store, to=tmp_path / "old")
    type_on(desk, article, "Typed before the laptop was lost.")
    new = housekeeping.back_up(desk.store, to=tmp_path / "new")
    _, again = recovered(home, old, renderer)
    with closing(again.store):
        type_on(again, article, "Typed on the new laptop.", by=desk.reporter)
        came = restoring.restore(again.store, new)
        assert came.left == (article,), "without a key nothing can become a version"
        came = restoring.restore(again.store, new, by=desk.reporter)
        assert came.beside == (article,)
        writing.save(again.store, article, by=desk.reporter)
        assert {"Typed before the laptop was lost.", "Typed on the new laptop."} <= texts_in(home)
        assert len(again.article(article).heads) == 2


def test_what_was_decided_since_stays_decided(desk, tmp_path):
    article = desk.in_review()
    copy = housekeeping.back_up(desk.store, to=tmp_path)
    desk.approve(article)
    before = desk.article(article)
    restoring.restore(desk.store, copy, by=desk.reporter)
    assert desk.article(article) == before


def test_a_desk_that_was_recovered_knows_what_its_copy_holds(desk, tmp_path, home, renderer):
    desk.draft()
    copy = housekeeping.back_up(desk.store, to=tmp_path)
    _, again = recovered(home, copy, renderer)
    with closing(again.store):
        (copy_it_came_from,) = again.read(whereabouts).copies
    assert copy_it_came_from.has_everything
    assert copy_it_came_from.is_same_disk, "it is lost with this laptop"


def test_what_came_out_of_a_copy_is_not_said_to_be_on_this_laptop_alone(desk, tmp_path, home, renderer):
    """Into a newsroom that went on, of which the copy has one part and this laptop another."""
    old = housekeeping.back_up(desk.store, to=tmp_path / "old")
    article = desk.draft(headline="In the new copy")
    type_on(desk, article, "The last sentence.")
    new = housekeeping.back_up(desk.store, to=tmp_path / "new")
    _, again = recovered(home, old, renderer)
    with closing(again.store):
        added = writing.start(again.store, content(headline="Begun here"), by=desk.reporter)
        restoring.restore(again.store, new)
        where = again.read(whereabouts)
        assert set(where.only_here) == {added}
        copy = where.copy_in(tmp_path / "new")
        assert set(copy.lacks) == {added}
        type_on(again, article, "The last sentence, written on.", by=desk.reporter)
        assert again.read(whereabouts).only_here[article].text_since


def test_what_is_damaged_in_a_copy_is_not_said_to_be_in_it(desk, tmp_path):
    article = desk.draft(body="Whole here.")
    copy = housekeeping.back_up(desk.store)
    stick = tmp_path / "stick"
    stick.mkdir()
    file = stick / copy.name
    file.write_bytes(copy.read_bytes())
    with closing(driver.connect(file)) as connection:
        for (trigger,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        connection.execute("UPDATE revisions SET record = replace(record, 'Whole here.', 'Other words.')")
        connection.commit()
    restoring.restore(desk.store, file)
    assert desk.read(whereabouts).only_here[article].versions == 1


def test_of_another_newsroom_nothing_comes(desk, tmp_path):
    other = newsroom(tmp_path / "other.ovn")
    with closing(other):
        copy = housekeeping.back_up(other, to=tmp_path / "stick")
    with pytest.raises(DeskError, match="another newsroom"):
        restoring.restore(desk.store, copy)


def test_a_new_home_says_nothing_of_the_hub_that_was_so_on_the_other_computer(desk, tmp_path, home, renderer):
    account = "rana@hub.example:5432/news"
    hub_password.keep(desk.store, account, "secret", key=desk.reporter.key)
    with desk.store.begin() as tx:
        tx.set_setting(store_settings.SYNCED_AT, "2026-07-10T12:00:00+00:00")
    copy = housekeeping.copy_away(desk.store, tmp_path)
    _, again = recovered(home, copy, renderer)
    with closing(again.store):
        assert store_settings.synced_at(again.store) is None
        assert hub_password.find(again.store, account, key=None).keeping is hub_password.Keeping.NOWHERE
