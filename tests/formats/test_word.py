"""Word files and what Word, Google Docs, web pages and PDFs put on the clipboard."""

import io
import re
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from make import HOUSE
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house_file import read_house
from ovn_desk.formats import docx, pasted
from photos import loaded, photo
from word import DRAWING, document, paragraph, with_pictures

POST = read_house(HOUSE)
FILES = Path(__file__).parents[3] / "shared" / "data" / "docx"


def test_a_word_file_comes_in_with_its_title_and_text():
    made = docx.read(
        document(paragraph("They meet.") + paragraph("In Baku.", bold=True), title="Rail groups"), POST, name="a"
    ).content
    assert (made.headline, made.body) == ("Rail groups", "They meet.\n\n**In Baku.**")


@pytest.mark.skipif(not FILES.exists(), reason=f"Needs the Word files in {FILES}.")
@pytest.mark.parametrize("name", [path.name for path in sorted(FILES.glob("*.docx"))] or ["none"])
def test_no_word_of_a_real_file_is_lost(name):
    data = (FILES / name).read_bytes()
    made = docx.read(data, POST, name=name).content
    written = Counter()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part in archive.namelist():
            if re.fullmatch(r"word/(document|footnotes|endnotes)\.xml", part):
                root = etree.fromstring(archive.read(part))
                for fallback in root.iter("{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"):
                    fallback.clear()
                words = (element.text or "" for element in root.iter("{*}t"))
                written.update(word for text in words for word in re.findall(r"[^\W\d_]{2,}", text))
    got = Counter(re.findall(r"[^\W\d_]{2,}", f"{made.headline} {made.standfirst} {made.body}"))
    assert written - got == Counter()


def test_pictures_come_in_clean_with_their_alt_text():
    body = paragraph("They meet.") + DRAWING.format(alt="A train", name="p1") + DRAWING.format(alt="", name="p2")
    came = docx.read(with_pictures(body, p1=loaded("JPEG", "canary"), p2=photo(kind="PNG")), POST, name="a.docx")
    assert came.content.body == "They meet.\n\n![](image:image)\n\n![](image:image-2)"
    assert [(image.key, image.alt) for image in came.content.images] == [("image", "A train"), ("image-2", "")]
    assert [media for media, _ in came.files] == ["image/jpeg", "image/png"]
    assert b"canary" not in came.files[0][1]
    assert came.left_out == ()


def test_a_picture_twice_in_a_file_is_one():
    body = DRAWING.format(alt="", name="p1") + DRAWING.format(alt="", name="p2")
    came = docx.read(with_pictures(body, p1=photo(), p2=photo()), POST, name="a.docx")
    assert came.content.body == "![](image:image)\n\n![](image:image)"
    assert len(came.content.images) == 1


def test_a_picture_in_a_table_stays_there():
    cell = f"<w:tc>{DRAWING.format(alt='', name='p1')}</w:tc>"
    body = f"<w:tbl><w:tr><w:tc>{paragraph('Sign')}</w:tc>{cell}</w:tr></w:tbl>"
    assert "| Sign | ![](image:image) |" in docx.read(with_pictures(body, p1=photo()), POST, name="a").content.body


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"p1": b"\xd7\xcd\xc6\x9a"}, "is not a picture the desk knows"),
        ({"p1": b""}, "is empty"),
        ({"p1": None}, "only linked to"),
    ],
)
def test_a_picture_that_can_not_come_in_is_left_out_and_said(files, said):
    body = paragraph("They meet.") + DRAWING.format(alt="A train", name="p1")
    came = docx.read(with_pictures(body, **files), POST, name="a.docx")
    assert came.content.body == "They meet."
    (sentence,) = came.left_out
    assert str(sentence).startswith("A picture in a.docx ")
    assert said in str(sentence)


@pytest.mark.skipif(not FILES.exists(), reason=f"Needs the Word files in {FILES}.")
def test_pictures_of_real_files_come_in_when_they_are_in_them():
    tiny = docx.read((FILES / "tiny-picture.docx").read_bytes(), POST, name="tiny")
    assert (tiny.content.images[0].width, tiny.content.body) == (10, "![](image:image)")
    linked = docx.read((FILES / "external-picture.docx").read_bytes(), POST, name="linked")
    assert (linked.files, len(linked.left_out)) == ((), 1)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04 broken", "is not a Word file"),
        (document("", extra={"word/x.xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"}), "entities"),
        (document("", extra={"word/media/bomb.bin": bytes(210 * 1024 * 1024)}), "far more than an article"),
        (document("<w:p>"), "cannot be read as a Word file"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_in_one_sentence(data, said):
    with pytest.raises(DeskError, match=said) as refused:
        docx.read(data, POST, name="a.docx")
    assert "\n" not in str(refused.value)


GOOGLE = (
    '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-1"><p><span style="font-weight:400">One'
    ' </span><span style="font-weight:700">bold</span><span style="font-style:italic"> slanted</span></p><ul><li><p>'
    'item</p></li></ul><p><a href="https://www.google.com/url?q=https://x.example/a&sa=D">link</a></p></b>'
)
WORD = (
    "<html xmlns:o='urn:x'><head><style>p {mso-x:1}</style></head><body><!--StartFragment--><p class=MsoNormal>"
    "<b>One</b><o:p></o:p></p><p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>"
    "·<span>   </span></span>first</p><p class=MsoListParagraph style='mso-list:l0 level2 lfo1'>"
    "<span style='mso-list:Ignore'>o</span>inner</p><p class=MsoListParagraph style='mso-list:l0 level1 lfo1'>"
    "<span style='mso-list:Ignore'>·</span>second</p><!--EndFragment--></body></html>"
)


def test_google_docs_brings_text_and_no_junk():
    assert pasted.markdown(GOOGLE) == "One **bold** *slanted*\n\n- item\n\n[link](https://x.example/a)"


def test_word_brings_its_lists_as_lists():
    assert pasted.markdown(WORD) == "**One**\n\n- first\n    - inner\n- second"


@pytest.mark.parametrize("html", ["", "<", "<p", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\ud800"])
def test_nothing_on_the_clipboard_breaks_the_paste(html):
    assert "alert" not in pasted.markdown(html)


@given(st.text(max_size=80))
def test_any_html_pastes_as_some_text(text):
    pasted.markdown(f"<p>{text}</p>")
    pasted.plain(text)


def test_lines_of_a_pdf_are_paragraphs_and_lines_of_a_poem_are_lines():
    column = "The agreement emerged from a meeting chaired by the minister\n"
    column += "who emphasised the commitment to rail trade and asked for\npatience."
    assert "\n" not in pasted.plain(column)
    poem = "Short line\nof a poem\nstays"
    assert pasted.plain(poem) == poem
