"""The script that makes a server ready for a hub, run as its owner would on a Debian: on clusters of its own."""

import os
import re
import shutil
import subprocess
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from ovn_desk import assets
from ovn_desk.sync import postgres
from ovn_desk.sync.postgres import certificates
from ovn_desk.sync.postgres.diagnosing import diagnose
from ovn_desk.usecases import merging
from sharing import newsroom, total

SCRIPT = assets.folder() / "scripts" / "hub" / "serve.sh"
COPIES = Path("/var/backups/ovn-desk")
pytestmark = [
    pytest.mark.campaign,
    pytest.mark.timeout(3600),
    pytest.mark.skipif(
        os.getuid() != 0 or not shutil.which("pg_createcluster"), reason="needs root and Debian's PostgreSQL"
    ),
]


def run(*words, **options):
    return subprocess.run([*map(str, words)], check=True, capture_output=True, text=True, **options).stdout


class Server:
    """A PostgreSQL of Debian's, of a name that is nobody's."""

    def __init__(self, number):
        self.version = max((path.name for path in Path("/usr/lib/postgresql").iterdir()), key=int)
        self.name = f"ovntest{os.getpid()}{number}"
        self.database = f"news{os.getpid()}"
        run("pg_createcluster", self.version, self.name)
        self.folder = Path("/etc/postgresql") / self.version / self.name

    def serve(self, *words):
        cluster = f"{self.version}/{self.name}"
        return run("bash", SCRIPT, "--server", "localhost", "--database", self.database, "--cluster", cluster, *words)

    def files(self):
        return {path: path.read_bytes() for path in self.folder.rglob("*") if path.is_file()}

    @property
    def port(self):
        return run("pg_lsclusters", "-h", self.version, self.name).split()[2]

    def as_postgres(self, *words):
        return run("runuser", "-u", "postgres", "--", *words, cwd="/")

    def address(self, login, certificate):
        said = f"sslmode=verify-ca&sslrootcert={certificate}" if certificate else "sslmode=verify-full"
        return postgres.address(f"postgresql://{login}@localhost:{self.port}/{self.database}?{said}")


@contextmanager
def server(number):
    made = Server(number)
    try:
        yield made
    finally:
        run("pg_dropcluster", "--stop", made.version, made.name)


@pytest.fixture
def servers():
    had = COPIES.exists()
    with server(1) as one, server(2) as other:
        daily = Path("/etc/cron.daily") / f"ovn-desk-{one.database}"
        try:
            yield one, other, daily
        finally:
            daily.unlink(missing_ok=True)
            for path in COPIES.glob(f"{one.database}-*"):
                path.unlink()
            if not had:
                with suppress(OSError):
                    COPIES.rmdir()


def test_a_bare_server_becomes_a_hub_is_copied_and_moves_to_another_one(servers, tmp_path, renderer):
    first, second, daily = servers
    before = first.files()
    assert "Nothing was changed" in first.serve("--dry-run")
    assert (first.files(), daily.exists()) == (before, False)

    said = first.serve("--yes")
    owner, password = f"ovn_owner_{first.database}", re.search(r"Password +(\w{32})", said)[1]
    made = first.files()
    again = first.serve("--yes")
    assert (first.files(), again.count("already")) == (made, 7)

    with newsroom(tmp_path / "desks", renderer) as (one, other):
        shown = diagnose(first.address(owner, ""), password).certificate
        assert shown.fingerprint.replace(":", "") in re.sub(r"\s", "", said)
        pinned = certificates.trust(shown, one.store.path)
        url = first.address(owner, pinned)
        assert diagnose(url, password).problem.code == "hub-not-made"
        assert postgres.make(url, one.store, password=password) == ()  # no door is left open
        rana = postgres.add_staff(url, one.reporter.person, password=password)
        ayesha = postgres.add_staff(url, one.editor.person, password=password)
        one.approved()
        sync(one, first.address(rana.login, pinned), rana)
        run("sh", daily)
        one.draft()
        sync(one, first.address(rana.login, pinned), rana)

        second.serve("--yes")
        (copy,) = (path.with_suffix("") for path in COPIES.glob(f"{first.database}-*.dump"))
        second.as_postgres("psql", "-X", "-q", "-p", second.port, "-f", f"{copy}.roles.sql", "postgres")
        second.as_postgres(
            "pg_restore", "-p", second.port, "--clean", "--if-exists", "-C", "-d", "postgres", f"{copy}.dump"
        )
        moved = second.address(rana.login, pinned)
        found = diagnose(moved, rana.password)
        assert found.problem.code == "hub-certificate-changed"
        pinned = certificates.trust(found.certificate, one.store.path)
        assert sync(one, second.address(rana.login, pinned), rana).lost == 1
        sync(other, second.address(ayesha.login, pinned), ayesha)
        assert total(one) == total(other)
        owned = second.address(owner, pinned)
        assert postgres.remove_staff(owned, one.editor.person, password=password) == ayesha.login
        closed = diagnose(second.address(ayesha.login, pinned), ayesha.password)
        assert closed.problem.code == "hub-login-closed"


def sync(desk, url, login):
    done = postgres.sync(desk.store, url, password=login.password, settle=merging.combine)
    assert done.differs == ()
    return done
