"""Writing, reviewing and exporting through the use cases, as the window and the command line do."""

import html
import json
import re
import zipfile
from dataclasses import replace

import pytest
import sqlcipher3.dbapi2 as driver

from make import content
from ovn_desk import signing
from ovn_desk.domain.errors import DeskError, StepRefused
from ovn_desk.domain.house import Role
from ovn_desk.domain.redaction import redact
from ovn_desk.domain.source import Source
from ovn_desk.domain.workflow import State, Step, Takeover
from ovn_desk.text import seals
from ovn_desk.usecases import history, people, publishing, recording, writing


def working(desk, article):
    with desk.store.read() as reading:
        return writing.text_of(reading, article)


def test_what_autosave_kept_is_what_opens_next(desk):
    article = desk.draft()
    writing.keep(desk.store, article, content(body="Typed at midnight."), by=desk.reporter)
    assert working(desk, article).body == "Typed at midnight."
    assert len(revisions(desk, article)) == 1


def revisions(desk, article):
    with desk.store.read() as reading:
        return reading.revisions(article)


def test_saving_cuts_a_revision_once(desk):
    article = desk.draft()
    writing.keep(desk.store, article, content(body="Second."), by=desk.reporter)
    assert writing.save(desk.store, article, by=desk.reporter)
    assert writing.save(desk.store, article, by=desk.reporter) is None
    writing.keep(desk.store, article, content(body="Second."), by=desk.reporter)
    assert writing.save(desk.store, article, by=desk.reporter) is None
    assert [r.content.body for r in revisions(desk, article)] == [content().body, "Second."]


def test_an_older_text_comes_back_and_the_newer_one_stays(desk):
    article = desk.draft(body="First.")
    first = revisions(desk, article)[0].id
    writing.keep(desk.store, article, content(body="Second."), by=desk.reporter)
    writing.bring_back(desk.store, article, first, by=desk.reporter)
    assert working(desk, article).body == "First."
    assert [r.content.body for r in revisions(desk, article)] == ["First.", "Second.", "First."]


def test_another_reporter_can_not_write_in_a_draft(desk):
    article = desk.draft()
    other = people.add_staff(desk.store, name="Omar", role=Role.REPORTER)
    with pytest.raises(StepRefused, match="somebody else's"):
        writing.keep(desk.store, article, content(body="Mine now."), by=other)


def test_filing_needs_a_headline_and_text(desk):
    article = desk.draft(headline="", body="")
    with pytest.raises(StepRefused, match="headline"):
        desk.step(article, Step.FILE, desk.reporter)
    assert desk.article(article).state is State.DRAFT


def test_approving_names_everything_that_stands_in_the_way(desk):
    article = desk.in_review(category="", body="Said [@nobody]. TK")
    with pytest.raises(StepRefused) as refused:
        desk.approve(article)
    for words in ("Choose a category", "[@nobody]", "TK"):
        assert words in str(refused.value)


def test_a_reporter_calling_the_use_case_can_not_approve_or_export(desk, tmp_path):
    article = desk.in_review()
    with pytest.raises(StepRefused):
        desk.approve(article, by=desk.reporter)
    desk.approve(article)
    with pytest.raises(StepRefused, match="Only an editor"):
        publishing.export(
            desk.store, publishing.ExportRequest(None, tmp_path / "site"), by=desk.reporter, renderer=desk.renderer
        )


def test_a_chief_can_not_approve_their_own_story(desk):
    article = writing.start(desk.store, content(), by=desk.chief)
    desk.step(article, Step.FILE, desk.chief)
    desk.step(article, Step.TAKE, desk.chief)
    with pytest.raises(StepRefused, match="another editor"):
        desk.approve(article, by=desk.chief)


def test_somebody_elses_key_signs_nothing(desk):
    article = desk.in_review()
    wrong = replace(desk.editor, key=desk.chief.key)
    with pytest.raises(StepRefused, match="not Ayesha Khan's"):
        desk.approve(article, wrong)
    with pytest.raises(StepRefused, match="not Ayesha Khan's"):
        desk.edit(article, wrong, body="Mine now.")


