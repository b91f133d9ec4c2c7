"""The report: one HTML file with the tables, the figures and every measure in its sentence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from policytext.errors import AnalysisError

if TYPE_CHECKING:
    from policytext.analysis import Analysis
    from policytext.compare import Comparison

__all__ = ["report", "save_figures"]


def report(
    analysis: Analysis,
    comparison: Comparison,
    path: str | Path,
    *,
    title: str | None = None,
    language: str = "nb",
) -> Path:
    """Write an analysis and a comparison as one HTML file that needs nothing else.

    The file holds its figures, tables, style and script, and fetches nothing. The same input gives the same bytes.

    Parameters
    ----------
    analysis
        What `policytext.analyze` or `policytext.annotate` returns.
    comparison
        What `policytext.compare` returns for it.
    path
        The file to write; its folder is made if need be.
    title
        The heading of the page.
    language
        The language of the page around the texts, ``nb`` (Bokmål) or ``en``.

    Returns
    -------
    pathlib.Path
        The file that was written.

    Raises
    ------
    AnalysisError
        If a frame or column is missing, the path is a folder, or the language is unknown.
    """
    from policytext.report.html import render

    target = Path(path)
    if target.is_dir():
        raise AnalysisError(f"{target} is a folder; give the report a file name, such as {target / 'report.html'}")
    page = render(analysis, comparison, title=title, language=language)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(page, encoding="utf-8", newline="\n")
    return target


def save_figures(comparison: Comparison, folder: str | Path, *, language: str = "nb") -> list[Path]:
    """Write every figure of a comparison as SVG and PNG, named by what it shows, such as ``emphasis.svg``.

    Parameters
    ----------
    comparison
        What `policytext.compare` returns.
    folder
        Where to write; made if need be.
    language
        The language of titles and numbers, ``nb`` or ``en``.

    Returns
    -------
    list of pathlib.Path
        The files that were written.

    Raises
    ------
    AnalysisError
        If the folder is a file, or the language is unknown.
    """
    from policytext.report.svg import write_figures

    return write_figures(comparison, folder, language=language)
