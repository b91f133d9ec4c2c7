import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import policytext as pt
from policytext.analysis.models import load_models
from policytext.errors import GoldError, PolicyTextWarning, TrainingError
from policytext.measures.scorer import Scorer
from policytext.resources import corpus_path
from policytext.training import train
from policytext.training.agreement import losses
from policytext.training.evidence import area_evidence, corrected_areas, corrected_task, measure_evidence
from policytext.training.examples import read_examples
from policytext.training.fitting import _refuse_when_none, _warn
from policytext.training.folds import Trial, correct, leave_out, try_part

TEXTS = [
    "Vi vil innføre gratis ferje for alle barn.",
    "Vi vil opprette et nytt fond for bredbånd.",
    "Vi vil etablere flere studieplasser i Nordfjella.",
    "Me vil styrkja kommuneøkonomien og byggja ut fiber.",
    "Ferja går hver time.",
]


def changed(path, change):
    """Write the bundled codes with a change of each; without those that it makes None."""
    lines = (corpus_path() / "codes.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(change, map(json.loads, lines)) if row is not None]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize(("task", "part"), [("direction", "direction"), ("first area", "areas")])
def test_what_the_coder_does_otherwise_is_learnt(task, part, training):
    row = training.agreement.set_index("task").loc[task]
    assert row["difference"] > 0.05
    assert 0 < row["low"] < row["difference"] < row["high"]
    assert training.parts.set_index("part").loc[part, "used"]


def test_no_part_that_is_used_is_worse_on_codes_left_out(training):
    parts = training.parts
    used = parts["used"]
    assert used.any()
    assert (parts["accuracy_after"] >= parts["accuracy_before"])[used].all()
    assert (parts["loss_after"] < parts["loss_before"])[used].all()
    assert (parts["why_not"] != "")[~used].all()


def test_the_saved_models_give_what_the_fitted_ones_give(training, folder):
    fitted, saved = pt.annotate(TEXTS, models=training.models), pt.annotate(TEXTS, models=folder)
    pd.testing.assert_frame_equal(fitted.measures, saved.measures)
    assert saved.measures["direction"].tolist() != pt.annotate(TEXTS).measures["direction"].tolist()
    assert fitted.manifest["models"]["measures"] == "not stored"
    assert saved.manifest["models"] == load_models(folder).manifest != load_models().manifest


def test_bundled_results_do_not_change(training):
    before = pt.annotate(TEXTS)
    pt.annotate(TEXTS, models=training.models)
    pd.testing.assert_frame_equal(before.measures, pt.annotate(TEXTS).measures)


@pytest.mark.filterwarnings("ignore::policytext.errors.PolicyTextWarning")
def test_parts_are_fitted_by_themselves_with_the_same_bytes(codes, folder, tmp_path):
    training = train(codes, what="measures", n_resamples=5)
    assert training.parts["part"].tolist() == ["measure", "strength", "specific", "direction", "split"]
    again = training.save(tmp_path / "again")
    assert not (again / "areas").exists()
    names = [path.name for path in (folder / "measures").iterdir()]
    assert len(names) == 6
    assert [n for n in names if (folder / "measures" / n).read_bytes() != (again / "measures" / n).read_bytes()] == []


def test_scores_and_features_are_those_of_the_models_in_use(codes):
    examples, models = read_examples([codes]), load_models()
    evidence = measure_evidence(models.measures, examples)["measure"]
    table = pd.DataFrame(
        [
            {"doc_id": one.doc, "text": one.text, "heading": one.heading, "intro": one.intro, "kind": one.kind}
            for one in examples.gold
        ]
    )
    found = pt.annotate(table).segments["measure_probability"].to_numpy()[evidence.owners]
    assert np.allclose(1 / (1 + np.exp(-evidence.scores[:, 0])), found, atol=0.02)


def test_a_corrected_model_scores_what_the_correction_says(codes):
    examples, models = read_examples([codes]), load_models()
    before = measure_evidence(models.measures, examples)
    linear = dict(models.measures.linear)
    wanted = {}
    for task in ("measure", "direction", "specific"):
        weights, constants = correct(before[task])
        linear[task] = corrected_task(linear[task], before[task], weights, constants)
        wanted[task] = before[task].scores + before[task].matrix @ weights + constants
    after = measure_evidence(replace(models.measures, scorer=Scorer(linear)), examples)
    assert all(np.allclose(after[task].scores, wanted[task], atol=1e-4) for task in wanted)
    areas = area_evidence(models.areas, examples)
    weights, constants = correct(areas)
    again = area_evidence(corrected_areas(models.areas, areas, weights, constants), examples)
    assert np.allclose(again.scores, areas.scores + areas.matrix @ weights + constants, atol=1e-4)
    assert set(again.names) >= set(areas.names)


def test_parties_come_from_the_codes_or_a_table_or_the_documents(codes, tmp_path):
    examples = read_examples([corpus_path() / "codes.jsonl"])
    assert len(set(examples.parties)) == 7  # metadata.csv lies beside them
    assert set(read_examples([codes]).parties) == {one.doc for one in examples.gold}
    assert len(set(read_examples([codes], metadata=corpus_path() / "metadata.csv").parties)) == 7
    named = changed(tmp_path / "named.jsonl", lambda row: {**row, "party": "Havørn" if "havorn" in row["doc"] else "X"})
    assert set(read_examples([named]).parties) <= {"Havørn", "X"}


def test_documents_of_a_party_are_left_out_together():
    examples = read_examples([corpus_path() / "codes.jsonl"])
    by, folds = leave_out(examples)
    assert by == "party"
    assert sorted(number for held in folds for number in held) == list(range(len(examples.gold)))
    held_parties = [{examples.parties[number] for number in held} for held in folds]
    assert sum(map(len, held_parties)) == 7


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda row: row if row["doc"] == "byalliansen-program" else None, "of one document"),
        (lambda row: row if int(row["id"][-4:]) < 3 else None, "at least 100 are needed"),
        (lambda row: row | ({"areas": ["annet"]} if row["measure"] else {}), "every code is 'annet'"),
    ],
    ids=["one-document", "too-few", "one-class"],
)
def test_codes_that_do_not_suffice_are_refused(change, message, tmp_path):
    path = changed(tmp_path / "few.jsonl", change)
    with pytest.raises(TrainingError, match=message):
        train(path, what="areas")


