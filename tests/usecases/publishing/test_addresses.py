"""A page's address is for ever: whatever is done afterwards, and on whatever desk, a reader's link holds."""

import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import sharing
from clock import at_most
from effort import examples
from ovn_desk.domain.errors import DeskError, StepRefused
from ovn_desk.domain.evidence import CorrectionKind
from ovn_desk.domain.workflow import Address, State, Step
from ovn_desk.sync import bundle
from ovn_desk.usecases import housekeeping, publishing, recording, restoring, reviewing
from ovn_desk.usecases.publishing import moving
from ovn_desk.usecases.publishing.addressing import AddressBook

PAGE = "2025/07/rail-groups-to-meet-in-baku.html"
SECOND = "2025/07/rail-groups-to-meet-in-baku-2.html"
CANONICAL = re.compile(r'<link rel="canonical" href="https://post.example/([^"]+)"')
IS_PAGE = re.compile(r"[0-9]{4}/[0-9]{2}/[^/]+\.html")


def export(desk, folder, **options):
    return publishing.export(
        desk.store, publishing.ExportRequest(None, folder, **options), by=desk.editor, renderer=desk.renderer
    )


def pages(folder):
    """Every article's page in an export, with its text."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.html")}
    return {name: path.read_text(encoding="utf-8") for name, path in found.items() if IS_PAGE.fullmatch(name)}


def address_of(desk, article):
    return desk.read(moving.address, article)


def published_by(desk, article):
    """The addresses that the records give an article."""
    return [claim.path for claim in desk.article(article).claims]


def change(desk, old, new):
    housekeeping.change_house(
        desk.store, desk.read(lambda reading: reading.house().text).replace(old, new), by=desk.chief
    )


def corrected(desk, article, **changes):
    """A published text put right, approved and ready to be exported."""
    reviewing.correct(desk.store, article, by=desk.reporter, kind=CorrectionKind.REFILE)
    desk.edit(article, by=desk.reporter, **changes)
    desk.step(article, Step.FILE, desk.reporter)
    desk.step(article, Step.TAKE, desk.editor)
    desk.approve(article)


def test_the_address_stands_in_the_record_of_the_export(desk, tmp_path):
    article = desk.approved()
    assert PAGE in export(desk, tmp_path).written
    event = desk.article(article).published
    assert (event.step, event.details) == (Step.PUBLISH, Address(PAGE))


# What moved a page before, each by itself


def rename_a_draft(desk, article, tmp_path):
    other = next(one for one in desk.read(lambda reading: reading.article_ids()) if one != article)
    desk.edit(other, by=desk.reporter, headline="Something else")
    corrected(desk, article, body="In August [@dawn-rail].")


def rebuild(desk, article, tmp_path):
    rename_a_draft(desk, article, tmp_path)
    housekeeping.rebuild(desk.store)


def restore(desk, article, tmp_path):
    copy = desk.store.back_up(to=tmp_path)
    rename_a_draft(desk, article, tmp_path)
    restoring.restore(desk.store, copy)
    housekeeping.rebuild(desk.store)


MOVED_BEFORE = {
    "rename somebody else's draft": rename_a_draft,
    "doctor --rebuild": rebuild,
    "restore": restore,
    "fill in the date": lambda desk, article, _: corrected(desk, article, date="2019-03-01"),
    "another headline": lambda desk, article, _: corrected(desk, article, headline="Baku hosts rail groups"),
    "another slug": lambda desk, article, _: corrected(desk, article, slug="baku"),
    "another category": lambda desk, article, _: corrected(desk, article, category="business"),
    "another time zone": lambda desk, article, _: change(desk, "Asia/Karachi", "Pacific/Pago_Pago"),
    "a renamed category": lambda desk, article, _: change(
        desk, 'key = "politics"', 'key = "government"\nwas = ["politics"]'
    ),
}


@pytest.mark.parametrize("deed", MOVED_BEFORE)
def test_what_moved_a_page_before_moves_it_no_more(desk, tmp_path, deed):
    desk.draft()  # has the slug first, so that the story gets another one
    article = desk.approved(date="")
    page = "2026/11/rail-groups-to-meet-in-baku-2.html"
    evening = datetime(2026, 10, 31, 20, 30, tzinfo=UTC)  # it is November in Karachi, and not in Pago Pago
    add(desk, article, Step.PUBLISH, desk.editor, Address(page), at=evening, reason="")
    export(desk, tmp_path / "site")
    assert list(pages(tmp_path / "site")) == [page]
    MOVED_BEFORE[deed](desk, article, tmp_path)
    done = export(desk, tmp_path / "site")
    assert list(pages(tmp_path / "site")) == [page]
    assert CANONICAL.search(pages(tmp_path / "site")[page])[1] == page
    assert page not in done.removed
    assert desk.article(article).state is State.PUBLISHED


@pytest.mark.parametrize("form", [form for form in publishing.FORMATS if form not in {"site", "pdf"}])
def test_files_and_posts_keep_the_slug_that_the_page_was_published_under(desk, tmp_path, form):
    article = desk.approved()
    export(desk, tmp_path / "site")
    before = export(desk, tmp_path / "before", format=form).written
    corrected(desk, article, headline="Baku hosts rail groups", slug="baku", date="2019-03-01")
    after = export(desk, tmp_path / "after", format=form).written
    assert before == after
    (written,) = {path for path in after if not path.endswith(".sig")}
    text = (tmp_path / "after" / written).read_bytes()
    assert form in {"wordpress", "docx", "markdown"} or PAGE.encode() in text  # these name no address
    assert form != "wxr" or b"<wp:post_name><![CDATA[rail-groups-to-meet-in-baku]]>" in text


@pytest.fixture
def desks(template, tmp_path, renderer):
    with sharing.opened(template, tmp_path / "desks", renderer) as opened:
        yield opened


@pytest.fixture
def two_stories(desks, tmp_path):
    """Two desks gave one address to two stories before they met."""
    one, other = desks
    first, second = one.approved(), other.approved(standfirst="Another story.")
    export(one, tmp_path / "one")
    export(other, tmp_path / "other")
    assert list(pages(tmp_path / "one")) == list(pages(tmp_path / "other")) == [PAGE]
    return one, other, first, second


def test_of_two_stories_at_one_address_the_earlier_keeps_it_and_the_page_names_both(two_stories, tmp_path):
    one, other, first, second = two_stories
    sharing.meet(one, other)
    export(one, tmp_path / "site")
    assert (address_of(one, first), address_of(one, second)) == (PAGE, SECOND)
    assert published_by(one, second) == [PAGE, SECOND]
    found = pages(tmp_path / "site")
    assert set(found) == {PAGE, SECOND}
    note = found[PAGE].partition('<aside class="beside"')[2].partition("</aside>")[0]
    assert f'href="../../{PAGE}"' in note
    assert f'href="../../{SECOND}"' in note
    assert "More than one article was published at this address" in note
    assert CANONICAL.search(found[SECOND])[1] == SECOND
    checked = publishing.verify_files(tmp_path / "site")
    assert [one for one in checked if not one.ok] == []
    assert {one.path for one in checked} >= {str(tmp_path / "site" / page) for page in found}


def test_a_settled_address_is_the_same_on_every_desk(two_stories, tmp_path):
    one, other, *_ = two_stories
    sharing.meet(one, other)
    export(one, tmp_path / "one")
    sharing.meet(one, other)
    export(other, tmp_path / "other")
    found, same = pages(tmp_path / "one"), pages(tmp_path / "other")
    assert unsealed(found) == unsealed(same)
    assert export(other, tmp_path / "other").written == ()


def unsealed(found):
    """The pages without their seals, which say when each desk exported."""
    return {name: text.partition("<!-- ovn-seal")[0] for name, text in found.items()}


def test_a_story_that_lost_its_address_may_be_open_for_correction_or_withdrawn(two_stories, tmp_path):
    one, other, _, second = two_stories
    desk = other
    desk.correct(second)
    sharing.meet(one, other)
    export(one, tmp_path / "site")
    assert address_of(one, second) == SECOND
    assert one.article(second).state is State.CORRECTING
    sharing.meet(one, other)
    desk.step(second, Step.WITHDRAW, desk.editor, reason="It was wrong.")
    export(desk, tmp_path / "site")
    assert "has been withdrawn" in pages(tmp_path / "site")[SECOND]
    assert f'href="../../{SECOND}"' in pages(tmp_path / "site")[PAGE]


def test_a_story_exported_elsewhere_after_it_was_withdrawn_keeps_its_tombstone(desks, tmp_path):
    one, other = desks
    article = one.approved()
    export(one, tmp_path / "one")
    sharing.meet(one, other)
    corrected(other, article, body="In August [@dawn-rail].")
    one.step(article, Step.WITHDRAW, one.editor, reason="It was wrong.")
    export(other, tmp_path / "other")
    sharing.meet(one, other)
    for desk in desks:
        export(desk, tmp_path / "site")
        assert "has been withdrawn" in pages(tmp_path / "site")[PAGE]


def test_a_chief_moves_a_page_and_the_old_address_leads_on(desk, tmp_path):
    article = desk.approved()
    export(desk, tmp_path)
    with pytest.raises(StepRefused, match="Only a chief"):
        moving.move(desk.store, article, "baku", by=desk.editor, reason="A name.")
    with pytest.raises(StepRefused, match="reason"):
        moving.move(desk.store, article, "baku", by=desk.chief, reason=" ")
    assert moving.move(desk.store, article, "baku", by=desk.chief, reason="It named a victim.") == "2025/07/baku.html"
    export(desk, tmp_path)
    old, new = pages(tmp_path)[PAGE], pages(tmp_path)["2025/07/baku.html"]
    assert '<meta http-equiv="refresh" content="0; url=../../2025/07/baku.html">' in old
    assert 'href="../../2025/07/baku.html"' in old
    assert CANONICAL.search(old)[1] == CANONICAL.search(new)[1] == "2025/07/baku.html"
    assert "named a victim" not in old
    feed = (tmp_path / "feed.json").read_text()
    assert PAGE not in feed
    assert f"urn:uuid:{article}" in feed


@pytest.mark.parametrize("new", ["2025/13/baku.html", "../../evil", "index.html", "/etc/passwd", "2025/07/../x.html"])
def test_a_page_goes_only_to_where_pages_are(desk, tmp_path, new):
    article = desk.approved()
    export(desk, tmp_path)
    with pytest.raises(DeskError, match="not an address for a page"):
        moving.move(desk.store, article, f"a/{new}" if "/" not in new else new, by=desk.chief, reason="So.")


def test_a_page_is_not_moved_to_where_another_was(desk, tmp_path):
    article, other = desk.approved(), desk.approved(headline="Baku")
    export(desk, tmp_path)
    desk.step(other, Step.WITHDRAW, desk.editor, reason="It was wrong.")
    with pytest.raises(DeskError, match="Another article was published as “baku”"):
        moving.move(desk.store, article, "baku", by=desk.chief, reason="So.")


@pytest.mark.parametrize("path", ["../../evil.html", "index.html", "2025/07/rail/../../../x.html", "/2025/07/x.html"])
def test_a_record_that_names_no_page_as_its_address_does_not_count(desk, path):
    """An editor's desk that was tampered with: where the export writes is not for it to say."""
    article = desk.approved()
    add(desk, article, Step.PUBLISH, desk.editor, Address(path))
    folded = desk.article(article)
    assert (folded.state, folded.claims) == (State.APPROVED, ())
    assert [str(one.why) for one in folded.uncounted] == [f"“{path}” is not an address for a page; “{EXAMPLE}” is one."]


