"""search.html in a browser, from a file: what a reader types finds articles, and no headline runs anything."""

import json
import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from chromium import CHROMIUM, ROOT, needs_browser
from issues import issue, site_of
from ovn_desk.formats.site import searching
from ovn_desk.text.words import search_tokens

pytestmark = [pytest.mark.campaign, pytest.mark.browser, needs_browser]

EVIL = "<img src=x onerror=alert(1)></script><script>alert(2)</script>"
ENGLISH = ["Rail groups to meet in Baku", "Gas-fired plant: Pakistan’s bill", f"{EVIL} evil"]
URDU = ["ریل گروپ باکو میں ملیں گے", "کراچی میں بارش", f"{EVIL} برا"]
TEXTS = [
    *ENGLISH,
    *URDU,
    "كراچي مُحَمَّد کتابـــ ئۓؤ ۂ",
    "نہ\u200cہونا",
    "Ångström STRASSE straße Σίσυφος ﬁn ½ Ⅷ",
    "a_b c-d 10,000 ۱۲۳ x’y",
]


def written(folder, path, headlines, language):
    """A search page of articles with these headlines."""
    words = {"language": language, "standfirst": "", "sources": (), "body": "", "tags": ()}
    entries = [
        replace(issue(headline=headline, slug=f"story-{number}", **words), id=str(number))
        for number, headline in enumerate(headlines)
    ]
    for name, file in site_of(entries).items():
        if name.startswith(("search", "ur/search", "assets")):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(file.make())
    return folder / path


def searched(page, *queries):
    script = Path(__file__).with_name("search.mjs")
    done = subprocess.run(
        ["node", str(script), CHROMIUM, str(page), json.dumps(queries), json.dumps(TEXTS)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "NODE_PATH": str(ROOT / "node_modules")},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    made = json.loads(done.stdout)
    assert (made["said"], made["requests"], made["injected"]) == ([], [], 0)
    return made


def test_what_is_typed_finds_headlines_from_a_file_without_the_network(tmp_path):
    queries = ["rail", "BAKU gro", "fired", "pakistan's", "nothing of this", "", "img onerror"]
    made = searched(written(tmp_path, "search.html", ENGLISH, "en"), *queries)
    assert [one["seen"] for one in made["found"][:5]] == [[ENGLISH[0]], [ENGLISH[0]], [ENGLISH[1]], [ENGLISH[1]], []]
    assert [one["said"] for one in made["found"][3:6]] == ["1 article", "No article has these words.", ""]
    assert sorted(made["found"][5]["seen"]) == sorted(ENGLISH)
    assert made["found"][6]["seen"] == [ENGLISH[2]]
    assert made["linked"] == [ENGLISH[0]]


def test_urdu_is_found_however_its_letters_were_typed(tmp_path):
    made = searched(written(tmp_path, "ur/search.html", URDU, "ur"), "كراچي", "ريل", "مِیں", "برا")
    assert [sorted(one["seen"]) for one in made["found"]] == [
        [URDU[1]],
        [URDU[0]],
        sorted(URDU[:2]),
        [URDU[2]],
    ]
    assert [one["said"] for one in made["found"][:3]] == ["۱ مضمون", "۱ مضمون", "۲ مضامین"]


def test_without_a_script_it_is_a_list_of_headlines(tmp_path):
    made = searched(written(tmp_path, "search.html", ENGLISH, "en"), "rail")
    assert sorted(made["plain"]) == sorted(ENGLISH)
    assert not made["hasField"]


def test_its_script_folds_words_as_the_desk_does(tmp_path):
    made = searched(written(tmp_path, "search.html", ENGLISH, "en"), "rail")
    assert made["folded"] == [search_tokens(text.replace("’", "'")) for text in TEXTS]


def test_many_articles_are_shown_some_at_once_and_older_ones_are_searched_for_the_same_words(tmp_path, monkeypatch):
    monkeypatch.setattr(searching, "ON_A_PAGE", 60)
    headlines = [f"Rail story {number}" for number in range(125)]
    made = searched(written(tmp_path, "search.html", headlines, "en"), "rail st")
    (found,) = made["found"]
    assert (len(found["seen"]), found["said"], found["more"]) == (50, "65 articles", True)
    assert found["hashes"] == ["#q=rail%20st"]
