"""The newsroom's hub: the same rows in a PostgreSQL of its own, which carries them in order and believes nobody."""

from sqlalchemy import URL

from ovn_desk.sync.postgres.addresses import address, without_password
from ovn_desk.sync.postgres.administering import (
    Limits,
    Login,
    LoginUsage,
    Status,
    add_staff,
    limit,
    login_of,
    make,
    remove_staff,
    status,
    upgrade,
)
from ovn_desk.sync.postgres.faults import LoginRefused
from ovn_desk.sync.postgres.syncing import Round, join, read_newsroom, sync, synced_at

Address = URL  # for those who have no business with SQL

__all__ = [
    "Address",
    "Limits",
    "Login",
    "LoginRefused",
    "LoginUsage",
    "Round",
    "Status",
    "add_staff",
    "address",
    "join",
    "limit",
    "login_of",
    "make",
    "read_newsroom",
    "remove_staff",
    "status",
    "sync",
    "synced_at",
    "upgrade",
    "without_password",
]
