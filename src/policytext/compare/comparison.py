"""One comparison of groups: its tables, its settings, saving and loading."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from policytext.analysis.storage import table_hashes
from policytext.compare.emphasis import emphasis
from policytext.compare.grouping import count_words, group
from policytext.compare.keyness import PRIOR_WORDS, keyness
from policytext.compare.promises import numeric_promises
from policytext.compare.similarity import similarity
from policytext.compare.topics import topics
from policytext.errors import AnalysisError
from policytext.language import terms
from policytext.rules import load_lexicon

if TYPE_CHECKING:
    from policytext.analysis import Analysis

TABLES = ("emphasis", "keyness", "topics", "topic_shares", "similarity", "numeric_promises")
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Comparison:
    """The tables of a comparison; the compared column (say, `party`) is the first of each but `topics`.

    Attributes
    ----------
    emphasis : DataFrame
        Share of each group's measures by area, with intervals; see `policytext.compare.emphasis.emphasis`.
    keyness : DataFrame
        Words that mark each group; see `policytext.compare.keyness.keyness`.
    topics, topic_shares : DataFrame
        Topics with their terms, and each group's shares; see `policytext.compare.topics.topics`.
    similarity : DataFrame
        Likeness of each pair of groups; see `policytext.compare.similarity.similarity`.
    numeric_promises : DataFrame
        Who promises how much of what, by when; see `policytext.compare.promises.numeric_promises`.
    settings : mapping
        What `compare` was called with.
    """

    emphasis: pd.DataFrame
    keyness: pd.DataFrame
    topics: pd.DataFrame
    topic_shares: pd.DataFrame
    similarity: pd.DataFrame
    numeric_promises: pd.DataFrame
    settings: Mapping[str, Any] = field(default_factory=dict)

    def save(self, folder: str | Path) -> Path:
        """Write the tables as Parquet and the settings as JSON into a folder, made when missing; return it."""
        target = Path(folder)
        if target.exists() and not target.is_dir():
            raise AnalysisError(f"{target} is a file; give a folder to write the tables into")
        target.mkdir(parents=True, exist_ok=True)
        for name in TABLES:
            getattr(self, name).to_parquet(target / f"{name}.parquet", index=False)
        tables = table_hashes({name: getattr(self, name) for name in TABLES})
        settings = {"format": FORMAT, **self.settings, "tables": tables}
        text = json.dumps(settings, ensure_ascii=False, indent=2, sort_keys=True)
        (target / "settings.json").write_text(text + "\n", encoding="utf-8")
        return target

    def __repr__(self) -> str:
        sizes = ", ".join(f"{len(getattr(self, name))} {name}" for name in TABLES)
        return f"Comparison(by {self.settings.get('by')!r}: rows of {sizes})"


def read_settings(folder: str | Path) -> dict[str, Any] | None:
    """Return the settings of a saved comparison as written, with `format` and `tables`; None where there is none.

    Raises
    ------
    AnalysisError
        If they are damaged or of another format.
    """
    path = Path(folder) / "settings.json"
    if not path.is_file():
        return None
    try:
        settings: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        written = settings.get("format")
    except (OSError, ValueError, AttributeError) as error:
        raise AnalysisError(f"{path} cannot be read: {error}; compare again") from error
    if written != FORMAT:
        raise AnalysisError(f"{path} has format {written!r}; this version reads format {FORMAT}; compare again")
    return settings


def load_comparison(folder: str | Path) -> Comparison:
    """Load a comparison that `Comparison.save` wrote.

    Raises
    ------
    AnalysisError
        If a file is missing or damaged, or was written in another format.
    """
    source = Path(folder)
    try:
        settings = json.loads((source / "settings.json").read_text(encoding="utf-8"))
        written = settings.pop("format", None)
        settings.pop("tables", None)
        tables = {name: pd.read_parquet(source / f"{name}.parquet") for name in TABLES}
    except (OSError, ValueError, AttributeError) as error:
        raise AnalysisError(f"{source} holds no comparison that can be read: {error}; compare again") from error
    if written != FORMAT:
        raise AnalysisError(f"{source} has format {written!r}; this version reads format {FORMAT}; compare again")
    return Comparison(**tables, settings=settings)


def compare(
    analysis: Analysis,
    *,
    by: str = "party",
    n_topics: int = 8,
    n_terms: int = 12,
    n_resamples: int = 1000,
    min_count: int = 5,
    prior_words: float = PRIOR_WORDS,
    everyday: bool = False,
    exclude: Iterable[str] = (),
    random_state: int = 0,
) -> Comparison:
    """Compare groups of documents.

    Parameters
    ----------
    analysis : Analysis
        What `policytext.analyze` or `policytext.annotate` gives.
    by : str, default "party"
        A column of the segments or documents, or ``year``. Documents without a value make up the group ``unknown``.
    n_topics, n_terms : int
        Topics to find, at least 1 (fewer where there is little text), and terms given of each.
    n_resamples : int
        Bootstrap resamples, at least 1.
    min_count, prior_words, everyday
        Of the key words; see `policytext.compare.keyness.keyness`.
    exclude : iterable of str
        Words left out of key words, topics and likeness. Names of parties always are, and the names of the groups.
    random_state : int
        Seed of resampling; the same input, in any order of documents, gives the same tables.

    Raises
    ------
    AnalysisError
        If the analysis is empty, `by` is no column to compare by, or a number is out of its range.

    Examples
    --------
    >>> import policytext as pt
    >>> texts = pd.DataFrame({"text": ["Vi vil bygge vei.", "Vi vil ansette flere leger."], "party": ["A", "B"]})
    >>> table = compare(pt.annotate(texts), n_resamples=100).emphasis
    >>> table.loc[table["share"] == 1, ["party", "area"]].values.tolist()
    [['A', 'infrastruktur'], ['B', 'velferd']]
    """
    for name, value, least in (("n_topics", n_topics, 1), ("n_terms", n_terms, 1), ("n_resamples", n_resamples, 1)):
        if value < least:
            raise AnalysisError(f"{name} is {value}; it must be at least {least}")
    if prior_words <= 0:
        raise AnalysisError(f"prior_words is {prior_words}; it must be above 0")
    grouped = group(analysis, by)
    names = [*(row["term"] for row in load_lexicon("party_words", ("term",))), *grouped.groups]
    left_out = {word for name in names for word in (name.lower(), *terms(name))} | set(exclude)
    words = count_words(grouped, exclude=frozenset(left_out))
    found, shares = topics(
        grouped, words, n_topics=n_topics, n_terms=n_terms, n_resamples=n_resamples, random_state=random_state
    )
    return Comparison(
        emphasis=emphasis(grouped, n_resamples=n_resamples, random_state=random_state),
        keyness=keyness(grouped, words, min_count=min_count, prior_words=prior_words, everyday=everyday),
        topics=found,
        topic_shares=shares,
        similarity=similarity(grouped, words),
        numeric_promises=numeric_promises(grouped, analysis),
        settings={
            "by": by,
            "groups": list(grouped.groups),
            "n_topics": n_topics,
            "n_terms": n_terms,
            "n_resamples": n_resamples,
            "min_count": min_count,
            "prior_words": prior_words,
            "everyday": everyday,
            "exclude": sorted(exclude),
            "random_state": random_state,
        },
    )
