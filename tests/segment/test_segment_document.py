import pytest

from policytext.ingest.draft import Draft, DraftBlock, DraftLine, assemble
from policytext.records import Document
from policytext.segment import segment_document


def document(*blocks):
    drafts = [
        DraftBlock(kind, (DraftLine(text, 1, (0.0, 0.0, 9.0, 9.0)),), level, marker)
        for kind, text, level, marker in blocks
    ]
    return assemble(Draft(tuple(drafts)), "d")


def test_items_carry_heading_path_and_intro():
    found = segment_document(
        document(
            ("heading", "Kyst", 1, None),
            ("heading", "Havner", 2, None),
            ("paragraph", "Havna er viktig. Bygdelista Havørn vil:", None, None),
            ("item", "bygge kai. Den skal være lang.", 1, "•"),
            ("item", "ruste opp havna med:", 1, "•"),
            ("item", "ny molo", 2, "–"),
            ("heading", "Skole", 1, None),
            ("item", "lese mer", 1, "•"),
        )
    )
    items = {s.text: s for s in found if s.kind == "item"}
    assert len(items) == 4
    assert items["bygge kai. Den skal være lang."].intro == "Bygdelista Havørn vil:"
    assert items["bygge kai. Den skal være lang."].path == ("Kyst", "Havner")
    assert items["ny molo"].intro == "Bygdelista Havørn vil: ruste opp havna med:"
    assert items["lese mer"].intro == ""
    assert items["lese mer"].heading == "Skole"
    assert [s.marker for s in found if s.kind == "item"] == ["•", "•", "–", "•"]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        pytest.param("Hva gjør vi? Vi bygger.", ["question", "paragraph"], id="question"),
        pytest.param("– Kaia kommer. Den blir lang, sier leder Kari Nes.", ["quote", "quote"], id="dash quote"),
        pytest.param("«Kaia kommer», sier leder Kari Nes. Den blir lang.", ["quote", "paragraph"], id="marked quote"),
        pytest.param("Meld deg på nyhetsbrevet vårt", ["boilerplate"], id="newsletter"),
        pytest.param("Kari Nes mener kaia kommer.", ["paragraph"], id="indirect"),
    ],
)
def test_kinds_of_sentences(text, kinds):
    assert [s.kind for s in segment_document(Document("d", text))] == kinds


def test_a_surname_is_completed():
    text = "– Kaia kommer, sier leder Kari Nes (Nordlys).\n\n– Den blir lang, sier Nes."
    assert [s.speaker for s in segment_document(Document("d", text))] == ["Kari Nes", "Kari Nes"]


def test_offsets_slice_the_text():
    text = "Kysten lever.\n\nVi bygger kai. Den blir lang!\n\n  – Ja, sier Kari Nes."
    for segment in segment_document(Document("d", text)):
        assert text[segment.start : segment.end] == segment.text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("For å lykkes med fisket, mener Kystpartiet at kaia må bygges.", id="party and clause"),
        pytest.param("For å verne fjorden, seier Fjellfolket nei til gruve.", id="nynorsk"),
        pytest.param("Dette er feil, mener Fjellfolket.", id="party alone"),
        pytest.param("Etter et møte med folket, legger vi fram Norges første plan for havna.", id="other verb"),
    ],
)
def test_what_a_party_holds_is_no_quote(text):
    assert [s.kind for s in segment_document(Document("d", text))] == ["paragraph"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        pytest.param("– Nå bygger vi, sier ordfører i Havørn, Kari Nes.", "Kari Nes", id="title and place"),
        pytest.param("Nå bygger vi, sier fiskeri- og havminister Ola Vik (Nordlys).", "Ola Vik", id="no dash"),
        pytest.param("«No byggjer me», seier fiskaren Ola Vik, som bur på øya.", "Ola Vik", id="clause after"),
        pytest.param("– Kva no? spør Vik.", "Vik", id="surname with a dash"),
        pytest.param("Leder Kari Nes sier: «Nå bygger vi.»", "Kari Nes", id="before"),
    ],
)
def test_speakers(text, speaker):
    assert {s.speaker for s in segment_document(Document("d", text))} == {speaker}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        pytest.param(
            "– Kaia kommer, sier leder Kari Nes. Laget har ti medlemmer. – Den blir lang.",
            ["quote", "paragraph", "quote"],
            id="narration between",
        ),
        pytest.param(
            "«Kaia kommer. Den blir lang», sier leder Kari Nes. Laget feirer.",
            ["quote", "quote", "paragraph"],
            id="two sentences in marks",
        ),
        pytest.param(
            "Kaia kommer, sier leder Kari Nes. Den blir lang, sier leder Ola Vik.",
            ["quote", "quote"],
            id="two speakers",
        ),
    ],
)
def test_how_far_a_quote_reaches(text, kinds):
    assert [s.kind for s in segment_document(Document("d", text))] == kinds


@pytest.mark.parametrize("piece", [".", ". ", "\n ", "«", "– ", "A. ", "ord, ", ", sier Kari ", "1. "])
def test_strange_text_takes_little_time(piece):
    text = piece * (60_000 // len(piece))
    found = segment_document(Document("d", text))
    assert all(text[s.start : s.end] == s.text for s in found)