def test_a_key_sealed_by_a_passphrase_opens_with_it_and_with_nothing_else(tmp_path):
    made = signing.generate()
    signing.keep(made, tmp_path / "key.json", passphrase="correct horse")
    assert signing.open_key(tmp_path / "key.json", passphrase="correct horse").id == made.id
    assert (tmp_path / "key.json").stat().st_mode & 0o077 == 0
    with pytest.raises(DeskError, match="not the passphrase"):
        signing.open_key(tmp_path / "key.json", passphrase="wrong")
    with pytest.raises(DeskError, match="sealed"):
        signing.open_key(tmp_path / "key.json")
    (tmp_path / "key.json").write_text('{"sealed": "x"}')
    with pytest.raises(DeskError, match="damaged"):
        signing.open_key(tmp_path / "key.json", passphrase="correct horse")


def export(desk, ids, folder, progress=lambda _done, _all: True, **asked):
    request = publishing.ExportRequest(ids, folder, **asked)
    return publishing.export(desk.store, request, by=desk.editor, renderer=desk.renderer, progress=progress)


def test_an_approved_article_is_exported_and_verified(desk, tmp_path):
    article = desk.approved()
    done = export(desk, [article], tmp_path / "site")
    assert "2025/07/rail-groups-to-meet-in-baku.html" in done.written
    assert desk.article(article).state is State.PUBLISHED
    assert {(c.ok, c.approved_by) for c in publishing.verify_files(tmp_path / "site")} == {
        (True, "Ayesha Khan"),
        (True, ""),
    }
    again = export(desk, [article], tmp_path / "site")
    assert (again.written, again.removed) == ((), ())


@pytest.mark.parametrize(
    ("old", "new"), [("July", "June"), ("Baku", "Bakú"), ("Ayesha Khan", "Somebody"), ("Dawn", "Daily")]
)
def test_one_changed_word_of_a_page_is_refused(desk, tmp_path, old, new):
    export(desk, [desk.approved()], tmp_path / "site")
    page = next((tmp_path / "site" / "2025").rglob("*.html"))
    text = page.read_text(encoding="utf-8")
    assert old in text
    page.write_text(text.replace(old, new), encoding="utf-8")
    assert [check.ok for check in publishing.verify_files(tmp_path / "site")].count(False) == 1


def test_a_page_signed_with_a_strangers_key_is_refused(desk, tmp_path):
    export(desk, [desk.approved()], tmp_path / "site")
    keys = tmp_path / "keys.json"
    stranger = signing.generate()
    keys.write_text(json.dumps({"keys": {stranger.id: stranger.public}}))
    check = publishing.verify_files(tmp_path / "site", keys)[0]
    assert not check.ok
    assert "not among the outlet's published keys" in check.reason


@pytest.mark.parametrize("state", [State.DRAFT, State.FILED, State.IN_REVIEW])
def test_what_is_not_approved_is_not_exported_and_says_why(desk, tmp_path, state):
    article = desk.draft()
    if state is not State.DRAFT:
        desk.step(article, Step.FILE, desk.reporter)
    if state is State.IN_REVIEW:
        desk.step(article, Step.TAKE, desk.editor)
    done = export(desk, [article], tmp_path / "site")
    assert not (tmp_path / "site").exists()
    assert "can be exported" in done.refused[0].reason


def test_a_text_changed_after_its_approval_is_not_exported(desk, tmp_path):
    article = desk.approved()
    writing.keep(desk.store, article, content(body="Quite another text."), by=desk.editor)
    assert "changed after the approval" in export(desk, [article], tmp_path / "site").refused[0].reason
    writing.save(desk.store, article, by=desk.editor)
    assert export(desk, [article], tmp_path / "site").refused
    assert not (tmp_path / "site").exists()


def test_an_approval_that_was_tampered_with_is_not_believed(desk, tmp_path):
    article = desk.approved()
    connection = driver.connect(str(desk.store.path), isolation_level=None)
    connection.execute("DROP TRIGGER events_update")
    connection.execute('UPDATE events SET record = replace(record, \'"proof":"\', \'"proof":"A\')')
    connection.close()
    with pytest.raises(DeskError, match="damaged"):
        export(desk, [article], tmp_path / "site")
    assert "damaged" in export(desk, [article], tmp_path / "page", format="page").refused[0].reason
    assert list(tmp_path.glob("*/*.html")) == []


