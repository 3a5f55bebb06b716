"""A desk of the next version: this program with one more field in four kinds of records, run in a process of its own.

`program` writes its sources; `Tomorrow` is a desk that runs them. Seen from there, this program is the last version.
"""

import ast
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import ovn_desk
from ovn_desk.domain.article import Content
from ovn_desk.domain.roster import Record
from ovn_desk.domain.source import Source
from ovn_desk.domain.workflow import CommentText, Event

# The kind of value that a field is added to, and the field.
CHANGES = (
    (Source, 'mood: str = ""'),
    (Content, 'kicker: str = ""'),
    (Event, 'weight: str = ""'),
    (CommentText, 'tone: str = ""'),
    (Record, 'badge: str = ""'),
)


def program(folder):
    """The folder with tomorrow's sources."""
    shutil.copytree(Path(ovn_desk.__file__).parent, folder / "ovn_desk", ignore=shutil.ignore_patterns("__pycache__"))
    (folder.parent / "resources").symlink_to(Path(ovn_desk.__file__).parents[2] / "resources")
    for kind, added in CHANGES:
        file = (folder / Path(*kind.__module__.split("."))).with_suffix(".py")
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        (found,) = (
            one for one in ast.parse("".join(lines)).body if isinstance(one, ast.ClassDef) and one.name == kind.__name__
        )
        last = max(one.end_lineno for one in found.body if isinstance(one, ast.AnnAssign))
        lines.insert(last, f"    {added}\n")
        file.write_text("".join(lines), encoding="utf-8")
    return folder


class Tomorrow:
    """A desk whose program is tomorrow's; each call is a process that opens the store and ends."""

    def __init__(self, sources, store):
        self.sources, self.store = sources, store

    def do(self, *actions):
        """What each action gives, as JSON has it."""
        return json.loads(self._run([__file__, str(self.store)], json.dumps(actions)))

    def command(self, *words):
        """What a command of tomorrow's program says."""
        return self._run(["-m", "ovn_desk", "--store", str(self.store), *words])

    def _run(self, words, given=""):
        path = os.pathsep.join([str(self.sources), str(Path(__file__).parent)])
        done = subprocess.run(
            [sys.executable, *words],
            input=given,
            env=os.environ | {"PYTHONPATH": path},
            capture_output=True,
            text=True,
            timeout=900,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def rows(self):
        from ovn_desk.store.replication import RecordRow

        return [RecordRow(*row) for row in self.do(["rows"])[0]]

    def absorb(self, rows):
        return self.do(["absorb", [list(row) for row in rows]])[0]


def _actions(desk):
    """What tomorrow's process can be asked for."""
    from dataclasses import replace

    import hubs
    import sharing
    from ovn_desk.domain.workflow import CommentText, Step
    from ovn_desk.store import replication
    from ovn_desk.store.replication import RecordRow
    from ovn_desk.sync import exchange
    from ovn_desk.usecases import merging, people, recording, writing

    def edit(article, by, changes, of_source=None):
        sources = desk.read(writing.text_of, article).sources
        if of_source:
            changes["sources"] = tuple(replace(source, **of_source) for source in sources)
        return desk.edit(article, by=desk.signer(by), **changes).id

    def add_event(article, by, step, details, added):
        with desk.store.begin() as tx:
            made = recording.new_event(
                tx, article, Step(step), desk.signer(by), details=details and CommentText(**details)
            )
            made = recording.sign(replace(made, **added), desk.signer(by).key)
            tx.add_event(made)
        return made.id

    def add_person(name, said):
        with desk.store.begin() as tx:
            person = people._add_staff(tx, name=name, role="reporter", by=desk.chief)
            people.write(tx, people.Act.ROLE, person.id, desk.chief, role="editor", **said)
        return person.id

    def absorb(rows):
        came = exchange.absorb(desk.store, [RecordRow(*row) for row in rows])
        merging.combine(desk.store, came.articles)
        return [[one.why for one in found] for found in (came.refused, came.waiting, came.newer)]

    def sync(address):
        done = hubs.sync(desk, address)
        return [[one.why for one in done.came.refused], done.differs, [one.why for one in done.refused]]

    def folds():
        return {name: [one.state, one.head, sorted(one.heads)] for name, one in sharing.folds(desk).items()}

    return {
        "edit": edit,
        "event": add_event,
        "person": add_person,
        "rows": lambda: sharing.rows(desk),
        "absorb": absorb,
        "sync": sync,
        "folds": folds,
        "total": lambda: desk.read(replication.total).text,
        "held": lambda: [row.id for row, _ in desk.read(replication.quarantined_rows)],
        "source": lambda article: [getattr(one, "mood", None) for one in desk.read(writing.text_of, article).sources],
    }


def main():
    from make import Desk
    from ovn_desk.store import open_store

    desk = Desk(open_store(Path(sys.argv[1])), None)
    actions = _actions(desk)
    print(json.dumps([actions[name](*given) for name, *given in json.load(sys.stdin)]))
    desk.store.close()


if __name__ == "__main__":
    main()
