"""The line of a page that says who edited a story and who signed it."""

import html

import pytest

from make import content
from ovn_desk.domain.workflow import Step
from ovn_desk.usecases import publishing, suggesting


@pytest.mark.parametrize(
    ("wrote", "signs", "line"),
    [
        ((), "chief", "Approved by {chief}."),
        (("editor",), "editor", "Edited and approved by {editor}."),
        (("editor",), "chief", "Edited by {editor} · approved by {chief}."),
        (("editor", "chief"), "chief", "Edited by {editor} and {chief} · approved by {chief}."),
    ],
)
def test_the_page_names_who_changed_words_and_who_signed(desk, tmp_path, wrote, signs, line):
    article, has = desk.in_review(), "editor"
    for number, who in enumerate((*wrote, signs)):
        person = getattr(desk, who)
        if who != has:
            desk.step(article, Step.TAKE, person)
            has = who
        if number < len(wrote):  # a word and no figure, which needs a source
            desk.edit(article, by=person, body=content().body + " Added." * (number + 1))
    suggesting.keep_as_edited(desk.store, article, by=getattr(desk, signs), reason="It was agreed.")
    desk.approve(article, by=getattr(desk, signs))
    asked = publishing.ExportRequest((article,), tmp_path / "site")
    publishing.export(desk.store, asked, by=desk.editor, renderer=desk.renderer)
    said = "".join(html.unescape(page.read_text("utf-8")) for page in (tmp_path / "site").glob("20*/**/*.html"))
    said = said.replace("<span data-ovn-approver>", "").replace("</span>", "")
    assert line.format(editor=desk.editor.person.name, chief=desk.chief.person.name) in said
