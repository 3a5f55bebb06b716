"""Pictures by paste, drop and file, their cards, and the preview that shows them."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QPoint, QSize, Qt, QUrl
from PySide6.QtGui import QColor, QContextMenuEvent, QDragEnterEvent, QDropEvent, QImage, QTextCursor
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QPushButton, QSpinBox, QToolButton

from ovn_desk.domain.image import Image, ImageWidth, add_images
from ovn_desk.domain.workflow import Step
from ovn_desk.ui.editor import Editor, typing
from ovn_desk.ui.inspector.images.crop import Crop
from ovn_desk.usecases import pictures
from photos import photo


@pytest.fixture
def window(window, desk):
    window.resize(1600, 900)  # page and cards side by side
    window.features.articles.open(desk.draft(body="One.\n\nTwo."))
    window.panes.inspector.show_tab("details")
    return window


def files(tmp_path, *names, data=None):
    paths = [tmp_path / name for name in names]
    for path in paths:
        path.write_bytes(data or photo((300 + len(path.name), 200)))
    return paths


def urls(paths):
    source = QMimeData()
    source.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return source


def square(colour="red", side=40):
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    return image


def give(window, source):
    assert window.panes.writing.editor.canInsertFromMimeData(source)
    window.panes.writing.editor.insertFromMimeData(source)


def settled(qtbot, window, count):
    qtbot.waitUntil(lambda: len(window.workspace.text.content.images) == count, timeout=10_000)
    qtbot.waitUntil(lambda: window.workspace.text.content.body.count("(image:") >= min(1, count))


def press(qtbot, window, text):
    """Presses a button of the only card."""

    def found():
        every = window.panes.details.images.findChildren(QToolButton)
        return [button for button in every if button.text() == text and button.isVisible()]

    qtbot.waitUntil(lambda: len(found()) == 1)
    found()[0].click()


def put_form_away(qtbot, window):
    """The form of a new picture, which stands in place of its card."""
    form = window.panes.details.images.form
    qtbot.waitUntil(form.isVisible)
    qtbot.keyClick(form, Qt.Key.Key_Escape)


def labels(window):
    return [label.text() for label in window.panes.details.images.findChildren(QLabel) if label.isVisibleTo(window)]


def test_a_dropped_file_is_a_paragraph_of_its_own_and_a_card(qtbot, window, tmp_path):
    give(window, urls(files(tmp_path, "train.jpg")))
    settled(qtbot, window, 1)
    assert window.panes.writing.editor.text() == "![](image:train)\n\nOne.\n\nTwo."
    (image,) = window.workspace.text.content.images
    with window.workspace.session.store.read() as reading:
        assert reading.has_blob(image.sha256)
    put_form_away(qtbot, window)
    qtbot.waitUntil(lambda: {"alt text missing", "credit missing"} <= set(labels(window)))
    assert not window.panes.bar.isVisible()


def test_a_file_is_dropped_where_the_mouse_lets_it_go(qtbot, window, tmp_path):
    source = urls(files(tmp_path, "train.jpg"))
    viewport = window.panes.writing.editor.viewport()
    end = window.panes.writing.editor.cursorRect(window.panes.writing.editor.cursors([(10, 10)])[0]).center()
    actions, buttons = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(end, actions, source, buttons, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(viewport, enter)
    assert enter.isAccepted()
    drop = QDropEvent(end.toPointF(), actions, source, buttons, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(viewport, drop)
    settled(qtbot, window, 1)
    assert window.panes.writing.editor.text() == "One.\n\nTwo.\n\n![](image:train)"


def test_when_several_files_are_dropped_all_come_in(qtbot, window, tmp_path):
    window.panes.writing.editor.moveCursor(QTextCursor.MoveOperation.End)
    give(window, urls(files(tmp_path, "a.jpg", "bb.jpg", "ccc.jpg")))
    settled(qtbot, window, 3)
    assert window.panes.writing.editor.text() == "One.\n\nTwo.\n\n![](image:a)\n\n![](image:bb)\n\n![](image:ccc)"


def test_the_same_file_twice_is_one_picture(qtbot, window, tmp_path):
    paths = files(tmp_path, "a.jpg", "b.jpg", data=photo())
    give(window, urls(paths))
    settled(qtbot, window, 1)
    assert window.panes.writing.editor.text().count("![](image:a)") == 2


def test_undo_takes_the_reference_out_and_leaves_the_card(qtbot, window, tmp_path):
    give(window, urls(files(tmp_path, "train.jpg")))
    settled(qtbot, window, 1)
    window.panes.writing.editor.undo()
    assert window.panes.writing.editor.text() == "One.\n\nTwo."
    put_form_away(qtbot, window)
    qtbot.waitUntil(lambda: "not in the text" in labels(window))


def test_a_picture_on_the_clipboard_comes_in(qtbot, window):
    source = QMimeData()
    source.setImageData(square())
    give(window, source)
    settled(qtbot, window, 1)
    (image,) = window.workspace.text.content.images
    assert (image.key, image.media, image.width) == ("image", "image/png", 40)


def test_the_bytes_of_a_picture_on_the_clipboard_are_taken_as_they_are(qtbot, window):
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    square("blue").save(buffer, "PNG")
    source = QMimeData()
    source.setData("image/png", buffer.data())
    source.setData("image/jpeg", QByteArray(photo((77, 50))))
    give(window, source)
    settled(qtbot, window, 1)
    assert window.workspace.text.content.images[0].width == 77


def test_words_that_come_with_a_picture_of_themselves_stay_words(window):
    source = QMimeData()
    source.setText("Copied from a table")
    source.setImageData(square())
    window.panes.writing.editor.insertFromMimeData(source)
    assert window.panes.writing.editor.text().startswith("Copied from a table")
    assert window.workspace.text.content.images == ()


def test_a_bad_file_is_refused_in_a_sentence_and_the_good_one_comes_in(qtbot, window, tmp_path):
    (bad,) = files(tmp_path, "drawing.svg", data=b"<svg/>")
    give(window, urls([bad, *files(tmp_path, "train.jpg")]))
    settled(qtbot, window, 1)
    assert window.panes.bar.text.startswith("drawing.svg is an SVG drawing")
    assert "![](image:train)" in window.panes.writing.editor.text()


def test_an_article_that_was_left_meanwhile_gets_nothing_and_neither_does_the_new_one(qtbot, window, desk, tmp_path):
    other = desk.draft(headline="Another")
    give(window, urls(files(tmp_path, "train.jpg")))
    window.features.articles.open(other)
    qtbot.waitUntil(lambda: "add them again" in window.panes.bar.text)
    assert window.workspace.text.content.images == ()
    assert "image:" not in window.panes.writing.editor.text()


def test_a_text_that_may_not_be_changed_takes_no_picture(qtbot, window, desk, tmp_path):
    window.workspace.article.switch_person(desk.chief.person)
    window.workspace.article.switch_person(desk.reporter.person)
    window.workspace.steps.take(Step.FILE)
    window.features.pictures.importer.bring_in(files(tmp_path, "train.jpg"), window.panes.writing.editor.textCursor())
    assert "Recall" in window.panes.bar.text
    assert not window.actions_by_name["write.image"].isEnabled()


def test_new_pictures_are_described_at_once_one_after_the_other_and_then_one_writes_on(qtbot, window, tmp_path):
    window.activateWindow()
    editor = window.panes.writing.editor
    editor.setFocus()
    qtbot.waitUntil(editor.hasFocus)
    give(window, urls(files(tmp_path, "train.jpg", "station.jpg")))
    settled(qtbot, window, 2)
    form = window.panes.details.images.form
    for name in ("train", "station"):
        qtbot.waitUntil(lambda: not form._fields["alt"].visibleRegion().isEmpty(), timeout=10_000)  # it is in sight
        for words in (f"A {name}", "Near Sukkur", "Ali Raza"):
            field = QApplication.focusWidget()
            qtbot.keyClicks(field, words)
            following = field.nextInFocusChain()
            while not (following.isVisible() and following.objectName().startswith("image-")):
                following = following.nextInFocusChain()
            following.setFocus()
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert [(one.alt, one.caption, one.credit) for one in window.workspace.text.content.images] == [
        (f"A {name}", "Near Sukkur", "Ali Raza") for name in ("train", "station")
    ]
    qtbot.waitUntil(editor.hasFocus)


def test_who_writes_on_while_a_picture_is_read_keeps_the_keyboard(qtbot, window, tmp_path):
    window.activateWindow()
    editor = window.panes.writing.editor
    editor.setFocus()
    qtbot.waitUntil(editor.hasFocus)
    give(window, urls(files(tmp_path, "train.jpg")))
    qtbot.keyClicks(editor, "On ")
    settled(qtbot, window, 1)
    qtbot.waitUntil(lambda: not window.panes.details.images.form.isHidden())
    assert editor.hasFocus()
    qtbot.keyClick(window.panes.details.images.form._fields["alt"], Qt.Key.Key_Escape)
    assert editor.hasFocus()


def test_the_command_asks_for_files(qtbot, window, tmp_path, monkeypatch):
    names = [str(path) for path in files(tmp_path, "train.jpg")]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (names, ""))
    window.actions_by_name["write.image"].trigger()
    settled(qtbot, window, 1)


@pytest.mark.parametrize(
    ("text", "at", "made"),
    [
        ("", 0, "P"),
        ("One.", 4, "One.\n\nP"),
        ("One.", 2, "One.\n\nP"),
        ("One.", 0, "P\n\nOne."),
        ("One.\n\n", 6, "One.\n\nP"),
        ("One.\n\nTwo.", 5, "One.\n\nP\n\nTwo."),
        ("One.\n\nTwo.", 6, "One.\n\nP\n\nTwo."),
        ("One.\n\n\n\nTwo.", 6, "One.\n\nP\n\nTwo."),
        ("- a\n- b\n\nTwo.", 1, "- a\n- b\n\nP\n\nTwo."),
    ],
)
def test_a_paragraph_is_put_beside_another_and_never_into_it(qtbot, text, at, made):
    editor = Editor()
    qtbot.addWidget(editor)
    editor.load(text, language="en")
    cursor = editor.textCursor()
    cursor.setPosition(at)
    editor.setTextCursor(cursor)
    typing.insert_paragraph(editor, "P", cursor)
    assert editor.text() == made
    editor.undo()
    assert editor.text() == text


def test_the_place_of_a_picture_stays_while_the_text_goes_on(qtbot, window):
    place = window.panes.writing.editor.textCursor()
    place.movePosition(QTextCursor.MoveOperation.End)
    window.panes.writing.editor.moveCursor(QTextCursor.MoveOperation.Start)
    qtbot.keyClicks(window.panes.writing.editor, "Typed meanwhile. ")
    typing.insert_paragraph(window.panes.writing.editor, "![](image:a)", place)
    assert window.panes.writing.editor.text() == "Typed meanwhile. One.\n\nTwo.\n\n![](image:a)"
    assert window.panes.writing.editor.textCursor().position() == len("Typed meanwhile. ")


def with_picture(window, **changes):
    space = window.workspace
    (image,) = pictures.import_images(space.session.flushed_store(), [photo((1200, 800))]).images
    image = replace(image, key="train", name="train", **changes)
    space.text.edit(images=(image,), body="One.\n\n![](image:train)")
    return image


def test_a_card_is_filled_in_with_keys(qtbot, window):
    with_picture(window)
    press(qtbot, window, "Edit")
    form = window.panes.details.images.form
    assert form.isVisible()
    assert window.focusWidget() is form.findChild(QLineEdit, "image-alt")
    for name, text in (("alt", "A train"), ("caption", "It left."), ("credit", "Ali"), ("rights", "OVN")):
        qtbot.keyClicks(form.findChild(QLineEdit, f"image-{name}"), text)
    form._width.setCurrentIndex(form._width.findData(ImageWidth.FULL))
    form.findChild(QSpinBox, "crop-left").setValue(200)
    qtbot.keyClick(form.findChild(QLineEdit, "image-credit"), Qt.Key.Key_Return)
    (image,) = window.workspace.text.content.images
    assert (image.alt, image.caption, image.credit, image.rights) == ("A train", "It left.", "Ali", "OVN")
    assert (image.shown, image.crop) == (ImageWidth.FULL, (200, 0, 1000, 800))
    assert form.isHidden()
    qtbot.waitUntil(lambda: not [label for label in labels(window) if "missing" in label])


def test_the_words_of_a_picture_keep_themselves_as_they_are_typed(qtbot, window, desk):
    with_picture(window)
    press(qtbot, window, "Edit")
    form = window.panes.details.images.form
    for name, words in (("alt", "A train"), ("caption", "It left."), ("credit", "Ali")):
        qtbot.keyClicks(form.findChild(QLineEdit, f"image-{name}"), words)
    (image,) = window.workspace.text.content.images
    assert (image.alt, image.caption, image.credit) == ("A train", "It left.", "Ali")
    this = window.workspace.article.id
    window.features.articles.open(desk.draft(headline="Another"))
    assert form.isHidden()
    window.features.articles.open(this)
    assert window.workspace.text.content.images == (image,)
    press(qtbot, window, "Edit")
    qtbot.keyClicks(form.findChild(QLineEdit, "image-rights"), "OVN")
    qtbot.keyClick(form.findChild(QLineEdit, "image-rights"), Qt.Key.Key_Escape)
    assert window.workspace.text.content.images[0].rights == "OVN"


def test_a_crop_keeps_itself_after_a_pause(qtbot, window):
    with_picture(window)
    press(qtbot, window, "Edit")
    window.panes.details.images.form.findChild(QSpinBox, "crop-left").setValue(200)
    qtbot.waitUntil(lambda: window.workspace.text.content.images[0].crop == (200, 0, 1000, 800))


def test_a_picture_whose_form_is_open_has_no_other_card_and_the_form_shows_what_is_stored(qtbot, window):
    image = with_picture(window)
    qtbot.waitUntil(lambda: len(quick(window, "alt")) == 1)
    qtbot.keyClicks(quick(window, "alt")[0], "A tr")
    press(qtbot, window, "Edit")
    form = window.panes.details.images.form
    qtbot.waitUntil(lambda: not quick(window, "alt") and not quick(window, "credit"))
    alt, credit = (form.findChild(QLineEdit, f"image-{name}") for name in ("alt", "credit"))
    assert alt.text() == "A tr"
    window.workspace.text.edit(images=(replace(image, alt="A train", credit="Ali"),))
    qtbot.waitUntil(lambda: (alt.text(), credit.text()) == ("A train", "Ali"))
    (done,) = [button for button in form.findChildren(QPushButton) if button.text() == "Done"]
    qtbot.mouseClick(done, Qt.MouseButton.LeftButton)
    assert form.isHidden()
    assert (window.workspace.text.content.images[0].alt, window.workspace.text.content.images[0].credit) == (
        "A train",
        "Ali",
    )


def test_a_decorative_picture_has_no_alt_text(qtbot, window):
    with_picture(window, alt="A train")
    press(qtbot, window, "Edit")
    form = window.panes.details.images.form
    form._decorative.click()
    assert not form.findChild(QLineEdit, "image-alt").isEnabled()
    form._finish()
    (image,) = window.workspace.text.content.images
    assert (image.alt, image.is_decorative) == ("", True)
    qtbot.waitUntil(lambda: "decorative" in labels(window))


def test_every_field_of_the_form_has_a_name_to_be_read_aloud(qtbot, window):
    with_picture(window)
    press(qtbot, window, "Edit")
    form = window.panes.details.images.form
    unnamed = [
        field for kind in (QLineEdit, QSpinBox) for field in form.findChildren(kind) if not field.accessibleName()
    ]
    assert not unnamed


def test_another_file_keeps_the_words_of_the_card(qtbot, window, tmp_path, monkeypatch):
    old = with_picture(window, alt="A train", crop=(1, 2, 30, 40))
    (path,) = files(tmp_path, "new.jpg")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    press(qtbot, window, "Replace…")
    qtbot.waitUntil(lambda: window.workspace.text.content.images[0].sha256 != old.sha256, timeout=10_000)
    (image,) = window.workspace.text.content.images
    assert (image.key, image.alt, image.crop, image.width) == ("train", "A train", (), 307)


def test_a_picture_is_put_in_again_and_removed(qtbot, window):
    with_picture(window)
    window.panes.writing.editor.moveCursor(QTextCursor.MoveOperation.End)
    press(qtbot, window, "Insert")
    qtbot.waitUntil(lambda: window.workspace.text.content.body.count("![](image:train)") >= 1)
    press(qtbot, window, "✕")
    assert window.workspace.text.content.images == ()
    qtbot.waitUntil(lambda: "unknown-image" in {problem.rule for problem in window.panes.checks.latest.problems})


def test_thumbnails_are_as_fine_as_the_screen(qtbot, window):
    image = with_picture(window)
    made = []
    window.panes.details.images._thumbnails.ask(image, QSize(90, 60), ratio=2.0, done=made.append, refused=made.append)
    qtbot.waitUntil(lambda: bool(made))
    assert (made[0].width(), made[0].height(), made[0].devicePixelRatio()) == (180, 120, 2.0)


def test_a_card_whose_file_is_missing_says_so(qtbot, window):
    window.workspace.text.edit(images=(Image("lost", sha256="0" * 64, media="image/png", width=9, height=9),))
    qtbot.waitUntil(lambda: "cannot be shown" in labels(window))


def test_a_rectangle_is_drawn_on_the_picture(qtbot):
    crop = Crop()
    qtbot.addWidget(crop)
    crop.resize(200, 300)
    crop.show()
    crop.edit(Image("a", width=2000, height=1000))
    stage = crop.stage
    scale = stage._scale()
    assert crop.value == ()
    corner = stage._frame().topLeft().toPoint()
    qtbot.mousePress(stage, Qt.MouseButton.LeftButton, pos=corner + QPoint(20, 20))
    qtbot.mouseMove(stage, corner + QPoint(90, 60))
    qtbot.mouseRelease(stage, Qt.MouseButton.LeftButton, pos=corner + QPoint(90, 60))
    expected = tuple(round(value / scale) for value in (20, 20, 70, 40))
    assert all(abs(one - other) <= 1 / scale for one, other in zip(crop.value, expected, strict=True))
    before = crop.value
    qtbot.mouseClick(stage, Qt.MouseButton.LeftButton, pos=corner + QPoint(5, 5))
    assert crop.value == before
    crop.whole.click()
    assert crop.value == ()


def test_numbers_that_reach_over_the_edge_stop_there(qtbot):
    crop = Crop()
    qtbot.addWidget(crop)
    crop.edit(Image("a", width=200, height=100, crop=(150, 0, 50, 100)))
    crop.findChild(QSpinBox, "crop-width").setValue(180)
    assert crop.value == (150, 0, 50, 100)


def asked(qtbot, window, script):
    found = []
    window.panes.preview._page.runJavaScript(script, 1, found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


SEEN = "[...document.images].filter((img) => img.complete && img.naturalWidth).map((img) => img.alt).join('|')"


def test_the_preview_shows_pictures_from_the_store_and_a_changed_caption_loads_nothing_again(qtbot, window):
    image = with_picture(window, alt="A train", caption="Before")
    qtbot.waitUntil(lambda: asked(qtbot, window, SEEN) == "A train", timeout=20_000)
    asked(qtbot, window, "document.images[0].dataset.mark = 'same'")
    window.workspace.text.edit(images=(replace(image, caption="After"),))
    qtbot.waitUntil(
        lambda: asked(qtbot, window, "document.querySelector('figcaption').textContent") == "After", timeout=20_000
    )
    assert asked(qtbot, window, "document.images[0].dataset.mark") == "same"
    window.workspace.text.edit(images=(replace(image, crop=(0, 0, 600, 600)),))
    ratio = "document.images[0].naturalWidth / document.images[0].naturalHeight"
    qtbot.waitUntil(lambda: asked(qtbot, window, ratio) == 1, timeout=20_000)


def test_a_picture_that_is_not_in_the_store_leaves_the_page_standing(qtbot, window):
    lost = Image("train", sha256="0" * 64, width=9, height=9, alt="Lost")
    window.workspace.text.edit(images=(lost,), body="Still here.\n\n![](image:train)")
    qtbot.waitUntil(lambda: asked(qtbot, window, "document.images.length") == 1, timeout=20_000)
    assert asked(qtbot, window, SEEN) == ""


def test_new_pictures_get_free_keys_and_known_files_keep_theirs():
    old = (Image("train", sha256="a"),)
    new = [Image("x", sha256="b", name="Train"), Image("y", sha256="a"), Image("z", sha256="c", name="ٹرین")]
    images, keys = add_images(old, new)
    assert keys == ("train-2", "train", "image")
    assert [image.key for image in images] == ["train", "train-2", "image"]


def quick(window, name):
    found = window.panes.details.images.findChildren(QLineEdit, f"quick-{name}-train")
    return [field for field in found if field.isVisible()]


def test_alt_text_and_credit_are_written_on_the_card_one_after_the_other(qtbot, window):
    with_picture(window)
    qtbot.waitUntil(lambda: len(quick(window, "alt")) == 1)
    (alt,) = quick(window, "alt")
    alt.setFocus()
    qtbot.keyClicks(alt, "A train")
    qtbot.keyClick(alt, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: window.workspace.text.content.images[0].alt == "A train")
    qtbot.waitUntil(lambda: not quick(window, "alt") and len(quick(window, "credit")) == 1)  # drawn anew
    (credit,) = quick(window, "credit")
    qtbot.keyClicks(credit, "Ali")
    qtbot.keyClick(credit, Qt.Key.Key_Return)
    (image,) = window.workspace.text.content.images
    assert (image.alt, image.credit) == ("A train", "Ali")
    qtbot.waitUntil(lambda: not quick(window, "credit"))


def test_a_removed_picture_comes_back_by_the_bar(qtbot, window):
    image = with_picture(window, alt="A train", credit="Ali")
    press(qtbot, window, "✕")
    assert window.workspace.text.content.images == ()
    (undo,) = [button for button in window.panes.bar._buttons if "Undo" in button.text()]
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert window.workspace.text.content.images == (image,)


def stand_on_picture(qtbot, window, tmp_path):
    """A story with a picture between two paragraphs of it, another tab in front; the place of its reference."""
    give(window, urls(files(tmp_path, "tanker.jpg")))
    editor = window.panes.writing.editor
    qtbot.waitUntil(lambda: "(image:tanker)" in editor.text())
    window.panes.inspector.show_tab("evidence")
    at = editor.text().index("image:tanker") + 3
    editor.select(at, at)
    return editor.cursorRect().center()


def has_form(window):
    field = QApplication.focusWidget()
    form = window.panes.details.images.form
    return form.isVisible() and field is not None and form.isAncestorOf(field)


def test_a_double_click_on_a_picture_in_the_text_opens_its_form(qtbot, window, tmp_path):
    place, viewport = stand_on_picture(qtbot, window, tmp_path), window.panes.writing.editor.viewport()
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place)
    assert not has_form(window)
    qtbot.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: has_form(window))


def test_the_menu_of_a_picture_in_the_text_opens_its_form(qtbot, window, tmp_path):
    stand_on_picture(qtbot, window, tmp_path)
    editor = window.panes.writing.editor
    QApplication.sendEvent(
        editor, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), editor.mapToGlobal(QPoint(5, 5)))
    )
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    menu = QApplication.activePopupWidget()
    entry = next(action for action in menu.actions() if action.text() == "Caption, alt text and credit…")
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(entry).center())
    qtbot.waitUntil(lambda: has_form(window))
