"""The form that hands stories over: for whom, what, sealed to them, under a name of its own, and said in words."""

import re
from pathlib import Path

import pytest

from make import content
from ovn_desk.domain.house import Role
from ovn_desk.domain.workflow import Step
from ovn_desk.sync import bundle
from ovn_desk.ui.sharing import hand_over
from ovn_desk.ui.sharing.hand_over import HandOverDialog
from ovn_desk.usecases import join_requests, people, recording, writing
from sharing import newsroom


@pytest.fixture
def desks(tmp_path, renderer):
    with newsroom(tmp_path / "desks", renderer) as made:
        yield made


@pytest.fixture
def desk(desks):
    """The desk whose window it is; the other one is only a store."""
    return desks[0]


@pytest.fixture
def other(desks):
    return desks[1]


def form_of(qtbot, window, folder):
    space = window.workspace
    form = HandOverDialog(space.session, space.article, space.text, window)
    qtbot.addWidget(form)
    form.folder.setText(str(folder))
    form.show()
    return form


def choose(form, kind):
    form.choices[kind].click()


def written(qtbot, form):
    with qtbot.waitSignal(form.written) as said:
        form.buttons.buttons()[0].click()
    return said.args


def test_a_story_is_for_the_one_it_concerns_sealed_and_says_what_happens_next(qtbot, window, desk, other, tmp_path):
    article = desk.in_review(headline="The rail groups")
    window.features.articles.open(article)
    form = form_of(qtbot, window, tmp_path)
    assert form.person.name == "Ayesha Khan"  # who reviews it
    assert form.choices[hand_over.THIS].isChecked()
    assert form.choices[hand_over.THIS].text() == "This story: The rail groups"
    assert form.is_sealed.isChecked()
    assert "nobody but Ayesha Khan can open it" in form.inside.text()
    assert "send the file to Ayesha Khan, by mail or on a stick" in form.next.text()
    said, file = written(qtbot, form)
    assert file.name.startswith("the-rail-groups-for-ayesha-")
    assert said == f"Written to {file.name} in {file.parent}: “The rail groups”. Now send it to Ayesha Khan."
    assert bundle.sealed_to(file) == desk.editor.key.id
    came = bundle.import_bundle(other.store, file, key=other.editor.key)
    assert came.articles == {article}
    assert other.read(writing.text_of, article).headline == "The rail groups"


def test_no_file_takes_the_place_of_another(qtbot, window, desk, tmp_path):
    window.features.articles.open(desk.draft(headline="The rail groups"))
    _, first = written(qtbot, form_of(qtbot, window, tmp_path))
    before = first.read_bytes()
    form = form_of(qtbot, window, tmp_path)
    form.file.setText(first.stem)  # typed by hand
    _, second = written(qtbot, form)
    _, third = written(qtbot, form_of(qtbot, window, tmp_path))
    assert len({first, second, third}) == 3
    assert first.read_bytes() == before
    assert second.stem == f"{first.stem}-2"


def test_what_somebody_has_not_seen_is_counted_and_goes_alone(qtbot, window, desk, other, tmp_path):
    seen, new = desk.draft(headline="Seen"), desk.draft(headline="New")
    bundle.write(desk.store, tmp_path / "a.ovnb", [seen], by=desk.reporter)
    bundle.import_bundle(other.store, tmp_path / "a.ovnb")
    bundle.write(other.store, tmp_path / "b.ovnb", by=other.editor)
    bundle.import_bundle(desk.store, tmp_path / "b.ovnb")
    form = form_of(qtbot, window, tmp_path)
    form.to.setCurrentIndex(form.to.findText("Ayesha Khan, editor"))
    unseen = form.choices[hand_over.UNSEEN]
    qtbot.waitUntil(lambda: unseen.text() == "What Ayesha Khan is not known to have: 1 story")
    choose(form, hand_over.UNSEEN)
    said, file = written(qtbot, form)
    assert "1 story" in said
    with bundle.container.open_bundle(file, desk.editor.key) as container:
        assert {row.kind for row in container.rows()} >= {"revision/2"}
    assert bundle.import_bundle(other.store, file, key=other.editor.key).articles == {new}


