from ovn_desk.ui.main_window import showing


def sizes(window):
    writing = window.panes.writing
    return [field.font().pixelSize() for field in (writing.headline, writing.standfirst, writing.editor)]


def test_letters_keep_their_size_when_light_becomes_dark(window, desk):
    window.features.articles.open(desk.draft())
    before = sizes(window)
    assert before[:2] == [25, 15]
    showing.follow_theme(window.panes)
    assert sizes(window) == before
