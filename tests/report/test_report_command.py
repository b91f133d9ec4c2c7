"""`policytext report` writes the page and the figures beside it."""

import pytest
from typer.testing import CliRunner

from policytext.cli import app
from policytext.report.figures import FIGURES


@pytest.mark.parametrize("option", ["--figures", "--no-figures"])
def test_report_writes_figures_beside_the_page(tmp_path, builders, option):
    builders.analysis({"Fjellfolket": (2, 1), "Byalliansen": (1, 0, 2)}).save(tmp_path / "ut")
    page = tmp_path / "side" / "rapport.html"
    done = CliRunner().invoke(app, ["report", str(tmp_path / "ut"), "--out", str(page), option])
    assert done.exit_code == 0, done.output
    assert "<h1>" in page.read_text(encoding="utf-8")
    names = sorted(file.name for file in page.parent.glob("figures/*"))
    assert names == (
        sorted(f"{name}.{end}" for name in FIGURES for end in ("png", "svg")) if option == "--figures" else []
    )
