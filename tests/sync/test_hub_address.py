"""A hub's address: as fields, as text, and what is the matter with it when it is tried out."""

import socket

import pytest
from sqlalchemy import make_url

import hub_fronts
import hubs
from ovn_desk.domain.errors import DeskError
from ovn_desk.sync import postgres
from ovn_desk.sync.postgres import certificates, diagnosing, lines
from ovn_desk.sync.postgres.addresses import Encryption, HubFields, split

PORT = 5432


@pytest.mark.parametrize(
    ("text", "fields", "password"),
    [
        ("postgresql://rana@hub.example/news", ("hub.example", PORT, "news", "rana", "checked", ""), ""),
        (
            "postgres://rana:s%40crt@hub.example:6543/news",
            ("hub.example", 6543, "news", "rana", "checked", ""),
            "s@crt",
        ),
        (
            "  postgresql://rana@hub.example/news?sslmode=require&channel_binding=require\n",
            ("hub.example", PORT, "news", "rana", "unchecked", ""),
            "",
        ),
        (
            "postgresql://rana@hub.example/news?sslmode=verify-ca&sslrootcert=/a/hub.crt",
            ("hub.example", PORT, "news", "rana", "pinned", "/a/hub.crt"),
            "",
        ),
        (
            "postgresql://rana@hub.example/news?sslmode=disable",
            ("hub.example", PORT, "news", "rana", "checked", ""),
            "",
        ),
        ("postgresql://rana@localhost/news", ("localhost", PORT, "news", "rana", "local", ""), ""),
        ("postgresql://rana@/news?host=/run/pg", ("/run/pg", PORT, "news", "rana", "local", ""), ""),
    ],
)
def test_a_pasted_address_fills_the_fields_and_comes_back_whole(text, fields, password):
    found, secret = split(text)
    assert (tuple(map(str, found_parts(found))), secret) == (tuple(map(str, fields)), password)
    url = found.url()
    assert url.password is None
    assert split(postgres.without_password(url))[0] == found


def found_parts(found):
    return found.server, found.port, found.database, found.login, found.encryption, found.certificate


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (HubFields(database="news", login="rana"), "Name the server"),
        (HubFields(server="hub.example", login="rana"), "name of the database"),
        (HubFields(server="hub.example", database="news"), "Type your login"),
    ],
)
def test_what_is_missing_is_named(fields, words):
    with pytest.raises(DeskError, match=words):
        fields.url()


def test_off_this_computer_the_line_is_encrypted_whatever_was_chosen():
    assert HubFields("hub.example", PORT, "news", "rana", Encryption.LOCAL).url().query["sslmode"] == "require"


# Trying out


def tried(address, password="", **given):
    return diagnosing.diagnose(postgres.address(address), password, **given)


def code(address, password="", **given):
    """What is the matter; the words of no other program are said about it."""
    problem = tried(address, password, **given).problem
    said = str(problem or "")
    assert not any(word in said for word in ("FATAL", "libpq", "psycopg", "\n", "sslmode"))
    return problem.code if problem else ""


def behind(port, database, login="rana_malik", **options):
    """The hub by its network address."""
    said = "&".join(f"{name}={value}" for name, value in options.items())
    return f"postgresql://{login}@127.0.0.1:{port}/{make_url(database).database}?{said}"


def newsroom_of(desk):
    with desk.store.read() as reading:
        return reading.roster().founding


def test_a_hub_that_is_in_order_has_nothing_the_matter(desks, hub):
    assert code(hub, newsroom=newsroom_of(desks[0])) == ""
    assert code(hubs.login(hub, "rana_malik"), newsroom=newsroom_of(desks[0])) == ""


def test_what_is_the_matter_with_the_server_is_told_apart(database, tmp_path):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        free = closed.getsockname()[1]
    name = make_url(database).database
    assert code(f"postgresql://x@nosuchhub.invalid/{name}") == "hub-name-unknown"
    assert code(f"postgresql://x@127.0.0.1:{free}/{name}?sslmode=require") == "hub-connection-refused"
    assert code(f"postgresql://x@127.0.0.1:{free}/{name}") == "hub-connection-refused"
    assert code(f"postgresql://x@/{name}?host={tmp_path}") == "hub-connection-refused"
    with hub_fronts.front(make_url(database).query["host"]) as port:
        assert code(behind(port, database, sslmode="require")) == "hub-offers-no-encryption"
        with (
            pytest.raises(DeskError, match="offers no encryption"),
            postgres.connecting.connect(postgres.address(behind(port, database, sslmode="require"))),
        ):
            pass
    with hub_fronts.front(answer=b"HTTP/1.1 400") as port:
        assert code(behind(port, database, sslmode="require")) == "hub-not-postgresql"
        assert code(behind(port, database)) == "hub-not-postgresql"


