"""The live preview: the page that will be exported, in a window of its own inside ours."""

import json
from bisect import bisect_right
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import (
    QElapsedTimer,
    QEvent,
    QEventLoop,
    QObject,
    QPoint,
    Qt,
    QTimer,
    QUrl,
    Signal,
)
from PySide6.QtGui import QColor, QDesktopServices, QMouseEvent, QPainter, QWheelEvent
from PySide6.QtWebEngineCore import (
    QWebEnginePage,
    QWebEngineProfile,
    QWebEngineScript,
    QWebEngineSettings,
)
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QGridLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from ovn_desk.ui.preview import patching, scripts, serving
from ovn_desk.ui.preview.header import PreviewHeader
from ovn_desk.ui.widgets import theme

if TYPE_CHECKING:
    from ovn_desk.rendering.page import Parts

_ADDRESS = QUrl("ovn-page://desk/")
_PHONE = 400
_DESKTOP = 1040
_LEAST_FIT = 0.8
_UNCOVERED_MS = 120
_LED_MS = 250  # a page that the editor moved does not move the editor
_WORLD = QWebEngineScript.ScriptWorldId.ApplicationWorld.value


def warm_up() -> QWebEngineView:
    """Bring Chromium's processes up, by an empty page that is to be deleted when the window is there.

    A call from Python would hold Python's lock for the 150 ms that this takes, and the thread that reads the rest of
    the desk would wait. So a slot of Qt's own does it, called by Qt in its loop, which hears of nothing else meanwhile.
    """
    view, waiting, begin = QWebEngineView(), QEventLoop(), QTimer(singleShot=True, interval=0)
    begin.timeout.connect(view.reload)
    begin.timeout.connect(waiting.quit)
    begin.start()
    waiting.exec(QEventLoop.ProcessEventsFlag.ExcludeSocketNotifiers)
    return view


class _Page(QWebEnginePage):
    link_opened = Signal(QUrl)

    def acceptNavigationRequest(self, url: QUrl | str, type: QWebEnginePage.NavigationType, is_main: bool) -> bool:  # noqa: A002, FBT001
        address = QUrl(url)
        if address.scheme() == "ovn-page":
            return True
        if type == QWebEnginePage.NavigationType.NavigationTypeLinkClicked and is_main:
            self.link_opened.emit(address)
        return False


