"""What is compared with hand coding: each task with the segments that it is measured on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from policytext.records import AREAS, DIRECTIONS, STRENGTHS
from policytext.validate.gold import GoldSegment
from policytext.validate.matching import Found, match_quantities
from policytext.validate.scores import MISSING, Codes, Pairs

Case = tuple[GoldSegment, Found]
Task = tuple[Codes | Pairs, Sequence[Case], int]
YES_NO = ("true", "false")


def tasks_of(given: Sequence[Case]) -> dict[str, Task]:
    """Return each task with its cases and the number of things coded."""
    cases = [case for case in given if case[0].weight is not None] or list(given)
    drawn = [case for case in cases if case[0].stratum == "random" or case[0].weight is not None] or cases
    true = [case for case in cases if case[0].measure]
    listed = [case for case in cases if case[0].commitment is None]

    def yes_no(chosen: Sequence[Case], of: Callable[[GoldSegment | Found], bool]) -> Codes:
        return Codes(
            YES_NO,
            [_label(of(segment)) for segment, _ in chosen],
            [_label(of(found)) for _, found in chosen],
            positive="true",
            headline="f1",
        )

    def codes(labels: Sequence[str], of: Callable[[GoldSegment | Found], object], headline: str = "accuracy") -> Codes:
        return Codes(
            (*labels, MISSING),
            [_label(of(segment)) for segment, _ in true],
            [_label(of(found)) if found.n_measures else MISSING for _, found in true],
            headline=headline,
        )

    counts = sorted({segment.n_measures for segment, _ in true} | {found.n_measures for _, found in true})
    tasks: dict[str, tuple[Codes | Pairs, Sequence[Case]]] = {
        "measure": (yes_no(drawn, lambda item: item.n_measures > 0), drawn),
        "strength": (codes(STRENGTHS, lambda item: item.strength), true),
        "specific": (codes(YES_NO, lambda item: item.specific), true),
        "direction": (codes(DIRECTIONS, lambda item: item.direction), true),
        "first area": (codes(AREAS, lambda item: item.areas[0]), true),
        "areas": (_area_sets(true), true),
        "number of measures": (
            Codes(
                tuple(map(str, counts)),
                [str(segment.n_measures) for segment, _ in true],
                [str(found.n_measures) for _, found in true],
            ),
            true,
        ),
        "quantities": (_quantities(listed, committed=None), listed),
        "committed quantities": (_quantities(listed, committed=True), listed),
        "context quantities": (_quantities(listed, committed=False), listed),
        "numeric commitment": (yes_no(cases, lambda item: item.numeric), cases),
    }
    sizes = {
        "quantities": sum(len(segment.quantities) for segment, _ in listed),
        "committed quantities": sum(
            _is_committed(segment, q.role) for segment, _ in listed for q in segment.quantities
        ),
    }
    sizes["context quantities"] = sizes["quantities"] - sizes["committed quantities"]
    return {
        name: (task, own, sizes.get(name, len(own)))
        for name, (task, own) in tasks.items()
        if listed or name not in sizes
    }


def _label(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _is_committed(segment: GoldSegment, role: str) -> bool:
    return segment.measure and role != "context"


def _area_sets(cases: Sequence[Case]) -> Pairs:
    both = [(set(segment.areas), set(found.areas)) for segment, found in cases]
    return Pairs(
        [len(coded & given) for coded, given in both],
        [len(given - coded) for coded, given in both],
        [len(coded - given) for coded, given in both],
    )


def _quantities(cases: Sequence[Case], *, committed: bool | None) -> Pairs:
    """Count numbers with the right value and unit; with `committed`, only those that are (or are not) committed."""
    hits, extra, lost = [], [], []
    for segment, found in cases:
        pairs = match_quantities(segment.quantities, found.quantities)
        coded = [_is_committed(segment, quantity.role) for quantity in segment.quantities]
        given = [quantity.committed for quantity in found.quantities]
        if committed is None:
            right, n_coded, n_given = len(pairs), len(coded), len(given)
        else:
            right = sum(coded[i] == given[j] == committed for i, j in pairs)
            n_coded, n_given = coded.count(committed), given.count(committed)
        hits.append(right)
        extra.append(n_given - right)
        lost.append(n_coded - right)
    return Pairs(hits, extra, lost)