def test_unknown_codes_are_refused_with_their_line(tmp_path):
    path = changed(tmp_path / "bad.jsonl", lambda row: row | ({"areas": ["klima"]} if row["measure"] else {}))
    with pytest.raises(GoldError, match=r"bad\.jsonl, line \d+: areas is \['klima'\]"):
        train(path)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"codes": []}, "codes are none; give one file or more"),
        ({"codes": ["a/codes.jsonl", "a/codes.jsonl"]}, "each once"),
        ({"codes": "codes.jsonl", "what": "topics"}, "allowed: all, areas, measures"),
        ({"codes": "codes.jsonl", "n_resamples": 0}, "at least 1"),
    ],
    ids=["no-file", "twice", "what", "resamples"],
)
def test_arguments_are_checked(arguments, message):
    with pytest.raises(TrainingError, match=message):
        train(**arguments)


def test_noise_is_not_learnt_and_nothing_is_fitted_when_nothing_helps(codes):
    examples = read_examples([codes])
    _, folds = leave_out(examples)
    evidence = area_evidence(load_models().areas, examples)
    perfect = 40.0 * np.eye(len(evidence.classes))[evidence.truth]
    trial, _ = try_part("areas", replace(evidence, scores=perfect), folds)
    assert not trial.used
    with pytest.raises(TrainingError, match=r"no model gets better by these codes.*\(areas: its probabilities"):
        _refuse_when_none([trial])
    _refuse_when_none([trial, Trial("measure", 100)])


def test_what_falls_is_told():
    columns = ["task", "before", "after"]
    table = pd.DataFrame([("number of measures", 0.8, 0.7), ("measure", 0.9, 0.9)], columns=columns)
    assert losses(table) == {"split": "number of measures: agreement with codes left out falls from 0.800 to 0.700"}
    with pytest.warns(PolicyTextWarning) as told:
        _warn([Trial("areas", 12, why_not="12 codes; at least 100 are needed"), Trial("split", 100)], table)
    assert [str(one.message)[:24] for one in told] == ["areas stays as it is: 12", "number of measures: agre"]
