"""What is said at once when the open story changes hands by somebody else's doing: who has it, what became of it."""

import textwrap
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from ovn_desk.domain import workflow
from ovn_desk.domain.workflow import EDITORS, Article, State, Step, custody_of
from ovn_desk.ui.state.clock import newsroom_now
from ovn_desk.ui.state.custody import take_label, take_over_question
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.save_state import Saving
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.working_text import WorkingText
from ovn_desk.ui.widgets.message_bar import THIS_STORY, Answer, MessageBar
from ovn_desk.usecases import queries

TOPIC = "custody"
"""What the bar says of who has a story, which it names: another one may be open by then."""
_TAKEN_TWICE = "taken twice"
"""What the bar asks about the open story, until another one is opened or it is settled."""
_HEADLINE = 44  # letters


class CustodyNews(QObject):
    """Tells the one at work: under *For me* it stands as well, for when the story is not open."""

    def __init__(
        self,
        session: Session,
        article: OpenArticle,
        text: WorkingText,
        bar: MessageBar,
        *,
        take: Callable[[], object],
        recall: Callable[[], object],
        parent: QObject,
    ) -> None:
        """`take` takes the open story, which was asked already; `recall` makes it its reporter's again."""
        super().__init__(parent)
        self._session, self._article, self._text, self._bar = session, article, text, bar
        self._take, self._recall = take, recall
        self._before: Article | None = None
        self._whose_said: tuple[object, ...] = ()
        """The story, the person and how it stood when that was said, or was not to be said, last."""
        article.opened.connect(self._open)
        article.changed.connect(self._compare)
        text.save_state_changed.connect(self._say_whose)

    def _open(self) -> None:
        """Who has it is seen in the bar above; only what two took has to be settled."""
        self._bar.withdraw(_TAKEN_TWICE)
        self._before = now = self._article.folded
        if now is not None and self._concerns_me(now) and now.rivals:
            QTimer.singleShot(0, self, lambda: self._say_taken_twice(now))  # what is said of the story before it went

    def _compare(self) -> None:
        before, now = self._before, self._article.folded
        self._before = now
        if before is None or now is None or before.id != now.id:
            return
        if before.rivals and not now.rivals:
            self._bar.withdraw(_TAKEN_TWICE)
        if now.rivals != before.rivals and now.rivals and self._concerns_me(now):
            self._say_taken_twice(now)
        elif now.moved is not None and now.moved != before.moved and now.moved.by != self._session.person.id:
            self._say_moved(before, now)

    def _say_whose(self) -> None:
        """Says once, to an editor or a writer who begins to type into what the desk or another has, whose it is."""
        now, me = self._article.folded, self._session.person
        if now is None or self._text.save_state.saving is not Saving.EDITING:
            return
        holder = custody_of(now).holder
        about = (now.id, me.id, now.state, holder)
        if about == self._whose_said:
            return
        self._whose_said = about
        if now.state is State.FILED and now.reporter == me.id and self._article.may(Step.RECALL):
            said = self.tr(
                "You filed this story. What you write in it now is a version of yours beside what was filed."
            )
            recall: list[Answer] = [(self.tr("Recall it"), lambda _: self._recall())]
            self._bar.say(said, answers=recall, topic=THIS_STORY)
            return
        if holder is None or holder == me.id or me.role not in EDITORS:
            return
        name = queries.staff_names(self._session.store).get(holder, self.tr("Somebody"))
        said = self.tr("{name} has this story. What you write in it is a change of the desk, which they will see.")
        self._bar.say(said.format(name=name), topic=THIS_STORY)

    def _concerns_me(self, article: Article) -> bool:
        return self._session.person.id in {article.holder, *article.rivals}

    def _say_taken_twice(self, now: Article) -> None:
        label = self.tr("Take it over") if now.holder != self._session.person.id else take_label(self._session, now)
        answers: list[Answer] = [(label, lambda _: self._take()), (self.tr("Not now"), lambda _: None)]
        self._tell(take_over_question(self._session, now), answers, topic=_TAKEN_TWICE)

    def _say_moved(self, before: Article, now: Article) -> None:
        moved, me = now.moved, self._session.person.id
        if moved is None:
            return
        name = queries.staff_names(self._session.store).get(moved.by, self.tr("Somebody"))
        at = workflow.moment_words(moved.at, newsroom_now(self._session.house))
        was_mine = custody_of(before).holder == me or me in before.rivals
        if moved.step is Step.RECALL and me != now.reporter:
            said = self.tr("{name} recalled {story} ({at}): it is theirs again, and no longer with the desk.")
        elif moved.step is Step.TAKE and was_mine and before.state is State.IN_REVIEW:
            said = self.tr("{name} took {story} over from you ({at}).")
        elif was_mine:
            said = self.tr("{name} has {done} {story} ({at}).")
        else:
            return
        sentence = said.format(name=name, at=at, done=workflow.step_done(moved.step), story=self._story)
        # What was typed up to now is a version before anything else is said: the key may wait in the editor still.
        QTimer.singleShot(0, self, lambda: self._keep_and_tell(sentence))

    @property
    def _story(self) -> str:
        """The open story's headline between quotation marks, shortened."""
        headline = textwrap.shorten(self._text.content.headline, _HEADLINE, placeholder="…")
        return f"“{headline}”" if headline else self.tr("a story without a headline")

    def _keep_and_tell(self, sentence: str) -> None:
        if self._is_typed and self._article.save():
            sentence += " " + self.tr("What you typed up to now is kept as a version of your own.")
        self._tell(sentence, [(self.tr("Understood"), lambda _: None)])

    @property
    def _is_typed(self) -> bool:
        """Whether this person typed what may become a version and is none yet."""
        folded, keeper = self._article.folded, self._text.keeper
        may_cut = folded is not None and not workflow.edit_refusal(folded, self._session.person)
        has_text = self._text.is_unsaved or (keeper is not None and keeper.has_copy)
        return may_cut and self._session.key.is_open and has_text

    def _tell(self, sentence: str, answers: list[Answer], *, topic: str = TOPIC) -> None:
        self._bar.say(sentence, tone="warn", answers=answers, sticky=True, topic=topic)
