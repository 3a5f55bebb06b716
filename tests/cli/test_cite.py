"""Citing from the command line: a command changes what it names, and loosens terms only when told so in words."""

from dataclasses import asdict, fields, replace
from itertools import product

import pytest
from typer.testing import CliRunner

from make import Desk, content
from ovn_desk.cli.program import app
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.source import Attachment, Source, SourceKind, Terms
from ovn_desk.usecases import writing

FULL = Source(
    **{part.name: f"was {part.name}" for part in fields(Source) if part.type is str and part.name != "key"},
    key="s1",
    kind=SourceKind.PERSON,
    terms=Terms.BACKGROUND,
    excerpts=("One said.", "Two said."),
    publish_excerpts=True,
    is_independent=False,
    files=(Attachment("ab" * 32, "note.txt", "text/plain"),),
)
# What is said for each field, and what stands in it then. A field that is added has to have an option.
GIVEN = {
    **{
        part.name: ((f"--{part.name.replace('_', '-')}", "new words"), "new words")
        for part in fields(Source)
        if part.type is str
    },
    "kind": (("--kind", "dataset"), SourceKind.DATASET),
    "terms": (("--terms", "off record"), Terms.OFF_RECORD),
    "excerpts": (("--excerpt", "New one.", "--excerpt", "New two."), ("New one.", "New two.")),
    "publish_excerpts": (("--keep-excerpts",), False),
    "is_independent": (("--independent",), True),
    "files": (("--file", "paper.txt"), ("paper.txt",)),
}
CHANGEABLE = [part.name for part in fields(Source) if part.name != "key"]


@pytest.fixture
def cite(store, tmp_path, monkeypatch):
    """Cites in an article that begins with these sources; the article's sources afterwards."""
    monkeypatch.chdir(tmp_path)
    by = Desk(store, None).signer("Rana")

    def run(sources, *words):
        article = writing.start(store, content(sources=sources), by=by)
        command = ["--store", str(store.path), "cite", article, "s1", "--as", "rana", *words]
        done = CliRunner().invoke(app, command)
        if isinstance(done.exception, DeskError):
            raise done.exception
        assert done.exit_code == 0, done.output
        with store.read() as reading:
            return {source.key: source for source in writing.text_of(reading, article).sources}

    return run


@pytest.mark.parametrize("name", CHANGEABLE)
def test_only_the_field_that_is_named_is_changed(cite, tmp_path, name):
    (tmp_path / "paper.txt").write_text("As it came.", encoding="utf-8")
    words, wanted = GIVEN[name]
    other = replace(FULL, key="s2")
    found = cite((FULL, other), *words)
    value = getattr(found["s1"], name)
    assert (tuple(file.name for file in value) if name == "files" else value) == wanted
    assert asdict(replace(found["s1"], **{name: getattr(FULL, name)})) == asdict(FULL)
    assert found["s2"] == other


def test_nothing_named_changes_nothing(cite):
    assert cite((FULL,))["s1"] == FULL


@pytest.mark.parametrize("name", [part.name for part in fields(Source) if part.type is str and part.name != "key"])
def test_an_empty_text_takes_out_just_that_text(cite, name):
    assert cite((FULL,), f"--{name.replace('_', '-')}", "")["s1"] == replace(FULL, **{name: ""})


@pytest.mark.parametrize(("before", "after"), list(product(Terms, Terms)))
def test_terms_are_loosened_only_when_told_so(cite, before, after):
    order = [Terms.OFF_RECORD, Terms.BACKGROUND, Terms.ON_RECORD]
    given, words = replace(FULL, terms=before), ("--terms", after.value)
    if order.index(after) > order.index(before):
        with pytest.raises(DeskError, match=f"“was name, was outlet” is {before}.*--loosen-terms"):
            cite((given,), *words)
        words = (*words, "--loosen-terms")
    assert cite((given,), *words)["s1"] == replace(given, terms=after)


@pytest.mark.parametrize("before", Terms)
def test_permission_to_loosen_terms_loosens_none_that_are_not_named(cite, before):
    given = replace(FULL, terms=before)
    assert cite((given,), "--loosen-terms", "--name", "was name")["s1"] == given


def test_a_new_source_is_a_document_on_record(cite):
    assert cite((), "--name", "The plan")["s1"] == Source("s1", name="The plan")
    assert cite((), "--terms", "off record")["s1"].terms is Terms.OFF_RECORD


def test_a_file_the_desk_does_not_keep_leaves_the_source_as_it_was(cite, tmp_path):
    (tmp_path / "program.exe").write_bytes(b"MZ")
    with pytest.raises(DeskError, match=r"program\.exe"):
        cite((FULL,), "--file", "program.exe")
