"""The seal at the end of every exported page: what it covers, whose it is, and that it stays while the page does."""

import base64
import hashlib
import json
import re
import zipfile
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from make import HOUSE, Desk, newsroom
from ovn_desk import signing
from ovn_desk.domain.workflow import Step
from ovn_desk.formats import SITE
from ovn_desk.rendering.artifact import Artifact
from ovn_desk.store.build_cache import path_for
from ovn_desk.text import seals
from ovn_desk.usecases import people, publishing
from ovn_desk.usecases.publishing import files
from ovn_desk.usecases.publishing.sealing import Sealer

PAGE = "2025/07/rail-groups-to-meet-in-baku.html"
SEAL = re.compile(rb"</html>\n<!-- ovn-seal (\{.*\}) (\S+) -->\n\Z")


def export(desk, folder, by=None, **options):
    return publishing.export(
        desk.store, publishing.ExportRequest(None, folder, **options), by=by or desk.editor, renderer=desk.renderer
    )


def pages(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.html")}


def forget_what_is_kept(desk):
    for path in path_for(desk.store.path).parent.glob(path_for(desk.store.path).name + "*"):
        path.unlink()


def checked_by_hand(page, keys):
    """The statement of a page's seal, after its signature and its digest were checked with nothing of the desk's."""
    found = SEAL.search(page)
    stated = json.loads(found[1])
    public = Ed25519PublicKey.from_public_bytes(base64.b64decode(keys[stated["key"]]))
    public.verify(base64.b64decode(found[2]), b"ovn-desk/page-seal/1\n" + found[1])
    assert hashlib.sha256(page[: page.rindex(b"<!-- ovn-seal ")]).hexdigest() == stated["file"]
    return stated


@pytest.mark.parametrize("form", ["site", "page"])
def test_every_page_ends_with_a_signature_of_who_exported_over_all_of_it(desk, tmp_path, form):
    desk.approved()
    desk.approved(headline="ریل گروپ", language="ur")
    export(desk, tmp_path / "site")
    keys = json.loads((tmp_path / "site/.well-known/ovn-keys.json").read_text())["keys"]
    export(desk, tmp_path / "out", format=form)
    made = pages(tmp_path / "out")
    assert len(made) == 2 if form == "page" else {"index.html", "verify.html", "ur/verify.html", PAGE} < made.keys()
    assert {checked_by_hand(page, keys)["key"] for page in made.values()} == {desk.editor.key.id}


def test_a_page_keeps_its_seal_while_it_stays_the_same(desk, tmp_path):
    desk.approved()
    export(desk, tmp_path)
    before = pages(tmp_path)
    forget_what_is_kept(desk)
    asked = publishing.ExportRequest(None, tmp_path)
    planned = publishing.plan(desk.store, asked, by=desk.person("Bilal"), renderer=desk.renderer)
    assert (planned.new, planned.changed) == ((), ())
    forget_what_is_kept(desk)
    assert export(desk, tmp_path, by=desk.chief).written == ()
    desk.approved(headline="Another story")
    export(desk, tmp_path, by=desk.chief)
    assert pages(tmp_path)[PAGE] == before[PAGE]
    assert seals.read_sealed_page(pages(tmp_path)["index.html"]).seal.key == desk.chief.key.id


@pytest.mark.parametrize("whose", ["stranger", "reporter", "nobody"])
def test_a_seal_that_no_editor_made_is_not_kept(desk, tmp_path, whose):
    desk.approved()
    export(desk, tmp_path)
    page = seals.read_sealed_page((tmp_path / PAGE).read_bytes()).page
    key = desk.reporter.key if whose == "reporter" else signing.generate()
    forged = seals.add(page, key=key.id, at=datetime.now(UTC), sign=partial(signing.sign, key))
    forged = page if whose == "nobody" else forged
    (tmp_path / PAGE).write_bytes(forged)
    manifest = tmp_path / publishing.MANIFEST
    said = json.loads(manifest.read_text()) | {PAGE: hashlib.sha256(forged).hexdigest()}
    manifest.write_text(json.dumps(said))
    forget_what_is_kept(desk)
    assert export(desk, tmp_path).written == (PAGE,)
    assert seals.read_sealed_page((tmp_path / PAGE).read_bytes()).seal.key == desk.editor.key.id


def test_a_reporter_s_key_is_not_published_and_a_retired_editor_s_is(desk, tmp_path):
    desk.approved()
    site = tmp_path / "site"
    export(desk, site)
    keys = publishing.read_keys((site / ".well-known/ovn-keys.json").read_text())
    assert keys.keys() == {desk.editor.key.id, desk.chief.key.id}
    people.retire_staff(desk.store, "Ayesha Khan", by=desk.chief)
    export(desk, site, by=desk.chief)
    keys = publishing.read_keys((site / ".well-known/ovn-keys.json").read_text())
    assert desk.editor.key.id in keys
    assert all(check.ok for check in publishing.verify_files(site))


def test_a_zip_made_again_later_is_the_same(tmp_path):
    key = signing.generate()
    made = [Artifact.of("index.html", "<!doctype html><title>x</title></html>"), Artifact.of("a.txt", "a")]
    for days in (0, 3):
        at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=days)
        files.write_zip(made, tmp_path / "site.zip", Sealer(SITE, {key.id: key.public}, at, key))
        with zipfile.ZipFile(tmp_path / "site.zip") as archive:
            assert seals.read_sealed_page(archive.read("index.html")).seal.at == "2026-01-01T00:00:00Z"
            assert archive.read("a.txt") == b"a"


