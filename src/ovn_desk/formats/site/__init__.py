"""A whole site of pages: its articles, the lists that lead to them, how the newsroom corrects, and its feeds."""

from ovn_desk.formats.site.entry import Repair, SiteEntry, Withdrawal, address
from ovn_desk.formats.site.log import Fact
from ovn_desk.formats.site.writing import KEYS, write

__all__ = ["KEYS", "Fact", "Repair", "SiteEntry", "Withdrawal", "address", "write"]
