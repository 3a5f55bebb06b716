"""A refusal in a form goes when what was refused is changed; what went well stays."""

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from ovn_desk.ui.dialogs.people import PeopleDialog
from ovn_desk.ui.dialogs.planning import PlanningDialog
from ovn_desk.ui.sharing.hand_over import HandOverDialog
from ovn_desk.ui.startup.join_form import JoinForm
from ovn_desk.ui.widgets.refusal import clear_when_edited


def people(window, tmp_path):
    made = PeopleDialog(window.workspace.session, window)
    made.retire()
    return made, made.verdict, made.name


def planning(window, tmp_path):
    space = window.workspace
    made = PlanningDialog(space.session, space.article, space.steps, space.notices, window)
    space.notices.refused.emit("An embargo is ended only with a reason.")
    return made, made.refusal, made.reason


def hand_over(window, tmp_path):
    space = window.workspace
    made = HandOverDialog(space.session, space.article, space.text, window)
    made.file.clear()
    made.write()
    return made, made.verdict, made.file


def join(window, tmp_path):
    made = JoinForm(tmp_path / "new.ovn", window)
    made.look()
    return made.pages[0], made._said[0], made.source.invitation


FORMS = {"people": people, "planning": planning, "hand over": hand_over, "join": join}


@pytest.mark.parametrize("kind", FORMS)
def test_a_refusal_goes_when_a_field_is_changed(qtbot, window, desk, tmp_path, kind):
    window.features.articles.open(desk.draft())
    window.workspace.article.switch_person(desk.chief.person)
    form, said, field = FORMS[kind](window, tmp_path)
    qtbot.addWidget(form)
    form.show()
    assert not said.isHidden()
    assert said.text()
    qtbot.keyClicks(field, "x")
    assert said.isHidden()


def test_good_news_stays(qtbot):
    form, field, said = QWidget(), QLineEdit(), QLabel("Sana Iqbal is on the roster.")
    said.setProperty("chip", "calm")
    column = QVBoxLayout(form)
    for widget in (field, said):
        column.addWidget(widget)
    clear_when_edited(form, said)
    qtbot.addWidget(form)
    form.show()
    qtbot.keyClicks(field, "x")
    assert not said.isHidden()
