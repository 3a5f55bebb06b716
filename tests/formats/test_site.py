"""The pages of a site that lead to articles and give account of them."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from lxml import html

from issues import FIRST, POST, issue, site_of
from make import DAWN, HOUSE
from ovn_desk.domain.evidence import Correction, CorrectionKind
from ovn_desk.domain.house_file import read_house
from ovn_desk.domain.source import Source, Terms
from ovn_desk.rendering.model import Repair, Withdrawal

URDU = {"headline": "ریل گروپ", "language": "ur", "body": "وہ ملیں گے۔", "sources": (), "byline": "رانا ملک"}
LATE = Correction("one", CorrectionKind.CORRECTION, "2025-08-02", "They meet in June.", "They meet in July.")
EARLY = Correction("two", CorrectionKind.CLARIFICATION, "2025-07-21T09:00:00+05:00", "A group.", "A working group.")


def written(*entries, house=POST):
    files = site_of(entries, house)
    return {name: file.make().decode() for name, file in files.items() if ".woff2" not in name}


def entry(number=1, made=None, **more):
    return replace(made or issue(), id=f"0198a1b2-0000-7000-8000-00000000000{number}", **more)


def texts(page, path):
    return [" ".join(found.text_content().split()) for found in html.fromstring(page).xpath(path)]


def test_every_author_has_a_page_of_their_articles_in_each_language():
    made = written(entry(1, issue(byline="Rana Malik and Ali Raza")), entry(2, issue(**URDU, slug="two")))
    assert texts(made["author/rana-malik.html"], "//h1") == ["Articles by Rana Malik"]
    assert texts(made["author/ali-raza.html"], "//h2") == ["Rail groups to meet in Baku"]
    assert texts(made["ur/author/رانا-ملک.html"], "//h2") == ["ریل گروپ"]


def test_the_corrections_page_has_every_correction_newest_first():
    made = written(entry(1, issue(corrections=(EARLY, LATE))), entry(2, issue(slug="two")))
    page = made["corrections.html"]
    assert texts(page, '//ul[@class="record"]/li/p[1]') == [
        "Correction · 2 August 2025",
        "Clarification · 21 July 2025, 09:00 PKT",
    ]
    assert texts(page, '//ul[@class="record"]/li/p[b]') == [
        "We said: They meet in June.",
        "In fact: They meet in July.",
        "We said: A group.",
        "In fact: A working group.",
    ]
    assert texts(made["ur/corrections.html"], '//p[@class="message"]') == ["اب تک کسی تصحیح کی ضرورت نہیں پڑی۔"]


def test_months_are_counted_from_data():
    quiet = Source("quiet", name="Nobody", terms=Terms.BACKGROUND)
    first = issue(body="A [@dawn-rail] and [@quiet].", sources=(DAWN, quiet), corrections=(EARLY, LATE))
    repairs = tuple(Repair(FIRST + timedelta(days=1), hours) for hours in (1.0, 4.0, 30.0))
    made = written(entry(1, first, repairs=repairs), entry(2, issue(slug="two"), overrides=(FIRST,)))
    rows = [texts(made["transparency.html"], f"//tbody/tr[{number}]/*") for number in (1, 2)]
    assert rows == [
        ["August 2025", "0", "1", "–", "–", "0", "0"],
        ["July 2025", "2", "1", "4.0", "33% (1/3)", "1", "0"],
    ]
    assert "جولائی ۲۰۲۵" in made["ur/transparency.html"]


GONE = Withdrawal(FIRST + timedelta(days=40), "One <b>source</b> made it up.\n\nWe are sorry. ہم معذرت خواہ ہیں۔")


def test_a_withdrawn_article_keeps_its_address_and_nothing_of_its_text():
    first = issue(corrections=(LATE,), images=(), standfirst="Canary standfirst.", byline="Canary Author")
    made = written(entry(1, first, withdrawn=GONE), entry(2, issue(slug="two")))
    page = made["2025/07/rail-groups.html"]
    assert texts(page, "//h1") == ["This article has been withdrawn"]
    assert texts(page, "//main//q") == ["Rail groups to meet in Baku"]
    assert texts(page, "//dd") == [
        "20 July 2025, 12:30 PKT",
        "29 August 2025, 12:30 PKT",
        "One <b>source</b> made it up.",
        "We are sorry. ہم معذرت خواہ ہیں۔",
    ]
    assert html.fromstring(page).xpath('//meta[@name="robots"]/@content') == ["noindex"]
    assert html.fromstring(page).xpath("//title/text()") == ["This article has been withdrawn – The Testing Post"]
    everything = "".join(made.values())
    assert [word for word in ("Canary", "They meet in June", "In fact") if word in everything] == []
    leads = {name for name, text in made.items() if name != "2025/07/rail-groups.html" and "rail-groups" in text}
    assert leads == {"corrections.html"}


def test_what_was_withdrawn_is_counted_alike_on_every_page():
    made = written(
        entry(1, issue(corrections=(LATE,)), withdrawn=GONE), entry(2, issue(slug="two", corrections=(EARLY,)))
    )
    page = made["corrections.html"]
    kinds = texts(page, '//ul[@class="record"]/li/p[1]')
    assert [kind.partition(" · ")[0] for kind in kinds] == ["Withdrawn", "Correction", "Clarification"]
    assert "One <b>source</b> made it up." in texts(page, '//ul[@class="record"]/li[1]')[0]
    rows = [texts(made["transparency.html"], f"//tbody/tr[{number}]/*") for number in (1, 2)]
    assert [(row[0], row[1], row[2], row[6]) for row in rows] == [
        ("August 2025", "0", "1", "1"),
        ("July 2025", "2", "1", "0"),
    ]


def test_a_withdrawn_urdu_article_says_so_in_urdu():
    made = written(entry(1, issue(**URDU), withdrawn=GONE))
    page = made["2025/07/rail-groups.html"]
    assert '<html lang="ur" dir="rtl">' in page
    assert texts(page, "//h1") == ["یہ مضمون واپس لے لیا گیا ہے"]
    assert texts(page, "//dd")[1] == "۲۹ اگست ۲۰۲۵، ۱۲:۳۰"
    assert "../../ur/corrections.html" in html.fromstring(page).xpath("//main//a/@href")
    assert "واپس لیا گیا" in made["ur/corrections.html"]


def test_in_a_house_without_urdu_an_urdu_article_is_withdrawn_in_its_own_language():
    house = read_house(HOUSE.replace('["en", "ur"]', '["en"]'))
    made = written(entry(1, issue(**URDU), withdrawn=GONE), house=house)
    assert texts(made["2025/07/rail-groups.html"], "//h1") == ["This article has been withdrawn"]
    assert 'lang="ur"' in made["2025/07/rail-groups.html"]


POLICIES = """
[policies]
publishingPrinciples = "https://post.example/principles"
ethicsPolicy = { en = "We are **fair**.\\n\\n## Gifts\\n\\nNone.", ur = "ہم منصف ہیں۔" }
masthead = "Rana and Ayesha."
"""


def test_a_policy_is_a_page_of_the_site_or_a_link_to_one_elsewhere():
    house = read_house(HOUSE.replace("[[categories]]", f"{POLICIES}\n[[categories]]", 1))
    made = written(entry(), house=house)
    assert texts(made["policy/ethics-policy.html"], "//main//strong") == ["fair"]
    assert texts(made["ur/policy/ethics-policy.html"], '//div[@class="prose"]') == ["ہم منصف ہیں۔"]
    assert 'lang="en"' in made["ur/policy/masthead.html"].partition('class="prose"')[2]
    foot = dict(
        re.findall(r'<li><a href="([^"]+)">([^<]+)</a>', made["2025/07/rail-groups.html"].partition("<footer")[2])
    )
    assert foot["https://post.example/principles"] == "Our principles"
    assert foot["../../policy/ethics-policy.html"] == "Ethics"
    assert '"ethicsPolicy":"https://post.example/policy/ethics-policy.html"' in made["2025/07/rail-groups.html"]


def test_no_page_leads_nowhere():
    gone = entry(3, issue(slug="three"), withdrawn=GONE)
    made = written(entry(1, issue(corrections=(LATE,))), entry(2, issue(**URDU, slug="two")), gone)
    for name, page in made.items():
        if not name.endswith(".html") or name == "404.html":
            continue
        for href in html.fromstring(page).xpath("//a/@href"):
            if ":" in href or href.startswith("#"):
                continue
            path = re.sub(r"[^/]+/\.\./", "", f"{name.rpartition('/')[0]}/{href}".lstrip("/"))
            while "../" in path:
                path = re.sub(r"[^/]+/\.\./", "", path)
            assert path.partition("#")[0] in made, (name, href)


@pytest.mark.parametrize("name", ["feed.xml", "feed.json", "sitemap.xml", "news-sitemap.xml", "robots.txt", "404.html"])
def test_a_site_without_articles_is_whole(name):
    assert name in written()
