"""The line of a page that says who edited a story, who corrected it and who signed it: signed with the text."""

import html
import json
from dataclasses import replace

import pytest

from ovn_desk import signing
from ovn_desk.domain.credits import Credit, Part
from ovn_desk.domain.workflow import Step
from ovn_desk.rendering.page import credit_line
from ovn_desk.store import records
from ovn_desk.usecases import crediting, publishing, recording, signatures, suggesting


def edited(desk, wrote, signs, **changes):
    """A story that these people changed one after the other, signed by one; what *You sign* said before."""
    article, has = desk.in_review(**changes), "editor"
    for number, who in enumerate((*wrote, signs), 1):
        if who != has:
            desk.step(article, Step.TAKE, getattr(desk, who))
            has = who
        if number <= len(wrote):  # a word and no figure, which needs a source
            desk.edit(article, by=getattr(desk, who), standfirst="Changed " * number)
    return sign(desk, article, signs)


def sign(desk, article, signs):
    person = getattr(desk, signs)
    suggesting.keep_as_edited(desk.store, article, by=person, reason="It was agreed.")
    text = desk.read(lambda reading: reading.revision(reading.article(article).head)).content
    said = desk.read(crediting.line_under, article, text, by=person.person)
    desk.approve(article, by=person)
    return article, said


def exported(desk, article, folder):
    """The page as it is, and whether its check finds all as it was approved and exported."""
    asked = publishing.ExportRequest((article,), folder / "site")
    done = publishing.export(desk.store, asked, by=desk.editor, renderer=desk.renderer)
    assert not done.refused
    (file,) = (path for path in (folder / "site").glob("2*/*/*.html"))
    assert all(one.ok for one in publishing.verify_files(file))
    return file.read_text("utf-8")


def shown(page):
    return html.unescape(page).replace("<span data-ovn-approver>", "").replace("</span>", "")


def editors(page):
    graph = json.loads(page.partition('application/ld+json">')[2].partition("</script>")[0])["@graph"]
    return [one["name"] for one in graph[0].get("editor", [])]


@pytest.mark.parametrize(
    ("wrote", "signs", "line", "named"),
    [
        ((), "chief", "Approved by Bilal Ahmed.", []),
        (("editor",), "editor", "Edited and approved by Ayesha Khan.", ["Ayesha Khan"]),
        (("editor",), "chief", "Edited by Ayesha Khan. Approved by Bilal Ahmed.", ["Ayesha Khan"]),
        (
            ("editor", "chief"),
            "chief",
            "Edited by Ayesha Khan and Bilal Ahmed. Approved by Bilal Ahmed.",
            ["Ayesha Khan", "Bilal Ahmed"],
        ),
    ],
)
def test_the_page_names_who_changed_words_and_who_signed(desk, tmp_path, wrote, signs, line, named):
    article, said = edited(desk, wrote, signs)
    page = exported(desk, article, tmp_path)
    assert f"<p>{line}</p>" in shown(page)
    assert said == line
    assert editors(page) == named


def test_after_a_correction_the_page_names_who_made_it_as_well(desk, tmp_path):
    article, _ = edited(desk, ("editor",), "chief")
    exported(desk, article, tmp_path / "first")
    desk.correct(article, by=desk.chief)
    desk.edit(article, by=desk.chief, standfirst="Put right.")
    desk.step(article, Step.FILE, desk.chief)
    desk.step(article, Step.TAKE, desk.editor)
    article, said = sign(desk, article, "editor")
    page = exported(desk, article, tmp_path / "second")
    line = "Edited by Ayesha Khan. Corrected by Bilal Ahmed. Approved by Ayesha Khan."
    assert f"<p>{line}</p>" in shown(page)
    assert said == line
    assert editors(page) == ["Ayesha Khan", "Bilal Ahmed"]


def test_a_reporters_own_correction_is_credited_where_the_byline_names_them(desk, tmp_path):
    article, _ = edited(desk, ("editor",), "editor", byline="Rana Malik")
    exported(desk, article, tmp_path / "first")
    desk.correct(article)
    desk.edit(article, by=desk.reporter, standfirst="Put right.")
    desk.step(article, Step.FILE, desk.reporter)
    desk.step(article, Step.TAKE, desk.editor)
    article, said = sign(desk, article, "editor")
    assert said == "Edited by Ayesha Khan. Corrected by Rana Malik. Approved by Ayesha Khan."
    assert f"<p>{said}</p>" in shown(exported(desk, article, tmp_path / "second"))


def test_an_urdu_page_says_it_in_urdu(desk, tmp_path):
    article, _ = edited(desk, ("editor", "chief"), "chief", language="ur", headline="ریل")
    page = exported(desk, article, tmp_path)
    assert "ادارت: Ayesha Khan اور Bilal Ahmed۔ منظوری: Bilal Ahmed۔" in shown(page).replace("<bdi>", "")


def test_an_editor_who_types_into_the_text_and_signs_is_named_for_that(desk, tmp_path):
    """What is no version yet becomes one with the signature, and is the signer's."""
    article = desk.in_review()
    known = desk.read(lambda reading: reading.revision(reading.article(article).head)).content
    typed = replace(known, unverified="The count of seats.")
    assert desk.read(crediting.line_under, article, known, by=desk.editor.person) == "Approved by Ayesha Khan."
    line = desk.read(crediting.line_under, article, typed, by=desk.editor.person)
    assert line == "Edited and approved by Ayesha Khan."


