"""The pages on which a reader searches a site: what they hold, how large they are, and which are written again."""

import gzip
import json
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from lxml import html

from issues import FIRST, POST, issue
from ovn_desk import assets
from ovn_desk.domain.texts import slug_of
from ovn_desk.formats.site import searching

STEMS = sorted(  # as many different words as newspapers have
    {
        line.partition("/")[0]
        for line in (assets.folder() / "dictionaries" / "en-GB.dic").read_text(encoding="utf-8").splitlines()[1:]
    }
)


def entries(number, **changes):
    """Stories of as many words as newspapers write, common ones and rare ones, one a day, newest last."""
    chance = Random(1)
    made = issue(sources=(), body="", tags=("railways", "trade"), date="", **changes)

    def said(count):
        return " ".join(STEMS[int(len(STEMS) * chance.random() ** 4)] for _ in range(count))

    found = []
    for one in range(number):
        headline = f"{said(8)} story {one}"
        content = replace(made.content, headline=headline, standfirst=said(18), slug=slug_of(headline))
        at = FIRST + timedelta(days=one)
        named = replace(made, id=str(one), content=content, published_at=at, updated_at=at, made_from=str(one))
        found.append(named)
    return found


def written(made, language="en"):
    newest_first = sorted(made, key=lambda one: one.published_at, reverse=True)
    return searching.write(newest_first, POST, language, "about")


def page_of(files, path="search.html"):
    return html.fromstring(files[path].make().decode())


def index_of(page):
    return json.loads(page.xpath('//script[@id="ovn-index"]/text()')[0])["index"]


def test_an_article_is_found_by_its_public_words_but_not_its_text():
    words = {"headline": "Gas-fired Pakistan’s plant", "standfirst": "کراچي میں", "body": "Canary.", "tags": ("كتاب",)}
    found = searching.found_by(replace(issue(**words, sources=()), id="1"), POST)
    assert " gas-fired gas fired pakistan's pakistan s plant کراچی میں rana malik islamabad" in found
    assert found.endswith(" politics government کتاب")
    assert "canary" not in found


def test_each_language_has_its_own_page_with_every_headline_newest_first():
    urdu = issue(headline="ریل گروپ", language="ur", body="", sources=(), slug="urdu")
    made = [*entries(3), replace(urdu, id="9", made_from="9")]
    page = page_of(written(made))
    assert [text[-7:] for text in page.xpath('//ol[@id="ovn-found"]/li/a/text()')] == ["story 2", "story 1", "story 0"]
    assert len(index_of(page)) == 3
    page = page_of(written(made, "ur"), "ur/search.html")
    assert page.xpath('//ol[@id="ovn-found"]/li/a/text()') == ["ریل گروپ"]
    assert page.xpath('//ol[@id="ovn-found"]/li/a/@href') == ["../2025/07/urdu.html"]


def test_a_headline_of_tags_is_text_on_the_page_and_in_the_index():
    evil = "</script><img src=x onerror=alert(1)>"
    text = written([replace(issue(headline=evil, sources=()), id="1")])["search.html"].make().decode()
    assert "<img" not in text
    assert text.count("</script>") == 2


@pytest.mark.parametrize("number", [0, 1, 2_000, 3_900, 4_000, 10_000])
def test_however_many_there_are_each_is_on_one_page_of_bounded_size(monkeypatch, number):
    monkeypatch.setattr(searching, "ON_A_PAGE", 20)
    number //= 100
    files = written(entries(number))
    pages = {path: page_of(files, path) for path in files}
    shown = {path: page.xpath('//ol[@id="ovn-found"]/li/a/text()') for path, page in pages.items()}
    everything = [headline for headlines in shown.values() for headline in headlines]
    assert len(everything) == len(set(everything)) == number
    assert all(len(headlines) < 40 for headlines in shown.values())
    assert [text.rpartition(" ")[2] for text in everything] == [str(one) for one in reversed(range(number))]
    for path, page in pages.items():
        leads = {href.rpartition("/")[2] for href in page.xpath('//nav[@class="pages"]/a/@href')}
        assert leads == set(files) - {path}


def test_a_new_article_changes_the_newest_page_only(monkeypatch):
    monkeypatch.setattr(searching, "ON_A_PAGE", 20)
    made = entries(70)
    before, after = written(made[:-1]), written(made)
    assert before.keys() == after.keys() == {"search.html", "search-1.html", "search-2.html"}
    stale = [path for path in after if before[path].made_from != after[path].made_from]
    assert stale == ["search.html"]


def test_a_thousand_articles_weigh_what_a_picture_does_and_no_page_more_than_two():
    thousand = len(gzip.compress(written(entries(1_000))["search.html"].make()))
    assert thousand < 200_000
    sizes = [len(gzip.compress(file.make())) for file in written(entries(10_999)).values()]
    assert len(sizes) == 10
    assert max(sizes) < 400_000
