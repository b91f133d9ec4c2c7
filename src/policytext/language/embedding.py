"""The pipeline's first layer: a vector per word type from word, affixes, shape, inflection and static vectors.

spaCy's `MultiHashEmbed` embeds every token anew and gives unseen words the vector of colliding seen ones. This
layer embeds each type once per batch, gives words outside a known vocabulary one shared row, adds a vector for the
document's written form (the two treebanks differ in more than spelling), and keeps the vectors of types it has seen
when the pipeline only predicts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.attrs import ORTH
from spacy.lang.lex_attrs import word_shape
from spacy.strings import hash_string  # type: ignore[attr-defined]
from spacy.util import registry
from thinc.api import HashEmbed, Linear, Maxout, Model, NumpyOps, concatenate, noop
from thinc.util import partial

from policytext.language.document_form import form_of
from policytext.language.inflection import inflection

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

KNOWN_WORDS = "policytext_known_words"
CACHED_TYPES = 60_000
_DIGIT = re.compile(r"\d")
_UNKNOWN = 1


def type_features(
    text: str, known: Any, prefixes: tuple[int, ...], suffixes: tuple[int, ...], *, inflected: bool = False
) -> list[str]:
    """Return the strings that stand for a word type: word, prefixes, suffixes, shape and, if asked, how it inflects.

    Digits count as zero and case is folded everywhere but in the shape. A word that is not in `known` has the
    empty string in the first place; an affix as long as the word or longer is the word between bounds.
    """
    lower = _DIGIT.sub("0", text.lower())
    features = [lower if known is None or lower in known else ""]
    features += [f"{lower}<" if len(lower) <= n else lower[:n] for n in prefixes]
    features += [f"<{lower}" if len(lower) <= n else lower[-n:] for n in suffixes]
    features.append(word_shape(text))
    return [*features, *inflection(lower)] if inflected else features


@registry.architectures("policytext.WordTypeEmbed.v1")  # type: ignore[untyped-decorator]
def build_word_type_embed(
    width: int,
    feature_width: int,
    word_rows: int,
    prefixes: list[int],
    prefix_rows: list[int],
    suffixes: list[int],
    suffix_rows: list[int],
    shape_rows: int,
    vector_width: int,
    inflection_rows: list[int] | None = None,
    word_dropout: float = 0.0,
) -> Model[list[Doc], list[Any]]:
    """Build the layer: documents to one array of (tokens, `width`) float32 each.

    Parameters
    ----------
    width : int
        Width of the output.
    feature_width : int
        Width of each feature's hashed table.
    word_rows, prefix_rows, suffix_rows, shape_rows : int or list of int
        Rows of the hashed tables.
    prefixes, suffixes : list of int
        Lengths of the prefixes and suffixes, in characters.
    vector_width : int
        Width to which the vocabulary's static vectors are projected; 0 leaves them out.
    inflection_rows : list of int, optional
        Rows of the tables for how the word inflects by the dictionary, coarse and fine; without them it is left out.
    word_dropout : float
        Share of word types that count as unknown words in each training batch, so that the rest of the features
        learn to do without the word.
    """
    rows = [word_rows, *prefix_rows, *suffix_rows, shape_rows, *(inflection_rows or ())]
    hashed: Model[Any, Any] = concatenate(
        *(HashEmbed(feature_width, n, column=i, seed=8 + i, dropout=0.0) for i, n in enumerate(rows))
    )
    project: Model[Any, Any] = Linear(vector_width) if vector_width else noop()
    mixer = Maxout(width, feature_width * len(rows) + vector_width, nP=3, dropout=0.0, normalize=True)
    return Model(
        "word_type_embed",
        _forward,
        init=partial(_initialise, vector_width),
        layers=[hashed, project, mixer],
        params={"forms": None},
        dims={"nO": width},
        attrs={
            "prefixes": list(prefixes),
            "suffixes": list(suffixes),
            "vector_width": vector_width,
            "inflected": bool(inflection_rows),
            "word_dropout": word_dropout,
        },
    )


class _TypeTable:
    """Features and static vectors of the word types seen so far, for one vocabulary; dropped when full."""

    def __init__(self, vocab: Vocab, attrs: dict[str, Any], n_features: int) -> None:
        lookups = vocab.lookups
        self.vocab = vocab
        self.known = lookups.get_table(KNOWN_WORDS) if lookups.has_table(KNOWN_WORDS) else None
        self.prefixes, self.suffixes = tuple(attrs["prefixes"]), tuple(attrs["suffixes"])
        self.inflected = bool(attrs.get("inflected"))
        self.static = vocab.vectors if attrs["vector_width"] else None
        self.rows: dict[int, int] = {}
        self.ids = np.zeros((1024, n_features), dtype=np.uint64)
        self.vectors = np.zeros((1024, vocab.vectors.shape[1] if attrs["vector_width"] else 0), dtype=np.float32)
        self.outputs: Any = None
        self.computed = 0

    def look_up(self, orths: Any) -> Any:
        """Return the row of each word, adding those that are new."""
        rows = self.rows
        try:
            return np.fromiter((rows[orth] for orth in orths), dtype=np.int64, count=len(orths))
        except KeyError:
            for orth in orths:
                if orth not in rows:
                    self._add(orth)
            return np.fromiter((rows[orth] for orth in orths), dtype=np.int64, count=len(orths))

    def _add(self, orth: int) -> None:
        row = len(self.rows)
        if row == len(self.ids):
            self.ids = np.concatenate([self.ids, np.zeros_like(self.ids)])
            self.vectors = np.concatenate([self.vectors, np.zeros_like(self.vectors)])
        text = self.vocab.strings[orth]
        features = type_features(text, self.known, self.prefixes, self.suffixes, inflected=self.inflected)
        self.ids[row] = [_hash(feature) for feature in features]
        if self.static is not None:
            self.vectors[row] = self.static.get_batch([_DIGIT.sub("0", text.lower())])[0]
        self.rows[orth] = row


def _hash(feature: str) -> int:
    return int(hash_string(feature)) if feature else _UNKNOWN


_TABLES: dict[tuple[int, int], _TypeTable] = {}


def _table(model: Model[Any, Any], vocab: Vocab) -> _TypeTable:
    key = (model.id, id(vocab))
    table = _TABLES.get(key)
    if table is None or table.vocab is not vocab or len(table.rows) > CACHED_TYPES:
        table = _TABLES[key] = _TypeTable(vocab, model.attrs, len(model.layers[0].layers))
    return table


def _forward(model: Model[Any, Any], docs: list[Doc], is_train: bool) -> tuple[list[Any], Callable[..., Any]]:
    hashed, project, mixer = model.layers
    lengths = [len(doc) for doc in docs]
    if not sum(lengths):
        empty = [model.ops.alloc2f(n, model.get_dim("nO")) for n in lengths]
        return empty, lambda _gradient: []
    table = _table(model, docs[0].vocab)
    orths = np.concatenate([doc.to_array(ORTH) for doc in docs]).tolist()
    rows = table.look_up(orths)
    nynorsk = np.repeat([int(form_of(doc) == "nn") for doc in docs], lengths)
    forms: Any = model.get_param("forms")
    if not is_train and model.attrs.get("frozen"):
        _fill(model, table)
        return _split(table.outputs[rows] + forms[nynorsk], lengths), lambda _gradient: []
    unique, inverse = np.unique(rows, return_inverse=True)
    ids = table.ids[unique]
    if is_train and (share := model.attrs.get("word_dropout", 0.0)):
        ids[np.random.random(len(ids)) < share, 0] = _UNKNOWN  # spaCy seeds this generator
    from_tables, back_tables = hashed(ids, is_train)
    if model.attrs["vector_width"]:
        from_vectors, back_vectors = project(table.vectors[unique], is_train)
        joined = np.hstack([from_tables, from_vectors])
    else:
        joined = from_tables
    mixed, back_mixer = mixer(joined, is_train)

    def backprop(gradients: list[Any]) -> list[Any]:
        flat = np.vstack(gradients)
        by_form: Any = np.stack([flat[nynorsk == form].sum(axis=0) for form in (0, 1)])
        model.inc_grad("forms", by_form)
        summed = np.zeros_like(mixed)
        np.add.at(summed, inverse, flat)
        into = back_mixer(summed)
        n_tables = from_tables.shape[1]
        back_tables(np.ascontiguousarray(into[:, :n_tables]))
        if model.attrs["vector_width"]:
            back_vectors(np.ascontiguousarray(into[:, n_tables:]))
        return []

    return _split(mixed[inverse] + forms[nynorsk], lengths), backprop


def _fill(model: Model[Any, Any], table: _TypeTable) -> None:
    total = len(table.rows)
    if table.outputs is None or len(table.outputs) < len(table.ids):
        outputs = np.zeros((len(table.ids), model.get_dim("nO")), dtype=np.float32)
        if table.outputs is not None:
            outputs[: len(table.outputs)] = table.outputs
        table.outputs = outputs
    if table.computed < total:
        hashed, project, mixer = model.layers
        joined = hashed.predict(table.ids[table.computed : total])
        if model.attrs["vector_width"]:
            joined = np.hstack([joined, project.predict(table.vectors[table.computed : total])])
        table.outputs[table.computed : total] = mixer.predict(joined)
        table.computed = total


def _split(flat: Any, lengths: list[int]) -> list[Any]:
    return [np.ascontiguousarray(part) for part in np.split(flat, np.cumsum(lengths)[:-1])]


def _initialise(vector_width: int, model: Model[Any, Any], X: Any = None, Y: Any = None) -> None:  # noqa: ARG001, N803
    hashed, project, mixer = model.layers
    hashed.initialize()
    if vector_width and X:
        project.set_dim("nI", X[0].vocab.vectors.shape[1])
        project.set_dim("nO", vector_width)
        project.initialize()
    mixer.initialize()
    model.set_param("forms", model.ops.alloc2f(2, model.get_dim("nO")))


def freeze(nlp: Language) -> None:
    """Make a loaded pipeline predict faster.

    The first layer keeps the vectors of the word types it has met, and matrices are multiplied by NumPy's own library
    where spaCy would use its bundled one (measured: three times as fast for these shapes). Only for a pipeline that
    is not trained further: kept vectors would not follow changed weights.
    """
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        if isinstance(model, Model):
            for node in model.walk():
                if isinstance(node.ops, NumpyOps):
                    node.ops.use_blis = False
                if node.name == "word_type_embed":
                    node.attrs["frozen"] = True
