"""Exporting again: only what changed is made, and it is what an export from nothing would make."""

import json
import shutil
import sqlite3
from dataclasses import fields
from datetime import timedelta
from itertools import product
from string import ascii_lowercase

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from effort import examples
from make import HOUSE, Desk, newsroom
from ovn_desk.domain.evidence import CorrectionKind
from ovn_desk.domain.workflow import State, Step
from ovn_desk.drawing import print_folder
from ovn_desk.store import open_store, records, schema
from ovn_desk.store.build_cache import BuildCache, path_for
from ovn_desk.text import seals
from ovn_desk.usecases import housekeeping, publishing, reviewing, translating
from ovn_desk.usecases.publishing import building, verified
from ovn_desk.usecases.publishing.files import MANIFEST

NAMES = ["".join(letters) for letters in product(ascii_lowercase, repeat=2)]


def name(desk):
    """What no story of this desk is called yet; the same ones in the same order at each."""
    desk.named = getattr(desk, "named", -1) + 1
    return NAMES[desk.named]


def export(desk, folder, form="site"):
    asked = publishing.ExportRequest(None, folder, form)
    return publishing.export(desk.store, asked, by=desk.editor, renderer=desk.renderer, print_folder=print_folder)


def unsealed(files):
    """The files without the seals of pages, which say when each was exported, and the names in the manifest."""
    return {name: seals.read_sealed_page(data).page for name, data in files.items()} | {
        MANIFEST: sorted(json.loads(files[MANIFEST]))
    }


