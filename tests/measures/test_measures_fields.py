"""Fields of a measure, its span, and what must hold for any text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policytext.errors import GoldError, ModelError
from policytext.measures import THRESHOLD, find_measures, probabilities
from policytext.measures.codings import fingerprint, read_gold, standing_alone
from policytext.measures.fields import deadline, place, target_group
from policytext.measures.scorer import Scorer
from policytext.measures.scoring import LinearModel, load_models, save_model
from policytext.measures.training import spread
from policytext.measures.words import cut
from policytext.records import DIRECTIONS, STRENGTHS, Measure, Segment


def measures(text: str, *, intro: str = "Bygdelista Havørn vil:", kind: str = "item") -> tuple[Measure, ...]:
    return find_measures([Segment("d", "1", kind, text, 0, len(text), intro=intro)], [()])[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bygge kaia innen 2030", "innen 2030"),
        ("byggje kaia innan utgangen av 2030", "innan utgangen av 2030"),
        ("ferdig før 2031", "før 2031"),
        ("i løpet av de første 100 dagene", "i løpet av de første 100 dagene"),
        ("I 2019 ble kaia bygd.", None),
        ("Stortingsperioden varer i fire år.", None),
    ],
)
def test_deadline(text: str, expected: str | None) -> None:
    assert deadline(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ny kai på Havørnøya", "Havørnøya"),
        ("ny kai i hele landet", "i hele landet"),
        ("styrkje legevakta i distrikta", "i distrikta"),
        ("ny kai til ferja", None),
    ],
)
def test_place(text: str, expected: str | None) -> None:
    assert place(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gratis ferje for unge pendlere", "unge pendlere"),
        ("Billegare buss til studentar", "studentar"),
        ("Halvere takstene på ferja", None),
        ("Studentar er mange", None),
    ],
)
def test_target_group(text: str, expected: str | None) -> None:
    words = cut(text)
    found = target_group(words, 0, len(words))
    assert (" ".join(text.split()[found[0] : found[1]]) if found else None) == expected


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Vi vil bygge ferjekai.", "vi"),
        ("Kystpartiet vil bygge ferjekai.", "vi"),
        ("Staten skal bygge ferjekai.", "stat"),
        ("Kommunene må bygge flere ferjekaier.", "kommune"),
        ("Stortinget må vedta en ny ferjelov.", "Stortinget"),
        ("Ferjekaia skal bygges.", None),
        ("Ferjekaia skal bygges av staten.", "stat"),
        ("Regjeringen vil bygge ferjekai.", "Regjeringen"),
    ],
)
def test_actor(text: str, actor: str | None) -> None:
    assert [one.actor for one in measures(text, intro="", kind="paragraph")] == [actor]


def test_coordination_is_split_and_means_are_kept() -> None:
    found = measures("bygge ut fiber i alle grender, halvere ferjetakstene og innføre ungdomskort for elever")
    assert [one.verb for one in found] == ["bygge ut", "halvere", "innføre"]
    assert found[1].text == "halvere ferjetakstene"
    assert found[1].object == "ferjetakstene"
    assert len(measures("redusere utslippene fra ferjene ved å bytte til batteridrift")) == 1


def test_statements_stand_alone() -> None:
    found = measures("Vi vil bygge ut fiber og halvere ferjetakstene.", intro="", kind="paragraph")
    assert [one.statement for one in found] == ["Vi vil bygge ut fiber", "Vi vil halvere ferjetakstene"]
    found = measures("Byggje ut fiber og halvere ferjetakstane", intro="Kysten fell frå. Fjellfolket vil:")
    assert [one.statement for one in found] == [
        "Fjellfolket vil byggje ut fiber",
        "Fjellfolket vil halvere ferjetakstane",
    ]


def test_cue_names_the_frame() -> None:
    (first, second) = measures("fjerne bompengene og styrke kollektivtilbudet i byene")
    assert first.cue == "frame:infinitive:fjerne"
    assert second.cue == "split:coord_infinitive:styrke"
    assert 0.5 <= first.probability <= 1


PROMISES = [
    "Innføre gratis skolemat i grunnskolen",
    "Kystpartiet vil bygge dobbeltspor til Havørnsund innen 2030",
    "Fjerne eiendomsskatten",
    "Byalliansen vil kutte formuesskatten",
    "Arbeide for en mer rettferdig fordeling",
    "Fjellfolket vil oppretthalde kommunestrukturen",
    "Styrkje politiet i distrikta",
    "Sørge for at alle får sykehjemsplass når de trenger det",
    "Ikke bore etter olje utenfor Lofoten",
    "Si nei til datalagring",
    "Lovfeste retten til barnehageplass",
    "Partiet vil ikke privatisere kraftverkene",
    "Auke mineralavgifta",
    "Konkurranseutsette flere togstrekninger",
    "Tillate utbygging i strandsonen",
]


@pytest.mark.parametrize("text", PROMISES)
def test_promises_without_surroundings(text: str) -> None:
    assert measures(text, intro="", kind="paragraph")


@given(st.text(alphabet=st.sampled_from(list("abefiklmnorstvåøæ .,;:«»–0123456789VSK\n")), max_size=120))
@settings(max_examples=150, deadline=None)
def test_spans_slice_back(text: str) -> None:
    for intro in ("", "Vi vil:"):
        segment = Segment("d", "1", "item", text, 0, len(text), intro=intro)
        found = find_measures([segment], [()])[0]
        assert find_measures([segment], [()])[0] == found
        for one in found:
            assert text[one.start : one.end] == one.text
            assert one.text
            assert one.direction in DIRECTIONS
            assert one.strength in STRENGTHS
        probability = float(probabilities([segment])[0])
        assert 0 <= probability <= 1
        assert (probability >= THRESHOLD) == bool(found) or not text.strip()


def test_order_does_not_matter() -> None:
    segments = [Segment("d", str(i), "paragraph", text, 0, len(text)) for i, text in enumerate(PROMISES)]
    forth = find_measures(segments, [()] * len(segments))
    back = find_measures(segments[::-1], [()] * len(segments))
    assert forth == back[::-1]


def test_missing_model_is_named(tmp_path) -> None:
    with pytest.raises(ModelError, match=r"measure\.npz is missing"):
        load_models(tmp_path, ("measure",))


def test_model_survives_storing(tmp_path) -> None:
    import numpy as np

    model = LinearModel(
        "strength", ("firm", "soft"), {"lemma:vurdere": 0, "near|må": 1}, np.array([[2.0], [-1.0]]), np.array([0.5])
    )
    save_model(model, tmp_path / "strength.npz")
    again = load_models(tmp_path, ("strength",))["strength"]
    assert again.classes == ("firm", "soft")
    assert again.rows == model.rows
    assert again.weights.tolist() == [[2.0], [-1.0]]


def test_scores_are_those_of_the_named_weights() -> None:
    import numpy as np

    from policytext.measures.features import Seen

    rows = {"before#vil": 0, "cue": 1, "near#<må": 2, "near|må": 3}
    model = LinearModel("strength", ("firm", "soft"), rows, np.array([[-2.0], [0.5], [0.25], [1.0]]), np.array([0.1]))
    other = LinearModel("measure", ("False", "True"), {"text#må>": 0}, np.array([[3.0]]), np.array([0.0]))
    views = [
        Seen(["cue", "other"], [("near", ["må", "", "bygge"]), ("before", ["vil"])]),
        Seen(["cue"], [("near", ["må"])]),
        Seen(),
    ]
    expected = [0.1 + sum(value * weight(model, name) for name, value in spread(seen).items()) for seen in views]
    for models in ({"strength": model}, {"measure": other, "strength": model}):
        assert Scorer(models).log_odds("strength", views).tolist() == pytest.approx(expected)
    assert Scorer({"strength": model}).strongest("strength", views[0]) == "må"
    assert Scorer({"strength": model}).strongest("strength", views[2]) == ""


def weight(model: LinearModel, name: str) -> float:
    return float(model.weights[model.rows[name], 0]) if name in model.rows else 0.0


def test_bad_gold_is_named(tmp_path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"bad": false}\n', encoding="utf-8")
    with pytest.raises(GoldError, match=r"gold\.jsonl, line 1"):
        read_gold(path)


def test_fingerprint_ignores_marks() -> None:
    assert fingerprint("Vi vil – bygge kai!") == fingerprint("vi vil bygge kai")


@pytest.mark.shared
def test_items_stand_alone(shared) -> None:
    coded = read_gold(shared / "gold" / "train.jsonl")
    alone = standing_alone(coded)
    assert alone
    assert all(one.segment.intro == "" and one.measure for one in alone)


def test_component() -> None:
    import spacy

    from policytext.measures.component import make_measures

    assert make_measures is not None
    nlp = spacy.blank("nb")
    nlp.add_pipe("policytext_measures")
    doc = nlp("Vi vil halvere ferjetakstene innen 2028.")
    spans = doc.spans["policytext_measures"]
    assert [(span.label_, span.text.rstrip(".")) for span in spans] == [
        ("decrease", "Vi vil halvere ferjetakstene innen 2028")
    ]