EXAMPLE = "2026/07/rail-groups.html"


def add(desk, article, step, by, details, **changes):
    """A record that no use case made."""
    with desk.store.begin() as tx:
        made = recording.new_event(tx, article, step, by, reason="So.", details=details)
        tx.add_event(recording.sign(replace(made, **changes), by.key))


def test_an_editor_moves_no_page_and_takes_no_address_from_another(desk, tmp_path):
    article, other = desk.approved(), desk.approved(headline="Baku")
    export(desk, tmp_path)
    long_ago = datetime(2015, 1, 1, tzinfo=UTC)
    add(desk, article, Step.MOVE, desk.editor, Address("2025/07/mine.html"))
    add(desk, article, Step.MOVE, desk.editor, Address("2025/07/mine.html", settles=True))
    add(desk, article, Step.MOVE, desk.editor, Address("2025/07/baku.html", settles=True), at=long_ago)
    add(desk, article, Step.PUBLISH, desk.editor, Address("2025/07/baku.html"), at=long_ago)
    assert (address_of(desk, article), address_of(desk, other)) == (PAGE, "2025/07/baku.html")


def test_ten_thousand_first_addresses_cost_no_more_than_ten_thousand_look_ups(desk):
    article = desk.article(desk.draft())
    wanted = {f"{number:08}": f"2026/07/{'rail' if number < 100 else number}.html" for number in range(10_000)}
    articles = [replace(article, id=name) for name in wanted]
    with desk.store.read() as reading, at_most(2):
        book = AddressBook(reading, lambda _: None)
        places = [book.place(one, partial(wanted.get, one.id)) for one in articles]
    assert len({place.path for place in places}) == len(articles)


