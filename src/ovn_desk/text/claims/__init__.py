"""Finds what a text claims: quotations, figures and, as advice, superlatives and attributions."""

from ovn_desk.text.claims.finding import find, in_paragraph

__all__ = ["find", "in_paragraph"]
