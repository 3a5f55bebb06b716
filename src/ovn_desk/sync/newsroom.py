"""A newsroom that is elsewhere, read before anything of it is written here: its name, its people, who was invited."""

from collections.abc import Iterable
from dataclasses import dataclass

from ovn_desk import files
from ovn_desk.domain.house import Staff
from ovn_desk.domain.roster import Invitation
from ovn_desk.store.replication import RecordRow
from ovn_desk.sync import exchange


@dataclass(frozen=True, slots=True)
class Newsroom:
    """What a newcomer has to know to say who they are.

    `founding` is the id of the record that the newsroom stands on. `people` are on the roster, retired ones last;
    `invited` are the invitations that nobody used or took back, some of them past their day. `addressee` is the person
    whom the file is for that it was read from, where it names one, and `is_theirs_alone` says that nobody else can be
    who reads it. `recovery` is the recovery key's public half, `spent` are invitations' keys that open nothing more.
    """

    name: str
    founding: str
    people: tuple[Staff, ...] = ()
    invited: tuple[Invitation, ...] = ()
    addressee: str = ""
    is_theirs_alone: bool = False
    recovery: str = ""
    spent: frozenset[str] = frozenset()

    @property
    def active(self) -> tuple[Staff, ...]:
        """Who works there now, and whoever was invited and has not come yet."""
        working = [one for one in self.people if not one.is_retired]
        known = {one.id for one in self.people}
        coming = {one.person: Staff(one.person, one.name, one.role) for one in self.invited if one.person not in known}
        return (*working, *coming.values())

    def invitee(self, key: str) -> str:
        """The id of whom the invitation with this key is for; empty for one that is not open here."""
        return next((one.person for one in self.invited if one.key == key), "")


def read_newsroom(rows: Iterable[RecordRow], *, founding: str = "") -> Newsroom:
    """The newsroom that these records found, verified as those of a new store are; nothing is left on this disk.

    `founding` is the record it stands on, where that is known. Raises DeskError where the records found none.
    """
    with files.scratch("ovn-newsroom") as folder:
        store, _ = exchange.join(folder / "newsroom.ovn", rows, founding=founding)
        try:
            with store.read() as reading:
                roster = reading.roster()
                invited = [one for one in roster.invitations.values() if not one.used_by and not one.is_withdrawn]
                return Newsroom(
                    reading.house().name,
                    roster.founding,
                    tuple(reading.staff()),
                    tuple(invited),
                    recovery=roster.recovery,
                    spent=frozenset(roster.invitations) - {one.key for one in invited},
                )
        finally:
            store.close()
