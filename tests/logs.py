"""Public logs as somebody may alter them after they were published, and what the script of verify.html says of them."""

import base64
import json
import subprocess
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property

from make import HOUSE
from ovn_desk import signing
from ovn_desk.domain.house_file import read_house
from ovn_desk.domain.house_record import HouseRecord
from ovn_desk.formats.site import log, verify
from ovn_desk.formats.site.log import Fact
from ovn_desk.text.transparency import Checkpoint, sign_note
from ovn_desk.usecases.publishing import log_checks, public_log
from ovn_desk.usecases.publishing.log_checks import GivenLog
from ovn_desk.usecases.publishing.public_log import Folder, Pen

NOW = datetime(2026, 11, 28, 8, tzinfo=UTC)


@dataclass(frozen=True)
class Published:
    """A log with the keys that its heads are signed with, and one of a stranger."""

    log: public_log.PublicLog
    ours: signing.Key
    other: signing.Key
    stranger: signing.Key

    @cached_property
    def keys(self):
        return {key.id: key.public for key in (self.ours, self.other)}

    @property
    def given(self):
        files = self.log.files
        return GivenLog(files[log.LINES], files[log.HEADS], files[log.HEAD])

    def page(self, index, statement=None):
        """A page with the proof of a line, as exports write it."""
        fact = log.read(self.log.lines[index])
        _, head = self.log.place(fact)
        return page(self.log.lines[index], self.log.proof(index, head).text)


def fact(number, what="published"):
    return Fact(f"2026-11-{number % 28 + 1:02}", what, f"urn:uuid:{number}", f"{number:064x}", "ovn-1")


def statement(number):
    return {"article": str(number), "digest": f"{number:064x}", "key": "ovn-1"}


def page(line, proof):
    carried = json.dumps({"line": line, "proof": proof}, ensure_ascii=False).replace("<", "\\u003c")
    return f'<p>x</p><script type="application/json" id="ovn-log">{carried}</script>'


def export(logs, numbers, key, keys, at=NOW):
    """What an export makes of the logs that are known, and the one record of it."""
    done = public_log.continue_log(
        logs,
        [one if isinstance(one, Fact) else fact(one) for one in numbers],
        Folder(),
        house=read_house(HOUSE),
        keys=keys,
        pen=Pen.of(key),
        now=at,
        was_live=False,
    )
    (added,) = done.logged
    return HouseRecord("", "", "by", key.id, "device", at, log=added)


def published(sizes=(3, 1, 4)):
    """A log of several exports by two people, in which another one is joined."""
    ours, other, stranger = (signing.generate() for _ in range(3))
    keys = {key.id: key.public for key in (ours, other)}
    records, number = [], 0
    for count, size in enumerate(sizes):
        key = (ours, other)[count % 2]
        at = NOW + timedelta(hours=count)
        records.append(export(public_log.published_logs(records, keys), range(number, number + size), key, keys, at))
        number += size
    apart = export(public_log.published_logs(records[:1], keys), range(100, 103), other, keys)
    newest = [number, number + 1, Fact("2026-11-30", "withdrawn", "urn:uuid:0")]
    met = export(public_log.published_logs([*records, apart], keys), newest, ours, keys)
    (whole,) = [one for one in public_log.published_logs([*records, apart, met], keys) if one.joined]
    return Published(whole, ours, other, stranger)


def published_as(facts):
    """A log of one export that says this."""
    ours, other, stranger = (signing.generate() for _ in range(3))
    keys = {key.id: key.public for key in (ours, other)}
    (whole,) = public_log.published_logs([export(public_log.published_logs([], keys), facts, ours, keys)], keys)
    return Published(whole, ours, other, stranger)


def signed(made, size, root, key, origin="post.example"):
    head = Checkpoint(origin, size, root, ("signed 2026-11-28T09:00:00Z",))
    return sign_note(head.text, origin, base64.b64decode(key.public), key.private.sign)


def rewritten(lines, at):
    """The lines with one changed, and each after it sealing the one above as if it had always been so."""
    line = lines[at].replace('"at": "2026', '"at": "2025')
    assert line != lines[at]
    return [*lines[:at], line, *log.rechain(lines[at + 1 :], line)]


