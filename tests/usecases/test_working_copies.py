"""Several writers of one article on one store: what one kept is never overwritten by another who has not seen it."""

import subprocess
import sys
from dataclasses import replace

import pytest

from make import content
from ovn_desk.domain.errors import StepRefused
from ovn_desk.domain.workflow import State, Step
from ovn_desk.text import undo
from ovn_desk.usecases import merging, reviewing, suggesting, writing

KEEP = """
import sys
from dataclasses import replace
from pathlib import Path
from ovn_desk.store import open_store
from ovn_desk.usecases import people, writing
store = open_store(Path(sys.argv[1]))
with store.read() as reading:
    rana = reading.person("Rana")
    known = writing.open_text(reading, sys.argv[2])
by = people.signer(store, rana)
print("read", flush=True)
sys.stdin.readline()
kept = writing.keep(store, sys.argv[2], replace(known.content, body=sys.argv[3]), by=by, known=known)
print(kept.is_mine, flush=True)
store.close()
"""


@pytest.fixture
def article(desk):
    return desk.draft(body="Start.")


def keep(desk, article, known, body):
    return writing.keep(desk.store, article, replace(known.content, body=body), by=desk.reporter, known=known)


def bodies(desk, article):
    """Every text of the article that the store has: its versions, and what is being written."""
    with desk.store.read() as reading:
        copy = reading.working_copy(article)
        return [one.content.body for one in reading.revisions(article)] + ([copy.content.body] if copy else [])


def test_a_writer_keeps_again_and_again_and_makes_no_version(desk, article):
    known = desk.read(writing.open_text, article)
    for body in ("One.", "One. Two.", "One. Two. Three."):
        known = keep(desk, article, known, body)
    assert bodies(desk, article) == ["Start.", "One. Two. Three."]


def test_what_one_window_kept_is_not_overwritten_by_the_other(desk, article):
    seen = desk.read(writing.open_text, article)
    keep(desk, article, seen, "Ten paragraphs from the second window.")
    stale = keep(desk, article, seen, "One word.")
    assert not stale.is_mine
    assert set(bodies(desk, article)) >= {"Ten paragraphs from the second window.", "One word."}
    assert desk.read(writing.text_of, article).body == "Ten paragraphs from the second window."
    assert len(desk.article(article).heads) == 2
    assert desk.read(merging.next_decision, article).merged.conflicts


def test_who_writes_on_after_meeting_another_has_the_place_and_both_texts_stay(desk, article):
    seen = desk.read(writing.open_text, article)
    theirs = keep(desk, article, seen, "Theirs.")
    mine = keep(desk, article, seen, "Mine.")
    for body in ("Mine. More.", "Mine. More. Still."):
        mine = keep(desk, article, mine, body)
        assert mine.is_mine
    theirs = keep(desk, article, theirs, "Theirs, too, goes on.")
    assert not theirs.is_mine
    assert set(bodies(desk, article)) == {"Start.", "Theirs.", "Mine.", "Mine. More. Still.", "Theirs, too, goes on."}


def test_a_text_that_somebody_cut_meanwhile_goes_on_from_its_version_and_is_no_fork(desk, article):
    known = keep(desk, article, desk.read(writing.open_text, article), "One.")
    cut = writing.save(desk.store, article, by=desk.reporter)  # a command, or a step
    keep(desk, article, known, "One. Two.")
    assert writing.save(desk.store, article, by=desk.reporter).parents == (cut.id,)


def test_a_text_begun_when_another_version_came_becomes_a_version_beside_it(desk, article):
    known = desk.read(writing.open_text, article)
    desk.edit(article, desk.reporter, body="A command changed it.")
    keep(desk, article, known, "Mine.")
    assert writing.save(desk.store, article, by=desk.reporter).parents == (known.base,)
    assert len(desk.article(article).heads) == 2


def test_the_text_that_is_read_and_not_changed_makes_no_version_of_its_own(desk, article):
    seen = desk.read(writing.open_text, article)
    keep(desk, article, seen, "Theirs.")
    assert not keep(desk, article, seen, "Start.").is_mine
    assert bodies(desk, article).count("Start.") == 1


@pytest.mark.parametrize(
    "act",
    [
        lambda desk, article, known: writing.bring_back(desk.store, article, known.base, by=desk.reporter, known=known),
        lambda desk, article, known: reviewing.take_step(desk.store, article, Step.FILE, by=desk.reporter, known=known),
        lambda desk, article, known: writing.save(desk.store, article, by=desk.reporter, known=known),
        lambda desk, article, known: suggesting.keep_as_edited(
            desk.store, article, by=desk.editor, reason="So.", known=known
        ),
    ],
    ids=["bring back", "file", "save", "keep as edited"],
)
def test_nothing_is_done_with_the_text_of_another_window(desk, article, act):
    seen = desk.read(writing.open_text, article)
    keep(desk, article, seen, "Theirs.")
    with pytest.raises(StepRefused, match="another window"):
        act(desk, article, seen)
    assert desk.read(writing.text_of, article).body == "Theirs."
    assert desk.article(article).state is State.DRAFT


def test_undo_of_a_text_that_is_no_longer_the_articles_is_not_kept_over_the_others(desk, article):
    seen = desk.read(writing.open_text, article)
    steps = (undo.Step(0, "", "Theirs."),)
    known = keep(desk, article, seen, "Theirs.")
    writing.keep_undo(desk.store, article, steps, known=known)
    writing.keep_undo(desk.store, article, (undo.Step(0, "", "Start."),), known=seen)
    assert desk.read(writing.undo_steps, article) == steps


def test_opening_for_a_correction_keeps_what_was_being_written(desk, tmp_path):
    from ovn_desk.usecases.publishing import ExportRequest
    from ovn_desk.usecases.publishing.exporting import export

    article = desk.approved()
    export(desk.store, ExportRequest((article,), tmp_path / "site"), by=desk.editor, renderer=desk.renderer)
    with desk.store.begin() as tx:  # left over from before the approval
        tx.keep_working_copy(
            writing.WorkingCopy(article, tx.article(article).head, content(body="Left over."), writing.records.now())
        )
    desk.correct(article)
    assert "Left over." in bodies(desk, article)


def test_two_processes_keep_at_once_and_both_texts_are_there(desk, article):
    command = [sys.executable, "-c", KEEP, str(desk.store.path), article]
    writers = [
        subprocess.Popen([*command, body], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for body in ("From one process.", "From the other.")
    ]
    for writer in writers:  # both have read the text before either keeps
        assert writer.stdout.readline() == "read\n"
    said = [writer.communicate("\n", timeout=600)[0].strip() for writer in writers]
    assert sorted(said) == ["False", "True"]
    assert set(bodies(desk, article)) >= {"From one process.", "From the other."}
