"""The name of the program, by which what it made is kept, is right where there are no source files, too."""

import compileall
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import ovn_desk
from ovn_desk import assets

PACKAGE = Path(ovn_desk.__file__).parent
ASK = "from ovn_desk.usecases.program import program_fingerprint; print(program_fingerprint())"


def copied(to):
    """The package and what is shipped with it, as an installed wheel has them, to be changed."""
    shutil.copytree(PACKAGE, to / "ovn_desk", ignore=shutil.ignore_patterns("__pycache__", "ui", "cli"))
    shutil.copytree(assets.folder(), to / "resources")
    return to


def compiled(to):
    """The same without its sources: what is imported are `.pyc` files where the sources were."""
    copied(to)
    compileall.compile_dir(to / "ovn_desk", legacy=True, quiet=2)
    for source in (to / "ovn_desk").rglob("*.py"):
        source.unlink()
    return to


def zipped(to):
    """The same in one file, which no module of it can read another one's source from."""
    compiled(to / "made")
    with zipfile.ZipFile(to / "program.zip", "w") as archive:
        for path in sorted((to / "made" / "ovn_desk").rglob("*.pyc")):
            archive.write(path, path.relative_to(to / "made"))
    shutil.move(to / "made" / "resources", to / "resources")
    return to / "program.zip"


def fingerprint(path, ask=ASK):
    environment = {**os.environ, "PYTHONPATH": str(path), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", ask], env=environment, cwd="/", capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def change(path, kind):
    """One word of a template of a page, in whatever form the program is."""
    place = "rendering/page/places"
    if kind is copied:
        source = path / "ovn_desk" / f"{place}.py"
        source.write_text(source.read_text(encoding="utf-8").replace("corrections.html", "corrected.html"))
        return path
    if kind is compiled:
        whole = path / "ovn_desk" / f"{place}.pyc"
        whole.write_bytes(whole.read_bytes().replace(b"corrections.html", b"corrextions.html"))
        return path
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data.replace(b"corrections.html", b"corrextions.html"))
    return path


@pytest.mark.parametrize("make", [copied, compiled, zipped])
def test_a_program_has_one_name_until_its_code_is_another(tmp_path, make):
    path = make(tmp_path)
    before = fingerprint(path)
    assert len(before) == 64
    assert fingerprint(path) == before
    assert fingerprint(change(path, make)) != before


@pytest.mark.parametrize("make", [copied, compiled, zipped])
def test_the_name_is_made_of_every_module_that_decides_what_pages_look_like(tmp_path, make):
    ask = (
        "import ovn_desk; from ovn_desk.usecases import program\n"
        "for name in program._CODE:\n"
        "    for spec in program._modules(f'ovn_desk.{name}', ovn_desk.__path__):\n"
        "        print(spec.name if program._code(spec) else '')"
    )
    found = set(fingerprint(make(tmp_path), ask).split())
    folders = [PACKAGE / name for name in ("domain", "text", "rendering", "formats", "store", "usecases")]
    modules = {path for folder in folders for path in folder.rglob("*.py") if "migrations" not in path.parts}
    assert found >= {
        ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__") for path in modules
    }


def test_other_files_times_are_not_another_program(tmp_path):
    path = copied(tmp_path)
    before = fingerprint(path)
    for file in path.rglob("*.py"):
        os.utime(file, (0, 0))
    assert fingerprint(path) == before


def test_a_frozen_loader_that_has_no_files_is_asked_for_its_code(tmp_path):
    """As the loader of a frozen program may: its origin is no file that it can read."""
    ask = (
        "import ovn_desk\n"
        "from ovn_desk.usecases import program\n"
        "spec = next(program._modules('ovn_desk.formats', ovn_desk.__path__))\n"
        "class Frozen:\n"
        "    def get_data(self, path): raise OSError(path)\n"
        "    def get_code(self, name): return compile('x = 1', name, 'exec')\n"
        "spec.loader = Frozen()\n"
        "print(len(program._code(spec)) > 10)"
    )
    assert fingerprint(copied(tmp_path), ask) == "True"
