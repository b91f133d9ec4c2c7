import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import clone

from policytext.areas import AreaCode, classify, load_classifier, load_model
from policytext.areas.calibration import calibration_error, scale, temperature
from policytext.areas.classifier import AreaClassifier
from policytext.errors import ModelError
from policytext.records import AREAS, Measure, Segment

TEXTS = [
    ("Vei", "Bygge tunnel til Havørn"),
    ("Vei", "Ruste opp fylkesvegen"),
    ("Vei", "Sette opp ladestasjoner"),
    ("Helse", "Flere fastleger"),
    ("Helse", "Korte ned ventetiden på sykehuset"),
    ("Helse", "Styrke jordmortjenesten"),
]
LABELS = ["infrastruktur"] * 3 + ["velferd"] * 3


def segment(text, heading=""):
    return Segment("doc", "doc-0001", "item", text, 0, len(text), heading=heading)


def measure(text, start=0, end=None):
    end = len(text) if end is None else end
    return Measure(text[start:end], start, end, None, "firm", False, "other")


@pytest.fixture(scope="module")
def small():
    return AreaClassifier(min_df=1).fit(TEXTS, LABELS)


@pytest.mark.parametrize(
    ("heading", "text", "area"),
    [
        pytest.param("", "Vi vil bygge ut bredbånd i alle grender.", "infrastruktur", id="broadband"),
        pytest.param("", "Ferjetakstane skal halverast.", "infrastruktur", id="ferry-nn"),
        pytest.param("", "Partiet vil halde oppe fødetilbodet ved sjukehuset.", "velferd", id="birth-nn"),
        pytest.param("Skole", "Gi alle elever et daglig måltid.", "velferd", id="school-meal"),
        pytest.param("", "Kontantstøtten skal avvikles.", "velferd", id="cash-benefit"),
        pytest.param("", "Fjerne arbeidsgiveravgiften for små bedrifter.", "verdiskaping", id="employers-contribution"),
        pytest.param("", "Auke målprisen på mjølk i jordbruksavtalen.", "verdiskaping", id="milk-nn"),
        pytest.param("", "Opprette flere desentraliserte studieplasser ved høgskolen.", "kompetanse", id="study"),
        pytest.param("", "Fleire lærlingar skal få læreplass.", "kompetanse", id="apprentice-nn"),
        pytest.param("", "Nei til tvungen kommunesammenslåing.", "sentralisering", id="merger"),
        pytest.param("", "Flytte statlige arbeidsplasser ut av hovedstaden.", "sentralisering", id="state-jobs"),
        pytest.param("", "Styrke Heimevernet og øke antall soldater.", "annet", id="defence"),
        pytest.param("", "Arbeidsmiljøloven skal verne retten til heltid.", "annet", id="labour-law"),
        pytest.param("", "Verne fleire truga artar og meir myr.", "annet", id="nature-nn"),
    ],
)
def test_measures_get_their_area(heading, text, area):
    (codes,) = classify([segment(text, heading)], [(measure(text),)])
    assert [code.area for code in codes] == [area]
    assert 1 / 6 <= codes[0].probability <= 1


def test_each_measure_of_a_segment_is_coded_by_its_own_words():
    text = "Vi vil bygge ut fiber i alle grender og ansette flere jordmødre ved sykehuset."
    cut = text.index(" og ansette")
    (codes,) = classify([segment(text)], [(measure(text, 0, cut), measure(text, cut + 4))])
    assert [code.area for code in codes] == ["infrastruktur", "velferd"]


def test_segments_without_measures_get_no_code():
    text = "Flere leger"
    assert classify([], []) == []
    assert classify([segment(text), segment(text)], [(), ()]) == [(), ()]
    assert [len(codes) for codes in classify([segment(text), segment(text)], [(), (measure(text),)])] == [0, 1]


def test_lengths_must_agree():
    with pytest.raises(ValueError, match="1 segments and measures of 0"):
        classify([segment("Flere leger")], [])


def test_the_second_area_differs_from_the_first():
    text = "Styrke forskning på sykdommer hos eldre."
    (codes,) = classify([segment(text)], [(measure(text),)])
    assert isinstance(codes[0], AreaCode)
    assert codes[0].area_2 is None or codes[0].area_2 != codes[0].area


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.text(max_size=20))
def test_any_text_gets_a_distribution_over_the_areas(text, heading):
    model, _ = load_model()
    probability = scale(model.score([model.settings.weigh(heading, text)]), model.temperature)
    assert probability.shape == (1, len(AREAS))
    assert probability.sum() == pytest.approx(1)
    assert set(model.classes) == set(AREAS)


def test_results_do_not_depend_on_what_came_before():
    model = load_classifier()
    texts = ["Nye bruer", "Flere leger", "Støtte til bonden", "Nye bruer"]
    together = model.predict_proba(texts)
    assert np.array_equal(together[0], together[3])
    assert np.allclose(together[::-1], model.predict_proba(texts[::-1]))


