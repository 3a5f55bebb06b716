"""Who has a story, as every place of the window says it, and what taking it is called where somebody has it."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from ovn_desk.domain import workflow
from ovn_desk.domain.article import ArticleId, StaffId
from ovn_desk.domain.workflow import Article, Custody, State, Step, custody_of, custody_words
from ovn_desk.ui.state.clock import newsroom_now
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.usecases import exportable, kept_out, queries


def custody_names(session: Session, *, is_short: bool) -> dict[StaffId, str]:
    """Everybody's name where it is said who has a story; of whoever has left, that they have: nobody waits for them."""
    store = session.store
    names = queries.short_names(store) if is_short else queries.staff_names(store)
    left = _translate("{name} (has left)")
    for person in queries.staff_by_id(store).values():
        if person.is_retired and person.id in names:
            names[person.id] = left.format(name=names[person.id])
    return names


def custody_text(
    session: Session, article: ArticleId, custody: Custody, state: State, names: Mapping[StaffId, str] | None = None
) -> str:
    """`with Sana, since 14:05`; `names` are the `custody_names` of a list that is narrow, or else whole names.

    No editor has what was filed on a laptop that the hub keeps out.
    """
    if kept_out.is_filed_here_only(session.store, article, state):
        return _translate("filed, on this laptop only")
    known = custody_names(session, is_short=False) if names is None else names
    now = newsroom_now(session.house)
    return str(custody_words(custody, state, viewer=session.person.id, names=known, now=now))


def open_custody_text(session: Session, article: Article | None) -> str:
    """Who has the open story; empty where it is a draft of whoever looks, and goes without saying."""
    if article is None:
        return ""
    custody = custody_of(article)
    if article.state is State.DRAFT and custody.holder == session.person.id:
        return ""
    text = custody_text(session, article.id, custody, article.state)
    if article.state is State.WITHDRAWN and article.id in queries.ask(session.store, exportable.standing_pages):
        return _translate("{said}; its page is still up").format(said=text)
    return text


def shorter_custody_texts(session: Session, article: Article | None) -> tuple[str, ...]:
    """The same where there is less room: `with Sana Mir`, `with Sana`; `with you: taken twice`; `approved`."""
    if article is None:
        return ()
    custody = custody_of(article)
    brief = replace(custody, since=None, rivals=())
    if custody.holder is None and custody.step is not None and article.state is not State.FILED:
        return (str(workflow.state_words(article.state)),)
    names = custody_names(session, is_short=False), custody_names(session, is_short=True)
    said = [custody_text(session, article.id, brief, article.state, one) for one in names]
    return tuple(_translate("{said}: taken twice").format(said=one) if custody.rivals else one for one in said)


def is_to_review_again(article: OpenArticle) -> bool:
    """Whether words were typed after the open story was approved: it has to be read and signed once more."""
    folded = article.folded
    return folded is not None and folded.state is State.APPROVED and article.next_step is Step.APPROVE


def is_signed(article: OpenArticle) -> bool:
    """Whether the open story stands as it was approved: what was to decide in it is decided."""
    folded = article.folded
    return folded is not None and folded.state is State.APPROVED and not is_to_review_again(article)


def take_label(session: Session, article: Article | None) -> str:
    """What taking a story is called: nobody is to take from somebody what looks as if it were free."""
    me = session.person.id
    if article is None or article.state is not State.IN_REVIEW or article.holder is None:
        return _translate("Take for review")
    if article.holder == me:
        return _translate("Keep it") if article.rivals else _translate("Take for review")
    name = queries.person(session.store, article.holder).name
    return _translate("Take over from {name}…").format(name=name)


def take_over_question(session: Session, article: Article) -> str:
    """Asks whoever would take what another has, or what two took at two desks; empty where nobody is asked."""
    me, names, custody = session.person.id, queries.staff_names(session.store), custody_of(article)
    if article.state is not State.IN_REVIEW or custody.holder is None or custody.since is None:
        return ""
    since = str(workflow.moment_words(custody.since, newsroom_now(session.house)))
    others = ", ".join(names.get(one, "") for one in custody.rivals if one != me)
    if custody.holder == me:
        if not custody.rivals:
            return ""
        return _translate(
            "{names} took this story too, at another desk. It counts as yours, since {since}; neither of you can sign "
            "it until one of you keeps it. Keep it? {names} will see that you did."
        ).format(names=others, since=since)
    holder = queries.staff_by_id(session.store).get(custody.holder)
    name = names.get(custody.holder, "")
    if holder is not None and holder.is_retired:
        return _translate("{name} had it since {since}, and has left the newsroom. Take it over?").format(
            name=name, since=since
        )
    if me in custody.rivals:
        return _translate(
            "{name} took this story too, at another desk, and theirs counts, since {since}. Neither of you can sign it "
            "until one of you keeps it. Take it over? {name} will see that you did."
        ).format(name=name, since=since)
    return _translate("{name} has had it since {since}. Take it over? They will see that you did.").format(
        name=name, since=since
    )


def _translate(text: str) -> str:
    return QCoreApplication.translate("Custody", text)
