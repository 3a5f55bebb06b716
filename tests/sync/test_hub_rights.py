"""Who may do what at the hub, read from PostgreSQL's own catalogs: a right more or a right less makes this fail."""

import re

import psycopg
import pytest
from sqlalchemy import make_url

import hubs
from hub_rights import RIGHTS, ask, named, rights
from ovn_desk.domain.errors import DeskError
from ovn_desk.sync import postgres

# name, whether it runs with the owner's rights, and with which settings
FUNCTIONS = """
add_up: definer, search_path=pg_catalog, pg_temp
is_staff: definer, search_path=pg_catalog, pg_temp
never: invoker, search_path=pg_catalog, pg_temp
next_place: invoker, search_path=pg_catalog, pg_temp
take_file: definer, search_path=pg_catalog, pg_temp
take_row: definer, search_path=pg_catalog, pg_temp
""".strip().splitlines()

TRIGGERS = """
blobs never: BEFORE STATEMENT DELETE UPDATE TRUNCATE ovn.never() O
blobs take: BEFORE ROW INSERT ovn.take_file() O
rows add_up: AFTER STATEMENT INSERT ovn.add_up() O
rows never: BEFORE STATEMENT DELETE UPDATE TRUNCATE ovn.never() O
rows take: BEFORE ROW INSERT ovn.take_row() O
""".strip().splitlines()

ROLES = """
STAFF: inherits, in nothing
rana_malik: inherits, logs in, 8 at once, in STAFF
""".strip().splitlines()


def test_the_rights_at_the_hub_are_these_and_no_others(hub):
    assert rights(hub) == RIGHTS


def test_functions_run_with_a_fixed_path_and_with_the_owners_rights_only_where_they_must(hub):
    query = """SELECT proname, prosecdef, proconfig FROM pg_proc
               WHERE pronamespace = 'ovn'::regnamespace ORDER BY proname"""
    found = [
        f"{name}: {'definer' if is_definer else 'invoker'}, {config[0]}" for name, is_definer, config in ask(hub, query)
    ]
    assert found == FUNCTIONS


def test_the_triggers_are_these_and_are_on(hub):
    query = """SELECT tgrelid::regclass::text, tgname, tgtype, tgfoid::regprocedure::text, tgenabled FROM pg_trigger
               WHERE NOT tgisinternal ORDER BY 1, 2"""
    found = []
    for table, name, kind, function, is_on in ask(hub, query):
        verbs = [verb for bit, verb in ((4, "INSERT"), (8, "DELETE"), (16, "UPDATE"), (32, "TRUNCATE")) if kind & bit]
        time, level = "BEFORE" if kind & 2 else "AFTER", "ROW" if kind & 1 else "STATEMENT"
        found.append(f"{table.removeprefix('ovn.')} {name}: {time} {level} {' '.join(verbs)} {function} {is_on}")
    assert found == TRIGGERS


def test_roles_have_no_power_beyond_their_own_login(hub):
    query = f"""SELECT rolname, rolinherit, rolcanlogin, rolconnlimit,
                rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls,
                ARRAY(SELECT m.roleid::regrole::text FROM pg_auth_members m WHERE m.member = pg_roles.oid)
                FROM pg_roles WHERE rolname IN ('rana_malik', 'ovn_{make_url(hub).database}') ORDER BY rolname"""
    found = []
    for name, inherits, logs_in, most, is_mighty, groups in ask(hub, query):
        words = ["inherits"] * inherits + ["logs in"] * logs_in + [f"{most} at once"] * (most >= 0)
        words += ["IS MIGHTY"] * is_mighty + [f"in {' '.join(groups) or 'nothing'}"]
        found.append(named(hub, f"{name}: {', '.join(words)}"))
    assert found == ROLES


GRANTS = [
    "GRANT TEMP ON DATABASE {database} TO PUBLIC",
    "GRANT EXECUTE ON FUNCTION ovn.add_up() TO PUBLIC",
    "CREATE FUNCTION ovn.more() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "GRANT USAGE ON SEQUENCE ovn.places TO PUBLIC",
    "GRANT SELECT ON ovn.staff TO rana_malik",
    "GRANT INSERT (carrier) ON ovn.rows TO {staff}",
    "GRANT CREATE ON SCHEMA public TO PUBLIC",
    "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC",
    "CREATE VIEW ovn.seen AS SELECT * FROM ovn.staff; GRANT SELECT ON ovn.seen TO PUBLIC",
    "CREATE POLICY more ON ovn.rows FOR UPDATE TO PUBLIC USING (true)",
]


