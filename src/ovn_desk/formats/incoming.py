"""What a file brings in: an article's content, the pictures in it, and what had to be left out."""

from dataclasses import dataclass

from ovn_desk.domain.article import Content


@dataclass(frozen=True, slots=True)
class Incoming:
    """`files` are the media type and clean bytes of the content's pictures, `left_out` a sentence for each other."""

    content: Content
    files: tuple[tuple[str, bytes], ...] = ()
    left_out: tuple[str, ...] = ()
