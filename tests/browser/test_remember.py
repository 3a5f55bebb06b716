"""verify.html and the public log: a reader who comes back is told whether its past was rewritten, and where."""

import functools
import http.server
import json
import os
import shutil
import subprocess
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest

import logs
from chromium import CHROMIUM, ROOT, needs_browser
from make import Desk, newsroom
from ovn_desk.formats.site import log
from ovn_desk.usecases import publishing

pytestmark = [pytest.mark.campaign, pytest.mark.browser, needs_browser]


@pytest.fixture
def sites(tmp_path, renderer):
    """A site as it was, the same later, and the later one with a rewritten past under heads by its own key."""
    store = newsroom(tmp_path / "newsroom.ovn")
    desk = Desk(store, renderer)
    for number, headlines in enumerate((("Alpha", "Beta"), ("Gamma",))):
        for headline in headlines:
            desk.approved(headline=headline)
        publishing.export(store, publishing.ExportRequest(None, tmp_path / "site"), by=desk.editor, renderer=renderer)
        shutil.copytree(tmp_path / "site", tmp_path / f"{number}")
    store.close()
    rewritten = shutil.copytree(tmp_path / "1", tmp_path / "rewritten")
    lines = logs.rewritten(log.lines_of((rewritten / "log.jsonl").read_text()), 1)
    head = logs.signed(None, len(lines), log.tree_of(lines).root(), desk.editor.key)
    (rewritten / "log.jsonl").write_text(log.text_of(lines))
    (rewritten / "checkpoints.jsonl").write_text(log.heads_text([head]))
    return tmp_path / "0", tmp_path / "1", rewritten


def seen(profile, address, *steps, **environment):
    """What a reader is told at each visit: kind and words of each line; and which addresses were asked for."""
    script = Path(__file__).with_name("remember.mjs")
    done = subprocess.run(
        ["node", str(script), CHROMIUM, str(profile), address, *steps],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "NODE_PATH": str(ROOT / "node_modules"), **environment},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    made = json.loads(done.stdout)
    assert made["said"] == []
    return [[(line["kind"], line["said"]) for line in step] for step in made["found"]], made["asked"]


def log_files(site):
    return f"{site / 'log.jsonl'},{site / 'checkpoints.jsonl'}"


def test_from_a_file_it_remembers_and_names_the_line_that_was_rewritten(sites, tmp_path):
    first, later, rewritten = sites
    page = next(path for path in later.glob("2*/*/*.html"))
    steps = [
        log_files(first),
        log_files(later),
        log_files(rewritten),
        f"{page},{log_files(rewritten)}",
        f"{page},{log_files(later)}",
        f"{log_files(rewritten)},{first / 'checkpoint'}",
    ]
    found, asked = seen(tmp_path / "profile", (first / "verify.html").as_uri(), *steps)
    assert all(address.startswith(("file:", "data:")) for address in asked)
    assert [[kind for kind, _ in step] for step in found] == [
        ["good", "none"],
        ["good", "good"],
        ["good", "bad"],
        ["good", "good", "none", "bad", "good", "bad"],
        ["good", "good", "none", "good", "good", "good"],
        ["good", "bad"],
    ]
    assert "From now on this browser remembers it." in found[0][1][1]
    assert "1 came after. Nothing was rewritten." in found[1][1][1]
    assert "the first that is not as it was is line 2." in found[2][1][1]
    assert "so says the log beside it" in found[4][3][1]


def test_where_the_browser_lets_it_remember_nothing_it_says_so(sites, tmp_path):
    first, _, _ = sites
    address = (first / "verify.html").as_uri()
    ((whole, since),), _ = seen(tmp_path / "profile", address, log_files(first), OVN_DESK_FORGETFUL="1")
    assert (whole[0], since[0]) == ("good", "note")
    assert "does not let the page remember the log" in since[1]


def test_on_the_site_it_looks_by_itself_and_asks_only_the_site(sites, tmp_path):
    first, later, rewritten = sites
    served = tmp_path / "served"
    for site, kinds, words in (
        (first, ["good", "none"], "From now on"),
        (later, ["good", "good"], "Nothing was rewritten"),
        (rewritten, ["good", "bad"], "is line 2."),
        (later, ["good", "good"], "as it was when you last looked"),
    ):
        shutil.rmtree(served, ignore_errors=True)
        shutil.copytree(site, served)
        for name in ("verify.html", "ur/verify.html") if site == later else ("verify.html",):
            with server(served, tmp_path) as address:
                (found,), asked = seen(tmp_path / "profile", f"{address}/{name}", "")
            assert all(one.startswith((f"{address}/", "data:")) for one in asked)
            assert [kind for kind, _ in found] == kinds
            assert words in found[1][1] or name != "verify.html"


@contextmanager
def server(folder, kept):
    """The folder on this computer, always at the same address: a browser remembers things of an address."""
    port = kept / "port"
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", int(port.read_text()) if port.exists() else 0), handler) as made:
        port.write_text(str(made.server_port))
        thread = threading.Thread(target=made.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{made.server_port}"
        made.shutdown()
        thread.join()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/favicon.ico":  # every browser asks for one
            self.send_response(204)
            self.end_headers()
        else:
            super().do_GET()

    def log_message(self, *args):
        pass
