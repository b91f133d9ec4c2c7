"""Verbs and direction words as data: what a word form can be, and what a verb does to its object."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import cast

from policytext.errors import RuleError
from policytext.measures.word_lists import word_list
from policytext.records import DIRECTIONS, STRENGTHS, Direction, Strength
from policytext.rules import load_lexicon

INF, PRES, PASS, PART, IMP = 1, 2, 4, 8, 16
"""Readings of a verb form: infinitive, present, s-passive, participle or past, imperative."""

_VOWELS = "aeiouyæøå"
VERB_COLUMNS = ("lemma", "nn", "forms", "direction", "strength", "through")


@dataclass(frozen=True, slots=True)
class Verb:
    """One row of the lexicon.

    `through` is true where the direction comes from what follows: «utrede innføring av …», «sørge for flere …».
    """

    lemma: str
    direction: Direction
    strength: Strength
    through: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The verbs by form, and the verbs of several words by their first lemma.

    `forms` gives a form's lemma, its readings, and how often in a hundred the form is a verb at all in running text.

    Examples
    --------
    >>> lexicon = load_verbs()
    >>> lexicon.forms["utvidast"]
    ('utvide', 4, 100)
    >>> lexicon.verbs["avvikle"].direction
    'abolish'
    """

    verbs: Mapping[str, Verb]
    forms: Mapping[str, tuple[str, int, int]]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], Verb], ...]]
    others: frozenset[str]


def inflect(lemma: str) -> dict[str, int]:
    """Return the regular forms of an infinitive in either written form, with their readings.

    Generous on purpose: a form that nobody writes does no harm.

    Examples
    --------
    >>> sorted(inflect("auke"))[:6]
    ['auka', 'aukar', 'aukast', 'aukd', 'aukde', 'auke']
    """
    found: dict[str, int] = {}

    def add(form: str, reading: int) -> None:
        found[form] = found.get(form, 0) | reading

    add(lemma, INF)
    if not lemma.endswith(("e", "a")) or (len(lemma) < 4 and lemma[0] not in _VOWELS):  # «gje», but «yte»
        add(lemma + "r", PRES)
        add(lemma + "s", PASS)
        add(lemma + "ast", PASS)
        add(lemma + "dd", PART)
        add(lemma + "tt", PART)
        return found
    stem = lemma[:-1]
    short = stem[:-1] if len(stem) > 2 and stem[-1] == stem[-2] else stem
    hard = stem.removesuffix("j")
    add(stem + "e", INF)
    if lemma.endswith("ere"):
        add(stem + "a", INF)
    else:
        add(stem + "a", INF | PART)
        add(stem + "ar", PRES)
    add(stem + "er", PRES)
    add(stem + "es", PASS)
    add(stem + "ast", PASS)
    for base in {stem, short, hard}:
        for ending in ("t", "te", "d", "de", "et", "ete"):
            add(base + ending, PART)
    if len(stem) > 3:
        add(hard, IMP)
        add(stem + "ande", PART)
    return found


def _verb(row: dict[str, str], number: int) -> Verb:
    if row["direction"] not in DIRECTIONS or row["strength"] not in STRENGTHS or row["through"] not in ("yes", "no"):
        raise RuleError(
            f"verbs.csv, row {number} ({row['lemma']}): direction, strength or through is not allowed; "
            f"allowed: {', '.join(DIRECTIONS)}; {', '.join(STRENGTHS)}; yes, no"
        )
    return Verb(
        row["lemma"], cast("Direction", row["direction"]), cast("Strength", row["strength"]), row["through"] == "yes"
    )


_WITH_J = ("ge", "ke")
_READINGS = {"infinitive": INF, "present": PRES, "passive": PASS, "participle": PART, "imperative": IMP}


