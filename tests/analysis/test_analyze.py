import pytest

import policytext as pt
from policytext.errors import AnalysisError, PolicyTextWarning
from policytext.records import Block, Document, Problem

TEXT = "Ferger\n\nVi vil:\n\nhalvere fergetakstene innen 2030\n\nTakstene er høye i dag."
BLOCKS = (
    Block(0, 6, "heading", level=1),
    Block(8, 15, "paragraph"),
    Block(17, 49, "item", level=1, marker="•"),
    Block(51, 74, "paragraph"),
)


def document(doc_id="havorn", **changes):
    return Document(doc_id, TEXT, BLOCKS, party="Bygdelista Havørn", date="2025", **changes)


def test_rows_lead_back_to_the_documents_text():
    analysis = pt.analyze([document()])
    for table in (analysis.segments, analysis.measures, analysis.quantities):
        assert len(table)
        for row in table.itertuples():
            assert TEXT[row.start : row.end] == row.text
    assert set(analysis.measures["party"]) == {"Bygdelista Havørn"}


def test_problems_are_kept_and_the_rest_goes_on():
    seen = []
    analysis = pt.analyze([Problem("broken.pdf", "broken.pdf is cut short"), document()], progress=seen.append)
    assert analysis.problems["source"].tolist() == ["broken.pdf"]
    assert analysis.documents["doc_id"].tolist() == ["havorn"]
    assert len(seen) == 2


def test_a_document_without_measures_warns():
    with pytest.warns(PolicyTextWarning, match="stille: no measure found"):
        analysis = pt.analyze([Document("stille", "Det var en gang en bygd.", (Block(0, 24, "paragraph"),))])
    assert analysis.measures.empty


def test_two_documents_of_one_name_are_refused():
    with pytest.raises(AnalysisError, match="two documents are called 'havorn'"):
        pt.analyze([document(), document()])


@pytest.mark.parametrize("given", ["programmer/", 3, None], ids=["path", "number", "none"])
def test_a_path_is_not_a_corpus(given):
    with pytest.raises(AnalysisError, match=r"read the files first with policytext\.read_corpus"):
        pt.analyze(given)


def test_the_same_input_gives_the_same_tables_whatever_the_order():
    first, second = document("a"), document("b")
    forward, backward = pt.analyze([first, second]), pt.analyze([second, first])
    for name in ("segments", "measures", "quantities"):
        left = getattr(forward, name).sort_values(["doc_id", "start"], kind="stable").reset_index(drop=True)
        right = getattr(backward, name).sort_values(["doc_id", "start"], kind="stable").reset_index(drop=True)
        assert left.equals(right)