class Preview(QWidget):
    """Shows a page and patches it while its text is being written; never takes the keyboard by itself."""

    shown = Signal()
    scrolled = Signal(float)
    place_wanted = Signal(int)
    zoomed = Signal(int)
    menu_wanted = Signal(QPoint, QUrl)
    """A menu at a point of the screen, and the address of the link there, empty for none."""
    view_changed = Signal()
    """Another view of the page was chosen, or the pane is shown again."""

    def __init__(self, serve: serving.Serve, parent: QWidget | None = None) -> None:
        """`serve` gives media type and bytes of a picture by its path; it is called on another thread."""
        super().__init__(parent)
        self.setObjectName("preview-pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._profile = QWebEngineProfile(self)  # off the record
        self._server = serving.Server(serve, self)
        self._gate = serving.Gate(self)
        self._profile.installUrlSchemeHandler(serving.SCHEME, self._server)
        self._profile.setUrlRequestInterceptor(self._gate)
        self._view = QWebEngineView(self)
        self._page = _Page(self._profile, self._view)
        self._page.link_opened.connect(QDesktopServices.openUrl)
        self._page.setBackgroundColor(QColor(theme.colours().sheet))
        settings = self._page.settings()
        for attribute in (
            QWebEngineSettings.WebAttribute.JavascriptEnabled,
            QWebEngineSettings.WebAttribute.PluginsEnabled,
            QWebEngineSettings.WebAttribute.LocalStorageEnabled,
            QWebEngineSettings.WebAttribute.FocusOnNavigationEnabled,
        ):
            settings.setAttribute(attribute, False)
        self._view.setPage(self._page)
        self._view.setAttribute(Qt.WidgetAttribute.WA_NativeWindow)  # as an ordinary child every key costs 10 ms
        self._view.setAccessibleName(self.tr("Preview of the page"))
        self.setFocusProxy(self._view)  # F6 goes to the page, which then scrolls by key
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._view.customContextMenuRequested.connect(self._ask_for_menu)
        self._page.loadFinished.connect(self._follow_load)
        self._current: Parts | None = None
        self._loading: Parts | None = None
        self._elements: list[str] = []
        self._is_ready = False
        self._lines: list[float] = []
        self._line = 0.0
        self._led = QElapsedTimer()
        self._page.scrollPositionChanged.connect(self._ask_where)
        self._lay_out()

    def _lay_out(self) -> None:
        self._message = QLabel()
        self._message.setWordWrap(True)
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._message.setProperty("role", "soft")
        self._header = PreviewHeader()
        self._header.view_chosen.connect(self._choose_view)
        self._header.zoomed.connect(self._follow_zoom)
        self._stage = QWidget()
        stage = QGridLayout(self._stage)
        stage.setContentsMargins(12, 0, 12, 12)
        stage.addWidget(self._view, 0, 0)
        self._cover = QWidget(self._stage)  # Chromium's window is black until its first picture is there
        self._cover.setObjectName("cover")
        self._cover.setAttribute(Qt.WidgetAttribute.WA_NativeWindow)
        self._cover.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        stage.addWidget(self._cover, 0, 0)
        self.shown.connect(self._uncover)
        self._stack = QStackedLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._header)
        column.addLayout(self._stack, 1)
        self._stack.addWidget(self._stage)
        self._stack.addWidget(self._message)

    @property
    def card(self) -> str:
        """Which card is shown in place of the page; empty for the page itself."""
        view = self._header.views.choice
        return view if view in {"search", "share"} else ""

    @property
    def zoom(self) -> int:
        """How large the page is shown, in per cent of its own size."""
        return self._header.zoom

    @zoom.setter
    def zoom(self, percent: int) -> None:
        self._header.zoom = percent

    def step_zoom(self, direction: int) -> None:
        """Shows the page a step larger (1) or smaller (-1)."""
        self._header.step(direction)

    def _follow_zoom(self) -> None:
        self._fit()
        self.zoomed.emit(self.zoom)

    def _choose_view(self) -> None:
        self._fit()
        self.view_changed.emit()

    def show_page(self, page: "Parts", *, document: str = "") -> None:
        """Shows a page: loaded anew from its `document` (another article), otherwise only its changed elements."""
        if not shiboken6.isValid(self._view):
            return  # the window was closed while this page was being made
        self._stack.setCurrentWidget(self._stage)
        new = [element for block in page.blocks for element in patching.elements(block)]
        self._lines = _lines_of(page)
        old, before = self._elements, self._current
        self._current, self._elements = page, new
        if document:
            self._load(page, document)
            return
        if before is None or not self._is_ready:
            return  # it is sent when the page has loaded
        change = patching.patch(old, new)
        head = page.head if page.head != before.head else None
        after = page.after if page.after != before.after else None
        if change.is_empty and head is None and after is None:
            self.shown.emit()
            return
        self._run(
            {
                "head": head,
                "after": after,
                "whole": None,
                "start": change.start,
                "removed": change.removed,
                "added": change.added,
                "count": len(new),
            }
        )

    def scroll_to(self, line: float) -> None:
        """Shows the page from where a line of the text is (from 0; a part of a line counts)."""
        self._line = line
        if not self._is_ready or not self._lines:
            return
        self._led.start()
        index = bisect_right(self._lines, line) - 1
        if line <= 0 or index < 0:
            self._page.runJavaScript(scripts.GO % (-1, 0), _WORLD)
            return
        end = self._lines[index + 1] if index + 1 < len(self._lines) else self._lines[index] + 1
        part = min(1.0, (line - self._lines[index]) / max(1e-6, end - self._lines[index]))
        self._page.runJavaScript(scripts.GO % (index, part), _WORLD)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A click in the page goes to its place in the text; Ctrl and the wheel make the page larger or smaller."""
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonRelease:
            if event.button() is Qt.MouseButton.LeftButton:
                point = event.position() / self._view.zoomFactor()
                self._page.runJavaScript(scripts.AT % (point.x(), point.y()), _WORLD, self._go_to_clicked)
        elif isinstance(event, QWheelEvent) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step_zoom(1 if event.angleDelta().y() > 0 else -1)
            return True
        return super().eventFilter(watched, event)

    def _ask_for_menu(self, point: QPoint) -> None:
        asked = self._view.lastContextMenuRequest()
        self.menu_wanted.emit(self._view.mapToGlobal(point), asked.linkUrl() if asked else QUrl())

    def _go_to_clicked(self, index: object) -> None:
        if isinstance(index, (int, float)) and 0 <= index < len(self._lines) and not self._page.hasSelection():
            self.place_wanted.emit(int(self._lines[int(index)]))

    def _ask_where(self) -> None:
        """The page was scrolled by its reader, not by the editor."""
        if self._led.isValid() and self._led.elapsed() < _LED_MS:
            return
        self._page.runJavaScript(scripts.WHERE, _WORLD, self._tell_where)

    def _tell_where(self, place: object) -> None:
        if not isinstance(place, str) or not place:  # as text: Qt hands arrays over as nothing
            return
        index, part = json.loads(place)
        if index < 0:
            self.scrolled.emit(0.0)
        elif index < len(self._lines):
            start = self._lines[index]
            end = self._lines[index + 1] if index + 1 < len(self._lines) else start + 1
            self.scrolled.emit(start + part * (end - start))

    def copy(self) -> None:
        """The selected words of the page go onto the clipboard."""
        self._page.triggerAction(QWebEnginePage.WebAction.Copy)

    @property
    def has_selection(self) -> bool:
        """Whether words of the page are selected."""
        return self._page.hasSelection()

    def select_all(self) -> None:
        self._page.triggerAction(QWebEnginePage.WebAction.SelectAll)

    def show_message(self, sentence: str) -> None:
        """Why there is no page to show; the last page stays behind it."""
        self._message.setText(sentence)
        self._stack.setCurrentWidget(self._message)

    def announce(self) -> None:
        """Says that a page is being made, where none is shown yet."""
        if self._stack.currentWidget() is self._message:
            self._message.setText(self.tr("The page comes in a moment."))

    def text(self, answer: "object") -> None:
        """Gives the text of the page to a callable; for tests."""
        self._page.toPlainText(answer)  # type: ignore[arg-type]

    def paint_into(self, painter: QPainter, window: QWidget) -> None:
        """Draws the page where it stands in a picture of the window."""
        if self._stage.isVisible():
            painter.drawPixmap(self._view.mapTo(window, QPoint()), self._view.grab())

    def end(self) -> None:
        """Ends the page before its profile goes, as Qt asks."""
        self._server.finish()
        shiboken6.delete(self._view)

    def repaint_for_theme(self) -> None:
        self._page.setBackgroundColor(QColor(theme.colours().sheet))

    def showEvent(self, event: "object") -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self._cover.raise_()
        self.view_changed.emit()  # the text may have gone on while nobody looked

    def resizeEvent(self, event: "object") -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def _uncover(self) -> None:
        """The page is made; the compositor shows it a moment later."""
        if self._cover.isVisible():
            QTimer.singleShot(_UNCOVERED_MS, self._cover.hide)

    def _fit(self) -> None:
        """Phone: a phone's width. Page: as wide as there is room, and a little smaller where that is little."""
        if not shiboken6.isValid(self._view):  # at the end of the program
            return
        room, view = self.width() - 24, self._header.views.choice
        self._view.setMaximumWidth(_PHONE if view == "phone" else 16_777_215)
        fitting = max(_LEAST_FIT, min(1.0, room / _DESKTOP)) if view == "desktop" else 1.0
        self._view.setZoomFactor(fitting * self.zoom / 100)

    def _load(self, page: "Parts", document: str) -> None:
        self._line = 0.0
        self._is_ready = False
        self._loading = page
        self._server.document = document.encode()
        self._page.load(_ADDRESS)

    def _follow_load(self, is_good: bool) -> None:  # noqa: FBT001 - Qt's signal
        if not is_good or self._current is None:
            return
        self._is_ready = True
        if proxy := self._view.focusProxy():
            proxy.removeEventFilter(self)
            proxy.installEventFilter(self)
        if self._current is not self._loading:
            self._send_whole()  # the text went on while the page was loading
        else:
            self.shown.emit()
        if self._line:
            self.scroll_to(self._line)  # and so did its writer

    def _send_whole(self) -> None:
        if self._current is None:
            return
        page = self._current
        self._run({"head": page.head, "after": page.after, "whole": "\n".join(page.blocks)})

    def _run(self, change: dict[str, object]) -> None:
        script = scripts.APPLY % json.dumps(change)
        is_whole = change["whole"] is not None

        def follow_answer(is_right: object) -> None:
            if not shiboken6.isValid(self._page):
                return  # the window was closed before its page answered
            if is_right or is_whole:
                self.shown.emit()
            else:
                self._send_whole()

        self._page.runJavaScript(script, _WORLD, follow_answer)


def _lines_of(page: "Parts") -> list[float]:
    """The line of the text at which each element of the page begins; several of one piece share its lines."""
    lines: list[float] = []
    for number, (block, start) in enumerate(zip(page.blocks, page.lines, strict=True)):
        count = len(patching.elements(block))
        end = page.lines[number + 1] if number + 1 < len(page.lines) else start + count
        lines += [start + (end - start) * index / count for index in range(count)]
    return lines
