"""`policytext.report` is a function, whatever was imported before it."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    "before",
    [
        "",
        "from policytext.report import save_figures",
        "from policytext.report.figures import emphasis",
        "import policytext.report.html",
        "from policytext.compare import Comparison",
    ],
    ids=["nothing", "the package", "a module", "by its dotted name", "compare"],
)
def test_functions_keep_their_names(before):
    code = f"{before}\nimport policytext as pt\nprint([callable(f) for f in (pt.report, pt.compare, pt.validate)])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[True, True, True]"
