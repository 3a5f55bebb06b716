"""An article's JSON and its detached signature, as `ovn-desk verify` sees them."""

import json

import pytest

from make import DAWN
from ovn_desk.domain.source import Source, SourceKind, Terms
from ovn_desk.usecases import publishing

QUIET = Source(
    "quiet",
    SourceKind.PERSON,
    name="Nobody knows",
    terms=Terms.BACKGROUND,
    why_unnamed="Her job.",
    how_they_know="She was there.",
    known_to="Ayesha",
)


@pytest.fixture
def exported(desk, tmp_path):
    """The files of an article with a source that is not named, and a file of the house's keys."""
    article = desk.approved(body="They meet [@dawn-rail]. More was said [@quiet].", sources=(DAWN, QUIET))
    for form, folder in (("json", "out"), ("site", "site")):
        publishing.export(
            desk.store,
            publishing.ExportRequest((article,), tmp_path / folder, form),
            by=desk.editor,
            renderer=desk.renderer,
        )
    (file,) = (tmp_path / "out").glob("*.ovn.json")
    return file, tmp_path / "site" / ".well-known" / "ovn-keys.json"


def verdict(file, keys):
    (checked,) = publishing.verify_files(file, keys)
    return checked.approved_by or checked.reason


def test_it_is_verified_alone_and_in_its_folder(exported):
    file, keys = exported
    assert verdict(file, keys) == "Ayesha Khan"
    assert verdict(file.parent, keys) == "Ayesha Khan"


@pytest.mark.parametrize(
    ("old", "new"), [("They meet", "They met"), ("Dawn", "Dusk"), ("Rana Malik", "Somebody"), ("to meet", "met")]
)
def test_one_changed_word_is_refused(exported, old, new):
    file, keys = exported
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert "not the text that was approved" in verdict(file, keys)


def test_another_approver_another_signature_or_none_is_refused(exported):
    file, keys = exported
    signature = file.with_name(file.name + ".sig")
    data = json.loads(file.read_text(encoding="utf-8"))
    data["approval"]["approved_by"] = "Somebody"
    file.write_text(json.dumps(data), encoding="utf-8")
    assert "not the one that was signed" in verdict(file, keys)
    lines = signature.read_text(encoding="utf-8").split("\n")
    signature.write_text("\n".join([lines[0], "AAAA", *lines[2:]]), encoding="utf-8")
    assert "does not match" in verdict(file, keys)
    signature.write_text("nothing", encoding="utf-8")
    assert "cannot be read" in verdict(file, keys)
    signature.unlink()
    assert "not beside it" in verdict(file, keys)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"kind": "ovn-article/1"}', '{"kind": "ovn-article/2"}'])
def test_a_file_that_is_no_article_is_refused_with_one_sentence(exported, text):
    file, keys = exported
    file.write_text(text, encoding="utf-8")
    assert verdict(file, keys).endswith(".")
