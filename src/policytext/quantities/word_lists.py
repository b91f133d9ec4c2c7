"""The word lists that decide between readings of a number, as parts of patterns."""

from __future__ import annotations

from policytext.rules import load_word_lists


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
    return load_word_lists("quantity_words")[name]
