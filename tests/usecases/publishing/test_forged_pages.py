"""An exported page, altered in every way somebody could think of: each alteration is noticed, and for what it is.

The desk and the script of `verify.html` read the same of every page, and come to the same verdicts.
"""

import base64
import hashlib
import json
import random
import re
import shutil

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

import altered_pages
from altered_pages import AROUND, INSIDE, PICTURE, SEAL, TEXT, Forgery
from effort import examples
from ovn_desk.formats.site import verdicts
from ovn_desk.text import canonical
from ovn_desk.usecases import publishing


@pytest.fixture(scope="module")
def export(tmp_path_factory, renderer):
    return altered_pages.exported(tmp_path_factory.mktemp("forged"), renderer)


@pytest.fixture(scope="module")
def forged(export):
    return altered_pages.forgeries(export)


def codes(found):
    return {one.check: one.code for one in found}


def test_the_page_itself_is_whole(export):
    assert codes(export.verdicts(export.data)) == {
        "text": "intact",
        "file": "intact",
        "pictures": "intact",
        "log": "intact",
    }
    assert publishing.verify(export.data, export.keys)[0].values["name"] == "Ayesha Khan"


def test_every_alteration_is_noticed_as_what_it_is(export, forged):
    assert len(forged) >= 150
    wanted = {
        TEXT: lambda said: verdicts.state("text", said["text"]) == "bad" and said["file"] != "intact",
        INSIDE: lambda said: (said["text"], said["file"]) == ("intact", "changed_inside"),
        AROUND: lambda said: (said["text"], said["file"]) == ("intact", "changed_around"),
        SEAL: lambda said: said["text"] == "intact" and said["file"].endswith(("_seal", "unknown_key")),
        PICTURE: lambda said: list(said.values()) == ["intact", "intact", "changed", "intact"],
    }
    found = [(one, codes(export.verdicts(one.data, one.files))) for one in forged]
    assert [(one.name, one.touches, said) for one, said in found if not wanted[one.touches](said)] == []


def test_a_key_that_goes_by_the_name_of_another_proves_nothing(export):
    """Who may put a list of keys beside a page may not so give their own the name that an approver's has."""
    stranger = base64.b64encode(Ed25519PrivateKey.generate().public_key().public_bytes_raw()).decode()
    found = codes(publishing.verify(export.data, dict.fromkeys(export.keys, stranger)))
    assert (found["text"], found["file"]) == ("unknown_key", "unknown_key")


def test_everything_that_the_page_claims_is_in_what_its_approver_signed(export):
    (carried,) = re.findall(r'id="ovn-approval">(.*?)</script>', export.page)
    approval = json.loads(carried)
    public = Ed25519PublicKey.from_public_bytes(base64.b64decode(export.keys[approval["key"]]))
    public.verify(base64.b64decode(approval["signature"]), f"ovn-desk/approval/1\n{approval['statement']}".encode())
    lines = canonical.public_text(export.page).lines
    signed = hashlib.sha256("".join(f"{line}\n" for line in ("ovn-desk/public-text/3", *lines)).encode()).hexdigest()
    assert json.loads(approval["statement"])["digest"] == signed
    text = "\n".join(lines)
    for claim in (
        *("<p>News", "Rail groups to meet in Baku", "Working groups follow talks.", "Rana Malik", "Islamabad"),
        *("1,200 people", 'href="https://x.example/plan"', 'href="#ovn-source-1"', 'href="#ovn-cite-1-1"'),
        *("<caption>Seats by train", 'lang="ur"', 'alt="A train"', "The line at night", "Ali Raza", "data-ovn-sha256"),
        *("Correction, ", 'datetime="2025-07-21"', "21 July 2025", "We said: In July.", "In fact: In August."),
        *("Reported by Rana Malik", "Names withheld: 0", "AI used: ", "Corrections so far: 1", "The count of seats"),
        *('href="https://dawn.example/rail"', "Dawn", "print", "The groups meet in July.", 'aria-label="Back to'),
    ):
        assert claim in text, claim


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("1,200 people", "12,000 people", "About 12,000 people came"),
        ("What comes next", "What came <i>before</i>", "What came before"),
        ("In August.", "In September.", "In fact: In September."),
    ],
)
def test_the_first_words_that_differ_are_named(export, old, new, said):
    text, *_ = publishing.verify(export.page.replace(f"{old}", new).encode(), export.keys)
    why = publishing.words_of(text)
    assert "is not the text that was approved" in why
    assert said in why


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("<title>", "<title>No: ", "in the page's head"),
        ("</body>", "<script src='https://host.example/count.js'></script></body>", "below the text"),
        ("<style>", "<style>p { color: red }", "in its style"),
        ('">20 July 2025</time>', '">20 July 2024</time>', "in the dates it shows"),
    ],
)
def test_a_change_around_the_text_is_said_with_its_place(export, old, new, where):
    text, file, *_ = publishing.verify(export.page.replace(old, new).encode(), export.keys)
    assert text.code == "intact"
    assert where in publishing.words_of(file)


def test_pictures_that_are_not_there_are_said_to_be_not_given(export, tmp_path):
    page = tmp_path / "page.html"
    page.write_bytes(export.data)
    (tmp_path / "keys.json").write_text(json.dumps(export.keys))

    def pictures():
        (checked,) = publishing.verify_files(page, tmp_path / "keys.json")
        assert checked.ok
        return checked.verdicts[2]

    assert pictures().code == "not_given"
    first, second = export.files
    (tmp_path / first).write_bytes(export.files[first])
    assert (pictures().code, pictures().values) == ("some", {"given": "1", "count": "2"})
    (tmp_path / second).write_bytes(export.files[second])
    assert pictures().code == "intact"


def test_each_verdict_has_its_words_in_both_languages():
    english, urdu = verdicts.SENTENCES["en"], verdicts.SENTENCES["ur"]
    assert english.keys() == urdu.keys() >= verdicts.STATES.keys()
    assert verdicts.PARTS["en"].keys() == verdicts.PARTS["ur"].keys()
    for name, text in english.items():
        assert set(re.findall(r"\{\w+}", text)) == set(re.findall(r"\{\w+}", urdu[name])), name


@pytest.mark.skipif(shutil.which("node") is None, reason="Needs node: .ci/run installs it.")
def test_the_reader_s_script_comes_to_the_same_verdicts_as_the_desk(export, forged, tmp_path):
    made = [Forgery("itself", export.data), *forged]
    for one, theirs in zip(made, altered_pages.in_node(export, made, tmp_path), strict=True):
        ours = [
            {"check": said.check, "code": said.code, "values": dict(said.values)}
            for said in export.verdicts(one.data, one.files)
        ]
        assert ours == theirs["verdicts"], one.name
        text = canonical.public_text(one.data.decode("utf-8", "replace"))
        read = theirs["text"]
        assert (list(text.lines), list(text.approvers)) == (read["lines"], read["approvers"]), one.name
        assert (list(text.carried), list(text.addresses)) == (read["carried"], read["addresses"]), one.name


@pytest.mark.skipif(shutil.which("node") is None, reason="Needs node: .ci/run installs it.")
def test_random_alterations_are_noticed_and_the_script_agrees_on_each(export, tmp_path):
    chance = random.Random(13)
    made = altered_pages.random_ones(export, chance, examples(400))
    for one, theirs in zip(made, altered_pages.in_node(export, made, tmp_path), strict=True):
        ours = export.verdicts(one.data)
        said = [{"check": each.check, "code": each.code, "values": dict(each.values)} for each in ours]
        assert said == theirs["verdicts"], one.name
        assert ours[1].code != "intact", one.name