def test_another_name_shown_as_approver_is_refused(desk, tmp_path):
    export(desk, [desk.approved()], tmp_path / "site")
    page = next((tmp_path / "site" / "2025").rglob("*.html"))
    before, mark, after = page.read_text(encoding="utf-8").partition('<section class="approved"')
    page.write_text(before + mark + after.replace("Ayesha Khan", "Somebody Else", 1), encoding="utf-8")
    assert [check.ok for check in publishing.verify_files(tmp_path / "site")].count(False) == 1


def test_a_correction_keeps_the_old_text_on_the_site_until_the_new_one_is_approved(desk, tmp_path):
    article = desk.approved()
    export(desk, [article], tmp_path / "site")
    page = next((tmp_path / "site" / "2025").rglob("*.html"))
    desk.correct(article)
    writing.keep(desk.store, article, content(body="The groups meet in August [@dawn-rail]."), by=desk.reporter)
    other = desk.approved(headline="Another story")
    export(desk, [other], tmp_path / "site")
    assert "in July" in page.read_text(encoding="utf-8")
    desk.step(article, Step.FILE, desk.reporter)
    desk.step(article, Step.TAKE, desk.editor)
    desk.approve(article)
    export(desk, None, tmp_path / "site")
    assert "in August" in page.read_text(encoding="utf-8")
    assert all(check.ok for check in publishing.verify_files(tmp_path / "site"))


def test_an_export_that_is_stopped_writes_nothing(desk, tmp_path):
    ids = [desk.approved(headline=f"Story {letter}") for letter in "ABC"]
    with pytest.raises(DeskError, match="Nothing was written"):
        export(desk, ids, tmp_path / "site", progress=lambda done, _all: done < 2)
    assert not (tmp_path / "site").exists()
    assert desk.article(ids[0]).state is State.APPROVED


@pytest.mark.parametrize("as_zip", [False, True])
def test_an_export_that_is_stopped_while_its_files_are_made_writes_nothing(desk, tmp_path, as_zip):
    ids = [desk.approved(headline=f"Story {letter}") for letter in "ABC"]
    told = []
    with pytest.raises(DeskError, match="Nothing was written"):
        export(desk, ids, tmp_path / "out", as_zip=as_zip, progress=lambda *far: told.append(far) or len(told) < 6)
    assert told[-3:] == [(3, 3)] * 3, "every story was verified, and files were being made"
    assert not (tmp_path / "out").exists()
    assert desk.article(ids[0]).state is State.APPROVED


@pytest.mark.parametrize("name", ["site", "page", "markdown"])
def test_a_target_that_is_a_file_is_refused_and_left(desk, tmp_path, name):
    article = desk.approved()
    target = tmp_path / "target"
    target.write_text("mine")
    with pytest.raises(DeskError, match="is a file"):
        export(desk, [article], target, format=name)
    assert target.read_text() == "mine"
    assert desk.article(article).state is State.APPROVED


def test_a_zip_is_the_same_twice_but_for_the_second_in_which_it_was_sealed(desk, tmp_path):
    article = desk.approved()
    made = []
    for name in ("one.zip", "two.zip"):
        export(desk, [article], tmp_path / name, as_zip=True)
        with zipfile.ZipFile(tmp_path / name) as archive:
            about = [(one.filename, one.date_time, one.external_attr, one.compress_type) for one in archive.infolist()]
            made.append((about, [seals.read_sealed_page(archive.read(one)).page for one in archive.infolist()]))
    assert made[0] == made[1]
    assert len(made[0][0]) > 10


def test_an_export_removes_only_what_it_once_wrote(desk, tmp_path):
    article = desk.approved(byline="Ali Raza")
    site = tmp_path / "site"
    export(desk, [article], site)
    (site / "ours.html").write_text("mine")
    desk.step(article, Step.WITHDRAW, desk.editor, reason="Wrong.")
    other = desk.approved(headline="Another")
    done = export(desk, [other], site)
    assert done.removed == ("author/ali-raza.html",)
    assert (site / "ours.html").read_text() == "mine"


