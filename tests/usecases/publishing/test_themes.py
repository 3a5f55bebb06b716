"""Another look: what a theme may change, and what it is told when it can not."""

import re
from pathlib import Path

import pytest

from issues import POST, issue
from ovn_desk import assets
from ovn_desk.domain.errors import DeskError
from ovn_desk.domain.workflow import State
from ovn_desk.rendering.page import document
from ovn_desk.rendering.page.templates import NAMES
from ovn_desk.usecases import publishing
from ovn_desk.usecases.publishing import themes

DOCS = Path(__file__).parents[3] / "docs" / "themes.md"


@pytest.fixture
def theme(tmp_path):
    """A folder with one template and a way to write it."""
    folder = tmp_path / "theme"
    folder.mkdir()

    def write(name, text):
        (folder / name).write_text(text, encoding="utf-8")
        return str(folder)

    return write


def export(desk, to, theme, **options):
    article = desk.approved()
    done = publishing.export(
        desk.store,
        publishing.ExportRequest((article,), to, theme=theme, **options),
        by=desk.editor,
        renderer=desk.renderer,
    )
    return article, done


def own(name):
    return (assets.folder() / "templates" / name).read_text(encoding="utf-8")


def test_a_theme_changes_a_template_and_the_style_and_its_pages_are_verified(desk, tmp_path, theme):
    theme("foot.html", "<footer><p>Printed by {{ house.name }}</p></footer>")
    folder = theme("reader.css", "body { color: rebeccapurple }")
    export(desk, tmp_path / "site", folder)
    for name in ("index.html", "2025/07/rail-groups-to-meet-in-baku.html"):
        page = (tmp_path / "site" / name).read_text(encoding="utf-8")
        assert "Printed by The Testing Post" in page
        assert "rebeccapurple" in page
    assert all(check.ok for check in publishing.verify_files(tmp_path / "site"))


def test_the_plain_theme_comes_with_the_desk(desk, tmp_path):
    export(desk, tmp_path / "site", "plain")
    assert "42rem" in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert all(check.ok for check in publishing.verify_files(tmp_path / "site"))


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("list.html", "one\n{% if %}\n", "list.html, line 2"),
        ("foot.html", "one\ntwo\n{{ nothing_of_this_name }}\n", "foot.html, line 3"),
        ("after.html", "{{ approval.no_such_thing.more }}", "after.html, line 1"),
        ("nothing.html", "x", "is not a template of this desk"),
        ("reader.css", "a {}</style><script>x()</script>", "cannot hold"),
    ],
)
def test_a_mistake_in_a_theme_names_its_file_and_line_and_nothing_is_written(desk, tmp_path, theme, name, text, said):
    folder = theme(name, text)
    with pytest.raises(DeskError, match=re.escape(said)) as refusal:
        export(desk, tmp_path / "site", folder)
    assert "\n" not in str(refusal.value)
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("head.html", "{{ headline }}", "{{ headline }}!"),
        ("page.html", 'class="h-entry" data-ovn-signed', 'class="h-entry"'),
        ("page.html", '<div id="ovn-body"', '<p>Advertisement</p><div id="ovn-body"'),
        ("after.html", 'id="ovn-approval"', 'id="ovn-other"'),
    ],
)
def test_a_theme_that_changes_what_was_signed_is_refused(desk, tmp_path, theme, name, old, new):
    assert old in own(name)
    folder = theme(name, own(name).replace(old, new))
    with pytest.raises(DeskError, match="what was signed"):
        export(desk, tmp_path / "site", folder)
    assert not (tmp_path / "site").exists()
    with desk.store.read() as reading:
        assert [row.state for row in reading.rows()] == [State.APPROVED]


@pytest.mark.parametrize("theme_name", ["nothing", "/nowhere/at/all"])
def test_a_theme_that_is_not_there_is_refused(theme_name):
    with pytest.raises(DeskError, match="plain"):
        themes.read(theme_name)


def test_the_contract_names_every_template_and_value():
    text = DOCS.read_text(encoding="utf-8")
    assert {name for name in NAMES if f"`{name}`" not in text} == set()
    assert {name for name in document.values_of(issue(), POST) if f"`{name}`" not in text} == set()
    used = set()
    for name in NAMES:
        used |= set(re.findall(r"\{\{ (\w+)(?![\w(.])", own(name)))
    loops = {"line", "key", "name", "tag", "excerpt", "use"}
    assert {name for name in used - loops if f"`{name}`" not in text} == set()


@pytest.mark.parametrize("text", ["{{ " + "9" * 6_000 + " }}", "{{ " + "(" * 5_000 + "1" + ")" * 5_000 + " }}"])
def test_a_template_that_its_reader_chokes_on_is_refused_in_one_sentence(theme, text):
    folder = theme("foot.html", text)
    with pytest.raises(DeskError, match=r"foot\.html") as refusal:
        themes.read(str(folder))
    assert "\n" not in str(refusal.value)
