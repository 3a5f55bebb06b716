"""Every reader of files from elsewhere, given files that were hurt: it reads them, or says in a sentence why not."""

import os
import random
import re
from collections import Counter
from dataclasses import replace

import pytest

import foreign_files
from issues import POST, issue
from make import Desk, newsroom
from ovn_desk import signing
from ovn_desk.domain.errors import DeskError
from ovn_desk.formats import wxr
from ovn_desk.usecases import importing, publishing, sourcing
from ovn_desk.usecases.publishing import verifying
from word import document, paragraph

NAMES = (
    *("word", "wordpress", "html", "markdown", "plain", "picture", "clipboard"),
    *("bundle", "signed bundle", "sealed bundle", "dictionary", "house", "key"),
    *("published keys", "backup", "theme", "exported page"),
)
UNNAMED = re.compile(r"the passphrase of this key|signed this file|This file is")  # who asked named one file
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow says aloud what it skips


@pytest.fixture(scope="module")
def readers(tmp_path_factory, renderer):
    """Every reader by its name."""
    folder = tmp_path_factory.mktemp("foreign")
    store = newsroom(folder / "newsroom.ovn")
    made = foreign_files.readers(Desk(store, renderer), folder)
    yield {reader.name: reader for reader in made}
    store.close()


def outcomes(reader, folder, number, seed):
    """How so many hurt files end: read, refused, or what was raised instead, with the seed to have it again."""
    found = Counter()
    for count in range(number):
        told = f"{reader.name} {seed} {count}"
        dice = random.Random(told)
        name, data = dice.choice(reader.files)
        path = folder / name
        path.write_bytes(foreign_files.hurts_of(data, dice))
        try:
            reader.read(path)
        except DeskError as refusal:
            assert path.stem in str(refusal) or UNNAMED.search(str(refusal)), (told, refusal)
            assert "\n" not in str(refusal), (told, refusal)
            found["refused"] += 1
        except Exception as error:  # noqa: BLE001 - which it is says the test
            found[f"{type(error).__name__}: {error} ({told})"] += 1
        else:
            found["read"] += 1
    return found


def test_all_readers_are_here(readers):
    assert tuple(readers) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_whole_files_are_read(readers, tmp_path, name):
    for file, data in readers[name].files[:2]:
        (tmp_path / file).write_bytes(data)
        readers[name].read(tmp_path / file)


@pytest.mark.parametrize("name", NAMES)
def test_hurt_files_are_read_or_refused(readers, tmp_path, name):
    assert outcomes(readers[name], tmp_path, 25, 1).keys() <= {"read", "refused"}


@pytest.mark.campaign
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("name", NAMES)
def test_many_hurt_files_are_read_or_refused(readers, tmp_path, name):
    seed = os.environ.get("SEED") or random.randrange(10**6)
    found = outcomes(readers[name], tmp_path, int(os.environ.get("MUTANTS", "200")), seed)
    print(f"{name}: {found['read']} read, {found['refused']} refused")
    assert found.keys() <= {"read", "refused"}


def encrypted(data):
    """A Word file whose entries say that they are locked."""
    made = bytearray(data)
    for at in range(len(made) - 4):
        if made[at : at + 4] == b"PK\x01\x02":
            made[at + 8] |= 1
        elif made[at : at + 4] == b"PK\x03\x04":
            made[at + 6] |= 1
    return bytes(made)


def packed_oddly(data):
    """The same, packed in a way that nobody here can unpack."""
    made = bytearray(data)
    for at in range(len(made) - 4):
        if made[at : at + 4] == b"PK\x01\x02":
            made[at + 10] = 98
        elif made[at : at + 4] == b"PK\x03\x04":
            made[at + 8] = 98
    return bytes(made)


