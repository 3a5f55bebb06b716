"""Who has the open story, since when, beside the step that can be taken with it."""

from PySide6.QtCore import QTimer

from ovn_desk.ui.state.custody import is_to_review_again, open_custody_text, shorter_custody_texts
from ovn_desk.ui.state.open_article import OpenArticle
from ovn_desk.ui.state.session import Session
from ovn_desk.ui.widgets.elastic_label import ElasticLabel

_AGES_CHANGE_MS = 60_000


class CustodyLabel(ElasticLabel):
    """Not there where it goes without saying; said anew as time goes by."""

    def __init__(self, session: Session, article: OpenArticle) -> None:
        super().__init__()
        self._session, self._article = session, article
        self.setObjectName("custody")
        self._clock = QTimer(self, interval=_AGES_CHANGE_MS)
        self._clock.timeout.connect(self.refresh)
        self._clock.start()

    def refresh(self) -> None:
        text = open_custody_text(self._session, self._article.folded)
        if is_to_review_again(self._article):
            text = self.tr("{said}; changed since").format(said=text)
        self.show_words(text, shorter=shorter_custody_texts(self._session, self._article.folded) if text else ())
