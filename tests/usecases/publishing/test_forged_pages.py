"""An exported page, altered in every way somebody could think of: each alteration of what was approved is noticed.

The desk's reader and the one of `verify.html` read the same of every page, and so come to the same end.
"""

import json
import shutil
import subprocess
from dataclasses import replace

import pytest

from forgeries import forgeries
from make import DAWN, newsroom
from ovn_desk import assets
from ovn_desk.domain.evidence import Correction
from ovn_desk.domain.source import SourceKind
from ovn_desk.text import canonical
from ovn_desk.usecases import pictures, publishing
from ovn_desk.usecases.publishing import verifying
from photos import photo

BODY = """The groups meet in July [@dawn-rail]. About 1,200 people came, and “we will sign”, he said [@dawn-rail].

A second line leads to باکو and is **never** closed; see [the plan](https://x.example/plan) and `RB-1`.

## What comes next

| Train | Seats |
|---|---|
| Green [@dawn-rail] | 40 |

Table: Seats by train

![](image:train)
"""

EXCERPTS = ("The groups meet in July.", "About 1,200 people came, and “we will sign”, he said. Seats in Green: 40.")


@pytest.fixture(scope="module")
def whole(tmp_path_factory, renderer):
    """An exported page with everything on it that can be altered, and the newsroom's public keys."""
    from make import Desk

    folder = tmp_path_factory.mktemp("forged")
    store = newsroom(folder / "newsroom.ovn")
    desk = Desk(store, renderer)
    (picture,) = pictures.take_in(store, [photo((1600, 800))]).images
    image = replace(picture, key="train", alt="A train", caption="The line at night", credit="Ali Raza")
    source = replace(DAWN, kind=SourceKind.ORGANISATION, medium="print", publish_excerpts=True, excerpts=EXCERPTS)
    article = desk.approved(
        body=BODY,
        sources=(source,),
        images=(image,),
        unverified="The count of seats",
        corrections=(Correction("one", at="2025-07-21", said="In July.", in_fact="In August."),),
    )
    publishing.export(store, [article], to=folder / "site", by=desk.editor, renderer=renderer)
    store.close()
    page = next((folder / "site").glob("2*/*/*.html")).read_text(encoding="utf-8")
    return page, verifying.read_keys((folder / "site/.well-known/ovn-keys.json").read_text())


def test_the_page_itself_is_whole(whole):
    assert verifying.verify(*whole) == ("Ayesha Khan", "")


def test_every_alteration_of_what_was_approved_is_noticed(whole):
    page, keys = whole
    made = forgeries(page)
    assert len(made) >= 100
    believed = [one.name for one in made if one.touches and verifying.verify(one.page, keys)[0]]
    assert believed == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("1,200 people", "12,000 people", "About 12,000 people came"),
        ("What comes next", "What came <i>before</i>", "What came before"),
        ("In August.", "In September.", "In fact: In September."),
    ],
)
def test_the_first_words_that_differ_are_named(whole, old, new, said):
    page, keys = whole
    name, why = verifying.verify(page.replace(f"{old}", new), keys)
    assert name == ""
    assert "is not the text that was approved" in why
    assert said in why


def test_what_a_host_does_around_the_text_is_not_taken_for_a_change_of_it(whole):
    page, keys = whole
    refused = [one.name for one in forgeries(page) if not one.touches and not verifying.verify(one.page, keys)[0]]
    assert refused == []


@pytest.mark.skipif(shutil.which("node") is None, reason="Needs node: .ci/run installs it.")
def test_the_reader_s_script_reads_every_forged_page_as_the_desk_does(whole, tmp_path):
    page, _ = whole
    pages = [page, *(one.page for one in forgeries(page))]
    (tmp_path / "pages.json").write_text(json.dumps(pages), encoding="utf-8")
    script = assets.text("scripts/verify.js").replace("\nstart();\n", "\n")
    (tmp_path / "read.js").write_text(
        f"{script}\nconst pages = JSON.parse(require('fs').readFileSync(process.argv[2], 'utf8'));\n"
        "console.log(JSON.stringify(pages.map(publicText)));\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        ["node", tmp_path / "read.js", tmp_path / "pages.json"], capture_output=True, encoding="utf-8", check=True
    )
    for text, theirs in zip(pages, json.loads(done.stdout), strict=True):
        ours = canonical.public_text(text)
        assert (list(ours.lines), list(ours.approvers)) == (theirs["lines"], theirs["approvers"])