def standing(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def publish(desk, number):
    language = ["en", "ur"][number % 2]
    desk.approved(headline=f"Story {name(desk)}", language=language, tags=("rail", f"tag {number % 3}"))


def translate(desk, number):
    with desk.store.read() as reading:
        rows = reading.rows(states=[State.PUBLISHED, State.APPROVED, State.WITHDRAWN])
        if not rows:
            return
        row = rows[number % len(rows)]
        original = reading.revision(reading.article(row.id).head).content
        house = reading.house()
    language = "ur" if row.language == "en" else "en"
    begun = translating.begin_translation(original, row.id, house, language=language)
    text = {"headline": f"Story {name(desk)}", "body": original.body}
    desk.approved(**{part.name: getattr(begun, part.name) for part in fields(begun)} | text)


def live(desk, number):
    with desk.store.read() as reading:
        rows = reading.rows(states=[State.PUBLISHED])
    return rows[number % len(rows)].id if rows else None


def correct(desk, number):
    if article := live(desk, number):
        kind = [CorrectionKind.CORRECTION, CorrectionKind.REFILE][number % 2]
        said = {"said": "In July.", "in_fact": "In August."} if number % 2 == 0 else {}
        reviewing.correct(desk.store, article, by=desk.reporter, kind=kind, **said)
        desk.edit(article, by=desk.reporter, body=f"In August [@dawn-rail], said {name(desk)}.")
        desk.step(article, Step.FILE, desk.reporter)
        desk.step(article, Step.TAKE, desk.editor)
        desk.approve(article)


def withdraw(desk, number):
    if article := live(desk, number):
        desk.step(article, Step.WITHDRAW, desk.editor, reason="It was wrong.")


def rename_house(desk, number):
    housekeeping.change_house(
        desk.store, HOUSE.replace("Checked. Twice.", f"Checked {number + 3} times."), by=desk.chief
    )


def as_another_run():
    """Forgets what this process verified; what the last export kept on the disk stays."""
    building._memory.cache_clear()


def kept_articles(store):
    """What the cache holds for the records that stand now, as another run finds it."""
    with BuildCache(store.path) as kept, store.read() as reading:
        cache = verified.VerifiedCache(kept, reading.law_fingerprint())
        found = cache.find(reading.fingerprints(reading.article_ids()))
        return {article: folded for article, (folded, _) in found.items()}


def folded_articles(store):
    """What the records of everything that was ever published add up to."""
    with store.read() as reading:
        ids = reading.article_ids()
        return {one: found for one in ids if (found := reading.history(one).article) and found.published}


DEEDS = st.lists(
    st.tuples(st.sampled_from([publish, publish, correct, withdraw, translate]), st.integers(0, 5)), max_size=4
)


@settings(max_examples=examples(12), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(DEEDS, min_size=2, max_size=4))
def test_an_export_again_is_what_one_from_nothing_would_be(tmp_path_factory, renderer, days):
    folder = tmp_path_factory.mktemp("again")
    store = newsroom(folder / "newsroom.ovn")
    desk = Desk(store, renderer)
    publish(desk, 0)
    for deeds in days:
        for deed, number in deeds:
            deed(desk, number)
        as_another_run()
        export(desk, folder / "site")
        assert kept_articles(store) == folded_articles(store)
    as_another_run()
    export(desk, folder / "site")
    store.close()
    fresh = folder / "fresh"
    shutil.copytree(folder, fresh, ignore=shutil.ignore_patterns("*-cache.db*", "site"))
    again = open_store(fresh / "newsroom.ovn")
    export(Desk(again, renderer), fresh / "site")
    again.close()
    assert unsealed(standing(folder / "site")) == unsealed(standing(fresh / "site"))


def test_nothing_changed_is_nothing_written(desk, tmp_path):
    publish(desk, 0)
    publish(desk, 1)
    export(desk, tmp_path / "site")
    done = export(desk, tmp_path / "site")
    assert (done.written, done.removed) == ((), ())


def test_a_page_says_the_time_of_its_export_and_not_that_of_the_plan_before(desk, tmp_path, monkeypatch):
    """Seen at the desk: the first export showed when somebody had looked at its plan, the next one another time."""
    article = desk.approved(date="")
    asked, options = publishing.ExportRequest(None, tmp_path / "site"), {"renderer": desk.renderer}
    publishing.plan(desk.store, asked, by=desk.editor.person, **options)
    later = records.now() + timedelta(minutes=5)
    monkeypatch.setattr(records, "now", lambda: later)
    publishing.export(desk.store, asked, by=desk.editor, **options)
    with desk.store.read() as reading:
        assert reading.article(article).first_published_at == later
    assert publishing.export(desk.store, asked, by=desk.editor, **options).written == ()


def test_a_page_that_somebody_took_away_is_written_again(desk, tmp_path):
    publish(desk, 0)
    export(desk, tmp_path / "site")
    page = next(path for path in (tmp_path / "site").rglob("*.html") if "story" in path.name)
    page.unlink()
    done = export(desk, tmp_path / "site")
    assert done.written == (page.relative_to(tmp_path / "site").as_posix(),)


def test_another_tagline_is_on_every_page(desk, tmp_path):
    publish(desk, 0)
    export(desk, tmp_path / "site")
    rename_house(desk, 0)
    export(desk, tmp_path / "site")
    assert "Checked 3 times." in (tmp_path / "site" / "index.html").read_text()
    with_old = [name for name, data in standing(tmp_path / "site").items() if b"Checked. Twice." in data]
    assert with_old == []


def test_html_that_somebody_put_in_place_of_what_was_kept_is_not_shown(desk, tmp_path):
    publish(desk, 0)
    kept = path_for(desk.store.path)
    connection = sqlite3.connect(kept)
    rows = connection.execute("UPDATE pieces SET data = zeroblob(40) WHERE place LIKE 'body/%'").rowcount
    connection.commit()
    connection.close()
    assert rows == 1
    export(desk, tmp_path / "site")
    assert any(
        b"The groups meet in July" in data for name, data in standing(tmp_path / "site").items() if "story" in name
    )


@pytest.mark.parametrize("form", publishing.FORMATS)
def test_each_form_says_the_same_the_second_time(desk, tmp_path, form):
    publish(desk, 0)
    publish(desk, 1)
    export(desk, tmp_path / "out", form)
    before = standing(tmp_path / "out")
    export(desk, tmp_path / "out", form)
    after = standing(tmp_path / "out")
    assert {name: data for name, data in after.items() if name != MANIFEST} == {
        name: data for name, data in before.items() if name != MANIFEST
    }


def test_an_article_a_newer_desk_wrote_about_is_not_exported_from_memory(desk, tmp_path):
    publish(desk, 0)
    publish(desk, 0)
    export(desk, tmp_path / "site")
    article = live(desk, 0)
    with desk.store.begin() as tx:
        row = {"id": "f" * 64, "kind": "events", "article": article, "record": "{}", "is_newer": 1, "why": "newer"}
        tx.connection.execute(schema.quarantine.insert(), row)
    done = export(desk, tmp_path / "site")
    assert [(one.id, "newer desk" in one.reason) for one in done.refused] == [(article, True)]