def test_a_file_that_is_no_zip_is_written_over(tmp_path):
    (tmp_path / "site.zip").write_bytes(b"PK no zip")
    files.write_zip([Artifact.of("a.txt", "a")], tmp_path / "site.zip", Sealer(SITE, {}, datetime.now(UTC)))
    assert zipfile.ZipFile(tmp_path / "site.zip").read("a.txt") == b"a"


def test_an_approver_whose_name_has_a_typographic_mark_is_verified(tmp_path, renderer):
    store = newsroom(tmp_path / "newsroom.ovn", HOUSE.replace("Ayesha Khan", "Ayesha  O’Khan – “Ash”"))
    desk = Desk(store, renderer)
    desk.approved()
    export(desk, tmp_path / "site")
    store.close()
    (checked,) = publishing.verify_files(tmp_path / "site" / PAGE)
    assert (checked.ok, checked.reason) == (True, "")


@pytest.mark.parametrize(
    ("old", "new", "text", "file", "said"),
    [
        ("</body>", "<script src='https://host.example/x.js'></script></body>", "no_text", "changed_around", "below"),
        ("<title>", "<title>Cached: ", "no_text", "changed_around", "head"),
        ("Rail groups to meet", "Rail groups will not meet", "no_text", "changed_inside", "in what the page says"),
        ("</main>", "<article data-ovn-signed><p>Lies.</p></article></main>", "no_text", "changed_inside", "article"),
        ('">20 July 2025</time>', '">20 July 2024</time>', "no_text", "changed_inside", "dates"),
    ],
)
def test_a_page_of_links_is_checked_like_any_other(desk, tmp_path, old, new, text, file, said):
    desk.approved()
    export(desk, tmp_path)
    front = tmp_path / "index.html"
    page = front.read_text(encoding="utf-8")
    assert old in page
    front.write_text(page.replace(old, new), encoding="utf-8")
    (checked,) = publishing.verify_files(front)
    assert [one.code for one in checked.verdicts[:2]] == [text, file]
    assert said in publishing.words_of(checked.verdicts[1])
    assert not checked.ok


def test_a_page_that_only_says_its_article_was_withdrawn_is_not_believed(desk, tmp_path):
    article = desk.approved()
    export(desk, tmp_path)
    live = (tmp_path / PAGE).read_text(encoding="utf-8")
    desk.step(article, Step.WITHDRAW, desk.editor, reason="It was wrong.")
    export(desk, tmp_path)
    tombstone = (tmp_path / PAGE).read_text(encoding="utf-8")

    def verdicts(page):
        (tmp_path / PAGE).write_text(page, encoding="utf-8")
        (checked,) = publishing.verify_files(tmp_path / PAGE)
        return checked.ok, [one.code for one in checked.verdicts[:2]]

    assert verdicts(tombstone) == (True, ["withdrawn", "intact"])
    assert verdicts(tombstone.replace("It was wrong.", "It was right.")) == (False, ["withdrawn", "changed_inside"])
    assert verdicts(tombstone.partition("<!-- ovn-seal")[0]) == (False, ["only_said", "no_seal"])
    forged = tombstone.partition("<!-- ovn-seal")[0] + "<!-- ovn-seal" + live.partition("<!-- ovn-seal")[2]
    assert verdicts(forged) == (False, ["only_said", "changed"])


def test_an_article_whose_approval_and_marks_were_taken_out_is_no_page_of_links(desk, tmp_path):
    desk.approved()
    export(desk, tmp_path)
    page = tmp_path / PAGE
    text = page.read_text(encoding="utf-8").replace("ovn-approval", "x").replace(" data-ovn-signed", "")
    page.write_text(text.replace("<article", "<div").replace("</article", "</div"), encoding="utf-8")
    (checked,) = publishing.verify_files(page)
    assert [one.code for one in checked.verdicts[:2]] == ["no_approval", "changed"]
