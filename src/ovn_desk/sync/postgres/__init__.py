"""The newsroom's hub: the same rows in a PostgreSQL of its own, which refuses what a laptop can only advise against."""

from ovn_desk.sync.postgres.administering import Login, Status, add_staff, make, status
from ovn_desk.sync.postgres.connecting import Address, LoginRefused, address, shown
from ovn_desk.sync.postgres.syncing import Round, join, sync, synced_at

__all__ = [
    "Address",
    "Login",
    "LoginRefused",
    "Round",
    "Status",
    "add_staff",
    "address",
    "join",
    "make",
    "shown",
    "status",
    "sync",
    "synced_at",
]
