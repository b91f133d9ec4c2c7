"""Norwegian number words: reading them in running text, and writing a number in words."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from policytext.errors import PolicyTextError
from policytext.rules import load_lexicon

SPACES = " \u00a0\u2009\u202f\u2007\u2002\u2003"
_TOKEN = re.compile(rf"(?:[{SPACES}])?([a-zæøåéóòöäü]+)")
_TEN = 10
_LIMIT = 64
"""Words that are looked at from one start; a number in words up to kvadrilliard is shorter."""


class Words(NamedTuple):
    """A number written in words: its value, where it ends, and how it was built.

    `kind` is ``number``, ``article`` («en», «et», which may be no number at all) or ``half`` («halv», «halvannen»,
    which need a unit); `magnitude` is the last «million», «milliard» … or 1.
    """

    value: float
    end: int
    kind: Literal["number", "article", "half"]
    magnitude: float = 1.0


@cache
def _classes() -> dict[str, tuple[float, str]]:
    rows = load_lexicon("number_words", ("word", "value", "class", "lang"))
    return {row["word"]: (_number(row["value"]), row["class"]) for row in rows}


def _number(text: str) -> float:
    value = float(text)
    return int(text) if text.isdigit() else value


def words_of(*classes: str) -> tuple[str, ...]:
    """Return the number words of some classes, longest first.

    Examples
    --------
    >>> words_of("zero")
    ('null',)
    """
    return tuple(sorted((word for word, (_, kind) in _classes().items() if kind in classes), key=len, reverse=True))


@cache
def _compound() -> re.Pattern[str]:
    ones = "|".join(words_of("one", "article"))
    ones_only = "|".join(words_of("one"))
    tens, teens = "|".join(words_of("ten")), "|".join(words_of("teen"))
    small = rf"(?:(?:{tens})(?:{ones})|(?:{ones_only})og(?:{tens})|{tens}|{teens}|{ones})"
    hundreds = rf"(?:(?:{ones}|{teens})?hundre(?:(?:og)?{small})?|{small})"
    return re.compile(rf"(?:(?P<tusen>{hundreds}?tusen)(?:og)?)?(?P<rest>{hundreds})?")


@lru_cache(maxsize=4096)
def decode(word: str) -> int | None:
    """Return the value of one number word, joined ones too, or None.

    Parameters
    ----------
    word : str
        In lower case.

    Examples
    --------
    >>> decode("tjueto"), decode("hundretusen"), decode("tohundreogfemti"), decode("torsk")
    (22, 100000, 250, None)
    """
    known = _classes().get(word)
    if known is not None:
        return int(known[0]) if known[1] in ("zero", "one", "article", "teen", "ten", "hundred", "thousand") else None
    found = _compound().fullmatch(word)
    if not word or found is None:
        return None
    thousands = found["tusen"]
    total = 0
    if thousands:
        total = 1000 * (_hundreds(thousands.removesuffix("tusen")) if thousands != "tusen" else 1)
    return total + (_hundreds(found["rest"]) if found["rest"] else 0)


def _hundreds(word: str) -> int:
    if "hundre" not in word:
        return _small(word)
    left, _, right = word.partition("hundre")
    return 100 * (_small(left) if left else 1) + (_small(right.removeprefix("og")) if right else 0)


def _small(word: str) -> int:
    known = _classes().get(word)
    if known is not None:
        return int(known[0])
    for ten in words_of("ten"):
        if word.startswith(ten) and word[len(ten) :] in _classes():
            return int(_classes()[ten][0] + _classes()[word[len(ten) :]][0])
        if word.endswith(f"og{ten}"):
            return int(_classes()[ten][0] + _classes()[word.removesuffix(f"og{ten}")][0])
    raise PolicyTextError(f"{word!r} is not a Norwegian number word below 100")


class _Tokens:
    """Lower-case words that follow each other with one space between, read lazily from one start."""

    def __init__(self, low: str, start: int) -> None:
        self.low = low
        self.spans: list[tuple[str, int]] = []
        self.next = start

    def word(self, index: int) -> str:
        while len(self.spans) <= index:
            found = _TOKEN.match(self.low, self.next) if len(self.spans) < _LIMIT else None
            if found is None or (self.spans and found.start(1) == self.next):
                return ""
            self.spans.append((found[1], found.end()))
            self.next = found.end()
            if (
                self.low[found.end() : found.end() + 1] in ("-", "_")
                or self.low[found.end() : found.end() + 1].isdigit()
            ):
                self.next = len(self.low)
        return self.spans[index][0]

    def end(self, index: int) -> int:
        return self.spans[index][1]

    def kind(self, index: int) -> str:
        return _classes().get(self.word(index), (0.0, ""))[1]


def _below_thousand(tokens: _Tokens, at: int) -> tuple[int, int] | None:
    word = tokens.word(at)
    value = decode(word) if word else None
    if value is None:
        return None
    kind, after = tokens.kind(at), tokens.word(at + 1)
    if value < 100 and value and after == "hundre":
        value, at = value * 100, at + 1
    elif 0 < value < 100:
        if kind == "ten":
            extra = decode(after) if after and tokens.kind(at + 1) == "one" else None
            return (value + extra, at + 2) if extra else (value, at + 1)
        tens = tokens.kind(at + 2) == "ten" if after == "og" and value < 10 else False
        return (value + (decode(tokens.word(at + 2)) or 0), at + 3) if tens else (value, at + 1)
    elif kind == "thousand" or (value % 100 or not value or value >= 1000):
        return value, at + 1
    skip = 1 if tokens.word(at + 1) == "og" else 0
    rest = decode(tokens.word(at + 1 + skip)) if tokens.word(at + 1 + skip) else None
    if rest and rest < 100 and tokens.word(at + 2 + skip) != "hundre" and (skip or tokens.kind(at + 1) != "article"):
        if skip and tokens.kind(at + 2) == "article" and tokens.word(at + 3) not in ("tusen", ""):
            return value, at + 1
        below = _below_thousand(tokens, at + 1 + skip)
        if below is not None and below[0] < 100:
            return value + below[0], below[1]
    return value, at + 1


def read_words(low: str, start: int) -> Words | None:
    """Read the longest number in words from a position in lower-case text.

    Returns
    -------
    Words or None
        None where no number word begins.

    Examples
    --------
    >>> read_words("to og en halv milliard kroner", 0)
    Words(value=2500000000.0, end=22, kind='number', magnitude=1000000000)
    >>> read_words("et hundre og tre skoler", 0).value
    103
    """
    tokens = _Tokens(low, start)
    if not tokens.word(0):
        return None
    kind = tokens.kind(0)
    if kind == "mixed":
        return _scaled(tokens, 0, _classes()[tokens.word(0)][0], "half")
    if kind in ("half", "quarter"):
        return _scaled(tokens, 0, _classes()[tokens.word(0)][0], "half")
    total: float = 0
    at, last = 0, float("inf")
    magnitude = 1.0
    while True:
        joint = at > 0 and tokens.word(at) == "og"
        group = _below_million(tokens, at + joint)
        if group is None or (joint and group[2] == "article" and tokens.kind(group[1]) != "magnitude"):
            break
        value, after, shape = group
        if shape == "half" and at:
            break
        if tokens.kind(after) == "magnitude" and tokens.word(after) != "tusener":
            size = _classes()[tokens.word(after)][0]
            if size >= last:
                break
            total, at, last, magnitude = total + value * size, after + 1, size, size
            continue
        if at and last > value:
            total, at = total + value, after
        elif not at:
            if shape != "number":
                return Words(value, tokens.end(after - 1), "half" if shape == "half" else "article")
            total, at = value, after
        break
    if not at:
        return None
    total, at = _decimals(tokens, total, at)
    return Words(total, tokens.end(at - 1), "number", magnitude)


def _decimals(tokens: _Tokens, whole: float, at: int) -> tuple[float, int]:
    """Read «komma to fem» after a whole number: the number with its decimals and the token after them."""
    if tokens.word(at) != "komma":
        return whole, at
    digits, end = "", at + 1
    while (word := tokens.word(end)) and (digit := decode(word)) is not None and digit < _TEN:
        digits, end = f"{digits}{digit}", end + 1
    return (float(f"{whole}.{digits}"), end) if digits else (whole, at)


def _scaled(tokens: _Tokens, at: int, value: float, kind: Literal["number", "half"]) -> Words:
    if tokens.kind(at + 1) == "magnitude" or tokens.word(at + 1) in ("hundre", "tusen"):
        size = _classes()[tokens.word(at + 1)][0]
        return Words(value * size, tokens.end(at + 1), "number", size)
    return Words(value, tokens.end(at), kind)


def _below_million(tokens: _Tokens, at: int) -> tuple[float, int, Literal["number", "article", "half"]] | None:
    """Read a number below a million, or a mixed number, from a token; also where it ends and its kind."""
    first = _below_thousand(tokens, at)
    if first is None:
        return None
    value, after = first
    article = tokens.kind(at) == "article" and after == at + 1
    if article and tokens.kind(after) in ("half", "quarter"):
        return _classes()[tokens.word(after)][0], after + 1, "half"
    if value == 3 and tokens.kind(after) == "quarter":
        return 0.75, after + 1, "half"
    if tokens.word(after) == "tusen" and 0 < value < 1000:
        return _tail(tokens, value * 1000, after + 1)
    if value >= 1000 and value % 1000 == 0:
        return _tail(tokens, value, after)
    mixed = _mixed(tokens, after)
    if mixed is not None:
        size = 1000 if tokens.word(mixed[1]) == "tusen" else 1
        return (value + mixed[0]) * size, mixed[1] + (size > 1), "number"
    return value, after, "article" if article else "number"


def _tail(tokens: _Tokens, value: int, after: int) -> tuple[float, int, Literal["number"]]:
    skip = 1 if tokens.word(after) == "og" else 0
    if tokens.kind(after + skip) == "article" and tokens.word(after + skip + 1) != "hundre":
        return value, after, "number"
    rest = _below_thousand(tokens, after + skip)
    if rest is not None and 0 < rest[0] < 1000 and tokens.word(rest[1]) != "tusen":
        return value + rest[0], rest[1], "number"
    return value, after, "number"


def _mixed(tokens: _Tokens, at: int) -> tuple[float, int] | None:
    """Read «og en halv», «og et kvart»: the fraction and the token after it."""
    if tokens.word(at) != "og":
        return None
    at += 1
    if tokens.kind(at) in ("article", "one") and decode(tokens.word(at)) == 1:
        at += 1
    if tokens.kind(at) in ("half", "quarter"):
        return _classes()[tokens.word(at)][0], at + 1
    return None
