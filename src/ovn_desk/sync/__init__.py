"""Sharing with other desks: one way to verify and insert, whatever carried the records."""
