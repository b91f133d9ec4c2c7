import shutil
from pathlib import Path

import pytest

from policytext.errors import DocumentError
from policytext.ingest import read_corpus
from policytext.ingest.tei import read
from policytext.ingest.teipeople import Affiliation

DATA = Path(__file__).parent / "data" / "parlamint"


@pytest.fixture
def corpus_folder(tmp_path):
    return Path(shutil.copytree(DATA, tmp_path / "parlamint"))


def test_a_corpus_root_gives_one_document_an_utterance():
    documents = read_corpus(DATA / "ParlaMint-XX.xml")
    assert [d.doc_id for d in documents] == [
        "ParlaMint-XX_2031-03-04.u1",
        "ParlaMint-XX_2031-03-04.u2",
        "ParlaMint-XX_2031-03-04.u3",
        "ParlaMint-XX_2033-10-12.u1",
    ]
    second = documents.documents[1]
    assert second.text == "Vi vil byggje 40 kaier, og vi vil ikkje vente lenger.\n\nHavneavgifta må halverast."
    assert (second.party, second.date, second.language, second.kind) == ("BH", "2031-03-04", "nn", "speech")
    assert second.title == "Sak nr. 1 Om kaier langs kysten"
    assert dict(second.metadata) == {
        "person": "person.KARI",
        "speaker": "Kari Ann Naust",
        "role": "regular",
        "session": "2030-2031",
        "term": "2029-2033",
    }
    assert [(d.reason, d.text) for d in second.dropped] == [("note", "(klapping)"), ("vocal", "Rop frå salen")]


@pytest.mark.parametrize(
    ("doc_id", "party", "office", "role"),
    [
        pytest.param("ParlaMint-XX_2031-03-04.u2", "BH", None, "regular", id="before she changed party"),
        pytest.param("ParlaMint-XX_2033-10-12.u1", "Kystpartiet Nordlys", "Fiskeriminister", "regular", id="after"),
        pytest.param("ParlaMint-XX_2031-03-04.u3", "Kystpartiet", None, "regular", id="wrong abbreviation"),
        pytest.param("ParlaMint-XX_2031-03-04.u1", None, None, "chair", id="the chair has no party"),
    ],
)
def test_parties_and_offices_are_those_of_the_day(doc_id, party, office, role):
    document = next(d for d in read_corpus(DATA / "ParlaMint-XX.xml") if d.doc_id == doc_id)
    assert (document.party, document.metadata.get("office"), document.metadata.get("role")) == (party, office, role)


def test_the_marked_up_form_gives_the_same_text():
    (draft,) = read(DATA / "2031" / "ParlaMint-XX_2031-03-04.ana.xml")
    assert [line.text for block in draft.blocks for line in block.lines] == ["Vi vil Havørn kai, «no». Takk!"]
    assert draft.metadata["party"] == "BH"


def test_a_component_alone_finds_its_people_beside_it():
    drafts = list(read(DATA / "2031" / "ParlaMint-XX_2031-03-04.xml"))
    assert [d.metadata.get("speaker") for d in drafts] == ["Los", "Kari Ann Naust", "Ola Vik"]


def test_a_folder_reads_each_speech_once():
    assert len(read_corpus(DATA)) == 4


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        pytest.param(
            ("2031/ParlaMint-XX_2033", "2031/ParlaMint-XX_2099"), r"which is missing; fetch", id="missing part"
        ),
        pytest.param(("2031/ParlaMint-XX_2033-10-12.xml", "../../etc/passwd"), r"not below the corpus", id="outside"),
        pytest.param(("2031/ParlaMint-XX_2033-10-12.xml", "http://naust.example/a.xml"), r"not below", id="network"),
    ],
)
def test_an_include_that_cannot_be_followed_is_refused(corpus_folder, edit, message):
    root = corpus_folder / "ParlaMint-XX.xml"
    root.write_text(root.read_text(encoding="utf-8").replace(*edit), encoding="utf-8")
    with pytest.raises(DocumentError, match=message):
        list(read(root))


def test_utterances_with_the_same_id_are_told_apart(tmp_path):
    path = tmp_path / "dag.xml"
    path.write_text(
        '<?xml version="1.0"?><TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><div>'
        '<u xml:id="a"><seg>Ja.</seg></u><u xml:id="a"><seg>Nei.</seg></u></div></body></text></TEI>',
        encoding="utf-8",
    )
    corpus = read_corpus(path)
    assert [(d.doc_id, d.text) for d in corpus] == [("a", "Ja."), ("a-2", "Nei.")]
    assert corpus.problems == ()
    path.write_text(path.read_text(encoding="utf-8")[:-20], encoding="utf-8")
    assert len(read_corpus(path).problems) == 1


def test_a_truncated_component_keeps_what_came_before(corpus_folder):
    path = corpus_folder / "2031" / "ParlaMint-XX_2031-03-04.xml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("ParlaMint-XX_2031-03-04.u3")], encoding="utf-8")
    corpus = read_corpus(corpus_folder / "ParlaMint-XX.xml")
    assert [d.doc_id for d in corpus] == ["ParlaMint-XX_2031-03-04.u1", "ParlaMint-XX_2031-03-04.u2"]
    assert "the XML is damaged, truncated or too deep" in corpus.problems[0].message


@pytest.mark.parametrize(
    ("start", "end", "date", "holds"),
    [
        pytest.param("", "", "2031-03-04", True, id="open"),
        pytest.param("2031", "", "2031-03-04", True, id="a year covers its days"),
        pytest.param("2031-03-05", "", "2031-03-04", False, id="the day after"),
        pytest.param("", "2031-03", "2031-03-31", True, id="a month covers its days"),
        pytest.param("", "2031-03-03", "2031-03-04", False, id="the day before"),
        pytest.param("2040", "2041", "", True, id="no date known"),
    ],
)
def test_an_affiliation_holds_on_its_dates(start, end, date, holds):
    assert Affiliation("party.BH", "member", start, end, "").holds(date) is holds
