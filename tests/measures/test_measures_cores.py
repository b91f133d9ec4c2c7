"""The verb that says what happens, behind all that only leads to it; every sentence is our own."""

import pytest

import policytext as pt
from policytext.measures.reading import read
from policytext.measures.words import describe

PROMISES = {
    "wish, Nynorsk «ynskje»": ("Vi ynskjer å styrkje kystvakta.", "styrke"),
    "wish, «å» + verb of two words": ("Vi ynskjer å greie ut ei ny ordning for ferjefolk.", "utrede"),
    "opinion without «at»": ("Vi mener avgiften skal fjernes.", "fjerne"),
    "opinion without «at», Nynorsk": ("Fjordpartiet meiner avgifta bør fjernast.", "fjerne"),
    "opinion with «at»": ("Fjordpartiet mener at avgiften må halveres.", "halvere"),
    "passive wish and participle": ("Avgiften ønskes halvert innen 2030.", "halvere"),
    "passive proposal and participle": ("Fergetakstene foreslås senket.", "senke"),
    "seen as important": ("Fjordpartiet ser det som viktig å sikre fergefolkets rettigheter.", "sikre"),
    "found right": ("Vi finner det riktig å øke beredskapen.", "øke"),
    "thought before a promise": ("Vi tror på lokalt selvstyre og vil flytte makt til kommunene.", "flytte"),
    "deed before a promise": ("Vi har startet utbyggingen og vil trappe opp innsatsen.", "trappe opp"),
    "seen before a promise": ("Vi ser med uro på utviklingen og vil prioritere oppsynet.", "prioritere"),
    "verb that no list knows, passive": ("Overvannsanlegg skal kaldsveises.", "kaldsveise"),
    "verb that no list knows, Nynorsk": ("Me vil kaldsveisa røyra.", "kaldsveise"),
    "coming, Nynorsk, a verb that no list knows": ("Vi kjem til å kaldsveise røyra.", "kaldsveise"),
    "condition before a promise": ("Skal vi nå målene, må vi bygge ut havvind.", "bygge ut"),
    "condition with «når»": ("Når kaien er ferdig, skal vi bygge ut veien.", "bygge ut"),
    "need without a subject": ("Det trengs flere leger i distriktene.", "trenge"),
    "need without a subject, Nynorsk": ("Det trengst fleire legar i distrikta.", "trenge"),
    "«bli» and a participle in -a": ("Avgifta skal bli fjerna.", "fjerne"),
    "«blir» and a participle in -a under «at»": ("At avgifta blir fjerna.", "fjerne"),
    "first half of a compound": ("Skatte- og avgiftssystemet må forenkles.", "forenkle"),
}
UNCHANGED = {
    "what the author does, not thinks": ("Vi innfører havnegebyr og vil bygge kaier.", "innføre"),
    "a wish for a thing": ("Vi ønsker sterke kommuner og vil gi dem frihet.", "ønske"),
    "opinion on a thing": ("Fjordpartiet mener det er nødvendig med en ny havnelov.", "mene"),
    "question, no condition": ("Skal vi nå målene?", "nå"),
    "verb, no half of a compound": ("Skatte bort gevinsten.", "skatte"),
}


@pytest.mark.parametrize(("text", "verb"), PROMISES.values(), ids=PROMISES.keys())
def test_verb_behind_what_leads_to_it(text: str, verb: str) -> None:
    assert read(text, heading="", intro="", item=False).core.lemma == verb


@pytest.mark.parametrize(("text", "verb"), UNCHANGED.values(), ids=UNCHANGED.keys())
def test_verb_stays_where_nothing_leads_on(text: str, verb: str) -> None:
    assert read(text, heading="", intro="", item=False).core.lemma == verb


def test_measure_has_the_verb_of_the_clause_it_governs() -> None:
    measures = pt.annotate(["Vi vil at det skal dyrkes mer matkorn på øyene."]).measures
    assert measures["verb"].tolist() == ["dyrke"]


def test_indirect_question_promises_nothing() -> None:
    reading = read("Det drøftes hvorvidt havna skal utvides.", heading="", intro="", item=False)
    assert all(head.clause == "sub" for head in reading.heads if head.modal == "skal")


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("minka", "minke"),
        ("givast", "gi"),
        ("takast", "ta"),
        ("fylgje", "følge"),
        ("handsama", "behandle"),
        ("køyre", "kjøre"),
        ("ytast", "yte"),
        ("forbydast", "forby"),
        ("tilbydast", "tilby"),
        ("desentraliserast", "desentralisere"),
        ("regionalisera", "regionalisere"),
        ("ynskjast", "ønske"),
        ("byte", "bytte"),
        ("gje", "gi"),
    ],
)
def test_nynorsk_forms_have_the_lemma_of_their_verb(form: str, lemma: str) -> None:
    assert describe(form).lemma == lemma


@pytest.mark.parametrize("form", ["kaiane", "havna", "ferja", "byen"])
def test_nouns_are_no_forms_of_verbs(form: str) -> None:
    assert not describe(form).reading


@pytest.mark.parametrize("form", ["eit", "et", "ein", "alle", "som", "ingen"])
def test_small_words_are_no_forms_of_verbs(form: str) -> None:
    word = describe(form)
    assert not word.reading
    assert not word.lemma


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Slitarar i tunge yrke må få eit eige tillegg.", "få"),
        ("Me vil ha eit eige fond.", "ha"),
        ("Eige dyrepoliti i alle fylke.", ""),
        ("Rimelige etableringslån til unge.", ""),
    ],
)
def test_own_is_no_verb(text: str, verb: str) -> None:
    assert read(text, heading="", intro="Me vil:", item=True).core.lemma == verb
