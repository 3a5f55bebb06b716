"""About: which version this is, what it is made with, and where its log and its newsroom are on this computer."""

from html import escape
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTextBrowser,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from ovn_desk import __version__, assets
from ovn_desk.ui.help.libraries import libraries
from ovn_desk.ui.widgets.opening import open_file

_SIZE = (680, 470)
_OURS = (
    ("Noto Nastaliq Urdu, Noto Naskh Arabic", "SIL Open Font License 1.1", "fonts/OFL.txt"),
    ("Lucide icons", "ISC", "icons/lucide/LICENSE"),
    ("SCOWL English dictionary", "SCOWL, BSD", "dictionaries/en-GB-LICENSE.txt"),
)


class AboutDialog(QDialog):
    """One glance, and the whole licences below it."""

    def __init__(self, *, store: Path, log: Path, parent: QWidget) -> None:
        """`store` is the newsroom's file, `log` the folder of the log."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("About OVN Desk"))
        self.resize(*_SIZE)
        name = QLabel("OVN Desk")
        name.setProperty("role", "title")
        version = QLabel(
            self.tr("Version {version}, with Qt {qt}. Under the MIT licence.").format(
                version=__version__, qt=QLibraryInfo.version().toString()
            )
        )
        version.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        places = QGridLayout()
        places.setHorizontalSpacing(12)
        places.setColumnStretch(1, 1)
        for row, (label, path) in enumerate(((self.tr("Newsroom"), store), (self.tr("Log"), log))):
            places.addWidget(QLabel(label), row, 0)
            places.addWidget(_path_label(path), row, 1)
            places.addLayout(self._buttons(label, path), row, 2)
        self.licences = QTextBrowser()
        self.licences.setAccessibleName(self.tr("Licences"))
        self.licences.document().setDocumentMargin(12)
        self.licences.setHtml(self._licences())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        buttons.button(QDialogButtonBox.StandardButton.Close).setFocus()
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 12)
        column.setSpacing(8)
        column.addWidget(name)
        column.addWidget(version)
        column.addLayout(places)
        column.addWidget(self.licences, 1)
        column.addWidget(buttons)

    def _say(self, why: str) -> None:
        """Beside the button that copies the path."""
        QToolTip.showText(self.mapToGlobal(self.rect().center()), why, self)

    def _buttons(self, label: str, path: Path) -> QHBoxLayout:
        folder = path if path.is_dir() else path.parent
        show, copy = QPushButton(self.tr("Open folder")), QPushButton(self.tr("Copy"))
        show.setAccessibleName(self.tr("Open the folder of: {name}").format(name=label))
        copy.setAccessibleName(self.tr("Copy the path of: {name}").format(name=label))
        show.clicked.connect(lambda _=False: open_file(folder, lambda why, _: self._say(why)))
        copy.clicked.connect(lambda _=False: QGuiApplication.clipboard().setText(str(path)))
        row = QHBoxLayout()
        for button in (show, copy):
            button.setAutoDefault(False)
            row.addWidget(button)
        return row

    def _licences(self) -> str:
        """What the desk is made with as a table, then the licences that ask to be shown in full; as HTML."""
        rows = [
            ("OVN Desk", __version__, "MIT"),
            (self.tr("Qt, with Chromium in Qt WebEngine"), QLibraryInfo.version().toString(), "LGPL-3.0, BSD"),
            *((one.name, one.version, one.licence or self.tr("named in the package")) for one in libraries()),
            *((name, "", licence) for name, licence, _ in _OURS),
        ]
        header = "".join(
            f'<th align="left">{escape(one)}</th>'
            for one in (self.tr("Made with"), self.tr("Version"), self.tr("Licence"))
        )
        table = "".join("<tr>" + "".join(f"<td>{escape(one)}</td>" for one in row) + "</tr>" for row in rows)
        texts = "".join(
            f'<h3>{escape(name)}</h3><p style="white-space: pre-wrap">{escape(assets.text(file))}</p>'
            for name, _, file in _OURS
        )
        return f'<table cellpadding="4" width="100%"><tr>{header}</tr>{table}</table>{texts}'


def _path_label(path: Path) -> QLabel:
    label = QLabel(str(path), wordWrap=True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setProperty("role", "soft")
    return label
