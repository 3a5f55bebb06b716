"""What AI was used for, as the article's people declare it: nothing yet, none, or each task with its tool."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget

from ovn_desk.domain.ai_use import DECLARED_NONE, AiTask, AiUse
from ovn_desk.ui.widgets.inputs import Choice

_TASKS = tuple(task for task in AiTask if task is not AiTask.NONE)
_FIRST = (AiUse(AiTask.LANGUAGE_HELP),)


class AiUseField(QWidget):
    """Shows and changes a declaration; `edited` carries it as a tuple of uses."""

    edited = Signal(object)
    taken_out = Signal(object)
    """A use was removed; the uses as they were before."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._uses: tuple[AiUse, ...] = ()
        self._put_aside: tuple[AiUse, ...] = _FIRST
        self.answer = Choice()
        self.answer.setObjectName("field-ai_used")
        self.answer.setAccessibleName(self.tr("AI used"))
        for words in (self.tr("Not declared"), self.tr("None"), self.tr("Used")):
            self.answer.addItem(words)
        self.answer.activated.connect(self._take_answer)
        self._rows: list[_Row] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(6)
        self.another = QPushButton(self.tr("+ Another use"))
        self.another.setProperty("flat", True)
        self.another.clicked.connect(lambda: self._change((*self._uses, AiUse(self._free_task()))))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.answer)
        column.addLayout(self._column)
        column.addWidget(self.another, 0, Qt.AlignmentFlag.AlignLeading)
        self.show_uses(())

    def show_uses(self, uses: tuple[AiUse, ...]) -> None:
        """Shows a declaration; the field that is being typed into is left alone."""
        self._uses = tuple(use for use in uses if use.task is not AiTask.NONE)
        self.answer.setCurrentIndex(2 if self._uses else 1 if uses else 0)
        self.another.setVisible(0 < len(self._uses) < len(_TASKS))
        for row in self._rows[len(self._uses) :]:
            row.hide()
            row.deleteLater()
        del self._rows[len(self._uses) :]
        while len(self._rows) < len(self._uses):
            self._rows.append(self._new_row(len(self._rows)))
        for row, use in zip(self._rows, self._uses, strict=True):
            row.show_use(use)

    def _new_row(self, place: int) -> "_Row":
        row = _Row()
        row.edited.connect(lambda use: self._change((*self._uses[:place], use, *self._uses[place + 1 :])))
        row.removed.connect(lambda: self._take_out(place))
        self._column.addWidget(row)
        return row

    def forget(self) -> None:
        """Another article is shown: what was put aside belongs to the last one."""
        self._put_aside = _FIRST

    def _take_answer(self, chosen: int) -> None:
        """What was typed comes back when “Used” is chosen again."""
        self._put_aside = self._uses or self._put_aside
        self._change(((), DECLARED_NONE, self._put_aside)[chosen])

    def _take_out(self, place: int) -> None:
        before = self._uses
        self._change((*before[:place], *before[place + 1 :]))
        self.taken_out.emit(before)

    def _change(self, uses: tuple[AiUse, ...]) -> None:
        added = len(uses) > len(self._uses)
        self.show_uses(uses)
        self.edited.emit(uses)
        if added and self._rows:
            self._rows[-1].tool.setFocus()

    def _free_task(self) -> AiTask:
        said = {use.task for use in self._uses}
        return next(task for task in _TASKS if task not in said)


class _Row(QFrame):
    """One task, its tool, and what it did."""

    edited = Signal(object)
    removed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._use = AiUse(AiTask.LANGUAGE_HELP)
        self.task = Choice()
        self.task.setAccessibleName(self.tr("AI task"))
        for task in _TASKS:
            self.task.addItem(task.value.capitalize(), task.value)
        self.tool = QLineEdit(placeholderText=self.tr("Which tool"))
        self.what = QLineEdit(placeholderText=self.tr("What it did; readers see this"))
        self.tool.setAccessibleName(self.tr("AI tool"))
        self.what.setAccessibleName(self.tr("What the AI tool did"))
        remove = QToolButton()
        remove.setText("✕")
        remove.setFixedWidth(24)
        remove.setProperty("flat", True)
        remove.setAccessibleName(self.tr("Remove this use of AI"))
        remove.clicked.connect(lambda _=False: self.removed.emit())
        self.task.activated.connect(lambda _: self._edit(task=AiTask(self.task.currentData())))
        self.tool.textEdited.connect(lambda text: self._edit(tool=text))
        self.what.textEdited.connect(lambda text: self._edit(what=text))
        top = QHBoxLayout()
        top.addWidget(self.task, 1)
        top.addWidget(remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 6, 8)
        column.setSpacing(6)
        column.addLayout(top)
        column.addWidget(self.tool)
        column.addWidget(self.what)

    def show_use(self, use: AiUse) -> None:
        self._use = use
        self.task.setCurrentIndex(max(0, self.task.findData(use.task.value)))
        for field, text in ((self.tool, use.tool), (self.what, use.what)):
            if not field.hasFocus() and field.text() != text:
                field.setText(text)

    def _edit(self, **changes: object) -> None:
        self._use = replace(self._use, **changes)  # type: ignore[arg-type]
        self.edited.emit(self._use)
