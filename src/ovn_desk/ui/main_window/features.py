"""Every feature of the window, each given the panes and the other things that it uses, and nothing more."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from ovn_desk.domain.article import ArticleId
from ovn_desk.ui.articles.pane import ArticleList
from ovn_desk.ui.commands.context_menus import ContextMenus
from ovn_desk.ui.commands.palette import Palette
from ovn_desk.ui.features.appearance import AppearanceFeature
from ovn_desk.ui.features.arrivals import Arrivals
from ovn_desk.ui.features.articles import ArticlesFeature
from ovn_desk.ui.features.claims import ClaimsFeature
from ovn_desk.ui.features.closing import ClosingFeature
from ovn_desk.ui.features.copies import CopiesFeature
from ovn_desk.ui.features.disk import DiskWatch
from ovn_desk.ui.features.drafts import DraftsFeature
from ovn_desk.ui.features.edit import EditFeature
from ovn_desk.ui.features.export import ExportFeature
from ovn_desk.ui.features.feature import Feature
from ovn_desk.ui.features.files import FilesFeature
from ovn_desk.ui.features.help import HelpFeature
from ovn_desk.ui.features.joining import JoiningFeature
from ovn_desk.ui.features.language import LanguageFeature
from ovn_desk.ui.features.page import PageFeature
from ovn_desk.ui.features.people import PeopleFeature
from ovn_desk.ui.features.pictures import PicturesFeature
from ovn_desk.ui.features.planning import PlanningFeature
from ovn_desk.ui.features.review import ReviewFeature
from ovn_desk.ui.features.samples import SamplesFeature
from ovn_desk.ui.features.saving import SavingFeature
from ovn_desk.ui.features.sharing import SharingFeature
from ovn_desk.ui.features.sources import SourcesFeature
from ovn_desk.ui.features.spelling import SpellingFeature
from ovn_desk.ui.features.text import TextFeature
from ovn_desk.ui.features.to_settle import ToSettleFeature
from ovn_desk.ui.features.versions import VersionsFeature
from ovn_desk.ui.features.view import ViewFeature
from ovn_desk.ui.features.workflow import WorkflowFeature
from ovn_desk.ui.inspector.images import PictureImporter
from ovn_desk.ui.main_window.panes import Panes
from ovn_desk.ui.main_window.showing import follow_theme
from ovn_desk.ui.preview.live_page import LivePage
from ovn_desk.ui.state.key_access import KeyAccess
from ovn_desk.ui.state.notices import Notices
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.preferences import Preferences
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.state.steps import Steps
from ovn_desk.ui.state.working_text import WorkingText
from ovn_desk.ui.widgets.side import Side


class Features:
    """Makes them, and connects those whose signals ask another one for something."""

    def __init__(
        self,
        panes: Panes,
        session: Session,
        article: OpenArticle,
        text: WorkingText,
        steps: Steps,
        preferences: Preferences,
        notices: Notices,
        palette: Palette,
        context_menus: ContextMenus,
        *,
        side: Side,
        close: Callable[[], object],
        parent: QWidget,
    ) -> None:
        """`side` stands beside the text, `close` closes the window; `parent` owns the features and their dialogs."""
        bar, writing, editor, middle = panes.bar, panes.writing, panes.writing.editor, panes.middle
        inspector, key_access = panes.inspector, KeyAccess(session, notices, bar)
        arrivals = Arrivals(session, article, text, notices, parent)
        self.live_page = LivePage(session, article, text, panes.preview, parent)
        self.disk = DiskWatch(session, text, notices, bar, parent)
        self.saving = SavingFeature(text, bar=bar, parent=parent)
        self.files = FilesFeature(session, notices, parent)
        self.articles = ArticlesFeature(
            session,
            article,
            text,
            notices,
            pane=panes.articles,
            writing=writing,
            palette=palette,
            show_text=middle.show_home,
            parent=parent,
        )
        self.export = ExportFeature(
            session, article, steps, notices, pane=panes.export, articles=panes.articles, middle=middle, parent=parent
        )
        self.sharing = SharingFeature(session, article, text, notices, bar, parent)
        edit = EditFeature(writing, panes.preview, context_menus=context_menus, palette=palette, parent=parent)
        writing_text = TextFeature(
            session, article, text, notices, writing=writing, palette=palette, bar=bar, parent=parent
        )
        self.pictures = PicturesFeature(
            article,
            importer=PictureImporter(session, article, text, bar, parent),
            cards=panes.details.images,
            editor=editor,
            inspector=inspector,
            parent=parent,
        )
        self.sources = SourcesFeature(
            article,
            text,
            cards=panes.details.sources,
            side=side,
            editor=editor,
            completion=writing.completion,
            palette=palette,
            notices=notices,
            bar=bar,
            go_home=middle.show_home,
            parent=parent,
        )
        self.spelling = SpellingFeature(
            article,
            text,
            preferences,
            notices,
            checker=writing.spelling,
            bar=bar,
            status=panes.status_bar,
            show_text=middle.show_home,
            parent=parent,
        )
        self.claims = ClaimsFeature(
            session,
            article,
            notices,
            articles=panes.articles,
            evidence=panes.evidence,
            checks=panes.checks,
            inspector=inspector,
            status=panes.status_bar,
            writing=writing,
            marks=panes.claim_marks,
            review=panes.review,
            open_source=self.sources.open,
            open_words=self.sources.open_words,
            cite_at=self.sources.cite_at,
            write_page=self.files.write_page,
            parent=parent,
        )
        to_settle = ToSettleFeature(
            article,
            bar=bar,
            details=panes.details,
            evidence=panes.evidence,
            inspector=inspector,
            writing=writing,
            open_source=self.sources.open,
            parent=parent,
        )
        self.copies = CopiesFeature(
            session,
            article,
            text,
            preferences,
            notices,
            bar,
            sync=self.sharing.hub.sync,
            is_hub_seen=lambda: not self.sharing.hub.why_not,
            open_article=self.articles.open,
            window=parent,
        )
        self.closing = ClosingFeature(session, article, preferences, bar, self.sharing.hub, close=close, parent=parent)
        self.planning = PlanningFeature(
            session,
            article,
            steps,
            notices,
            budget=panes.budget,
            middle=middle,
            bar=bar,
            open_article=self.articles.open,
            write_ai_report=self.files.write_ai_report,
            parent=parent,
        )
        self.versions = VersionsFeature(
            article,
            conflicts=panes.conflicts,
            top_bar=panes.top_bar,
            recovery=panes.recovery,
            articles=panes.articles,
            arrivals=arrivals,
            middle=middle,
            bar=bar,
            open_article=self.articles.open,
            write_at_end=writing.write_at_end,
            parent=parent,
        )
        self.review = ReviewFeature(
            article,
            pane=panes.review,
            side=panes.review_side,
            bars=(panes.top_bar, panes.review.bar),
            inspector=inspector,
            history=panes.history,
            arrivals=arrivals,
            writing=writing,
            middle=middle,
            parent=parent,
        )
        self.workflow = WorkflowFeature(
            session,
            article,
            text,
            steps,
            key_access=key_access,
            bar=bar,
            show_open=to_settle.open,
            reviewing=self.review,
            open_export=self.export.open_article,
            open_site_export=self.export.open_site,
            hand_over=self.sharing.hand_over,
            decide=self.versions.decide,
            has_hub=lambda: bool(self.sharing.hub.address),
            parent=parent,
        )
        drafts = DraftsFeature(
            session,
            article,
            text,
            notices,
            pane=panes.articles,
            bar=bar,
            open_article=self.articles.open,
            take=self.workflow.take,
            show_changes=self.review.open,
            export=self.export.open_articles,
            parent=parent,
        )
        samples = SamplesFeature(
            session,
            article,
            notices,
            discard=drafts.discard,
            put_above=writing.put_above,
            close=close,
            parent=parent,
        )
        joining = JoiningFeature(
            session,
            notices,
            key_access=key_access,
            bar=bar,
            hand_over=self.sharing.hand_over,
            sync=self.sharing.hub.sync,
            has_hub=lambda: bool(self.sharing.hub.address),
            show_standing=panes.status_bar.show_joining,
            wanted=panes.status_bar.joining_wanted,
            parent=parent,
        )
        self.people = PeopleFeature(
            session,
            article,
            notices,
            key_access=key_access,
            bar=bar,
            palette=palette,
            open_article=self.articles.open,
            ask_to_be_let_in=joining.show_own,
            greet_asker=joining.greet,
            parent=parent,
        )
        appearance = AppearanceFeature(
            preferences,
            editor=editor,
            preview=panes.preview,
            palette=palette,
            repaint=partial(follow_theme, panes),
            parent=parent,
        )
        self.view = ViewFeature(
            article,
            articles=panes.articles,
            editor=editor,
            preview=panes.preview,
            inspector=inspector,
            side=side,
            palette=palette,
            stops=(
                (panes.bar, panes.bar),
                (panes.articles, panes.articles.view),
                (writing, editor),
                (panes.review, panes.review.view),
                *((view, view) for view in (panes.budget, panes.export, panes.conflicts, panes.recovery)),
                (panes.preview, panes.preview),
                (inspector, inspector.tabBar()),
                (inspector.rail, inspector.rail.buttons["details"]),
                (panes.top_bar, panes.top_bar.next),
                (panes.review.bar, panes.review.bar.next),
                (panes.status_bar, panes.status_bar),
            ),
            close=lambda: self.closing.may_close() and close(),
            parent=parent,
        )
        helping = HelpFeature(
            session,
            article,
            text,
            preferences,
            notices,
            preview=panes.preview,
            palette=palette,
            middle=middle,
            start_article=self.articles.start,
            parent=parent,
        )
        self.files.came_in.connect(self.articles.open)
        self.files.handed_over.connect(self.sharing.take_in)
        self.files.copy_given.connect(self.copies.bring_back)
        self.files.pictures_given.connect(self.pictures.bring_in)
        for place in (writing.headline, writing.standfirst, editor):
            place.files_given.connect(self.files.bring_in)
        self.sharing.decision_wanted.connect(self.versions.decide)
        self.sharing.comment_wanted.connect(self.review.show_comment)
        panes.articles.open_wanted.connect(partial(self._go_to_need, panes.articles))
        for wanted, open_it in (
            (panes.articles.take_in_wanted, self.files.choose_handed_over),
            (panes.status_bar.open_wanted, to_settle.open),
            (panes.status_bar.backup_wanted, self.copies.answer_status),
            (panes.status_bar.hub_wanted, self.sharing.hub.open_what_is_wanted),
            (self.sharing.hub.key_wanted, key_access.ask),
            (self.sharing.people_wanted, partial(self.people.add_for_hub, self.sharing.show_hub_people)),
            (self.sharing.comparison_wanted, lambda revision: self.review.compare(revision, "")),
            (drafts.saving_wanted, self.files.save_text),
            (self.sharing.leaver_asked, self.people.say_left),
            (joining.changed, self.sharing.changed.emit),
            (self.sharing.asker_came, joining.ask_about),
            (self.sharing.inviting_wanted, self.people.invite_again),
            (panes.recovery.saving_wanted, self.people.ask_for_folder),
            (self.sharing.hub.saving_wanted, partial(self.people.ask_for_folder, is_kept_out=True)),
            (self.sharing.hub.counted, self.copies.state.take),
            (self.sharing.hub.changed, self.copies.state.changed),
        ):
            wanted.connect(open_it)
        panes.top_bar.new_wanted.connect(self.articles.start)
        panes.articles.new_wanted.connect(self.articles.start)
        panes.top_bar.find_wanted.connect(palette.open)
        panes.review.bar.person_wanted.connect(partial(palette.open, "~"))
        panes.top_bar.step_wanted.connect(self.workflow.take_next)
        for asking in (panes.top_bar, self.workflow):
            asking.editor_wanted.connect(self.people.invite_editor)
        panes.review.bar.step_wanted.connect(self.workflow.take_next)
        panes.review.bar.send_back_wanted.connect(self.workflow.send_back)
        self.all: Sequence[Feature] = (
            self.articles,
            drafts,
            self.export,
            self.sharing,
            edit,
            writing_text,
            LanguageFeature(session, article, text, notices, parent),
            self.pictures,
            self.sources,
            self.spelling,
            self.claims,
            to_settle,
            self.copies,
            self.closing,
            self.planning,
            self.versions,
            self.review,
            self.workflow,
            self.people,
            joining,
            self.view,
            appearance,
            helping,
            PageFeature(
                session,
                article,
                text,
                notices,
                preview=panes.preview,
                context_menus=context_menus,
                open_source=self.sources.open,
                write_file=self.files.write_file,
                parent=parent,
            ),
            self.files,
            samples,
            self.saving,
            self.disk,
        )
        """In the order in which their commands stand in the menus."""

    def _go_to_need(self, articles: ArticleList, article: str) -> None:
        """A story that was opened among those that concern the person here is shown at what does."""
        if articles.texts.is_for_me:
            self.sharing.go_to_need(ArticleId(article))
