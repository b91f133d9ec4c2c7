"""The convolutional network: its rows, its arithmetic against a slow one, its file, and that it learns."""

from pathlib import Path

import numpy as np
import pytest

from policytext.errors import ModelError
from policytext.measures.codings import Coded
from policytext.measures.network import (
    OUTPUTS,
    PLACES,
    TABLES,
    Network,
    columns,
    load_network,
    places,
    save_network,
    window,
)
from policytext.measures.network_training import fit_network
from policytext.measures.reading import Reading, read
from policytext.measures.training import prepare
from policytext.measures.words import describe
from policytext.records import Segment

FILTERS = 5
TEXTS = {
    "items": ["bygge ut kaia i alle grender", "Fjerne taksten."],
    "one-word": ["Styrke"],
    "none": ["", "halvere ferjetakstene innen 2030", ""],
    "long": [" ".join(["bygge ut kaia og"] * 40)],
}


def reading(text: str) -> Reading:
    return read(text, heading="", intro="Vi vil:", item=True)


@pytest.fixture(scope="module")
def network() -> Network:
    generator = np.random.default_rng(0)

    def some(*shape: int) -> np.ndarray:
        return generator.normal(0, 0.3, shape).astype(np.float32)

    outputs = sum(map(len, OUTPUTS.values()))
    width = sum(width for _, width in TABLES.values())
    arrays = {f"table {name}": some(*shape) for name, shape in TABLES.items()}
    arrays |= {"table place": some(PLACES, 4), "taps": some(3, width + 4, FILTERS), "bias": some(FILTERS)}
    return Network(arrays | {"output": some(2 * FILTERS, outputs), "output bias": some(outputs)})


def slowly(network: Network, one: Reading) -> np.ndarray:
    """Return what the filters find in a segment, word by word and tap by tap."""
    seen = window(one)
    if not seen.words:
        return np.zeros(2 * FILTERS)
    where = places([seen], np.array([len(seen.words)]))
    inputs = [
        np.concatenate(
            [
                *(network.arrays[f"table {name}"][row] for name, row in zip(TABLES, columns(word), strict=True)),
                network.arrays["table place"][place],
            ]
        )
        for word, place in zip(seen.words, where, strict=True)
    ]
    values = []
    for at in range(len(inputs)):
        total = network.arrays["bias"].copy()
        for tap, step in enumerate((-1, 0, 1)):
            if 0 <= at + step < len(inputs):
                total = total + inputs[at + step] @ network.arrays["taps"][tap]
        values.append(np.maximum(total, 0))
    return np.concatenate([np.max(values, axis=0), np.sum(values, axis=0) / np.sqrt(len(values))])


@pytest.mark.parametrize("texts", TEXTS.values(), ids=TEXTS)
def test_pooled_as_worked_out_word_by_word(network: Network, texts: list[str]) -> None:
    readings = [reading(text) for text in texts]
    expected = np.stack([slowly(network, one) for one in readings])
    assert network.pooled(readings) == pytest.approx(expected, abs=1e-4)
    assert network.pooled(readings) == pytest.approx(expected, abs=1e-4)  # the words are known now


def test_no_segments(network: Network) -> None:
    assert network.pooled([]).shape == (0, 2 * FILTERS)


def test_scores_have_one_output_for_two_classes(network: Network) -> None:
    pooled = network.pooled([reading("bygge ut kaia")])
    assert network.scores("specific", pooled).shape == (1, 1)
    assert network.scores("direction", pooled).shape == (1, 7)
    with pytest.raises(ModelError, match="no task 'areas'; it has measure, specific, direction"):
        network.scores("areas", pooled)


@pytest.mark.parametrize(("one", "other", "same"), [("kai", "KAI", True), ("kai", "ferje", False)])
def test_rows_of_a_word(one: str, other: str, same: bool) -> None:
    assert (columns(describe(one))[:6] == columns(describe(other))[:6]) is same


@pytest.mark.parametrize("word", ["kai", "§", "2030", "æøå", "Ferjeavløysingsmiddelordninga"])
def test_rows_lie_in_their_tables(word: str) -> None:
    assert all(0 <= row < rows for row, (rows, _) in zip(columns(describe(word)), TABLES.values(), strict=True))


def test_a_long_segment_is_seen_around_its_object() -> None:
    text = "Dette er en lang innledning om havet. " * 12 + "Vi vil fjerne taksten."
    seen = window(read(text, heading="", intro="", item=False))
    assert [word.lower for word in seen.words[seen.start :]] == ["taksten", "."]
    assert len(seen.words) < 60


def test_stored_and_loaded(network: Network, tmp_path: Path) -> None:
    save_network(network, tmp_path / "network.npz")
    loaded = load_network(tmp_path / "network.npz")
    readings = [reading("bygge ut kaia i alle grender")]
    assert loaded.pooled(readings) == pytest.approx(network.pooled(readings), abs=0.02)


def test_a_missing_file_or_array_is_named(network: Network, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"network\.npz is missing"):
        load_network(tmp_path / "network.npz")
    np.savez(tmp_path / "network.npz", **{name: value for name, value in network.arrays.items() if name != "taps"})
    with pytest.raises(ModelError, match=r"network\.npz lacks taps"):
        load_network(tmp_path / "network.npz")


def coded(number: int, text: str, direction: str, *, specific: bool) -> Coded:
    segment = Segment("d", str(number), "item", text, 0, len(text), intro="Vi vil:")
    return Coded(segment, "d", "written", True, 1, "firm", specific, direction)


def test_it_learns_and_does_so_alike_each_time() -> None:
    things = ("kaia", "ferja", "skolen", "veien", "hamna", "banen", "broen", "hallen", "parken", "tunnelen") * 4
    training = [coded(n, f"fjerne {thing}", "abolish", specific=True) for n, thing in enumerate(things * 4)]
    training += [coded(n, f"bedre {thing}", "increase", specific=False) for n, thing in enumerate(things * 4)]
    prepared = prepare(training)
    first, second = fit_network(prepared), fit_network(prepared)
    asked = [reading(text) for text in ("fjerne bygget", "bedre bygget")]
    scores = first.scores("direction", first.pooled(asked))
    assert [OUTPUTS["direction"][best] for best in scores.argmax(axis=1)] == ["abolish", "increase"]
    assert (first.scores("specific", first.pooled(asked))[:, 0] > 0).tolist() == [True, False]
    assert (scores == second.scores("direction", second.pooled(asked))).all()
