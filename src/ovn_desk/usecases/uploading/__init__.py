"""Uploading approved articles to the newsroom's WordPress site, by its REST API."""

from ovn_desk.usecases.uploading.access import (
    Access,
    address,
    check_keyring,
    keep,
    keep_password,
    kept_password,
    last_used,
)
from ovn_desk.usecases.uploading.answers import Unreachable
from ovn_desk.usecases.uploading.sending import How, Sent, Uploaded, upload
from ovn_desk.usecases.uploading.site import Site, Stopped

__all__ = [
    "Access",
    "How",
    "Sent",
    "Site",
    "Stopped",
    "Unreachable",
    "Uploaded",
    "address",
    "check_keyring",
    "keep",
    "keep_password",
    "kept_password",
    "last_used",
    "upload",
]
