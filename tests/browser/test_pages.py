"""Exported pages in the hands of a strict validator, an accessibility checker and a browser."""

import http.server
import json
import os
import shutil
import subprocess
import threading
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from chromium import CHROMIUM, ROOT, needs_browser
from kinds import all_kinds
from make import Desk, content
from ovn_desk import assets
from ovn_desk.domain.evidence import Correction, CorrectionKind
from ovn_desk.domain.image import ImageWidth
from ovn_desk.domain.workflow import Address, Step
from ovn_desk.store import open_store
from ovn_desk.usecases import pictures, planning, publishing, recording, reviewing, sample, writing
from ovn_desk.usecases.publishing import moving
from photos import photo

VNU = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
LINTER = ROOT / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"

pytestmark = [pytest.mark.campaign, pytest.mark.browser]
needs_validator = pytest.mark.skipif(
    not (VNU.exists() and shutil.which("java")), reason="Needs java and `npm ci` (vnu-jar): .ci/run installs them."
)
needs_linter = pytest.mark.skipif(
    not (shutil.which("node") and LINTER.exists()),
    reason="Needs node and `npm ci` (html-validate): .ci/run installs them.",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory, renderer):
    """The sample newsroom's site with articles of every kind on it, and some pages by themselves."""
    folder = tmp_path_factory.mktemp("demo")
    made = sample.go_all_the_way(folder, samples=assets.folder() / "samples", renderer=renderer)
    store = open_store(made.store)
    desk = Desk(store, renderer)
    reporter, editor = desk.reporter, desk.editor
    with store.read() as reading:
        urdu = reading.find("rail-groups-urdu")
    pictured = writing.start(store, with_pictures(store), by=reporter)
    translated = writing.start(
        store,
        content(headline="تصویروں میں ریل", language="ur", byline="رانا ملک", translates=pictured, slug="train-urdu"),
        by=reporter,
    )
    withdrawn = [
        writing.start(store, content(headline="A story that was wrong", corrections=()), by=reporter),
        writing.start(store, content(headline="غلط خبر", language="ur", byline="رانا ملک"), by=reporter),
    ]
    kinds = [writing.start(store, made, by=reporter) for made in all_kinds()]
    embargoed = writing.start(store, content(headline="Not before tomorrow"), by=reporter)
    planning.plan(store, embargoed, by=editor, embargo_until=datetime.now(UTC) + timedelta(days=1))
    for article in (urdu, pictured, translated, *withdrawn, *kinds, embargoed):
        reviewing.take_step(store, article, Step.FILE, by=reporter)
        reviewing.take_step(store, article, Step.TAKE, by=editor)
        reviewing.approve(store, article, by=editor, renderer=renderer)
    publishing.export(store, publishing.ExportRequest(None, folder / "site"), by=editor, renderer=renderer)
    for article, reason in zip(
        withdrawn, ("One source made it up. معذرت", "ایک ذریعے نے غلط بتایا۔ Sorry."), strict=True
    ):
        reviewing.take_step(store, article, Step.WITHDRAW, by=editor, reason=reason)
    move_about(desk, urdu, pictured, withdrawn[0], kinds)
    publishing.export(store, publishing.ExportRequest(None, folder / "site"), by=editor, renderer=renderer)
    publishing.export(
        store, publishing.ExportRequest((pictured,), folder / "site" / "alone", "page"), by=editor, renderer=renderer
    )
    plain = {"format": "page", "theme": "plain"}
    publishing.export(
        store,
        publishing.ExportRequest((urdu, pictured), folder / "site" / "plain", **plain),
        by=editor,
        renderer=renderer,
    )
    store.close()
    return folder / "site"


