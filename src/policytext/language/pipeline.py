"""Load the trained Norwegian pipeline, or any other spaCy pipeline in its place."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from policytext.errors import ModelError
from policytext.resources import model_path

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.language import Language

DEFAULT_MODEL = "no_policytext_sm"


def load(name: str | None = None, *, exclude: Iterable[str] = ()) -> Language:
    """Load a spaCy pipeline for Norwegian.

    Parameters
    ----------
    name : str, optional
        An installed spaCy pipeline (such as ``nb_core_news_lg``), the path of one, or a model of policytext;
        policytext's own when omitted. With ``blank``, a pipeline that only tokenises.
    exclude : iterable of str
        Components not to load, so that they cost nothing, such as ``("ner",)``.

    Returns
    -------
    spacy.language.Language
        The same object when called again with the same arguments.

    Raises
    ------
    ModelError
        If there is no such pipeline; the message says what to do.
    """
    left_out = set(exclude)
    if "ner" in left_out:
        left_out.add("policytext_places")  # it mends what the entity recogniser found
    if "parser" in left_out:
        left_out.add("policytext_agreement")  # it goes by what the parser found
    return _load(name or DEFAULT_MODEL, tuple(sorted(left_out)))


@lru_cache(maxsize=4)
def _load(name: str, exclude: tuple[str, ...]) -> Language:
    import spacy

    from policytext.language import (  # noqa: F401  (register what pipelines need)
        agreement,
        embedding,
        lemmatiser,
        norwegian,
        places,
        shared_layer,
        transitions,
    )

    if name == "blank":
        return spacy.blank("no")
    source: str | Path = name
    if not Path(name).is_dir() and not spacy.util.is_package(name):
        try:
            source = model_path(name)
        except ModelError as error:
            raise ModelError(
                f"no spaCy pipeline {name!r} is installed and {error}; install it with pip, give the path of its "
                f"folder, or leave the name out for {DEFAULT_MODEL!r}"
            ) from error
    try:
        nlp = spacy.load(source, exclude=list(exclude))
    except (OSError, ValueError) as error:
        raise ModelError(f"the pipeline {name!r} cannot be loaded: {error}") from error
    embedding.freeze(nlp)
    return nlp
