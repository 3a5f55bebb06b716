from dataclasses import replace

from ovn_desk.domain.article import WorkingCopy
from ovn_desk.domain.workflow import State, Step
from ovn_desk.store import records
from ovn_desk.ui.state.save_state import Saving
from ovn_desk.usecases import writing


def kept(desk, article):
    with desk.store.read() as reading:
        return reading.working_copy(article)


def test_text_that_was_typed_is_kept_without_being_asked(qtbot, desk, space):
    article = desk.draft()
    space.article.open(article)
    space.text.edit(body="Typed, and nothing else done.")
    qtbot.waitUntil(lambda: space.text.save_state.saving is Saving.SAVED)
    assert kept(desk, article).content.body == "Typed, and nothing else done."


def test_while_one_types_the_window_says_editing(desk, space):
    space.article.open(desk.draft())
    space.text.edit(body="Typed.")
    assert space.text.save_state.saving is Saving.EDITING


def test_a_long_burst_of_typing_is_kept_before_it_ends(qtbot, desk, space):
    article = desk.draft()
    space.article.open(article)
    typed = iter(range(10**6))

    def is_kept_while_typing():
        space.text.edit(body=f"Letter {next(typed)}")
        return kept(desk, article) is not None

    qtbot.waitUntil(is_kept_while_typing, timeout=8_000)


def test_behind_a_slow_disk_waits_the_newest_text_alone(qtbot, desk, space):
    """Seen on a loaded computer: each second's text waited to be written, and the newest came last."""
    article, said = desk.draft(), []
    space.article.open(article)
    space.text._after_first.setInterval(1)
    with desk.store.begin():  # nobody else writes meanwhile
        for number in range(20):
            space.text.edit(body=f"Letter {number}")
            qtbot.waitUntil(lambda: not space.text._after_first.isActive())
        space.text.save_state_changed.connect(lambda: said.append(space.text.save_state.saving))
    qtbot.waitUntil(lambda: space.text.save_state.saving is Saving.SAVED)
    assert said == [Saving.EDITING, Saving.SAVED]
    assert kept(desk, article).content.body == "Letter 19"


def test_opening_another_article_leaves_a_version_of_the_first(desk, space):
    first, second = desk.draft(), desk.draft(headline="Another")
    space.article.open(first)
    space.text.edit(body="Changed before leaving.")
    space.article.open(second)
    assert kept(desk, first) is None
    with desk.store.read() as reading:
        assert reading.revision(reading.article(first).head).content.body == "Changed before leaving."


def test_another_text_takes_the_place_of_one_that_is_on_the_disk(desk, space):
    first, second = desk.draft(), desk.draft(headline="Another")
    space.article.open(first)
    space.text.edit(body="Typed, and not kept yet.")
    with desk.store.read() as reading:
        known = writing.open_text(reading, second)
    assert space.text.begin(second, known, (), by=space.session.writer)
    assert kept(desk, first).content.body == "Typed, and not kept yet."


def test_filing_keeps_the_last_word_first(desk, space):
    article = desk.draft()
    space.article.open(article)
    space.text.edit(body="The last word.")
    space.steps.take(Step.FILE)
    with desk.store.read() as reading:
        assert reading.article(article).state is State.FILED
        assert reading.revision(reading.article(article).head).content.body == "The last word."


def test_a_text_that_can_not_be_kept_says_so_until_it_is(qtbot, desk, space):
    article = desk.draft()
    space.article.open(article)
    with desk.store.begin() as tx:  # full: no page more than there are
        pages = tx.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        tx.connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    space.text.edit(body="word " * 200_000)
    qtbot.waitUntil(lambda: space.text.save_state.saving is Saving.NOT_SAVED)
    assert "full" in space.text.save_state.why
    assert space.text.content.body.startswith("word")
    with desk.store.begin() as tx:
        tx.connection.exec_driver_sql("PRAGMA max_page_count=1000000")
    qtbot.waitUntil(lambda: space.text.save_state.saving is Saving.SAVED, timeout=10_000)
    assert kept(desk, article).content.body == "word " * 200_000


def test_what_another_desk_files_is_seen_in_this_one(qtbot, desk, space):
    article = desk.draft()
    space.article.open(article)
    with qtbot.waitSignal(space.article.changed):
        desk.step(article, Step.FILE, desk.reporter)
    assert space.article.folded.state is State.FILED
    assert "Recall" in space.article.edit_refusal


def test_an_older_text_comes_back_and_the_newer_one_stays_in_the_history(desk, space):
    article = desk.draft(body="First text.")
    space.article.open(article)
    first = space.article.folded.head
    space.text.edit(body="Second text.")
    space.article.save()
    space.article.bring_back(first)
    assert space.text.content.body == "First text."
    with desk.store.read() as reading:
        assert {r.content.body for r in reading.revisions(article)} == {"First text.", "Second text."}


def test_approving_signs_what_is_on_the_screen(qtbot, desk, space):
    article = desk.in_review()
    space.article.switch_person(desk.editor.person)
    space.article.open(article)
    space.text.edit(standfirst="Changed by the editor, then signed.")
    assert space.steps.keep_as_edited("Shorter.")
    with qtbot.waitSignal(space.notices.said, timeout=20_000):
        space.steps.approve()
    assert desk.article(article).state is State.APPROVED
    with desk.store.read() as reading:
        assert writing.text_of(reading, article).standfirst == "Changed by the editor, then signed."


def test_words_that_are_not_what_was_filed_say_so(desk, space):
    article = desk.draft(body="All of what was written.")
    desk.step(article, Step.FILE, desk.reporter)
    space.article.open(article)
    assert "not what was filed" not in space.article.edit_refusal
    space.article.open(desk.draft(headline="Another"))
    known = desk.read(writing.open_text, article)
    with desk.store.begin() as tx:  # as a copy brings it back
        older = replace(known.content, body="Some of it.")
        tx.keep_working_copy(WorkingCopy(article, known.base, older, records.now(), "restored"))
    space.article.open(article)
    assert space.article.edit_refusal.startswith("This article is filed")
    assert space.article.edit_refusal.endswith("not what was filed: History has that.")
