"""What the report says stands out."""

import pytest

from policytext.report.summary import Counts, headline, standing_out
from policytext.report.texts import load_texts
from policytext.report.views import Emphasis, Share, Similarity

NB = load_texts("nb")
NOTHING = Similarity((), {})


def emphasis(**groups: tuple[int, int, float, float]) -> Emphasis:
    """Return shares of the area velferd, the rest annet: n, total, low, high."""
    cells = {}
    for group, (n, total, low, high) in groups.items():
        cells[group, "velferd"] = Share(n, total, n / total, low, high)
        cells[group, "annet"] = Share(total - n, total, 1 - n / total, 0.0, 0.01)
    return Emphasis(tuple(groups), ("velferd", "annet"), cells)


@pytest.mark.parametrize(
    ("view", "said"),
    [
        (emphasis(A=(60, 100, 0.5, 0.7), B=(30, 100, 0.2, 0.4)), ["A legger mer vekt på velferd enn B: 60,0 %"]),
        (emphasis(A=(60, 100, 0.2, 0.9), B=(30, 100, 0.2, 0.9)), ["Ingen skiller seg klart ut"]),
        (emphasis(A=(9, 10, 0.8, 1.0), B=(1, 10, 0.0, 0.2)), ["Ingen skiller seg klart ut"]),
        (
            emphasis(A=(60, 100, 0.5, 0.7), B=(30, 100, 0.2, 0.4), C=(30, 100, 0.2, 0.46)),
            ["A legger mer vekt på velferd enn de andre", "B legger mindre vekt på velferd enn de andre"],
        ),
        (emphasis(A=(60, 100, 0.5, 0.7)), []),
        (emphasis(unknown=(60, 100, 0.5, 0.7), B=(30, 100, 0.2, 0.7)), ["Ingen skiller seg klart ut"]),
    ],
    ids=["two", "wide intervals", "too few measures", "three", "one", "no party"],
)
def test_standing_out(view, said):
    cells = {(NB.group(group), area): cell for (group, area), cell in view.cells.items()}
    view = Emphasis(tuple(NB.group(group) for group in view.groups), view.areas, cells)
    lines = standing_out(NB, [], view, NOTHING)
    assert len(lines) == len(said)
    for line, start in zip(lines, said, strict=True):
        assert line.replace("\xa0", " ").startswith(start)


def test_pairs_are_named_when_there_are_several():
    values = {("A", "B"): 0.8, ("A", "C"): 0.4, ("B", "C"): 0.6}
    similarity = Similarity(("A", "B", "C"), values)
    (line,) = standing_out(NB, [], emphasis(A=(1, 1, 0, 1)), similarity)
    assert line == "A og B likner mest på hverandre (0,80), A og C minst (0,40)."


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (Counts(2, 1, 40, 0), "2 dokumenter gir 40 setninger og punkter, men ingen tiltak."),
        (Counts(1, 0, 1, 0), "1 dokument gir 1 setning eller punkt, men ingen tiltak."),
    ],
    ids=["none of many", "none of one"],
)
def test_headline_of_nothing(counts, said):
    assert headline(NB, counts, [], emphasis(A=(1, 1, 0, 1))) == [said]
