"""Key to changed pixels of the whole window, from outside, beside bare Qt programs in one run.

Usage: keystrokes.py [ROUNDS]. Needs Xvfb, openbox, psutil and python-xlib. ghostwriter runs, too, where it is.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from measure import ROOT, corpus, heading, median, table, tool
from ovn_desk.domain.article import Content
from ovn_desk.usecases import housekeeping, writing

ROUNDS = 3


def newsroom(folder, words):
    """A store with one article of so many words, where its reporter sits."""
    path = folder / f"{words}.ovn"
    house = (ROOT / "resources" / "samples" / "openvoicenews.toml").read_text(encoding="utf-8")
    made = housekeeping.create_newsroom(path, house_text=house)
    store, by = made.store, made.chief
    body = corpus().document(words)
    writing.start(store, Content(headline="A long day", body=body, category="politics", byline=by.name), by=by)
    store.close()
    path.with_name(f"{words}-person.txt").write_text(by.name, encoding="utf-8")
    (folder / f"{words}.md").write_text(body, encoding="utf-8")
    return path


def measured(folder, label, command, *, click="", keys=60):
    out = folder / "out.json"
    out.unlink(missing_ok=True)
    extra = ["--click", click] if click else []
    bench = [sys.executable, str(tool("uibench.py")), "--runs", "1", "--keys", str(keys), "--label", label]
    bench += ["--json", str(out), "--log", str(folder / "ui.log"), "--size", "1240x860", *extra, "--", *command]
    subprocess.run(bench, check=True, stdout=subprocess.DEVNULL)
    return json.loads(out.read_text(encoding="utf-8").splitlines()[-1])


def run(rounds):
    """What each program did in each round, by its name and the words in its text; they run in turn."""
    python = sys.executable
    results = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for words in (800, 50_000):
            store, text = newsroom(folder, words), folder / f"{words}.md"
            programs = {
                "desk": ([python, "-m", "ovn_desk", "--store", str(store)], "0.4,0.55"),
                "QTextEdit": ([python, str(tool("floor_plain.py")), str(text), "--textedit"], ""),
            }
            if shutil.which("ghostwriter"):
                programs["ghostwriter"] = (["ghostwriter", str(text)], "")
            for number in range(rounds):
                for program, (command, click) in programs.items():
                    label = f"{program} {words} {number}"
                    results.setdefault((program, words), []).append(measured(folder, label, command, click=click))
    return results


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    results = run(rounds)

    def middle(program, words, what):
        return median([result.get(what, result["typing"].get(what)) for result in results[program, words]])

    heading(f"Key to changed pixels, preview open, median of {rounds} rounds")
    rows = []
    for words in (800, 50_000):
        mine = middle("desk", words, "p50")
        bare = middle("QTextEdit", words, "p50")
        rows.append([f"{words:,}", mine, middle("desk", words, "p99"), bare, mine / bare])
    table(["words", "desk p50 ms", "desk p99 ms", "bare QTextEdit p50 ms", "ratio (aim ≤ 1.5)"], rows)
    if ("ghostwriter", 800) in results:
        heading("Beside ghostwriter, live preview in both")
        rows = []
        for words, key_aim, page_aim in ((800, 0.2, 1.0), (50_000, 0.1, 0.6)):
            for what, path, aim in (("key to pixels", "p50", key_aim), ("key to page", "settle_p50", page_aim)):
                mine, theirs = middle("desk", words, path), middle("ghostwriter", words, path)
                rows.append([f"{words:,} words, {what}", mine, theirs, mine / theirs, f"≤ {aim}"])
        table(["", "desk ms", "ghostwriter ms", "ratio", "aim"], rows)


if __name__ == "__main__":
    main()
