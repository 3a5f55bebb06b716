"""Whether an Ed25519 signature holds: the one place that says so, for records, pages, bundles and the log."""

import base64

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def is_valid(public: str, message: bytes, signature: str) -> bool:
    """Whether the signature of this message was made by the private half of `public` (both base64)."""
    try:
        Ed25519PublicKey.from_public_bytes(base64.b64decode(public, validate=True)).verify(
            base64.b64decode(signature, validate=True), message
        )
    except (InvalidSignature, ValueError):
        return False
    return True
