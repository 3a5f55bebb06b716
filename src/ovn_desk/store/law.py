"""Who may do what in a store, by its own records: the roster and the house folded, each once for one transaction."""

import hashlib
from collections.abc import Callable, Sequence
from functools import lru_cache

from sqlalchemy import Connection, func, select

from ovn_desk.domain import house_record, join_requests, roster
from ovn_desk.domain.article import DeviceId
from ovn_desk.domain.house_record import HouseRecord, HouseRecords
from ovn_desk.domain.roster import Act, Record, Roster
from ovn_desk.domain.standing import NOBODY, SignedRecord, Standing, maker_standing
from ovn_desk.messages import Message
from ovn_desk.store import chain, records, schema
from ovn_desk.store.verification import VerifiedSignatures


def roster_records(connection: Connection) -> list[Record]:
    """Every record of the roster, in the order they were stored."""
    table = schema.roster
    rows = connection.execute(select(table.c.id, table.c.record, table.c.signature).order_by(table.c.seq))
    return [records.read_roster(row.record, id=row.id, signature=row.signature) for row in rows]


def house_records(connection: Connection, *, of_log: bool) -> list[HouseRecord]:
    """Every record of the house file, or else of the public log, in the order they were stored."""
    table = schema.houses
    has_log = func.json_type(table.c.record, "$.log").is_not(None)
    query = select(table.c.id, table.c.record, table.c.signature).where(has_log if of_log else ~has_log)
    rows = connection.execute(query.order_by(table.c.seq))
    return [records.read_house_record(row.record, id=row.id, signature=row.signature) for row in rows]


def fold_roster(found: Sequence[Record], verified: VerifiedSignatures, founding: str) -> Roster:
    """Fold roster records whose signatures hold; `founding` is the id of the first record, "" where not known."""
    return _fold_roster_once(tuple(found), verified, founding)


@lru_cache(maxsize=16)  # neither a record nor a signature ever changes
def _fold_roster_once(found: tuple[Record, ...], verified: VerifiedSignatures, founding: str) -> Roster:
    def is_signed(record: Record, public: str) -> bool:
        return verified.holds(record.id, public, record.signature)

    return join_requests.with_requests(roster.fold(found, is_signed, founding=founding), found, is_signed)


def fingerprint(connection: Connection, house: str, founding: str) -> str:
    """A hash of the house, the roster's records, and what is missing of the chains that these are judged by.

    A change of the roster that takes a right away counts from a place in each device's chain on; whether a record
    stands before that may be known only when a record between them arrives.
    """
    table = schema.roster
    rows = connection.execute(select(table.c.id, table.c.record, table.c.signature).order_by(table.c.seq)).all()
    found = [records.read_roster(row.record, id=row.id, signature=row.signature) for row in rows]
    # Who only asks to be let in changes nothing of what is exported.
    counted = (row for row, one in zip(rows, found, strict=True) if one.act is not Act.ASK)
    parts = [house, founding, *(text for row in counted for text in row)]
    if any(one.act in roster.LOSSES for one in found):
        parts += chain.missing(connection, [name for one in found for name in one.seen])
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


class Chains:
    """Which record stands before which, told by the devices' chains alone."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._following: dict[str, dict[str, str]] = {}

    def is_before(self, record: str, device: str, ends: Sequence[str]) -> bool:
        """Whether a record of a device stands in its chain at or before one of these."""
        if device not in self._following:
            self._following[device] = chain.chain(self._connection, DeviceId(device))
        following = self._following[device]
        for end in ends:
            name = end if end in following else ""
            seen = set()
            while name and name not in seen and name != record:
                seen.add(name)
                name = following.get(name, "")
            if name == record:
                return True
        return False

    def forget(self) -> None:
        self._following.clear()


def standing_in(found: Roster, chains: Chains, own_key: str) -> Callable[[SignedRecord], Standing]:
    """A function that gives the Standing in this roster of a record's maker, at the time of the record.

    `own_key` is the one with which whoever sits at this desk asked to be let in; empty where nobody did.
    """

    def standing(record: SignedRecord) -> Standing:
        def is_later(change: Record) -> bool:
            return chains.is_before(record.id, record.device, change.seen)

        return maker_standing(found, record, is_later, own_key=own_key)

    return standing


def fold_house(
    found: Sequence[HouseRecord],
    known: Roster,
    standing: Callable[[SignedRecord], Standing],
    verified: VerifiedSignatures,
) -> HouseRecords:
    """The records of the house file, or of the log, that were signed by whoever may."""

    def judge(record: HouseRecord) -> Standing:
        key = known.keys.get(record.key)
        if key is None or not verified.holds(record.id, key.public, record.signature):
            return Standing(NOBODY, Message("record-signature-wrong"))
        return standing(record)

    return house_record.fold(found, judge)
