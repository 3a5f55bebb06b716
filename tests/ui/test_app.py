"""How the window's program begins: what has to be there before Chromium is."""

import json
import subprocess
import sys


def test_lxml_is_bound_to_its_own_library_before_a_page_can_be_painted():
    """A screen's driver (Mesa's, through LLVM) loads the system's libxml2 for everybody: lxml, loaded after the first
    painted page, parsed with that older one. Pasted “x<a<b>y” lost a word by it."""
    program = "import json, sys, ovn_desk.app; print(json.dumps(list(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, encoding="utf-8")
    found = json.loads(done.stdout)
    assert found.index("lxml.etree") < found.index("PySide6.QtWebEngineCore")
