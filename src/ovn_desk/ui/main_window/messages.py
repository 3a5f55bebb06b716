"""What is said to the person at the desk, shown in the bar over the middle."""

from functools import partial

from ovn_desk.ui.features import arrivals, custody_news
from ovn_desk.ui.state.notices import Notice, Notices
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.working_text import WorkingText
from ovn_desk.ui.widgets.message_bar import LACKING, REFUSAL, THIS_STORY, MessageBar


def show_messages(notices: Notices, session: Session, article: OpenArticle, text: WorkingText, bar: MessageBar) -> None:
    """Shows them from now on; what was said and asked of a story goes with it, and with the person."""

    def say(notice: Notice) -> None:
        if notice.tone == "calm" and (notice.undo is not None or notice.topic == THIS_STORY):  # something was done
            bar.withdraw(REFUSAL)
        bar.say(
            notice.sentence,
            tone=notice.tone,
            answers=notice.answers,
            sticky=notice.is_sticky,
            undo=notice.undo,
            topic=notice.topic,
        )

    def tell(sentence: str) -> None:
        bar.withdraw(REFUSAL)
        bar.say(sentence)

    bar.speak_to(lambda: session.person.id)
    notices.refused.connect(bar.warn)
    notices.done.connect(tell)
    notices.said.connect(say)
    notices.outdated.connect(bar.withdraw)

    def withdraw_what_is_done() -> None:
        if not article.versions.are_undecided:
            bar.withdraw(arrivals.DECISION)
        if not article.versions.is_to_read:
            bar.withdraw(arrivals.COMBINED)

    for fact in (article.opened, article.changed, text.changed):
        fact.connect(partial(bar.withdraw, LACKING))
    article.changed.connect(withdraw_what_is_done)
    for topic in (arrivals.TOPIC, arrivals.DECISION, arrivals.COMBINED, custody_news.TOPIC):
        article.opened.connect(partial(bar.withdraw, topic))
    for fact in (article.opened, session.person_changed):
        fact.connect(lambda: bar.turn_to(article.id or ""))