def altered_logs(made):
    """Every way to alter a log and its heads that somebody without the keys has: name and log."""
    whole, heads = made.given, made.log.heads
    lines = whole.lines

    def of(some_lines, some_heads=heads):
        return GivenLog(log.text_of(some_lines), log.heads_text(some_heads))

    for at in range(len(lines)):
        yield f"a letter of line {at}", of([*lines[:at], lines[at].replace("2026", "2025", 1), *lines[at + 1 :]])
        yield f"line {at} dropped", of([*lines[:at], *lines[at + 1 :]])
        yield f"line {at} doubled", of([*lines[: at + 1], *lines[at:]])
        yield (
            f"line {at} inserted",
            of([*lines[:at], *log.write_lines([fact(7)], lines[at - 1] if at else ""), *lines[at:]]),
        )
        yield f"cut after line {at}", of(lines[:at])
        yield f"rechained from line {at}", of(rewritten(lines, at))
        yield f"a blank at the end of line {at}", of([*lines[:at], f"{lines[at]} ", *lines[at + 1 :]])
    for at in range(len(lines) - 1):
        yield f"lines {at} swapped", of([*lines[:at], lines[at + 1], lines[at], *lines[at + 2 :]])
    yield "a line more", of([*lines, *log.write_lines([fact(9)], lines[-1])])
    yield "half a line", GivenLog(whole.text[:-20], whole.heads)
    yield "no lines", of([])
    yield "other ends of lines", GivenLog(whole.text.replace("\n", "\r\n"), whole.heads)
    yield "a mark at its beginning", GivenLog("\ufeff" + whole.text, whole.heads)
    yield "no line but blanks", of([" ", *lines])
    for at, note in enumerate(heads):
        head = public_log.head_of(note)
        others = [*heads[:at], *heads[at + 1 :]]
        yield f"head {at} by a stranger", of(lines, _put(heads, at, signed(made, head.size, head.root, made.stranger)))
        yield f"head {at} with a letter changed", of(lines, _put(heads, at, note.replace("signed", "Signed")))
        yield f"head {at} of another root", of(lines, _put(heads, at, signed(made, head.size, b"x" * 32, made.ours)))
        yield (
            f"head {at} of a size too many",
            of(lines, _put(heads, at, signed(made, head.size + 1, head.root, made.ours))),
        )
        yield (
            f"head {at} of another log",
            of(lines, _put(heads, at, signed(made, head.size, head.root, made.ours, origin="other.example"))),
        )
        yield f"head {at} twice", of(lines, [*heads[: at + 1], *heads[at:]])
        yield f"head {at} without a signature", of(lines, _put(heads, at, head.text))
        if at + 1 < len(heads):
            yield f"heads {at} swapped", of(lines, _put(_put(heads, at, heads[at + 1]), at + 1, note))
        else:
            yield "the newest head taken out", of(lines, others)
    yield "no heads", of(lines, [])
    yield "heads that are no list", GivenLog(whole.text, "[]\n")
    yield "half a list of heads", GivenLog(whole.text, whole.heads[:-30])
    yield "another newest", replace(whole, newest=heads[0])
    joint = next(at for at, line in enumerate(lines) if '"joined"' in line)
    for name, old, new in (("since", '"since": 3', '"since": 2'), ("size", '"size": 6', '"size": 5')):
        line = lines[joint].replace(old, new)
        assert line != lines[joint]
        forged = [*lines[:joint], line, *log.rechain(lines[joint + 1 :], line)]
        tree = log.tree_of(forged)
        sizes = [public_log.head_of(note).size for note in heads]
        yield (
            f"a joint that lies about its {name}",
            of(forged, [signed(made, size, tree.root(size), made.ours) for size in sizes]),
        )


def _put(items, at, item):
    return [*items[:at], item, *items[at + 1 :]]


