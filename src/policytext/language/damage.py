"""Telling that a text has lost its ligatures, and reading damaged segments as if it had not."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Literal

from policytext.language.mending import Mended, put_back
from policytext.rules import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policytext.records import Segment

Loss = Literal["none", "space", "nothing"]
"""What a text has in place of its ligatures: they are there, a space, nothing."""

_LEAST_SIGNS = 2
_TEXTS_A_SIGN = 500
_LONG = 20_000
"""In so many characters at least one of the probes stands if ligatures are lost; the rest need not be looked for."""


@cache
def _signs() -> tuple[tuple[str, str], ...]:
    """Return strings that sound text does not have and damaged text soon has, each with what stands for the loss."""
    rows = load_lexicon("ligature_signs", ("sign", "left"))
    return tuple((row["sign"].replace("_", " "), row["left"]) for row in rows)


@cache
def _probes() -> tuple[str, ...]:
    """Return the commonest strings of damaged text."""
    return tuple(row["probe"].replace("_", " ") for row in load_lexicon("ligature_probes", ("probe",)))


def ligatures_lost(texts: Sequence[str]) -> Loss:
    """Tell whether texts that belong together have lost their ligatures, and what stands there.

    Two different signs («o entlig», «l» alone) are needed, and in many texts one for every five hundred.

    Parameters
    ----------
    texts : sequence of str
        The segments of a document.

    Examples
    --------
    >>> ligatures_lost(["Vi vil gi stø e l alle.", "Et o entlig ansvar."])
    'space'
    >>> ligatures_lost(["Hver bil fikk 5 l bensin.", "Det er l og m."])
    'none'
    """
    whole = " ".join(texts).lower()
    if len(whole) > _LONG and not any(probe in whole for probe in _probes()):
        return "none"
    counts = [(whole.count(sign), left) for sign, left in _signs() if sign in whole]
    if len(counts) < _LEAST_SIGNS or sum(count for count, _ in counts) * _TEXTS_A_SIGN < len(texts):
        return "none"
    spaces, nothing = (sum(count for count, left in counts if left == kind) for kind in ("space", "nothing"))
    return "nothing" if nothing > spaces else "space"


def mend_segments(segments: Sequence[Segment]) -> tuple[Sequence[Segment], dict[int, Mended]]:
    """Return segments with lost ligatures put back in text, heading and introduction, where their document lost them.

    Returns
    -------
    segments : sequence of Segment
        The sequence itself where nothing was lost; `start` and `end` stay as they are.
    mended : dict of int to Mended
        For the place of each segment whose text changed, how its offsets lead back to the text as given.

    Examples
    --------
    >>> from policytext.records import Segment
    >>> texts = ["Vi vil besky e barn.", "Vi vil gi stø e l alle."]
    >>> read, mended = mend_segments([Segment("d", str(n), "item", text, 0, len(text)) for n, text in enumerate(texts)])
    >>> [one.text for one in read], mended[0].edits[0]
    (['Vi vil beskytte barn.', 'Vi vil gi støtte til alle.'], Edit(start=7, end=15, given_start=7, given_end=14))
    """
    places: dict[str, list[int]] = defaultdict(list)
    for place, segment in enumerate(segments):
        places[segment.doc_id].append(place)
    losses = {doc_id: ligatures_lost([segments[place].text for place in own]) for doc_id, own in places.items()}
    mended: dict[int, Mended] = {}
    if all(loss == "none" for loss in losses.values()):
        return segments, mended
    read = list(segments)
    for doc_id, own in places.items():
        loss = losses[doc_id]
        if loss == "none":
            continue
        inside = loss == "nothing"
        around = {text: "" for place in own for text in (segments[place].heading, segments[place].intro)}
        around = {text: put_back(text, inside=inside).text for text in around}
        for place in own:
            segment = segments[place]
            text = put_back(segment.text, inside=inside)
            if text.edits:
                mended[place] = text
            read[place] = replace(segment, text=text.text, heading=around[segment.heading], intro=around[segment.intro])
    return read, mended
