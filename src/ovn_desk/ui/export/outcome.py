"""What an export would write, change and remove, before anybody does it."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtWidgets import QLabel, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from ovn_desk.domain.article import ArticleId
from ovn_desk.ui.widgets.phrases import quantity

if TYPE_CHECKING:
    from ovn_desk.usecases.publishing import Planned, Refused


_LEAST_FILES = 64
"""Pixels of the files that are in sight in the lowest window; the rest scrolls."""


class _Files(QTreeWidget):
    """Takes the room that is left, and asks for no more than a few lines."""

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), _LEAST_FILES)


class Outcome(QWidget):
    """One sentence with the counts, and every path and refusal below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = QLabel()
        self.sentence.setObjectName("export-outcome")
        self.sentence.setWordWrap(True)
        self.tree = _Files()
        self.tree.setMinimumHeight(_LEAST_FILES)
        self.tree.setHeaderHidden(True)
        self.tree.setAccessibleName(self.tr("What the export would write"))
        self.tree.setUniformRowHeights(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.sentence)
        column.addWidget(self.tree, 1)
        column.addStretch()

    def say(self, sentence: str) -> None:
        """A sentence and nothing else."""
        self.sentence.setText(sentence)
        self.tree.clear()
        self.tree.hide()

    def show_plan(self, found: "Planned", headlines: Mapping[ArticleId, str]) -> None:
        paths = (
            (self.tr("New"), found.new),
            (self.tr("Changed"), found.changed),
            (self.tr("To remove"), found.removed),
        )
        left_out = {self.tr("Refused"): found.refused, self.tr("Not yet"): found.waiting}
        self.show_groups(" ".join((_sentence(found), *found.notes)), paths, left_out, headlines)

    def show_groups(
        self,
        sentence: str,
        groups: Sequence[tuple[str, Sequence[str]]],
        left_out: Mapping[str, "Sequence[Refused]"],
        headlines: Mapping[ArticleId, str],
    ) -> None:
        """A sentence, what there is to it in groups, and what was left out, with the reasons in sight."""
        self.say(sentence)
        for title, lines in groups:
            self._add(title, lines)
        for title, reasons in left_out.items():
            self._add(title, [_reason(one, headlines) for one in reasons], is_open=True)
        self.tree.setVisible(self.tree.topLevelItemCount() > 0)

    def _add(self, title: str, lines: Sequence[str], *, is_open: bool = False) -> None:
        if not lines:
            return
        top = QTreeWidgetItem([f"{title}  {len(lines)}"])
        for line in lines:
            item = QTreeWidgetItem([line])
            item.setToolTip(0, line)
            top.addChild(item)
        self.tree.addTopLevelItem(top)
        top.setExpanded(is_open or len(lines) <= 12)


def _sentence(found: "Planned") -> str:
    """What would be written and deleted, as one says it."""
    tr = partial(QCoreApplication.translate, "Export")
    write, remove = len(found.new) + len(found.changed), len(found.removed)
    if not write and not remove:
        return tr("Everything there is up to date.") if found.unchanged else tr("There is nothing to export.")
    parts = [tr("Writes {files}").format(files=quantity(write, "file", "files"))] if write else []
    parts += [tr("deletes {number}").format(number=remove)] if remove else []
    stay = tr("; {number} stay as they are.").format(number=found.unchanged)
    said = ", ".join(parts)
    return said[0].upper() + said[1:] + (stay if found.unchanged else ".")


def _reason(one: "Refused", headlines: Mapping[ArticleId, str]) -> str:
    return f"{headlines.get(one.id, one.id)}: {one.reason}"
