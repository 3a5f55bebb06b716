"""The Export view: what goes out, what would be written, and that nothing else is."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt

from ovn_desk.domain.workflow import State
from ovn_desk.usecases import planning, publishing


@pytest.fixture
def view(window, desk, tmp_path):
    """Opens the view for an editor, for one article or for all."""

    def opened(only=None):
        window.workspace.article.switch_person(desk.editor.person)
        window.features.export.open_articles([only] if only else [])
        window.panes.export.folder.setText(str(tmp_path / "site"))
        return window.panes.export

    return opened


def said(qtbot, view, words):
    qtbot.waitUntil(lambda: words in view.outcome.sentence.text(), timeout=20_000)


def lines(view):
    tops = [view.outcome.tree.topLevelItem(number) for number in range(view.outcome.tree.topLevelItemCount())]
    return {top.text(0).split()[0]: [top.child(number).text(0) for number in range(top.childCount())] for top in tops}


def test_it_says_what_would_be_written_and_enter_writes_that(qtbot, view, desk, tmp_path):
    article = desk.approved()
    export = view()
    said(qtbot, export, "Writes")
    assert "index.html" in lines(export)["New"]
    assert not (tmp_path / "site").exists()
    qtbot.keyClick(export.folder, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.article(article).state is State.PUBLISHED, timeout=20_000)
    assert (tmp_path / "site" / "index.html").exists()
    said(qtbot, export, "Everything there is up to date.")
    assert export.archive.text() == "and 1 article exported before"


def test_on_a_laptop_all_that_is_asked_is_in_sight_and_the_files_have_the_rest(qtbot, window, view, desk):
    for subject in ("rail", "gas", "water", "power"):
        desk.approved(headline=f"A story of the {subject} board")
    window.resize(1366, 768)
    export = view()
    said(qtbot, export, "Writes")
    pane = export.rect()
    last = export.chosen.item(3)
    row = export.chosen.visualItemRect(last)
    assert export.chosen.viewport().rect().contains(row.center())
    for part in (export.format, export.folder, export.chosen, export.button, export.outcome.tree):
        assert part.visibleRegion().boundingRect().size() == part.size(), part.accessibleName()
    tree = export.outcome.tree
    assert pane.bottom() - tree.mapTo(export, tree.rect().bottomLeft()).y() < 40
    assert tree.height() > 60


def test_another_article_changes_only_what_leads_to_it(qtbot, view, desk, tmp_path):
    first = desk.approved()
    publishing.export(
        desk.store, publishing.ExportRequest((first,), tmp_path / "site"), by=desk.editor, renderer=desk.renderer
    )
    desk.approved(headline="Another")
    export = view()
    said(qtbot, export, "stay as they are")
    found = lines(export)
    assert "index.html" in found["Changed"]
    assert [path for path in found["New"] if "another" in path] != []
    assert not any("rail" in path and path.endswith(".html") for path in found["New"])


def test_what_is_not_ticked_stays_in(qtbot, view, desk):
    first, second = desk.approved(), desk.approved(headline="Another")
    export = view(first)
    assert export.chosen.ticked == (first,)
    export.export()
    qtbot.waitUntil(lambda: desk.article(first).state is State.PUBLISHED, timeout=20_000)
    assert desk.article(second).state is State.APPROVED


def test_an_embargoed_story_is_not_ticked_and_refused_with_its_time_where_it_is(qtbot, view, desk):
    article = desk.in_review()
    until = datetime.now(UTC) + timedelta(days=1)
    planning.plan(desk.store, article, by=desk.editor, embargo_until=until, planned_at=None)
    desk.approve(article)
    export = view()
    assert export.chosen.ticked == ()
    assert "embargo" in export.chosen.item(0).text()
    export.chosen.item(0).setCheckState(Qt.CheckState.Checked)
    qtbot.waitUntil(lambda: "Refused" in lines(export), timeout=20_000)
    assert "embargo" in lines(export)["Refused"][0]


def test_other_forms_hold_the_archive_where_it_is_asked_for(qtbot, view, desk, tmp_path):
    article = desk.approved()
    publishing.export(
        desk.store, publishing.ExportRequest((article,), tmp_path / "site"), by=desk.editor, renderer=desk.renderer
    )
    export = view()
    export.folder.setText(str(tmp_path / "words"))
    export.format.setCurrentIndex(export.format.findData("docx"))
    export.archive.setChecked(False)
    said(qtbot, export, "There is nothing to export.")
    export.archive.setChecked(True)
    said(qtbot, export, "Writes 1 file")
    assert not export.look.isEnabled()


def test_a_folder_that_is_a_file_is_one_sentence(qtbot, view, desk, tmp_path):
    desk.approved()
    (tmp_path / "file").write_text("mine")
    export = view()
    export.folder.setText(str(tmp_path / "file"))
    said(qtbot, export, "is a file. Name a folder for the export.")


def test_a_zip_is_written_whole(qtbot, view, desk, tmp_path):
    article = desk.approved()
    export = view()
    export.is_zip.setChecked(True)
    said(qtbot, export, "A zip file is always written whole.")
    export.export()
    qtbot.waitUntil(lambda: desk.article(article).state is State.PUBLISHED, timeout=20_000)
    assert (tmp_path / "site.zip").exists()


def test_pdfs_are_printed_while_somebody_types(qtbot, view, desk, window, tmp_path):
    ids = [desk.approved(headline=f"Number {number}") for number in range(2)]
    export = view()
    export.format.setCurrentIndex(export.format.findData("pdf"))
    said(qtbot, export, "Writes 2 files")
    moved = []
    window.workspace.steps.progressed.connect(lambda *far: moved.append(far))
    export.export()
    assert window.workspace.steps.busy_with  # the window did not wait for it
    qtbot.waitUntil(lambda: {desk.article(id).state for id in ids} == {State.PUBLISHED}, timeout=60_000)
    assert moved == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert sorted(path.name for path in (tmp_path / "site").glob("*.pdf")) == ["number-0.pdf", "number-1.pdf"]


def test_a_log_that_was_damaged_in_the_folder_is_said_before_and_after(qtbot, view, window, desk, tmp_path):
    article = desk.approved()
    publishing.export(
        desk.store, publishing.ExportRequest((article,), tmp_path / "site"), by=desk.editor, renderer=desk.renderer
    )
    log = tmp_path / "site" / "log.jsonl"
    whole = log.read_text()
    log.write_text(whole.replace("published", "changed"))
    export = view()
    said(qtbot, export, "Line 1 of log.jsonl in the folder was changed after it was published.")
    export.export()
    qtbot.waitUntil(lambda: "Line 1 of log.jsonl" in export.result.text.text(), timeout=20_000)
    assert log.read_text() == whole