def test_it_is_a_scikit_learn_estimator(small):
    copy = clone(AreaClassifier(C=2.0, min_df=1))
    assert copy.get_params()["C"] == 2.0
    assert small.score(TEXTS, LABELS) == 1.0
    assert small.predict(["Ny tunnel"]).tolist() == ["infrastruktur"]
    assert small.predict_proba(TEXTS).shape == (6, 2)


def test_it_abstains_below_the_limit(small):
    assert small.predict_or_abstain(["Ny tunnel", "xyz"], min_probability=0.0)[0] == "infrastruktur"
    assert small.predict_or_abstain(["Ny tunnel"], min_probability=1.01) == [None]


def test_as_many_texts_as_areas():
    with pytest.raises(ValueError, match="X has 1 texts and y 2 areas"):
        AreaClassifier().fit(["Ny tunnel"], ["infrastruktur", "velferd"])


def test_a_model_is_the_same_after_saving(small, tmp_path):
    from skops.io import dump

    (tmp_path / "config.toml").write_text("[use]\nsecond_area = 0.4\ncontext = 0.5\n", encoding="utf-8")
    before = small.predict_proba(TEXTS)
    dump(small, tmp_path / "areas.skops")
    small.scorer.save(tmp_path / "areas.npz")
    assert np.array_equal(before, load_classifier(tmp_path).predict_proba(TEXTS))
    scorer, use = load_model(tmp_path)
    assert use.second_area == 0.4
    scores = scorer.score([scorer.settings.weigh(*text) for text in TEXTS])
    assert np.array_equal(before, scale(scores, scorer.temperature))


def test_the_bundled_arrays_are_those_of_the_bundled_estimator():
    scorer, _ = load_model()
    model = load_classifier()
    assert np.array_equal(scorer.coef, model.coef_)
    assert scorer.features == model.features_
    assert scorer.temperature == model.temperature_
    assert scorer.settings == model.scorer.settings


def test_the_stored_rows_of_words_are_those_that_describing_gives():
    scorer, _ = load_model()
    words = scorer.words.split("\n")[::150]
    places, table = scorer._known(set(words))
    rows = table[[places[word] for word in words]]
    stale = (~np.isclose(rows, scorer.describe(words))).any(axis=1)
    assert not stale.any(), "a word list changed; run python models/areas/train.py --rows"


def test_coding_needs_no_scikit_learn():
    code = "import sys; from policytext.areas import load_model; load_model(); print('sklearn' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_missing_model_is_named(tmp_path):
    with pytest.raises(ModelError, match=r"areas\.npz is missing; train it with"):
        load_model(tmp_path)
    with pytest.raises(ModelError, match=r"areas\.skops is missing; train it with"):
        load_classifier(tmp_path)


def test_a_damaged_model_is_refused(tmp_path):
    (tmp_path / "areas.skops").write_bytes(b"not an archive")
    (tmp_path / "areas.npz").write_bytes(b"not an archive")
    with pytest.raises(ModelError, match="cannot be read"):
        load_model(tmp_path)
    with pytest.raises(ModelError, match="cannot be read"):
        load_classifier(tmp_path)


def test_arrays_of_objects_are_refused(tmp_path):
    np.savez(tmp_path / "areas.npz", classes=np.array([{"a": 1}], dtype=object))
    with pytest.raises(ModelError, match="cannot be read"):
        load_model(tmp_path)


def test_a_model_with_other_types_is_refused(tmp_path):
    from sklearn.dummy import DummyClassifier
    from skops.io import dump

    class Foreign(DummyClassifier):
        pass

    Foreign.__module__, Foreign.__qualname__ = "somewhere.else", "Foreign"
    import types

    module = types.ModuleType("somewhere.else")
    module.Foreign = Foreign
    sys.modules["somewhere.else"] = module
    try:
        dump(Foreign(), tmp_path / "areas.skops")
        with pytest.raises(ModelError, match=r"holds somewhere\.else\.Foreign; allowed: policytext"):
            load_classifier(tmp_path)
    finally:
        del sys.modules["somewhere.else"]


def test_the_temperature_undoes_a_scaling():
    random = np.random.default_rng(0)
    scores = random.normal(size=(4000, 3)) * 2
    truth = np.array([random.choice(3, p=row) for row in scale(scores, 1.0)])
    assert temperature(scores * 5, truth) == pytest.approx(5, rel=0.1)
    assert temperature(np.zeros((0, 3)), np.zeros(0, dtype=np.int64)) == 1.0


@pytest.mark.parametrize(
    ("probability", "right", "error"),
    [
        pytest.param([1.0, 1.0], [True, True], 0.0, id="sure-and-right"),
        pytest.param([1.0, 1.0], [False, False], 1.0, id="sure-and-wrong"),
        pytest.param([0.75] * 4, [True, True, True, False], 0.0, id="as-sure-as-right"),
        pytest.param([], [], 0.0, id="nothing"),
    ],
)
def test_calibration_error(probability, right, error):
    assert calibration_error(np.array(probability), np.array(right, dtype=bool)) == pytest.approx(error)
