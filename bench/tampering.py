"""500 random alterations of a store, written past its guards: how many the doctor finds, and what each was.

Usage: tampering.py [ALTERATIONS]. Every alteration is made alone, in a copy of the same newsroom, by raw SQL with the
triggers taken off before and put on again after. Careful ones give the record the hash that its new words have.
"""

import json
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from measure import ROOT, heading, table

sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "flows")]

from make import Desk, content, newsroom  # noqa: E402 - the tests' own desk, from its folder
from ovn_desk.domain.errors import DeskError  # noqa: E402
from ovn_desk.domain.workflow import Step  # noqa: E402
from ovn_desk.store import open_store, records  # noqa: E402
from ovn_desk.text.helper import RenderHelper  # noqa: E402
from ovn_desk.usecases import commenting, doctor, people, publishing, suggesting  # noqa: E402

MANY = 500
TAGS = {"revisions": records.REVISION, "events": records.EVENT, "roster": records.ROSTER}
TABLES = tuple(TAGS)


def archive(folder, renderer):
    """A dozen articles in every state, edited, commented, corrected, signed by two editors."""
    desk = Desk(newsroom(folder / "newsroom.ovn"), renderer)
    people.retire_staff(desk.store, people.add_staff(desk.store, name="Omar Farooq", role="reporter").name)
    for name in "ABCD":
        article = desk.in_review(headline=f"Story {name}")
        desk.edit(article, body=content().body + " And more.")
        comment = commenting.comment(desk.store, article, "@Rana, who says so?", by=desk.editor, must_fix=True).id
        commenting.reply(desk.store, article, comment, "The ministry.", by=desk.reporter)
        commenting.resolve(desk.store, article, comment, by=desk.editor)
        suggesting.keep_as_edited(desk.store, article, by=desk.editor, reason="Small.")
        desk.approve(article)
        desk.draft(headline=f"Draft {name}")
        desk.in_review(headline=f"Read {name}")
        publishing.export(
            desk.store, publishing.ExportRequest((article,), folder / "site"), by=desk.editor, renderer=renderer
        )
    desk.correct(article)
    desk.step(article, Step.FILE, desk.reporter)
    with desk.store.begin() as tx:
        tx.add_blob(b"the bytes of a picture", "image/png")
    desk.store.close()


def pick(connection, chance, name):
    rows = connection.execute(f"SELECT id, record FROM {name}").fetchall()
    old, record = chance.choice(rows)
    return old, record


def letter(connection, chance):
    """One letter of a record."""
    name = chance.choice(TABLES)
    old, record = pick(connection, chance, name)
    place = chance.randrange(len(record))
    other = chance.choice([c for c in "abcxyz019" if c != record[place]])
    connection.execute(
        f"UPDATE {name} SET record = ? WHERE id = ?", (f"{record[:place]}{other}{record[place + 1 :]}", old)
    )


def changed(value, chance):
    """Another value of the same kind."""
    if isinstance(value, bool) or value is None:
        return not value if isinstance(value, bool) else "0" * 64
    if isinstance(value, str):
        return value[:-1] + chance.choice([c for c in "abc01" if not value.endswith(c)]) if value else "x"
    if isinstance(value, list):
        return value[1:] if value else ["0" * 64]
    if isinstance(value, dict):
        key = chance.choice(sorted(value))
        return value | {key: changed(value[key], chance)}
    return value + 1


def careful(connection, chance):
    """One field of a record, and the hash that goes with it."""
    name = chance.choice(TABLES)
    old, record = pick(connection, chance, name)
    data = json.loads(record)
    field = chance.choice(sorted(data))
    text = records.canonical(data | {field: changed(data[field], chance)}).decode()
    new = records.name_of(TAGS[name], text)
    connection.execute(f"UPDATE {name} SET id = ?, record = ? WHERE id = ?", (new, text, old))


def removed(connection, chance):
    """A record taken out."""
    name = chance.choice(TABLES)
    connection.execute(f"DELETE FROM {name} WHERE id = ?", (pick(connection, chance, name)[0],))


def reordered(connection, chance):
    """Two events of one computer in each other's place."""
    first, second = chance.sample(connection.execute("SELECT id, seq FROM events").fetchall(), 2)
    for moved, seq in ((first[0], -1), (second[0], first[1]), (first[0], second[1])):
        connection.execute("UPDATE events SET seq = ? WHERE id = ?", (seq, moved))


def approval(connection, chance):
    rows = connection.execute("SELECT id, record, article FROM events WHERE json_extract(record, '$.step') = 'approve'")
    return chance.choice(rows.fetchall())


def signature(connection, chance):
    """Another signature under an approval, or the same under another text, with a fitting hash."""
    old, record, _ = approval(connection, chance)
    data = json.loads(record)
    field = chance.choice(("signature", "digest", "revision", "key", "by", "at"))
    other = json.loads(approval(connection, chance)[1])[field]
    data[field] = other if other != data[field] else changed(data[field], chance)
    text = records.canonical(data).decode()
    new = records.name_of(TAGS["events"], text)
    connection.execute("UPDATE events SET id = ?, record = ? WHERE id = ?", (new, text, old))


