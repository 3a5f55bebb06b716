"""The program as a whole: what it is without a command, what it imports, and what it says of a slip."""

import json
import os
import subprocess
import sys

import pytest

from ovn_desk.__main__ import is_for_window

# What `--version` and `--help` may import of ours: the options of commands are made of the domain's values.
LIGHT = ("assets", "cli", "domain", "files", "messages", "processes", "settings", "text.foreign")


@pytest.mark.parametrize(
    "words",
    [
        *("", "--store a.ovn", "--store=a.ovn", "--open 0198", "--open=0198 --store a.ovn"),
        *("a.md", "story.ovnb", "/media/stick/story.ovnb", "--store a.ovn rana.ovn-invitation", "a.md b.docx"),
    ],
)
def test_without_a_command_or_with_files_it_is_the_window(words):
    assert is_for_window(words.split())


@pytest.mark.parametrize(
    "words",
    [
        "list",
        "--store a.ovn list",
        "--help",
        "--version",
        "--store a.ovn --help",
        "--store",
        "--open",
        "-h",
        "--",
    ],
)
def test_with_one_or_with_a_question_it_is_the_command_line(words):
    assert not is_for_window(words.split())


def test_the_command_line_imports_what_a_command_needs_and_not_before():
    program = "import json, sys, ovn_desk.cli.program; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, encoding="utf-8")
    found = json.loads(done.stdout)
    ours = {name.removeprefix("ovn_desk.") for name in found if name.startswith("ovn_desk.")} - {"text"}
    assert [name for name in ours if not name.startswith(LIGHT)] == []
    heavy = {"sqlalchemy", "cryptography", "PIL", "lxml", "jinja2", "markdown", "nh3", "regex", "httpx", "PySide6"}
    assert heavy & set(found) == set()


def test_the_entry_of_the_window_imports_no_command_line():
    program = (
        "import sys, ovn_desk.__main__; print([n for n in sys.modules if n.startswith(('ovn_desk.cli', 'typer'))])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, encoding="utf-8")
    assert done.stdout.strip() == "[]"


def run(*words, **environment):
    command = [sys.executable, "-m", "ovn_desk", *words]
    known = os.environ | {"COLUMNS": "200", "NO_COLOR": "1"} | environment
    return subprocess.run(command, capture_output=True, check=False, encoding="utf-8", env=known)


def test_a_misspelt_command_is_answered_with_the_one_that_was_meant():
    done = run("aprove")
    assert done.returncode == 2
    assert "approve" in done.stderr


def test_a_shell_completes_commands_and_options():
    done = run(_OVN_DESK_COMPLETE="complete_bash", COMP_WORDS="ovn-desk bun", COMP_CWORD="1")
    assert done.stdout.split() == ["bundle"]
    done = run(_OVN_DESK_COMPLETE="complete_bash", COMP_WORDS="ovn-desk export --form", COMP_CWORD="2")
    assert done.stdout.split() == ["--format"]


def test_the_help_of_an_export_names_every_format():
    text = run("export", "--help").stdout
    for name in ("site", "page", "markdown", "ninjs", "wordpress", "wxr", "docx", "pdf", "json"):
        assert name in text.partition("--format")[2].partition("--zip")[0]