def test_markdown_of_a_page_comes_in_again_as_it_was(desk, tmp_path):
    article = desk.approved()
    export(desk, [article], tmp_path / "md", format="markdown")
    file = next((tmp_path / "md").glob("*.md"))
    from ovn_desk.usecases import importing

    with desk.store.read() as reading:
        house = reading.house()
    assert importing.read_article(file, house) == redact(content())


def test_the_history_says_who_did_what(desk):
    article = desk.approved()
    with desk.store.read() as reading:
        lines = history.history(reading, article)
    assert [(line.by, line.what, line.signature) for line in lines] == [
        ("Rana Malik", "started", "valid"),
        ("Rana Malik", "filed", "valid"),
        ("Ayesha Khan", "taken", "valid"),
        ("Ayesha Khan", "approved", "valid"),
    ]


def test_a_step_that_does_not_count_gives_nobody_the_story_in_the_history_either(desk):
    article = desk.in_review()
    with desk.store.begin() as tx:
        tx.add_event(recording.new_event(tx, article, Step.TAKE, desk.reporter))
    with desk.store.begin() as tx:
        kept = Takeover(desk.chief.id)
        tx.add_event(recording.new_event(tx, article, Step.TAKE, desk.editor, details=kept))
    lines = desk.read(history.history, article)
    assert [line.signature for line in lines[-2:]] == ["invalid", "valid"]
    assert lines[-1].what == "kept; Bilal Ahmed had taken it too"


def test_a_source_can_be_added_and_changed_under_its_key(desk):
    article = desk.draft(sources=())
    writing.cite(desk.store, article, "dawn", {"name": "Dawn"}, by=desk.reporter)
    writing.cite(desk.store, article, "dawn", {"outlet": "Karachi"}, by=desk.reporter)
    assert working(desk, article).sources == (Source("dawn", name="Dawn", outlet="Karachi"),)


def test_a_page_keeps_its_promises(desk, tmp_path):
    body = "## Before\n\nText [@dawn-rail] اردو.\n\n## After\n\n- a\n- b\n\n</script><script>alert(1)</script>"
    article = desk.approved(headline="A </script> & “B”", body=body)
    export(desk, [article], tmp_path / "site")
    page = next((tmp_path / "site" / "2025").rglob("*.html")).read_text(encoding="utf-8")
    assert page.count("<h1") == 1
    assert '<html lang="en" dir="ltr">' in page
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert all(name.startswith("ovn-") for name in ids)
    canonical = re.search(r'rel="canonical" href="([^"]+)"', page)[1]
    graph = json.loads(re.search(r'ld\+json">(.*?)</script>', page, re.DOTALL)[1])
    node = graph["@graph"][0]
    assert node["mainEntityOfPage"] == canonical == re.search(r'og:url" content="([^"]+)"', page)[1]
    assert node["headline"] == "A </script> & “B”"
    for name in ("feed.xml", "sitemap.xml"):
        assert canonical in (tmp_path / "site" / name).read_text(encoding="utf-8")
    assert page.count("<script") == page.count("</script>") == 3  # for search engines, the approval, the public log
    assert 'lang="ur" dir="rtl">اردو' in page
    assert "default-src 'none'" in html.unescape(page)


def test_a_text_that_was_only_kept_is_found_by_its_words(desk):
    """What stands in the list is found in the list, though no version of it was saved."""
    article = desk.draft(headline="Rail groups", body="Freight by rail.")
    known = writing.keep(desk.store, article, content(headline="پانی کے نرخ", body="Tanker queues."), by=desk.reporter)

    def found(words):
        return [row.id for row in desk.read(lambda reading: reading.rows(search=words))]

    assert found("tanker") == found("پانی") == [article]
    assert found("freight") == []
    writing.keep(desk.store, article, content(body="Nothing of it."), by=desk.reporter, known=known)
    assert found("tanker") == []
    writing.save(desk.store, article, by=desk.reporter)
    assert found("nothing") == [article]
