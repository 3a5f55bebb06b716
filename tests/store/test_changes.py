"""What is told after a COMMIT: which kinds of thing changed, where, and who asked."""

import pytest

from ovn_desk.domain.workflow import Step
from ovn_desk.store import Kind, open_store
from ovn_desk.store.changes import asking
from ovn_desk.usecases import commenting, housekeeping, people, restoring, writing


@pytest.fixture
def told(desk):
    heard = []
    desk.store.on_changes(heard.append)
    return heard


@pytest.mark.parametrize(
    ("act", "kinds"),
    [
        (lambda desk, article: desk.edit(article, desk.reporter, body="Other."), Kind.TEXTS),
        (lambda desk, article: desk.step(article, Step.FILE, desk.reporter), Kind.EVENTS),
        (lambda desk, article: commenting.comment(desk.store, article, "Who?", by=desk.editor), Kind.EVENTS),
        (lambda desk, _: people.replace_key(desk.store, desk.chief.person), Kind.ROSTER),
        (lambda desk, _: change_house(desk), Kind.HOUSE),
        (lambda desk, _: remember(desk), Kind.SETTINGS),
    ],
    ids=["edit", "file", "comment", "key", "house", "setting"],
)
def test_every_commit_says_what_kind_of_thing_came(desk, act, kinds):
    article = desk.draft()
    heard = []
    desk.store.on_changes(heard.append)
    act(desk, article)
    assert {one.kinds for one in heard} == {kinds}
    assert all(one.articles == ({article} if kinds in Kind.TEXTS | Kind.EVENTS else set()) for one in heard)


def change_house(desk):
    with desk.store.read() as reading:
        text = reading.house().text
    housekeeping.change_house(desk.store, text.replace("Checked. Twice.", "Checked."), by=desk.chief)


def remember(desk):
    with desk.store.begin() as tx:
        tx.set_setting("export folder", "/tmp")


def test_who_asked_is_named_and_only_there(desk, told):
    article, window = desk.draft(), object()
    with asking(window):
        writing.keep(desk.store, article, writing.Content(body="Typed."), by=desk.reporter)
    writing.save(desk.store, article, by=desk.reporter)
    assert [one.asked_by for one in told] == [None, window, None]


def test_own_commits_are_not_taken_for_those_of_another_process(desk, told):
    for _ in range(3):
        desk.draft()
    told.clear()
    assert not desk.store.notice_others()
    assert told == []


def test_what_another_process_writes_is_noticed_once_as_anything(desk, told):
    article = desk.draft()
    told.clear()
    other = open_store(desk.store.path)
    writing.keep(other, article, writing.Content(body="Elsewhere."), by=desk.reporter)
    assert desk.store.notice_others()
    assert not desk.store.notice_others()
    (heard,) = told
    assert heard.is_anything
    assert heard.may_touch(article)
    other.close()


def test_between_two_own_commits_that_of_another_process_is_still_noticed(desk):
    other = open_store(desk.store.path)
    desk.draft()
    writing.start(other, writing.Content(headline="Elsewhere"), by=desk.reporter)
    desk.draft()
    assert desk.store.notice_others()
    other.close()


def test_what_comes_back_from_a_copy_is_noticed(desk, tmp_path):
    before = housekeeping.back_up(desk.store, to=tmp_path / "before")
    desk.step(desk.draft(), Step.FILE, desk.reporter)
    copy = housekeeping.back_up(desk.store, to=tmp_path / "stick")
    restoring.recover(tmp_path / "other.ovn", before)
    other, told = open_store(tmp_path / "other.ovn"), []
    other.on_changes(told.append)
    assert restoring.restore(other, copy).records
    assert Kind.TEXTS | Kind.EVENTS in told[-1].kinds
    assert len(told[-1].articles) == 1
    other.close()
