"""Sharing with other desks: one way to verify and insert, whatever carried the records."""

BUNDLE_SUFFIX = ".ovnb"
"""How the file of a bundle ends."""
