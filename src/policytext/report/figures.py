"""Figures of a comparison, for print and for the report.

Each function takes a comparison and returns a matplotlib ``Figure`` that belongs to no window and touches no
global state. ``narrow=True`` lays the same figure out for a telephone. Where there is nothing to draw, the figure
holds a sentence that says so.
"""

from __future__ import annotations

import textwrap
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from policytext.report.palette import GROUND, HEAT, INK, KINDS, LIGHT, MUTED, RULE
from policytext.report.promises import promise_rows
from policytext.report.texts import Texts, load_texts
from policytext.report.views import (
    ComparisonFrames,
    emphasis_view,
    group_column,
    keyness_view,
    similarity_view,
    topics_view,
)

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
    "xtick.color": LIGHT[MUTED], "ytick.color": LIGHT[INK], "ytick.major.size": 0.0, "xtick.major.size": 0.0,
    "grid.color": LIGHT[RULE], "grid.linewidth": 0.8, "axes.axisbelow": True, "svg.fonttype": "none",
}  # fmt: skip
_TITLE_SIZE = 12.0
_MOST_TICKS = 4
_CLEAR = {"facecolor": LIGHT[GROUND], "edgecolor": "none", "pad": 0.8, "alpha": 0.85}


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


def emphasis(comparison: ComparisonFrames, *, narrow: bool = False, title: bool = True, language: str = "nb") -> Figure:
    """Draw the share of each area in each party's measures, with 95 % intervals.

    One panel for each area and one row for each party; the dashed line is the share over all parties.

    Parameters
    ----------
    comparison
        The object that `policytext.compare` returns.
    narrow
        Lay the panels below each other, for a telephone.
    title
        Put a title above the panels.
    language
        The language of labels and numbers, ``nb`` or ``en``.

    Returns
    -------
    matplotlib.figure.Figure
    """
    words = load_texts(language, by=group_column(comparison))
    view = emphasis_view(words, comparison)
    if not view.cells:
        return _sentence(words("emphasis.empty"), narrow=narrow)
    columns = 1 if narrow else min(3, len(view.areas))
    rows = -(-len(view.areas) // columns)
    names = [_wrap(group, 18 if narrow else 24) for group in view.groups]
    height = rows * (0.62 + 0.24 * sum(name.count("\n") * 0.45 + 1 for name in names)) + 0.5
    limit = min(1.0, max(cell.high for cell in view.cells.values())) * (1.34 if narrow else 1.3)
    ticks = _shares_up_to(limit)
    with style():
        figure = _figure(narrow, height)
        grid = figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False)
        for axes in grid.flat[len(view.areas) :]:
            axes.set_visible(False)
        for axes, area in zip(grid.flat, view.areas, strict=False):
            colour = LIGHT[f"area-{area}"]
            axes.axvline(view.overall(area), color=LIGHT[MUTED], linewidth=0.9, linestyle=(0, (2, 2)), zorder=1)
            for row, group in enumerate(view.groups):
                cell = view.cells.get((group, area))
                if cell is None:
                    continue
                axes.plot(
                    [cell.low, cell.high], [row, row], color=colour, linewidth=3, alpha=0.45, solid_capstyle="round"
                )
                axes.plot([cell.share], [row], "o", color=colour, markersize=6.5, clip_on=False, zorder=3)
                axes.text(
                    max(cell.high, cell.share) + limit * 0.02,
                    row,
                    words.percent(cell.share),
                    va="center",
                    size=8.5,
                    bbox=_CLEAR,
                )
            axes.set_title(_wrap(words.label("area", area), 34 if narrow else 26))
            axes.set_xlim(0, limit)
            axes.set_ylim(len(view.groups) - 0.45, -0.55)
            axes.set_yticks(range(len(names)), names)
            axes.set_xticks(ticks, [words.percent(tick, digits=0) for tick in ticks])
            axes.grid(axis="x")
        _title(figure, words("emphasis.figure"), title)
        figure.supxlabel(words("emphasis.axis"), size=9, color=LIGHT[MUTED])
    return figure


