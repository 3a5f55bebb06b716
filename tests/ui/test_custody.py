"""Who has a story is said in the same words wherever it is said, and nobody takes it unasked."""

import shutil

import pytest

import sharing
from make import Desk
from ovn_desk.domain.workflow import State, Step
from ovn_desk.sync import exchange
from ovn_desk.usecases.article_list import Scope


def show_to(window, space, person, article):
    """The window with this person at it and this story open, all stories in the list."""
    space.article.switch_person(person.person)
    window.panes.articles.filter_bar.set_part(scope=Scope.ALL)
    window.panes.articles.reload()
    window.features.articles.open(article)


def places(window, article):
    """What each place of the window says of who has a story."""
    panes = window.panes
    row = panes.articles.model.line(panes.articles.model.place_of(article))
    window.features.planning.toggle_budget()
    budget = panes.budget.table.item(0, 3).text()
    window.features.planning.toggle_budget()
    (choice,) = window.features.articles.find_articles("groups")
    return {
        "row": panes.articles.texts.make(row).about,
        "top bar": window.panes.top_bar.custody.text(),
        "budget": budget,
        "palette": choice.hint,
    }


def test_list_top_bar_budget_and_palette_say_the_same(window, desk, space):
    article = desk.in_review(headline="The rail groups")
    for person, said in ((desk.editor, "with you, since "), (desk.reporter, "with Ayesha")):
        show_to(window, space, person, article)
        found = places(window, article)
        assert {name: said in text for name, text in found.items()} == dict.fromkeys(found, True), found


@pytest.fixture
def other(desk, tmp_path):
    """A second laptop of the newsroom, which has what the first had, and everybody's keys."""
    folder = tmp_path / "other"
    folder.mkdir()
    store, came = exchange.join(folder / "newsroom.ovn", sharing.rows(desk))
    assert not came.refused
    keys = desk.store.path.with_name(f"{desk.store.path.stem}-keys")
    shutil.copytree(keys, folder / "newsroom-keys", ignore=lambda *_: ["cache.key"], dirs_exist_ok=True)
    made = Desk(store, desk.renderer)
    yield made
    store.close()


def test_what_another_has_is_taken_over_only_when_one_says_so_and_the_button_says_it(window, desk, space):
    article = desk.in_review()
    show_to(window, space, desk.chief, article)
    bar, button = window.panes.bar, window.panes.top_bar.next
    assert button.text() == "Take over from Ayesha Khan…"
    button.click()
    assert bar.text.startswith("Ayesha Khan has had it since ")
    assert "Take it over?" in bar.text
    bar._give(1)
    assert desk.article(article).holder == desk.editor.id
    button.click()
    bar._give(0)
    assert desk.article(article).holder == desk.chief.id


def test_two_who_took_it_at_two_laptops_see_both_names_and_who_counts(window, desk, other, space):
    article = desk.draft(headline="The rail groups")
    desk.step(article, Step.FILE, desk.reporter)
    sharing.send(desk, other)
    desk.step(article, Step.TAKE, desk.editor)
    other.step(article, Step.TAKE, other.chief)
    sharing.send(other, desk)
    folded = desk.article(article)
    people = {desk.editor.id: desk.editor, desk.chief.id: desk.chief}
    holder = people.pop(folded.holder)
    (rival,) = people.values()
    bar, button = window.panes.bar, window.panes.top_bar.next
    show_to(window, space, rival, article)
    for name, text in places(window, article).items():
        assert holder.name.split()[0] in text, name
        assert text.endswith("you took it too") or " · " in text, name
    row = window.panes.articles.model.line(window.panes.articles.model.place_of(article))
    assert window.panes.articles.texts.make(row).badge == "taken twice: one of you keeps it"
    assert button.text() == f"Take over from {holder.name}…"
    show_to(window, space, holder, article)
    for name, text in places(window, article).items():
        assert "with you, since" in text, name
        assert f"{rival.name.split()[0]}" in text, name
    assert button.text() == "Keep it"
    button.click()
    assert f"{rival.name} took this story too" in bar.text
    bar._give(0)
    settled = desk.article(article)
    assert (settled.state, settled.holder, settled.rivals) == (State.IN_REVIEW, holder.id, ())
    assert window.panes.top_bar.custody.text().startswith("with you, since ")
    assert button.text() == "Review"
