"""What is printed, and where: the page or its annotated copy, on a printer of this computer or as a PDF."""

from PySide6.QtCore import Signal
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QRadioButton, QVBoxLayout, QWidget

from ovn_desk.ui.widgets.inputs import Choice


class PrintDialog(QDialog):
    """`chosen` says whether the annotated copy is meant, and the name of the printer, empty for a PDF."""

    chosen = Signal(bool, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Print"))
        self.page = QRadioButton(self.tr("The page, as readers will see it"))
        self.annotated = QRadioButton(self.tr("The annotated copy: text with claims, sources and comments"))
        self.page.setChecked(True)
        private = QLabel(
            self.tr("The annotated copy is for the newsroom: it shows what sources said, and on which terms."),
            wordWrap=True,
        )
        private.setProperty("role", "soft")
        self.printer = Choice()
        self.printer.setAccessibleName(self.tr("Printer"))
        names = QPrinterInfo.availablePrinterNames()
        for name in names:
            self.printer.addItem(name, userData=name)
        self.printer.addItem(self.tr("Save as PDF"), userData="")
        default = self.printer.findData(QPrinterInfo.defaultPrinterName() or "")
        self.printer.setCurrentIndex(max(0, default))
        self.said = QLabel(self.tr("There is no printer on this computer: save as PDF."), wordWrap=True)
        self.said.setVisible(not names)
        self.printer.setVisible(bool(names))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go = buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setObjectName("primary")
        self.go.setDefault(True)
        self._name_button()
        self.printer.currentIndexChanged.connect(lambda _: self._name_button())
        buttons.accepted.connect(self._choose)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        for widget in (self.page, self.annotated, private, self.printer, self.said, buttons):
            column.addWidget(widget)

    def _name_button(self) -> None:
        self.go.setText(self.tr("Print") if self.printer.currentData() else self.tr("Save as PDF…"))

    def _choose(self) -> None:
        self.accept()
        self.chosen.emit(self.annotated.isChecked(), self.printer.currentData())
