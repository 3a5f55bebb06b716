"""What is said to be only here is what the rows say: compared with the copies' own files, read with SQLite alone."""

from contextlib import closing
from dataclasses import replace

import sqlcipher3.dbapi2 as driver
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from make import content
from ovn_desk.domain.workflow import State, Step
from ovn_desk.usecases import commenting, housekeeping, reviewing, writing
from ovn_desk.usecases.whereabouts import whereabouts

TABLES = ("roster", "houses", "revisions", "events")


def rows_of(file):
    """(table, id, article) of every record in a file, and (article, text) of every text being written."""
    with closing(driver.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        found = {
            (table, *row)
            for table in TABLES
            for row in connection.execute(
                f"SELECT id, {'article' if table in {'revisions', 'events'} else repr('')} FROM {table}"
            )
        }
        texts = set(connection.execute("SELECT article, content FROM working_copies"))
    return found, texts


def oracle(store, files):
    """Article → (is text lacking, versions, steps) of what none of these files has, without a look at the code."""
    rows, texts = rows_of(store.path)
    for file in files:
        other_rows, other_texts = rows_of(file)
        rows, texts = rows - other_rows, texts - other_texts
    found = {}
    for table, _, article in rows:
        text, versions, steps = found.get(article, (False, 0, 0))
        is_version = table == "revisions"
        found[article] = (text, versions + is_version, steps + (not is_version))
    for article, _ in texts:
        found[article] = (True, *found.get(article, (False, 0, 0))[1:])
    return found


def answer(lacks):
    return {article: (bool(lack.text_since), lack.versions, lack.steps) for article, lack in lacks.items()}


def check(desk, newest):
    found = desk.read(whereabouts)
    assert {place.folder: answer(place.lacks) for place in found.copies} == {
        folder: oracle(desk.store, [file]) for folder, file in newest.items()
    }
    if newest:
        assert answer(found.only_here) == oracle(desk.store, newest.values())
        assert found.is_everything_elsewhere == (not oracle(desk.store, newest.values()))


def type_on(desk, article, words):
    known = desk.read(writing.open_text, article)
    writing.keep(desk.store, article, replace(known.content, body=words), by=desk.reporter, known=known)


STEPS = st.lists(
    st.sampled_from(["start", "type", "type", "save", "file", "note", "copy a", "copy b"]), min_size=1, max_size=14
)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_what_is_only_here_is_what_no_copy_has(desk, tmp_path_factory, steps):
    folder, newest, articles = tmp_path_factory.mktemp("sticks"), {}, []
    with desk.store.begin() as tx:  # the store is one for all examples, what is known of places is not
        tx.connection.exec_driver_sql("DELETE FROM settings WHERE name LIKE 'held at %'")
    for number, step in enumerate(steps):
        if step == "start" or (not articles and not step.startswith("copy")):
            articles.append(desk.draft(headline=f"Story {number}"))
        elif step == "type":
            type_on(desk, articles[-1], f"Typed as number {number}.")
        elif step in {"save", "file", "note"}:
            is_draft = desk.article(articles[-1]).state is State.DRAFT  # what is filed is kept, and no version
            if step == "save" and is_draft:
                writing.save(desk.store, articles[-1], by=desk.reporter)
            if step == "file" and is_draft:
                reviewing.take_step(desk.store, articles[-1], Step.FILE, by=desk.reporter)
        else:
            place = folder / step[-1]
            place.mkdir(exist_ok=True)
            newest[place] = housekeeping.copy_away(desk.store, place)
        check(desk, newest)


def test_without_a_place_only_the_text_that_is_no_version_is_named(desk):
    article = desk.draft()
    assert desk.read(whereabouts).only_here == {}
    assert not desk.read(whereabouts).is_everything_elsewhere
    type_on(desk, article, "More words.")
    found = desk.read(whereabouts)
    assert found.only_here[article].text_since
    assert not found.only_here[article].versions
    type_on(desk, article, content().body)
    assert desk.read(whereabouts).only_here == {}, "what says the same as the version is in the version"


def test_what_is_typed_and_not_kept_yet_is_only_here(desk, tmp_path):
    article = desk.draft()
    housekeeping.copy_away(desk.store, tmp_path)
    found = desk.read(whereabouts)
    assert found.is_everything_elsewhere
    now = found.places[0].at
    typing = found.with_typing(article, now)
    assert typing.only_here[article].text_since == now
    assert not typing.is_everything_elsewhere
    assert not typing.places[0].has_everything


def test_a_clock_that_was_set_back_makes_nothing_safe(desk, tmp_path):
    desk.draft()
    housekeeping.copy_away(desk.store, tmp_path)
    with desk.store.begin() as tx:  # the copy was made by a clock of next year
        tx.connection.exec_driver_sql(
            "UPDATE settings SET value = replace(value, '2026', '2027') WHERE name LIKE 'held at %'"
        )
    later = desk.draft(headline="Later")
    assert desk.read(whereabouts).only_here.keys() == {later}


def test_a_decision_that_was_begun_is_in_no_version(desk, tmp_path):
    article = desk.draft()
    housekeeping.copy_away(desk.store, tmp_path)
    with desk.store.begin() as tx:
        tx.connection.exec_driver_sql("INSERT INTO choices VALUES (?, 'a conflict', '{}')", (article,))
    assert desk.read(whereabouts).only_here[article].is_deciding
    housekeeping.copy_away(desk.store, tmp_path)
    assert desk.read(whereabouts).is_everything_elsewhere
    with desk.store.begin() as tx:
        tx.connection.exec_driver_sql("UPDATE choices SET choice = 'other words'")
    assert not desk.read(whereabouts).is_everything_elsewhere


def test_a_copy_that_is_gone_holds_nothing_and_one_out_of_reach_is_believed(desk, tmp_path):
    desk.draft()
    gone, away = tmp_path / "gone", tmp_path / "away"
    for folder in (gone, away):
        folder.mkdir()
        housekeeping.copy_away(desk.store, folder)
    assert not housekeeping.forget_lost_copies(desk.store)
    for copy in gone.glob("*.ovn"):
        copy.unlink()
    away.rename(tmp_path / "unplugged")
    assert housekeeping.forget_lost_copies(desk.store)
    assert [place.folder for place in desk.read(whereabouts).copies] == [away]


def test_a_story_that_was_opened_or_begun_without_a_word_is_nothing_that_a_place_lacks(desk, tmp_path):
    """Seen: “2 stories not all at the hub yet”, after two were opened."""
    article = desk.in_review()
    housekeeping.copy_away(desk.store, tmp_path)
    commenting.mark_read(desk.store, article, by=desk.reporter)
    begun = desk.draft(headline="", standfirst="", body="")
    found = desk.read(whereabouts)
    assert (found.only_here, found.is_everything_elsewhere) == ({}, True)
    assert found.places[0].has_everything
    type_on(desk, begun, "A word.")
    assert desk.read(whereabouts).only_here.keys() == {begun}
