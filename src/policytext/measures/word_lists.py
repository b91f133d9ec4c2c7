"""The short word lists that the frames and the fields of a measure go by."""

from __future__ import annotations

from functools import cache

from policytext.rules import load_word_lists


@cache
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
    return tuple(load_word_lists("measure_words")[name].split())
