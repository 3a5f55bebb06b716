"""When a draft was begun is nobody's business: no exported file tells it, in no id and no metadata."""

import re
import uuid
from datetime import UTC, datetime

import pytest

from ovn_desk.domain.source import SourceKind
from ovn_desk.domain.workflow import Step
from ovn_desk.drawing import print_folder
from ovn_desk.store import records
from ovn_desk.usecases import pictures, publishing, translating, writing
from packed import unpacked
from photos import photo

BEGUN = datetime(2019, 3, 4, 5, 6, 7, tzinfo=UTC)  # when it was drafted; every later step is of today
# The same moment as files say it: ISO and US dates, PDF, EXIF, seconds and milliseconds, UUIDv7, git-like hexadecimal.
SPELLINGS = [
    *("2019-03-04", "20190304", "2019:03:04", "4 March 2019", "March 4, 2019", "04 Mar 2019", "۴ مارچ ۲۰۱۹"),
    *(f"{int(BEGUN.timestamp())}", f"{int(BEGUN.timestamp()):x}", f"{int(BEGUN.timestamp() * 1000):012x}"[:9]),
]
UUID = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
WITH_A_TIME = {1, 2, 6, 7}


@pytest.fixture
def article(desk, monkeypatch):
    """Begun in 2019 with its picture and its source, translated then, and filed, approved and exported today."""
    monkeypatch.setattr(records, "now", lambda: BEGUN)
    (picture,) = pictures.import_images(desk.store, [photo((800, 600))]).images
    image = picture.__class__(**{**as_values(picture), "key": "train", "alt": "A train", "credit": "Ali Raza"})
    found = desk.draft(body="They meet [@dawn-rail].\n\n![](image:train)", images=(image,), date="")
    writing.cite(desk.store, found, "note", {"name": "A note", "kind": SourceKind.DOCUMENT}, by=desk.reporter)
    with desk.store.read() as reading:
        text, house = writing.text_of(reading, found), reading.house()
    begun = translating.begin_translation(text, found, house, language="ur")
    values = as_values(begun) | {"headline": "ریل", "body": text.body, "standfirst": "خبر", "date": ""}
    other = desk.draft(**values)
    monkeypatch.undo()
    for one in (found, other):
        desk.step(one, Step.FILE, desk.reporter)
        desk.step(one, Step.TAKE, desk.editor)
        desk.approve(one)
    return found


def as_values(value):
    return {name: getattr(value, name) for name in value.__dataclass_fields__}


def exported(desk, folder, form):
    asked = publishing.ExportRequest(None, folder, form)
    publishing.export(desk.store, asked, by=desk.editor, renderer=desk.renderer, print_folder=print_folder)
    for path in folder.rglob("*"):
        if path.is_file():
            yield from unpacked(path.relative_to(folder).as_posix(), path.read_bytes())


@pytest.mark.parametrize("form", publishing.FORMATS)
def test_no_exported_file_tells_when_a_draft_was_begun(desk, article, tmp_path, form):
    told, ids = [], set()
    for name, data in exported(desk, tmp_path / form, form):
        told += [f"{name}: {spelling}" for spelling in SPELLINGS if spelling.encode() in data]
        ids |= {(name, found.decode()) for found in UUID.findall(data)}
    assert told == []
    assert [(name, one) for name, one in ids if uuid.UUID(one).version in WITH_A_TIME] == []
    if form in {"site", "json", "page"}:
        assert ids


def test_ids_of_people_computers_and_articles_are_none_of_a_time(desk, article):
    with desk.store.read() as reading:
        found = [article, reading.device(), *(person.id for person in reading.staff())]
    assert {uuid.UUID(one).version for one in found} <= {4, 8}
