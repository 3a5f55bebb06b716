"""The workflow in use: notes, takeovers, overrides, strict houses, corrections, embargoes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from make import HOUSE, Desk, content, newsroom
from ovn_desk.domain.errors import DeskError, StepRefused
from ovn_desk.domain.evidence import CorrectionKind
from ovn_desk.domain.house import Role
from ovn_desk.domain.workflow import RULES, State, Step, Takeover
from ovn_desk.usecases import (
    checking,
    commenting,
    housekeeping,
    people,
    planning,
    publishing,
    reviewing,
    signatures,
    suggesting,
    writing,
)

UNCITED = "The groups meet 14 times."


def export(desk, ids, folder, by=None, **options):
    return publishing.export(
        desk.store, publishing.ExportRequest(ids, folder, **options), by=by or desk.editor, renderer=desk.renderer
    )


def page_of(folder):
    return next((folder / "2025").rglob("*.html"))


def approve(desk, article, by, **options):
    return reviewing.approve(desk.store, article, by=by, renderer=desk.renderer, **options)


def published(desk, tmp_path, **changes):
    article = desk.approved(**changes)
    assert export(desk, [article], tmp_path / "site").refused == ()
    return article


# The states are reached by the steps that lead there.
WAYS = {
    State.DRAFT: [],
    State.FILED: [Step.FILE],
    State.IN_REVIEW: [Step.FILE, Step.TAKE],
    State.SENT_BACK: [Step.FILE, Step.SEND_BACK],
    State.APPROVED: [Step.FILE, Step.TAKE, Step.APPROVE],
    State.PUBLISHED: [Step.FILE, Step.TAKE, Step.APPROVE, Step.PUBLISH],
    State.CORRECTING: [Step.FILE, Step.TAKE, Step.APPROVE, Step.PUBLISH, Step.CORRECT],
    State.HELD: [Step.HOLD],
    State.SPIKED: [Step.SPIKE],
    State.WITHDRAWN: [Step.FILE, Step.TAKE, Step.APPROVE, Step.PUBLISH, Step.WITHDRAW],
}


def go(desk, article, step, tmp_path):
    """Takes a step as whoever usually does."""
    if step is Step.APPROVE:
        desk.approve(article)
    elif step is Step.PUBLISH:
        done = export(desk, [article], tmp_path / "site")
        if done.refused:
            raise StepRefused(done.refused[0].reason)
    elif step is Step.CORRECT:
        desk.correct(article)
    else:
        by = desk.reporter if step in {Step.FILE, Step.RECALL} else desk.editor
        desk.step(article, step, by, reason="Because.")


MOVING = [step for step, rule in RULES.items() if not rule.stays]


@pytest.mark.parametrize("step", MOVING)
def test_every_row_of_the_table_is_taken_where_it_may_be(desk, tmp_path, step):
    rule = RULES[step]
    start = State.PUBLISHED if rule.live else min(rule.sources, key=lambda state: len(WAYS[state]))
    article = desk.draft()
    for before in WAYS[start]:
        go(desk, article, before, tmp_path)
    go(desk, article, step, tmp_path)
    assert desk.article(article).state is (rule.target or State.DRAFT)


@pytest.mark.parametrize("step", MOVING)
def test_every_row_of_the_table_is_refused_elsewhere_and_nothing_changes(desk, tmp_path, step):
    state = next(state for state in (State.WITHDRAWN, State.DRAFT) if state not in RULES[step].sources)
    article = desk.draft()
    for before in WAYS[state]:
        go(desk, article, before, tmp_path)
    with pytest.raises(StepRefused, match="This article is"):
        go(desk, article, step, tmp_path)
    assert desk.article(article).state is state


@pytest.mark.parametrize("step", [Step.PUBLISH, Step.APPROVE, Step.CORRECT, Step.COMMENT, Step.NEWER])
def test_a_step_that_needs_more_is_not_taken_with_less(desk, step):
    with pytest.raises(DeskError, match="use"):
        desk.step(desk.draft(), step, desk.editor)


def test_taking_what_another_editor_has_says_from_whom(desk):
    article = desk.in_review()
    event = desk.step(article, Step.TAKE, desk.chief, note="You are off today.")
    assert event.details == Takeover(desk.editor.id)
    assert desk.article(article).holder == desk.chief.id
    with pytest.raises(StepRefused, match="somebody else has it"):
        desk.approve(article)


def test_claims_stop_approval_and_only_a_chief_passes_over_them_with_a_reason(desk, tmp_path):
    article = desk.in_review(body=UNCITED)
    with pytest.raises(StepRefused, match="has no source"):
        desk.approve(article)
    with pytest.raises(StepRefused, match="Only a chief"):
        approve(desk, article, desk.editor, override="The printer waits.")
    desk.step(article, Step.TAKE, desk.chief)
    with pytest.raises(StepRefused, match="has no source"):
        approve(desk, article, desk.chief, override="  ")
    event = approve(desk, article, desk.chief, override="The printer waits.")
    assert event.details.gates == ("claims/uncited",)
    assert desk.article(article).override == "The printer waits."
    export(desk, [article], tmp_path / "site")
    page = page_of(tmp_path / "site")
    assert "Published before full check." in page.read_text(encoding="utf-8")
    assert "The printer waits." not in page.read_text(encoding="utf-8")
    assert all(check.ok for check in publishing.verify_files(tmp_path / "site"))
    months = (tmp_path / "site" / "transparency.html").read_text(encoding="utf-8")
    assert months.count("<td>1</td>") == 2  # one article, one published before full check
    page.write_text(page.read_text(encoding="utf-8").replace("Published before full check.", ""), encoding="utf-8")
    assert [check.ok for check in publishing.verify_files(tmp_path / "site")].count(False) == 1


def test_a_chief_passes_over_comments_and_undecided_changes_but_not_over_whose_story_it_is(desk):
    article = desk.in_review()
    desk.edit(article, body=content().body + " More.")
    commenting.comment(desk.store, article, "Check this.", by=desk.editor, must_fix=True)
    desk.step(article, Step.TAKE, desk.chief)
    event = approve(desk, article, desk.chief, override="Breaking.")
    assert event.details.gates == ("comments", "suggestions")
    own = writing.start(desk.store, content(), by=desk.chief)
    desk.step(own, Step.FILE, desk.chief)
    desk.step(own, Step.TAKE, desk.chief)
    with pytest.raises(StepRefused, match="another editor"):
        approve(desk, own, desk.chief, override="Breaking.")


def test_an_approval_that_passed_every_check_is_no_override(desk):
    article = desk.in_review()
    desk.step(article, Step.TAKE, desk.chief)
    approve(desk, article, desk.chief, override="Not needed.")
    assert desk.article(article).override == ""


def test_a_chief_files_what_the_checklist_stops(desk):
    article = desk.draft(headline="")
    with pytest.raises(StepRefused, match="headline"):
        desk.step(article, Step.FILE, desk.chief)
    event = desk.step(article, Step.FILE, desk.chief, override="The desk writes the headline.")
    assert (event.details.gates, event.reason) == (("headline",), "The desk writes the headline.")


def test_the_check_of_an_article_counts_its_comments_and_undecided_changes(desk):
    article = desk.in_review()
    assert desk.read(checking.checked_article, article).ready_to_approve
    desk.edit(article, body=content().body + " More.")
    commenting.comment(desk.store, article, "Check this.", by=desk.editor, must_fix=True)
    rules = {p.rule for p in desk.read(checking.checked_article, article).problems if p.blocks_approval}
    assert rules == {"comments", "suggestions"}


@pytest.fixture
def strict(tmp_path, renderer):
    store = newsroom(tmp_path / "strict.ovn", f"{HOUSE}\n[review]\nstrict = true\n")
    yield Desk(store, renderer)
    store.close()


def test_in_a_strict_house_an_editor_does_not_approve_what_they_wrote_part_of(strict):
    article = strict.in_review()
    strict.edit(article, body=content().body + " More.")
    suggesting.keep_as_edited(strict.store, article, by=strict.editor, reason="Small.")
    with pytest.raises(StepRefused, match="wrote part of this text"):
        strict.approve(article)
    strict.step(article, Step.TAKE, strict.chief)
    approve(strict, article, strict.chief)


def test_an_approval_against_the_strict_rule_does_not_hold_until_it_is_published(strict, tmp_path):
    article = strict.in_review()
    strict.edit(article, body=content().body + " More.")
    suggesting.keep_as_edited(strict.store, article, by=strict.editor, reason="Small.")
    strict_house = strict.read(lambda reading: reading.house().text)
    housekeeping.change_house(strict.store, HOUSE, by=strict.chief)
    event = strict.approve(article)
    housekeeping.change_house(strict.store, strict_house, by=strict.chief)
    assert "wrote part" in str(strict.read(signatures.signature_problem, event))
    assert strict.article(article).state is State.IN_REVIEW
    assert export(strict, [article], tmp_path / "site").refused


def test_a_correction_says_both_sides_and_is_part_of_the_text(desk, tmp_path):
    article = published(desk, tmp_path)
    with pytest.raises(StepRefused, match="says both"):
        desk.correct(article, said="In July.", in_fact=" ")
    with pytest.raises(StepRefused, match="Say what is new"):
        desk.correct(article, kind=CorrectionKind.UPDATE, said="", in_fact="")
    desk.correct(article)
    (correction,) = desk.read(writing.text_of, article).corrections
    assert (correction.said, correction.in_fact, correction.key) == ("In July.", "In August.", "correction")
    assert desk.article(article).state is State.CORRECTING


def test_a_correction_of_a_text_that_still_says_it_is_not_approved(desk, tmp_path):
    article = published(desk, tmp_path)
    desk.correct(article, said="in July", in_fact="in August")
    desk.step(article, Step.FILE, desk.reporter)
    desk.step(article, Step.TAKE, desk.editor)
    with pytest.raises(StepRefused, match="the text is as it was"):
        desk.approve(article)
    body = desk.read(writing.text_of, article).body
    desk.edit(article, body=f"{body} More.")
    with pytest.raises(StepRefused, match="“in July” was wrong, but the text still says it"):
        desk.approve(article)
    desk.edit(article, body=body.replace("in July", "in August"))
    suggesting.keep_as_edited(desk.store, article, by=desk.editor, reason="The notice says so.")
    desk.approve(article)
    assert desk.article(article).state is State.APPROVED


def test_a_story_that_was_sent_back_is_its_writers_until_it_is_filed_again(desk):
    article = desk.in_review()
    known = desk.read(writing.open_text, article)
    typed = writing.keep(
        desk.store, article, replace(known.content, headline="Typed before"), by=desk.editor, known=known
    )
    desk.step(article, Step.TAKE, desk.chief)
    desk.step(article, Step.SEND_BACK, desk.chief, reason="Who says so?")
    with pytest.raises(StepRefused, match="sent back: it is its writer's"):
        writing.keep(desk.store, article, content(headline="Typed after"), by=desk.editor)
    assert desk.read(writing.text_of, article) == typed.content
    desk.edit(article, desk.reporter, headline="Mine again")
    desk.step(article, Step.FILE, desk.editor)
    desk.edit(article, desk.editor, headline="In their place")
    assert desk.read(writing.text_of, article).headline == "In their place"


def test_a_refile_tells_readers_nothing(desk, tmp_path):
    article = published(desk, tmp_path)
    desk.correct(article, kind=CorrectionKind.REFILE, said="", in_fact="", reason="A comma.")
    assert desk.read(writing.text_of, article).corrections == ()
    assert desk.article(article).state is State.CORRECTING


def corrected(desk, tmp_path):
    """An article published again with a correction, and open for the next one."""
    article = published(desk, tmp_path)
    desk.correct(article)
    desk.edit(article, desk.reporter, body="They meet in August [@dawn-rail].")
    desk.step(article, Step.FILE, desk.reporter)
    desk.step(article, Step.TAKE, desk.editor)
    desk.approve(article)
    assert export(desk, [article], tmp_path / "site").refused == ()
    desk.correct(article, said="In August.", in_fact="In June.", supersedes="correction")
    return article


def test_a_published_correction_is_superseded_and_never_deleted_or_changed(desk, tmp_path):
    article = corrected(desk, tmp_path)
    first, second = desk.read(writing.text_of, article).corrections
    assert second.supersedes == first.key
    for corrections in ((), (second,)):
        with pytest.raises(StepRefused, match="was published and stays"):
            desk.edit(article, desk.reporter, corrections=corrections)
    desk.edit(article, desk.reporter, corrections=(first,))  # the second was never published
    with pytest.raises(DeskError, match="no correction “other”"):
        desk.correct(desk_published_again(desk, article, tmp_path), supersedes="other")


def desk_published_again(desk, article, tmp_path):
    desk.edit(article, desk.reporter, body="They meet in June [@dawn-rail].")
    desk.step(article, Step.FILE, desk.reporter)
    desk.step(article, Step.TAKE, desk.editor)
    desk.approve(article)
    assert export(desk, [article], tmp_path / "site").refused == ()
    return article


def test_an_older_text_comes_back_with_the_corrections_of_today(desk, tmp_path):
    article = corrected(desk, tmp_path)
    first = desk.read(lambda reading: reading.revisions(article))[0].id
    back = writing.bring_back(desk.store, article, first, by=desk.reporter)
    assert [one.in_fact for one in back.corrections] == ["In August.", "In June."]


@pytest.mark.parametrize("step", [Step.HOLD, Step.SEND_BACK, Step.RECALL])
def test_whatever_becomes_of_a_correction_readers_keep_the_old_text(desk, tmp_path, step):
    article = published(desk, tmp_path)
    page = page_of(tmp_path / "site")
    desk.correct(article)
    desk.step(article, Step.FILE, desk.reporter)
    go(desk, article, step, tmp_path)
    other = desk.approved(headline="Another story")
    export(desk, [other], tmp_path / "site")
    assert "in July" in page.read_text(encoding="utf-8")
    desk.step(article, Step.WITHDRAW, desk.editor, reason="Wrong from the start.")
    export(desk, [other], tmp_path / "site")
    assert "in July" not in page.read_text(encoding="utf-8")
    assert "Wrong from the start." in page.read_text(encoding="utf-8")


def test_a_story_under_embargo_waits_and_says_until_when(desk, tmp_path):
    article = desk.approved()
    until = datetime.now(UTC) + timedelta(hours=2)
    planning.plan(desk.store, article, by=desk.editor, embargo_until=until)
    assert "under embargo until" in export(desk, [article], tmp_path / "site").refused[0].reason
    assert not (tmp_path / "site").exists()
    other = desk.approved(headline="Another story")
    done = export(desk, None, tmp_path / "site")
    assert (done.refused, [waiting.id for waiting in done.waiting]) == ((), [article])
    assert desk.article(other).state is State.PUBLISHED
    planning.plan(desk.store, article, by=desk.editor, planned_at=until, reason="Agreed.")
    assert "planned for" in export(desk, [article], tmp_path / "site").refused[0].reason
    planning.plan(desk.store, article, by=desk.editor)
    assert export(desk, [article], tmp_path / "site").refused == ()


def test_a_word_to_colleagues_goes_with_the_story(desk):
    article = desk.draft()
    assert desk.step(article, Step.FILE, desk.reporter, note=" Figures are new. ").note == "Figures are new."


def test_a_reporter_who_calls_the_use_cases_gets_nowhere(desk):
    article = desk.in_review()
    people.add_staff_with_key(desk.store, name="Omar", role=Role.REPORTER)
    other = desk.signer("Omar")
    for step in (Step.TAKE, Step.RELEASE, Step.SEND_BACK, Step.HOLD, Step.SPIKE, Step.RESTORE, Step.WITHDRAW):
        with pytest.raises(StepRefused, match="Only an editor"):
            desk.step(article, step, other, reason="Mine.")
    with pytest.raises(StepRefused):
        suggesting.decide(desk.store, article, "x", accept=True, by=other)
