"""Whether a token stands for a number: digits, fractions and Norwegian number words of both written forms."""

from __future__ import annotations

import re
from functools import lru_cache

from policytext.rules import load_lexicon

_DIGITS = re.compile(r"[+±~–-]?\d+(?:[ \u00a0\u2009\u202f.,:]\d+)*(?:[.,]-)?|\d+/\d+|[½¼¾⅓⅔⅛]|\d+[½¼¾]")
# Words of the tables that are something else more often than a number.
_AMBIGUOUS = frozenset(row["word"] for row in load_lexicon("ambiguous_numerals", ("word", "reading")))


@lru_cache(maxsize=1)
def _number_word() -> re.Pattern[str]:
    classes: dict[str, set[str]] = {}
    for row in load_lexicon("number_words", ("word", "value", "class", "lang")):
        classes.setdefault(row["class"], set()).add(row["word"])
    rank_words = {row["word"] for row in load_lexicon("ordinals", ("word", "value", "part"))} - _AMBIGUOUS

    def any_of(words: set[str]) -> str:
        return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))

    unit, teen, ten = any_of(classes["one"] - {"ett"}), any_of(classes["teen"]), any_of(classes["ten"])
    power, ranks = any_of(classes["hundred"] | classes["thousand"]), any_of(rank_words)
    alone = any_of((classes["zero"] | classes["half"] | classes["mixed"] | classes["magnitude"]) - _AMBIGUOUS)
    below = rf"(?:(?:{unit}|en|ein)og(?:{ten})|(?:{ten})(?:{unit}|en|ein|ett)?|{teen}|{unit})"
    counted = rf"(?:{below}|en|ett?|eit)?(?:{power})"
    number = rf"(?:(?:{counted})+(?:og)?(?:{below})?|{below})"
    ranked = rf"(?:(?:{counted})*(?:og)?(?:{ten})?(?:{ranks})|(?:{unit})og(?:{ranks}))"
    return re.compile(rf"(?:{number}|{ranked}|{alone})")


def like_num(text: str) -> bool:
    """Tell whether a token is a number in digits or words; the articles «en», «ei», «ein», «eit» are not.

    Examples
    --------
    >>> [word for word in ("12,5", "tjuefire", "fireogtyve", "tohundreogfemti", "tredje", "skole") if like_num(word)]
    ['12,5', 'tjuefire', 'fireogtyve', 'tohundreogfemti', 'tredje']
    """
    lower = text.lower()
    return bool(_DIGITS.fullmatch(lower) or _number_word().fullmatch(lower))
