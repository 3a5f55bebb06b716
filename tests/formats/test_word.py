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
from ovn_desk.domain.house import read_house
from ovn_desk.formats import docx, pasted

POST = read_house(HOUSE)
FILES = Path(__file__).parents[3] / "shared" / "data" / "docx"
MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def document(body, *, extra=None, title=""):
    """A Word file with this body."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        types = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        types += '<Default Extension="xml" ContentType="application/xml"/>'
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{types}</Types>',
        )
        office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
        archive.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{office}" Target="word/document.xml"/></Relationships>',
        )
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{MAIN}"><w:body>{body}</w:body></w:document>')
        if title:
            archive.writestr(
                "docProps/core.xml",
                f'<cp xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></cp>',
            )
        for name, data in (extra or {}).items():
            archive.writestr(name, data)
    return file.getvalue()


def paragraph(text, *, bold=False):
    return f"<w:p><w:r>{'<w:rPr><w:b/></w:rPr>' if bold else ''}<w:t>{text}</w:t></w:r></w:p>"


def test_a_word_file_comes_in_with_its_title_and_text():
    made = docx.read(
        document(paragraph("They meet.") + paragraph("In Baku.", bold=True), title="Rail groups"), POST, name="a"
    )
    assert (made.headline, made.body) == ("Rail groups", "They meet.\n\n**In Baku.**")


@pytest.mark.skipif(not FILES.exists(), reason=f"Needs the Word files in {FILES}.")
@pytest.mark.parametrize("name", [path.name for path in sorted(FILES.glob("*.docx"))] or ["none"])
def test_no_word_of_a_real_file_is_lost(name):
    data = (FILES / name).read_bytes()
    made = docx.read(data, POST, name=name)
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


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04 broken", "is not a Word file"),
        (document("", extra={"word/x.xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"}), "entities"),
        (document("", extra={"word/media/bomb.bin": bytes(210 * 1024 * 1024)}), "far more than an article"),
        (document("<w:p>"), "can not be read as a Word file"),
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
    assert pasted.markdown(WORD) == "**One**\n\n- first\n  - inner\n- second"


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