def test_what_is_the_matter_with_the_database_is_told_apart(desks, database, tmp_path, renderer):
    url, house = postgres.address(database), newsroom_of(desks[0])
    assert code(database.replace("/hub", "/nohub")) == "hub-database-missing"
    assert code(database) == "hub-not-made"
    postgres.make(url, desks[0].store)
    assert code(database, newsroom=house) == ""
    assert code(database, newsroom="0" * 64) == "hub-of-other-newsroom"
    name, at = url.database, url.query["host"]
    hubs.run(at, f"CREATE ROLE guest_{name} LOGIN IN ROLE ovn_{name}")
    assert code(hubs.login(database, f"guest_{name}")) == "hub-not-let-in"
    hubs.run(at, f"ALTER ROLE guest_{name} NOLOGIN")
    assert code(hubs.login(database, f"guest_{name}")) == "hub-login-closed"
    hubs.run(at, f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    assert code(database) == "hub-read-only"
    with pytest.raises(DeskError, match="takes nothing in"):
        hubs.sync(desks[0], database)
    hubs.run(at, f"ALTER DATABASE {name} RESET default_transaction_read_only")
    for number, expected in ((99, "hub-too-new"), (0, "hub-too-old")):
        hubs.run(at, f"UPDATE ovn.house SET format = {number}", database=name)
        assert code(database) == expected


def test_name_and_password_are_asked_for_and_refused(desks, hub):
    made = postgres.add_staff(postgres.address(hub), desks[0].reporter)
    hubs.demand_password(hub, made.login)
    address = hubs.login(hub, made.login)
    assert code(address) == "hub-password-wanted"
    assert code(address, "wrong") == "hub-login-refused"
    assert code(address, made.password) == ""
    assert code(hubs.login(hub, "nobody_here")) == "hub-login-refused"


def test_a_network_that_is_not_let_in_gets_the_line_to_ask_for(desks, hub):
    hubs.demand_password(hub, "rana_malik", how="reject")
    problem = tried(hubs.login(hub, "rana_malik")).problem
    assert problem.code == "hub-not-admitted"
    assert f"hostssl {make_url(hub).database} rana_malik all scram-sha-256" in str(problem)


# As PostgreSQL 15 whose only lines are hostssl says it: the library's second try is without encryption.
REFUSED_TWICE = (
    'FATAL:  password authentication failed for user "rana"\nconnection failed: '
    'FATAL:  no pg_hba.conf entry for host "127.0.0.1", user "rana", database "news", no encryption'
)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("FATAL:  Passwort-Authentifizierung für Benutzer »rana« fehlgeschlagen", "hub-login-refused"),
        ("FATAL:  Datenbank »news« existiert nicht", "hub-database-missing"),
        ("FATAL:  la base de données « news » n'existe pas", "hub-database-missing"),
        (
            'FATAL:  no pg_hba.conf entry for host "10.1.2.3", user "rana", database "news", no encryption',
            "hub-not-admitted",
        ),
        (REFUSED_TWICE, "hub-login-refused"),
        ("FATAL:  kein pg_hba.conf-Eintrag für Host »10.1.2.3«, Benutzer »rana«, Datenbank »news«", "hub-not-admitted"),
        ('FATAL:  role "rana" does not exist', "hub-login-refused"),
        ('FATAL:  database "news" does not exist', "hub-database-missing"),
        ("FATAL:  the database system is starting up", "hub-stopping"),
        ('FATAL:  database "news" is not currently accepting connections', "hub-stopping"),
        ("FATAL:  sorry, too many clients already", "hub-too-many-desks"),
    ],
)
def test_servers_of_other_languages_are_understood(said, expected):
    from ovn_desk.sync.postgres import faults

    whole = f'connection failed: connection to server at "hub.example" (192.0.2.1), port 5432 failed: {said}'
    assert faults._code_of(whole, postgres.address("postgresql://rana@hub.example/news")) == expected


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("53100", "The disk of the hub .* is full. Nothing is lost"),
        ("25006", "takes nothing in"),
        ("53300", "too many desks"),
        ("57P03", "is stopping or starting"),
        ("55P03", "did not answer in time"),
        ("42501", "may not do that"),
        ("55000", "is stopping or starting"),
    ],
)
def test_what_befalls_a_hub_in_the_middle_of_a_round_is_said_with_what_to_do(database, state, words):
    raises = f"DO $$ BEGIN RAISE EXCEPTION 'at the server' USING ERRCODE = '{state}'; END $$"
    with (
        pytest.raises(DeskError, match=words) as found,
        postgres.connecting.connect(postgres.address(database)) as connection,
    ):
        connection.exec_driver_sql(raises)
    assert "at the server" not in str(found.value)


