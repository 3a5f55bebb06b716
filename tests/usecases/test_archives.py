"""Files that hold many articles: each comes in by itself, and what is no article is said."""

from ovn_desk.usecases import importing, publishing
from ovn_desk.usecases.importing import Status
from shared import shared


def test_every_post_of_a_wordpress_export_is_an_article_of_its_own(desk):
    path = shared("wxr") / "small-export.xml"
    reports = importing.import_files(desk.store, [path], by=desk.reporter)
    assert [report.status for report in reports] == [Status.IMPORTED] * 6 + [Status.SKIPPED]
    assert "5 pages" in reports[-1].reason
    again = importing.import_files(desk.store, [path], by=desk.reporter)
    assert {report.status for report in again} == {Status.SKIPPED}


def test_a_broken_export_fails_and_leaves_nothing(desk):
    (report,) = importing.import_files(desk.store, [shared("wxr") / "malformed.xml"], by=desk.reporter)
    assert (report.status, report.id) == (Status.FAILED, None)


def test_what_the_desk_wrote_for_wordpress_comes_back(desk, tmp_path):
    ids = [desk.approved(), desk.approved(headline="Another", body="Other words.", sources=())]
    asked = publishing.ExportRequest(ids, tmp_path, "wxr")
    publishing.export(desk.store, asked, by=desk.editor, renderer=desk.renderer)
    reports = importing.import_files(desk.store, [tmp_path / "wordpress.xml"], by=desk.reporter)
    assert {report.headline for report in reports} == {"Rail groups to meet in Baku", "Another"}
