import pytest

from policytext.errors import DocumentError
from policytext.ingest import read_corpus, read_document

MINUTES = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE Forhandlinger SYSTEM "forhandlinger.dtd">
<Forhandlinger Id="refs-203031-03-04" Status="Komplett"><Mote moteID="1">
<Startseksjon><Motestart><Tittel>Møte tirsdag den 4. mars 2031 kl. 10</Tittel>
<President personID="LOS"><A>President: Kari Los</A></President></Motestart></Startseksjon>
<Hovedseksjon><Saker><Sak sakID="7"><Sakshode><Saknr>Sak nr. 1</Saknr>
<Saktittel><A>Representantforslag om kaier</A></Saktittel></Sakshode>
<Presinnlegg><A><Navn>Presidenten [10:01:02]:</Navn> Ordet er fritt.</A></Presinnlegg>
<Hovedinnlegg Id="i1"><A><Navn personID="KN">Kari Naust (Sp) [10:02:00]:</Navn> Vi vil bygge 40 kaier.</A>
<A>De skal stå i 2035.</A>
<A><Navn personID="OV">Statsråd Ola Vik:</Navn> Det er <Uth Type="Kursiv">ikke</Uth> nok.</A></Hovedinnlegg>
<Replikk><A><Navn>Åse Holm (BH):</Navn> Hva koster det?</A></Replikk>
</Sak></Saker></Hovedseksjon></Mote></Forhandlinger>"""

OLD_MINUTES = """<?xml version="1.0" encoding="utf-8"?>
<forhandling><mote><formalia><dato>Møte torsdag den 13. februar 2014 kl. 10</dato>
<president>President: Kari Los</president></formalia>
<saker><sak sakid="58"><sakstittel>Sak om naust</sakstittel>
<innlegg type="hovedinnlegg"><navn>Kari Naust (Sp) [10:00:37]:</navn>
<a>Vi vil verne naust.</a><a>Alle naust.</a></innlegg>
<handling><a>Ola Vik hadde her overtatt presidentplassen.</a></handling>
<presinnl><navn>Presidenten:</navn><a>Takk.</a></presinnl></sak></saker></mote></forhandling>"""

REPORT = """<?xml version="1.0" encoding="utf-8"?>
<Innstilling Status="Komplett"><Startseksjon><Navn>Innst. 12 S</Navn><Aar>(2030–2031)</Aar>
<Doktit>Innstilling om kaier langs kysten</Doktit><Dato>4. mars 2031</Dato></Startseksjon>
<Hovedseksjon><Kapittel Num="Ja"><Tittel>1. Bakgrunn</Tittel><A>Forslagsstillerne vil bygge kaier:</A>
<Liste><Pkt><A>40 kaier i nord</A><Liste><Pkt>i Havn</Pkt></Liste></Pkt><Pkt><A>1. halvere avgiften</A></Pkt></Liste>
<Seksjon2><Tittel>1.1 Økonomi</Tittel><A>Det koster 2 mill. kroner.</A>
<Tbl><Row><Cell>2031</Cell><Cell>1</Cell></Row></Tbl></Seksjon2></Kapittel></Hovedseksjon></Innstilling>"""


def save(tmp_path, text):
    path = tmp_path / "publikasjon.xml"
    path.write_text(text, encoding="utf-8")
    return path


def test_minutes_give_one_document_a_speech(tmp_path):
    documents = list(read_corpus(save(tmp_path, MINUTES)))
    assert [(d.text, d.party, d.metadata["speaker"]) for d in documents] == [
        ("Ordet er fritt.", None, "Presidenten"),
        ("Vi vil bygge 40 kaier.\n\nDe skal stå i 2035.", "Sp", "Kari Naust"),
        ("Det er ikke nok.", None, "Statsråd Ola Vik"),
        ("Hva koster det?", "BH", "Åse Holm"),
    ]
    assert {d.date for d in documents} == {"2031-03-04"}
    assert documents[1].title == "Representantforslag om kaier"
    assert documents[1].metadata["clock"] == "10:02:00"
    assert documents[0].metadata["role"] == "chair"


def test_minutes_of_the_older_format_are_read(tmp_path):
    documents = list(read_corpus(save(tmp_path, OLD_MINUTES)))
    assert [(d.text, d.party, d.date) for d in documents] == [
        ("Vi vil verne naust.\n\nAlle naust.", "Sp", "2014-02-13"),
        ("Takk.", None, "2014-02-13"),
    ]


def test_a_recommendation_keeps_chapters_and_lists(tmp_path):
    document = read_document(save(tmp_path, REPORT))
    found = [(b.kind, b.level, b.marker, document.text[b.start : b.end]) for b in document.blocks]
    assert found == [
        ("paragraph", None, None, "Innstilling om kaier langs kysten"),
        ("heading", 1, "1.", "Bakgrunn"),
        ("paragraph", None, None, "Forslagsstillerne vil bygge kaier:"),
        ("item", 1, "•", "40 kaier i nord"),
        ("item", 2, "•", "i Havn"),
        ("item", 1, "1.", "halvere avgiften"),
        ("heading", 2, "1.1", "Økonomi"),
        ("paragraph", None, None, "Det koster 2 mill. kroner."),
        ("paragraph", None, None, "2031 | 1"),
    ]
    assert (document.title, document.kind, document.date) == ("Innst. 12 S (2030–2031)", "innstilling", "2031-03-04")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            '<?xml version="1.0"?><publikasjoner_oversikt xmlns="http://data.stortinget.no"><publikasjon/>'
            "</publikasjoner_oversikt>",
            r"an overview \(publikasjoner_oversikt\)",
            id="overview",
        ),
        pytest.param(MINUTES[:600], r"damaged, truncated or too deep", id="truncated"),
        pytest.param("<?xml version='1.0'?><oppskrift/>", r"XML with the root <oppskrift>", id="other XML"),
    ],
)
def test_what_is_no_publication_is_refused(tmp_path, text, message):
    with pytest.raises(DocumentError, match=message):
        read_document(save(tmp_path, text))
