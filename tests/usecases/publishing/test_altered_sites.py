"""The folder of a site, altered by somebody who can write in it and has none of the newsroom's keys."""

import json
import shutil

import pytest

from make import Desk, content, newsroom
from ovn_desk.domain.evidence import CorrectionKind
from ovn_desk.domain.workflow import Step
from ovn_desk.usecases import publishing, reviewing, writing
from ovn_desk.usecases.publishing import moving

KEYS = ".well-known/ovn-keys.json"


def export(desk, folder, **options):
    publishing.export(
        desk.store, publishing.ExportRequest(None, folder, **options), by=desk.editor, renderer=desk.renderer
    )


def correct(desk, article):
    """A corrected text of a published article, approved."""
    kind, reason = CorrectionKind.REFILE, "The month was wrong."
    reviewing.correct(desk.store, article, by=desk.reporter, kind=kind, reason=reason)
    writing.keep(desk.store, article, content(body="In August [@dawn-rail]."), by=desk.reporter)
    desk.step(article, Step.FILE, desk.reporter)
    desk.step(article, Step.TAKE, desk.editor)
    desk.approve(article)


@pytest.fixture
def site(desk, tmp_path):
    """A site of two articles; the second was corrected, and a copy of it is as it was before."""
    folder, before = tmp_path / "site", tmp_path / "before"
    desk.approved(headline="Alpha")
    second = desk.approved()
    export(desk, folder)
    shutil.copytree(folder, before)
    correct(desk, second)
    export(desk, folder)
    return folder


def page_of(folder, name="rail-groups"):
    (found,) = folder.glob(f"2*/*/{name}*.html")
    return found


def said_of(folder):
    """Every alarm about a folder: by path, what is not as it should be."""
    return {one.path.removeprefix(f"{folder}/"): one.reason for one in publishing.verify_files(folder) if not one.ok}


def test_a_site_as_it_was_exported_is_whole(site):
    assert said_of(site) == {}


def test_a_page_that_a_stranger_approved_with_a_key_of_their_own_is_not_in_the_log(site, tmp_path, renderer):
    other = Desk(newsroom(tmp_path / "stranger.ovn"), renderer)
    other.approved(headline="Lies")
    export(other, tmp_path / "theirs", format="page")
    export(other, tmp_path / "their-site")
    keys = [json.loads((folder / KEYS).read_text())["keys"] for folder in (site, tmp_path / "their-site")]
    (site / KEYS).write_text(json.dumps({"keys": keys[0] | keys[1]}))
    (page,) = (tmp_path / "theirs").glob("*.html")
    planted = site / "2025/07/lies.html"
    shutil.copy(page, planted)
    assert "no proof that it is in the public log that came with it" in said_of(site)["2025/07/lies.html"]
    (alone,) = publishing.verify_files(planted)
    assert not alone.ok
    shutil.copy(page_of(tmp_path / "their-site", "lies"), planted)
    assert "another one than it was published with" in said_of(site)["2025/07/lies.html"]
    other.store.close()


def test_an_article_s_file_that_a_stranger_signed_is_not_in_the_log_and_an_old_one_is_told(desk, tmp_path, renderer):
    site, other = tmp_path / "site", Desk(newsroom(tmp_path / "stranger.ovn"), renderer)
    article = desk.approved()
    export(desk, site)
    export(desk, site / "data", format="json")
    assert said_of(site) == {}
    other.approved(headline="Lies")
    export(other, tmp_path / "theirs")
    export(other, site / "other", format="json")
    other.store.close()
    keys = [json.loads((folder / KEYS).read_text())["keys"] for folder in (site, tmp_path / "theirs")]
    (site / KEYS).write_text(json.dumps({"keys": keys[0] | keys[1]}))
    (planted,) = (site / "other").glob("lies*.ovn.json")
    assert "says nothing of this text" in said_of(site)[planted.relative_to(site).as_posix()]
    correct(desk, article)
    export(desk, site)
    (old,) = (site / "data").glob("rail*.ovn.json")
    assert "this text was changed on 2" in said_of(site)[old.relative_to(site).as_posix()]


def test_an_old_page_put_back_after_a_correction_is_none_that_stands_now(site, tmp_path):
    page = page_of(site)
    name = page.relative_to(site).as_posix()
    shutil.copy(tmp_path / "before" / name, page)
    assert "says that this text was changed on 2" in said_of(site)[name]


