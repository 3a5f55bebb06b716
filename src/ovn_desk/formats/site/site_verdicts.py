"""What a check of the whole folder of a site says, in words. Only the command line can do that, so it is in English."""

from collections.abc import Mapping

NOTE = ("foreign files",)
NONE = ("keys own", "unsigned files")
SENTENCES: Mapping[str, str] = {
    "keys own": (
        "These keys are those that the folder itself brings: who can write there can add their own. To check with "
        "keys from a place you trust, name their file with --key."
    ),
    "log unlisted": "The public log of this site says nothing of this text.",
    "place other": "This page was exported for {address}, and it does not stand there.",
    "place front": "What stands here is not the front page that was exported for this address.",
    "pages missing": (
        "The public log says that {count} more articles stand on this site, and their pages are not here: {names}"
    ),
    "pages twice": "An article stands here more than once: {names}",
    "unsigned files": "Not signed, so not checked: {names}",
    "foreign files": "No export writes these files: {names}",
}