def _own_forms(rows: Iterable[dict[str, str]]) -> dict[str, tuple[str, int]]:
    """Return the forms of the lexicon's own verbs; where two verbs share a form the infinitive's verb has it."""
    ranked: list[tuple[int, str, str, int]] = []
    for row in rows:
        lemma = row["lemma"].split()[0]
        listed = row["forms"].split()
        for form in listed:
            reading = (
                PASS
                if form.endswith(("s", "ast")) and not form.endswith("ss")
                else PRES
                if form.endswith("r")
                else PART
            )
            ranked.append((0, form, lemma, reading))
        single = " " not in row["lemma"]
        variants = [form.split()[0] for form in row["nn"].split("|") if form and (" " in form) is not single]
        if lemma.endswith(_WITH_J):
            variants.append(f"{lemma[:-1]}je")  # «stengje», «styrkje»
        apart = [form.split()[0] for form in row["nn"].split("|") if single and " " in form]
        for rank, (variant, own) in enumerate(
            [(lemma, lemma), *((v, lemma) for v in variants), *((v, v) for v in apart)]
        ):
            order = rank + (0 if single else 4)
            ranked.extend(
                (1 + order if reading & INF else 3 + order, form, own, reading)
                for form, reading in inflect(variant).items()
            )
    forms: dict[str, tuple[str, int]] = {}
    for _, form, lemma, reading in sorted(ranked):
        if form not in forms:
            forms[form] = (lemma, reading)
        elif forms[form][0] == lemma:
            forms[form] = (lemma, forms[form][1] | reading)
    return forms


@cache
def load_verbs() -> Lexicon:
    """Load ``verbs.csv`` (what verbs do), ``verb_forms.csv`` and ``not_verbs.csv`` (what forms are in running text).

    Raises
    ------
    RuleError
        If a row's direction, strength or `through` is not allowed; the message names the row.
    """
    rows = load_lexicon("verbs", VERB_COLUMNS)
    verbs = {row["lemma"]: _verb(row, number) for number, row in enumerate(rows, start=2)}
    own = _own_forms(rows)
    others = frozenset(word for row in load_lexicon("not_verbs", ("words",)) for word in row["words"].split())
    forms = {form: (lemma, reading, 0 if form in others else 100) for form, (lemma, reading) in own.items()}
    for row in load_lexicon("verb_forms", ("form", "lemma", "readings", "share")):
        form, share = row["form"], int(row["share"])
        if form in own:
            lemma, reading = own[form]
            if reading == PART:  # an irregular form: running text knows better which
                reading |= sum(_READINGS[name] for name in row["readings"].split("|")) & ~PART
            forms[form] = (lemma, reading, share)
        else:
            reading = sum(_READINGS[name] for name in row["readings"].split("|"))
            lemma = own.get(row["lemma"], (row["lemma"], 0))[0]
            lemma = load_verb_variants().get(lemma, lemma)
            forms[form] = (lemma, reading, share)
    for form in word_list("strong_present"):
        if form in forms:
            lemma, reading, share = forms[form]
            forms[form] = (lemma, reading | PRES, share)
    phrases: dict[str, list[tuple[tuple[str, ...], Verb]]] = {}
    for row in rows:
        for phrase in sorted({row["lemma"], *row["nn"].split("|")}):
            if " " in phrase:
                head, *rest = phrase.split()
                phrases.setdefault(own[head][0], []).append((tuple(rest), verbs[row["lemma"]]))
    longest_first = {
        lemma: tuple(sorted(set(found), key=lambda item: (-len(item[0]), item[0], item[1].lemma)))
        for lemma, found in phrases.items()
    }
    return Lexicon(verbs, forms, longest_first, others)


@cache
def load_verb_variants() -> Mapping[str, str]:
    """Load ``data/lexicons/verb_variants.csv``: Nynorsk infinitives and the lemma of the same verb in Bokmål.

    Examples
    --------
    >>> load_verb_variants()["handsame"]
    'behandle'
    """
    return {row["variant"]: row["lemma"] for row in load_lexicon("verb_variants", ("variant", "lemma"))}


@cache
def load_direction_words() -> Mapping[str, Direction]:
    """Load ``data/lexicons/direction_words.csv``: adjectives and nouns that carry a direction of their own.

    Examples
    --------
    >>> load_direction_words()["færre"]
    'decrease'
    """
    found: dict[str, Direction] = {}
    for number, row in enumerate(load_lexicon("direction_words", ("direction", "words")), start=2):
        if row["direction"] not in DIRECTIONS:
            raise RuleError(
                f"direction_words.csv, row {number}: {row['direction']!r}; allowed: {', '.join(DIRECTIONS)}"
            )
        for word in row["words"].split():
            found.setdefault(word, cast("Direction", row["direction"]))
    return found
