"""What a newsroom does to its files, each from a folder made ready for it, for campaigns that kill and cut power."""

import gc
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import ExitStack, contextmanager, redirect_stdout, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import fileops
import keyring
import saver
import sqlcipher3.dbapi2 as driver
import typer
from keyring.backend import KeyringBackend
from keyring.backends import fail

import hubs
from make import HOUSE
from ovn_desk import settings, signing
from ovn_desk.cli import desk as command_line
from ovn_desk.cli.program import app
from ovn_desk.store import ballast, migrate, open_store
from ovn_desk.text.helper import RenderHelper
from ovn_desk.usecases import housekeeping, people, spelling, templates, writing

_program = typer.main.get_command(app)
EDITS = 12
MIGRATIONS = migrate._MIGRATIONS
NEXT_SCHEMA = """from alembic import op

revision = "9999"
down_revision = "{before}"


def upgrade():
    op.execute("ALTER TABLE articles ADD COLUMN next TEXT NOT NULL DEFAULT ''")
    op.execute("CREATE TABLE next (name TEXT NOT NULL PRIMARY KEY) STRICT")
"""
PASSPHRASE = "five words nobody else knows"
STORIES = ("Draft", "Filed", "Taken", "Approved", "Published")
BODY = "The {name} story was written in one go. It has two sentences.\n\nAnd a second paragraph.\n"
AYESHA, BILAL = (("--as", name) for name in ("Ayesha Khan", "Bilal Ahmed"))
RANA = ("--as", "Rana Malik", "--passphrase-file", "words.txt")  # her key is sealed


def as_usual(_folder):
    """No keyring, and the schema of today."""
    keyring.set_keyring(fail.Keyring())
    migrate._MIGRATIONS = MIGRATIONS


@dataclass(frozen=True)
class Scenario:
    """Commands whose process is killed; `prepare` are those that come before, `begin` is done before every run.

    `lost` says what is missing that is in no store; `newest` is the last edit that a store has of those that the
    process acknowledged while it ran.
    """

    name: str
    commands: tuple[tuple[str, ...], ...] = ()
    prepare: Callable[[Path], None] = lambda _folder: None
    begin: Callable[[Path], None] = as_usual
    work: Callable[[Path], None] = lambda _folder: None
    lost: Callable[[Path], str] = lambda _folder: ""
    newest: Callable[[Path], int] | None = None
    base: str = "base"

    def act(self, folder):
        for words in self.commands:
            command(folder, *words)
        self.work(folder)


def command(folder, *words):
    """One command line in this process; raises SystemExit or DeskError as it ends."""
    os.chdir(folder)
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        os.environ[name] = str(folder / "home")
    status = _program([f"--store={folder / 'newsroom.ovn'}", *words], standalone_mode=False)
    if status:
        raise SystemExit(status)


class World:
    """The folders the scenarios begin with, each made once."""

    def __init__(self, place):
        self.place, self.folder, self.shown = place, place / "work", place / "shown"
        self.renderer = RenderHelper()

    @cached_property
    def hub(self):
        return Hub()

    def close(self):
        self.renderer.close()
        if "hub" in self.__dict__:
            self.hub.close()

    def warm_up(self):
        """Does everything once: a fork has then read all of the program, and knows every page without a process."""
        command_line.rendering = self._rendering
        ballast.BYTES = 4096
        signing._derive_key = lambda passphrase, salt: hashlib.sha256(salt + passphrase.encode()).digest()  # at once
        with Path(os.devnull).open("w") as quiet, redirect_stdout(quiet):
            for name, make in BASES.items():
                make(self.folder)
                self.folder.rename(self.place / name)
        self.renderer.close()
        gc.freeze()  # a fork's collector then leaves what it shares alone

    @contextmanager
    def _rendering(self):
        yield self.renderer

    def template(self, scenario):
        """The folder before a scenario's commands."""
        import killing

        template = self.place / f"template {scenario.name}"
        killing.fresh(self.place / scenario.base, self.folder)
        assert killing.run(scenario.prepare, self.folder)[0] == 0, f"{scenario.name} cannot be prepared"
        killing.fresh(self.folder, template)
        return template


