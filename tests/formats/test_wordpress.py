"""Posts for WordPress, read by WordPress's own code."""

import re
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gutenberg
from formats_kit import EVERYTHING, IMAGES
from issues import POST, issue
from make import DAWN
from ovn_desk.domain.source import Source, Terms
from ovn_desk.rendering import gutenberg as wordpress_blocks
from ovn_desk.text import plain
from ovn_desk.text.render import render

QUIET = Source("quiet", name="Nobody", terms=Terms.BACKGROUND)
URDU = "وہ ملیں گے۔ [@dawn-rail]\n\n## سرخی\n\n- ایک\n- دو\n\n> اقتباس\n\nEnglish here."


def written(made):
    return wordpress_blocks.write(replace(made, id="1", path="2025/07/x.html"), POST)


@pytest.fixture(scope="module")
def posts(tmp_path_factory):
    folder = tmp_path_factory.mktemp("posts")
    made = {
        "english": issue(body=EVERYTHING, images=IMAGES, sources=(DAWN, QUIET)),
        "urdu": issue(headline="ریل", language="ur", standfirst="باکو میں", body=URDU, byline="رانا"),
        "bare": issue(body="Only this.", sources=(), standfirst="", byline=""),
    }
    for name, each in made.items():
        (folder / f"{name}.html").write_text(written(each), encoding="utf-8")
    return [folder / f"{name}.html" for name in made]


@gutenberg.needs("parser")
def test_wordpress_finds_nothing_outside_of_blocks(posts):
    for blocks in gutenberg.read("parser", *posts):
        assert [block["text"] for block in blocks if block["name"] is None and block["text"].strip()] == []
        assert blocks


@pytest.mark.campaign
@gutenberg.needs("library")
def test_every_block_is_valid_and_a_broken_one_is_not(posts, tmp_path):
    broken = tmp_path / "broken.html"
    broken.write_text("<!-- wp:heading -->\n<h4>x</h4>\n<!-- /wp:heading -->", encoding="utf-8")
    *found, wrong = gutenberg.read("library", *posts, broken)
    blocks = [block for post in found for block in gutenberg.flat(post)]
    assert [(block["name"], block["text"], block["issues"]) for block in blocks if not block["valid"]] == []
    assert {block["name"].removeprefix("core/") for block in blocks} >= set(
        "paragraph heading list list-item quote table image code separator html".split()
    )
    assert "core/missing" not in {block["name"] for block in blocks}
    assert [block["valid"] for block in wrong] == [False]


def test_a_post_has_no_head_no_script_and_no_page_around_it(posts):
    for post in posts:
        assert not re.search(r"<(?:html|head|script|style|h1|main|article)\b", post.read_text(encoding="utf-8"))


def test_pictures_and_citations_lead_to_where_they_are(posts):
    text = posts[0].read_text(encoding="utf-8")
    assert 'src="https://post.example/assets/images/train-1440.jpg"' in text
    assert 'href="#ovn-source-1"' in text
    assert '<li id="ovn-source-1"><a href="https://dawn.example/rail"' in text


def test_an_urdu_post_says_so_on_a_site_in_english(posts):
    text = posts[1].read_text(encoding="utf-8")
    assert '<!-- wp:paragraph {"direction":"rtl"} -->\n<p dir="rtl"><span lang="ur">وہ ملیں گے۔' in text
    assert '<li><span lang="ur" dir="rtl">ایک</span></li>' in text
    assert "<p>English here.</p>" in text


@given(st.lists(st.sampled_from([*EVERYTHING.split("\n\n"), "<div>x</div>", "bare & <i>words</i>"]), max_size=8))
def test_no_word_is_lost_between_a_page_and_a_post(parts):
    html = render("\n\n".join(parts), ["dawn-rail"]).html
    made = re.sub(r"<!--.*?-->", " ", wordpress_blocks.blocks(html))
    assert Counter(plain.from_html(made).split()) == Counter(plain.from_html(html).split())
