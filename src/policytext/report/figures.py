"""Figures of a comparison, for print and for the report.

Each function takes a comparison and returns a matplotlib ``Figure`` that belongs to no window and touches no
global state. ``narrow=True`` lays the same figure out for a telephone. Where there is nothing to draw, the figure
holds a sentence that says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from policytext.report.canvas import (
    CLEAR,
    draw_heat,
    few_ticks,
    new_figure,
    number_ticks,
    sentence_figure,
    set_title,
    shares_up_to,
    style,
    wrap,
)
from policytext.report.palette import GROUND, HEAT, KINDS, LIGHT, MUTED
from policytext.report.promises import promise_rows
from policytext.report.texts import Texts, load_texts
from policytext.report.views import Emphasis, emphasis_view, group_column, keyness_view, similarity_view, topics_view

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from policytext.compare import Comparison


def emphasis(comparison: Comparison, *, narrow: bool = False, title: bool = True, language: str = "nb") -> Figure:
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
        return sentence_figure(words("emphasis.empty"), narrow=narrow)
    if len(view.groups) == 1:
        return _emphasis_alone(words, view, narrow=narrow, title=title)
    columns = 1 if narrow else min(3, len(view.areas))
    rows = -(-len(view.areas) // columns)
    names = [wrap(group, 18 if narrow else 24) for group in view.groups]
    height = rows * (0.62 + 0.24 * sum(name.count("\n") * 0.45 + 1 for name in names)) + 0.5
    with style():
        figure = new_figure(narrow, height)
        grid = figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False)
        for axes in grid.flat[len(view.areas) :]:
            axes.set_visible(False)
        for axes, area in zip(grid.flat, view.areas, strict=False):
            axes.axvline(view.overall(area), color=LIGHT[MUTED], linewidth=0.9, linestyle=(0, (2, 2)), zorder=1)
            _draw_shares(words, axes, view, [(group, area) for group in view.groups], narrow=narrow)
            axes.set_title(wrap(words.label("area", area), 34 if narrow else 26))
            axes.set_yticks(range(len(names)), names)
        set_title(figure, words("emphasis.figure"), title)
        figure.supxlabel(words("emphasis.axis"), size=9, color=LIGHT[MUTED])
    return figure


def _emphasis_alone(words: Texts, view: Emphasis, *, narrow: bool, title: bool) -> Figure:
    """Draw the areas of a single group below each other."""
    (group,) = view.groups
    names = [wrap(words.label("area", area), 18 if narrow else 34) for area in view.areas]
    with style():
        figure = new_figure(narrow, 0.9 + 0.32 * len(names))
        axes = figure.subplots()
        _draw_shares(words, axes, view, [(group, area) for area in view.areas], narrow=narrow)
        axes.set_yticks(range(len(names)), names)
        set_title(figure, words("emphasis.figure.alone"), title)
        axes.set_xlabel(words("emphasis.axis.alone"))
    return figure


def _draw_shares(words: Texts, axes: Axes, view: Emphasis, cells: Sequence[tuple[str, str]], *, narrow: bool) -> None:
    """Draw shares with their intervals below each other, in the colours of their areas."""
    limit = min(1.0, max(cell.high for cell in view.cells.values())) * (1.34 if narrow else 1.3)
    for row, (group, area) in enumerate(cells):
        cell = view.cells.get((group, area))
        if cell is None:
            continue
        colour = LIGHT[f"area-{area}"]
        ends = [cell.low, cell.high]
        axes.plot(ends, [row, row], color=colour, linewidth=3, alpha=0.45, solid_capstyle="round")
        axes.plot([cell.share], [row], "o", color=colour, markersize=6.5, clip_on=False, zorder=3)
        place = max(cell.high, cell.share) + limit * 0.02
        axes.text(place, row, words.percent(cell.share), va="center", size=8.5, bbox=CLEAR)
    ticks = shares_up_to(limit)
    axes.set_xticks(ticks, [words.percent(tick, digits=0) for tick in ticks])
    axes.set_xlim(0, limit)
    axes.set_ylim(len(cells) - 0.45, -0.55)
    axes.grid(axis="x")


def keyness(
    comparison: Comparison, *, narrow: bool = False, title: bool = True, language: str = "nb", top: int = 8
) -> Figure:
    """Draw the `top` words that mark each party, one panel a party; see `emphasis` for the other parameters."""
    words = load_texts(language, by=group_column(comparison))
    view = keyness_view(words, comparison, top=top)
    if not view:
        return sentence_figure(words("keyness.empty"), narrow=narrow)
    columns = 1 if narrow else min(3, len(view))
    rows = -(-len(view) // columns)
    with style():
        figure = new_figure(narrow, rows * (0.6 + 0.22 * max(map(len, view.values()))) + 0.4)
        grid = figure.subplots(rows, columns, squeeze=False)
        for axes in grid.flat[len(view) :]:
            axes.set_visible(False)
        for axes, (group, terms) in zip(grid.flat, view.items(), strict=False):
            axes.barh(range(len(terms)), [term.score for term in terms], height=0.62, color=LIGHT[HEAT])
            axes.set_yticks(range(len(terms)), [wrap(term.term, 24) for term in terms])
            axes.set_ylim(top - 0.4, -0.6)
            axes.set_title(wrap(group, 34))
            axes.xaxis.set_major_formatter(number_ticks(words))
            axes.xaxis.set_major_locator(few_ticks())
            axes.grid(axis="x")
        set_title(figure, words("keyness.figure"), title)
        figure.supxlabel(words("col.score"), size=9, color=LIGHT[MUTED])
    return figure


def topics(comparison: Comparison, *, narrow: bool = False, title: bool = True, language: str = "nb") -> Figure:
    """Draw the share of each topic in each party's text as a heat map; see `emphasis` for the parameters."""
    words = load_texts(language, by=group_column(comparison))
    view = topics_view(words, comparison)
    groups = sorted({group for topic in view for group in topic.shares}, key=str.casefold)
    if not view or not groups:
        return sentence_figure(words("topics.empty"), narrow=narrow)
    names = [wrap(f"{topic.number}. {', '.join(topic.terms[:4])}", 24 if narrow else 40) for topic in view]
    values = {(row, group): topic.shares[group] for row, topic in enumerate(view) for group in topic.shares}
    with style():
        figure = new_figure(narrow, 1.3 + 0.42 * len(names))
        draw_heat(figure.subplots(), values, range(len(view)), names, groups, words.percent, digits=0, narrow=narrow)
        set_title(figure, words("topics.figure"), title)
    return figure


