"""What all figures share: their style, sizes, labels, ticks and heat maps."""

from __future__ import annotations

import textwrap
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from policytext.report.palette import GROUND, HEAT, INK, LIGHT, MUTED, RULE
from policytext.report.texts import Texts

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDE, NARROW = 9.4, 3.9
"""Widths of the two layouts, in inches."""
_STYLE: dict[str, Any] = {
    "font.family": "sans-serif", "font.sans-serif": ["DejaVu Sans"], "font.size": 9.0,
    "text.color": LIGHT[INK], "axes.labelcolor": LIGHT[MUTED], "axes.edgecolor": LIGHT[RULE],
    "axes.spines.top": False, "axes.spines.right": False, "axes.spines.left": False, "axes.titlesize": 10.0,
    "axes.titleweight": "bold", "axes.titlelocation": "left", "axes.titlecolor": LIGHT[INK],
    "xtick.color": LIGHT[MUTED], "ytick.color": LIGHT[INK], "ytick.major.size": 0.0, "ytick.major.pad": 6.0,
    "xtick.major.size": 0.0,
    "grid.color": LIGHT[RULE], "grid.linewidth": 0.8, "axes.axisbelow": True, "svg.fonttype": "none",
}  # fmt: skip
_TITLE_SIZE = 12.0
_MOST_TICKS = 4
_MANY = 6
CLEAR = {"facecolor": LIGHT[GROUND], "edgecolor": "none", "pad": 0.8, "alpha": 0.85}
"""The ground behind a number, so that no line runs through it."""


@contextmanager
def style() -> Iterator[None]:
    """Apply the figures' style, and only that: what the user set elsewhere neither counts nor changes.

    A letter that the font lacks is drawn as a box in the PNG and is whole in the SVG; that is no cause for a warning.
    """
    import matplotlib as mpl

    with mpl.rc_context(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"Glyph .* missing from font")
        mpl.rcdefaults()
        mpl.rcParams.update(_STYLE)  # type: ignore[arg-type]
        yield


def new_figure(narrow: bool, height: float) -> Figure:
    """Return an empty figure of a height in inches, as wide as its layout."""
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    layout = ConstrainedLayoutEngine(h_pad=0.07, w_pad=0.05, hspace=0.02)
    return Figure(figsize=(NARROW if narrow else WIDE, height), layout=layout)


def sentence_figure(text: str, *, narrow: bool) -> Figure:
    """Return a figure that holds a sentence where there is nothing to draw."""
    with style():
        figure = new_figure(narrow, 1.2)
        figure.text(0.5, 0.5, wrap(text, 44 if narrow else 90), ha="center", va="center", color=LIGHT[MUTED])
    return figure


def set_title(figure: Figure, text: str, wanted: bool) -> None:
    """Put a title above the figure, if wanted."""
    if wanted:
        figure.suptitle(text, x=0.01, ha="left", size=_TITLE_SIZE, weight="bold")


def wrap(text: str, width: int) -> str:
    """Break a label into at most three lines; a dollar sign is no formula."""
    lines = textwrap.wrap(text, width, max_lines=3, placeholder=" …")
    return "\n".join(lines).replace("$", r"\$")


def shares_up_to(limit: float) -> list[float]:
    """Return at most five round shares from 0 on, none above 1."""
    step = next(step for step in (0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5) if min(limit, 1.0) / step <= _MOST_TICKS)
    return [number * step for number in range(_MOST_TICKS + 1) if number * step <= min(limit, 1.0)]


def number_ticks(words: Texts) -> Callable[[float, float], str]:
    """Return a tick formatter for numbers in the report's language."""
    return lambda value, _: words.number(value)


def few_ticks(*, integer: bool = False) -> Any:
    """Return a locator of at most five ticks."""
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(4, integer=integer)


def draw_heat(
    axes: Axes,
    values: Mapping[Any, float],
    rows: Sequence[Any],
    names: Sequence[str],
    columns: Sequence[str],
    form: Callable[..., str],
    *,
    digits: int,
    narrow: bool,
) -> None:
    """Draw a heat map: one cell a row and column of `values`, written out by `form`."""
    from matplotlib.patches import Rectangle

    size = 9.0 if not narrow else 7.5 if len(columns) < _MANY else 5.8
    least, most = min(values.values()), max(values.values())
    for y, row in enumerate(rows):
        for x, column in enumerate(columns):
            value = values.get((row, column))
            if value is None:
                continue
            strength = 0.06 + 0.62 * (value - least) / ((most - least) or 1.0)
            axes.add_patch(
                Rectangle((x - 0.47, y - 0.46), 0.94, 0.92, color=LIGHT[HEAT], alpha=round(strength, 3), linewidth=0)
            )
            axes.text(x, y, form(value, digits=digits), ha="center", va="center", size=size)
    axes.set_xlim(-0.5, len(columns) - 0.5)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_yticks(range(len(names)), names)
    room = int(((NARROW - 1.9) / 0.066 if narrow else (WIDE - 3.0) / 0.076) / len(columns))
    slanted = room < max(len(word) for column in columns for word in column.split())
    labels = [
        wrap(textwrap.shorten(name, 24, placeholder=" …"), 24) if slanted else wrap(name, room) for name in columns
    ]
    axes.tick_params(axis="x", labelcolor=LIGHT[INK], labelsize=7.5 if narrow else 9)
    axes.xaxis.tick_top()
    slant: dict[str, Any] = {"rotation": 40, "ha": "left", "rotation_mode": "anchor"} if slanted else {}
    axes.set_xticks(range(len(columns)), labels, **slant)
    for side in ("bottom", "top"):
        axes.spines[side].set_visible(False)
