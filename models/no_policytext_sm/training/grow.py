"""Begin a network from another's weights: python grow.py TRAINED CONFIG TARGET --paths.train FILE ….

Makes the pipeline of CONFIG and gives it the weights of the trained pipeline TRAINED, but for the first layer, which
begins anew: one that has been trained without a feature of the word hardly learns to use it, because the words that it
knows leave nothing to explain. What only the bigger network has starts so that it changes nothing: further layers of
the encoder add zero, further features of a parser's state weigh nothing. Training then goes on with `anneal.cfg`. The
further arguments are those of `spacy train`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import spacy
import train_code  # noqa: F401  (registers what the configurations name)
from spacy.cli._util import parse_config_overrides
from spacy.training.initialize import init_nlp
from spacy.util import load_config

if TYPE_CHECKING:
    from thinc.api import Model

SAME_STATE = {0: 0, 1: 1, 2: 2, 3: 3, 4: 4, 5: 7, 6: 5, 7: 6}  # spaCy's eight features of a state among its thirteen


def named(model: Model[Any, Any], name: str) -> list[Model[Any, Any]]:
    """Return the nodes of a network that have a name."""
    return [node for node in model.walk() if node.name == name]


def copy_params(old: Model[Any, Any], new: Model[Any, Any]) -> None:
    """Copy the weights of two networks of the same shape."""
    for before, after in zip(old.walk(), new.walk(), strict=True):
        for name in after.param_names:
            if after.has_param(name):
                after.set_param(name, before.get_param(name))


def grow_encoder(old: Model[Any, Any], new: Model[Any, Any]) -> None:
    """Copy the layers of the encoder; further ones keep their random weights behind a gate that is shut."""
    for kind in ("maxout", "layernorm"):
        before, after = (named(model.layers[-1], kind) for model in (old, new))
        for one, other in zip(before, after, strict=False):
            copy_params(one, other)
        if kind == "layernorm":
            for node in after[len(before) :]:
                node.set_param("G", node.get_param("G") * 0)


def grow_tagger(old: Any, new: Any) -> None:
    """Copy the weights of the labels that both have."""
    (before,), (after,) = named(old.model, "softmax"), named(new.model, "softmax")
    places = {label: index for index, label in enumerate(old.labels)}
    for name in ("W", "b"):
        value = after.get_param(name).copy()
        for index, label in enumerate(new.labels):
            if label in places:
                value[index] = before.get_param(name)[places[label]]
        after.set_param(name, value)


def grow_transitions(old: Any, new: Any) -> None:
    """Copy the weights of a parser or recogniser; further features of the state weigh nothing."""
    if old.move_names != new.move_names:
        raise SystemExit("the two pipelines have other transitions: was the text the same?")
    for before, after in zip(old.model.walk(), new.model.walk(), strict=True):
        wider = after.name == "precomputable_affine" and before.get_dim("nF") != after.get_dim("nF")
        for name in after.param_names:
            if after.has_param(name):
                value = before.get_param(name)
                if wider and name in ("W", "pad"):
                    axis = 0 if name == "W" else 1
                    grown = np.moveaxis(np.zeros_like(after.get_param(name)), axis, 0)
                    for one, other in SAME_STATE.items():
                        grown[other] = np.moveaxis(value, axis, 0)[one]
                    value = np.ascontiguousarray(np.moveaxis(grown, 0, axis))
                after.set_param(name, value)


def main(trained: Path, config: Path, target: Path, overrides: list[str]) -> None:
    """Grow and save."""
    old = spacy.load(trained)
    new = init_nlp(load_config(config, overrides=parse_config_overrides(overrides), interpolate=False).interpolate())
    grow_encoder(old.get_pipe("tok2vec").model, new.get_pipe("tok2vec").model)
    grow_tagger(old.get_pipe("morphologizer"), new.get_pipe("morphologizer"))
    for name in ("parser", "ner"):
        grow_transitions(old.get_pipe(name), new.get_pipe(name))
    new.to_disk(target)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4:])