def similarity(comparison: Comparison, *, narrow: bool = False, title: bool = True, language: str = "nb") -> Figure:
    """Draw how alike each pair of parties is as a heat map; see `emphasis` for the parameters."""
    words = load_texts(language, by=group_column(comparison))
    view = similarity_view(words, comparison)
    if not view.groups:
        return sentence_figure(words("similarity.empty"), narrow=narrow)
    values = {pair: value for pair, value in view.values.items() if pair[0] != pair[1]}
    with style():
        figure = new_figure(narrow, 1.3 + 0.42 * len(view.groups))
        names = [wrap(group, 18) for group in view.groups]
        draw_heat(figure.subplots(), values, view.groups, names, view.groups, words.number, digits=2, narrow=narrow)
        set_title(figure, words("similarity.figure"), title)
    return figure


def numeric(comparison: Comparison, *, narrow: bool = False, title: bool = True, language: str = "nb") -> Figure:
    """Draw how many numeric promises each party makes, by kind of number; see `emphasis` for the parameters."""
    words = load_texts(language, by=group_column(comparison))
    counts = promise_counts(words, comparison)
    if not counts:
        return sentence_figure(words("numeric.empty"), narrow=narrow)
    names = [wrap(group, 18 if narrow else 24) for group in counts]
    with style():
        figure = new_figure(narrow, 1.35 + 0.34 * len(counts) + (0.35 if narrow else 0.0))
        axes = figure.subplots()
        left = [0] * len(counts)
        for kind in KINDS:
            widths = [of_group.get(kind, 0) for of_group in counts.values()]
            if any(widths):
                axes.barh(
                    range(len(counts)), widths, left=left, height=0.62, color=LIGHT[f"kind-{kind}"],
                    edgecolor=LIGHT[GROUND], linewidth=0.8, label=words.label("kind", kind),
                )  # fmt: skip
            left = [a + b for a, b in zip(left, widths, strict=True)]
        for row, total in enumerate(left):
            axes.text(total + max(left) * 0.012, row, words.number(total), va="center", size=8.5)
        axes.set_yticks(range(len(names)), names)
        axes.set_ylim(len(names) - 0.4, -0.6)
        axes.set_xlim(0, max(left) * 1.1)
        axes.xaxis.set_major_formatter(number_ticks(words))
        axes.xaxis.set_major_locator(few_ticks(integer=True))
        axes.set_xlabel(words("numeric.axis"))
        axes.grid(axis="x")
        figure.legend(
            loc="outside upper left", ncols=2 if narrow else len(KINDS), frameon=False, fontsize=8.5, handlelength=1.0,
            columnspacing=1.2,
        )  # fmt: skip
        set_title(figure, words("numeric.figure"), title)
    return figure


def promise_counts(words: Texts, comparison: Comparison) -> Mapping[str, Mapping[str, int]]:
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
