from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clock import at_most
from contents import CONTENTS
from ovn_desk.domain.article import Content
from ovn_desk.domain.claim import ClaimKind, Field
from ovn_desk.domain.image import Image
from ovn_desk.domain.source import Source
from ovn_desk.domain.verification import judge
from ovn_desk.text import claims
from ovn_desk.text.claims.paragraph import Paragraph

ALPHABET = st.sampled_from(
    [
        *"ab .,!?\n’‘“”\"'«»[]()*_#>|-@`~<",
        "said ",
        "Rs5 ",
        "12% ",
        "۱۲ ",
        "[@a]",
        "دو ",
        "۔ ",
        "five days ",
        "\n\n",
        "> ",
    ]
)
TEXTS = st.lists(ALPHABET, max_size=60).map("".join)


def found(text, kind):
    return [claim.words for claim in claims.find(Content(body=text)) if claim.kind == kind]


def quotations(text):
    return found(text, ClaimKind.QUOTATION)


def figures(text):
    return found(text, ClaimKind.FIGURE)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“We go at dawn,” he said.", ["We go at dawn,"]),
        ('"We go at dawn," he said.', ["We go at dawn,"]),
        ("He said, «We go at dawn».", ["We go at dawn"]),
        ("‘We go at dawn,’ he said.", ["We go at dawn,"]),
        ("'We don't go at dawn,' he said.", ["We don't go at dawn,"]),
        ("‘We back the players’ union and go,’ he said.", ["We back the players’ union and go,"]),
        ("“We go,” he said, “and we stay away.”", ["We go,", "and we stay away."]),
        (
            "“He told me ‘go home now, all of you’ and left,” she said.",
            ["He told me ‘go home now, all of you’ and left,"],
        ),
        ("“We go. We must. Now!” he said.", ["We go. We must. Now!"]),
        ("“We go at dawn and we do not come back", ["We go at dawn and we do not come back"]),
        ("اس نے کہا ”ہم صبح جائیں گے“۔", ["ہم صبح جائیں گے"]),
        ("اس نے کہا ’’ہم صبح جائیں گے‘‘۔", ["ہم صبح جائیں گے"]),
        ("اس نے کہا: ’ہم صبح جائیں گے‘۔", ["ہم صبح جائیں گے"]),
        ("> We go at dawn.\n> We do not come back. [@a]", ["We go at dawn.\n> We do not come back."]),
        ("> “We go at dawn.”\n> — A soldier [@a]", ["We go at dawn."]),
        ("He called it “robust”.", ["robust"]),
        ("“Go,” she said.", ["Go,"]),
    ],
)
def test_what_somebody_said_is_a_quotation(text, words):
    assert quotations(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "The “experts” met in the hall.",
        "Her book, “The Long Road Home”, is out.",
        "She reads aloud from “The Thirsty Crow”, and stops.",
        "He read the film ‘in a quiet lane’ as a story.",
        "The players’ union and the clubs’ owners met.",
        "It’s the ’90s again, and rock ’n’ roll isn’t dead.",
        "It is known as “the ATO process” in the office.",
        'Code `"we go at dawn today"` is none.',
        "The door is 6' 5\" high and 3' wide.",
        "ان کی کتاب “شکر اور سیاست” شائع ہوئی۔",
        '```\n"we go at dawn today" he said\n```',
    ],
)
def test_titles_terms_apostrophes_and_code_are_none(text):
    assert quotations(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Up to five days and 40%.", ["five days", "40%"]),
        ("Last week 12 people died in Karachi.", ["12"]),
        ("One man and one child were hurt.", ["One", "one"]),
        ("Ali, 45, and a 12-year-old boy.", ["45", "12-year-old"]),
        ("By 93 votes to 71.", ["93", "71"]),
        ("ایک کروڑ روپے اور 3 روزہ دورہ۔", ["ایک کروڑ روپے", "3 روزہ"]),
        ("A three-judge bench sat.", ["three-judge"]),
        ("They lost their last six games, a ratio of 4.5:1.", ["six", "4.5:1"]),
        ("A crowd of 2000 people in 2019.", ["2000"]),
    ],
)
def test_what_is_counted_is_a_figure(text, words):
    assert figures(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "1. The first point\n2. The other",
        "Section 144 and Articles 62 and 63 of the Act",
        "NA-125, PP-12, Covid-19, F-16 and the G20",
        "See [@a p. 44] and <https://x.example/12> and [it](https://x.example/a-12).",
        "The Vision 2030 plan of 20 July 2025, at 10:30am",
        "The two sides met, and these three agreed.",
        "One of them left; no one came back; one day it may rain.",
        "Hundreds of people and dozens of cars",
        "It has 1) a roof and 2) a door.",
        "**4. The last** one",
        "دفعہ 144 اور فارم 47",
        "ایک کتاب اور ایک سال",
        "Call 1122 or +92 51 1234567.",
        "“We have 12 men here,” he said.",
    ],
)
def test_numbers_that_claim_nothing_are_none(text):
    assert figures(text) == []


def test_a_claim_names_its_sentence_and_the_citations_round_it():
    text = "He has five cows [@a]. She has six cows.\n\nThey have 7 cows. They sell milk [@b]. All is well. [@c]"
    first, second, third = claims.find(Content(body=text))
    assert (first.sentence, first.cited, first.near) == ("He has five cows [@a].", ("a",), ())
    assert (second.cited, second.near) == ((), ())
    assert (third.cited, third.near) == ((), ("b", "c"))


