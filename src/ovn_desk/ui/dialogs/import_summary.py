"""What came of importing many files: every one that did not come in, or not wholly, with why."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from ovn_desk.ui.widgets import fitting
from ovn_desk.usecases import importing
from ovn_desk.usecases.importing import Report, Status


class ImportSummary(QDialog):
    """How many came, and a line for each other, which can be copied."""

    def __init__(self, reports: Sequence[Report], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("What was imported"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        fitting.resize_to_fit(self, 680, 420)
        self.text = QPlainTextEdit(lines(reports), readOnly=True)
        self.text.setAccessibleName(self.tr("What did not come in, and why"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.addWidget(QLabel(sentence(reports)))
        column.addWidget(self.text)
        column.addWidget(buttons)


def sentence(reports: Sequence[Report]) -> str:
    """How many came in, how many were there already or are no articles, and how many could not be read."""
    told = importing.counts(reports)
    words = QCoreApplication.translate("Import", "{came} imported, {skipped} left out, {failed} could not be read.")
    return words.format(came=told[Status.IMPORTED], skipped=told[Status.SKIPPED], failed=told[Status.FAILED])


def lines(reports: Sequence[Report]) -> str:
    """What could not be read first, then what was left out, then what came without some part of it."""
    order = (Status.FAILED, Status.SKIPPED, Status.IMPORTED)
    reasons = [report for status in order for report in reports if report.status is status and report.reason]
    return "\n".join(line(report) for report in reasons)


def line(report: Report) -> str:
    """What there is to say of one file, with its name once."""
    return report.reason if report.path.name in report.reason else f"{report.path.name}: {report.reason}"
