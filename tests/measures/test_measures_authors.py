"""Authors: whose «vil» a document holds."""

import pytest

from policytext.measures import find_measures
from policytext.measures.authors import authors, own_names
from policytext.records import Segment


def segment(text: str, intro: str = "", doc: str = "d") -> Segment:
    return Segment(doc, "1", "item" if intro else "paragraph", text, 0, len(text), intro=intro)


@pytest.mark.parametrize(
    ("segments", "expected"),
    [
        ([segment("Bygge kai.", "Havørn Sør vil:")], {"d": ("Havørn Sør",)}),
        ([segment("Bygge kai.", "Vi vil:")], {}),
        ([segment("Bygge kai.", "Regjeringen vil:")], {}),
        ([segment("Bygge kai.", "Slik er det i dag:")], {}),
        ([segment("Havørn Sør vil bygge kai.")], {}),
        ([segment("Havørn Sør vil bygge kai.")] * 5, {"d": ("Havørn Sør",)}),
        ([segment("Dette vil gi flere fisk.")] * 5, {}),
        (
            [segment("Bygge kai.", "Havørn vil:"), segment("Bygge kai.", "Nordlys vil:", doc="e")],
            {"d": ("Havørn",), "e": ("Nordlys",)},
        ),
    ],
    ids=["intro", "we", "public", "no-will", "too-few", "enough", "pronoun", "two-documents"],
)
def test_authors(segments: list[Segment], expected: dict[str, tuple[str, ...]]) -> None:
    assert authors(segments) == expected


def test_own_names_fall_back_on_nothing() -> None:
    assert own_names(segment("Bygge kai."), {}) == ()


def test_the_author_acts() -> None:
    given = [segment("Bygge kai.", "Havørn Sør vil:"), segment("Havørn Sør vil styrke skolen i bygda.")]
    found = find_measures(given, [()] * len(given))
    assert [one[0].actor for one in found] == ["vi", "vi"]
