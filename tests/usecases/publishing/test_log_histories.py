"""Three desks that publish, meet and lose their folders in any order: one log in the end, no head forgotten."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import logs
from effort import examples
from make import HOUSE
from ovn_desk import signing
from ovn_desk.domain.house_file import read_house
from ovn_desk.domain.house_record import HouseRecord
from ovn_desk.domain.ordering import topological_order
from ovn_desk.formats.site import log
from ovn_desk.store import records
from ovn_desk.usecases.publishing import log_checks, public_log
from ovn_desk.usecases.publishing.log_checks import GivenLog
from ovn_desk.usecases.publishing.public_log import Folder, Pen

DESKS = range(3)
OWN_KEYS = [signing.generate() for _ in DESKS]
KEYS = {key.id: key.public for key in OWN_KEYS}
DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.sampled_from(DESKS), st.none()),
        st.tuples(st.just("export"), st.sampled_from(DESKS), st.none()),
        st.tuples(st.just("meet"), st.sampled_from(DESKS), st.sampled_from(DESKS)),
        st.tuples(st.just("lose the folder"), st.sampled_from(DESKS), st.none()),
        st.tuples(st.just("stop before the record"), st.sampled_from(DESKS), st.none()),
    ),
    max_size=25,
)


@dataclass
class Desk:
    key: signing.Key
    facts: set = field(default_factory=set)
    records: dict = field(default_factory=dict)
    folder: Folder = field(default_factory=Folder)

    def export(self, at, *, is_recorded=True):
        """What is published; heads that were signed."""
        known = topological_order(self.records.values())
        done = public_log.continue_log(
            public_log.published_logs(known, KEYS),
            [logs.fact(number) for number in self.facts],
            self.folder,
            house=read_house(HOUSE),
            keys=KEYS,
            pen=Pen.of(self.key),
            now=at,
            was_live=False,
        )
        before = self.folder
        self.folder = Folder(done.log.files.get(log.LINES, ""), done.log.files.get(log.HEADS, ""), is_site=True)
        for piece in done.logged if is_recorded else ():
            known = list(self.records.values())
            followed = {one for record in known for one in record.after}
            newest = tuple(record.id for record in known if record.id not in followed)
            made = records.with_hash_id(HouseRecord("", "", "by", self.key.id, "d", at, after=newest, log=piece))
            self.records[made.id] = made
        return before, done

    @property
    def given(self):
        return GivenLog(self.folder.lines, self.folder.heads)


@dataclass
class Newsroom:
    """The desks, and every head that was signed and published."""

    desks: list = field(default_factory=lambda: [Desk(key) for key in OWN_KEYS])
    minutes: int = 0
    written: int = 0
    heads: set = field(default_factory=set)

    def do(self, deed, which, other):
        self.minutes += 1
        desk = self.desks[which]
        match deed:
            case "write":
                desk.facts.add(self.written)
                self.written += 1
            case "meet":
                self.meet([desk, self.desks[other]])
            case "lose the folder":
                desk.folder = Folder()
            case "export":
                self.export(desk)
            case _:
                desk.export(logs.NOW + timedelta(minutes=self.minutes), is_recorded=False)

    def export(self, desk):
        before, done = desk.export(logs.NOW + timedelta(minutes=self.minutes))
        self.heads |= set(done.log.heads[-1:])
        if before.lines and not done.log.joined:
            assert desk.folder.lines.startswith(before.lines)
        assert not done.log.heads or log_checks.of_log(desk.given, KEYS)[0] == "intact"

    def meet(self, desks):
        every = {name: record for desk in desks for name, record in desk.records.items()}
        facts = {one for desk in desks for one in desk.facts}
        for desk in desks:
            desk.records, desk.facts = dict(every), set(facts)


@pytest.fixture(params=[2, 5_000], autouse=True)
def most(request, monkeypatch):
    """How many lines a record holds."""
    monkeypatch.setattr(public_log, "MOST_LINES", request.param)


@given(DEEDS)
@settings(deadline=None, max_examples=examples(80), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_desks_do_every_head_is_a_beginning_of_the_log_or_named_in_it(deeds):
    room = Newsroom()
    for deed in deeds:
        room.do(*deed)
    for _ in range(3):
        room.meet(room.desks)
        for desk in room.desks:
            room.do("export", room.desks.index(desk), None)
    first, *others = room.desks
    assert [desk.folder.lines for desk in others] == [first.folder.lines] * len(others)
    lines = log.lines_of(first.folder.lines)
    assert {number for number in range(room.written) if any(f'"urn:uuid:{number}"' in line for line in lines)} == set(
        range(room.written)
    )
    assert len(lines) <= (room.written + 1) * (len(deeds) + 10)
    for note in room.heads:
        assert log_checks.since(first.given, note, KEYS)[0] in {"same", "grown", "joined"}
