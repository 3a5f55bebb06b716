"""The house file while stories are live: what another one does to them, and that a hostile one does nothing."""

import pytest

from make import HOUSE
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house_file import read_house
from ovn_desk.domain.house_record import HouseId, HouseRecord
from ovn_desk.domain.workflow import Step
from ovn_desk.formats import SITE
from ovn_desk.rendering.artifact import Artifact
from ovn_desk.store import records
from ovn_desk.store.build_cache import BuildCache
from ovn_desk.usecases import housekeeping, publishing, recording, uncounted
from ovn_desk.usecases.publishing import files
from ovn_desk.usecases.publishing.hashes import Hashes
from ovn_desk.usecases.publishing.sealing import Sealer

RENAMED = HOUSE.replace('key = "politics"', 'key = "government"\nwas = ["politics"]')
DROPPED = HOUSE.replace('key = "politics"', 'key = "government"')
PAGE = "2025/07/rail-groups-to-meet-in-baku.html"


def export(desk, folder):
    return publishing.export(desk.store, publishing.ExportRequest(None, folder), by=desk.editor, renderer=desk.renderer)


def touched(desk, house):
    return desk.read(housekeeping.changed_sections, read_house(house))


def texts(folder):
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.html")}


def test_a_renamed_category_keeps_its_stories_and_their_addresses(desk, tmp_path):
    desk.approved()
    export(desk, tmp_path)
    housekeeping.change_house(desk.store, RENAMED, by=desk.chief)
    export(desk, tmp_path)
    found = texts(tmp_path)
    assert PAGE in found["category/government.html"].replace("../", "")
    assert "category/politics.html" not in found
    assert "Politics &amp; Government" in found[PAGE].partition("<main")[2]
    with desk.store.read() as reading:
        assert len(reading.rows(category="government")) == 1


def test_a_text_under_the_old_key_may_still_be_approved(desk):
    article = desk.in_review()
    housekeeping.change_house(desk.store, RENAMED, by=desk.chief)
    desk.approve(article)
    desk.edit(article, headline="Rail groups will meet in Baku")


def test_it_is_said_how_many_stories_lose_their_section(desk, tmp_path):
    first, second = desk.approved(), desk.approved(headline="Another")
    desk.approved(headline="Never exported", category="business")
    desk.draft(headline="A draft")
    assert touched(desk, DROPPED) == []
    publishing.export(
        desk.store, publishing.ExportRequest((first, second), tmp_path), by=desk.editor, renderer=desk.renderer
    )
    (lost,) = touched(desk, DROPPED)
    assert (lost.key, lost.new, lost.stories) == ("politics", "", 2)
    assert lost.sentence.startswith("2 stories that readers have would be in no section")
    desk.step(first, Step.WITHDRAW, desk.editor, reason="It was wrong.")
    assert touched(desk, DROPPED)[0].sentence.startswith("1 story that readers have")
    assert [(one.key, one.new) for one in touched(desk, RENAMED)] == [("politics", "government")]
    housekeeping.change_house(desk.store, RENAMED, by=desk.chief)
    assert [(one.key, one.new) for one in touched(desk, DROPPED.replace("government", "state"))] == [("government", "")]
    assert [(one.key, one.new) for one in touched(desk, HOUSE)] == [("government", "politics")]


HOSTILE = [
    HOUSE.replace('key = "politics"', 'key = "../../evil"'),
    HOUSE.replace('key = "politics"', 'key = "politics"\nwas = ["business"]'),
    "no house at all",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_chiefs_record_of_a_house_that_can_not_be_one_does_not_count(desk, tmp_path, text):
    """Their desk was tampered with: past every check of its own it signs a key that leads out of the export."""
    desk.approved()
    with desk.store.begin() as tx:
        known = tx.houses().newest
        made = HouseRecord(
            HouseId(""),
            text,
            desk.chief.id,
            desk.chief.key.id,
            tx.device(),
            records.now(),
            previous=tx.newest_record(),
            after=known,
        )
        tx.add_house(recording.sign(made, desk.chief.key))
    assert desk.read(lambda reading: reading.house().text) == "\n".join(HOUSE.splitlines())
    ((_, why),) = desk.read(lambda reading: reading.houses().problems)
    assert str(why).startswith("It cannot be read as a newsroom file: the newsroom file")
    export(desk, tmp_path / "a" / "b" / "site")
    assert [path.name for path in (tmp_path / "a" / "b").iterdir()] == ["site"]
    assert [one.what for one in desk.read(uncounted.uncounted_entries)] == ["house settings"]


@pytest.mark.parametrize(
    "name",
    ["../evil.html", "/tmp/evil.html", "a/../../evil.html", "a//b.html", "..\\evil.html", "C:evil.html", "a\n.html"],
)
@pytest.mark.parametrize("as_zip", [False, True])
def test_whatever_made_a_name_nothing_is_written_outside_the_folder(desk, tmp_path, name, as_zip):
    made = [Artifact.of("index.html", "good"), Artifact.of(name, "evil")]
    target = tmp_path / "deep" / "site"
    with BuildCache(desk.store.path) as kept, pytest.raises(DeskError, match="would not stand in the export's folder"):
        write(made, target, kept, as_zip=as_zip)
    assert not (tmp_path / "deep").exists()


def write(made, target, kept, *, as_zip):
    sealer = Sealer(SITE, {}, records.now())
    if as_zip:
        files.write_zip(made, target, sealer)
    else:
        files.write_folder(made, target, Hashes(kept, "site"), sealer)
