"""WordPress export files: written as its importer wants them, and read without a word lost."""

import re
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

from formats_kit import EVERYTHING, IMAGES
from issues import FIRST, POST, issue, pictured
from make import DAWN
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.source import Source
from ovn_desk.formats import wxr
from ovn_desk.text import plain
from ovn_desk.text.render import render
from shared import shared

WP = {"wp": "http://wordpress.org/export/1.2/", "content": "http://purl.org/rss/1.0/modules/content/"}


def written(*made):
    items = [replace(each, id=f"id-{n}", path=f"2025/07/{each.content.slug}.html") for n, each in enumerate(made, 1)]
    return wxr.write(items, POST)


def parsed(*made):
    return etree.fromstring(written(*made).encode())


def texts(root, path):
    return [str(found) for found in root.xpath(path, namespaces=WP)]


def test_a_file_has_what_the_importer_asks_for():
    made = written(pictured(tags=("rail", "ریل")), issue(slug="two", byline="A and B"))
    assert "<!DOCTYPE" not in made
    root = etree.fromstring(made.encode())
    assert texts(root, "channel/wp:wxr_version/text()") == ["1.2"]
    assert texts(root, "channel/wp:author/wp:author_display_name/text()") == ["Rana Malik", "A", "B"]
    assert texts(root, "channel/wp:category/wp:category_nicename/text()") == ["politics"]
    assert texts(root, "//item/category/@nicename") == ["politics", "rail", "ریل", "politics"]
    assert texts(root, "//item[wp:post_type='post']/wp:status/text()") == ["draft", "draft"]
    assert texts(root, "//item/guid/@isPermaLink") == ["false"] * 3
    assert texts(root, "//item[1]/wp:post_date/text()") == ["2025-07-20 12:30:00"]
    assert texts(root, "//item[1]/wp:post_date_gmt/text()") == ["2025-07-20 07:30:00"]


def test_a_picture_is_a_second_item_and_the_featured_one():
    root = parsed(issue(slug="first"), pictured(slug="second"))
    (attachment,) = root.xpath("//item[wp:post_type='attachment']", namespaces=WP)
    number = attachment.findtext("wp:post_id", namespaces=WP)
    parent = attachment.findtext("wp:post_parent", namespaces=WP)
    (post,) = root.xpath(f"//item[wp:post_id='{parent}']", namespaces=WP)
    meta = dict(
        zip(texts(post, "wp:postmeta/wp:meta_key/text()"), texts(post, "wp:postmeta/wp:meta_value/text()"), strict=True)
    )
    assert meta["_thumbnail_id"] == number
    assert attachment.findtext("wp:attachment_url", namespaces=WP).endswith("/assets/images/train-1440.jpg")
    assert texts(attachment, "wp:postmeta/wp:meta_value/text()") == ["A goods train"]
    assert len(set(texts(root, "//item/wp:post_id/text()"))) == 3


@pytest.mark.parametrize("text", ["a ]]> b", "]]>", "]]]]>>", "<![CDATA[x]]>", "&amp; < >"])
def test_no_text_ends_the_section_it_stands_in(text):
    made = issue(headline=text, body=f"`{text}`", sources=())
    root = parsed(made)
    assert root.findtext("channel/item/title") == text
    assert plain.from_html(made.html) in plain.from_html(root.findtext("channel/item/content:encoded", namespaces=WP))


def words(*htmls):
    return Counter(word for html in htmls for word in plain.from_html(html).split())


def test_an_article_comes_back_with_every_word_and_its_sources():
    made = issue(body=EVERYTHING, images=IMAGES, tags=("rail",), updated=FIRST)
    (came,) = wxr.read(written(made), POST, name="x.xml").articles
    content = came.content
    back = render(content.body, [source.key for source in content.sources])
    assert words(back.html) == words(made.html)
    assert content.sources == (Source("dawn", name="Dawn", url=DAWN.url),)
    assert back.cited == ("dawn",)
    given_ = ("headline", "standfirst", "byline", "category", "tags", "slug", "date", "language")
    assert [getattr(content, name) for name in given_] == [getattr(made.content, name) for name in given_]
    assert [*map(str, came.left_out)] == ["4 pictures were left out: drop their files into the text."]