def test_a_citation_after_the_full_stop_belongs_to_the_sentence_before():
    first, second = claims.find(Content(body="He has five cows. [@a] She has six cows.[@b]"))
    assert (first.cited, second.cited) == (("a",), ("b",))


def test_a_sentence_goes_on_over_abbreviations_and_inside_quotations():
    text = "Dr. A. B. Khan paid Rs. 500 for 5 kg of it. “It is not. It never was,” he said of 6 more."
    sentences = [claim.sentence for claim in claims.find(Content(body=text)) if claim.kind == ClaimKind.FIGURE]
    assert sentences == [
        "Dr. A. B. Khan paid Rs. 500 for 5 kg of it.",
        "Dr. A. B. Khan paid Rs. 500 for 5 kg of it.",
        "“It is not. It never was,” he said of 6 more.",
    ]


def test_headline_standfirst_and_captions_are_read_too():
    content = Content(headline="12 die", standfirst="At least 13.", images=(Image("a", caption="Some 14 men"),))
    assert [(claim.field, claim.words, claim.image, claim.is_display) for claim in claims.find(content)] == [
        (Field.HEADLINE, "12", "", True),
        (Field.STANDFIRST, "13", "", True),
        (Field.CAPTION, "14", "a", True),
    ]


def test_a_table_is_cited_by_its_caption():
    text = "Table: Trains [@a]\n\n| Line | Trains |\n|---|---|\n| North | 12 |\n| South | 14 |"
    assert [(claim.words, claim.near) for claim in claims.find(Content(body=text))] == [("12", ("a",)), ("14", ("a",))]


def test_another_outlet_is_known_by_how_the_sentence_names_it():
    named = {
        "Five died, as reported by Dawn.": "Dawn",
        "Five died, The Morning Ledger reported.": "The Morning Ledger",
        "Five died, a report by the Evening Post says.": "Evening Post",
        "Five died.": "",
    }
    assert {text: claims.find(Content(body=text))[0].through for text in named} == named


@given(CONTENTS)
def test_any_content_is_read_and_words_are_where_they_are_said_to_be(content):
    check_places(content)


@given(TEXTS, TEXTS)
def test_any_mixture_of_marks_is_read_and_words_are_where_they_are_said_to_be(headline, body):
    check_places(Content(headline=headline, body=body, images=(Image("a", caption=headline),)))


def check_places(content):
    captions = {image.key: image.caption for image in content.images}
    for claim in claims.find(content):
        text = captions[claim.image] if claim.field is Field.CAPTION else getattr(content, claim.field)
        assert 0 <= claim.start < claim.end <= len(text)
        if claim.field is not Field.CAPTION or len(captions) == len(content.images):
            assert text[claim.start : claim.end] == claim.words
        assert claim.words in claim.sentence or claim.kind == ClaimKind.QUOTATION or "\n" in claim.words


@pytest.mark.parametrize("part", ["“", "’", "[@", "[", "<", "a-", "a.b.", ".", "1 ", "1,", "> ", "_", " ", "\\", "{{"])
def test_no_text_takes_long(part):
    text = f"{part * 8_000}x"
    content = Content(headline=text[:9_000], body=text, sources=(Source("a", excerpts=(text,)),))
    with at_most(seconds=5):
        judge(claims.find(replace(content, body=f"“{text}” [@a] said")), content.sources, ())
        claims.find(content)


@given(TEXTS)
def test_a_paragraph_is_prose_of_its_own_length(text):
    paragraph = Paragraph(text)
    assert len(paragraph.prose) == len(paragraph.own_voice) == len(text)


@given(st.lists(TEXTS.filter(lambda text: text.strip() and "\n" not in text and "`" not in text), max_size=4))
def test_a_paragraph_is_read_the_same_wherever_it_stands(texts):
    texts = [text for text in texts if "|" not in text and not text.strip(" ").startswith(("Table", "<"))]
    together = [claim.words for claim in claims.find(Content(body="\n\n".join(texts)))]
    apart = [claim.words for text in texts for claim in claims.find(Content(body=text))]
    assert together == apart


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (["| 1 | Baldia | 14 wells |", "| 2 | Orangi | 9 wells |"], ["14", "9"]),
        (["1. | Baldia", "2. | Orangi", "3. | Lyari"], []),
        (["| ۱ | بلدیہ |", "| ۲ | اورنگی |"], []),
        (["| 1 | Baldia |", "| 3 | Orangi |"], ["1", "3"]),  # a figure of its own
        (["| 1 | Baldia |", "| two | Orangi |"], ["1", "two"]),
        (["| 1 | Baldia |"], ["1"]),
        (["| Baldia | 1 |", "| Orangi | 2 |"], ["1", "2"]),
    ],
)
def test_a_number_that_counts_the_rows_of_a_table_is_no_claim(rows, found):
    table = "\n".join(["| No. | Town |", "|---|---|", *rows])
    figures = [claim for claim in claims.find(Content(body=table)) if claim.kind is ClaimKind.FIGURE]
    assert [claim.words for claim in figures] == found
    assert all(table[claim.start : claim.end] == claim.words for claim in figures)
