"""Pages of one article in several languages lead to each other, for readers and for search engines."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from lxml import etree, html

from issues import FIRST, POST, issue, site_of
from make import HOUSE
from ovn_desk.domain.house_file import read_house
from ovn_desk.rendering.model import Withdrawal
from ovn_desk.text.canonical import public_text
from shared import shared

URDU = {"headline": "ریل گروپ", "language": "ur", "body": "وہ ملیں گے۔", "sources": (), "slug": "urdu"}
ENGLISH_PAGE, URDU_PAGE = "2025/07/rail-groups.html", "2025/07/urdu.html"
XHTML = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/1999/xhtml">
<xs:element name="link"><xs:complexType><xs:attribute name="rel" fixed="alternate" use="required"/>
<xs:attribute name="hreflang" type="xs:string" use="required"/>
<xs:attribute name="href" type="xs:anyURI" use="required"/>
</xs:complexType></xs:element></xs:schema>"""


def entry(name, translates="", **changes):
    return replace(issue(translates=translates, **changes), id=name, made_from=name)


def written(*entries, house=POST):
    files = site_of(entries, house)
    return {name: file.make().decode() for name, file in files.items() if ".woff2" not in name}


def alternates(page):
    links = html.fromstring(page).xpath("//head/link[@hreflang]")
    return [(link.get("hreflang"), link.get("href").removeprefix("https://post.example/")) for link in links]


def seen(page):
    return [(a.text, a.get("href"), a.get("lang")) for a in html.fromstring(page).xpath('//p[@class="translations"]/a')]


def graph(page):
    return json.loads(html.fromstring(page).xpath('//script[@type="application/ld+json"]/text()')[0])["@graph"][0]


FULL = [("en", ENGLISH_PAGE), ("ur", URDU_PAGE), ("x-default", ENGLISH_PAGE)]


def test_the_pages_of_a_pair_lead_to_each_other():
    made = written(entry("1"), entry("2", "1", **URDU))
    assert seen(made[ENGLISH_PAGE]) == [("اردو میں پڑھیں", f"../../{URDU_PAGE}", "ur")]
    assert seen(made[URDU_PAGE]) == [("Read in English", f"../../{ENGLISH_PAGE}", "en")]
    assert alternates(made[ENGLISH_PAGE]) == alternates(made[URDU_PAGE]) == FULL
    original, translation = graph(made[ENGLISH_PAGE]), graph(made[URDU_PAGE])
    assert [one["@id"] for one in original["workTranslation"]] == [translation["@id"]]
    assert translation["translationOfWork"]["@id"] == original["@id"]
    assert "translationOfWork" not in original
    assert "workTranslation" not in translation


def test_nothing_that_was_signed_is_another_for_it():
    alone, paired = written(entry("1")), written(entry("1"), entry("2", "1", **URDU))
    assert public_text(alone[ENGLISH_PAGE]).lines == public_text(paired[ENGLISH_PAGE]).lines
    assert alone[ENGLISH_PAGE] != paired[ENGLISH_PAGE]


@pytest.mark.parametrize("others", [(), ("withdrawn",), ("same language",), ("itself",)])
def test_what_is_not_there_is_not_led_to(others):
    made = [entry("2", "1", **URDU)]
    if "withdrawn" in others:
        made.append(replace(issue(), id="1", withdrawn=Withdrawal(FIRST, "Wrong.")))
    if "same language" in others:
        made.append(entry("1", **URDU | {"slug": "first"}))
    if "itself" in others:
        made[0] = entry("2", "2", **URDU)
    page = written(*made)[URDU_PAGE]
    assert (seen(page), alternates(page)) == ([], [])


def test_articles_that_are_translations_of_each_other_are_a_pair():
    made = written(entry("1", "2"), entry("2", "1", **URDU))
    assert alternates(made[ENGLISH_PAGE]) == alternates(made[URDU_PAGE]) == FULL


def test_two_translations_of_what_is_not_here_lead_to_each_other():
    made = written(entry("1", "0"), entry("2", "0", **URDU))
    assert alternates(made[URDU_PAGE]) == FULL
    assert "translationOfWork" not in graph(made[URDU_PAGE])


def test_of_two_in_one_language_search_engines_are_given_the_first():
    later = issue(translates="1", at=FIRST + timedelta(days=9), **URDU | {"slug": "again"}, date="")
    made = written(entry("1"), replace(later, id="3"), entry("2", "1", **URDU))
    assert alternates(made[ENGLISH_PAGE]) == FULL
    again = made["2025/07/again.html"]
    assert alternates(again) == []
    assert [href for _, href, _ in seen(again)] == [f"../../{ENGLISH_PAGE}"]


def test_an_urdu_original_is_for_everybody_else():
    made = written(entry("1", "2"), entry("2", **URDU))
    assert alternates(made[ENGLISH_PAGE])[-1] == ("x-default", URDU_PAGE)


def test_a_language_the_house_does_not_write_is_led_to_all_the_same():
    made = written(entry("1"), entry("2", "1", **URDU), house=read_house(HOUSE.replace('["en", "ur"]', '["en"]')))
    assert alternates(made[ENGLISH_PAGE]) == FULL


def test_the_sitemap_has_them_and_keeps_its_schema(tmp_path):
    made = written(entry("1"), entry("2", "1", **URDU))["sitemap.xml"]
    (tmp_path / "xhtml.xsd").write_text(XHTML)
    sitemap = shared("feeds/sitemap.xsd")
    (tmp_path / "all.xsd").write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">'
        '<xs:import namespace="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'schemaLocation="{sitemap}"/>'
        '<xs:import namespace="http://www.w3.org/1999/xhtml" schemaLocation="xhtml.xsd"/></xs:schema>'
    )
    root = etree.fromstring(made.encode())
    etree.XMLSchema(etree.parse(tmp_path / "all.xsd")).assertValid(root)
    found = [
        [(link.get("hreflang"), link.get("href").removeprefix("https://post.example/")) for link in url]
        for url in root.xpath('//*[local-name()="url"][*[local-name()="link"]]')
        for url in [url.xpath('*[local-name()="link"]')]
    ]
    assert found == [FULL, FULL]


def test_another_page_in_another_language_makes_a_page_stale_and_no_other_file():
    alone = site_of([entry("1")])
    paired = site_of([entry("1"), entry("2", "1", **URDU)])
    stale = {name for name, file in alone.items() if file.made_from and file.made_from != paired[name].made_from}
    assert ENGLISH_PAGE in stale
    assert "index.html" not in stale