@given(st.lists(st.sampled_from(EVERYTHING.split("\n\n")), min_size=1, max_size=8))
@example(["Table: A caption."] * 2 + ["| A | B |\n|---|---|\n| 1 | 2 |"] * 2)
def test_no_word_is_lost_on_the_way_to_wordpress_and_back(parts):
    made = issue(body="\n\n".join(parts), images=IMAGES)
    came = wxr.read(written(made), POST, name="x.xml").articles
    if not came:
        assert not words(made.html)
        return
    back = render(came[0].content.body, [source.key for source in came[0].content.sources])
    assert words(back.html) == words(made.html)


ITEM = """<?xml version="1.0" encoding="UTF-8"?><rss xmlns:wp="http://wordpress.org/export/1.2/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><wp:wxr_version>1.2</wp:wxr_version><item>
<title>T</title><content:encoded><![CDATA[{}]]></content:encoded><wp:post_type>post</wp:post_type></item></channel></rss>"""


@pytest.mark.parametrize(
    ("post", "body", "left_out"),
    [
        ("One.\n\nTwo\nlines.", "One.\n\nTwo lines.", ()),
        ('[caption id="a" width="3"]<img src="x"/> Words[/caption]', "Words", ("picture", "caption")),
        ('A [gallery ids="1,2"] b [sic] and [1].', "A b [sic] and [1].", ("gallery",)),
        ('[box color="red"]Inside[/box]', "Inside", ("box",)),
        ("<!-- wp:paragraph --><p>Block</p><!-- /wp:paragraph --><script>x()</script>", "Block", ()),
        ("<!--more-->After", "After", ()),
    ],
)
def test_shortcodes_and_comments_become_clean_text(post, body, left_out):
    (came,) = wxr.read(ITEM.format(post), POST, name="x.xml").articles
    assert re.sub(r"\s*\n(?!\n)(?<!\n\n)", " ", came.content.body).replace("  ", " ") == body
    assert all(any(word in str(sentence) for sentence in came.left_out) for word in left_out)
    assert bool(came.left_out) == bool(left_out)


READ = {
    "cdata-edge.xml": 1,
    "multiple-cdata.xml": 1,
    "slashes.xml": 1,
    "small-export.xml": 6,
    "term-formats.xml": 0,
    "valid-wxr-1.1.xml": 1,
    "wxr-comprehensive.xml": 1,
    "wxr-flat-attachment-same-site.xml": 1,
    "wxr-simple.xml": 1,
    "wxr-utf-8-challenges.xml": 1,
}
REFUSED = {"malformed.xml": "broken in line", "missing-version-tag.xml": "wp:wxr_version"}


@pytest.mark.parametrize("name", [*READ, *REFUSED])
def test_each_export_of_wordpress_is_read_or_refused_with_one_sentence(name):
    text = (shared("wxr") / name).read_text(encoding="utf-8")
    if name in REFUSED:
        with pytest.raises(DeskError, match=REFUSED[name]) as refusal:
            wxr.read(text, POST, name=name)
        assert "\n" not in str(refusal.value)
        return
    came = wxr.read(text, POST, name=name)
    assert len(came.articles) == READ[name]
    assert not any("<!--" in each.content.body or "wp:" in each.content.body for each in came.articles)


def test_attachments_and_pages_are_left_out_and_said():
    text = (shared("wxr") / "small-export.xml").read_text(encoding="utf-8")
    said = wxr.read(text, POST, name="x.xml").left_out
    assert any("page" in str(sentence) for sentence in said)


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel/></rss>',
        '<?xml version="1.0"?><!doctype rss><rss/>',
    ],
)
def test_a_file_that_defines_entities_is_not_opened(text):
    with pytest.raises(DeskError, match="entities of its own"):
        wxr.read(text, POST, name="x.xml")


@given(st.text(max_size=80))
def test_any_other_text_is_refused_with_one_sentence(text):
    with pytest.raises(DeskError) as refusal:
        wxr.read(text, POST, name="x.xml")
    assert "\n" not in str(refusal.value)


def test_a_post_with_another_status_than_draft_says_so():
    item = replace(issue(), id="id", path="x.html")
    assert "<wp:status>publish</wp:status>" in wxr.write([item], POST, status="publish")
