import re
from html import escape, unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contents import CONTENTS
from make import HOUSE, content
from ovn_desk.domain.article import tidy
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.house_file import read_house
from ovn_desk.formats import html, markdown, plain
from ovn_desk.rendering.page.runs import mark_runs
from ovn_desk.rendering.page.structured import script_json
from ovn_desk.text import plain as words_of
from ovn_desk.text.render import render

POST = read_house(HOUSE)


@given(CONTENTS)
def test_markdown_comes_back_as_it_was(made):
    made = tidy(made)
    if not made.headline:
        return
    assert markdown.read(markdown.write(made), POST) == tidy_body(made)


def tidy_body(made):
    """Front matter parts from the text by lines, so empty lines at its ends are not kept."""
    from dataclasses import replace

    return replace(made, body=made.body.strip())


@given(st.text(max_size=80), st.sampled_from(["en", "ur"]))
def test_marking_runs_of_another_script_changes_no_letter(text, language):
    html_text = f"<p title='x'>{escape(text)}</p>"
    shown = re.sub(r"<[^>]*>", "", str(mark_runs(html_text, language)))
    assert unescape(shown) == unescape(re.sub(r"<[^>]*>", "", html_text))


@given(st.text(max_size=60))
def test_data_in_a_page_can_not_end_its_script(text):
    import json

    made = str(script_json({"x": text + "</script><!--"}))
    assert "<" not in made
    assert json.loads(made) == {"x": text + "</script><!--"}


def test_a_page_of_a_website_is_read_as_an_article():
    page = """<html lang="en"><head><title>Rail groups – The Testing Post</title>
    <meta property="article:section" content="Politics &amp; Government"><meta name="author" content="Rana Malik">
    <meta property="article:published_time" content="2025-07-20T10:00:00+05:00"></head>
    <body><nav>Home</nav><article><h1>Rail groups</h1><p>They <b>meet</b> in <a href="https://x.example">Baku</a>.</p>
    <ul><li>one</li></ul><script>track()</script></article><footer>Imprint</footer></body></html>"""
    made = html.read(page, POST)
    assert (made.headline, made.category, made.byline, made.date) == (
        "Rail groups",
        "politics",
        "Rana Malik",
        "2025-07-20",
    )
    assert made.body == "They **meet** in [Baku](https://x.example).\n\n- one"


def test_plain_text_knows_its_fields_above_the_text():
    text = "The Testing Post\n\nChecked. Twice.\n\nRail groups\n\nBy Rana Malik\n\n20 July 2025\n\nThey meet\nin Baku."
    made = plain.read(text, POST)
    assert (made.headline, made.byline, made.date) == ("Rail groups", "Rana Malik", "2025-07-20")
    assert made.body == "They meet in Baku."


@given(st.text(max_size=200))
def test_no_plain_text_or_markdown_breaks_the_readers(text):
    plain.read(text, POST)
    try:
        markdown.read(text, POST)
    except DeskError as error:
        assert "\n" not in str(error)


@pytest.mark.parametrize("field", ["headline", "standfirst", "byline", "dateline"])
def test_an_urdu_article_goes_to_markdown_and_back(field):
    made = content(language="ur", **{field: "ریل گروپ باکو میں"})
    assert markdown.read(markdown.write(made), POST) == made


URDU = "پاکستان اور آذربائیجان نے ریل پر اتفاق کیا"


@pytest.mark.parametrize(
    ("text", "language", "page"),
    [
        ("Plain words", "en", "<p>Plain words</p>"),
        (URDU, "ur", f"<p>{URDU}</p>"),
        (URDU, "en", f'<p dir="rtl" lang="ur">{URDU}</p>'),
        (f"Dawn کے مطابق {URDU}", "ur", f'<p><span lang="en" dir="ltr">Dawn</span> کے مطابق {URDU}</p>'),
        ("Plain words", "ur", '<p dir="ltr" lang="en">Plain words</p>'),
        (f"\u200e{URDU}", "ur", f'<p dir="ltr" lang="en"><span lang="ur" dir="rtl">{URDU}</span></p>'),
        (f"- {URDU}", "en", f'<ul dir="rtl" lang="ur">\n<li>{URDU}</li>\n</ul>'),
    ],
)
def test_a_paragraph_lies_as_its_words_do(text, language, page):
    assert mark_runs(render(text).html, language) == page


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>Write &lt;b&gt; and &lt;!-- this.</p>", "Write <b> and <!-- this."),
        ("<p>Code <code>&lt;b&gt;</code>.</p>", "Code <b>."),
        ("<dl><dt>Term</dt><dd>Meaning</dd></dl>", "Term\nMeaning"),
    ],
)
def test_what_a_page_says_is_said_again_and_does_nothing(page, text):
    made = html.read(f"<article>{page}</article>", POST)
    assert words_of.from_html(render(made.body).html) == text


@pytest.mark.parametrize("text", ["- a\n- b\n    - c\n    - d", "1. a\n    - b\n2. c", "```\na\n\nb\n```"])
def test_lists_in_lists_and_lines_of_code_stay_where_they_are(text):
    assert html.read(f"<article>{render(text).html}</article>", POST).body == text
