from __future__ import annotations

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from policytext.language import load
from policytext.language.numerals import like_num
from policytext.language.tokeniser import abbreviations

CASES = [
    ("Bompengene kuttes med 12 pst. i år.", "Bompengene|kuttes|med|12|pst.|i|år|."),
    ("Rammen er 2,5 mrd. kr.", "Rammen|er|2,5|mrd.|kr|."),
    ("Møtet starter kl. 13 i dag.", "Møtet|starter|kl.|13|i|dag|."),
    ("Turen ble avlyst pga. storm.", "Turen|ble|avlyst|pga.|storm|."),
    ("Det gjelder bl.a. hurtigbåten.", "Det|gjelder|bl.a.|hurtigbåten|."),
    ("i 2020- og 2021-budsjettene", "i|2020-|og|2021-budsjettene"),
    ("elever på 1.–4. trinn", "elever|på|1.|–|4.|trinn"),
    ("10 000 kroner", "10|000|kroner"),
    ("1,5 grader", "1,5|grader"),
    ("50 % eller 50%", "50|%|eller|50|%"),
    ("etter § 4-2 i loven", "etter|§|4|-|2|i|loven"),
    ("St.meld. nr. 5 (2019–2020)", "St.meld.|nr.|5|(|2019|–|2020|)"),
    ("Meld. St. 13 og Prop. 1 S (2020–2021)", "Meld.|St.|13|og|Prop.|1|S|(|2020|–|2021|)"),
    ("NOU 2020: 12", "NOU|2020|:|12"),
    ("Brua står ferdig ca. 2030.", "Brua|står|ferdig|ca.|2030|."),
    ("langs E18 og FNs mål", "langs|E18|og|FNs|mål"),
    ("et forlik mellom BH/KN/FF", "et|forlik|mellom|BH|/|KN|/|FF"),
    ("skriv til post@bygdelista.no i dag", "skriv|til|post@bygdelista.no|i|dag"),
    ("les https://www.bygdelista.no/program.", "les|https://www.bygdelista.no/program|."),
    ("på bygdelista.no, sa han", "på|bygdelista.no|,|sa|han"),
    ("«Hele bygda» – og mer", "«|Hele|bygda|»|–|og|mer"),
    ("-Vi gir oss ikke, sa hun", "-|Vi|gir|oss|ikke|,|sa|hun"),
    ("2. juledag er fri", "2.|juledag|er|fri"),
    ("Vi ble nummer 2. Laget jublet.", "Vi|ble|nummer|2|.|Laget|jublet|."),
    ("Det tar 20 min. å gå.", "Det|tar|20|min.|å|gå|."),
    ("Boka er min.", "Boka|er|min|."),
    ("St. Olavs gate", "St.|Olavs|gate"),
    ("80 km/t i sonen", "80|km/t|i|sonen"),
    ("CO2-utslipp og barne-TV", "CO2-utslipp|og|barne-TV"),
    ("(Havørn):", "(|Havørn|)|:"),
    ("osv.", "osv."),
    ("2,5 %-poeng mer, 4 % mindre", "2,5|%-poeng|mer|,|4|%|mindre"),
]

# What spaCy's own tests of its Norwegian tokenisers look at, and the list, in Nynorsk.
NYNORSK = [
    ("Båten går kl. 13 og ikkje før pga. ising.", "Båten|går|kl.|13|og|ikkje|før|pga.|ising|."),
    ("Laksen er bl.a. seld her", "Laksen|er|bl.a.|seld|her"),
    ("Dei opnar i nov. og stengjer i mai.", "Dei|opnar|i|nov.|og|stengjer|i|mai|."),
    ("Tunnelen vart opna i 2014.", "Tunnelen|vart|opna|i|2014|."),
    ("Toppen er 1.469 meter, målt på nytt til 1,5.", "Toppen|er|1.469|meter|,|målt|på|nytt|til|1,5|."),
    ("Ho er med på å byggje, men er ueinig i.", "Ho|er|med|på|å|byggje|,|men|er|ueinig|i|."),
    ("Ramma aukar 12 pst. til 2,5 mrd. kr.", "Ramma|aukar|12|pst.|til|2,5|mrd.|kr|."),
    ("i 2020- og 2021-budsjetta", "i|2020-|og|2021-budsjetta"),
    ("elevar på 1.–4. trinn", "elevar|på|1.|–|4.|trinn"),
    ("50 % av 10 000 kroner", "50|%|av|10|000|kroner"),
    ("jf. § 4-2 i lova", "jf.|§|4|-|2|i|lova"),
    ("St.meld. nr. 5 (2019–2020), Meld. St. 13", "St.meld.|nr.|5|(|2019|–|2020|)|,|Meld.|St.|13"),
    ("Prop. 1 S (2020–2021) og NOU 2020: 12", "Prop.|1|S|(|2020|–|2021|)|og|NOU|2020|:|12"),
    ("Brua kjem ca. 2030.", "Brua|kjem|ca.|2030|."),
    ("E18 er viktig for BH/KN/FF og FNs mål", "E18|er|viktig|for|BH|/|KN|/|FF|og|FNs|mål"),
    ("«Heile bygda» – sjå https://fjellfolket.no", "«|Heile|bygda|»|–|sjå|https://fjellfolket.no"),
    ("Elevane på vgs. får fri vha. lova.", "Elevane|på|vgs.|får|fri|vha.|lova|."),
    ("Ho går på vgs.", "Ho|går|på|vgs|."),
]

