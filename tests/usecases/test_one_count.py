"""How much of a story is to be settled is one number: its check, its row in the list, and the news budget agree."""

from itertools import product

import pytest

from ovn_desk.domain.workflow import Step
from ovn_desk.store import records
from ovn_desk.usecases import article_list, checking, commenting, inbox, publishing, queries, suggesting, writing
from ovn_desk.usecases.inbox import Period

FAULTY = {"body": "The groups spent $2 billion on 14 lines.", "category": ""}


def edit(desk, article):
    """Two changes, of which the second is one claim more to settle."""
    body = desk.read(writing.text_of, article).body.replace("groups", "working groups", 1)
    desk.edit(article, desk.editor, body=f"{body}\n\nThe desk added this, and $3 million.")


def hold(desk, article):
    desk.step(article, Step.HOLD, desk.editor, reason="The lawyers read it.")


def comment(desk, article):
    commenting.comment(desk.store, article, "Who says so?", by=desk.editor, must_fix=True)


def send_back(desk, article):
    desk.step(article, Step.SEND_BACK, desk.editor, reason="See the comments.")


def decide(desk, article):
    """The reporter accepts the first change, where there is one."""
    with desk.store.read() as reading:
        waiting = suggesting.suggestions(reading, article).undecided
    if waiting:
        suggesting.decide(desk.store, article, waiting[0].id, accept=True, by=desk.reporter)


def file(desk, article):
    desk.step(article, Step.FILE, desk.reporter)


HISTORIES = [
    (),
    (file,),
    (file, "take", edit, hold),
    *(
        (file, "take", *what, *then)
        for what, then in product(
            [(), (edit,), (comment,), (edit, comment)],
            [(), (send_back,), (send_back, decide), (send_back, decide, file)],
        )
    ),
]


def go(desk, article, history):
    for act in history:
        if act == "take":
            desk.step(article, Step.TAKE, desk.editor)
        else:
            act(desk, article)


def shown_and_checked(desk, made):
    """What the list, the budget and the check of these stories count."""
    house, person = queries.house(desk.store), desk.editor.person
    sections = article_list.sections(desk.store, article_list.ListFilter(), person=person, house=house)
    numbers = [number for section in sections for number in section.rows]
    rows = article_list.lines(desk.store, numbers, person=person).values()
    today = records.now().astimezone(house.zone).date()
    budget = queries.ask(desk.store, inbox.budget, day=today, period=Period.DAY)
    checked = {article: queries.ask(desk.store, checking.checked_article, article).to_settle for article in made}
    return {line.row.id: line.row.problems for line in rows}, {row.article: row.open for row in budget}, checked


def test_what_an_editor_changes_in_a_correction_is_counted_alike(desk, tmp_path):
    article, other = desk.approved(), desk.draft()
    publishing.export(
        desk.store,
        publishing.ExportRequest((article,), tmp_path / "site"),
        by=desk.editor,
        renderer=desk.renderer,
    )
    desk.correct(article, by=desk.editor)
    before = desk.read(checking.checked_article, article).to_settle
    edit(desk, article)
    shown, budget, checked = shown_and_checked(desk, [article, other])
    assert shown == budget == checked
    assert checked[article] > before
    edit(desk, other)
    assert shown_and_checked(desk, [article, other])[0][article] == checked[article]


@pytest.mark.parametrize("changes", [{}, FAULTY], ids=["in order", "faulty"])
def test_the_list_and_the_budget_count_what_the_check_counts(desk, changes):
    made = [desk.draft(**changes) for _ in HISTORIES]
    for article, history in zip(made, HISTORIES, strict=True):
        go(desk, article, history)
    shown, budget, checked = shown_and_checked(desk, made)
    assert shown == checked
    assert budget == checked
    assert len(set(checked.values())) > 2, "the histories must differ in what they leave to settle"