@contextmanager
def world(place):
    place.mkdir(parents=True, exist_ok=True)
    made = World(place)
    os.environ["TMPDIR"] = str(place)
    tempfile.tempdir = str(place)
    as_usual(place)
    made.warm_up()
    try:
        yield made
    finally:
        made.close()


def nothing(folder):
    """A folder with a house file and a passphrase, and no newsroom."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / "house.toml").write_text(HOUSE, encoding="utf-8")
    (folder / "words.txt").write_text(PASSPHRASE)


def base(folder):
    """A newsroom of three people with keys, and a story in every state."""
    nothing(folder)
    command(folder, "init", "--house", "house.toml", "--name", "Bilal Ahmed")
    command(folder, "staff", "key", "add", "Ayesha Khan")
    command(folder, "staff", "key", "add", "Rana Malik", "--passphrase-file", "words.txt")
    stories = folder / "stories"
    stories.mkdir()
    for name in STORIES:
        (stories / f"{name}.md").write_text(f"# {name} story\n\n{BODY.format(name=name)}", encoding="utf-8")
    command(folder, "import", "stories", *RANA)
    over = ("--override", "Nobody reads this one.")
    for name in STORIES[1:]:
        command(folder, "file", f"{name}-story".lower(), *RANA)
    for name in STORIES[2:]:
        command(folder, "take", f"{name}-story".lower(), *AYESHA)
    for name in STORIES[3:]:
        command(folder, "take", f"{name}-story".lower(), *BILAL, "--reason", "She is ill.")
        command(folder, "approve", f"{name}-story".lower(), *BILAL, *over)
    command(folder, "export", "published-story", "--to", "site", *BILAL)
    shutil.rmtree(stories)


def colleagues(folder):
    """The same newsroom, and beside it what a colleague wrote meanwhile and handed over."""
    base(folder)
    command(folder, "bundle", "export", "--all", "--to", "mine.ovnb", *BILAL)
    other = folder / "other"
    other.mkdir()
    shutil.copytree(folder / "newsroom-keys", other / "newsroom-keys")
    command(other, "bundle", "import", str(folder / "mine.ovnb"))
    (other / "more.md").write_text("# Colleague story\n\nWritten elsewhere.\n")
    command(other, "import", "more.md", *BILAL)
    command(other, "file", "colleague-story", *BILAL)
    command(other, "bundle", "export", "--all", "--to", str(folder / "theirs.ovnb"), *BILAL)
    shutil.rmtree(other)


BASES = {"nothing": nothing, "base": base, "colleagues": colleagues}


def every(world):
    """All scenarios."""
    rana_opens = ("--passphrase-file", "words.txt")
    yield Scenario("init", (("init", "--house", "house.toml", "--name", "Bilal Ahmed"),), base="nothing")
    yield Scenario("new", (("new", "--headline", "New story", "--category", "politics", *RANA),))
    yield Scenario("import", (("import", "more", *RANA),), prepare=more_stories)
    yield Scenario("file", (("file", "draft-story", *RANA),))
    yield Scenario("take", (("take", "filed-story", *AYESHA),))
    approve = ("approve", "taken-story", *BILAL, "--override", "Nobody reads this one.")
    yield Scenario("approve", (approve,), prepare=taken_by_the_chief)
    yield Scenario("spike", (("spike", "filed-story", "--reason", "Nobody wants it.", *BILAL),))
    yield Scenario("export a site", (("export", "--all", "--to", "new-site", *BILAL),))
    yield Scenario("export it again", (("export", "--all", "--to", "site", *BILAL),))
    yield Scenario("export as JSON", (("export", "--all", "--format", "json", "--to", "json", *BILAL),))
    yield Scenario("export a zip", (("export", "--all", "--zip", "--to", "site.zip", *BILAL),))
    yield Scenario("annotated copy", (("annotate", "taken-story", "--to", "copy.html"),))
    yield Scenario("bundle export", (("bundle", "export", "--all", "--to", "story.ovnb", *BILAL),))
    yield Scenario("bundle import", (("bundle", "import", "theirs.ovnb"),), base="colleagues")
    yield Scenario("set up from a bundle", (("bundle", "import", "theirs.ovnb"),), base="colleagues", prepare=no_store)
    yield Scenario("backup", (("backup",),))
    yield Scenario("backup elsewhere", (("backup", "--to", "stick"),))
    yield Scenario("restore", (("restore", "newer.ovn"),), prepare=older_than_its_backup)
    yield Scenario("restore a lost store", (("restore", "copy.ovn"),), prepare=lost_store)
    yield Scenario(
        "update an older store", (("list",),), prepare=list_that_lies, begin=with_the_next_schema(world.place)
    )
    yield Scenario("staff add", (("staff", "add", "Omar Latif", "--role", "editor"),))
    yield Scenario("staff add, passphrase", (("staff", "add", "Omar Latif", *rana_opens),))
    yield Scenario("staff invite", (("staff", "invite", "Omar Latif", "--to", "omar.ovn-invitation"),))
    yield Scenario("join", (("join", "omar.ovn-invitation"),), prepare=invited_to_another_computer)
    yield Scenario("staff role", (("staff", "role", "Rana Malik", "editor"),))
    yield Scenario("staff retire", (("staff", "retire", "Rana Malik"),))
    yield Scenario("key add", (("staff", "key", "add", "Rana Malik"),), prepare=without_ranas_key)
    yield Scenario("key replace", (("staff", "key", "replace", "Ayesha Khan"),))
    yield Scenario("key replace, the only chief", (("staff", "key", "replace", "Bilal Ahmed", *rana_opens),))
    ringed = {"begin": with_ring(world.place), "lost": lost_in_ring(world.place)}
    yield Scenario("key replace, keyring", (("staff", "key", "replace", "Ayesha Khan"),), **ringed)
    yield Scenario("staff add, keyring", (("staff", "add", "Omar Latif"),), **ringed)
    yield Scenario("house", work=change_house)
    yield Scenario("rebuild", (("doctor", "--rebuild"),))
    yield Scenario("small files", work=small_files)
    yield Scenario("autosave", work=autosave(world.shown), begin=forget(world.shown), newest=newest_edit)
    yield Scenario(
        "sync", (("sync", world.hub.address),), prepare=world.hub.prepare, begin=world.hub.begin, base="colleagues"
    )


def more_stories(folder):
    (folder / "more").mkdir()
    for number in range(3):
        (folder / "more" / f"{number}.md").write_text(f"# Story {number}\n\nNumber {number} came in.\n")


def taken_by_the_chief(folder):
    command(folder, "take", "taken-story", *BILAL, "--reason", "She is ill.")


def no_store(folder):
    for path in folder.glob("newsroom*"):
        if path.is_file():
            path.unlink()


def invited_to_another_computer(folder):
    command(folder, "staff", "invite", "Omar Latif", "--to", "omar.ovn-invitation")
    no_store(folder)
    shutil.rmtree(folder / "newsroom-keys")


def older_than_its_backup(folder):
    """A store that lacks what its backup has."""
    shutil.copy(folder / "newsroom.ovn", folder / "before.ovn")
    more_stories(folder)
    command(folder, "import", "more", *RANA)
    command(folder, "file", "draft-story", *RANA)
    command(folder, "backup", "--to", ".")
    shutil.rmtree(folder / "more")
    shutil.rmtree(folder / "newsroom-backups")
    (made,) = folder.glob("newsroom-*-backup.ovn")
    made.rename(folder / "newer.ovn")
    (folder / "before.ovn").rename(folder / "newsroom.ovn")


def lost_store(folder):
    command(folder, "backup", "--to", ".")
    (made,) = folder.glob("newsroom-*-backup.ovn")
    made.rename(folder / "copy.ovn")
    no_store(folder)


def list_that_lies(folder):
    """What is derived is made anew when the schema changes, so this is not seen again."""
    connection = driver.connect(str(folder / "newsroom.ovn"), isolation_level=None)
    connection.execute("UPDATE articles SET words = 0")
    connection.close()


def with_the_next_schema(place):
    """As the desk will be that has one more migration."""

    def begin(folder):
        as_usual(folder)
        made = place / "migrations"
        if not made.exists():
            shutil.copytree(MIGRATIONS, made)
            (made / "versions" / "9999_next.py").write_text(NEXT_SCHEMA.format(before=migrate.newest()))
        migrate._MIGRATIONS = made

    return begin


def without_ranas_key(folder):
    command(folder, "staff", "key", "retire", "Rana Malik")


def change_house(folder):
    store = open_store(folder / "newsroom.ovn")
    with store.read() as reading:
        chief = people.signer(store, reading.person("Bilal Ahmed"))
    housekeeping.change_house(store, HOUSE.replace("Checked. Twice.", "Checked. Thrice."), by=chief)
    store.close()


def small_files(folder):
    """What a person sets: preferences, words, snippets."""
    home = folder / "home"
    settings.write_preferences(home / "preferences.json", settings.Preferences(pixels=17))
    spelling.add_word("Gilgit", to=home / "words.txt")
    with suppress(templates.DeskError):
        templates.keep_snippet("A line", "Words that come often.", own=home / "snippets")


def autosave(shown):
    """The window's own saving, without a window: twelve edits, from the newest that is there."""

    def work(folder):
        def show(number):
            fileops.mark(f"saved {number}")
            with shown.open("a") as file:
                file.write(f"{number}\n")

        path = folder / "newsroom.ovn"
        store = open_store(path)
        with store.read() as reading:
            article = reading.find("draft-story")
        store.close()
        if (number := newest_edit(folder)) < EDITS:
            saver.save_on(path, article, number, show, until=EDITS)

    return work