# Thousands: as the treebank where it has them (one dot, one token; plain spaces, several tokens); no-break and thin
# spaces bind, and only groups of exactly three digits behind one to three are a number.
THOUSANDS = [
    ("10.000 kroner", "10.000|kroner"),
    ("10 000 kroner", "10|000|kroner"),
    ("2 500 000 kroner", "2|500|000|kroner"),
    ("10\u00a0000 kroner", "10\u00a0000|kroner"),
    ("2\u00a0500\u00a0000.", "2\u00a0500\u00a0000|."),
    ("(10\u202f000 og 250\u2009000)", "(|10\u202f000|og|250\u2009000|)"),
    ("10\u00a0000,50 kr", "10\u00a0000,50|kr"),
    ("i 2025\u00a0000", "i|2025|\u00a0|000"),
    ("10\u00a00000", "10|\u00a0|0000"),
    ("10\u00a0000\u00a012", "10|\u00a0|000|\u00a0|12"),
    ("1,10\u00a0000", "1,10|\u00a0|000"),
    ("kl.\u00a013 og 50\u00a0%", "kl.|\u00a0|13|og|50|\u00a0|%"),
]


@pytest.fixture(scope="module")
def nlp() -> spacy.language.Language:
    return load("blank")


@pytest.mark.parametrize(("text", "tokens"), CASES, ids=[text for text, _ in CASES])
def test_tokens(nlp: spacy.language.Language, text: str, tokens: str) -> None:
    assert [token.text for token in nlp(text)] == tokens.split("|")


@pytest.mark.parametrize(("text", "tokens"), NYNORSK, ids=[text for text, _ in NYNORSK])
def test_tokens_of_nynorsk(nlp: spacy.language.Language, text: str, tokens: str) -> None:
    assert [token.text for token in nlp(text)] == tokens.split("|")


@pytest.mark.parametrize(("text", "tokens"), THOUSANDS, ids=[ascii(text) for text, _ in THOUSANDS])
def test_thousands(nlp: spacy.language.Language, text: str, tokens: str) -> None:
    assert [token.text for token in nlp(text)] == tokens.split("|")
    assert nlp(text).text == text


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="aåÅB.,;:!?«»()/-–§%0123 \n'’\u00a0\u202f\u2009", max_size=40))
def test_tokens_give_the_text_back(text: str) -> None:
    assert load("blank").make_doc(text).text == text


@pytest.mark.parametrize("text", ["Brukes bl.a. til dette.", "Målt til 7,8 i 2014.", "Vi gikk 1.469 meter opp."])
def test_both_forms_get_the_same_tokens_as_spacy_where_spacy_is_right(nlp: spacy.language.Language, text: str) -> None:
    assert [t.text for t in nlp(text)] == [t.text for t in spacy.blank("nn")(text)]


@pytest.mark.parametrize(
    "word",
    [
        "12",
        "3,5",
        "10.000",
        "10\u00a0000",
        "1/2",
        "to",
        "tjuefire",
        "fireogtyve",
        "femhundretusen",
        "ettusen",
        "tredje",
        "milliarder",
    ],
)
def test_like_num(nlp: spacy.language.Language, word: str) -> None:
    assert like_num(word)
    assert nlp(word)[0].like_num


@pytest.mark.parametrize(
    "word", ["en", "ei", "ein", "et", "skole", "andre", "tiltak", "fem-seks-sju", "sette", "E18", "ni-tida"]
)
def test_not_like_num(word: str) -> None:
    assert not like_num(word)


def test_abbreviations_are_either_kept_always_or_inside_a_sentence() -> None:
    always, inside = abbreviations()
    assert not always & inside
    assert {"bl.a.", "osv.", "pst."} <= always
    assert {"min.", "kr."} <= inside