def test_a_page_put_back_after_a_withdrawal_is_none_that_stands_now(desk, tmp_path):
    article = desk.approved()
    desk.approved(headline="Alpha")
    export(desk, tmp_path / "site")
    page = page_of(tmp_path / "site")
    before = page.read_bytes()
    desk.step(article, Step.WITHDRAW, desk.editor, reason="Wrong.")
    export(desk, tmp_path / "site")
    assert said_of(tmp_path / "site") == {}
    page.write_bytes(before)
    (said,) = said_of(tmp_path / "site").values()
    assert "says that this text was withdrawn on 2" in said


def put_over_another(site):
    shutil.copy(page_of(site), page_of(site, "alpha"))
    return page_of(site, "alpha"), "was exported for https://post.example/2025/07/rail-groups"


def put_at_an_address_of_its_own(site):
    shutil.copy(page_of(site), site / "2025/copy.html")
    return site / "2025/copy.html", "was exported for"


def put_over_the_front_page(site):
    shutil.copy(page_of(site), site / "index.html")
    return site / "index.html", "was exported for"


def put_a_page_without_an_address_over_the_front_page(site):
    shutil.copy(site / "404.html", site / "index.html")
    return site / "index.html", "not the front page"


def taken_away(site):
    page_of(site).unlink()
    return site / "log.jsonl", "1 more articles stand on this site"


def put_twice(site):
    shutil.copy(page_of(site), site / "2025/copy.html")
    return site / "log.jsonl", "more than once: 2025/07/rail-groups"


MOVES = [
    put_over_another,
    put_at_an_address_of_its_own,
    put_over_the_front_page,
    put_a_page_without_an_address_over_the_front_page,
    taken_away,
    put_twice,
]


@pytest.mark.parametrize("alter", MOVES, ids=lambda alter: alter.__name__)
def test_a_page_has_to_stand_at_its_own_address_and_every_article_once(site, alter):
    path, wanted = alter(site)
    assert wanted in said_of(site)[path.relative_to(site).as_posix()]


def test_a_page_that_moved_and_one_that_was_withdrawn_are_where_they_should_be(desk, tmp_path):
    site = tmp_path / "site"
    first, second = desk.approved(), desk.approved(headline="Alpha")
    export(desk, site)
    moving.move(desk.store, first, "2025/07/elsewhere.html", by=desk.chief, reason="A better name.")
    desk.step(second, Step.WITHDRAW, desk.editor, reason="Wrong.")
    export(desk, site)
    assert said_of(site) == {}
    former, now = page_of(site), page_of(site, "elsewhere")
    now.unlink()
    assert said_of(site).keys() == {"log.jsonl"}
    former.unlink()
    assert said_of(site).keys() == {"log.jsonl"}


def others_of(folder):
    return {
        one.check: (publishing.state_of(one), one.values["names"])
        for found in publishing.verify_files(folder)
        for one in found.verdicts
        if one.code == "files"
    }


def test_files_under_no_signature_are_said_and_those_that_no_export_writes_are_noted(site, tmp_path):
    unsigned = [
        ".ovn-manifest.json",
        *(f"assets/ovn-nastaliq-{weight}.woff2" for weight in (400, 700)),
        *("feed.json", "feed.xml", "news-sitemap.xml", "robots.txt", "sitemap.xml"),
    ]
    assert others_of(site) == {"unsigned": ("none", ", ".join(unsigned))}
    foreign = ["2025/07/Alpha.HTML", "assets/images/x.svg", "assets/x.js", "page.htm", "x.php"]
    for name in foreign:
        (site / name).parent.mkdir(exist_ok=True)
        (site / name).write_text("<p>Lies.</p>")
    assert others_of(site)["foreign"] == ("note", ", ".join(foreign))
    assert said_of(site).keys() == {str(site)}


def test_whose_keys_a_site_was_checked_with_is_said(site, tmp_path):
    keys = site / KEYS
    (said,) = [one for one in publishing.verify_files(site) if one.path == str(keys)]
    assert said.ok
    assert "name their file with --key" in publishing.words_of(said.verdicts[0])
    kept = tmp_path / "kept.json"
    shutil.copy(keys, kept)
    assert not [
        one for one in publishing.verify_files(site, kept) if one.verdicts[:1] and one.verdicts[0].check == "keys"
    ]