def forget(shown):
    def begin(folder):
        as_usual(folder)
        shown.unlink(missing_ok=True)

    return begin


def newest_edit(folder):
    store = open_store(folder / "newsroom.ovn")
    with store.read() as reading:
        content = writing.text_of(reading, reading.find("draft-story"))
    store.close()
    words = content.headline.split()
    assert words[0] != "Edit" or content.body.split("\n")[0] == content.headline, "half of an edit was kept"
    return int(words[1]) if words[0] == "Edit" else 0


class Hub:
    """A database to sync with, the same before every run; its server is started when the first asks."""

    address, made, used = "", "kills_made", "kills_used"

    def __init__(self):
        self._open = ExitStack()
        self.socket = self._open.enter_context(hubs.server())
        self.address = self._address(self.used)
        self._make(self.made)

    def close(self):
        self._open.close()

    def prepare(self, folder):
        command(folder, "hub", "init", self._address(self.made))
        other = folder / "other"
        other.mkdir()
        shutil.copytree(folder / "newsroom-keys", other / "newsroom-keys")
        command(other, "bundle", "import", str(folder / "theirs.ovnb"))
        command(other, "sync", self._address(self.made))
        shutil.rmtree(other)

    def begin(self, folder):
        as_usual(folder)
        self._make(self.used, f"TEMPLATE {self.made}")

    def _make(self, name, words=""):
        hubs.run(self.socket, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        hubs.run(self.socket, f"CREATE DATABASE {name} {words}")

    def _address(self, name):
        return f"postgresql://postgres@/{name}?host={self.socket}"


class FileRing(KeyringBackend):
    """A keyring in a file, which lives on when the process is killed."""

    priority = 5

    def __init__(self, path):
        super().__init__()
        self.path = path

    def kept(self):
        return json.loads(self.path.read_text()) if self.path.exists() else {}

    def get_password(self, _service, username):
        return self.kept().get(username)

    def set_password(self, _service, username, password):
        self._write(self.kept() | {username: password})

    def delete_password(self, _service, username):
        self._write({name: secret for name, secret in self.kept().items() if name != username})

    def _write(self, kept):
        self.path.with_suffix(".part").write_text(json.dumps(kept))
        self.path.with_suffix(".part").replace(self.path)


def with_ring(place):
    """An empty keyring, for this process and its forks."""

    def begin(_folder):
        (place / "ring.json").unlink(missing_ok=True)
        keyring.set_keyring(FileRing(place / "ring.json"))

    return begin


def lost_in_ring(place):
    """Secrets of the keyring that no key file names: nobody would ever find or delete them."""

    def lost(folder):
        named = {json.loads(file.read_text()).get("keyring") for file in folder.glob("newsroom-keys/*.json")}
        left = set(FileRing(place / "ring.json").kept()) - named
        return f"in the keyring for nobody: {left}" if left else ""

    return lost