def approval_of(desk, article, by, **changes):
    """An approval past every use case, with what is given; its digest is that of the text with these credits."""
    with desk.store.begin() as tx:
        head = tx.revision(tx.article(article).head)
        digest = signatures.body(head.content, desk.renderer, changes.get("credits", ())).digest
        event = replace(recording.new_event(tx, article, Step.APPROVE, by, digest=digest), **changes)
        event = replace(event, proof=signing.sign(by.key, records.approval_bytes(event)))
        event = recording.sign(event, by.key)
        tx.add_event(event)
    return event


def test_a_page_approved_before_there_were_credits_says_what_it_did(desk, tmp_path):
    article = desk.in_review()
    event = approval_of(desk, article, desk.editor)
    assert "credits" not in records.text_of(event)
    assert "credits" not in records.approval_statement(event)
    page = exported(desk, article, tmp_path)
    assert "<p>Edited and approved by Ayesha Khan.</p>" in shown(page)
    assert editors(page) == ["Ayesha Khan"]


@pytest.mark.parametrize(
    "forged",
    [
        pytest.param([("chief", "Bilal Ahmed", Part.EDITED)], id="somebody who changed nothing"),
        pytest.param([("editor", "Ayesha Khan", Part.EDITED)], id="oneself, for nothing"),
        pytest.param([("reporter", "Rana Malik", Part.EDITED)], id="the reporter"),
        pytest.param([("chief", "Bilal Ahmed", Part.CORRECTED)], id="a correction that nobody made"),
        pytest.param([("nobody", "Eve", Part.EDITED)], id="somebody who is not here"),
    ],
)
def test_an_approval_that_credits_others_than_the_versions_do_is_not_exported(desk, tmp_path, forged):
    article = desk.in_review()
    people = {one: getattr(desk, one).id for one in ("reporter", "editor", "chief")}
    named = tuple(Credit(people.get(who, who), name, part) for who, name, part in forged)
    approval_of(desk, article, desk.editor, credits=(*named, Credit(desk.editor.id, "Ayesha Khan", Part.APPROVED)))
    assert "names others as editors" in refusal(desk, article, tmp_path)


@pytest.mark.parametrize("forge", ["a name", "left out", "the signer", "another story's"])
def test_an_approval_whose_true_credits_were_altered_is_not_exported(desk, tmp_path, forge):
    other, _ = edited(desk, ("editor", "chief"), "chief", headline="Another story")
    article, _ = edited(desk, ("editor",), "chief")
    true, foreign = desk.article(article).approval.credits, desk.article(other).approval.credits
    desk.step(article, Step.SEND_BACK, desk.chief, reason="Once more.")
    desk.step(article, Step.FILE, desk.reporter)
    desk.step(article, Step.TAKE, desk.chief)
    made = {
        "a name": (replace(true[0], name="Eve"), *true[1:]),
        "left out": true[1:],
        "the signer": (*true[:-1], Credit(desk.editor.id, "Ayesha Khan", Part.APPROVED)),
        "another story's": foreign,
    }
    approval_of(desk, article, desk.chief, credits=made[forge])
    assert "names others as editors" in refusal(desk, article, tmp_path)


def refusal(desk, article, folder):
    asked = publishing.ExportRequest((article,), folder / "site")
    done = publishing.export(desk.store, asked, by=desk.chief, renderer=desk.renderer)
    return done.refused[0].reason


def test_the_json_of_a_story_is_verified_with_its_credits_and_not_with_others(desk, tmp_path):
    article, _ = edited(desk, ("editor",), "chief")
    for form in ("json", "site"):
        asked = publishing.ExportRequest((article,), tmp_path / form, form)
        publishing.export(desk.store, asked, by=desk.editor, renderer=desk.renderer)
    (file,) = (tmp_path / "json").glob("*.ovn.json")
    keys = tmp_path / "site/.well-known/ovn-keys.json"
    assert [one.approved_by for one in publishing.verify_files(file, keys)] == ["Bilal Ahmed"]
    for path in (file, file.with_name(file.name + ".sig")):
        path.write_text(path.read_text("utf-8").replace("Ayesha Khan", "Eve"), "utf-8")
    assert not publishing.verify_files(file, keys)[0].ok


def test_the_same_text_signed_again_by_another_names_that_one(desk, tmp_path):
    """Of one version two people may sign, one after the other: each page has its own line."""
    article, _ = edited(desk, ("editor",), "editor")
    desk.step(article, Step.SEND_BACK, desk.chief, reason="I sign it.")
    desk.step(article, Step.FILE, desk.reporter)
    desk.step(article, Step.TAKE, desk.chief)
    _, said = sign(desk, article, "chief")
    assert said == "Edited by Ayesha Khan. Approved by Bilal Ahmed."
    assert f"<p>{said}</p>" in shown(exported(desk, article, tmp_path))


def test_names_are_listed_as_a_sentence_lists_them():
    named = tuple(Credit("", name, Part.EDITED) for name in ("A", "B", "C"))
    assert credit_line(named, "en", approver="D") == "Edited by A, B and C. Approved by D."
    assert credit_line(named, "ur", approver="D") == "ادارت: A، B اور C۔ منظوری: D۔"
