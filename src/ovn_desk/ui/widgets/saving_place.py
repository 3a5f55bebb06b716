"""Where a question for a file to write begins: among the person's documents, never where the program was started."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths


def suggest_file(name: str) -> str:
    """The path of a new file of this name in the folder of documents, or where there is none at home."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    folder = Path(documents) if documents and Path(documents).is_dir() else Path.home()
    return str(folder / name)
