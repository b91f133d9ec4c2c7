"""The catalogue of Norwegian parties: names in both written forms, abbreviations and colours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from policytext.rules import load_lexicon

_COLUMNS = ("party", "name_nb", "name_nn", "aliases", "ordinary", "colour")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Party:
    """A party: the label that tables use, its names, other names and its colour (``#rrggbb``).

    `ordinary` holds those of its names that are ordinary words too: they are names only with a capital.
    """

    party: str
    name_nb: str
    name_nn: str
    aliases: tuple[str, ...]
    ordinary: tuple[str, ...]
    colour: str

    @property
    def names(self) -> tuple[str, ...]:
        """All that the party is called, the label first."""
        return tuple(dict.fromkeys((self.party, self.name_nb, self.name_nn, *self.aliases)))


@cache
def parties() -> tuple[Party, ...]:
    """Return the catalogue (``data/lexicons/parties.csv``)."""
    return tuple(
        Party(
            row["party"],
            row["name_nb"],
            row["name_nn"],
            tuple(filter(None, row["aliases"].split("|"))),
            tuple(filter(None, row["ordinary"].split("|"))),
            row["colour"],
        )
        for row in load_lexicon("parties", _COLUMNS)
    )


@cache
def _by_name() -> dict[str, Party]:
    index: dict[str, Party] = {}
    for party in parties():
        for name in party.names:
            index.setdefault(_fold(name), party)
    return index


def _fold(text: str) -> str:
    return " ".join(_WORD.findall(text)).casefold()


def find_party(name: str) -> Party | None:
    """Return the party of a name, label or alias, in any case.

    Examples
    --------
    >>> find_party("miljøpartiet dei grøne").party
    'MDG'
    >>> find_party("Bygdelista Havørn") is None
    True
    """
    return _by_name().get(_fold(name))


def guess_party(text: str, *, short: bool = True) -> Party | None:
    """Return the one party that a file name or title names, or None when it names none or several.

    Names count in any case. Those that are ordinary words («rødt») need a capital, unless all else is numbers and
    words such as «valgprogram»; in a text of more than three words an abbreviation of one letter does not count and
    one of two letters only as printed («Sp»).

    Parameters
    ----------
    text : str
        A file's name without ending, a title, an author.
    short : bool, default True
        Whether abbreviations of one or two letters count at all: initials in an author's name are none.

    Examples
    --------
    >>> guess_party("2025_SP-program").party
    'Sp'
    >>> guess_party("plan a for v i h") is None
    True
    """
    words = _WORD.findall(text)
    telling = sum(1 for word in words if not word.isdigit() and word.casefold() not in _programme_words())
    found: list[Party] = []
    taken = [False] * len(words)
    for length in range(min(5, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            if any(taken[start : start + length]):
                continue
            run = words[start : start + length]
            party = _by_name().get(" ".join(run).casefold())
            if party is None or not _counts(run, party, len(words), telling) or (not short and len(" ".join(run)) < 3):
                continue
            taken[start : start + length] = [True] * length
            if party not in found:
                found.append(party)
    return found[0] if len(found) == 1 else None


@cache
def _programme_words() -> frozenset[str]:
    return frozenset(row["word"] for row in load_lexicon("programme_words", ("word",)))


def _counts(run: list[str], party: Party, words: int, telling: int) -> bool:
    text = " ".join(run)
    if len(text) == 1:
        return text.isupper() and (words <= 3 or telling <= 1)
    if text.casefold() in party.ordinary:
        return text[0].isupper() or telling <= len(run)
    return len(text) > 2 or text in party.names or text.isupper() or words <= 3
