from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.image import Image
from ovn_desk.text import canonical, dates, decoding, language, paragraphs, pictures, words

SENTENCES = st.lists(
    st.sampled_from(["One two.", "three four", "# Head", "- item", "> said", "", "پہلا جملہ۔"]), max_size=8
)


@given(SENTENCES)
def test_joining_twice_is_joining_once(lines):
    once = paragraphs.join_broken_lines("\n\n".join(lines))
    assert paragraphs.join_broken_lines(once) == once


@given(SENTENCES)
def test_joining_loses_no_word(lines):
    text = "\n\n".join(lines)
    assert paragraphs.join_broken_lines(text).split() == text.split()


def test_a_paragraph_broken_by_a_page_is_one_again():
    assert paragraphs.join_broken_lines("foster regional economic\n\nintegration. The move") == (
        "foster regional economic integration. The move"
    )
    assert paragraphs.join_broken_lines("It ended.\n\nthen") == "It ended.\n\nthen"


@given(st.text(max_size=60), st.text(max_size=60))
def test_words_are_counted_the_same_by_paragraph(one, two):
    assert words.count(f"{one}\n\n{two}") == words.count(one) + words.count(two)


def test_citations_and_pictures_are_not_words():
    assert words.count("Three words here [@dawn p. 3].\n\n![](image:train-2)") == 3


@pytest.mark.parametrize(
    ("written", "searched"),
    [("كتاب", "کتاب"), ("مُحَمَّد", "محمد"), ("می\u200cخواہم", "میخواہم"), ("Café", "CAFE"), ("ي", "ی")],
)
def test_search_folds_what_people_write_differently(written, searched):
    assert words.fold_for_search(written) == words.fold_for_search(searched)


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(text):
    assert words.fold_for_search(words.fold_for_search(text)) == words.fold_for_search(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [("July 20, 2025", "2025-07-20"), ("20/07/2025", "2025-07-20"), ("۲۰/۰۷/۲۰۲۵", "2025-07-20"), ("soon", "")],
)
def test_days_are_read_as_people_write_them(text, day):
    assert dates.parse_day(text) == day


@pytest.mark.parametrize(
    "data",
    [b"", b"  \n", b"%PDF-1.7 x", b"PK\x03\x04", b"a\x00b", b"\x89PNG\r\n", b"\xff\xfe\x00", b"\xef\xbb\xbf\xff"],
)
def test_a_file_that_is_no_text_is_refused_in_one_sentence(data):
    with pytest.raises(DeskError) as refused:
        decoding.decode_text(data, name="story.txt")
    assert "story.txt" in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_texts_are_read_in_the_encoding_they_are_in(encoding):
    text = "Naïve “quotes” and اردو"
    assert decoding.decode_text(text.encode(encoding), name="a.txt") == text


def test_older_encodings_are_told_by_what_reads_as_language():
    text = "The minister said “no”: a façade, he called it – naïve at best, and déjà vu. " * 4
    assert decoding.decode_text(text.encode("cp1252"), name="a.txt") == text


def test_a_language_is_told_by_its_script():
    assert language.guess_language("خبر from Dawn خبریں اردو", ["en", "ur"]) == "ur"
    assert language.guess_language("News", ["ur", "en"]) == "en"
    assert language.guess_language("123", ["ur", "en"]) == "ur"


@given(st.text(max_size=60))
def test_a_digest_survives_wrapping_and_typographic_quotes(text):
    page = "<div data-ovn-signed><p>{}</p></div>"
    plain = page.format(text.replace("<", "").replace("&", ""))
    assert canonical.digest(plain) == canonical.digest(plain.replace(" ", "\n  "))
    assert canonical.digest(plain) == canonical.digest(plain.replace("'", "’"))


def test_a_digest_knows_one_changed_word_and_one_moved_paragraph():
    page = "<div data-ovn-signed><p>One two.</p><p>Three.</p></div>"
    assert canonical.digest(page) != canonical.digest(page.replace("two", "too"))
    assert canonical.digest(page) != canonical.digest("<div data-ovn-signed><p>Three.</p><p>One two.</p></div>")
    assert canonical.digest(page) == canonical.digest(f"<p>Not signed.</p>{page}")


def figure(**changes):
    image = Image("train", sha256="ab" * 32, width=90, height=60, alt="A train", caption="It came.", credit="Ali")
    return f"<div data-ovn-signed><p>Text.</p>{pictures.figure(replace(image, **changes))}</div>"


@pytest.mark.parametrize(
    "changes",
    [
        {"sha256": "cd" * 32},
        {"crop": (1, 0, 80, 60)},
        {"alt": "Another train"},
        {"is_decorative": True},
        {"caption": "It went."},
        {"credit": "Bilal"},
    ],
)
def test_a_digest_covers_a_picture_and_all_that_is_said_of_it(changes):
    assert canonical.digest(figure()) != canonical.digest(figure(**changes))


def test_a_digest_is_the_same_whatever_the_files_of_a_picture_are_called():
    addressed = figure().replace("<img ", '<img src="a-720.jpg" srcset="a-720.jpg 720w, b.jpg 900w" sizes="9em" ')
    assert canonical.digest(addressed) == canonical.digest(figure()) == canonical.digest(figure(key="x", name="y"))


def test_a_picture_put_into_a_signed_text_or_moved_in_it_breaks_the_digest():
    page = "<div data-ovn-signed><p>One</p><p>two</p></div>"
    pages = [page, page.replace("One", 'One<img src="x">'), page.replace("two", 't<img src="x">wo')]
    assert len({canonical.digest(made) for made in pages}) == 3


def test_no_file_of_the_corpus_is_in_the_project():
    seed = Path(__file__).parents[3] / "shared" / "data" / "seed"
    if not seed.exists():
        pytest.skip(f"Needs the seed article in {seed}.")
    sentence = "aims to strengthen cross-border linkages and foster regional"
    root = Path(__file__).parents[2]
    ours = [p for folder in ("src", "resources", "docs") for p in (root / folder).rglob("*") if p.is_file()]
    assert [str(p) for p in ours if sentence.encode() in p.read_bytes()] == []
