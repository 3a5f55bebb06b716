"""The form that uploads to WordPress: it says first, does what it said, and never holds the window."""

import pytest

import wordpress_site
from wordpress_site import PASSWORD, USER, failing


@pytest.fixture
def there():
    with wordpress_site.running() as (site, address):
        site.address = address
        yield site


@pytest.fixture
def form(qtbot, window, desk, there):
    """The form over the Export view, filled in, for one approved article."""
    desk.approved()
    window.workspace.article.switch_person(desk.editor.person)
    window.features.export.open_site()
    window.panes.export.to_wordpress.click()
    made = window.panes.export.uploading
    made.site.setText(there.address)
    made.user.setText(USER)
    made.password.setText(PASSWORD)
    return made


def said(qtbot, form, words):
    qtbot.waitUntil(lambda: words in form.outcome.sentence.text(), timeout=20_000)


def test_it_says_what_would_be_done_and_then_does_it(qtbot, form, there):
    assert there.asked == []
    assert not form.go.isEnabled()
    form.look.click()
    said(qtbot, form, "1 post to create, 0 to change, 0 to leave.")
    assert there.posts == {}
    form.go.click()
    said(qtbot, form, "Uploaded: 1 post created")
    assert there.only()["status"] == "draft"
    assert form.password.text() == ""


def test_another_wish_is_looked_at_again(qtbot, form, there):
    form.look.click()
    said(qtbot, form, "1 post to create")
    form.is_live.setChecked(True)
    assert not form.go.isEnabled()


def test_a_refusal_is_a_sentence_in_the_form(qtbot, form):
    form.password.setText("wrong")
    form.look.click()
    said(qtbot, form, "does not know “ayesha” with this password")
    form.site.setText("http://news.example")
    form.look.click()
    said(qtbot, form, "without encryption")


def test_it_is_stopped_while_the_site_is_waited_for(qtbot, form, there):
    there.wrong = [failing(429, method="GET", path="users", Retry_After="60")]
    form.look.click()
    qtbot.waitUntil(lambda: there.asked != [], timeout=20_000)
    form.leave.click()
    said(qtbot, form, "The upload was stopped.")
    form.leave.click()
    assert not form.isVisible()
