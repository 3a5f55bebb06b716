import os
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.image import Image
from ovn_desk.text.helper import RenderHelper
from ovn_desk.text.render import clean, render

XSS = Path(__file__).parents[3] / "shared" / "data" / "xss"
OWN_PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt&#58;alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "<a href='//evil.example'>x</a>",
    "<svg><animate onbegin=alert(1)>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "[x]: javascript:alert(1)\n\n[x]",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<form action=javascript:alert(1)><button>x</button></form>",
]
RUNNING = set("script iframe object embed form svg math style base meta link frame applet".split())
SAFE = re.compile(r"https?:|mailto:|tel:|(?![a-z][a-z0-9+.-]*:)", re.IGNORECASE)


class Reader(HTMLParser):
    """Collects the tags, handlers and addresses of a page that could run something."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found += [tag] if tag in RUNNING else []
        for name, value in attrs:
            if name.startswith("on") or name in {"style", "srcdoc"}:
                self.found.append(name)
            if name in {"href", "src"} and not SAFE.match((value or "").strip()):
                self.found.append(value)


def dangerous(html):
    reader = Reader()
    reader.feed(html)
    return reader.found


@pytest.mark.parametrize("payload", OWN_PAYLOADS)
def test_nothing_that_runs_passes(payload):
    assert not dangerous(render(payload).html)


@pytest.mark.skipif(not XSS.exists(), reason=f"Needs the collections of payloads in {XSS}.")
def test_nothing_that_runs_passes_of_thousands_of_known_payloads():
    lines = [line for file in XSS.glob("*.txt") for line in file.read_text("utf-8", "replace").splitlines() if line]
    assert len(lines) > 1_000
    for line in lines:
        for html in (render(line).html, clean(line)):
            assert not dangerous(html), line


@given(st.text(alphabet="abc*_[]()<>#&\"' \n`-:/", max_size=60))
def test_cleaning_twice_is_cleaning_once(text):
    once = render(text).html
    assert without_order(clean(once)) == without_order(once)


def without_order(html):
    """HTML with the attributes of each element in order of name: nh3 moves them when it takes one out."""
    attribute = re.compile(r' [\w-]+="[^"]*"')
    return re.sub(
        r"<\w+[^>]*>", lambda tag: attribute.sub("", tag[0]) + "".join(sorted(attribute.findall(tag[0]))), html
    )


def test_headings_start_at_two_and_skip_no_level():
    html = render("# One\n\n### Three\n\n###### Six\n\n## Two").html
    assert re.findall(r"<h(\d)\b", html) == ["2", "3", "4", "2"]


def test_citations_are_numbered_by_first_appearance_and_point_both_ways():
    rendered = render("One [@b]. Two [@a p. 3]. Again [@b].", ["a", "b"])
    assert rendered.cited == ("b", "a")
    assert re.findall(r'href="#ovn-source-(\d)" id="ovn-cite-([\d-]+)"', rendered.html) == [
        ("1", "1-1"),
        ("2", "2-1"),
        ("1", "1-2"),
    ]
    assert 'aria-label="Source 2, p. 3"' in rendered.html
    assert "One<sup" in rendered.html


def test_a_citation_of_nothing_stays_in_the_text_and_is_marked():
    html = render("Said [@nobody].", ["a"]).html
    assert 'Said <span class="ovn-unknown-source">[@nobody]</span>.' in html


def test_a_locator_can_not_leave_its_attribute():
    html = render('Said [@a "><b onclick=x>].', ["a"]).html
    assert dangerous(html) == []
    assert "<b" not in html


def test_citations_in_code_are_code():
    assert render("`[@a]`", ["a"]).cited == ()


TRAIN = Image("train", sha256="ab" * 32, width=90, height=60, alt='A "train"', caption="<b>It</b> came.", credit="Ali")


def test_a_picture_alone_in_its_paragraph_is_a_figure_and_one_in_a_line_stands_in_it():
    rendered = render("![](image:train)\n\nA line ![](image:train).", (), [TRAIN])
    figure, line = rendered.blocks
    assert figure.startswith('<figure class="ovn-column"><img data-ovn-sha256="abab')
    assert 'alt="A &quot;train&quot;"' in figure
    assert 'lang="en">&lt;b&gt;It&lt;/b&gt; came. <span class="credit">Ali</span></figcaption>' in figure
    assert re.fullmatch(r'<p[^>]*>A line <img [^>]*class="ovn-inline"[^>]*>\.</p>', line)
    assert rendered.pictures == ("train",)


def test_the_words_of_a_picture_come_from_its_card_and_not_from_the_text():
    assert "other" not in render("![other words](image:train)", (), [TRAIN]).html
    decorative = render("![](image:train)", (), [replace(TRAIN, is_decorative=True)]).html
    assert 'alt=""' in decorative


@pytest.mark.parametrize(
    "text",
    [
        "![](image:nobody)",
        "![A train](https://x.example/train.jpg)",
        "![A train](train.jpg)",
        "![train]\n\n[train]: https://x.example/train.jpg",
        '![](image:train "title")',
    ],
)
def test_a_picture_that_is_not_the_articles_is_shown_as_it_was_written_and_not_loaded(text):
    rendered = render(text, (), [TRAIN])
    assert '<span class="ovn-unknown-source">![' in rendered.html
    assert "<img" not in rendered.html
    assert rendered.pictures == ()


@pytest.mark.parametrize(
    "text", ['<img src="https://x.example/a.jpg">', '<img data-ovn-sha256="ab" src=x>', "\ue003train\ue004"]
)
def test_no_picture_gets_in_as_html_or_by_the_desks_own_letters(text):
    assert "<img" not in render(text, (), [TRAIN]).html


def test_a_picture_in_code_is_code():
    assert render("`![](image:train)`", (), [TRAIN]).html == "<p><code>![](image:train)</code></p>"


def test_a_table_takes_the_caption_beside_it():
    html = render("| a | b |\n|---|---|\n| 1 | 2 |\n\nTable: What it shows").html
    assert re.search("<caption[^>]*>What it shows</caption>", html)
    assert "<p>Table" not in html
    assert html.count('scope="col"') == 2


def test_a_text_nested_too_deeply_is_refused_in_words():
    with pytest.raises(DeskError, match="nested"):
        render("<div>" * 400)


def test_a_text_over_a_million_characters_is_refused_in_words():
    with pytest.raises(DeskError, match="1 million"):
        render("x" * 1_000_001)


HANGING = "A good paragraph.\n\n" + "[" * 40_000 + "\n\nAnother good one."


def test_a_text_that_hangs_the_renderer_is_refused_with_its_line_and_the_next_one_is_shown():
    helper = RenderHelper(time_limit=1)
    try:
        with pytest.raises(DeskError, match="line 3"):
            helper.render(HANGING)
        with pytest.raises(DeskError, match="line 3"):
            helper.render(HANGING + " More.")
        assert "Good <em>again</em>.</p>" in helper.render("Good *again*.").html
    finally:
        helper.close()


def test_a_helper_that_starts_slowly_is_waited_for_and_no_text_is_blamed(tmp_path, monkeypatch):
    (tmp_path / "sitecustomize.py").write_text("import time; time.sleep(2)  # a cold disk")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    helper = RenderHelper(time_limit=1)
    try:
        assert "A good paragraph." in helper.render("A good paragraph.").html
    finally:
        helper.close()


def test_the_helper_answers_as_the_function_does(renderer):
    text = "# One\n\nTwo [@a].\n\n[x]: https://x.example\n\n[x] and [@b]\n\n![](image:train)"
    assert renderer.render(text, ["a", "b"], [TRAIN]) == render(text, ["a", "b"], [TRAIN])
