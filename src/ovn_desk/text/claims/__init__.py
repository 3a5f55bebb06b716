"""Finds what a text claims: quotations, figures and, as advice, superlatives and attributions."""

from ovn_desk.text.claims.finding import find, in_paragraph
from ovn_desk.text.claims.placing import citing_place

__all__ = ["citing_place", "find", "in_paragraph"]
