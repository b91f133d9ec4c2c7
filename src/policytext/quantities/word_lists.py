"""The word lists that decide between readings of a number, as parts of patterns."""

from __future__ import annotations

from functools import cache

from policytext.rules import load_lexicon


@cache
def words(name: str) -> str:
    """Return a list of ``data/lexicons/quantity_words.csv`` as the inside of a group: ``a|b|c``.

    Raises
    ------
    KeyError
        If the table has no such list.

    Examples
    --------
    >>> words("vague").split("|")[:2]
    ['flere', 'fleire']
    """
    return {row["list"]: row["words"] for row in load_lexicon("quantity_words", ("list", "words", "use"))}[name]
