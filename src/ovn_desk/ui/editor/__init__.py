"""Where the text is written: the editor, the fields above it, and what finds words in it."""

from ovn_desk.ui.editor.field import Field
from ovn_desk.ui.editor.find import FindBar
from ovn_desk.ui.editor.spelling import Spelling
from ovn_desk.ui.editor.text import Editor

__all__ = ["Editor", "Field", "FindBar", "Spelling"]
