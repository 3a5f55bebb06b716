"""The outlet's real article: imported, filed, approved, exported, and read again."""

import re
from pathlib import Path

import pytest

from ovn_desk import assets
from ovn_desk.domain.workflow import Step
from ovn_desk.text.canonical import public_text
from ovn_desk.usecases import housekeeping, importing, publishing, reviewing, writing

SEED = Path(__file__).parents[3] / "shared" / "data" / "seed" / "000_75fb33a2cd38d8f5.txt"

pytestmark = pytest.mark.skipif(not SEED.exists(), reason=f"Needs the seed article, {SEED}.")


@pytest.fixture
def newsroom(tmp_path):
    house = (assets.folder() / "samples" / "openvoicenews.toml").read_text(encoding="utf-8")
    store = housekeeping.found(tmp_path / "newsroom.ovn", house_text=house)
    yield store
    store.close()


def test_the_seed_comes_in_as_the_article_it_is(newsroom):
    with newsroom.read() as reading:
        content = importing.read(SEED, reading.house())
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


def test_the_seed_reads_on_its_page_as_the_original_does(newsroom, renderer, tmp_path):
    with newsroom.read() as reading:
        reporter, editor = reading.person("Rana"), reading.person("Ayesha")
    article = importing.bring_in(newsroom, [SEED], by=reporter)[0].id
    reviewing.take_step(newsroom, article, Step.FILE, by=reporter)
    reviewing.take_step(newsroom, article, Step.TAKE, by=editor)
    key = housekeeping.open_key(newsroom, editor)
    reviewing.approve(newsroom, article, by=editor, key=key, renderer=renderer)
    done = publishing.export(newsroom, [article], to=tmp_path / "site", by=editor, renderer=renderer)
    name = next(name for name in done.written if name.startswith("2025/07/"))
    page = (tmp_path / "site" / name).read_text(encoding="utf-8")
    original = SEED.read_text(encoding="utf-8").split("Politics & Government")[1].replace("\\$", "$")
    shown = "".join(line.partition("\t")[2] + " " for line in public_text(page).splitlines() if line.startswith("p\t"))
    fold = str.maketrans("“”’", '""\'')
    for sentence in re.split(r"(?<=[.”\"])\s+", " ".join(original.split()).translate(fold)):
        assert sentence in shown, sentence
    with newsroom.read() as reading:
        assert writing.text_of(reading, article).body.split() == original.split()
