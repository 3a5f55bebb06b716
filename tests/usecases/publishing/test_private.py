"""No private word leaves in any export, however it is cited and packed: field by field, as `privacy` lists them."""

import pytest

import privacy
from make import Desk
from ovn_desk.domain import redaction
from ovn_desk.drawing import print_folder
from ovn_desk.usecases import publishing
from packed import unpacked


def leaks(name, data, secrets=()):
    """Where a file holds a canary, or one of these words."""
    low = data.lower()
    places = [low.find(word) for word in (b"canary", str(privacy.NUMBER).encode(), *secrets)]
    return [(name, data[max(0, place - 20) : place + 40]) for place in places if place >= 0]


@pytest.fixture
def desk(tmp_path, store, renderer):
    return Desk(store, renderer)


def exported(desk, article, form, target, *, as_zip=False):
    """Every part of every file of an export."""
    asked = publishing.ExportRequest((article,), target / "x.zip" if as_zip else target, form, as_zip=as_zip)
    done = publishing.export(desk.store, asked, by=desk.editor, renderer=desk.renderer, print_folder=print_folder)
    assert done.refused == ()
    assert done.written
    files = [file for file in target.rglob("*") if file.is_file()]
    return [part for file in files for part in unpacked(str(file.relative_to(target)), file.read_bytes())]


def internal(desk):
    """Where the store is on this computer."""
    return [str(desk.store.path.parent).lower().encode()]


@pytest.mark.parametrize("form", publishing.FORMATS)
@pytest.mark.parametrize("as_zip", [False, True])
def test_private_things_are_in_no_file_of_any_export(desk, tmp_path, form, as_zip):
    article = privacy.approved(desk)
    parts = exported(desk, article, form, tmp_path / "out", as_zip=as_zip)
    assert any(b"They meet" in data for _, data in parts)
    assert [leak for name, data in parts for leak in leaks(name, data, internal(desk))] == []


# What the test above would say if the program let a field out by mistake.
FIELDS = [
    (kind, name)
    for kind in privacy.PRIVATE
    if kind in redaction.FIELDS
    for name in privacy.listed(privacy.PRIVATE, kind=kind)
]


@pytest.mark.campaign
@pytest.mark.parametrize(("kind", "name"), FIELDS, ids=[f"{kind.__name__}.{name}" for kind, name in FIELDS])
def test_a_field_that_is_made_public_by_mistake_is_noticed_in_what_is_exported(desk, tmp_path, monkeypatch, kind, name):
    """Either the gate refuses the article, or the canary is found in it; the signed JSON has every field there is."""
    monkeypatch.setitem(redaction.FIELDS, kind, (*redaction.FIELDS[kind], name))
    article = privacy.approved(desk)
    done = publishing.export(
        desk.store,
        publishing.ExportRequest((article,), tmp_path / "out", "json"),
        by=desk.editor,
        renderer=desk.renderer,
    )
    if done.refused:
        assert "would carry" in done.refused[0].reason
        assert not (tmp_path / "out").exists()
        return
    files = [file for file in (tmp_path / "out").rglob("*") if file.is_file()]
    parts = [part for file in files for part in unpacked(file.name, file.read_bytes())]
    assert [leak for part, data in parts for leak in leaks(part, data)] != []
