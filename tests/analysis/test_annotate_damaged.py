"""Text that lost its ligatures: read as if it had not, while the tables show and index it as given."""

import pandas as pd
import pytest

from policytext import analyze, annotate
from policytext.records import Document

DAMAGED = ["Vi vil besky e 200 barn og oppre e et o entlig ombud l alle.", "Vi gi er oss l fjells."]


def test_measures_are_found_and_point_into_the_text_as_given() -> None:
    analysis = annotate(DAMAGED)
    assert analysis.segments["text"].tolist() == DAMAGED
    assert analysis.measures["verb"].tolist() == ["beskytte", "opprette"]
    assert analysis.measures["object"].tolist() == ["200 barn", "et offentlig ombud til alle"]
    for table in (analysis.measures, analysis.quantities):
        for row in table.itertuples():
            assert DAMAGED[row.segment_id][row.start : row.end] == row.text
    assert analysis.quantities["text"].tolist() == ["200 barn"]


def test_headings_and_introductions_stay_as_given() -> None:
    table = pd.DataFrame(
        {"text": ["besky e barn l sjøs"], "heading": ["O entlig ak vitet"], "intro": ["Vi s ller krav:"]}
    )
    analysis = annotate(table)
    assert analysis.segments[["heading", "intro"]].values.tolist() == [["O entlig ak vitet", "Vi s ller krav:"]]
    assert set(analysis.measures["heading"]) <= {"O entlig ak vitet"}


@pytest.mark.parametrize(
    "texts", [["Vi vil beskytte 200 barn."], ["Bruke 5 l vann til 3 bad."]], ids=["sound", "litres"]
)
def test_sound_text_is_not_touched(texts: list[str]) -> None:
    analysis = annotate(texts)
    for row in analysis.measures.itertuples():
        assert row.text in texts[0]
    assert analysis.segments["text"].tolist() == texts


def test_documents_keep_their_offsets() -> None:
    text = "Ferja er dyr.\n\nVi vil gi stø e l skolen. Vi vil oppre e et o entlig ombud innen 2031."
    analysis = analyze([Document("d", text)])
    assert analysis.measures["verb"].tolist() == ["gi", "opprette"]
    for table in (analysis.segments, analysis.measures, analysis.quantities):
        for row in table.itertuples():
            assert text[row.start : row.end] == row.text