# Any history of them all

NAMES = ["ann", "ben", "cleo", "dora", "emil", "fay", "gus", "hana"]


def publish(room, desk, number):
    desk.approved(headline=f"Story {NAMES[number % 3]}", date=["", "2025-07-20"][number % 2], category="politics")


def draft(room, desk, number):
    desk.draft(headline=f"Story {NAMES[number % 3]}")


def rename(room, desk, number):
    drafts = desk.read(lambda reading: list(reading.ids(State.DRAFT)))
    if drafts:
        desk.edit(drafts[number % len(drafts)], by=desk.reporter, headline=f"Story {NAMES[number % 4]}")


def correct(room, desk, number):
    live = desk.read(lambda reading: list(reading.ids(State.PUBLISHED)))
    if live:
        fields = [
            {"date": "2024-02-01"},
            {"headline": f"Story {NAMES[number]}"},
            {"slug": "story-ann"},
            {"category": "business"},
        ]
        corrected(desk, live[number % len(live)], **fields[number % len(fields)])


def withdraw(room, desk, number):
    live = desk.read(lambda reading: list(reading.ids(State.PUBLISHED)))
    if live:
        desk.step(live[number % len(live)], Step.WITHDRAW, desk.editor, reason="It was wrong.")


def move(room, desk, number):
    live = desk.read(lambda reading: list(reading.ids(State.PUBLISHED)))
    article = live[number % len(live)] if live else None
    if article and address_of(desk, article):
        try:
            new = moving.move(desk.store, article, f"moved-{NAMES[number % 4]}", by=desk.chief, reason="So.")
        except DeskError:
            return
        room.moved[article] = new


