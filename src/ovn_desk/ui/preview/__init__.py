"""The page as readers will see it, beside the text it is made from, and printed."""

from ovn_desk.ui.preview.pane import Preview, prepare, warm_up

__all__ = ["Preview", "prepare", "warm_up"]
