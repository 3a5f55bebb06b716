"""The certificate that a hub showed: what it says, its number to compare, and the two ways to trust it."""

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ovn_desk.sync.postgres.certificates import Certificate

_PAIRS_A_LINE = 16


class CertificateBox(QWidget):
    """Shown where the hub's certificate is one that somebody has to judge."""

    trusted = Signal()
    """It was compared, and is to be trusted from now on."""
    file_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._about = QLabel(wordWrap=True)
        self.number = QLabel()
        self.number.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.number.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.number.setAccessibleName(self.tr("Number of the certificate"))
        self.compared = QCheckBox(self.tr("It is the number that whoever runs the hub gave me"))
        self.trust = QPushButton(self.tr("Trust this certificate"))
        self.choose = QPushButton(self.tr("Choose the file of a certificate…"))
        for button in (self.trust, self.choose):
            button.setAutoDefault(False)
        self.compared.toggled.connect(self.trust.setEnabled)
        self.trust.clicked.connect(lambda _=False: self.trusted.emit())
        self.choose.clicked.connect(lambda _=False: self.file_wanted.emit())
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.trust)
        row.addWidget(self.choose)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self._about, self.number, self.compared):
            column.addWidget(widget)
        column.addLayout(row)
        self.hide()

    def show_certificate(self, certificate: Certificate | None, *, is_other: bool = False) -> None:
        """What it says; only one that signed itself can be trusted by its number. Hides without one to judge.

        `is_other` says that whoever runs the hub handed over another number.
        """
        self.setVisible(certificate is not None)
        if certificate is None:
            return
        day = QLocale().toString(QDate(certificate.ends.year, certificate.ends.month, certificate.ends.day))
        said = self.tr("It says: for {names}, good until {day}. Its number (SHA-256):").format(
            names=", ".join(certificate.names) or "?", day=day
        )
        if is_other:
            said = self.tr("This is not the number in what you pasted. Ask whoever runs the hub first.") + " " + said
        self._about.setText(said)
        pairs = certificate.fingerprint.split(":")
        lines = [pairs[start : start + _PAIRS_A_LINE] for start in range(0, len(pairs), _PAIRS_A_LINE)]
        self.number.setText("\n".join(" ".join(line) for line in lines))
        self.compared.setChecked(False)
        self.trust.setEnabled(False)
        self.compared.setVisible(certificate.is_self_signed)
        self.trust.setVisible(certificate.is_self_signed)
