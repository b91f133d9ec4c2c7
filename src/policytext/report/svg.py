"""Figures as SVG inside a page, and as files to download."""

from __future__ import annotations

import base64
import re
from html import escape
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from policytext.errors import AnalysisError
from policytext.report.palette import LIGHT

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from policytext.compare import Comparison

_PNG_DPI = 160
_COLOURS = 128
_SIZED = re.compile(r"<svg\b[^>]*?(viewBox=\"[^\"]*\")[^>]*>", re.DOTALL)
_METADATA = re.compile(r"<metadata>.*?</metadata>", re.DOTALL)
_IDENTIFIER = re.compile(r"(\bid=\"|url\(#|href=\"#)")


def to_svg(figure: Figure, *, salt: str = "policytext") -> str:
    """Return a figure as an SVG document whose bytes depend on nothing but the figure.

    Texts stay texts, so that they can be searched and edited.
    """
    return _save(figure, "svg", salt).decode("utf-8")


def to_png(figure: Figure) -> bytes:
    """Return a figure as a PNG image of 160 dots per inch on white ground, in few colours and so of few bytes."""
    from PIL import Image

    stream = BytesIO()
    with Image.open(BytesIO(_save(figure, "png", "policytext"))) as image:
        image.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE).save(stream, format="png", optimize=True)
    return stream.getvalue()


def write_figures(comparison: Comparison, folder: str | Path, *, language: str) -> list[Path]:
    """Write every figure of a comparison as SVG and PNG into a folder; see `policytext.report.save_figures`."""
    from policytext.report.figures import FIGURES

    target = Path(folder)
    if target.is_file():
        raise AnalysisError(f"{target} is a file; give a folder to write the figures into")
    target.mkdir(parents=True, exist_ok=True)
    written = []
    for name, draw in FIGURES.items():
        figure = draw(comparison, language=language)
        for ending, content in ((".svg", to_svg(figure, salt=name).encode("utf-8")), (".png", to_png(figure))):
            path = target / f"{name}{ending}"
            path.write_bytes(content)
            written.append(path)
    return written


def inline_svg(figure: Figure, *, name: str, title: str, description: str) -> str:
    """Return a figure as an ``<svg>`` element that takes its colours and letters from the page around it.

    Parameters
    ----------
    figure
        The figure; its colours are those of `policytext.report.palette`.
    name
        Put before every identifier, so that several figures can share a page.
    title, description
        What a screen reader says instead of the picture.

    Returns
    -------
    str
        Markup that is safe to put into a page: every text in it is escaped.
    """
    svg = to_svg(figure, salt=name)
    svg = _METADATA.sub("", svg[svg.index("<svg") :])
    svg = svg.replace("xlink:href", "href")
    svg = _IDENTIFIER.sub(rf"\g<1>{name}-", svg)
    svg = re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL)
    for colour_name, value in LIGHT.items():
        svg = re.sub(re.escape(value), f"var(--{colour_name})", svg, flags=re.IGNORECASE)
    opening = (
        f'<svg \\1 role="img" aria-labelledby="{name}-title {name}-desc" class="figure-{name}">'
        f'<title id="{name}-title">{_template(title)}</title><desc id="{name}-desc">{_template(description)}</desc>'
    )
    svg = _SIZED.sub(opening, svg, count=1)
    svg = re.sub(r"<g id=\"[^\"]*-patch_1\">.*?</g>", "", svg, count=1, flags=re.DOTALL)
    return re.sub(r"\n\s*", "\n", svg).strip()


def data_uri(content: bytes, kind: str) -> str:
    """Return bytes as a ``data:`` address of a media type."""
    return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"


def _template(text: str) -> str:
    return escape(text).replace("\\", "\\\\")


def _save(figure: Figure, form: str, salt: str) -> bytes:
    import matplotlib as mpl

    from policytext.report.canvas import style

    stream = BytesIO()
    with style(), mpl.rc_context({"svg.hashsalt": salt}):
        layout = figure.get_layout_engine()
        if layout is not None:  # found once, then kept: saving would find it again for each file
            if figure.axes:
                layout.execute(figure)
            figure.set_layout_engine(None)
        metadata = {"Date": None, "Creator": None} if form == "svg" else {"Software": None}
        figure.savefig(stream, format=form, dpi=_PNG_DPI, facecolor="white", metadata=metadata)
    return stream.getvalue()
