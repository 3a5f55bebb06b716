"""Who writes the story by when, how long it is to be, and when it may go out."""

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QDateTime, QTimeZone
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from ovn_desk.ui.state.clock import newsroom_now
from ovn_desk.ui.state.notices import Notices
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.steps import Steps
from ovn_desk.ui.widgets.inputs import Choice, Moment, Number
from ovn_desk.ui.widgets.refusal import clear_when_edited
from ovn_desk.usecases import queries


class PlanningDialog(QDialog):
    """An assignment and a plan; each is an event of its own, so that the history says who asked for what."""

    def __init__(self, session: Session, article: OpenArticle, steps: Steps, notices: Notices, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Assignment and times"))
        self._steps = steps
        folded = article.folded
        given = folded.assignment if folded else None
        plan = folded.plan if folded else None
        self._people = queries.active_staff(session.store)
        self.who = Choice()
        self.who.addItem(self.tr("Nobody"), "")
        for person in self._people:
            self.who.addItem(person.name, person.id)
        self.who.setCurrentIndex(max(0, self.who.findData(given.who if given else "")))
        self.what = QLineEdit(
            given.what if given else "", placeholderText=self.tr("The question the story should answer")
        )
        self.words = Number()
        self.words.setRange(0, 20_000)
        self.words.setSingleStep(50)
        self.words.setSpecialValueText(self.tr("no fixed length"))
        self.words.setValue(given.words if given else 0)
        now = newsroom_now(session.house)
        self.due = _Moment(given.due_at if given else None, now)
        self.embargo = _Moment(datetime.fromisoformat(plan.embargo_until) if plan and plan.embargo_until else None, now)
        self.planned = _Moment(datetime.fromisoformat(plan.planned_at) if plan and plan.planned_at else None, now)
        self.reason = QLineEdit(placeholderText=self.tr("Needed to end an embargo earlier"))
        self.refusal = QLabel(wordWrap=True)
        self.refusal.setProperty("chip", "warn")
        self.refusal.hide()
        notices.refused.connect(self._say)
        form = QFormLayout()
        form.setVerticalSpacing(10)
        for label, field in (
            (self.tr("Who"), self.who),
            (self.tr("What"), self.what),
            (self.tr("Words"), self.words),
            (self.tr("Due"), self.due),
            (self.tr("Embargo until"), self.embargo),
            (self.tr("Planned for"), self.planned),
            (self.tr("Reason"), self.reason),
        ):
            form.addRow(label, field)
            field.setAccessibleName(label)
        note = QLabel(
            self.tr(
                "Times are those of {zone}. Before an embargo ends, or the planned time, an export is refused."
            ).format(zone=session.house.time_zone)
        )
        note.setProperty("role", "soft")
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Save | kinds.Cancel)
        buttons.accepted.connect(self._save)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.addLayout(form)
        column.addWidget(note)
        column.addWidget(self.refusal)
        column.addWidget(buttons)
        clear_when_edited(self, self.refusal)

    def _say(self, why: str) -> None:
        self.refusal.setText(why)
        self.refusal.show()

    def _save(self) -> None:
        who = next((person for person in self._people if person.id == self.who.currentData()), None)
        steps = self._steps
        is_assigned = steps.assign(who, what=self.what.text(), due=self.due.value(), words=self.words.value())
        if is_assigned and steps.plan(self.embargo.value(), self.planned.value(), reason=self.reason.text()):
            self.accept()


class _Moment(QWidget):
    """A time that may be left open; it begins at the next full hour of `now`'s clock, and says when it is past."""

    def __init__(self, at: datetime | None, now: datetime) -> None:
        super().__init__()
        self._now = now
        self._is_set = QCheckBox()
        self._is_set.setChecked(at is not None)
        self._is_set.setAccessibleName(self.tr("Set a time"))
        shown = at or now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        there = QTimeZone(str(now.tzinfo).encode())
        self._edit = Moment()
        self._edit.setTimeZone(there)
        self._edit.setDateTime(QDateTime.fromSecsSinceEpoch(int(shown.timestamp()), there))
        self._edit.setDisplayFormat("yyyy-MM-dd HH:mm")
        self._edit.setEnabled(at is not None)
        self._is_set.toggled.connect(self._edit.setEnabled)
        self.past = QLabel(self.tr("This time is past."))
        self.past.setProperty("chip", "warn")
        for changed in (self._is_set.toggled, self._edit.dateTimeChanged):
            changed.connect(self._show_past)
        self._show_past()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._is_set)
        row.addWidget(self._edit, 1)
        row.addWidget(self.past)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self._edit.setAccessibleName(name)

    def _show_past(self) -> None:
        at = self.value()
        self.past.setVisible(at is not None and at < self._now)

    def value(self) -> datetime | None:
        if not self._is_set.isChecked():
            return None
        return datetime.fromtimestamp(self._edit.dateTime().toSecsSinceEpoch(), UTC)
