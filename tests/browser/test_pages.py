"""Exported pages in the hands of a strict validator, an accessibility checker and a browser."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from ovn_desk import assets
from ovn_desk.domain.workflow import Step
from ovn_desk.store import open_store
from ovn_desk.usecases import housekeeping, publishing, reviewing, sample

ROOT = Path(__file__).parents[2]
VNU = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), ""
)

pytestmark = pytest.mark.browser
needs_validator = pytest.mark.skipif(
    not (VNU.exists() and shutil.which("java")), reason="Needs java and `npm ci` (vnu-jar): .ci/run installs them."
)
needs_browser = pytest.mark.skipif(
    not (CHROMIUM and shutil.which("node") and (ROOT / "node_modules" / "axe-core").exists()),
    reason="Needs chromium, node and `npm ci` (axe-core, playwright-core): .ci/run installs them.",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory, renderer):
    """The sample newsroom's site, with both sample articles on it."""
    folder = tmp_path_factory.mktemp("demo")
    made = sample.go_all_the_way(folder, samples=assets.folder() / "samples", renderer=renderer)
    store = open_store(made.store)
    with store.read() as reading:
        article = reading.find("rail-groups-urdu")
        reporter, editor = reading.person("Rana Malik"), reading.person("Ayesha Khan")
    reviewing.take_step(store, article, Step.FILE, by=reporter)
    reviewing.take_step(store, article, Step.TAKE, by=editor)
    key = housekeeping.open_key(store, editor)
    reviewing.approve(store, article, by=editor, key=key, renderer=renderer)
    publishing.export(store, [article], to=folder / "site", by=editor, renderer=renderer)
    store.close()
    return folder / "site"


@needs_validator
def test_the_html_checker_has_nothing_to_say_about_any_page(site):
    pages = [str(page) for page in site.rglob("*.html")]
    command = ["java", "-jar", str(VNU), "--format", "json", "--stdout", "--exit-zero-always", *pages]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    messages = json.loads(done.stdout)["messages"]
    assert [f"{Path(m['url']).name}: {m['message']}" for m in messages] == []
    assert len(pages) >= 6


@needs_browser
def test_pages_are_accessible_narrow_and_wide_light_and_dark_and_ask_nothing_of_the_network(site):
    pages = [str(page) for page in site.rglob("*.html")]
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
    findings = [r for r in results if r["violations"] or r["overflow"] or r["requests"]]
    assert findings == []
