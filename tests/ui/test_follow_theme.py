from PySide6.QtWidgets import QTextEdit
from shiboken6 import isValid

from ovn_desk.domain.workflow import Step
from ovn_desk.ui.main_window import showing
from ovn_desk.ui.widgets import theme


def sizes(window):
    writing = window.panes.writing
    return [field.font().pixelSize() for field in (writing.headline, writing.standfirst, writing.editor)]


def test_letters_keep_their_size_when_light_becomes_dark(window, desk):
    window.features.articles.open(desk.draft())
    before = sizes(window)
    assert before[:2] == [25, 15]
    showing.follow_theme(window.panes)
    assert sizes(window) == before


def colours_of(text):
    """Every colour that words in a text were given, as `#rrggbb`."""
    found, block = set(), text.document().begin()
    while block.isValid():
        for fragment in (place.fragment() for place in block):
            brush = fragment.charFormat().foreground()
            if brush.style().value:
                found.add(brush.color().name().upper())
        block = block.next()
    return found


def test_a_review_is_drawn_in_the_colours_of_now(qtbot, window, desk, space, monkeypatch):
    article = desk.draft(body="Rail freight. " * 20)
    desk.step(article, Step.FILE, desk.reporter, note="Figures are from the report.")
    desk.step(article, Step.TAKE, desk.editor)
    space.session.change_person(desk.editor.person)
    window.features.articles.open(article)
    window.features.review.open()
    view = window.panes.review.view
    qtbot.waitUntil(lambda: "Rail freight" in view.toPlainText())
    assert theme.LIGHT.ink in colours_of(view)
    monkeypatch.setattr(theme, "is_dark", lambda: True)
    showing.follow_theme(window.panes)
    only_light = set(vars_of(theme.LIGHT)) - set(vars_of(theme.DARK))
    assert theme.DARK.ink in colours_of(view)
    assert not any(colours_of(one) & only_light for one in window.findChildren(QTextEdit))
    monkeypatch.undo()
    showing.follow_theme(window.panes)


def vars_of(colours):
    return [getattr(colours, name) for name in theme.Colours.__dataclass_fields__]


def test_the_style_that_widgets_know_outlives_every_change_of_colours(window):
    """Another style would be deleted with Python still holding it: what is made at its address next is taken for it."""
    style = window.style()
    for _ in range(3):
        showing.follow_theme(window.panes)
        assert isValid(style)
        assert window.style() is style
