"""verify.html in a browser, from a file: who approved a page, and whether file and pictures are as exported."""

import json
import os
import random
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

import altered_pages
from chromium import CHROMIUM, ROOT, needs_browser
from effort import examples
from issues import FIRST, issue, site_of
from make import HOUSE, Desk, newsroom
from ovn_desk import signing
from ovn_desk.domain.house_file import read_house
from ovn_desk.domain.workflow import Step
from ovn_desk.rendering.model import Withdrawal
from ovn_desk.text.canonical import public_text
from ovn_desk.usecases import publishing, reviewing

pytestmark = [pytest.mark.campaign, pytest.mark.browser, needs_browser]

URDU = {
    "headline": "ریل گروپ باکو میں ملیں گے",
    "language": "ur",
    "body": "وہ ملیں گے۔ [@dawn-rail]\n\nDawn نے لکھا",
    "standfirst": "باکو میں",
}
BODY = """First [@dawn-rail] with *em*, `code`, a [link](https://x.example/?a=1&b=2) and اردو بھی.

## Heading

- a
    - b

| A | B |
|---|---|
| c | d |

Table: A caption.

    code <b>&

Term
: Meaning — and “more”.
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory, renderer):
    """A site of an English and an Urdu article, and of one that a chief approved over the checks."""
    folder = tmp_path_factory.mktemp("verify")
    store = newsroom(folder / "newsroom.ovn")
    desk = Desk(store, renderer)
    hurried = desk.in_review(headline="Hurried", body="About 400 people came.", sources=())
    desk.step(hurried, Step.TAKE, desk.chief)
    reviewing.approve(store, hurried, by=desk.chief, renderer=renderer, override="It is happening now.")
    ids = [desk.approved(body=BODY), desk.approved(**URDU), hurried]
    publishing.export(store, publishing.ExportRequest(ids, folder / "site"), by=desk.editor, renderer=renderer)
    store.close()
    return folder / "site"


@pytest.fixture(scope="module")
def pictured(tmp_path_factory, renderer):
    """A site whose article shows a picture."""
    folder = tmp_path_factory.mktemp("pictured")
    altered_pages.exported(folder, renderer)
    return folder / "site"


def checked(page, *files, keys="-"):
    script = Path(__file__).with_name("verify.mjs")
    done = subprocess.run(
        ["node", str(script), CHROMIUM, str(page), str(keys), *map(str, files)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "NODE_PATH": str(ROOT / "node_modules")},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    made = json.loads(done.stdout)
    # A page that is only read is under this page's policy, too: its own style is not applied, and Chromium says so.
    assert [line for line in made["said"] if not line.startswith("Applying inline style")] == []
    assert made["requests"] == []
    return made["found"]


def articles(site):
    return sorted(path for path in site.glob("2*/*/*.html") if path.name != "hurried.html")


def kinds(found):
    return [line["kind"] for line in found["lines"]]


def text_of(found):
    """The line about the approved text: its kind, and what it says."""
    line = found["lines"][0]
    return line["kind"], line["said"]


@pytest.mark.parametrize(
    ("name", "words"), [("verify.html", "Approved by Ayesha Khan"), ("ur/verify.html", "Ayesha Khan نے")]
)
def test_it_accepts_each_page_and_names_the_approver(site, name, words):
    found = checked(site / name, *articles(site))
    assert [kinds(each) for each in found] == [["good", "good", "none", "good"]] * 2
    assert all(words in text_of(each)[1] for each in found)


def test_a_page_without_an_article_is_only_checked_as_a_file(site):
    found = checked(site / "verify.html", *(site / name for name in ("index.html", "verify.html", "ur/index.html")))
    assert [kinds(each) for each in found] == [["none", "good", "none", "none"]] * 3


def test_it_refuses_one_changed_word_a_stranger_and_what_is_no_page(site, tmp_path):
    page = articles(site)[0].read_text(encoding="utf-8")
    changes = {
        "word": (
            page.replace("A second", "A third").replace("Rail groups", "Rail group"),
            "not the text that was approved",
        ),
        "approver": (page.replace('"approved_by":"Ayesha Khan"', '"approved_by":"Eve"'), "not the one that was signed"),
        "shown": (page.replace("Ayesha Khan", "Eve").replace('\\"name\\":\\"Eve', '\\"name\\":\\"Ayesha Khan'), ""),
        "credit": (page.replace("Approved by <", "Edited and approved by <"), "not the text that was approved"),
        "unsigned": (page.replace("ovn-approval", "ovn-nothing"), "carries no approval"),
        "signature": (page.replace('"signature":"', '"signature":"AAAA'), ""),
        "json": (page.replace('id="ovn-approval">{', 'id="ovn-approval">'), "cannot be read"),
        "empty": ("", "carries no approval"),
    }
    for name, (text, _) in changes.items():
        (tmp_path / f"{name}.html").write_text(text, encoding="utf-8")
    found = checked(site / "verify.html", *(tmp_path / f"{name}.html" for name in changes))
    for each, (_, said) in zip(found, changes.values(), strict=True):
        kind, words = text_of(each)
        assert kind == "bad"
        assert said in words


def test_what_a_host_added_is_said_without_alarm_and_a_missing_seal_is_said(site, tmp_path):
    page = articles(site)[0].read_text(encoding="utf-8")
    counted, unsealed = tmp_path / "counted.html", tmp_path / "unsealed.html"
    counted.write_text(page.replace("</body>", "<script src='https://host.example/x.js'></script></body>"), "utf-8")
    unsealed.write_text(page.partition("<!-- ovn-seal")[0], "utf-8")
    found = checked(site / "verify.html", counted, unsealed)
    assert [kinds(each)[:2] for each in found] == [["good", "note"], ["good", "note"]]
    assert "below the text" in found[0]["lines"][1]["said"]
    assert "carries no seal" in found[1]["lines"][1]["said"]


def test_picture_files_are_checked_where_they_are_given(pictured, tmp_path):
    page, (small, large) = next(pictured.glob("2*/*/*.html")), sorted((pictured / "assets/images").iterdir())
    other = tmp_path / small.name
    other.write_bytes(large.read_bytes())
    given = [f"{page}", f"{page},{small}", f"{page},{small},{large}"]
    found = [each["lines"][2] for each in checked(pictured / "verify.html", *given)]
    assert [each["kind"] for each in found] == ["none", "none", "good"]
    assert "Not given" in found[0]["said"]
    assert "1 of 2" in found[1]["said"]
    (exchanged,) = checked(pictured / "verify.html", f"{page},{other},{large}")
    assert kinds(exchanged) == ["good", "good", "bad", "good"]
    assert small.name in exchanged["lines"][2]["said"]


def test_a_page_that_was_not_checked_in_full_has_to_say_so(site, tmp_path):
    page = next(site.glob("2*/*/hurried.html"))
    silent = tmp_path / "silent.html"
    text = page.read_text(encoding="utf-8")
    silent.write_text(text.replace("Published before full check.", ""), encoding="utf-8")
    honest, hidden = checked(site / "verify.html", page, silent)
    assert "Approved by Bilal Ahmed" in text_of(honest)[1]
    assert "not the one that was signed" in text_of(hidden)[1]


def test_a_page_of_a_withdrawn_article_has_nothing_to_check(site, tmp_path):
    house = read_house(HOUSE)
    entry = replace(issue(), id="1", withdrawn=Withdrawal(FIRST, "Wrong."))
    page = tmp_path / "withdrawn.html"
    page.write_bytes(site_of([entry], house)["2025/07/rail-groups.html"].make())
    for name, said in (("verify.html", "was withdrawn"), ("ur/verify.html", "واپس لے لیا گیا")):
        (found,) = checked(site / name, page)
        assert said in text_of(found)[1]


def test_keys_from_elsewhere_come_before_those_of_the_site(site, tmp_path):
    stranger = signing.generate()
    keys = tmp_path / "keys.json"
    keys.write_text(json.dumps({"keys": {stranger.id: stranger.public}}))
    (found,) = checked(site / "verify.html", articles(site)[0], keys=keys)
    assert "not among the outlet's published keys" in text_of(found)[1]
    (found,) = checked(site / "verify.html", articles(site)[0], keys=site / ".well-known" / "ovn-keys.json")
    assert text_of(found)[0] == "good"


PIECES = [
    "<main data-ovn-signed><p>One\u00a0 “two”\n<br>three – four</p><p> </p></main>",
    "<main data-ovn-signed><h2>A<sup class='x ovn-cite'>1</sup>b</h2></main>",
    "<div data-ovn-signed><ul><li>a<ul><li>b</li></ul>c</li></ul><blockquote><p>q</p>r</blockquote></div><p>not</p>",
    '<p data-ovn-signed>e\u0301 &amp; &lt;b&gt; <img data-ovn-sha256="ab" alt="‘x’"> \u2028 t</p>',
    "<div data-ovn-signed><table><caption>c</caption><tr><th>h</th><td>d<br>e</td></tr></table></div>",
    "<div data-ovn-signed><img data-ovn-crop='0,0,1,1' alt='z'><pre>a\n\n b</pre></div>",
    "<dl data-ovn-signed><dt>t</dt><dd>d</dd></dl><figure data-ovn-signed><figcaption>f «g»</figcaption></figure>",
    "<p>no</p>",
]


def test_its_script_reads_the_public_text_as_the_desk_does(site, tmp_path):
    files = [*articles(site)]
    for number, piece in enumerate(PIECES):
        file = tmp_path / f"{number}.html"
        file.write_text(
            f"<!doctype html><html><head><title>x</title></head><body>{piece}</body></html>", encoding="utf-8"
        )
        files.append(file)
    for each in checked(site / "verify.html", *files):
        ours = public_text(Path(each["page"]).read_text(encoding="utf-8"))
        assert each["text"]["lines"] == list(ours.lines), each["page"]
        assert each["text"]["approvers"] == list(ours.approvers), each["page"]
    assert sum(bool(public_text(file.read_text(encoding="utf-8")).lines) for file in files) == len(files) - 1


def parsed(pages, folder):
    """What Chromium's own parser makes of each page."""
    (folder / "pages.json").write_text(json.dumps(pages), encoding="utf-8")
    script = Path(__file__).with_name("parse.mjs")
    done = subprocess.run(
        ["node", str(script), CHROMIUM, str(folder / "pages.json")],
        capture_output=True,
        encoding="utf-8",
        check=True,
        env={**os.environ, "NODE_PATH": str(ROOT / "node_modules")},
    )
    return json.loads(done.stdout)


