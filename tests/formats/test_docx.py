"""Word files as they are written: everything of an article in them, and back without a word lost."""

import io
import zipfile
from collections import Counter

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Pillow

from effort import examples
from formats_kit import EVERYTHING, IMAGES
from issues import POST, issue, pictured
from make import DAWN
from ovn_desk.domain.source import Source, Terms
from ovn_desk.formats import docx
from ovn_desk.text import plain
from ovn_desk.text.render import render
from photos import photo

FILES = {
    f"assets/images/{key}-{width}.jpg": photo((width, 300))
    for key in ("train", "full", "half")
    for width in (720, 900, 1440)
}


def written(made, files=FILES):
    return Document(io.BytesIO(docx.write(made, POST, files)))


def of_style(document, name):
    return [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == name]


def test_everything_of_an_article_has_its_style():
    document = written(issue(body=EVERYTHING, images=IMAGES, tags=("rail",)))
    assert of_style(document, "Title") == ["Rail groups to meet in Baku"]
    assert of_style(document, "Subtitle") == ["Working groups follow talks."]
    assert of_style(document, "OVN Byline") == ["By Rana Malik · Islamabad"]
    assert of_style(document, "Heading 2") == ["Heading", "Sources", "How we know"]
    assert of_style(document, "Heading 3") == ["Deeper"]
    assert of_style(document, "List Bullet")[:2] == ["a", "b"]
    assert of_style(document, "List Bullet 2") == ["c", "d"]
    assert of_style(document, "List Number") == ["three", "four", "Dawn"]
    assert of_style(document, "Quote") == ["Quote one.[1]"]
    assert "A caption." in of_style(document, "Caption")
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [["A", "B"], ["1", "2"]]
    assert document.core_properties.author == "Rana Malik"
    assert document.core_properties.comments == ""


def test_a_picture_is_in_the_file_with_its_words_and_webp_is_made_readable():
    document = written(pictured())
    (shape,) = document.inline_shapes
    assert shape._inline.docPr.get("descr") == "A goods train"
    assert of_style(document, "Caption") == ["It left at dawn for ملتان. Ali Raza"]
    as_webp = written(pictured(), {"assets/images/train-1440.jpg": photo((1440, 300), kind="WEBP")})
    (part,) = [part for part in as_webp.part.package.iter_parts() if part.partname.startswith("/word/media")]
    assert Pillow.open(io.BytesIO(part.blob)).format == "PNG"


def test_citations_are_numbers_that_lead_to_a_list_of_sources():
    quiet = Source("quiet", name="Nobody knows", terms=Terms.BACKGROUND)
    document = written(issue(body="One [@dawn-rail]. Two [@quiet].", sources=(DAWN, quiet)))
    (text,) = [paragraph for paragraph in document.paragraphs if "Two" in paragraph.text]
    assert [run.text for run in text.runs if run.font.superscript] == ["[1]", "[2]"]
    assert of_style(document, "List Number") == [
        "Dawn",
        "A source known to the desk; the name is withheld as agreed",
    ]


def test_urdu_is_laid_out_from_the_right_and_english_in_it_is_not():
    made = issue(headline="ریل گروپ", language="ur", body="وہ *ملیں* Dawn کو۔\n\nEnglish here.\n\n- ایک", sources=())
    document = written(made)
    turned = {p.text: p._p.pPr is not None and p._p.pPr.find(qn("w:bidi")) is not None for p in document.paragraphs}
    assert turned["وہ ملیں Dawn کو۔"]
    assert turned["ریل گروپ"]
    assert turned["ایک"]
    assert not turned["English here."]
    (text,) = [paragraph for paragraph in document.paragraphs if "Dawn" in paragraph.text]
    assert [(run.text, bool(run.font.rtl)) for run in text.runs] == [
        ("وہ ", True),
        ("ملیں", True),
        (" ", True),
        ("Dawn", False),
        (" کو۔", True),
    ]


def test_each_list_begins_with_its_own_number():
    document = written(issue(body="1. a\n2. b\n\nText.\n\n7. c\n8. d", sources=()))
    ids = [p._p.pPr.numPr.numId.val for p in document.paragraphs if p.style.name == "List Number"]
    assert ids[0] == ids[1] != ids[2] == ids[3]
    numbering = document.part.numbering_part.element
    starts = [num.lvlOverride_lst[0].startOverride.val for num in numbering.num_lst if num.numId in ids]
    assert starts == [1, 7]


def test_the_same_article_is_the_same_file():
    made = pictured()
    assert docx.write(made, POST, FILES) == docx.write(made, POST, FILES)
    with zipfile.ZipFile(io.BytesIO(docx.write(made, POST, FILES))) as archive:
        assert {part.date_time[0] for part in archive.infolist()} == {1980}


def words(html):
    return Counter(plain.from_html(html).split())


@settings(max_examples=examples(25))
@given(
    st.lists(st.sampled_from([part for part in EVERYTHING.split("\n\n") if "[@" not in part]), min_size=1, max_size=8)
)
def test_no_word_is_lost_on_the_way_to_word_and_back(parts):
    text = "\n\n".join(["A report in English, which is longer than what it quotes in another language. " * 9, *parts])
    made = issue(body=text, images=IMAGES, sources=())
    came = docx.read(docx.write(made, POST, FILES), POST, name="x.docx").content
    assert not words(made.html) - words(render(came.body, images=came.images).html)
    fields = ("headline", "standfirst", "byline", "language")
    assert [getattr(came, name) for name in fields] == [getattr(made.content, name) for name in fields]


@pytest.mark.parametrize("standfirst", ["", "One."])
def test_an_article_without_a_byline_has_no_line_for_it(standfirst):
    document = written(issue(byline="", dateline="", standfirst=standfirst))
    assert of_style(document, "OVN Byline") == []
