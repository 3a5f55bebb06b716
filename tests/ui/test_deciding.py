"""Two versions of a story: seen at once, combined where nobody has to decide, and decided thing by thing."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ovn_desk.domain.source import Source, SourceKind
from ovn_desk.domain.workflow import State, Step
from ovn_desk.sync.exchange import IngestReport
from ovn_desk.text.merge import Take
from ovn_desk.ui.editor import Editor
from ovn_desk.ui.main_window import MainWindow
from ovn_desk.ui.state.workspace import Workspace
from ovn_desk.usecases import article_list, merging, queries, writing
from sharing import meet, newsroom, send

FIRST = "Rail ministers of five countries met in {place} on Tuesday to talk about the line."
SECOND = "The line will cost {sum} million dollars, people who have read the plan say."
BODY = f"{FIRST}\n\nNothing is signed so far.\n\n{SECOND}".format(place="Baku", sum=400)
MINE = BODY.replace("Baku", "Tbilisi").replace("400", "410")
THEIRS = BODY.replace("Baku", "Ankara").replace("400", "420")
KEYS = Qt.Key


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


@pytest.fixture
def opened(qtbot, desk):
    """Opens a window over the first desk's store, and closes it as if its computer stopped, with `kill`."""
    made = []

    def make(by=None):
        editor = Editor()
        space = Workspace(desk.store, desk.renderer, (by or desk.reporter).person, settle=editor.settle)
        window = MainWindow(space, editor)
        made.append(window)
        qtbot.addWidget(window, before_close_func=lambda _: (space.abandon(), window.panes.preview.end()))
        window.show()
        return window

    return make


def write(one, article, by=None, **changes):
    text = one.read(writing.text_of, article)
    by = by or one.reporter
    writing.keep(one.store, article, replace(text, **changes), by=by)
    writing.save(one.store, article, by=by)


def two_versions(desk, other, mine=None, theirs=None, by=None, **begun):
    """One story that both desks wrote on, so that somebody has to decide."""
    article = desk.draft(**({"headline": "The rail line", "body": BODY} | begun))
    meet(desk, other)
    write(desk, article, **(mine or {"body": MINE}))
    write(other, article, by=by or other.editor, **(theirs or {"body": THEIRS}))
    meet(desk, other)
    return article


def row_text(window, desk, article):
    number = article_list.row_number(desk.store, article)
    line = article_list.lines(desk.store, [number], person=desk.reporter.person)[number]
    return window.panes.articles.texts.make(line)


def badge(window, desk, article):
    """What the list says is to be done about an article."""
    return row_text(window, desk, article).badge


def begin(window, article):
    window.features.articles.open(article)
    window.features.versions.decide()
    return window.panes.conflicts


def test_the_list_counts_the_words_of_the_open_story_as_the_status_line_does(qtbot, window, desk, other):
    """Seen: the newest version's 17 words in the list above the open one's 18, and 28 where 40 were typed."""
    article = desk.draft(headline="The rail line", body=BODY)
    meet(desk, other)
    write(desk, article, body=f"{MINE}\n\nOne word more.")
    window.features.articles.open(article)
    write(other, article, by=other.editor, body=THEIRS)
    meet(desk, other)
    counts = window.panes.status_bar._counts
    qtbot.waitUntil(lambda: badge(window, desk, article) == "2 versions: decide")
    assert row_text(window, desk, article).about.rpartition(" · ")[2] == counts.text().partition(" · ")[0]
    with qtbot.waitSignal(window.workspace.text.rested):
        QTest.keyClicks(window.panes.writing.editor, "Two more ")
    assert row_text(window, desk, article).about.rpartition(" · ")[2] == counts.text().partition(" · ")[0]


def press(pane, card, *keys):
    pane.cards[card].setFocus()
    for key in keys:
        QTest.keyClick(pane.cards[card], key)


def choices(pane):
    return [card.pending.choice for card in pane.cards]


