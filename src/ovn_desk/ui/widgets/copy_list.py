"""The copies that this computer knows as a list: when each was made, what it holds, and what of that is not here."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from ovn_desk.ui.background.jobs import Worker
from ovn_desk.ui.widgets.phrases import day_and_time, quantity
from ovn_desk.usecases.known_copies import CopyAccount, CopyAmount, KnownCopies, KnownCopy


class CopyList(QListWidget):
    """Looks for copies and reads them off the window's thread, one after the other, the newest first.

    `shown` carries the copies once they are found, `taken` says that Enter or a double click took the one that is
    selected: a single click does on no desktop.
    """

    shown = Signal(object)
    counted = Signal()
    """Of one more copy it is known what it holds."""
    taken = Signal()
    idle = Signal()
    """No copy is being read any more, after `stop`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("copy-list")
        self.setAccessibleName(self.tr("Copies, the newest first"))
        self.setWordWrap(True)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.itemDoubleClicked.connect(lambda _: self.taken.emit())
        self._worker = Worker(self)
        self._copies: tuple[KnownCopy, ...] = ()
        self._accounts: dict[Path, CopyAccount] = {}
        self._round = 0

    def look(
        self, find: Callable[[], KnownCopies], take_stock: Callable[[Path], CopyAccount], now: Callable[[], datetime]
    ) -> None:
        """Lists what `find` finds, and of each what `take_stock` counts; `now` is the newsroom's clock."""
        self._round += 1
        this = self._round

        def show(found: KnownCopies) -> None:
            if this != self._round:
                self.idle.emit()
                return
            self._copies = found.copies
            self.clear()
            for copy in found.copies:
                item = QListWidgetItem(_describe(copy, now(), _translate("Looking into it…")))
                item.setToolTip(str(copy.file))
                self.addItem(item)
            if found.copies:
                self.setCurrentRow(0)
            self.shown.emit(found)
            read(0)

        def read(row: int) -> None:
            if this != self._round or row >= len(self._copies):
                return
            copy = self._copies[row]

            def say(words: str) -> None:
                if this != self._round:
                    self.idle.emit()
                    return
                self.item(row).setText(_describe(copy, now(), words))
                self.counted.emit()
                read(row + 1)

            def count(account: CopyAccount) -> None:
                self._accounts[copy.file] = account
                say(describe_account(account))

            self._worker.run(lambda: take_stock(copy.file), done=count, refused=say)

        self._worker.run(find, done=show, refused=lambda _: show(KnownCopies(())))

    def stop(self) -> None:
        """Reads no further; a copy that is being read just now is read to its end, which `idle` tells."""
        self._round += 1

    @property
    def is_reading(self) -> bool:
        return self._worker.is_busy

    @property
    def file(self) -> Path | None:
        """The copy that is selected."""
        row = self.currentRow()
        return self._copies[row].file if 0 <= row < len(self._copies) else None

    @property
    def may_bring(self) -> bool:
        """Whether the copy that is selected has something that is not here, or is not counted yet."""
        account = self._accounts.get(self.file) if self.file is not None else None
        if account is None or account.lacking_here is None:
            return self.file is not None and not (account and account.is_foreign)
        return bool(account.lacking_here)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.file is not None:
            self.taken.emit()
            return
        super().keyPressEvent(event)


def _describe(copy: KnownCopy, now: datetime, words: str) -> str:
    when = day_and_time(copy.made_at, now)
    where = _translate("Beside the newsroom, on this laptop") if copy.is_beside else str(copy.file.parent)
    return f"{when[0].upper()}{when[1:]}\n{words}\n{where}"


def describe_account(account: CopyAccount) -> str:
    """What a copy holds, and what of it is not here; nothing of that where there is no newsroom here."""
    held = [
        quantity(account.holds.stories, "story", "stories"),
        quantity(account.holds.versions, "version", "versions"),
    ]
    if account.holds.texts:
        held.append(_count_texts(account.holds.texts))
    said = ", ".join(held)
    if account.is_foreign:
        return _translate("{holds}. Of another newsroom: it can not come in here.").format(holds=said)
    if account.lacking_here is None:
        return f"{said}."
    if not account.lacking_here:
        return _translate("{holds}. All of it is here.").format(holds=said)
    return _translate("{holds}. Not here: {lacking}.").format(holds=said, lacking=_lacking(account.lacking_here))


def _lacking(amount: CopyAmount) -> str:
    parts = []
    if amount.versions:
        parts.append(quantity(amount.versions, "version", "versions"))
    if amount.texts:
        parts.append(_count_texts(amount.texts))
    if amount.steps:
        parts.append(quantity(amount.steps, "entry in History", "entries in History"))
    said = ", ".join(parts)
    if said and amount.stories:
        stories = quantity(amount.stories, "story", "stories")
        said = _translate("{what}, of {stories}").format(what=said, stories=stories)
    if amount.has_people_news:
        news = _translate("news of people and settings")
        said = f"{said}; {news}" if said else news
    return said


def _count_texts(number: int) -> str:
    return quantity(number, "unfinished text", "unfinished texts")


def _translate(text: str) -> str:
    return QCoreApplication.translate("CopyList", text)
