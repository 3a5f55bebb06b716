"""OVN Desk: an editorial workstation for a small newsroom."""

__version__ = "0.1.0"
