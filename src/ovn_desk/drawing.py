"""What only Qt can draw, for processes of their own: pages as PDF, and a picture of the window.

Whoever asks for it imports no Qt: each function imports what it needs where it runs.
"""

from typing import TypedDict


class Photograph(TypedDict):
    """A picture of the window of a store at an article, and the file that it is to be written to."""

    store: str
    article: str
    picture: str


def print_folder(folder: str) -> bool:
    """Print the page in a folder to a PDF beside it, and say whether that was done: `usecases.printing.PrintFolder`."""
    from ovn_desk.ui.preview import printing

    return printing.print_folder(folder)


def photograph(asked: Photograph) -> int:
    """Open the window of a store, write a picture of it and close it again; the exit status of the window."""
    from ovn_desk import app

    return app.show_window(["--store", asked["store"], "--open", asked["article"], "--screenshot", asked["picture"]])
