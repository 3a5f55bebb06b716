"""Citations in the text of an editor: which one the cursor stands in, and another key for their source."""

from ovn_desk.domain.citing import citations
from ovn_desk.ui.editor.plain import PlainEdit


def key_at_cursor(editor: PlainEdit) -> str:
    """The key of the citation the cursor stands in; empty for none."""
    at = editor.selection()[0]
    return next((cited.key for cited in citations(editor.text()) if cited.start <= at <= cited.end), "")


def rename_key(editor: PlainEdit, old: str, new: str) -> None:
    """Writes another key into the citations of a source, as one step that can be undone."""
    places = [cited.key_start for cited in citations(editor.text()) if cited.key == old]
    editor.change([(at, at + len(old), new) for at in places])
