"""What becomes of a page whose article is withdrawn."""

import dataclasses
import json
from dataclasses import replace

import pytest

from ovn_desk.domain.evidence import CorrectionKind
from ovn_desk.domain.workflow import State, Step
from ovn_desk.drawing import print_folder
from ovn_desk.usecases import pictures, publishing, recording, reviewing
from photos import photo

PAGE = "2025/07/rail-groups-to-meet-in-baku.html"


def export(desk, folder, **options):
    asked = publishing.ExportRequest(None, folder, **options)
    return publishing.export(desk.store, asked, by=desk.editor, renderer=desk.renderer, print_folder=print_folder)


def withdraw(desk, article, reason="One source made it up."):
    desk.step(article, Step.WITHDRAW, desk.editor, reason=reason, note="canarynote")


def leading_to(folder, page):
    name = page.rpartition("/")[2]
    files = [file for file in folder.rglob("*") if file.suffix in {".html", ".xml", ".json"} and file != folder / page]
    return {
        path.relative_to(folder).as_posix()
        for path in files
        if not path.name.startswith(".") and name in path.read_text(encoding="utf-8")
    }


def test_the_page_says_so_at_its_address_and_only_the_corrections_lead_to_it(desk, tmp_path):
    article, other = desk.approved(), desk.approved(headline="Another")
    export(desk, tmp_path)
    withdraw(desk, article)
    done = export(desk, tmp_path)
    assert PAGE in done.written
    text = (tmp_path / PAGE).read_text(encoding="utf-8")
    assert "This article has been withdrawn" in text
    reason = "<bdi>One source made it up.</bdi>"  # on an Urdu page its full stop stands at its end
    assert reason in text
    assert reason in (tmp_path / "corrections.html").read_text(encoding="utf-8")
    assert [word for word in ("The groups meet in July", "Dawn", "Working groups", "canarynote") if word in text] == []
    assert leading_to(tmp_path, PAGE) == {"corrections.html"}
    assert desk.article(other).state is State.PUBLISHED


def test_the_last_article_of_a_site_is_taken_off_too(desk, tmp_path):
    article = desk.approved()
    export(desk, tmp_path)
    withdraw(desk, article)
    planned = publishing.plan(
        desk.store, publishing.ExportRequest(None, tmp_path), by=desk.editor, renderer=desk.renderer
    )
    assert PAGE in planned.changed
    export(desk, tmp_path)
    assert "has been withdrawn" in (tmp_path / PAGE).read_text(encoding="utf-8")
    lines = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert [line["what"] for line in lines] == ["published", "withdrawn"]
    assert export(desk, tmp_path).written == ()


def test_its_pictures_go_with_it_but_for_those_of_others(desk, tmp_path):
    own, shared = pictures.import_images(desk.store, [photo((1600, 800)), photo((900, 1200))]).images
    words = {"alt": "A train", "credit": "Ali Raza"}
    own, shared = (dataclasses.replace(one, key=key, **words) for one, key in ((own, "own"), (shared, "shared")))
    body = "They meet [@dawn-rail].\n\n![](image:own)\n\n![](image:shared)"
    article = desk.approved(body=body, images=(own, shared))
    desk.approved(headline="Another", body=body.replace("![](image:own)", ""), images=(shared,))
    export(desk, tmp_path)
    before = {path.name for path in (tmp_path / "assets" / "images").iterdir()}
    withdraw(desk, article)
    export(desk, tmp_path)
    after = {path.name for path in (tmp_path / "assets" / "images").iterdir()}
    assert after < before
    text = (tmp_path / "2025" / "07" / "another.html").read_text(encoding="utf-8")
    assert {name for name in before if name in text} == after


def test_an_address_stays_when_a_correction_has_another_headline(desk, tmp_path):
    article = desk.approved()
    export(desk, tmp_path)
    reviewing.correct(desk.store, article, by=desk.reporter, kind=CorrectionKind.REFILE)
    desk.edit(article, by=desk.reporter, headline="Rail groups met in Baku")
    withdraw(desk, article)
    export(desk, tmp_path)
    text = (tmp_path / PAGE).read_text(encoding="utf-8")
    assert "Rail groups to meet in Baku" in text  # what readers had, not what was being written
    assert [path.name for path in (tmp_path / "2025").rglob("*.html")] == [PAGE.rpartition("/")[2]]


def test_a_correction_with_another_headline_is_at_the_old_address_after_a_rebuild_too(desk, tmp_path):
    article = desk.approved()
    export(desk, tmp_path)
    reviewing.correct(desk.store, article, by=desk.reporter, kind=CorrectionKind.REFILE)
    desk.edit(article, by=desk.reporter, headline="Rail groups met in Baku")
    desk.step(article, Step.FILE, desk.reporter)
    desk.step(article, Step.TAKE, desk.editor)
    desk.approve(article)
    with desk.store.begin() as tx:
        tx.rebuild()
    export(desk, tmp_path)
    assert "met in Baku" in (tmp_path / PAGE).read_text(encoding="utf-8")
    assert [path.name for path in (tmp_path / "2025").rglob("*.html")] == [PAGE.rpartition("/")[2]]


def test_what_never_was_live_has_no_page(desk, tmp_path):
    desk.approved(headline="Another")
    article = desk.in_review()
    with desk.store.begin() as tx:  # no desk writes this; a record may come from anywhere
        event = recording.new_event(tx, article, Step.WITHDRAW, desk.editor, reason="Never published.")
        tx.add_event(event)
    assert desk.article(article).state is State.IN_REVIEW
    export(desk, tmp_path)
    assert not (tmp_path / PAGE).exists()
    assert "Never published" not in (tmp_path / "corrections.html").read_text(encoding="utf-8")


def test_a_headline_that_nobody_signed_is_not_shown(desk, tmp_path):
    desk.approved(headline="Another")
    article = desk.in_review(headline="Forged")
    with desk.store.begin() as tx:
        for step in (Step.APPROVE, Step.PUBLISH, Step.WITHDRAW):
            event = recording.new_event(tx, article, step, desk.editor, reason="x")
            tx.add_event(recording.sign(replace(event, proof=""), desk.editor.key))
    assert desk.article(article).state is State.IN_REVIEW  # an editor did it, and readers have no proof of the text
    export(desk, tmp_path)
    assert "Forged" not in "".join(path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.html"))


@pytest.mark.parametrize("form", [form for form in publishing.FORMATS if form != "site"])
def test_no_other_form_has_it(desk, tmp_path, form):
    article = desk.approved()
    export(desk, tmp_path / "site")
    withdraw(desk, article)
    assert export(desk, tmp_path / form, format=form).written == ()


def test_a_site_with_it_is_verified_and_the_page_itself_says_why_it_is_not(desk, tmp_path):
    article = desk.approved()
    desk.approved(headline="Another")
    export(desk, tmp_path / "site")
    withdraw(desk, article)
    export(desk, tmp_path / "site")
    assert all(check.ok for check in publishing.verify_files(tmp_path / "site"))
    (asked,) = publishing.verify_files(tmp_path / "site" / PAGE)
    assert asked.ok
    assert "was withdrawn" in publishing.words_of(asked.verdicts[0])
