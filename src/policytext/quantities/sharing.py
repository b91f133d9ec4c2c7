"""Give a bare number the unit that its neighbour says: «fra 6 til 8 år», «10, 15 og 20 prosent»."""

from __future__ import annotations

import re
from dataclasses import replace

from policytext.quantities.amounts import Hit
from policytext.quantities.number_words import SPACES
from policytext.quantities.numerals import tidy

_S = f"[{SPACES}]"
_JOINT = re.compile(
    rf"{_S}(?:til|og|eller|mot|(?:og|til){_S}(?:minst|inntil|over|maks|rundt)){_S}|-?,{_S}|-{_S}(?:og|eller|til){_S}|{_S}?[–+-]{_S}?"
)
_HANGING = re.compile(rf"-{_S}(?:og|eller|til){_S}|-,")


def share_units(low: str, hits: list[Hit]) -> list[Hit]:
    """Return the hits with the unit of the next one where a number stands bare before it.

    A magnitude is shared with a number below a thousand only: «fra 2 til 4 millioner» is two millions and four.

    Parameters
    ----------
    low : str
        The text in lower case.
    hits : list of Hit
        In order of text.
    """
    for index in range(len(hits) - 2, -1, -1):
        here, after = hits[index], hits[index + 1]
        unit, value = after.quantity.unit, here.quantity.value
        if not here.bare or unit in ("date", "ratio") or value is None or (unit == "count" and not after.scaled):
            continue
        if not _JOINT.fullmatch(low, here.quantity.end, after.quantity.start):
            continue
        scale = 1.0 if after.scaled and value >= 1000 else after.scale
        shared = replace(here.quantity, value=tidy(value * scale), unit=unit)
        hits[index] = Hit(shared, bare=True, scale=after.scale, scaled=after.scaled)
    return [
        hit for hit in hits if not (hit.bare and hit.quantity.unit == "count" and _HANGING.match(low, hit.quantity.end))
    ]