def meet(room, desk, number):
    """What two desks gave out apart, one address to two stories or two to one, is settled when they meet."""
    room.has_met = [True, True]
    one, other = room.desks
    if number % 2:
        sharing.meet(one, other)
        return
    bundle.write(desk.store, room.folder / "stick.ovnb", by=desk.reporter)
    bundle.import_bundle((other if desk is one else one).store, room.folder / "stick.ovnb")


def remake(room, desk, number):
    housekeeping.rebuild(desk.store)


def bring_back(room, desk, number):
    copy = desk.store.back_up(to=room.folder)
    rename(room, desk, number)
    restoring.restore(desk.store, copy)


def alter_house(room, desk, number):
    zones = ["Asia/Karachi", "Pacific/Kiritimati", "Pacific/Pago_Pago"]
    change(desk, desk.read(lambda reading: reading.house().time_zone), zones[number % 3])


class Room:
    """Two desks, one site each, and every address that was ever live on it."""

    def __init__(self, desks, folder):
        self.desks, self.folder = desks, folder
        self.moved = {}
        self.ever = [set(), set()]
        self.had = [{}, {}]
        self.has_met = [False, False]  # since the last export of each

    def export(self, number):
        desk, folder = self.desks[number], self.folder / f"site{number}"
        before = {article: address_of(desk, article) for article in self.had[number]}
        export(desk, folder)
        found = set(pages(folder))
        assert self.ever[number] <= found, "an address that was live holds no page"
        self.ever[number] = found
        self.check_links(desk, folder, found)
        for article, was in self.had[number].items():
            now = address_of(desk, article)
            settled = self.has_met[number] and (len(owners(desk, was)) > 1 or len(set(published_by(desk, article))) > 1)
            assert now == was or settled or article in self.moved, (was, now)
            assert now == before[article] or not before[article]
        self.had[number] = {one: address_of(desk, one) for one in published(desk)}
        self.has_met[number] = False
        assert all(self.had[number].values())
        assert max(Counter(self.had[number].values()).values(), default=1) == 1, "two stories at one address"

    def check_links(self, desk, folder, found):
        for article in published(desk):
            path = address_of(desk, article)
            text = pages(folder)[path]
            assert CANONICAL.search(text)[1] == path
            for claimed in published_by(desk, article):
                assert claimed in found
                assert claimed == path or f'href="../../{path}"' in pages(folder)[claimed]


def published(desk):
    folds = sharing.folds(desk)
    return [article for article, folded in folds.items() if folded.published]


def owners(desk, path):
    folds = sharing.folds(desk)
    return {article for article, folded in folds.items() for claim in folded.claims if claim.path == path}


DEEDS = [publish, publish, draft, rename, correct, correct, withdraw, move, meet, meet, remake, bring_back, alter_house]


@settings(max_examples=examples(12), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 1), st.integers(0, 7)), min_size=1, max_size=4),
        min_size=2,
        max_size=5,
    )
)
def test_whatever_is_done_each_story_keeps_its_address_and_each_address_a_page(
    template, renderer, tmp_path_factory, days
):
    folder = tmp_path_factory.mktemp("room")
    with sharing.opened(template, folder, renderer) as desks:
        room = Room(desks, folder)
        for desk in (0, 1):
            publish(room, desks[desk], 0)
        for day in days:
            for deed, desk, number in day:
                deed(room, desks[desk], number)
            for desk in (0, 1):
                room.export(desk)
        meet(room, desks[0], 1)
        room.export(0)
        meet(room, desks[0], 1)
        room.export(1)
        assert [address_of(desks[0], one) for one in published(desks[0])] == [
            address_of(desks[1], one) for one in published(desks[0])
        ]
