"""The panel that says what each claim rests on, what the style rules say, and whether everybody was asked."""

from ovn_desk.ui.inspector.evidence.pane import EvidencePane

__all__ = ["EvidencePane"]
