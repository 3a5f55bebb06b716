"""Bringing a store's schema up to date: Alembic in process, after a verified backup."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine

from ovn_desk.domain.errors import DeskError
from ovn_desk.store import backup

if TYPE_CHECKING:
    from alembic.script import ScriptDirectory

_MIGRATIONS = Path(__file__).with_name("migrations")
SIGNED = "0010"  # the schema from which on every record is signed


class UnsignedStoreError(DeskError):
    """A store of the first version, whose records nobody signed; it is left as it is."""

    def __init__(self, path: Path) -> None:
        super().__init__("store-unsigned", path=path)


def upgrade(engine: Engine, path: Path, rebuild: Callable[[Connection], None], *, is_copy: bool = False) -> None:
    """Runs the missing migrations in one transaction; refuses a store that a newer program wrote.

    `rebuild` makes anew what is derived, in the same transaction. Before it a backup is made, unless the store at
    `path` is a copy itself.
    """
    found = current(engine)
    if found == newest():  # the usual case costs no import of the scripts
        return
    script = _scripts()
    known = {revision.revision for revision in script.walk_revisions()}
    if found is not None and found not in known:
        raise DeskError("store-too-new", schema=found)
    if found is not None and not is_copy:
        backup.make(engine, path, reason="before-update")
    _run(engine, script, rebuild if found is not None else lambda _connection: None)


def make(engine: Engine) -> None:
    """Makes everything in an empty database."""
    _run(engine, _scripts(), lambda _connection: None)


def current(engine: Engine) -> str | None:
    """The schema that a store has; none in an empty file."""
    with engine.connect() as connection:
        tables = connection.exec_driver_sql(
            "SELECT count(*) FROM sqlite_schema WHERE name='alembic_version'"
        ).scalar_one()
        return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() if tables else None


def newest() -> str:
    """The name of the newest schema: the last migration file's number."""
    return max(file.stem[:4] for file in (_MIGRATIONS / "versions").glob("[0-9]*.py"))


def _scripts() -> "ScriptDirectory":
    from alembic.config import Config  # its import takes as long as opening the store
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    return ScriptDirectory.from_config(config)


def _run(engine: Engine, script: "ScriptDirectory", rebuild: Callable[[Connection], None]) -> None:
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext

    from ovn_desk.store.schema import metadata

    context = EnvironmentContext(
        Config(),
        script,
        fn=lambda current, _: script._upgrade_revs("head", current),  # noqa: SLF001
    )
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        context.configure(connection=connection, target_metadata=metadata, transactional_ddl=False)
        context.run_migrations()
        rebuild(connection)
        connection.commit()