def altered_pages(made):
    """Every way to alter the proof on a page: name, page, and the statement of the approval on it."""
    yield "a text that was published, said to be withdrawn", made.page(0), None
    yield "a text that was withdrawn, said to be published", made.page(made.log.size - 1), statement(0)
    for index in (0, 2, 5):
        whole, said = made.page(index), statement(index)
        line = made.log.lines[index]
        _, head = made.log.place(log.read(line))
        proof = made.log.proof(index, head)
        size = public_log.head_of(head).size

        def of(text=proof, some_line=line):
            return page(some_line, text.text)

        yield f"{index}: another article", whole, statement(index + 1)
        yield f"{index}: another digest", whole, said | {"digest": "f" * 64}
        yield f"{index}: another key", whole, said | {"key": "ovn-2"}
        yield f"{index}: no approval", whole, {}
        yield f"{index}: the line of another", of(some_line=made.log.lines[index + 1]), statement(index + 1)
        yield f"{index}: a letter of the line", of(some_line=line.replace("2026", "2025", 1)), said
        yield (
            f"{index}: the proof of another",
            made.page(index + 1).replace(json.dumps(made.log.lines[index + 1])[1:-1], json.dumps(line)[1:-1]),
            said,
        )
        for other in (index + 1, 0 if index else 1, size, 10**17):
            yield f"{index}: as place {other}", of(replace(proof, index=other)), said
        for at, one in enumerate(proof.hashes):
            bent = (*proof.hashes[:at], bytes([one[0] ^ 1, *one[1:]]), *proof.hashes[at + 1 :])
            yield f"{index}: hash {at} bent", of(replace(proof, hashes=bent)), said
            yield f"{index}: hash {at} dropped", of(replace(proof, hashes=_put(proof.hashes, at, one)[:at])), said
        yield f"{index}: a hash more", of(replace(proof, hashes=(*proof.hashes, b"x" * 32))), said
        root = public_log.head_of(head).root
        for name, note in {
            "a stranger's head": signed(made, size, root, made.stranger),
            "a head with another size": head.replace(f"\n{size}\n", f"\n{size + 1}\n"),
            "a head of an endless log": signed(made, 10**18, root, made.ours),
            "a head of another root": signed(made, size, b"x" * 32, made.ours),
            "a head without a signature": public_log.head_of(head).text,
            "no head": "",
        }.items():
            yield f"{index}: {name}", of(replace(proof, note=note)), said
        yield f"{index}: twice", whole + whole, said
        yield f"{index}: no JSON", whole.replace('{"line"', '"line"'), said
        yield f"{index}: a list", page("x", "y").replace('{"line": "x", "proof": "y"}', "[]"), said
        yield f"{index}: of another kind", whole.replace("tlog-proof@v1", "tlog-proof@v2"), said


def in_node(made, pages, logs, folder):
    """What the script says of pages (page, statement, log) and of logs (log, older head, hints)."""
    asked = {
        "keys": made.keys,
        "pages": [[text, said, _files(given)] for text, said, given in pages],
        "logs": [[_files(given), note, hints] for given, note, hints in logs],
    }
    (folder / "asked.json").write_text(json.dumps(asked), encoding="utf-8")
    script = folder / "read.js"
    script.write_text(
        f"{verify.script(*verify.CHECKING)}\n"
        "const fs = require('fs');\n"
        "const { keys, pages, logs } = JSON.parse(fs.readFileSync(`${__dirname}/asked.json`, 'utf8'));\n"
        "const logOf = (files) => files && readLog(...files);\n"
        "const fields = { revision: '', digest: '', approved_by: '', key: '', signature: '' };\n"
        "(async () => {\n"
        "  const said = { pages: [], logs: [] };\n"
        "  for (const [letters, statement, files] of pages) {\n"
        "    const approval = JSON.stringify({ ...fields, statement: JSON.stringify(statement) });\n"
        "    const isWithdrawn = statement === null;\n"
        "    const text = { carried: isWithdrawn ? [] : [approval], isWithdrawn };\n"
        "    said.pages.push(await inLog({ letters, text, keys, log: await logOf(files) }));\n"
        "  }\n"
        "  for (const [files, note, hints] of logs) {\n"
        "    const log = await logOf(files);\n"
        "    const since = note === null ? null : await sinceHead(log, note, keys, hints);\n"
        "    said.logs.push([await wholeLog(log, keys), since]);\n"
        "  }\n"
        "  console.log(JSON.stringify(said));\n"
        "})();\n",
        encoding="utf-8",
    )
    done = subprocess.run(["node", script], capture_output=True, encoding="utf-8", check=True)
    return json.loads(done.stdout)


def _files(given):
    return given and [given.text, given.heads, given.newest]


def hints(lines):
    return log_checks.hints_of(lines)