def keyness(
    comparison: ComparisonFrames, *, narrow: bool = False, title: bool = True, language: str = "nb", top: int = 8
) -> Figure:
    """Draw the `top` words that mark each party, one panel a party; see `emphasis` for the other parameters."""
    words = load_texts(language, by=group_column(comparison))
    view = keyness_view(words, comparison, top=top)
    if not view:
        return _sentence(words("keyness.empty"), narrow=narrow)
    columns = 1 if narrow else min(3, len(view))
    rows = -(-len(view) // columns)
    with style():
        figure = _figure(narrow, rows * (0.6 + 0.22 * max(map(len, view.values()))) + 0.4)
        grid = figure.subplots(rows, columns, squeeze=False)
        for axes in grid.flat[len(view) :]:
            axes.set_visible(False)
        for axes, (group, terms) in zip(grid.flat, view.items(), strict=False):
            axes.barh(range(len(terms)), [term.score for term in terms], height=0.62, color=LIGHT[HEAT])
            axes.set_yticks(range(len(terms)), [_wrap(term.term, 24) for term in terms])
            axes.set_ylim(top - 0.4, -0.6)
            axes.set_title(_wrap(group, 34))
            axes.xaxis.set_major_formatter(_number_ticks(words))
            axes.xaxis.set_major_locator(_few_ticks())
            axes.grid(axis="x")
        _title(figure, words("keyness.figure"), title)
        figure.supxlabel(words("col.score"), size=9, color=LIGHT[MUTED])
    return figure


def topics(comparison: ComparisonFrames, *, narrow: bool = False, title: bool = True, language: str = "nb") -> Figure:
    """Draw the share of each topic in each party's text as a heat map; see `emphasis` for the parameters."""
    words = load_texts(language, by=group_column(comparison))
    view = topics_view(words, comparison)
    groups = sorted({group for topic in view for group in topic.shares}, key=str.casefold)
    if not view or not groups:
        return _sentence(words("topics.empty"), narrow=narrow)
    names = [_wrap(f"{topic.number}. {', '.join(topic.terms[:4])}", 24 if narrow else 40) for topic in view]
    values = {(row, group): topic.shares[group] for row, topic in enumerate(view) for group in topic.shares}
    with style():
        figure = _figure(narrow, 1.3 + 0.42 * len(names))
        _heat(figure.subplots(), values, range(len(view)), names, groups, words.percent, digits=0, narrow=narrow)
        _title(figure, words("topics.figure"), title)
    return figure


def similarity(
    comparison: ComparisonFrames, *, narrow: bool = False, title: bool = True, language: str = "nb"
) -> Figure:
    """Draw how alike each pair of parties is as a heat map; see `emphasis` for the parameters."""
    words = load_texts(language, by=group_column(comparison))
    view = similarity_view(words, comparison)
    if not view.groups:
        return _sentence(words("similarity.empty"), narrow=narrow)
    values = {pair: value for pair, value in view.values.items() if pair[0] != pair[1]}
    with style():
        figure = _figure(narrow, 1.3 + 0.42 * len(view.groups))
        names = [_wrap(group, 18) for group in view.groups]
        _heat(figure.subplots(), values, view.groups, names, view.groups, words.number, digits=2, narrow=narrow)
        _title(figure, words("similarity.figure"), title)
    return figure


def numeric(comparison: ComparisonFrames, *, narrow: bool = False, title: bool = True, language: str = "nb") -> Figure:
    """Draw how many numeric promises each party makes, by kind of number; see `emphasis` for the parameters."""
    words = load_texts(language, by=group_column(comparison))
    counts = promise_counts(words, comparison)
    if not counts:
        return _sentence(words("numeric.empty"), narrow=narrow)
    names = [_wrap(group, 18 if narrow else 24) for group in counts]
    with style():
        figure = _figure(narrow, 1.35 + 0.34 * len(counts) + (0.35 if narrow else 0.0))
        axes = figure.subplots()
        left = [0] * len(counts)
        for kind in KINDS:
            widths = [of_group.get(kind, 0) for of_group in counts.values()]
            if any(widths):
                axes.barh(
                    range(len(counts)), widths, left=left, height=0.62, color=LIGHT[f"kind-{kind}"],
                    label=words.label("kind", kind),
                )  # fmt: skip
            left = [a + b for a, b in zip(left, widths, strict=True)]
        for row, total in enumerate(left):
            axes.text(total + max(left) * 0.012, row, words.number(total), va="center", size=8.5)
        axes.set_yticks(range(len(names)), names)
        axes.set_ylim(len(names) - 0.4, -0.6)
        axes.set_xlim(0, max(left) * 1.1)
        axes.xaxis.set_major_formatter(_number_ticks(words))
        axes.xaxis.set_major_locator(_few_ticks(integer=True))
        axes.set_xlabel(words("numeric.axis"))
        axes.grid(axis="x")
        figure.legend(
            loc="outside upper left", ncols=2 if narrow else len(KINDS), frameon=False, fontsize=8.5, handlelength=1.0,
            columnspacing=1.2,
        )  # fmt: skip
        _title(figure, words("numeric.figure"), title)
    return figure


def promise_counts(words: Texts, comparison: ComparisonFrames) -> Mapping[str, Mapping[str, int]]:
    """Count the numeric promises of each group by kind of number, groups by name."""
    counts: dict[str, dict[str, int]] = {}
    for row in promise_rows(words, comparison):
        of_group = counts.setdefault(row.group, {})
        of_group[row.kind] = of_group.get(row.kind, 0) + 1
    return {group: counts[group] for group in sorted(counts, key=str.casefold)}


FIGURES: dict[str, Callable[..., Figure]] = {
    "emphasis": emphasis, "keyness": keyness, "topics": topics, "similarity": similarity, "numeric": numeric,
}  # fmt: skip
"""Every figure by name, for saving them all."""


def _figure(narrow: bool, height: float) -> Figure:
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    layout = ConstrainedLayoutEngine(h_pad=0.07, w_pad=0.05, hspace=0.02)
    return Figure(figsize=(NARROW if narrow else WIDE, height), layout=layout)


def _sentence(text: str, *, narrow: bool) -> Figure:
    with style():
        figure = _figure(narrow, 1.2)
        figure.text(0.5, 0.5, _wrap(text, 44 if narrow else 90), ha="center", va="center", color=LIGHT[MUTED])
    return figure


def _title(figure: Figure, text: str, wanted: bool) -> None:
    if wanted:
        figure.suptitle(text, x=0.01, ha="left", size=_TITLE_SIZE, weight="bold")


def _wrap(text: str, width: int) -> str:
    """Break a label into at most three lines; a dollar sign is no formula."""
    lines = textwrap.wrap(text, width, max_lines=3, placeholder=" …")
    return "\n".join(lines).replace("$", r"\$")


def _shares_up_to(limit: float) -> list[float]:
    """Return at most five round shares from 0 on, none above 1."""
    step = next(step for step in (0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5) if min(limit, 1.0) / step <= _MOST_TICKS)
    return [number * step for number in range(_MOST_TICKS + 1) if number * step <= min(limit, 1.0)]


def _number_ticks(words: Texts) -> Callable[[float, float], str]:
    return lambda value, _: words.number(value)


def _few_ticks(*, integer: bool = False) -> Any:
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(4, integer=integer)


def _heat(
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
    from matplotlib.patches import Rectangle

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
            axes.text(x, y, form(value, digits=digits), ha="center", va="center", size=7.5 if narrow else 9)
    axes.set_xlim(-0.5, len(columns) - 0.5)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_yticks(range(len(names)), names)
    axes.set_xticks(range(len(columns)), [_wrap(column, 12 if narrow else 18) for column in columns])
    axes.tick_params(axis="x", labelcolor=LIGHT[INK], labelsize=7.5 if narrow else 9, rotation=45 if narrow else 0)
    axes.xaxis.tick_top()
    for side in ("bottom", "top"):
        axes.spines[side].set_visible(False)
