"""Feeds and sitemaps in the hands of those who read them."""

import json
from dataclasses import replace
from datetime import datetime, timedelta

import feedparser
import pytest
from lxml import etree

from issues import FIRST, POST, issue, pictured
from ovn_desk.rendering import feeds
from ovn_desk.rendering.page import path_of
from shared import shared

ID = "0198a1b2-0000-7000-8000-00000000000{}"


def item(made, number=1):
    return replace(made, id=ID.format(number), path=path_of(made.content, made.published_at, POST))


def items():
    urdu = issue(headline="ریل گروپ باکو میں", language="ur", body="وہ ملیں گے۔", sources=(), slug="ریل-گروپ")
    return [item(pictured(), 1), item(urdu, 2), item(issue(headline="A & <B> ]]>", slug="third", byline="A and B"), 3)]


def test_rss_is_read_without_a_complaint():
    found = feedparser.parse(feeds.rss(items(), POST))
    assert not found.bozo
    assert [entry.title for entry in found.entries] == [
        "Rail groups to meet in Baku",
        "ریل گروپ باکو میں",
        "A & <B> ]]>",
    ]
    first = found.entries[0]
    assert first.id == f"urn:uuid:{ID.format(1)}"
    assert first.author == "Rana Malik"
    assert first.media_content[0]["url"] == "https://post.example/assets/images/train-1440.jpg"
    assert (first.media_content[0]["width"], first.media_content[0]["height"]) == ("1440", "720")
    assert "assets/images/train-1440.jpg" in first.content[0].value


def schema_of_1_1():
    """The published schema, which is of version 1, with the three names that 1.1 added."""
    schema = json.loads(shared("feeds/jsonfeed-feed-1.json").read_text(encoding="utf-8"))
    for table in (schema["properties"], schema["definitions"]["item"]["properties"]):
        table["language"] = {"type": "string", "pattern": "^[a-z]{2}$"}
        table["authors"] = {"type": "array", "items": {"$ref": "#/definitions/author"}, "minItems": 1}
    return schema


@pytest.fixture(scope="module")
def jsonschema():
    """Only here: its formats cost each process that imports them some seconds."""
    import jsonschema

    return jsonschema


def test_json_feed_keeps_its_schema(jsonschema):
    schema = schema_of_1_1()
    feed = json.loads(feeds.json_feed(items(), POST))
    jsonschema.validate(feed, schema, format_checker=jsonschema.FormatChecker())
    assert feed["items"][0]["image"] == "https://post.example/assets/images/train-1440.jpg"
    assert [author["name"] for author in feed["items"][2]["authors"]] == ["A", "B"]
    assert feed["items"][1]["language"] == "ur"


def test_a_feed_without_articles_is_a_feed(jsonschema):
    jsonschema.validate(json.loads(feeds.json_feed([], POST)), schema_of_1_1())
    assert not feedparser.parse(feeds.rss([], POST)).bozo


def test_a_correction_moves_the_time_of_change_and_keeps_id_and_address():
    later = FIRST + timedelta(days=3)
    before, after = item(issue()), item(issue(updated=later, headline="Another headline"))
    assert before.guid == after.guid
    assert before.path == after.path
    one, two = (json.loads(feeds.json_feed([each], POST))["items"][0] for each in (before, after))
    assert (one["date_published"], one["url"]) == (two["date_published"], two["url"])
    assert "date_modified" not in one
    assert two["date_modified"] == later.isoformat()
    read = feedparser.parse(feeds.rss([after], POST))
    assert datetime.fromisoformat(read.entries[0].updated) == later
    assert read.entries[0].published_parsed[:3] == (2025, 7, 20)
    assert later.isoformat() in feeds.sitemap([(after.path, later)], POST)


def checked(xml, schema):
    etree.XMLSchema(etree.parse(shared(schema))).assertValid(etree.fromstring(xml.encode()))


def test_the_sitemaps_keep_their_schemas():
    pages = [(each.path, FIRST) for each in items()] + [("ur/index.html", None)]
    checked(feeds.sitemap(pages, POST), "feeds/sitemap.xsd")
    checked(feeds.news_sitemap(items(), POST, now=FIRST + timedelta(hours=1)), "feeds/sitemap-all.xsd")


@pytest.mark.parametrize(
    ("age", "is_news"), [(timedelta(0), True), (timedelta(days=2), True), (timedelta(days=2, seconds=1), False)]
)
def test_news_is_what_was_first_published_within_two_days(age, is_news):
    corrected = item(issue(updated=FIRST + timedelta(days=30)))
    made = feeds.news_sitemap([corrected], POST, now=FIRST + age)
    assert ("Rail groups" in made) is is_news
    assert (f"<news:publication_date>{FIRST.isoformat()}</news:publication_date>" in made) is is_news


def test_no_more_news_than_search_engines_take():
    made = item(issue())
    many = [replace(made, id=str(number)) for number in range(1_001)]
    assert feeds.news_sitemap(many, POST, now=FIRST).count("<url>") == 1_000
