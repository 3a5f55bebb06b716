"""A text rendered piece by piece is the page that it is when rendered whole."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ovn_desk.domain.image import Image
from ovn_desk.text import chunks
from ovn_desk.text.body import assemble_body
from ovn_desk.text.render import fragment, render

DATA = Path(__file__).parents[3] / "shared" / "data"
BLOCKS = [
    "A paragraph with *emphasis* and [a link][one].",
    "## A heading",
    "#### A deep heading",
    "- a list\n- of two",
    "  goes on, indented",
    "1. numbered",
    "> said [@a]",
    "Term\n: its meaning",
    "```\ncode\n\nwith an empty line\n```",
    "```",
    "    indented code",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "Table: what it shows",
    "[one]: https://one.example 'First'",
    "*[SIFC]: Council",
    "SIFC said so [@b p. 3]. [@nobody]",
    "***",
    "Set\n===",
    "",
    "اردو کا ایک جملہ۔",
    "![](image:train)",
    "A line ![](image:train) with one, and ![](image:nobody).",
    "- ![](image:train)",
    "> ![](image:train)\n> [@a]",
    "![]( image:train)",
]
IMAGES = (Image("train", sha256="ab" * 32, width=90, height=60, alt='A "train"', caption="Its <caption>"),)


def squeezed(html):
    return re.sub(r"\s+", " ", html)


def whole(text, sources=(), images=()):
    return assemble_body([text], [fragment(text)], sources, images)


@given(st.lists(st.sampled_from(BLOCKS), max_size=9), st.sampled_from(["\n\n", "\n\n\n"]))
def test_pieces_joined_are_the_text(blocks, gap):
    text = gap.join(blocks)
    assert "\n\n".join(chunks.split(text)) == text


@given(st.lists(st.sampled_from(BLOCKS), max_size=9))
def test_rendered_by_pieces_is_rendered_whole(blocks):
    text = "\n\n".join(blocks)
    by_pieces, at_once = render(text, ["a", "b"], IMAGES), whole(text, ["a", "b"], IMAGES)
    assert squeezed(by_pieces.html) == squeezed(at_once.html)
    assert by_pieces.cited == at_once.cited
    assert by_pieces.pictures == at_once.pictures


@given(st.text(alphabet="a *_`#>-1.|[]():\n\"'~=<!&\\", max_size=60))
def test_any_text_renders_and_its_pieces_are_it(text):
    assert "\n\n".join(chunks.split(text)) == text
    assert "<script" not in render(text).html


@pytest.mark.skipif(not DATA.exists(), reason=f"Needs the CommonMark examples and 18F posts in {DATA}.")
def test_commonmark_examples_and_real_posts_are_the_same_by_pieces():
    examples = [item["markdown"] for item in json.loads((DATA / "commonmark/spec.json").read_text(encoding="utf-8"))]
    posts = [path.read_text(encoding="utf-8") for path in sorted((DATA / "corpus/18f").rglob("*.md"))]
    assert len(examples) > 600
    assert len(posts) > 40
    for text in [*examples, *posts]:
        assert squeezed(render(text).html) == squeezed(whole(text).html), text[:300]


def test_one_changed_paragraph_is_the_only_piece_that_changes():
    paragraphs = [f"Paragraph {number} of a long text." for number in range(500)]
    before = chunks.split("\n\n".join(paragraphs))
    paragraphs[250] += " More."
    after = chunks.split("\n\n".join(paragraphs))
    assert [new for old, new in zip(before, after, strict=True) if old != new] == [paragraphs[250]]
