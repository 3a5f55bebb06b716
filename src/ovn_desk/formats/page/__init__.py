"""The standalone page of one article (PUBLISHING.md, A)."""

from ovn_desk.formats.page.document import Page, read_approval, signed_fragment, write
from ovn_desk.formats.page.issue import Approval, Issue, path_of

__all__ = ["Approval", "Issue", "Page", "path_of", "read_approval", "signed_fragment", "write"]