def test_what_a_browser_would_show_otherwise_is_never_called_intact(renderer, tmp_path):
    export = altered_pages.exported(tmp_path, renderer)
    made = [*altered_pages.forgeries(export), *altered_pages.random_ones(export, random.Random(17), examples(2_000))]
    intact = [one for one in made if not one.files and export.verdicts(one.data)[0].code == "intact"]
    assert len(intact) > 30
    ours, *theirs = parsed([export.page, *(one.data.decode() for one in intact)], tmp_path)
    assert [one.name for one, shown in zip(intact, theirs, strict=True) if shown != ours] == []


def test_a_page_without_its_proof_is_none_of_the_log_that_is_given_with_it(site, tmp_path):
    page = tmp_path / "planted.html"
    text = articles(site)[0].read_text(encoding="utf-8")
    page.write_text(re.sub(r'<script type="application/json" id="ovn-log">[^<]*</script>', "", text), encoding="utf-8")
    given = f"{page},{site / 'log.jsonl'},{site / 'checkpoints.jsonl'}"
    alone, beside = checked(site / "verify.html", page, given)
    assert (alone["lines"][3]["kind"], beside["lines"][3]["kind"]) == ("none", "bad")
    assert "no proof that it is in the public log that came with it" in beside["lines"][3]["said"]
