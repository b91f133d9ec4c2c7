"""Measures found in whole segments, both written forms; as many texts that hold none."""

import pytest

from policytext.errors import AnalysisError
from policytext.measures import find_measures, probabilities
from policytext.records import Segment


def segment(text: str, *, intro: str = "", kind: str = "paragraph") -> Segment:
    return Segment("d", "1", kind, text, 0, len(text), intro=intro)


HOLDS = {
    "we-will": ("Vi vil halvere ferjetakstene innen 2028.", "", "halvere", "decrease"),
    "we-will-nn": ("Vi vil halvere ferjetakstane innan 2028.", "", "halvere", "decrease"),
    "item": ("innføre leksefri barneskole", "Bygdelista Havørn vil:", "innføre", "introduce"),
    "item-nn": ("Oppretthalde lokalsjukehusa", "Fjellfolket vil:", "opprettholde", "maintain"),
    "passive": ("Retten til bredbånd skal lovfestes.", "", "lovfeste", "introduce"),
    "passive-nn": ("Jernbana må styrkast i heile landet.", "", "styrke", "increase"),
    "abolish": ("Formuesskatten skal fjernes.", "", "fjerne", "abolish"),
    "no-to": ("Nei til nedlegging av fødeavdelinger", "", "si nei til", "oppose"),
}
HOLDS_NOT = {
    "fact": "I fjor brukte kommunen 14 millioner kroner på skoleskyss.",
    "fact-nn": "Kysten har lange tradisjonar for fiske og fangst.",
    "value": "Frihet og fellesskap hører sammen.",
    "criticism": "Dagens ordning er urettferdig og rammer småbrukene hardt.",
    "history": "Partiet ble stiftet i 1921 av fiskere og småbrukere.",
    "claim": "Dette gir flere arbeidsplasser langs kysten.",
}


REFERS = {
    "see-also": "Se også eget punkt om fiskeri.",
    "see-chapter": "(Se kapittel 4.)",
    "see-nn": "Sjå òg avsnittet om hamner.",
    "read-more": "Les mer om forslaget under punkt 3.2.",
}


@pytest.mark.parametrize("text", REFERS.values(), ids=REFERS)
def test_a_reference_is_no_measure(text: str) -> None:
    assert find_measures([segment(text, intro="Vi vil:", kind="item")], [()]) == [()]


LOOKS = {
    "look-at": "Se også på tilgangen til lærlinger i fiskeri.",
    "look-at-nn": "Sjå på tilskota til småbruk.",
    "odd-sign": "ƽ Bygge ut kaia i alle grender.",
}


@pytest.mark.parametrize("text", LOOKS.values(), ids=LOOKS)
def test_looking_into_is_a_measure(text: str) -> None:
    assert len(find_measures([segment(text, intro="Vi vil:", kind="item")], [()])[0]) == 1


@pytest.mark.parametrize(("text", "intro", "verb", "direction"), HOLDS.values(), ids=HOLDS)
def test_found(text: str, intro: str, verb: str, direction: str) -> None:
    kind = "item" if intro or text.startswith("Nei") else "paragraph"
    (measures,) = find_measures([segment(text, intro=intro, kind=kind)], [()])
    assert [(one.verb, one.direction) for one in measures] == [(verb, direction)]


@pytest.mark.parametrize("text", HOLDS_NOT.values(), ids=HOLDS_NOT)
def test_not_found(text: str) -> None:
    assert find_measures([segment(text)], [()]) == [()]


def test_lengths_must_agree() -> None:
    with pytest.raises(AnalysisError, match="1 segments but 0 lists"):
        find_measures([segment("Vi vil bygge ferjekai.")], [])


def test_nothing_in_nothing_out() -> None:
    assert find_measures([], []) == []
    assert probabilities([]).shape == (0,)
    assert find_measures([segment("  ")], [()]) == [()]


def test_headings_are_no_measures() -> None:
    assert find_measures([segment("Vi vil bygge ferjekai", kind="heading")], [()]) == [()]


NUMBERS = {
    "one-object": ("bevare og styrke rutebåten", 1),
    "one-object-nn": ("styrkje og vidareutvikle rutebåten", 1),
    "two-objects": ("styrke rutebåten og halvere billettprisen", 2),
    "purpose": ("bygge ny kai for å styrke fisket og sikre bosettingen", 1),
    "own-subject": ("Kaia skal bygges ut, og kommunene skal få dekket utgiftene.", 2),
    "own-sentence": ("Bygge ut kaia. Staten skal betale halvparten.", 2),
}


@pytest.mark.parametrize(("text", "number"), NUMBERS.values(), ids=NUMBERS)
def test_number(text: str, number: int) -> None:
    (measures,) = find_measures([segment(text, intro="Bygdelista Havørn vil:", kind="item")], [()])
    assert len(measures) == number


def test_spans_do_not_overlap() -> None:
    text = "Taksten skal ned, og drift og vedlikehold må bli fylkets ansvar."
    (measures,) = find_measures([segment(text)], [()])
    assert [one.text for one in measures] == [
        "Taksten skal ned",
        "drift og vedlikehold må bli fylkets ansvar",
    ]
