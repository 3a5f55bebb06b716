"""What somebody wrote who had left, at the desk of a colleague who did not know: it stays, and its words live on."""

import pytest

from ovn_desk.domain.errors import StepRefused
from ovn_desk.sync import bundle
from ovn_desk.usecases import drafts, importing, join_requests, people, recovering, writing
from ovn_desk.usecases.news import Need, news_of
from sharing import meet, newsroom


@pytest.fixture
def desks(tmp_path, renderer):
    with newsroom(tmp_path / "desks", renderer, number=3) as made:
        yield made


def hand(one, other, file, by):
    bundle.write(one.store, file, by=by)
    return bundle.import_bundle(other.store, file)


def test_what_somebody_saw_stays_in_the_list_when_its_writer_had_left(desks, tmp_path):
    chief, editor, writer = desks
    begun = writer.draft(headline="Tariff", body="Water.")
    meet(writer, editor)
    meet(writer, chief)
    people.retire_staff(chief.store, name="Rana", by=chief.chief)
    writer.edit(begun, by=writer.reporter, body="Water costs more.")
    fares = writer.draft(headline="Fares", body="Twice as much.")
    assert not hand(writer, editor, tmp_path / "1.ovnb", writer.reporter).uncounted
    later = editor.article(begun).head
    came = hand(chief, editor, tmp_path / "2.ovnb", chief.chief)
    assert came.uncounted == {begun, fares}
    news = editor.read(lambda reading: news_of(reading, came.arrived, editor.editor.person, uncounted=came.uncounted))
    told = {one.article: (one.need, one.version, one.words) for one in news}
    why = "Whoever took Rana Malik off the newsroom's list did not have this yet."
    assert told == {
        begun: (Need.UNDONE, later, why),
        fares: (Need.LAPSED, editor.article(fares).head, why),
    }
    assert editor.read(lambda reading: reading.row(fares).is_lapsed)
    assert editor.read(lambda reading: writing.text_of(reading, fares).body) == "Twice as much."
    with pytest.raises(StepRefused, match="does not count"):
        writing.keep(
            editor.store, fares, writer.read(lambda reading: writing.text_of(reading, begun)), by=editor.editor
        )
    drafts.make_own(editor.store, fares, by=editor.editor)
    with pytest.raises(StepRefused, match="counts already"):
        drafts.make_own(editor.store, fares, by=editor.editor)
    hand(editor, chief, tmp_path / "3.ovnb", editor.editor)
    for desk in (editor, chief):
        folded = desk.article(fares)
        assert (folded.lapse, folded.reporter) == (None, editor.editor.id)
        assert desk.read(lambda reading: writing.text_of(reading, fares).body) == "Twice as much."


def test_nobody_makes_a_story_theirs_who_has_left_or_is_not_let_in_yet(desks):
    chief, editor, writer = desks
    fares = writer.draft(headline="Fares", body="Twice as much.")
    asker = join_requests.ask(editor.store, join_requests.newcomer("Sana Baloch"))
    people.retire_staff(chief.store, name="Rana", by=chief.chief)
    meet(chief, editor)
    meet(writer, editor)
    assert editor.article(fares).lapse
    with pytest.raises(StepRefused, match="Rana Malik has left"):
        drafts.make_own(editor.store, fares, by=editor.reporter)
    with pytest.raises(StepRefused, match="let you in"):
        drafts.make_own(editor.store, fares, by=asker)
    assert editor.article(fares).lapse


def test_the_saved_text_of_a_story_that_is_here_makes_no_second_one(desks, tmp_path):
    """Also where the story ends in a blank line, which a file does not keep."""
    chief, *_ = desks
    fares = chief.draft(headline="Fares", body="Twice as much.\n\n")
    people.retire_staff(chief.store, name="Rana", by=chief.chief)
    (tmp_path / "fares.md").write_bytes(chief.read(recovering.text_file, fares))
    (report,) = importing.import_files(chief.store, [tmp_path / "fares.md"], by=chief.editor)
    assert (report.status, report.id) == (importing.Status.SKIPPED, fares)
