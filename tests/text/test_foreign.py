"""What reading a foreign file may raise: a sentence where it is the file's fault, and itself where it is ours."""

import io
import json
import os
import zipfile
import zlib

import lxml.etree
import mammoth
import pytest
import yaml

from ovn_desk.domain.errors import DeskError, StepRefused
from ovn_desk.store.trouble import StoreTrouble, Trouble
from ovn_desk.text import foreign
from word import DRAWING, with_pictures


def ours(module="ovn_desk.formats.made_up"):
    """A function of the desk that has a mistake in it: it runs in a module of ours by its name."""
    space = {"__name__": module}
    exec("def mistake(value=None):\n    return value.missing\n", space)
    return space["mistake"]


@pytest.mark.parametrize(
    "read",
    [
        lambda: json.loads("{"),
        lambda: yaml.safe_load("a: ["),
        lambda: lxml.etree.fromstring("<a>"),
        lambda: lxml.etree.fromstring("<?xml version='1.0' encoding='utf-8'?><a/>"),
        lambda: zlib.decompress(b"x"),
        lambda: zipfile.ZipFile(os.devnull),
        lambda: b"\xff".decode(),
        lambda: mammoth.convert_to_html(None),
    ],
)
def test_what_a_parser_raises_names_the_file(read):
    with pytest.raises(DeskError) as refusal, foreign.reading("a.x", "docx-unreadable", "advice-docx"):
        read()
    assert str(refusal.value) == "a.x cannot be read as a Word file. Open it in Word and save it again."


def test_a_mistake_of_ours_stays_what_it_is():
    mistake = ours()
    with pytest.raises(AttributeError, match="missing"), foreign.reading("a.x", "file-broken"):
        mistake()
    with pytest.raises(AttributeError, match="missing"), foreign.reading("a.x", "file-broken"):
        json.loads('{"a": 1}', object_hook=mistake)  # a parser that calls us back
    with pytest.raises(AttributeError, match="missing"), foreign.reading("a.docx", "file-broken"):
        file = with_pictures(DRAWING.format(alt="", name="p1"), p1=b"x")
        mammoth.convert_to_html(io.BytesIO(file), convert_image=mistake)


def test_what_is_raised_on_purpose_is_named():
    mistake = ours()
    with (
        pytest.raises(DeskError, match=r"a\.x is broken"),
        foreign.reading("a.x", "file-broken", also=(AttributeError,)),
    ):
        mistake()


def test_a_refusal_keeps_its_kind_and_is_given_the_name():
    with pytest.raises(StepRefused, match=r"a\.x: It may not be"), foreign.reading("a.x", "file-broken"):
        raise StepRefused("It may not be.")
    with pytest.raises(DeskError, match=r"^a\.x has no end\.$"), foreign.reading("a.x", "file-broken"):
        raise DeskError("a.x has no end.")


def test_a_refusal_that_is_made_of_more_than_a_sentence_is_given_the_name_too(tmp_path):
    with pytest.raises(StoreTrouble, match=r"^x7: Another") as refused, foreign.reading("x7", "file-broken"):
        raise StoreTrouble(Trouble.BUSY, tmp_path.with_name("post.ovn"))
    assert refused.value.kind is Trouble.BUSY


def test_what_is_too_deep_or_too_large_is_said():
    with pytest.raises(DeskError, match=r"a\.x .*nested too deeply"), foreign.reading("a.x", "file-broken"):
        json.loads("[" * 200_000)
    with pytest.raises(DeskError, match=r"a\.x .*more memory than there is"), foreign.reading("a.x", "file-broken"):
        raise MemoryError


def test_no_more_is_read_than_is_wise(tmp_path):
    (tmp_path / "a").write_bytes(b"12345")
    assert foreign.read_bytes(tmp_path / "a", most=5) == b"12345"
    with pytest.raises(DeskError, match="a is over"):
        foreign.read_bytes(tmp_path / "a", most=4)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="There are no pipes with names here.")
def test_a_pipe_and_a_device_are_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.md")
    for path in (tmp_path / "pipe.md", tmp_path, type(tmp_path)("/dev/zero")):
        with pytest.raises(DeskError, match=f"{path.name} cannot be read"):
            foreign.read_bytes(path, most=100)


@pytest.mark.parametrize("name", ["a\0b", "x" * 5_000, "nowhere"])
def test_a_name_that_is_none_is_said(tmp_path, name):
    with pytest.raises(DeskError):
        foreign.read_bytes(tmp_path / name, most=100)


def test_deep_json_is_none():
    with pytest.raises(ValueError, match="nested too deeply"):
        foreign.read_json("[" * 200_000)
