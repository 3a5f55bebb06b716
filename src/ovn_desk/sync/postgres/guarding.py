"""Doors beside the hub's tables: what PostgreSQL lets every login do, closed where that is possible, and else named.

Each lets a login fill the server's disk or memory past the hub's limits, or keep every other desk waiting.
"""

from sqlalchemy import Connection, text

from ovn_desk.messages import Message

_FUNCTIONS = (  # large objects, messages in the log and locks of one's own: nothing in the hub uses them
    "lo_creat(integer)",
    "lo_create(oid)",
    "lo_from_bytea(oid, bytea)",
    "lo_open(oid, integer)",
    "lo_put(oid, bigint, bytea)",
    "lowrite(integer, bytea)",
    "pg_logical_emit_message(boolean, text, text)",
    "pg_logical_emit_message(boolean, text, bytea)",
    "pg_logical_emit_message(boolean, text, text, boolean)",
    "pg_logical_emit_message(boolean, text, bytea, boolean)",
    *(
        f"pg_{verb}advisory_{kind}lock{shared}({key})"
        for verb in ("", "try_")
        for kind in ("", "xact_")
        for shared in ("", "_shared")
        for key in ("bigint", "integer, integer")
    ),
)


def close_doors(hub: Connection) -> None:
    """Revoke from everybody what a hub does not need; a login that is no superuser can do a part of it only."""
    if is_superuser(hub) and (found := _executable(hub, "public")):
        hub.exec_driver_sql(f"REVOKE EXECUTE ON FUNCTION {', '.join(found)} FROM PUBLIC")


def is_superuser(hub: Connection) -> bool:
    """Whether this connection's login is a superuser."""
    return bool(hub.execute(text("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")).scalar())


def open_doors(hub: Connection, group: str) -> tuple[Message, ...]:
    """A sentence for each door that the staff could go through, with the command that closes it."""
    return (*_of_the_database(hub, group), *_of_functions(hub, group), *_of_the_server(hub))


def open_transactions(hub: Connection) -> tuple[Message, ...]:
    """A sentence for each login of the staff that stands still in a transaction: no desk ever does, and others wait."""
    query = """SELECT usename, (extract(epoch FROM now() - xact_start) / 60)::integer FROM pg_stat_activity
               WHERE datname = current_database() AND state LIKE 'idle in transaction%'
                 AND usename IN (SELECT login FROM ovn.staff) ORDER BY xact_start"""
    return tuple(
        Message("hub-transaction-open", login=login, count=minutes) for login, minutes in hub.execute(text(query))
    )


def _of_the_database(hub: Connection, group: str) -> list[Message]:
    name = hub.execute(text("SELECT current_database()")).scalar_one()
    asked = (
        ("has_database_privilege(:group, current_database(), 'TEMP')", f"REVOKE TEMP ON DATABASE {name} FROM PUBLIC"),
        (
            "has_database_privilege(:group, current_database(), 'CREATE')",
            f"REVOKE CREATE ON DATABASE {name} FROM PUBLIC",
        ),
        (
            "to_regnamespace('public') IS NOT NULL AND has_schema_privilege(:group, 'public', 'CREATE')",
            "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        ),
    )
    return [
        Message("hub-tables-open", command=command)
        for question, command in asked
        if hub.execute(text(f"SELECT {question}"), {"group": group}).scalar()
    ]


def _of_functions(hub: Connection, group: str) -> list[Message]:
    if not (found := _executable(hub, group)):
        return []
    command = f"REVOKE EXECUTE ON FUNCTION {', '.join(found)} FROM PUBLIC;"
    return [Message("hub-functions-open", command=command)]


def _of_the_server(hub: Connection) -> list[Message]:
    if int(hub.execute(text("SHOW max_prepared_transactions")).scalar_one()):
        return [Message("hub-prepared-transactions")]
    return []


def _executable(hub: Connection, role: str) -> list[str]:
    """Those of the functions that this version of PostgreSQL has and this role may execute."""
    query = """SELECT name FROM unnest(CAST(:names AS text[])) AS name
               WHERE to_regprocedure('pg_catalog.' || name) IS NOT NULL
                 AND has_function_privilege(:role, to_regprocedure('pg_catalog.' || name), 'EXECUTE')"""
    return list(hub.execute(text(query), {"names": list(_FUNCTIONS), "role": role}).scalars())