def test_a_story_that_was_just_handed_over_is_said_to_be_so_until_it_changes(qtbot, window, desk, tmp_path):
    article = desk.draft(headline="Handed")
    form = form_of(qtbot, window, tmp_path)
    form.to.setCurrentIndex(form.to.findText("Ayesha Khan, editor"))
    unseen = form.choices[hand_over.UNSEEN]
    qtbot.waitUntil(lambda: unseen.text() == "What Ayesha Khan is not known to have: 1 story")
    choose(form, hand_over.UNSEEN)
    written(qtbot, form)
    form = form_of(qtbot, window, tmp_path)
    form.to.setCurrentIndex(form.to.findText("Ayesha Khan, editor"))
    unseen = form.choices[hand_over.UNSEEN]
    said = r"Handed over (today|yesterday) \d\d:\d\d, not known to be taken in: 1 story"
    qtbot.waitUntil(lambda: bool(re.fullmatch(said, unseen.text())))
    assert unseen.isEnabled(), "it may have been lost on the way"
    form.reject()
    desk.draft(headline="Another")
    form = form_of(qtbot, window, tmp_path)
    form.to.setCurrentIndex(form.to.findText("Ayesha Khan, editor"))
    unseen = form.choices[hand_over.UNSEEN]
    qtbot.waitUntil(lambda: unseen.text() == "What Ayesha Khan is not known to have: 2 stories")
    choose(form, hand_over.UNSEEN)
    assert re.match(
        r"1 of them handed over (today|yesterday) \d\d:\d\d, not known to be taken in\.", form.inside.text()
    )
    form.reject()
    desk.edit(article, by=desk.reporter, body="Written on since.")
    form = form_of(qtbot, window, tmp_path)
    form.to.setCurrentIndex(form.to.findText("Ayesha Khan, editor"))
    unseen = form.choices[hand_over.UNSEEN]
    qtbot.waitUntil(lambda: unseen.text() == "What Ayesha Khan is not known to have: 2 stories")


def test_what_was_typed_and_is_no_version_yet_counts_as_unseen_and_goes_along(qtbot, window, desk, other, tmp_path):
    open_one, resting = desk.draft(headline="Open"), desk.draft(headline="Resting")
    bundle.write(desk.store, tmp_path / "a.ovnb", by=desk.reporter)
    bundle.import_bundle(other.store, tmp_path / "a.ovnb")
    bundle.write(other.store, tmp_path / "b.ovnb", by=other.editor)
    bundle.import_bundle(desk.store, tmp_path / "b.ovnb")
    written_on = content(headline="Resting", body="Written and left.")
    writing.keep(desk.store, resting, written_on, by=desk.reporter)
    window.features.articles.open(open_one)
    window.panes.writing.editor.selectAll()
    window.panes.writing.editor.insert("Typed just now.")
    form = form_of(qtbot, window, tmp_path)
    form.to.setCurrentIndex(form.to.findText("Ayesha Khan, editor"))
    unseen = form.choices[hand_over.UNSEEN]
    qtbot.waitUntil(lambda: unseen.text() == "What Ayesha Khan is not known to have: 2 stories")
    choose(form, hand_over.UNSEEN)
    _, file = written(qtbot, form)
    bundle.import_bundle(other.store, file, key=other.editor.key)
    assert other.read(writing.text_of, open_one).body == "Typed just now."
    assert other.read(writing.text_of, resting).body == "Written and left."


def test_text_that_cannot_become_a_version_is_said_to_stay_behind(qtbot, window, desk, tmp_path):
    article = desk.draft(headline="Filed meanwhile")
    writing.keep(desk.store, article, content(headline="Filed meanwhile", body="Typed."), by=desk.reporter)
    with desk.store.begin() as tx:  # filed elsewhere, while this text was being written here
        tx.add_event(recording.new_event(tx, article, Step.FILE, desk.reporter))
    window.features.articles.open(article)
    said, _ = written(qtbot, form_of(qtbot, window, tmp_path))
    assert "Text of 1 story is no version and stayed behind." in said


