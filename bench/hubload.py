"""One hub and many desks: rounds a second, how long a round takes, the hub's work, and a first sync of 10,000 versions.

The many desks are coroutines that say to the hub what a desk says in a round and leave a desk's own work out; at most
ninety have a connection at once, as a PostgreSQL allows that nobody has set up. The first sync is by a real desk.
Give the numbers of desks and the versions of the first sync: `hubload.py 25,50,100,200 10000`.
"""

import asyncio
import random
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from measure import ROOT, heading, percentile, table

sys.path[:0] = [str(ROOT / "tests")]

import hubs  # noqa: E402 - the tests' own server, from their folder
import sharing  # noqa: E402
from make import content  # noqa: E402
from ovn_desk import signing  # noqa: E402
from ovn_desk.domain.article import Revision  # noqa: E402
from ovn_desk.store import records  # noqa: E402
from ovn_desk.store.replication import RecordRow  # noqa: E402
from ovn_desk.sync import postgres  # noqa: E402
from ovn_desk.sync.postgres import packing  # noqa: E402
from ovn_desk.text.helper import RenderHelper  # noqa: E402
from ovn_desk.usecases import merging  # noqa: E402

REVISIONS = 30
VERSIONS_OF_ONE = 20
AT_ONCE = 90


VOCABULARY = ["".join(random.choices("aeioulnrstdkmbp", k=random.randint(2, 9))) for _ in range(800)]


def revisions(author, number, nonce="bench"):
    """The versions of one article, each made from the one before it, as rows that its author signed."""
    article, parents = records.article_id(author.id, nonce), ()
    body = "\n\n".join(" ".join(VOCABULARY[int(800 * random.random() ** 2)] for _ in range(80)) for _ in range(5))
    for version in range(number):
        text = replace(content(body=f"{body}\n\nVersion {version}."), sources=())
        said = {"key": author.key.id, "nonce": "" if parents else nonce}
        made = records.with_hash_id(Revision("", article, text, parents, author.id, "bench", records.now(), **said))
        parents = (made.id,)
        signature = signing.sign(author.key, records.signed_bytes(made.id))
        yield RecordRow(records.REVISION, made.id, records.text_of(made), signature)


async def desk(address, author, times, begin, line_free):
    """One desk: thirty times a version is sent and what is new is brought in."""
    url, place = make_url(address), 0
    rows = [packing.pack(row) for row in revisions(author, REVISIONS, nonce=records.new_id())]
    connect = {"host": url.query["host"], "dbname": url.database, "user": url.username, "autocommit": True}
    await begin.wait()
    for row in rows:
        start = time.perf_counter()
        async with line_free, await psycopg.AsyncConnection.connect(**connect) as line:
            await line.execute("SELECT * FROM ovn.house")
            await line.execute("SELECT count(*), bit_xor(('x' || sha256)::bit(256))::text FROM ovn.blobs")
            await line.execute("SELECT id FROM ovn.rows WHERE id = %s", (row[1],))
            await line.execute(
                "INSERT INTO ovn.rows (kind, id, article, said, packed, signature) VALUES (%s, %s, %s, %s, %s, %s) "
                "ON CONFLICT (id, form) DO NOTHING",
                row,
            )
            found = await line.execute(
                "SELECT seq, kind, id, article, said, packed FROM ovn.rows WHERE seq > %s ORDER BY seq LIMIT 200",
                (place,),
            )
            place = max([place, *(one[0] for one in await found.fetchall())])
            await line.execute("SELECT sum(number)::bigint, bit_xor(mixed)::text FROM ovn.totals")
        times.append(time.perf_counter() - start)


async def load(address, author, number):
    times, begin, line_free = [], asyncio.Event(), asyncio.Semaphore(AT_ONCE)
    tasks = [asyncio.create_task(desk(address, author, times, begin, line_free)) for _ in range(number)]
    await asyncio.sleep(0)
    begin.set()
    start = time.perf_counter()
    await asyncio.gather(*tasks)
    return times, time.perf_counter() - start


def spent():
    """Seconds of processor time of every PostgreSQL process that lives, and of those that ended."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")
        except OSError:
            continue
        if "(postgres" in fields[0]:
            ticks += sum(map(int, fields[2].split()[11:15]))
    return ticks / 100


def many_desks(socket, newsroom, numbers):
    rows = []
    for number in numbers:
        with hubs.database(socket) as address:
            postgres.make(postgres.address(address), newsroom.store)
            before = spent()
            times, whole = asyncio.run(load(address, newsroom.reporter, number))
            shown = [percentile(times, part) * 1000 for part in (50, 95)]
            busy = f"{(spent() - before) / whole * 100:.0f} %"
            rows.append([number, f"{len(times):,}", f"{len(times) / whole:.0f}", *shown, busy])
    heading("Many desks at one hub, on one machine")
    table(["desks", "rounds", "rounds a second", "median, ms", "95 %, ms", "processor of the hub"], rows)


def first_sync(socket, newsroom, number):
    """A new computer that sets itself up from a hub with this many versions."""
    with hubs.database(socket) as address, tempfile.TemporaryDirectory() as folder:
        url = postgres.address(address)
        postgres.make(url, newsroom.store)
        hubs.sync(newsroom, address)
        database = make_url(address)
        with psycopg.connect(host=database.query["host"], dbname=database.database, user="postgres") as line:
            for story in range(number // VERSIONS_OF_ONE):
                packed = [packing.pack(row) for row in revisions(newsroom.reporter, VERSIONS_OF_ONE, nonce=f"{story}")]
                line.cursor().executemany(
                    "INSERT INTO ovn.rows (kind, id, article, said, packed, signature) VALUES (%s, %s, %s, %s, %s, %s)",
                    packed,
                )
        size = hubs.run(socket, "SELECT sum(octet_length(packed)) FROM ovn.rows", database=database.database)[0][0]
        start = time.perf_counter()
        store, done = postgres.join(Path(folder) / "new.ovn", url, settle=merging.combine)
        whole = time.perf_counter() - start
        again = time.perf_counter()
        postgres.sync(store, url, settle=merging.combine)
        again = time.perf_counter() - again
        store.close()
    heading("A new computer's first round")
    table(
        ["versions", "came", "MB over the line", "seconds", "the next round, ms"],
        [[number, done.came.added, float(size) / 2**20, whole, again * 1000]],
    )


def main():
    numbers = [int(number) for number in sys.argv[1].split(",")] if len(sys.argv) > 1 else [25, 50]
    versions = int(sys.argv[2]) if len(sys.argv) > 2 else 2_000
    renderer = RenderHelper()
    with (
        tempfile.TemporaryDirectory() as folder,
        hubs.server() as socket,
        sharing.newsroom(Path(folder), renderer, number=1) as (newsroom,),
    ):
        many_desks(socket, newsroom, numbers)
        first_sync(socket, newsroom, versions)
    renderer.close()


if __name__ == "__main__":
    main()
