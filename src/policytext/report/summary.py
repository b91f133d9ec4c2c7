"""The report's first lines: what was read, and what stands out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policytext.report.sentences import Sentence
from policytext.report.texts import Texts
from policytext.report.views import Emphasis, Similarity

_MOST = 5
_ENOUGH = 20
"""A group needs this many measures before the summary says anything about it alone."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What was read: documents, groups, segments that could hold a measure, those that do."""

    documents: int
    groups: int
    segments: int
    holding: int


def headline(words: Texts, counts: Counts, found: Sequence[Sentence], emphasis: Emphasis) -> list[str]:
    """Return the sentences on what was read and how it falls out as a whole."""
    said = {
        "documents": words.count("documents", counts.documents),
        "parties": words.count("parties", counts.groups),
        "segments": words.count("segments", counts.segments),
    }
    if not found:
        return [words("sum.none", **said)]
    lines = [
        words(
            "sum.read" if counts.groups else "sum.read.alone",
            **said,
            measures=words.count("measures", len(found)),
            holding=words.number(counts.holding),
            share=words.percent(counts.holding / max(counts.segments, 1)),
        )
    ]
    total = len(found)
    numeric = sum(one.numeric for one in found)
    lines.append(
        words(
            "sum.numeric",
            n=words.number(numeric),
            share=words.percent(numeric / total),
            firm=words.percent(sum(one.strength == "firm" for one in found) / total),
            specific=words.percent(sum(one.specific for one in found) / total),
        )
    )
    areas = sorted((-emphasis.overall(area), area) for area in emphasis.areas if area != "annet")
    if len(areas) > 1 and total >= _ENOUGH:
        (most, first), (least, last) = areas[0], areas[-1]
        lines.append(
            words(
                "sum.most",
                area=_inside(words.label("area", first)),
                share=words.percent(-most),
                last=_inside(words.label("area", last)),
                last_share=words.percent(-least),
                other=words.percent(emphasis.overall("annet")),
            )
        )
    return lines


def standing_out(words: Texts, found: Sequence[Sentence], emphasis: Emphasis, similarity: Similarity) -> list[str]:
    """Return a sentence for each thing that sets a group apart, the clearest first."""
    lines = _emphases(words, emphasis)
    lines += _numbers(words, found)
    pairs = similarity.pairs()
    if len(pairs) > 1:
        (best, a, b), (worst, c, d) = pairs[0], pairs[-1]
        values = {"value": words.number(best, digits=2), "last": words.number(worst, digits=2)}
        lines.append(words("sum.similar", a=a, b=b, c=c, d=d, **values))
    return lines


def _emphases(words: Texts, emphasis: Emphasis) -> list[str]:
    if len(emphasis.groups) < 2:
        return []
    two = len(emphasis.groups) == 2
    clear = []
    for (group, area), cell in emphasis.cells.items():
        rest = emphasis.overall(area, without=group)
        if two and cell.share <= rest:
            continue  # the other group's line says the same
        if area != "annet" and group != words.group("") and cell.total >= _ENOUGH and not cell.low <= rest <= cell.high:
            distance = min(abs(cell.low - rest), abs(cell.high - rest))
            clear.append((-distance, group, area, cell, rest))
    clear.sort(key=lambda item: item[:3])
    lines = [
        words(
            ("sum.more.two" if two else "sum.more") if cell.share > rest else "sum.less",
            party=group,
            other=next(other for other in emphasis.groups if other != group),
            area=_inside(words.label("area", area)),
            share=words.percent(cell.share),
            interval=words.interval(cell.low, cell.high),
            rest=words.percent(rest),
        )
        for _, group, area, cell, rest in clear[:_MOST]
    ]
    return lines or [words("sum.alike")]


def _numbers(words: Texts, found: Sequence[Sentence]) -> list[str]:
    totals: dict[str, list[int]] = {}
    for one in found:
        of_group = totals.setdefault(one.group, [0, 0])
        of_group[0] += one.numeric
        of_group[1] += 1
    ranked = sorted(
        (-n / total, group, n, total)
        for group, (n, total) in totals.items()
        if group != words.group("") and total >= _ENOUGH
    )
    if len(ranked) < 2 or ranked[0][0] == ranked[-1][0]:
        return []
    (share, party, n, total), (last_share, last, last_n, last_total) = ranked[0], ranked[-1]
    return [
        words(
            "sum.numbers",
            party=party,
            n=words.number(n),
            total=words.number(total),
            share=words.percent(-share),
            last=last,
            last_n=words.number(last_n),
            last_total=words.number(last_total),
            last_share=words.percent(-last_share),
        )
    ]


def _inside(label: str) -> str:
    """Return a label as it stands inside a sentence."""
    return label[:1].lower() + label[1:]
