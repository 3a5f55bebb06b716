"""Two desks and what goes between them by file, and the view of two versions."""

from dataclasses import replace

import pytest

import hubs
from make import content
from ovn_desk.domain.workflow import State, Step
from ovn_desk.sync import bundle, postgres
from ovn_desk.text.merge import Take
from ovn_desk.ui.sharing.take_in import TakeInDialog
from ovn_desk.usecases import article_list, commenting, store_settings, writing
from sharing import meet, newsroom

BODY = content().body


@pytest.fixture
def desks(tmp_path, renderer):
    with newsroom(tmp_path / "desks", renderer) as made:
        yield made


@pytest.fixture
def desk(desks):
    """The desk whose window it is; the other one is only a store."""
    return desks[0]


@pytest.fixture
def other(desks):
    return desks[1]


def two_versions(desk, other):
    """One story that both desks wrote on, in the same paragraph and in one each."""
    article = desk.draft(body="One.\n\nTwo.\n\nThree.")
    meet(desk, other)
    mine, theirs = "One here.\n\nTwo.\n\nThree, mine.", "One there.\n\nTwo, theirs.\n\nThree."
    for one, body in ((desk, mine), (other, theirs)):
        text = one.read(lambda reading: writing.text_of(reading, article))
        writing.keep(one.store, article, replace(text, body=body), by=one.reporter)
        writing.save(one.store, article, by=one.reporter)
    meet(desk, other)
    return article


def chip(window, desk, article):
    """The badge that the list has for an article."""
    number = article_list.row_number(desk.store, article)
    line = article_list.lines(desk.store, [number], person=desk.reporter.person)[number]
    return window.panes.articles.texts.make(line).badge


def test_two_versions_are_decided_thing_by_thing(qtbot, window, desk, other):
    article = two_versions(desk, other)
    window.features.articles.open(article)
    assert "2 versions" in window.panes.bar.text
    assert chip(window, desk, article) == "2 versions: decide"
    window.features.versions.decide()
    assert window.panes.middle.shows(window.panes.conflicts)
    assert not window.panes.preview.isVisible()
    (card,) = window.panes.conflicts.cards
    assert not window.panes.conflicts.button.isEnabled()
    card.choose(Take.BOTH)
    window.panes.conflicts.decide()
    body = window.workspace.text.content.body
    assert [line in body for line in ("One here.", "One there.", "Two, theirs.", "Three, mine.")] == [True] * 4
    assert len(desk.article(article).heads) == 1
    assert "versions" not in chip(window, desk, article)
    assert window.panes.middle.shows(window.panes.writing)
    assert window.panes.preview.isVisible()


def test_a_conflict_may_be_written(window, desk, other):
    article = two_versions(desk, other)
    window.features.articles.open(article)
    window.features.versions.decide()
    (card,) = window.panes.conflicts.cards
    card.choose(None)
    card.text.setPlainText("One, at last.")
    window.panes.conflicts.decide()
    assert desk.article(article).heads[1:] == ()
    assert window.workspace.text.content.body.startswith("One, at last.")


def test_nothing_is_approved_before_it_is_decided(window, desk, other):
    article = two_versions(desk, other)
    desk.step(article, Step.FILE, desk.reporter)
    desk.step(article, Step.TAKE, desk.editor)
    window.workspace.article.switch_person(desk.editor.person)
    window.features.articles.open(article)
    assert not window.workspace.article.may(Step.APPROVE)
    window.features.versions.decide()
    window.panes.conflicts.cards[0].choose(Take.MINE)
    window.panes.conflicts.decide()
    assert window.workspace.article.may(Step.APPROVE)


def test_filing_offers_the_file_to_hand_over(window, desk):
    article = desk.draft()
    window.features.articles.open(article)
    window.workspace.steps.take(Step.FILE)
    assert desk.article(article).state is State.FILED
    assert any(button.text() == "Hand over as a file…" for button in window.panes.bar._buttons)


def test_a_comment_made_on_the_other_desk_stands_here_once_it_came(qtbot, window, desk, other, tmp_path):
    article = desk.in_review()
    meet(desk, other)
    commenting.comment(other.store, article, "Who says so?", by=other.editor, must_fix=True)
    bundle.write(other.store, tmp_path / "b.ovnb", by=other.editor)
    window.features.articles.open(article)
    window.features.files.bring_in([tmp_path / "b.ovnb"])
    form = next(child for child in window.children() if isinstance(child, TakeInDialog))
    qtbot.waitUntil(lambda: form.button.isEnabled(), timeout=20_000)
    form.take()
    qtbot.waitUntil(lambda: "“Who says so?”" in window.panes.bar.text, timeout=20_000)
    window.panes.inspector.show_tab("review")
    qtbot.waitUntil(lambda: window.panes.review_side.comments.open_count == 1, timeout=20_000)


def test_the_window_names_once_who_carried_what_is_no_record_and_says_when_a_day_is_full(
    qtbot, window, desk, other, database
):
    url = postgres.address(database)
    postgres.make(url, desk.store)
    for person in (desk.reporter, desk.editor):
        postgres.add_staff(url, person.person)
    hubs.sync(other, database)
    junk = """INSERT INTO ovn.rows (kind, id, article, said, packed, signature)
              VALUES ('revision/2', repeat('0', 64), '', '{}', 'x', '')"""
    hubs.run(url.query["host"], junk, database=url.database, login="rana_malik")
    login = postgres.address(hubs.login(database, "ayesha_khan"))
    store_settings.set_hub_address(desk.store, postgres.without_password(login))
    bar, hub = window.panes.bar, window.features.sharing.hub

    hub.sync()
    qtbot.waitUntil(lambda: "1 record refused: it can not be unpacked. rana_malik carried it to the hub." in bar.text)
    hub.sync()
    qtbot.waitUntil(lambda: "This desk and the hub have the same" in bar.text)

    postgres.limit(url, {"records_a_day": 1})
    for number in range(2):
        desk.draft(headline=f"Story {number}")
    hub.sync()
    qtbot.waitUntil(lambda: "takes no more from you today: a login may send 1 records" in bar.text)
    assert hub.why_not == ""
