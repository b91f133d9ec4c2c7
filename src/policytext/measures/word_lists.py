"""The short word lists that the frames and the fields of a measure go by."""

from __future__ import annotations

from functools import cache

from policytext.rules import load_lexicon


@cache
def _lists() -> dict[str, tuple[str, ...]]:
    return {row["list"]: tuple(row["words"].split()) for row in load_lexicon("measure_words", ("list", "words", "use"))}


def word_list(name: str) -> tuple[str, ...]:
    """Return a list of ``data/lexicons/measure_words.csv``, in its order.

    Raises
    ------
    KeyError
        If the table has no such list.

    Examples
    --------
    >>> word_list("answer")
    ('nei', 'ja')
    """
    return _lists()[name]
