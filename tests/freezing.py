"""Writes down a newsroom as this version leaves it, for every later version to read: `freezing.py > last-desk.json`.

What is written once never changes; a later version gets a file of its own beside it (docs/changing-records.md).
"""

import json
import sys
import tempfile
from pathlib import Path

import sharing
from ovn_desk.domain.house import Role
from ovn_desk.domain.workflow import Step
from ovn_desk.text.helper import RenderHelper
from ovn_desk.usecases import commenting, joining, people, planning

BODY = "The groups meet in Baku.\n\nThey talk about the line."


def state(desk):
    """What a desk's records add up to: its articles, its people, and the total of all ids."""
    folds = {name: [one.state, one.head, sorted(one.heads)] for name, one in sharing.folds(desk).items()}
    with desk.store.read() as reading:
        staff = sorted([one.name, one.role, one.is_retired] for one in reading.staff())
    return {"articles": folds, "staff": staff, "total": sharing.total(desk).text}


def written(folder, renderer):
    """The records of such a newsroom, and what they add up to."""
    with sharing.newsroom(folder, renderer) as (one, other):
        one.approved()
        apart = one.draft(body=BODY)
        sharing.meet(one, other)
        one.edit(apart, by=one.reporter, body=BODY.replace("Baku", "Baku today"))
        other.edit(apart, by=other.reporter, body=BODY.replace("line", "railway line"))
        sharing.meet(one, other)
        torn = one.draft(body=BODY, headline="Torn")
        sharing.meet(one, other)
        one.edit(torn, by=one.reporter, body=BODY.replace("Baku", "Tbilisi"))
        other.edit(torn, by=other.reporter, body=BODY.replace("Baku", "Yerevan"))
        sharing.meet(one, other)
        planning.assign(one.store, apart, by=one.editor, to=one.reporter.person, what="Ask again")
        commenting.comment(one.store, apart, "Who says so?", by=one.editor, must_fix=True)
        one.step(apart, Step.FILE, one.reporter, note="For the morning")
        people.add_staff_with_key(one.store, name="Omar", role=Role.EDITOR)
        people.retire_staff(one.store, "Omar")
        joining.invite(one.store, "Zia Noor", role=Role.REPORTER, by=one.chief)
        return {"rows": [list(row) for row in sharing.rows(one)], "adds up to": state(one)}


def main():
    renderer = RenderHelper()
    with tempfile.TemporaryDirectory() as folder:
        json.dump(written(Path(folder), renderer), sys.stdout, ensure_ascii=False, indent=1)
    renderer.close()


if __name__ == "__main__":
    main()
