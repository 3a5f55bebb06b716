"""Every right that anybody but an object's owner has at the hub, read from PostgreSQL's own catalogs."""

from sqlalchemy import make_url

import hubs

# Whoever owns an object has every right on it and is left out.
RIGHTS = """
database: CONNECT to STAFF
function ovn.is_staff(): EXECUTE to STAFF
policy ovn.blobs carry: a to STAFF
policy ovn.blobs read: r to STAFF
policy ovn.rows carry: a to STAFF
policy ovn.rows read: r to STAFF
schema information_schema: USAGE to PUBLIC
schema ovn: USAGE to STAFF
schema pg_catalog: USAGE to PUBLIC
table ovn.blobs.data: INSERT to STAFF
table ovn.blobs.media: INSERT to STAFF
table ovn.blobs.sha256: INSERT to STAFF
table ovn.blobs: SELECT to STAFF
table ovn.house: SELECT to STAFF
table ovn.limits: SELECT to STAFF
table ovn.rows.article: INSERT to STAFF
table ovn.rows.id: INSERT to STAFF
table ovn.rows.kind: INSERT to STAFF
table ovn.rows.packed: INSERT to STAFF
table ovn.rows.said: INSERT to STAFF
table ovn.rows.signature: INSERT to STAFF
table ovn.rows: SELECT to STAFF
table ovn.totals: SELECT to STAFF
""".strip().splitlines()

_GRANTED = """
SELECT what, coalesce(grantee.rolname, 'PUBLIC'), privilege FROM (
    SELECT 'database' AS what, datdba AS owner, (aclexplode(coalesce(datacl, acldefault('d', datdba)))).*
    FROM pg_database WHERE datname = current_database()
    UNION ALL
    SELECT 'schema ' || nspname, nspowner, (aclexplode(coalesce(nspacl, acldefault('n', nspowner)))).*
    FROM pg_namespace WHERE nspname NOT LIKE 'pg_t%'
    UNION ALL
    SELECT 'table ' || oid::regclass, relowner,
        (aclexplode(coalesce(relacl, acldefault(CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", relowner)))).*
    FROM pg_class WHERE relkind IN ('r', 'v', 'm', 'S', 'f', 'p') AND relnamespace = 'ovn'::regnamespace
    UNION ALL
    SELECT 'table ' || attrelid::regclass || '.' || attname, relowner, (aclexplode(attacl)).*
    FROM pg_attribute JOIN pg_class ON attrelid = pg_class.oid WHERE relnamespace = 'ovn'::regnamespace
    UNION ALL
    SELECT 'function ' || pg_proc.oid::regprocedure, proowner,
        (aclexplode(coalesce(proacl, acldefault('f', proowner)))).*
    FROM pg_proc WHERE pronamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
    UNION ALL
    SELECT 'type ' || pg_type.oid::regtype, typowner, (aclexplode(typacl)).*
    FROM pg_type WHERE typnamespace = 'ovn'::regnamespace AND typacl IS NOT NULL
    UNION ALL
    SELECT 'default for ' || defaclobjtype::text, defaclrole, (aclexplode(defaclacl)).* FROM pg_default_acl
    UNION ALL
    SELECT 'large object', lomowner, (aclexplode(lomacl)).* FROM pg_largeobject_metadata
) AS given (what, owner, grantor, grantee, privilege, may_pass_on)
LEFT JOIN pg_roles AS grantee ON grantee.oid = given.grantee WHERE given.grantee <> owner
UNION ALL
SELECT 'policy ' || schemaname || '.' || tablename || ' ' || policyname, unnest(roles)::text,
    CASE cmd WHEN 'SELECT' THEN 'r' WHEN 'INSERT' THEN 'a' ELSE cmd END FROM pg_policies
"""


def ask(hub, statement):
    url = make_url(hub)
    return hubs.run(url.query["host"], statement, database=url.database)


def named(hub, text):
    return text.replace(f"ovn_{make_url(hub).database}", "STAFF")


def rights(hub, execute=None):
    """One line each; `execute` asks in a transaction of one's own."""
    found = execute(_GRANTED).fetchall() if execute else ask(hub, _GRANTED)
    return sorted(named(hub, f"{what}: {privilege} to {to}") for what, to, privilege in found)