def move_about(desk, urdu, pictured, withdrawn, kinds):
    """A page that moved, one where two stories were and none is, and two stories that were where others are."""
    of = {one: desk.read(moving.address, one) for one in (urdu, pictured, withdrawn, *kinds[:2])}
    for article, name in ((urdu, "ریل"), (kinds[0], "moved")):
        moving.move(desk.store, article, name, by=desk.chief, reason="A name.")
    with desk.store.begin() as tx:
        for article, path in ((pictured, of[urdu]), (urdu, of[withdrawn]), (pictured, of[kinds[1]])):
            details = Address(path, settles=True)
            tx.add_event(recording.new_event(tx, article, Step.MOVE, desk.editor, reason="Two.", details=details))


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@contextmanager
def served(folder):
    """The address of a server on this computer that gives out a folder."""
    with http.server.ThreadingHTTPServer(("localhost", 0), partial(Quiet, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()


def with_pictures(store):
    """An article with a picture of each width, one in a line, one cropped, one decorative and one of few pixels."""
    sizes = [(2400, 1200), (1600, 1200), (900, 1200), (1600, 1600), (64, 64)]
    taken = pictures.import_images(store, [photo(size) for size in sizes]).images
    words = {"alt": "A goods train", "caption": "It left at dawn for ملتان.", "credit": "Ali Raza"}
    full, column, half, cropped, small = (
        replace(image, key=key, **words)
        for key, image in zip(("full", "column", "half", "cropped", "small"), taken, strict=True)
    )
    images = (
        replace(full, shown=ImageWidth.FULL),
        column,
        replace(half, shown=ImageWidth.HALF),
        replace(cropped, crop=(100, 200, 1200, 600), is_decorative=True),
        small,
    )
    parts = ["The groups meet.", *(f"![](image:{image.key})" for image in images[:4])]
    parts += ["A line beside it. " * 30, "A sign ![](image:small) in a line.", "## On", "Text. " * 40]
    corrections = (
        Correction("one", at="2025-07-21", said="They met in June. کراچی", in_fact="They met in July."),
        Correction("two", CorrectionKind.UPDATE, "2025-08-02T09:00:00+05:00", in_fact="A budget was set."),
    )
    body = "\n\n".join(parts)
    return content(headline="Trains in pictures", body=body, images=images, sources=(), corrections=corrections)


@needs_validator
def test_the_html_checker_has_nothing_to_say_about_any_page(site):
    # Over HTTP: the checker does not know that a security policy's 'self' covers a file beside the page.
    with served(site) as address:
        pages = [f"{address}/{page.relative_to(site).as_posix()}" for page in site.rglob("*.html")]
        options = ["--format", "json", "--stdout", "--exit-zero-always"]
        command = ["java", "-Dnu.validator.servlet.allow-forbidden-hosts=true", "-jar", str(VNU), *options, *pages]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    messages = json.loads(done.stdout)["messages"]
    assert [f"{Path(m['url']).name}: {m['message']}" for m in messages] == []
    assert len(pages) >= 30


@needs_linter
def test_html_validate_has_nothing_to_say_about_any_page(site):
    pages = [str(page) for page in site.rglob("*.html")]
    command = [
        "node",
        str(LINTER),
        "--config",
        str(Path(__file__).with_name("htmlvalidate.json")),
        "-f",
        "json",
        *pages,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    said = [
        f"{Path(page['filePath']).name}:{one['line']} {one['ruleId']}: {one['message']}"
        for page in json.loads(done.stdout)
        for one in page["messages"]
    ]
    assert said == []
    assert len(pages) >= 30


def test_what_waits_for_its_hour_is_nowhere_on_the_site(site):
    assert [page for page in site.rglob("*") if page.is_file() and b"Not before tomorrow" in page.read_bytes()] == []


@needs_browser
def test_pages_are_accessible_narrow_and_wide_light_and_dark_and_ask_nothing_of_the_network(site):
    leading_on = {page for page in site.rglob("*.html") if b'http-equiv="refresh"' in page.read_bytes()}
    assert leading_on, "a page that moved is on the site; nobody stays on it to see it"
    pages = [str(page) for page in site.rglob("*.html") if page not in leading_on]
    script = Path(__file__).with_name("axe.mjs")
    done = subprocess.run(
        ["node", str(script), CHROMIUM, *pages],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NODE_PATH": str(ROOT / "node_modules")},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    results = json.loads(done.stdout)
    assert len(results) == 4 * len(pages)
    findings = [r for r in results if r["violations"] or r["overflow"] or r["requests"] or r["unseen"]]
    assert findings == []
