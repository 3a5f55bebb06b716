"""Two desks and what goes between them by file, and the view of two versions."""

import pytest

import hubs
from make import content
from ovn_desk.domain.workflow import State, Step
from ovn_desk.sync import bundle, postgres
from ovn_desk.ui.sharing.take_in import TakeInDialog
from ovn_desk.usecases import commenting, store_settings
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
    qtbot.waitUntil(lambda: "1 record refused: it cannot be unpacked. rana_malik carried it to the hub." in bar.text)
    hub.sync()
    qtbot.waitUntil(lambda: "This desk and the hub have the same" in bar.text)

    postgres.limit(url, {"records_a_day": 1})
    for number in range(2):
        desk.draft(headline=f"Story {number}")
    hub.sync()
    qtbot.waitUntil(lambda: "takes no more from you today: a login may send 1 records" in bar.text)
    assert hub.why_not == ""