def test_it_is_decided_in_the_order_of_the_text_by_keys_alone(qtbot, window, desk, other):
    article = two_versions(desk, other, {"body": MINE, "headline": "Mine"}, {"body": THEIRS, "headline": "Theirs"})
    pane = begin(window, article)
    assert window.panes.middle.shows(pane)
    assert [card.conflict.part for card in pane.cards] == ["headline", "body", "body"]
    quiet = [label.text() for label in pane._passages]
    assert any("Nothing is signed so far." in words for words in quiet)
    assert pane.progress.text() == "0 of 3 decided"
    heads = [label.text() for label in pane._heads.values()]
    assert [head.split(",")[0] for head in heads] == ["Ayesha Khan", "Mine: Rana Malik"]
    qtbot.waitUntil(lambda: pane.cards[0].hasFocus())
    QTest.keyClick(pane.cards[0], KEYS.Key_Left)
    QTest.keyClick(pane.cards[0], KEYS.Key_N)
    qtbot.waitUntil(lambda: pane.cards[1].hasFocus())
    QTest.keyClick(pane.cards[1], KEYS.Key_B)
    QTest.keyClick(pane.cards[1], KEYS.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert choices(pane) == [Take.THEIRS, None, None]
    QTest.keyClick(pane.cards[1], KEYS.Key_W)
    qtbot.waitUntil(lambda: pane.cards[1].text.hasFocus())
    assert pane.cards[1].text.textCursor().atEnd(), "one goes on writing where the words end"
    pane.cards[1].text.selectAll()
    QTest.keyClicks(pane.cards[1].text, "They met.")
    QTest.keyClick(pane.cards[1].text, KEYS.Key_Escape)
    QTest.keyClick(pane.cards[1], KEYS.Key_Down)
    assert (pane.progress.text(), pane.button.isEnabled()) == ("2 of 3 decided", False)
    QTest.keyClick(pane.cards[2], KEYS.Key_Right)
    assert choices(pane) == [Take.THEIRS, "They met.", Take.MINE]
    pane.go_to_next()
    QTest.keyClick(pane.button, KEYS.Key_Space)
    text = window.workspace.text.content
    assert (text.headline, text.body) == (
        "Theirs",
        f"They met.\n\nNothing is signed so far.\n\n{SECOND.format(sum=410)}",
    )
    assert window.panes.middle.shows(window.panes.writing)
    assert len(desk.article(article).heads) == 1


def test_what_is_chosen_and_typed_outlives_decide_leaving_another_article_and_a_kill(qtbot, opened, desk, other):
    article, elsewhere = two_versions(desk, other), desk.draft(headline="Elsewhere")
    window = opened()
    pane = begin(window, article)
    pane.cards[0].buttons[Take.THEIRS].click()
    pane.cards[1].buttons[None].click()
    pane.cards[1].text.setPlainText("It will cost much.")
    window.features.versions.decide()
    assert choices(pane) == [Take.THEIRS, "It will cost much."]
    pane.left.emit()
    assert window.panes.conflicts.strip.decide.text() == "Go on deciding"
    window.features.versions.decide()
    assert choices(pane) == [Take.THEIRS, "It will cost much."]
    window.features.articles.open(elsewhere)
    window.features.articles.open(article)
    window.panes.conflicts.strip.decide.click()
    pane.cards[1].text.setPlainText("It will cost very much.")
    qtbot.waitUntil(lambda: any("very much" in one for one in desk.read(lambda r: r.choices(article)).values()))
    again = begin(opened(), article)
    assert choices(again) == [Take.THEIRS, "It will cost very much."]


def test_what_came_during_a_decision_is_asked_again_and_the_rest_stays(qtbot, window, desk, other):
    article = two_versions(desk, other)
    pane = begin(window, article)
    press(pane, 0, KEYS.Key_Left)
    press(pane, 1, KEYS.Key_W)
    pane.cards[1].text.setPlainText("It will cost 415.")
    with other.store.read() as reading:
        (theirs,) = [r for r in reading.revisions(article) if r.content.body == THEIRS]
    changed = replace(theirs.content, body=THEIRS.replace("420", "430"))
    with other.store.begin() as tx:
        writing.add_revision(tx, tx.article(article), changed, parent=theirs.id, by=other.editor)
    send(other, desk)
    qtbot.waitUntil(lambda: "came meanwhile" in pane.lead.text())
    assert choices(pane) == [Take.THEIRS, None]
    assert pane.cards[1].pending.text == "It will cost 415."
    assert "1 thing changed since you chose" in pane.lead.text()


def test_who_decided_elsewhere_is_heard_and_nothing_typed_is_thrown_away(qtbot, window, desk, other):
    article = two_versions(desk, other)
    pane = begin(window, article)
    press(pane, 0, KEYS.Key_W)
    pane.cards[0].text.setPlainText("They met in a town.")
    found = other.read(merging.next_decision, article)
    taken = {conflict.id: Take.MINE for conflict in found.merged.conflicts}
    merging.decide(other.store, article, taken, between=found.between, by=other.editor)
    send(other, desk)
    qtbot.waitUntil(lambda: window.panes.middle.shows(window.panes.writing))
    assert "somebody decided elsewhere" in window.panes.bar.text
    window.panes.bar._buttons[0].click()
    assert window.windowHandle() is not None
    assert window.workspace.text.content.body == desk.read(writing.text_of, article).body


def decide_apart(desk, other, article, takes):
    """Both desks decide the same two versions, the reporter here and the editor there; then they meet."""
    for one, by, take in zip((desk, other), (desk.reporter, other.editor), takes, strict=True):
        found = one.read(merging.next_decision, article)
        taken = {conflict.id: take for conflict in found.merged.conflicts}
        merging.decide(one.store, article, taken, between=found.between, by=by)
    meet(desk, other)


def test_two_decisions_that_differ_are_told_as_such(window, desk, other):
    article = two_versions(desk, other)
    decide_apart(desk, other, article, (Take.MINE, Take.MINE))
    pane = begin(window, article)
    assert pane.lead.text().startswith("You and Ayesha Khan decided between the same versions, not alike")
    assert len(pane.cards) == 2
    assert pane._key_words.isVisible()


def test_what_one_left_out_and_the_other_kept_in_two_decisions_is_asked_not_put_back(window, desk, other):
    """The first takes what the second had cut: nobody's decision is undone without a question."""
    changed = BODY.replace("Nothing is signed so far.", "Nothing is signed, the minister said.")
    article = two_versions(
        desk, other, {"body": f"{FIRST}\n\n{SECOND}".format(place="Baku", sum=400)}, {"body": changed}
    )
    decide_apart(desk, other, article, (Take.MINE, Take.MINE))
    pane = begin(window, article)
    assert [card.conflict.part for card in pane.cards] == ["body"]
    assert not any("Only one version changed this" in label.text() for label in pane._passages)
    assert {Take.MINE, Take.THEIRS, None} == pane.cards[0].buttons.keys(), "both of a text and nothing is the text"
    assert "not there" in pane.cards[0].accessibleDescription()
    press(pane, 0, KEYS.Key_Right)
    pane.button.click()
    assert window.workspace.text.content.body == f"{FIRST}\n\n{SECOND}".format(place="Baku", sum=400)
    assert len(desk.article(article).heads) == 1


def test_the_badge_of_a_row_is_the_button_to_the_decision(qtbot, window, desk, other):
    article = two_versions(desk, other)
    desk.draft(headline="Elsewhere")
    assert badge(window, desk, article) == "2 versions: decide"
    pane = window.panes.articles
    qtbot.waitUntil(lambda: pane.model.place_of(article).isValid())
    place = pane.model.place_of(article)
    qtbot.waitUntil(lambda: not pane._painter.badge_button(place, pane.view.visualRect(place)).isEmpty())
    at = pane._painter.badge_button(place, pane.view.visualRect(place)).center()
    QTest.mouseClick(pane.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert window.workspace.article.id == article
    assert window.panes.middle.shows(window.panes.conflicts)
    assert window.panes.top_bar.next.text() == "Decide between versions"


def test_what_is_said_of_stories_to_decide_goes_when_one_is_decided(qtbot, window, desk, other):
    article = two_versions(desk, other)
    window.features.sharing.say_came(IngestReport(articles=frozenset({article, desk.draft(headline="Elsewhere")})))
    bar = window.panes.bar
    assert "decide which words stand" in bar.text
    found = desk.read(merging.next_decision, article)
    taken = {conflict.id: Take.MINE for conflict in found.merged.conflicts}
    merging.decide(desk.store, article, taken, between=found.between, by=desk.reporter)
    qtbot.waitUntil(lambda: not bar.isVisible())


def test_a_fork_is_seen_when_it_comes_not_when_somebody_saves(qtbot, window, desk, other):
    article = desk.draft(headline="The rail line", body=BODY)
    meet(desk, other)
    window.features.articles.open(article)
    window.panes.writing.editor.setPlainText(MINE)
    window.panes.writing.editor.settle()
    write(other, article, by=other.editor, body=THEIRS)
    send(other, desk)
    qtbot.waitUntil(lambda: len(desk.article(article).heads) == 2)
    bar, strip = window.panes.bar, window.panes.conflicts.strip
    assert "Ayesha Khan" in bar.text
    assert "decide which words stand" in bar.text
    assert strip.isVisible()
    assert badge(window, desk, article) == "2 versions: decide"
    window.workspace.notices.done.emit("A version was saved.")
    assert bar.tells_of("two versions"), "what needs an answer is not overwritten"
    window.features.versions.decide()
    assert not bar.tells_of("two versions"), "it is being answered"
    window.panes.conflicts.left.emit()
    window.actions_by_name["step.next"].trigger()
    assert window.panes.middle.shows(window.panes.conflicts), "nothing is filed before that"


def test_what_combines_by_itself_is_said_to_be_read_until_somebody_did(qtbot, window, desk, other):
    article = desk.draft(headline="The rail line", body=BODY)
    meet(desk, other)
    window.features.articles.open(article)
    mine, theirs = BODY.replace("Baku", "Tbilisi"), BODY.replace("400", "420")
    window.panes.writing.editor.setPlainText(mine)
    window.panes.writing.editor.settle()
    write(other, article, by=other.editor, body=theirs)
    send(other, desk)
    strip = window.panes.conflicts.strip
    qtbot.waitUntil(strip.isVisible)
    assert window.workspace.text.content.body == mine.replace("400", "420")
    assert window.panes.writing.editor.text() == window.workspace.text.content.body
    said = [badge(window, desk, article), window.panes.bar.text, strip.words.text()]
    assert [word in words for words, word in zip(said, ("combined", "combined", "Combined"), strict=True)] == [True] * 3
    assert not any("ecide" in words for words in said)
    strip.confirm.click()
    qtbot.waitUntil(lambda: not strip.isVisible())
    assert "combined" not in badge(window, desk, article)
    assert not window.panes.bar.tells_of("combined versions")


def test_a_source_taken_out_on_one_side_and_an_urdu_paragraph_are_named_in_words(window, desk, other):
    ministry = Source("m", kind=SourceKind.DOCUMENT, name="Ministry of Transport", outlet="The plan")
    urdu = "وزرائے ریلوے نے منگل کو باکو میں ملاقات کی اور نئی لائن پر بات کی۔"
    begun = {"body": f"{BODY}\n\n{urdu}", "sources": (ministry,)}
    mine = {"body": begun["body"].replace("باکو", "تبلیسی"), "sources": ()}
    theirs = {"body": begun["body"].replace("باکو", "انقرہ"), "sources": (replace(ministry, outlet="Another plan"),)}
    pane = begin(window, two_versions(desk, other, mine, theirs, **begun))
    paragraph, source = pane.cards
    assert source.accessibleName() == f"Source: {ministry.label}: to decide"
    assert "taken out" in source.accessibleDescription()
    assert 'dir="rtl"' in paragraph._columns[Take.MINE].words.text()
    assert {Take.BOTH, None} & source.buttons.keys() == set()
    assert [one.text() for one in source.buttons.values()] == ["Take Ayesha’s", "Leave it out"], "mine is not there"
    source.buttons[Take.MINE].click()
    assert source.accessibleName().endswith(": left out")


@pytest.mark.parametrize(("who", "what"), [("reporter", "before you file it"), ("chief", "before it is filed")])
def test_whoever_decided_is_told_to_file_only_their_own_story(opened, desk, other, who, what):
    article = two_versions(desk, other, {"headline": "Mine"}, {"headline": "Theirs"})
    window = opened(getattr(desk, who))
    pane = begin(window, article)
    pane.cards[0].buttons[Take.THEIRS].click()
    pane.decide()
    assert what in window.panes.bar.text


def test_nothing_is_approved_before_it_is_decided_and_a_filed_version_is_called_so(window, desk, other):
    article = desk.draft(headline="The rail line", body=BODY)
    meet(desk, other)
    write(other, article, by=other.reporter, body=THEIRS)
    other.step(article, Step.FILE, other.reporter)
    write(desk, article, body=MINE)
    meet(desk, other)
    desk.step(article, Step.TAKE, desk.editor)
    window.workspace.article.switch_person(desk.editor.person)
    pane = begin(window, article)
    assert any(label.text().endswith("as filed") for label in pane._heads.values())
    window.workspace.article.switch_person(desk.reporter.person)
    assert window.panes.conflicts.strip.decide.text() == "Look at both"
    assert window.panes.top_bar.next.text() != "Decide between versions"
    pane = begin(window, article)
    assert pane.lead.text().startswith("You can look at both, not decide. This article is in review")
    assert not any(button.isEnabled() for card in pane.cards for button in card.buttons.values())
    window.workspace.article.switch_person(desk.editor.person)
    pane.left.emit()
    pane = begin(window, article)
    assert not window.workspace.article.may(Step.APPROVE)
    for card in range(len(pane.cards)):
        press(pane, card, KEYS.Key_Left)
    pane.decide()
    assert window.workspace.article.may(Step.APPROVE)
    assert desk.article(article).state is State.IN_REVIEW
    assert queries.headline(desk.store, article) == "The rail line"
