"""How a word inflects, by the Bokmål dictionary: what tells the tagger about words that its training text lacks.

The dictionary lists each lemma's forms. A form's cells say which endings its lemma takes and which of them the form
has, so that «bilen» is known to be the «-en» of a noun with «-en, -ene, -er». A compound has the cells of its last
part, a Nynorsk form those of the Bokmål form whose ending corresponds (`inflection_endings.csv`), marked as such.
"""

from __future__ import annotations

from functools import cache, lru_cache

from policytext.language.lexicon import paradigms
from policytext.rules import load_lexicon

_SHORTEST_PART = 3
_SHORTEST_GENITIVE = 4
_UNKNOWN = ("?", "?")
Cells = frozenset[tuple[str, str, str]]  # part of speech, this form's ending, all endings of the lemma


def inflection(word: str) -> tuple[str, str]:
    """Return two strings that stand for how a word inflects: coarse and fine.

    Parameters
    ----------
    word : str
        A word in lower case.

    Returns
    -------
    tuple of str
        The first letters of the possible parts of speech, each with the word's ending; and the same with all endings
        of the lemma. Compounds are marked with ``~``. Two question marks where nothing is found.

    Examples
    --------
    >>> inflection("bilen")
    ('nen', 'nen#e|a,e,en,ene,er+nen#|,a,en,ene,er')
    >>> inflection("kommunebilane")[0]
    '~anenene'
    >>> inflection("xyz")
    ('?', '?')
    """
    last = word if word.isalpha() else word.rpartition("-")[2]
    found = _find(last)
    if found is None and last.endswith("s") and len(last) > _SHORTEST_GENITIVE:
        found = _find(last[:-1])
        return (f"s{found[0]}", f"s{found[1]}") if found else _UNKNOWN
    return found or _UNKNOWN


def _find(word: str) -> tuple[str, str] | None:
    cells = _cells()
    for start in range(max(1, len(word) - _SHORTEST_PART + 1)):
        if start == 1:
            continue
        part, mark = word[start:], "~" if start else ""
        if found := cells.get(part):
            return _described(found, mark)
        for nynorsk, bokmaal in _endings():
            if part.endswith(nynorsk) and (found := cells.get(part[: -len(nynorsk)] + bokmaal)):
                return _described(found, mark + nynorsk)
    return None


@lru_cache(maxsize=1)
def _endings() -> tuple[tuple[str, str], ...]:
    rows = load_lexicon("inflection_endings", ("nynorsk", "bokmaal"))
    return tuple((row["nynorsk"], row["bokmaal"]) for row in rows)


@lru_cache(maxsize=1)
def _cells() -> dict[str, Cells]:
    found: dict[str, Cells] = {}
    for pos, stem, endings in paradigms():
        for ending, cell in _paradigm(pos, endings):
            form = stem + ending
            found[form] = _joined(found[form], cell) if form in found else cell
    return found


@cache
def _paradigm(pos: str, endings: str) -> tuple[tuple[str, Cells], ...]:
    each = endings.rpartition("|")[2].split(",")
    return tuple((ending, frozenset({(pos[0], ending, endings)})) for ending in each)


@cache
def _joined(one: Cells, other: Cells) -> Cells:
    return one | other


@cache
def _described(cells: Cells, mark: str) -> tuple[str, str]:
    coarse = "+".join(sorted({pos + ending for pos, ending, _ in cells}))
    fine = "+".join(sorted(f"{pos}{ending}#{endings}" for pos, ending, endings in cells))
    return mark + coarse, mark + fine
