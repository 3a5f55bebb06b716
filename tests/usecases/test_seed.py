"""The outlet's real article: imported, filed, approved, exported, and read again."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

import make
from ovn_desk import assets
from ovn_desk.domain import verification
from ovn_desk.domain.claim import ClaimKind
from ovn_desk.domain.errors import StepRefused
from ovn_desk.domain.evidence import WaiverKind
from ovn_desk.domain.source import Source, SourceKind
from ovn_desk.domain.workflow import Step
from ovn_desk.text.canonical import public_text
from ovn_desk.usecases import checking, importing, publishing, reviewing, suggesting, writing

SEED = Path(__file__).parents[3] / "shared" / "data" / "seed" / "000_75fb33a2cd38d8f5.txt"

pytestmark = pytest.mark.skipif(not SEED.exists(), reason=f"Needs the seed article, {SEED}.")


@pytest.fixture
def newsroom(tmp_path):
    house = (assets.folder() / "samples" / "openvoicenews.toml").read_text(encoding="utf-8")
    store = make.newsroom(tmp_path / "newsroom.ovn", house)
    yield store
    store.close()


def test_the_seed_comes_in_as_the_article_it_is(newsroom):
    with newsroom.read() as reading:
        content = importing.read_article(SEED, reading.house())
    assert (
        content.headline == "Pakistan and Azerbaijan to Establish Joint Groups for Enhanced Trade and Rail Connectivity"
    )
    assert (content.date, content.category, content.language) == ("2025-07-20", "politics", "en")
    paragraphs = content.body.split("\n\n")
    assert len(paragraphs) == 4
    assert [p.split()[0] for p in paragraphs] == ["Pakistan", "The", "This", "For"]
    assert all(p.endswith((".", "”")) for p in paragraphs)
    assert "regional economic integration. The move" in content.body
    assert "$2 billion" in content.body
    assert "\\$" not in content.body
    assert "“This collaboration will create a robust foundation for Pakistan’s rail infrastructure.”" in content.body
    assert '"We are pursuing a comprehensive strategy' in content.body
    assert "OpenVoiceNews" not in content.body
    assert "Transparent" not in content.body


def imported(newsroom):
    reporter, editor = (make.Desk(newsroom, None).signer(name) for name in ("Rana", "Ayesha"))
    return importing.import_files(newsroom, [SEED], by=reporter)[0].id, reporter, editor


def checked(newsroom, article):
    with newsroom.read() as reading:
        return checking.check_content(writing.text_of(reading, article), reading.house())


def test_the_check_finds_what_an_editor_would_ask_about_the_seed(newsroom):
    article, *_ = imported(newsroom)
    check = checked(newsroom, article)
    blocking = {(one.claim.kind.value, one.claim.words, one.status.value) for one in check.claims if one.blocks}
    assert {(kind, words, status) for kind, words, status in blocking if kind == "figure"} == {
        ("figure", "$2 billion", "uncited"),
        ("figure", "five days", "uncited"),
        ("figure", "40%", "uncited"),
    }
    quotations = [words for kind, words, _ in blocking if kind == "quotation"]
    assert sorted(words.split()[0] for words in quotations) == ["This", "We"]
    secondhand = [one.claim for one in check.claims if one.is_secondhand and one.claim.kind is ClaimKind.QUOTATION]
    assert [claim.through for claim in secondhand] == ["Dawn"]
    assert any("conservative audiences" in finding.words.lower() for finding in check.findings)


def settle(newsroom, article, by):
    """The figures and one quotation get a source, the other quotation is waived."""
    with newsroom.read() as reading:
        content = writing.text_of(reading, article)
    body = content.body.replace("reported by Dawn", "reported by Dawn [@dawn]").replace("40%", "40% [@dawn]")
    body = body.replace("$2 billion", "$2 billion [@dawn]")
    quotations = [one.claim.words for one in checked(newsroom, article).claims if one.claim.kind is ClaimKind.QUOTATION]
    excerpts = (f"{quotations[0]} The deal is worth $2 billion, saves five days, and 40% of the cost.",)
    sourced = replace(content, body=body, sources=(Source("dawn", SourceKind.OUTLET, name="Dawn", excerpts=excerpts),))
    kept = writing.keep(newsroom, article, sourced, by=by)
    left = [one for one in checked(newsroom, article).claims if one.blocks]
    waivers = tuple(
        verification.waive(one, WaiverKind.COMMON_KNOWLEDGE, by=by.name, at="2025-07-20", reason="Heard in the hall.")
        for one in left
    )
    writing.keep(newsroom, article, replace(sourced, waivers=waivers), by=by, known=kept)


def test_the_seed_is_approved_once_it_is_sourced_or_waived_and_reads_as_the_original(newsroom, renderer, tmp_path):
    article, reporter, editor = imported(newsroom)
    reviewing.take_step(newsroom, article, Step.FILE, by=reporter)
    reviewing.take_step(newsroom, article, Step.TAKE, by=editor)
    with pytest.raises(StepRefused) as refused:
        reviewing.approve(newsroom, article, by=editor, renderer=renderer)
    for words in ("$2 billion", "five days", "40%", "We are pursuing", "This collaboration"):
        assert words in str(refused.value)
    settle(newsroom, article, editor)
    suggesting.keep_as_edited(newsroom, article, by=editor, reason="Sourced at the desk.")
    reviewing.approve(newsroom, article, by=editor, renderer=renderer)
    done = publishing.export(
        newsroom, publishing.ExportRequest((article,), tmp_path / "site"), by=editor, renderer=renderer
    )
    name = next(name for name in done.written if name.startswith("2025/07/"))
    page = (tmp_path / "site" / name).read_text(encoding="utf-8")
    original = SEED.read_text(encoding="utf-8").split("Politics & Government")[1].replace("\\$", "$")
    lines = [line.partition(">")[2] for line in public_text(page).lines if re.match(r"<p[ >]", line)]
    bare = [re.sub(r"<sup>.*?</sup>|<[^>]*>", "", line).replace("&quot;", '"') for line in lines]
    shown = " ".join(bare).replace("&amp;", "&")
    fold = str.maketrans("“”’", '""\'')
    for sentence in re.split(r"(?<=[.”\"])\s+", " ".join(original.split()).translate(fold)):
        assert sentence in shown, sentence
    with newsroom.read() as reading:
        assert writing.text_of(reading, article).body.replace(" [@dawn]", "").split() == original.split()