def test_who_has_no_key_gets_it_unsealed_and_that_is_said(qtbot, window, desk, tmp_path):
    people.add_staff(desk.store, name="Sana Ahmed", role=Role.REPORTER, by=desk.chief)
    desk.draft()
    form = form_of(qtbot, window, tmp_path)
    form.to.setCurrentIndex(form.to.findText("Sana Ahmed, reporter"))
    assert not form.is_sealed.isEnabled()
    assert "Sana Ahmed has no key yet" in form.inside.text()


def test_a_file_to_set_up_a_laptop_is_not_sealed_and_that_is_said(qtbot, window, desk, tmp_path):
    desk.draft()
    form = form_of(qtbot, window, tmp_path)
    form.to.setCurrentIndex(form.to.findText("Ayesha Khan, editor"))
    assert form.is_sealed.isChecked()
    choose(form, hand_over.ALL)
    assert not form.is_sealed.isChecked()
    assert "It is not sealed" in form.inside.text()
    said, file = written(qtbot, form)
    assert "the whole newsroom, 1 story" in said
    assert said.endswith("Now hand it to Ayesha Khan yourself.")
    store, _ = bundle.join(tmp_path / "new" / "newsroom.ovn", file)
    with store.read() as reading:
        assert len(reading.article_ids()) == 1
    store.close()
    assert bundle.read_newsroom(file).addressee == desk.editor.id
    form = form_of(qtbot, window, tmp_path)
    choose(form, hand_over.ALL)
    form.is_sealed.click()
    assert "nobody but Ayesha Khan can open it, on a laptop that has their key" in form.inside.text()
    said, file = written(qtbot, form)
    assert said.endswith("Now send it to Ayesha Khan.")
    assert bundle.sealed_to(file) == desk.editor.key.id


def test_who_is_not_let_in_yet_hands_over_the_wish_and_stories_that_are_said_to_be_unconfirmed(
    qtbot, window, desk, other, tmp_path
):
    asker = join_requests.ask(desk.store, join_requests.newcomer("Sana Baloch"))
    window.workspace.article.switch_person(asker.person)
    form = form_of(qtbot, window, tmp_path)
    assert form.person.name == "Bilal Ahmed"  # the chief
    assert form.choices[hand_over.REQUEST].isChecked()
    _, file = written(qtbot, form)
    assert bundle.import_bundle(other.store, file, key=other.chief.key).added == 1
    story = writing.start(desk.store, content(headline="Pumps stand still"), by=asker)
    window.features.articles.open(story)
    form = form_of(qtbot, window, tmp_path)
    assert form.choices[hand_over.THIS].isChecked()
    assert "not yet confirmed, until a chief lets you in" in form.inside.text()
    _, file = written(qtbot, form)
    found = bundle.preview_bundle(other.store, file, key=other.chief.key)
    assert found.is_asking
    assert bundle.import_bundle(other.store, file, key=other.chief.key).articles == {story}


def test_the_folder_is_remembered_and_so_is_for_whom(qtbot, window, desk, tmp_path):
    desk.draft()
    form = form_of(qtbot, window, tmp_path)
    form.to.setCurrentIndex(form.to.findText("Bilal Ahmed, chief"))
    choose(form, hand_over.ALL)
    written(qtbot, form)
    space = window.workspace
    again = HandOverDialog(space.session, space.article, space.text, window)
    qtbot.addWidget(again)
    assert (again.folder.text(), again.person.name) == (str(tmp_path), "Bilal Ahmed")


def test_it_can_be_done_by_keys_alone(qtbot, window, desk, tmp_path):
    window.features.articles.open(desk.draft(headline="The rail groups"))
    form = form_of(qtbot, window, tmp_path)
    stops = [form.to, form.choices[hand_over.THIS], form.is_sealed, form.file, form.folder]
    met, widget = [], form.to
    for _ in range(20):
        met.append(widget)
        widget = widget.nextInFocusChain()
        while not (widget.isEnabled() and widget.isVisibleTo(form) and widget.focusPolicy()):
            widget = widget.nextInFocusChain()
    places = [met.index(stop) for stop in stops]
    assert places == sorted(places)


def test_the_folder_that_is_offered_is_there(qtbot, window, desk, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))  # a new home, without a folder of documents
    space = window.workspace
    form = HandOverDialog(space.session, space.article, space.text, window)
    qtbot.addWidget(form)
    assert Path(form.folder.text()).is_dir()
