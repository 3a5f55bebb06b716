"""The versions of the open article: whether somebody has to decide between them, or to read what they add up to."""

from PySide6.QtCore import QObject, Signal


class ArticleVersions(QObject):
    """Of one open article; kept up to date by `OpenArticle`."""

    came = Signal(str)
    """The id of another version that came while this one is being written."""
    combined = Signal()
    """What is open was combined with another version, by itself."""

    lost = Signal()
    """None of them counts any more, and nothing is open."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.are_undecided = False
        """There are several: those that need no decision were combined when they came."""
        self.is_to_read = False
        """The text was combined from two versions by itself, nobody read it here since, and this person is asked to."""

    def update(self, *, are_undecided: bool, is_to_read: bool) -> bool:
        """Sets what is so now; True where that is news."""
        was = self.are_undecided, self.is_to_read
        self.are_undecided, self.is_to_read = are_undecided, is_to_read
        return was != (are_undecided, is_to_read)
