"""A login that pours rows and files into a hub at its usual limits: what stays, and what a colleague's rounds cost.

Give the MB of each: `pour.py 600`. Without hub limits each of the colleague's rounds brought all of it.
"""

import os
import resource
import sys
import tempfile
import time
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from measure import ROOT, heading, table

sys.path[:0] = [str(ROOT / "tests")]

import hubs  # noqa: E402 - the tests' own server, from their folder
import sharing  # noqa: E402
from ovn_desk.sync import postgres  # noqa: E402
from ovn_desk.text.helper import RenderHelper  # noqa: E402

MB = 1_000_000
ROW = """INSERT INTO ovn.rows (kind, id, article, said, packed, signature)
         VALUES ('revision/2', encode(sha256(%(data)s), 'hex'), '', '{}', %(data)s, '')"""
FILE = "INSERT INTO ovn.blobs (sha256, media, data) VALUES (encode(sha256(%(data)s), 'hex'), 'image/png', %(data)s)"


def poured(line, statement, megabytes):
    """How many MB the hub takes, and what it says to the next one."""
    for number in range(megabytes):
        try:
            line.execute(statement, {"data": os.urandom(MB)})
        except psycopg.Error as error:
            return number, error.diag.message_primary
    return megabytes, "nothing"


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main():
    megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else 600
    renderer = RenderHelper()
    with (
        tempfile.TemporaryDirectory() as folder,
        hubs.server() as socket,
        hubs.database(socket) as address,
        sharing.newsroom(Path(folder), renderer) as (one, other),
    ):
        url, database = postgres.address(address), make_url(address)
        postgres.make(url, one.store)
        for signer in (one.reporter, one.editor):
            postgres.add_staff(url, signer.person)
        one.draft()
        hubs.sync(one, address)
        connect = {"host": database.query["host"], "dbname": database.database, "user": "rana_malik"}
        with psycopg.connect(**connect, autocommit=True) as line:
            taken = [
                [what, *poured(line, statement, megabytes)] for what, statement in (("rows", ROW), ("files", FILE))
            ]
        heading(f"{megabytes} MB of each poured in by one login")
        table(["what", "MB taken", "the hub says"], taken)
        rounds, before = [], peak()
        for _ in range(2):
            start = time.perf_counter()
            done = hubs.sync(other, hubs.login(address, "ayesha_khan"))
            seconds = time.perf_counter() - start
            rounds.append([seconds, len(done.came.refused), done.files_came, len(done.differs), peak() - before])
        heading("A colleague's next two rounds")
        table(
            ["seconds", "named as no record", "files that came", "articles that differ", "memory grew by, MB"], rounds
        )
    renderer.close()


if __name__ == "__main__":
    main()
