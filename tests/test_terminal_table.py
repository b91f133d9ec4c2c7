"""Tables in the terminal: every number whole, however narrow the window."""

import pandas as pd
import pytest
from rich.console import Console

from policytext.terminal_table import fitted, terminal_table

FRAME = pd.DataFrame(
    {
        "document": ["departementet-pressemelding-2025", "havørn"],
        "party": ["Departementet for land og by", None],
        "n_measures": [1234, 5],
        "verdiskaping": [0.958, float("nan")],
        "sentralisering": [13_000, 2],
    }
)


def shown(width):
    console = Console(width=width, record=True, file=None)
    with console.capture() as captured:
        console.print(terminal_table(FRAME, "Measures", width=width))
    return captured.get().splitlines()


@pytest.mark.parametrize("width", [160, 100, 80, 60, 50])
def test_numbers_are_never_cut(width):
    lines = shown(width)
    assert max(map(len, lines)) <= width
    for number in ("1234", "0.958", "13000"):
        assert sum(number in line.split() for line in lines) == 1


def test_a_wide_terminal_shows_headings_whole_and_a_narrow_one_cuts_them():
    assert "sentralisering" in shown(160)[1]
    assert "sentralisering" not in shown(60)[1]
    assert "sentr" in shown(60)[1]


def test_long_texts_end_in_an_ellipsis_and_missing_values_are_a_dash():
    text = "\n".join(shown(160))
    assert "departementet-pressemelding…" in text
    assert "–" in shown(160)[3]


@pytest.mark.parametrize("room", [0, 10, 22, 26, 40])
def test_widths_stay_between_least_and_natural(room):
    widths = fitted([12, 9, 5], [4, 9, 3], room)
    assert all(low <= wide <= most for low, wide, most in zip([4, 9, 3], widths, [12, 9, 5], strict=True))
    assert sum(widths) <= max(room, 16)