# Certificates


@pytest.fixture
def signed(tmp_path):
    """A certificate that signed itself, as Debian makes one."""
    return hub_fronts.Certificate(tmp_path)


def test_a_certificate_that_signed_itself_is_shown_trusted_by_hand_and_then_the_only_one(desks, hub, signed, tmp_path):
    checked = {"sslmode": "verify-full", "sslrootcert": "system"}
    with hub_fronts.front(make_url(hub).query["host"], certificate=signed) as port:
        found = tried(behind(port, hub, **checked))
        assert (found.problem.code, found.certificate.fingerprint) == ("hub-certificate-unknown", signed.number)
        assert found.certificate.is_self_signed
        loose = tried(behind(port, hub, sslmode="require"))
        assert (loose.problem, loose.certificate.problem.code) == (None, "hub-certificate-unknown")
        with pytest.raises(DeskError, match="does not prove that it is the hub"):
            hubs.sync(desks[0], behind(port, hub, **checked))
        path = certificates.trust(found.certificate, tmp_path / "rana.ovn")
        pinned = {"sslmode": "verify-ca", "sslrootcert": path}
        assert tried(behind(port, hub, **pinned)).problem is None
        assert hubs.sync(desks[0], behind(port, hub, **pinned)).differs == ()
    other = hub_fronts.Certificate(tmp_path, "other")
    with hub_fronts.front(make_url(hub).query["host"], certificate=other) as port:
        found = tried(behind(port, hub, **pinned))
        assert (found.problem.code, found.certificate.fingerprint) == ("hub-certificate-changed", other.number)
        with pytest.raises(DeskError, match="does not prove that it is the hub"):
            hubs.sync(desks[0], behind(port, hub, **pinned))
        (tmp_path / "rana-hub.crt").unlink()
        assert code(behind(port, hub, **pinned)) == "hub-certificate-file-missing"
        with pytest.raises(DeskError, match="no longer on this computer"):
            hubs.sync(desks[0], behind(port, hub, **pinned))


def test_what_is_the_matter_with_a_certificate_is_told_apart(hub, tmp_path, monkeypatch):
    authority = hub_fronts.Certificate(tmp_path, "authority", is_authority=True)
    faults = {
        "hub-certificate-expired": {"days": (-30, -1)},
        "hub-certificate-early": {"days": (2, 30)},
        "hub-certificate-other-name": {"names": ("elsewhere.example",)},
        "": {},
    }
    at, checked = make_url(hub).query["host"], {"sslmode": "verify-full", "sslrootcert": "system"}
    for expected, given in faults.items():
        shown = hub_fronts.Certificate(tmp_path, signed_by=authority, **given)
        with hub_fronts.front(at, certificate=shown) as port:
            monkeypatch.delenv("SSL_CERT_FILE", raising=False)
            if not expected:
                found = tried(behind(port, hub, **checked))
                assert found.problem.code == "hub-certificate-of-own-authority"
                path = certificates.trust_file(authority.path, tmp_path / "rana.ovn")
                assert code(behind(port, hub, sslmode="verify-ca", sslrootcert=path)) == ""
            monkeypatch.setenv("SSL_CERT_FILE", str(authority.path))
            assert code(behind(port, hub, **checked)) == expected


def test_a_file_without_a_certificate_is_not_trusted(tmp_path):
    file = tmp_path / "notes.txt"
    file.write_text("Ask for it again.")
    with pytest.raises(DeskError, match="holds no certificate"):
        certificates.trust_file(file, tmp_path / "rana.ovn")
    assert list(tmp_path.iterdir()) == [file]


# Breaking off


def test_a_test_that_nobody_waits_for_ends_at_once(database):
    with hub_fronts.front(answer=b"") as port:
        asked = []

        def go_on():
            asked.append(1)
            return len(asked) < 3

        with pytest.raises(lines.BrokenOff):
            tried(behind(port, database, sslmode="require"), go_on=go_on)


def test_a_server_that_says_nothing_is_given_up(database, monkeypatch):
    monkeypatch.setattr(lines, "LIMIT_S", 0.3)
    with hub_fronts.front(answer=b"") as port:
        assert code(behind(port, database, sslmode="require")) == "hub-unreachable"
