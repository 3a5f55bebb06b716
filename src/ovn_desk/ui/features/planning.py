"""Planning: the news budget, who writes a story by when, and the year's table of AI use."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from ovn_desk import files
from ovn_desk.ui.articles.budget import Budget
from ovn_desk.ui.commands import Command, Menu, Submenu
from ovn_desk.ui.features.conditions import form_of, is_open
from ovn_desk.ui.features.feature import Feature
from ovn_desk.ui.state.notices import Notices
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.steps import Steps
from ovn_desk.ui.widgets.kept_dialogs import KeptDialogs
from ovn_desk.ui.widgets.message_bar import MessageBar
from ovn_desk.ui.widgets.middle import Middle


class PlanningFeature(Feature):
    """Shows the budget in the middle of the window, and asks for what an assignment and a table need."""

    def __init__(
        self,
        session: Session,
        article: OpenArticle,
        steps: Steps,
        notices: Notices,
        *,
        budget: Budget,
        middle: Middle,
        bar: MessageBar,
        open_article: Callable[[str], object],
        write_ai_report: Callable[[int, Path], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._session, self._article, self._steps, self._notices = session, article, steps, notices
        self._budget, self._middle, self._bar, self._window = budget, middle, bar, parent
        self._dialogs = KeptDialogs(bar)
        self._write_ai_report = write_ai_report
        budget.open_wanted.connect(open_article)
        for fact in (article.opened, session.person_changed):
            fact.connect(lambda: self._dialogs.leave_others(form_of(article, session)))

    def commands(self) -> Sequence[Command]:
        opened = partial(is_open, self._article)
        return (
            Command("desk.budget", "News budget", "Ctrl+Shift+B", Menu.VIEW, self.toggle_budget, after="view.filter"),
            Command(
                "desk.plan",
                "Assignment and times…",
                "",
                Menu.STORY,
                self.show_plan,
                opened,
                starts_group=True,
                after="step.next",
            ),
            Command(
                "desk.ai_report",
                "AI use in a year…",
                "",
                Menu.FILE,
                self.ask_year,
                submenu=Submenu.NEWSROOM,
                after="person.people",
            ),
        )

    def toggle_budget(self) -> None:
        """The news budget in the middle, or the editor again."""
        if self._middle.shows(self._budget):
            self._middle.show_home()
        else:
            self._middle.setCurrentWidget(self._budget)

    def show_plan(self) -> None:
        """The form for the open article's assignment and times."""
        from ovn_desk.ui.dialogs.planning import PlanningDialog  # not needed to begin

        given = (self._session, self._article, self._steps, self._notices, self._window)
        name = f"assignment {self._article.id} {self._session.person.id}"
        self._dialogs.open(form_of(self._article, self._session), lambda: PlanningDialog(*given), name=name)

    def ask_year(self) -> None:
        """Asks of which year the table of AI use is to be, and for its file."""
        this_year = self._session.today[:4]
        self._bar.ask(self.tr("Of which year?"), answers=[(self.tr("Save…"), self._save_ai_report)], value=this_year)

    def _save_ai_report(self, answer: str) -> None:
        if not (answer.isascii() and answer.isdigit() and len(answer) == len("2026")):
            self._notices.refused.emit(self.tr("Name a year, for example 2026."))
            return
        name, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("Use of AI"), f"ai-used-{answer}.csv", "CSV (*.csv)"
        )
        if name:
            self._write_ai_report(int(answer), files.with_ending(Path(name), ".csv"))
