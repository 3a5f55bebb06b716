"""Publishing: exporting what was approved, and checking what was exported."""

from ovn_desk.formats import FORMATS
from ovn_desk.usecases.publishing.exporting import Exported, Planned, export, plan
from ovn_desk.usecases.publishing.files import MANIFEST
from ovn_desk.usecases.publishing.gathering import Refused
from ovn_desk.usecases.publishing.request import ExportRequest
from ovn_desk.usecases.publishing.verifying import Checked, read_keys, state_of, verify, verify_files, words_of

__all__ = [
    "FORMATS",
    "MANIFEST",
    "Checked",
    "ExportRequest",
    "Exported",
    "Planned",
    "Refused",
    "export",
    "plan",
    "read_keys",
    "state_of",
    "verify",
    "verify_files",
    "words_of",
]
