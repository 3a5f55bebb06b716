"""Two people at two laptops of one newsroom, what goes between them, and what must hold whatever they do."""

import shutil
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import oracle
from laptop import Laptop
from line import Line

import claims
import hubs
from ovn_desk.store import open_store
from ovn_desk.sync import postgres
from ovn_desk.usecases import keys

REPORTER, EDITOR, CHIEF = "Rana Malik", "Ayesha Khan", "Bilal Ahmed"


class Newsroom:
    """The laptops, perhaps a hub; `check` holds what every window says against what the stores hold."""

    def __init__(self, renderer, folder, *, names=("rana", "ayesha")):
        self.laptops = [Laptop(renderer, folder / name) for name in names]
        self.folder, self.server, self.database = folder, "", ""
        self.line, self.logins, self._copies = None, {}, []
        self._seen_hubs = {}
        """What the hub held when each laptop saw it last: what became of it since nobody there can know."""
        for one in self.laptops:
            one.saw_hub = partial(self._note_hub, one)
        self.typed = set()
        self.forgiven = ()
        """Sentences about faults that are known and are looked past, while others are looked for."""
        self._number = 0

    def word(self):
        """A word that was never typed before, and must be found for ever after."""
        self._number += 1
        word = f"zq{self._number}x"
        self.typed.add(word)
        return word

    def use_hub(self, socket, address):
        """Makes the newsroom's hub, lets everybody in, and names it in each window."""
        first = self.laptops[0].start.store
        postgres.make(postgres.address(address), first)
        self.reach_hub(socket, address)
        with first.read() as reading:
            staff = reading.staff()
        for one in staff:
            self.give_login(one)
        for one in self.laptops:
            if one.start is not None:
                one.names_hub(self.address_for(one.space.session.person.name))

    def reach_hub(self, socket, address):
        """There is a hub in this database, behind a line that can be cut."""
        self.server, self.database, self.line = socket, postgres.address(address).database, Line(socket)

    def give_login(self, person):
        """Lets somebody in at the hub's server."""
        url = postgres.address(f"postgresql://postgres@/{self.database}?host={self.server}")
        self.logins[person.name] = postgres.add_staff(url, person).login

    def meet(self):
        """Rounds at all laptops, until everybody has everything."""
        for one in (*self.laptops, *self.laptops):
            if one.start is not None:
                assert one.syncs() == ""

    @contextmanager
    def asking_password(self, name, password):
        """Meanwhile the server asks for somebody's password."""
        file = Path(hubs.run(self.server, "SHOW hba_file")[0][0])
        login, before = self.logins[name], file.read_text()
        hubs.run(self.server, f"ALTER ROLE {login} PASSWORD '{password}'")
        for text in (f"local {self.database} {login} scram-sha-256\n{before}", before):
            file.write_text(text)
            hubs.run(self.server, "SELECT pg_reload_conf()")
            if text is not before:
                yield

    def address_for(self, name):
        """Where somebody finds the hub."""
        return f"postgresql://{self.logins[name]}@/{self.database}?host={self.line.folder}"

    def move_hub(self):
        """The server has another address from now on; nobody answers at the old one."""
        old, self.line = self.line, Line(self.server)
        old.close()

    def back_up_hub(self):
        """What a backup of the hub's server holds; gives its name."""
        copy = f"{self.database}_copy"
        self._end_connections(self.database)
        hubs.run(self.server, f"CREATE DATABASE {copy} TEMPLATE {self.database}")
        self._copies.append(copy)
        return copy

    def set_hub_back(self, copy):
        """The server was set up anew from its backup."""
        self._end_connections(copy)
        hubs.run(self.server, f"DROP DATABASE {self.database} WITH (FORCE)")
        hubs.run(self.server, f"ALTER DATABASE {copy} RENAME TO {self.database}")

    def _end_connections(self, database):
        hubs.run(self.server, f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'")

    def _note_hub(self, laptop):
        self._seen_hubs[laptop.name] = self.hub_facts

    @property
    def hub_facts(self):
        return oracle.read_hub(self.server, self.database) if self.database else None

    def check(self, *, may_lack=()):
        """Nothing typed is lost, and nothing is said that is not so."""
        facts = {one.name: one.facts for one in self.laptops if one.path.exists()}
        there = self.hub_facts
        found = {word for one in facts.values() for word in one.words()}
        if there is not None:
            found |= there.words()
        screens = [text for one in self.laptops if one.start and one.window for text in one.screen()]
        found |= {word for text in screens for word in oracle.WORD.findall(text)}
        lost = self.typed - found - set(may_lack)
        assert not lost, f"Lost: {sorted(lost)}"
        lies = []
        for one in self.laptops:
            if one.start is not None and one.window is not None:
                known = None if there is None else self._seen_hubs.get(one.name, oracle.Facts())
                lies += [f"{one.name}: {lie}" for lie in claims.lies(one, facts[one.name], known)]
        lies = [one for one in lies if not any(known in one for known in self.forgiven)]
        assert not lies, "\n".join(lies)

    def close(self):
        for one in self.laptops:
            if one.start is not None:
                one.end()

    def close_hub(self):
        """Ends the line, and throws the hub's backups away."""
        self.line.close()
        for copy in self._copies:
            hubs.run(self.server, f"DROP DATABASE IF EXISTS {copy} WITH (FORCE)")


def furnish(template, newsroom, *people):
    """Gives each laptop a store of one newsroom, and the keys of who may sit there; the first of them sits down."""
    for place, (laptop, names) in enumerate(zip(newsroom.laptops, people, strict=True)):
        for one in template.glob(f"desk{place}.ovn*"):
            shutil.copy(one, laptop.home / one.name.replace(f"desk{place}", "newsroom"))
        shutil.copytree(template / f"desk{place}-keys", laptop.home / "newsroom-keys")
        store = open_store(laptop.path)
        with store.read() as reading:
            others = [person for person in reading.staff() if person.name not in names]
        for path in [keys.path_of(store, person) for person in others]:
            path.unlink()
        store.close()
        laptop.sit(names[0])