def test_the_list_notices_a_right_that_is_new(hub):
    url = make_url(hub)
    with psycopg.connect(host=url.query["host"], dbname=url.database, user="postgres") as line:
        for grant in GRANTS:
            line.execute(grant.format(database=url.database, staff=f"ovn_{url.database}"))
            assert rights(hub, line.execute) != RIGHTS, grant
            line.rollback()
        assert rights(hub, line.execute) == RIGHTS


def test_what_every_login_has_of_postgresql_itself_and_the_hub_does_not_need_is_taken_away(hub):
    """Large objects, messages in the log and advisory locks: by name, so that a new kind of them is seen."""
    query = f"""SELECT oid::regprocedure::text FROM pg_proc
                WHERE has_function_privilege('ovn_{make_url(hub).database}', oid, 'EXECUTE')
                AND (proname LIKE 'lo%' OR proname LIKE '%advisory%' OR proname LIKE 'pg_logical_emit%')"""
    found = {re.sub(r"\(.*", "", name) for (name,) in ask(hub, query)}
    harmless = {"pg_advisory_unlock", "pg_advisory_unlock_all", "pg_advisory_unlock_shared"}
    reading = {"lo_close", "lo_get", "lo_lseek", "lo_lseek64", "lo_tell", "lo_tell64", "lo_truncate", "lo_truncate64"}
    texts = {
        name for name in found if name in {"log", "log10", "lower", "lower_inc", "lower_inf", "loread", "lo_unlink"}
    }
    assert found - harmless - reading - texts == set()
    assert postgres.status(postgres.address(hub)).doors == ()


def test_a_door_that_is_open_is_named_with_the_command_that_closes_it(hub):
    name = make_url(hub).database
    doors = [
        (f"GRANT TEMP ON DATABASE {name} TO PUBLIC", f"REVOKE TEMP ON DATABASE {name} FROM PUBLIC"),
        ("GRANT CREATE ON SCHEMA public TO PUBLIC", "REVOKE ALL ON SCHEMA public FROM PUBLIC"),
        ("GRANT EXECUTE ON FUNCTION lo_create(oid) TO PUBLIC", "REVOKE EXECUTE ON FUNCTION lo_create(oid) FROM PUBLIC"),
    ]
    for opening, _ in doors:
        ask(hub, opening)
    found = postgres.status(postgres.address(hub)).doors
    assert len(found) == len(doors)
    for said, (_, closing) in zip(found, doors, strict=True):
        assert closing in str(said)
        ask(hub, closing)
    assert postgres.status(postgres.address(hub)).doors == ()
    assert postgres.status(postgres.address(hubs.login(hub, "rana_malik"))).doors == ()


def test_who_is_kept_out_is_out_at_once_and_may_be_let_in_again(desks, hub):
    url, rana = postgres.address(hub), desks[0].reporter
    assert postgres.remove_staff(url, rana) == "rana_malik"
    with pytest.raises(DeskError):
        hubs.sync(desks[0], hubs.login(hub, "rana_malik"))
    with pytest.raises(DeskError, match="has no login at this hub"):
        postgres.remove_staff(url, rana)
    assert postgres.add_staff(url, rana).login == "rana_malik"
    assert hubs.sync(desks[0], hubs.login(hub, "rana_malik")).differs == ()


def test_a_rented_database_whose_owner_is_no_superuser_is_a_hub_with_its_open_doors_named(desks, server):
    with hubs.database(server) as address:
        name = make_url(address).database
        hubs.run(server, f"CREATE ROLE tenant_{name} LOGIN CREATEROLE")
        hubs.run(server, f"ALTER DATABASE {name} OWNER TO tenant_{name}")
        url = postgres.address(hubs.login(address, f"tenant_{name}"))
        doors = postgres.make(url, desks[0].store)
        assert any("lo_create(oid)" in str(door) for door in doors)
        assert not any("tables of their own" in str(door) for door in doors)
        login = postgres.add_staff(url, desks[0].reporter).login
        assert hubs.sync(desks[0], hubs.login(address, login)).differs == ()
        assert postgres.status(url).staff == (("Rana Malik", login),)
        with psycopg.connect(host=server, dbname=name, user=login) as line:
            line.execute("SELECT count(*) FROM ovn.rows")
            assert [str(sentence).partition(" has")[0] for sentence in postgres.status(url).waits] == [login]
            assert postgres.remove_staff(url, desks[0].reporter) == login
            with pytest.raises(psycopg.OperationalError):
                line.execute("SELECT 1")
        hubs.run(server, f"ALTER DATABASE {name} OWNER TO postgres")
        hubs.run(server, f"DROP OWNED BY tenant_{name}", database=name)
