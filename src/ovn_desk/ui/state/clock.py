"""The one clock of the window: the newsroom's, wherever its computer believes to be."""

from datetime import UTC, datetime

from ovn_desk.domain.house import House


def newsroom_time(house: House, moment: datetime) -> datetime:
    """A moment by the newsroom's clock."""
    return moment.astimezone(house.zone)


def newsroom_now(house: House) -> datetime:
    """What time it is where the newsroom is."""
    return newsroom_time(house, datetime.now(UTC))
