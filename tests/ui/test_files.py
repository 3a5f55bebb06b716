"""Files that come in through the window: what came is opened, and what did not is said with why."""

from ovn_desk.ui.dialogs.import_summary import ImportSummary


def written(folder):
    (folder / "a.docx").write_bytes(b"PK\x03\x04 broken")
    (folder / "b.html").write_bytes(b"<div>" * 50_000)
    (folder / "c.txt").write_text("A headline\n\nA good text.", encoding="utf-8")
    return [folder / name for name in ("a.docx", "b.html", "c.txt")]


def test_what_did_not_come_of_many_is_said_and_can_be_read(qtbot, window, tmp_path):
    window.features.files.bring_in(written(tmp_path))
    qtbot.waitUntil(lambda: "imported" in window.panes.bar.text, timeout=20_000)
    assert window.panes.bar.text == "1 imported, 0 left out, 2 could not be read."
    assert window.workspace.text.content.headline == "A headline"
    window.panes.bar._buttons[0].click()
    summary = window.findChild(ImportSummary)
    told = summary.text.toPlainText().splitlines()
    assert [line.split()[0] for line in told] == ["a.docx", "b.html:"]
    assert [line.count(".docx") + line.count(".html") for line in told] == [1, 1]
    summary.close()


def test_one_that_did_not_come_is_said_at_once(qtbot, window, tmp_path):
    window.features.files.bring_in(written(tmp_path)[:1])
    qtbot.waitUntil(lambda: "Word file" in window.panes.bar.text, timeout=20_000)
    assert window.panes.bar.text.startswith("a.docx is not a Word file")
