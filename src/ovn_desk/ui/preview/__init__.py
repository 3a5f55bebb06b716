"""The page as readers will see it, beside the text it is made from, and printed."""

from ovn_desk.ui.preview.pane import Preview, warm_up
from ovn_desk.ui.preview.serving import prepare

__all__ = ["Preview", "prepare", "warm_up"]