def replayed(connection, chance):
    """An approval put on another article, after its newest events."""
    _, record, own = approval(connection, chance)
    articles = connection.execute("SELECT DISTINCT article FROM events WHERE article != ?", (own,)).fetchall()
    (article,) = chance.choice(articles)
    data = json.loads(record) | {"article": article, "after": []}
    text = records.canonical(data).decode()
    new = records.name_of(TAGS["events"], text)
    connection.execute(
        "INSERT INTO events (id, article, device, record) VALUES (?, ?, ?, ?)", (new, article, data["device"], text)
    )


def promoted(connection, chance):
    """A role, a name or a key in the tables made from the roster, or a record of it that nobody signed."""
    kind = chance.randrange(4)
    if kind == 0:
        connection.execute("UPDATE staff SET role = 'chief' WHERE name = 'Rana Malik'")
    elif kind == 1:
        connection.execute("UPDATE staff SET retired = 0 WHERE name = 'Omar Farooq'")
    elif kind == 2:
        connection.execute("UPDATE keys SET staff = (SELECT id FROM staff WHERE name = 'Rana Malik')")
    else:
        old, record = pick(connection, chance, "roster")
        data = json.loads(record) | {"act": "role", "role": "chief", "after": [old], "signature": "", "signer": ""}
        text = records.canonical(data).decode()
        new = records.name_of(TAGS["roster"], text)
        connection.execute("INSERT INTO roster (id, record) VALUES (?, ?)", (new, text))


def refiled(connection, chance):
    """A record filed under another article or computer than it says."""
    name, column = chance.choice([("revisions", "article"), ("events", "article"), ("events", "device")])
    old, _ = pick(connection, chance, name)
    others = connection.execute(f"SELECT DISTINCT {column} FROM {name}").fetchall()
    (own,) = connection.execute(f"SELECT {column} FROM {name} WHERE id = ?", (old,)).fetchone()
    other = chance.choice([row[0] for row in others if row[0] != own] or ["another"])
    connection.execute(f"UPDATE {name} SET {column} = ? WHERE id = ?", (other, old))


def listed(connection, chance):
    """A state, a text or a holder in the list of articles."""
    column, value = chance.choice([("state", "approved"), ("head", "0" * 64), ("holder", "somebody")])
    rows = connection.execute(f"SELECT id FROM articles WHERE {column} IS NOT ?", (value,)).fetchall()
    connection.execute(f"UPDATE articles SET {column} = ? WHERE id = ?", (value, chance.choice(rows)[0]))


def picture(connection, _chance):
    """The bytes of a stored file."""
    connection.execute("UPDATE blobs SET data = x'00'")


KINDS = (letter, careful, removed, reordered, signature, replayed, promoted, refiled, listed, picture)
WEIGHTS = (20, 20, 12, 10, 14, 6, 6, 6, 4, 2)


def tamper(path, kind, chance):
    """Makes one alteration in the file, its guards taken off and put on again."""
    with closing(driver.connect(str(path), isolation_level=None)) as connection:
        guards = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            connection.execute(f"DROP TRIGGER {name}")
        kind(connection, chance)
        for _, sql in guards:
            connection.execute(sql)


def detected(path, folder, renderer):
    """How an alteration is found: by the doctor, at use, or not."""
    try:
        store = open_store(path)
    except DeskError:
        return "at use"
    try:
        if doctor.examine(store):
            return "by the doctor"
        with store.read() as reading:
            chief = people.signer(store, reading.person("Bilal"))
        done = publishing.export(store, publishing.ExportRequest(None, folder / "out"), by=chief, renderer=renderer)
    except DeskError:
        return "at use"
    finally:
        store.close()
    return "at use" if done.refused else "not"


def main():
    many = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    chance, found, renderer = random.Random(11), Counter(), RenderHelper()
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archive(folder, renderer)
        clean = detected(folder / "newsroom.ovn", folder, renderer)
        for number in range(many):
            (kind,) = chance.choices(KINDS, WEIGHTS)
            path = folder / f"copy-{number}.ovn"
            shutil.copyfile(folder / "newsroom.ovn", path)
            tamper(path, kind, chance)
            found[kind, detected(path, folder, renderer)] += 1
            for file in folder.glob(f"copy-{number}.*"):
                file.unlink()
    renderer.close()
    heading(f"{many} random alterations of a store, each alone (aim: all found)")
    rows = []
    for kind in KINDS:
        each = [found[kind, how] for how in ("by the doctor", "at use", "not")]
        rows.append([kind.__doc__.strip().rstrip("."), sum(each), *each])
    rows.append(["all", many, *(sum(row[column] for row in rows) for column in (2, 3, 4))])
    table(["alteration", "made", "found by the doctor", "found at use", "not found"], rows)
    print(f"The newsroom before: {clean} altered. {time.perf_counter() - start:.0f} s.\n")


if __name__ == "__main__":
    main()
