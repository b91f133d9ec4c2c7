"""Lost ligatures: put back where a known word comes of it, and only in text that has lost them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytext.language import ligatures_lost, mend_segments, put_back
from policytext.records import Segment
from policytext.rules import load_lexicon

SPACED = {
    "inside": ("besky e fiskerne", "beskytte fiskerne"),
    "lone l": ("Si ja l ny kai", "Si ja til ny kai"),
    "lone d": ("få mer d sammen", "få mer tid sammen"),
    "at the start": ("nye ltak mot støy", "nye tiltak mot støy"),
    "at the end": ("senke avgi er og ska", "senke avgifter og skatt"),
    "three pieces": ("et e ek vt lag", "et effektivt lag"),
    "compound": ("bygge vannkra verk", "bygge vannkraftverk"),
    "party": ("Fremskri spar et", "Fremskrittspartiet"),
    "capital kept": ("Oppre e et ombud", "Opprette et ombud"),
    "capital lost": ("nansiere skolen", "Finansiere skolen"),
    "two ways": ("De e er nytt", "Dette er nytt"),
    "nynorsk": ("ei o entleg teneste", "ei offentleg teneste"),
    "comma": ("o entlig, ikke privat", "offentlig, ikke privat"),
}
NOTHING = {
    "inside": ("beskye barn", "beskytte barn"),
    "twice": ("mer eekv drift", "mer effektiv drift"),
    "start": ("et nansiert lbud", "et finansiert tilbud"),
    "lone l": ("gå l fots", "gå til fots"),
}
LEFT = {
    "sound words": "Vi vil gi barna fri og la dem se havet.",
    "sound pieces": "hele den veien og den nye skolen",
    "name": "Møtet i Ørsnes med Kari Bø",
    "abbreviation": "EU, NAV og A i bokstav B",
    "numbers": "200 km på 5 kr",
    "unknown": "en blixtorvel gnarfusk",
    "i and å": "å gå i land",
}


@pytest.mark.parametrize(("damaged", "sound"), SPACED.values(), ids=SPACED)
def test_a_space_stands_there(damaged: str, sound: str) -> None:
    assert put_back(damaged).text == sound


@pytest.mark.parametrize(("damaged", "sound"), NOTHING.values(), ids=NOTHING)
def test_nothing_stands_there(damaged: str, sound: str) -> None:
    assert put_back(damaged, inside=True).text == sound


@pytest.mark.parametrize("inside", [False, True])
@pytest.mark.parametrize("text", LEFT.values(), ids=LEFT)
def test_sound_words_stay(text: str, inside: bool) -> None:
    assert put_back(text, inside=inside).text == text


@pytest.mark.parametrize(
    ("texts", "loss"),
    [
        (["Vi vil gi stø e l alle.", "Et o entlig ansvar."], "space"),
        (["Et oentlig ansvar for akvitet og besky else."], "nothing"),
        (["Vi vil gi støtte til alle.", "Et offentlig ansvar."], "none"),
        (["Bilen gikk på 5 l bensin, traktoren på 9 l diesel."], "none"),
        (["Et o entlig ansvar."], "none"),
        (["Arne Bakkestø eide 40 tonn oljeekvivalenter.", "Vi går fram der vi kan, vik gjerne."], "none"),
        (["Et o entlig ansvar for stø e."] + ["Ferja skal gå oftere."] * 3000, "none"),
        ([], "none"),
    ],
    ids=["space", "nothing", "sound", "litres", "one sign", "look-alikes", "two signs in a book", "no text"],
)
def test_what_is_lost(texts: list[str], loss: str) -> None:
    assert ligatures_lost(texts) == loss


def test_every_sign_is_of_a_loss() -> None:
    rows = load_lexicon("ligature_signs", ("sign", "left"))
    assert {row["left"] for row in rows} == {"space", "nothing", "either"}
    assert len({row["sign"] for row in rows}) == len(rows)
    for row in rows:
        assert (" " in row["sign"]) == (row["left"] == "space"), row


def _segments(*texts: str, doc: str = "d") -> list[Segment]:
    return [
        Segment(doc, f"{doc}{n}", "item", text, 0, len(text), intro="Vi s ller krav:") for n, text in enumerate(texts)
    ]


def test_only_damaged_documents_are_mended() -> None:
    damaged = _segments("Oppre e et o entlig ombud", "stø e l alle")
    sound = _segments("ak vitet for alle", doc="e")
    read, mended = mend_segments([*sound, *damaged])
    assert [one.text for one in read] == ["ak vitet for alle", "Opprette et offentlig ombud", "støtte til alle"]
    assert [one.intro for one in read] == ["Vi s ller krav:", "Vi stiller krav:", "Vi stiller krav:"]
    assert sorted(mended) == [1, 2]


def test_sound_segments_come_back_themselves() -> None:
    segments = _segments("Senke skatten", "Bygge kai")
    read, mended = mend_segments(segments)
    assert read is segments
    assert mended == {}


@given(st.text(alphabet="abdeiklnorstuvæøå E.,-", max_size=60), st.booleans())
def test_edits_lead_back(text: str, inside: bool) -> None:
    mended = put_back(text, inside=inside)
    done = given_done = 0
    for edit in mended.edits:
        assert mended.text[done : edit.start] == text[given_done : edit.given_start]
        assert mended.given(edit.start) == edit.given_start
        assert mended.given(edit.end, end=True) == edit.given_end
        done, given_done = edit.end, edit.given_end
    assert mended.text[done:] == text[given_done:]


@pytest.mark.shared
def test_hand_coded_text_of_other_parties_is_sound(shared) -> None:
    from policytext.measures.codings import read_gold

    texts: dict[str, list[str]] = {}
    for one in read_gold(shared / "gold" / "dev.jsonl"):
        texts.setdefault(one.doc, []).append(one.segment.text)
    assert {doc: ligatures_lost(own) for doc, own in texts.items()} == dict.fromkeys(texts, "none")
