"""The parser and the entity recogniser of spaCy, made two to three times as fast at predicting.

spaCy's own loop over transitions runs without Python's global lock, and its compiled code takes the lock back several
times for each transition, to look for errors: three quarters of the time goes there (measured with `perf`, spaCy 3.8).
The loop here holds the lock throughout. It calls the same compiled steps, so it finds the same trees and names. The
weights are those of spaCy's `parser` and `ner`: a pipeline may be trained with either and loaded with either.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.pipeline.dep_parser import DEFAULT_PARSER_MODEL, DependencyParser
from spacy.pipeline.ner import DEFAULT_NER_MODEL, EntityRecognizer

from policytext.language.shared_layer import grouped

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from thinc.api import Model

Scorer = Callable[..., dict[str, Any]]

WORDS_AT_ONCE = 5_000  # ten kilobytes a word are kept while the parser goes through them
PARSER = "policytext_parser"
RECOGNISER = "policytext_ner"


def follow(component: Any, docs: list[Doc]) -> list[Any]:
    """Return each document's state after the transitions that the component scores highest, one at a time.

    Parameters
    ----------
    component : spacy.pipeline.transition_parser.Parser
        A parser or entity recogniser of spaCy's.
    docs : list of Doc
        Documents; their token vectors must be set where the model listens to a shared layer.
    """
    return [state for group in grouped(docs, WORDS_AT_ONCE) for state in _follow_together(component, group)]


def _follow_together(component: Any, docs: list[Doc]) -> list[Any]:
    batch: list[Any] = component.moves.init_batch(docs)
    states = [state for state in batch if not state.is_final()]
    if states:
        steps = component.model.predict(docs)
        while states:
            states = component.transition_states(states, steps.predict(states))
        steps.clear_memory()
    return batch


class FastParser(DependencyParser):  # type: ignore[misc]
    """spaCy's dependency parser with another loop for greedy prediction."""

    def greedy_parse(self, docs: list[Doc], drop: float = 0.0) -> list[Any]:  # noqa: ARG002
        """Return the final states of the documents."""
        return follow(self, docs)


class FastRecogniser(EntityRecognizer):  # type: ignore[misc]
    """spaCy's entity recogniser with another loop for greedy prediction."""

    def greedy_parse(self, docs: list[Doc], drop: float = 0.0) -> list[Any]:  # noqa: ARG002
        """Return the final states of the documents."""
        return follow(self, docs)


@Language.factory(
    PARSER,
    assigns=["token.dep", "token.head", "token.is_sent_start", "doc.sents"],
    default_config={
        "moves": None,
        "update_with_oracle_cut_size": 100,
        "learn_tokens": False,
        "min_action_freq": 30,
        "model": DEFAULT_PARSER_MODEL,
        "scorer": {"@scorers": "spacy.parser_scorer.v1"},
    },
    default_score_weights={"dep_uas": 0.5, "dep_las": 0.5, "dep_las_per_type": None, "sents_f": 0.0},
)
def create_parser(
    nlp: Language,
    name: str,
    model: Model[Any, Any],
    moves: Any,
    update_with_oracle_cut_size: int,
    learn_tokens: bool,
    min_action_freq: int,
    scorer: Scorer | None,
) -> FastParser:
    """Return a parser for a pipeline (spaCy's registry)."""
    return FastParser(
        nlp.vocab,
        model,
        name,
        moves=moves,
        update_with_oracle_cut_size=update_with_oracle_cut_size,
        learn_tokens=learn_tokens,
        min_action_freq=min_action_freq,
        scorer=scorer,
    )


@Language.factory(
    RECOGNISER,
    assigns=["doc.ents", "token.ent_iob", "token.ent_type"],
    default_config={
        "moves": None,
        "update_with_oracle_cut_size": 100,
        "incorrect_spans_key": None,
        "model": DEFAULT_NER_MODEL,
        "scorer": {"@scorers": "spacy.ner_scorer.v1"},
    },
    default_score_weights={"ents_f": 1.0, "ents_p": 0.0, "ents_r": 0.0, "ents_per_type": None},
)
def create_recogniser(
    nlp: Language,
    name: str,
    model: Model[Any, Any],
    moves: Any,
    update_with_oracle_cut_size: int,
    incorrect_spans_key: str | None,
    scorer: Scorer | None,
) -> FastRecogniser:
    """Return an entity recogniser for a pipeline (spaCy's registry)."""
    return FastRecogniser(
        nlp.vocab,
        model,
        name,
        moves=moves,
        update_with_oracle_cut_size=update_with_oracle_cut_size,
        incorrect_spans_key=incorrect_spans_key,
        scorer=scorer,
    )
