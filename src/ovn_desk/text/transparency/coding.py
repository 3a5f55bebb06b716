"""Bytes as base64, each in one way only: what is written in another way is another text, and no other bytes."""

import base64


def encode(data: bytes) -> str:
    """Base64 (RFC 4648, section 4)."""
    return base64.b64encode(data).decode()


def decode(text: str) -> bytes:
    """The bytes; raises ValueError where the text is not what `encode` writes."""
    data = base64.b64decode(text, validate=True)
    if encode(data) != text:
        raise ValueError("base64 that ends in odd bits")
    return data