BOMB = "".join(
    (
        "<!DOCTYPE a [<!ENTITY b '",
        "b" * 99,
        "'><!ENTITY c '",
        "&b;" * 99,
        "'><!ENTITY d '",
        "&c;" * 99,
        "'>]><a>&d;</a>",
    )
)
BAD = {
    "locked.docx": (encrypted(document(paragraph("A"))), "password"),
    "odd.docx": (packed_oddly(document(paragraph("A"))), "cannot be read as a Word file"),
    "deep.docx": (document("<w:p><w:r>" + "<w:x>" * 30_000 + "</w:x>" * 30_000 + "</w:r></w:p>"), "too deeply"),
    "bomb.docx": (document("", extra={"word/a.xml": BOMB}), "entities of its own"),
    "bomb16.docx": (document("", extra={"word/a.xml": BOMB.encode("utf-16")}), "entities of its own"),
    "long.docx": (document("<w:p/>" * 10, extra={"word/a.xml": b" " * 42_000_000}), "far more than an article"),
    "runs.docx": (document("<w:p><w:r></w:r></w:p>" * 110_000), "far longer than an article"),
    "bomb.xml": (BOMB.encode(), "entities of its own"),
    "deep.xml": (b"<rss>" + b"<a>" * 100_000, "broken"),
    "deep.html": (b"<div>" * 50_000, "200 deep"),
    "wide.html": (b"<p>a</p>" * 50_000, "over 20,000 parts"),
    "number.md": (b"---\nheadline: A\ntarget_words: " + b"9" * 30 + b"\n---\nA", "target_words"),
    "figures.md": (b"---\nheadline: A\ntarget_words: " + b"9" * 6_000 + b"\n---\nA", "front matter"),
    "front.md": (b"---\n" + b"a: b\n" * 300_000 + b"---\nA", "front matter is far longer"),
    "picture.md": (b"---\nimages:\n- key: a\n  width: " + b"9" * 30 + b"\n---\nA", "width is of another kind"),
    "alias.md": (b"---\na: &a [1, 2]\nimages:\n- key: a\n  alt: *a\n---\nA", "alt is of another kind"),
    "yaml.md": (b"---\na: " + b"[" * 100_000 + b"\n---\nA", "front matter"),
    "nothing.html": (b"<?xml version='1.0'?>", "HTML"),
    "frames.html": (b"<frameset><frame></frameset>", "no text"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_is_made_to_break_a_reader_is_refused(tmp_path, name):
    data, said = BAD[name]
    (tmp_path / name).write_bytes(data)
    with pytest.raises(DeskError, match=said) as refusal:
        importing.read_all(tmp_path / name, POST)
    assert name in str(refusal.value)


def test_the_others_of_a_folder_come_in(desk, tmp_path):
    for name, (data, _) in BAD.items():
        (tmp_path / name).write_bytes(data)
    for number in range(3):
        (tmp_path / f"good-{number}.txt").write_text(f"Headline {number}\n\nA text of its own.", encoding="utf-8")
    reports = importing.import_files(desk.store, [tmp_path], by=desk.reporter)
    assert importing.counts(reports) == {"imported": 3, "skipped": 0, "failed": len(BAD)}
    assert all(report.path.name in report.reason for report in reports if report.status == "failed")


def test_one_broken_post_of_an_export_leaves_the_others_whole(desk, tmp_path):
    posts = [
        replace(issue(headline=f"Post {number}"), id=f"id{number}", path=f"2025/07/post-{number}.html")
        for number in range(3)
    ]
    text = wxr.write(posts, POST)
    deep = "<div>" * 300 + "deep"
    file = tmp_path / "three.xml"
    file.write_text(text.replace("They meet", deep).replace("The groups meet", deep, 1), encoding="utf-8")
    reports = importing.import_files(desk.store, [file], by=desk.reporter)
    assert importing.counts(reports) == {"imported": 2, "skipped": 0, "failed": 1}
    assert "“Post 0”" in next(report.reason for report in reports if report.status == "failed")


def test_a_folder_with_nothing_in_it_says_so(desk, tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    (report,) = importing.import_files(desk.store, [tmp_path], by=desk.reporter)
    assert (report.status, report.path) == ("skipped", tmp_path)


def test_many_files_of_a_source_are_kept_but_for_the_bad_ones(desk, tmp_path):
    (tmp_path / "note.txt").write_text("As it came.", encoding="utf-8")
    (tmp_path / "a.exe").write_bytes(b"MZ")
    kept, refused = sourcing.attach_all(
        desk.store, [tmp_path / "a.exe", tmp_path / "note.txt", tmp_path / "gone.pdf"], unnamed=""
    )
    assert [file.name for file in kept] == ["note.txt"]
    assert ["a.exe" in refused[0], "gone.pdf" in refused[1]] == [True, True]


@pytest.mark.parametrize("data", [b"[" * 200_000, b"\xff", b'{"a": 1}', b"[]", b"null"])
@pytest.mark.parametrize(
    "read",
    [signing.open_key, signing.is_sealed, lambda path: verifying.verify_files(path.with_name("x.html"), path)],
    ids=["key", "is sealed", "published keys"],
)
def test_a_key_file_that_is_none_is_said(tmp_path, read, data):
    (tmp_path / "x.html").write_text("<p>A", encoding="utf-8")
    (tmp_path / "key.json").write_bytes(data)
    try:
        read(tmp_path / "key.json")
    except DeskError as refusal:
        assert "key" in str(refusal)


def test_an_export_goes_over_a_list_of_files_that_was_hurt(desk, tmp_path):
    article = desk.approved()
    publishing.export(
        desk.store, publishing.ExportRequest((article,), tmp_path), by=desk.editor, renderer=desk.renderer
    )
    listed = next(path for path in tmp_path.iterdir() if path.name.startswith(".ovn"))
    listed.write_bytes(b"[" * 200_000)
    done = publishing.export(
        desk.store, publishing.ExportRequest((article,), tmp_path), by=desk.editor, renderer=desk.renderer
    )
    assert not done.refused
