"""Cutting a segment into words, and what is known about each word form: its class, its reading as a verb."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from policytext.measures.lexicon import INF, PASS, Lexicon, load_direction_words, load_verbs
from policytext.measures.nouns import noun_class
from policytext.measures.word_lists import word_list
from policytext.rules import load_lexicon

_TOKEN = re.compile(r"[^\W_]+(?:[-'’/][^\W_]+)*|[.,:;!?()«»\"“”§%–—-]")
_PARTY_COLUMNS = ("party", "name_nb", "name_nn", "aliases", "ordinary", "colour")
_PARTY_SHAPE = re.compile(
    r"(?:\w{2,}(?:partiet|alliansen|lista|folket|demokratene|demokratane)|partiet|folkeparti|venstreparti|grønne)$"
)
_KNOWN_LIMIT = 400_000
_ABBREVIATED = 4


@dataclass(slots=True, eq=False)  # not frozen: tens of thousands are made, and a frozen one takes four times as long
class Word:
    """What a word form can be; shared by all its occurrences, so never changed, and equal only to itself.

    `kind` is a function class or "", `lemma` and `reading` those of the verb lexicon ("" and 0 when it is no verb
    there), `share` how often in a hundred the form is a verb, `bears` the direction that the word carries of itself,
    `other` whether it is known to be no verb, `group` the class of a
    noun that can or cannot be checked, `plain` the lower-case form, or "" for a mark.
    """

    lower: str
    kind: str
    lemma: str
    reading: int
    share: int
    bears: str
    capital: bool
    other: bool
    group: str
    digit: bool
    plain: str


class _Known(dict[str, Word]):
    """Words by form, described when first met and kept while there is room."""

    def __missing__(self, form: str) -> Word:
        word = _described(form)
        if len(self) < _KNOWN_LIMIT:
            self[form] = word
        return word


@dataclass(frozen=True, slots=True)
class _Tables:
    kinds: dict[str, str]
    names: frozenset[str]
    known: _Known


@cache
def _tables() -> _Tables:
    kinds: dict[str, str] = {}
    for row in load_lexicon("function_words", ("class", "words")):
        for word in row["words"].split():
            kinds.setdefault(word, row["class"])
    names = set()
    for row in load_lexicon("parties", _PARTY_COLUMNS):
        for name in (row["party"], row["name_nb"], row["name_nn"], *row["aliases"].split("|")):
            if name and " " not in name and len(name) > 1:
                names.add(name)
    return _Tables(kinds, frozenset(names), _Known())


def _kind(form: str, lower: str, tables: _Tables) -> str:
    if form in tables.names or lower == "partiet" or (form[0].isupper() and _PARTY_SHAPE.match(lower)):
        return "party"
    return tables.kinds.get(lower, "")


def _compound(lower: str, lexicon: Lexicon) -> tuple[str, int, int]:
    """Return lemma, reading and share of a verb made from another («konkurranseutsette»), or of one in -isere."""
    if lower[-1] not in "east" or len(lower) < 7 or lower in lexicon.others:
        return "", 0, 0
    for at in range(3, len(lower) - 4):
        known = lexicon.forms.get(lower[at:])
        if known is not None and known[1] & (INF | PASS) and known[2] >= 85:
            return (lower if known[1] & INF else known[0]), known[1] & (INF | PASS), 80
    if lower.endswith(("isere", "isera", "iseres", "iserast")):
        return lower[: lower.rindex("iser")] + "isere", PASS if lower.endswith(("s", "ast")) else INF, 80
    return "", 0, 0


_NO_VERBS = (*word_list("reach"), *word_list("no_verb"))
_NEVER_VERBS = frozenset(("prep", "one", "it", "we", "det", "neg", "coord", "sub", "at", "aa"))
_NOUN_ENDINGS = word_list("verbal_noun_ending")


def _derived(lower: str) -> str:
    """Return the direction of a noun made from a verb of the lexicon («utfasing», «opprettelse»), or ""."""
    tail = lower[-6:]
    if "ing" not in tail and "els" not in tail:
        return ""
    verbs, forms = load_verbs().verbs, load_verbs().forms
    for ending in _NOUN_ENDINGS:
        if lower.endswith(ending):
            verb = verbs.get(forms.get(lower.removesuffix(ending) + "e", ("", 0, 0))[0])
            return verb.direction if verb is not None and not verb.through else ""
    return ""


@cache
def _tails() -> tuple[tuple[str, str], ...]:
    words = load_direction_words()
    return tuple((tail, words.get(tail, "") or _derived(tail)) for tail in word_list("bearing_tail"))


def _borne(lower: str) -> str:
    """Return the direction of a compound by its last part («arealreduksjon», «importforbud»), or ""."""
    if not lower.endswith(word_list("bearing_tail")):
        return ""
    return next((bears for tail, bears in _tails() if lower.endswith(tail) and len(lower) > len(tail) + 2), "")


def describe(form: str) -> Word:
    """Return what is known about a word form; equal forms share one record.

    Examples
    --------
    >>> describe("styrkast").lemma
    'styrke'
    >>> describe("ikkje").kind
    'neg'
    >>> describe("Kystpartiet").kind
    'party'
    """
    return _tables().known[form]


def _described(form: str) -> Word:
    lexicon = load_verbs()
    lower = form.lower()
    lemma, reading, share = lexicon.forms.get(lower) or _compound(lower, lexicon)
    bears = load_direction_words().get(lower, "") or _derived(lower) or _borne(lower)
    kind = _kind(form, lower, _tables())
    if kind in _NEVER_VERBS or lower in _NO_VERBS:
        lemma, reading, share = "", 0, 0
    return Word(
        lower,
        kind,
        lemma,
        reading,
        share,
        bears,
        form[0].isupper(),
        lower in lexicon.others,
        noun_class(lower),
        lower[0].isdigit(),
        "" if kind in ("stop", "comma", "quote") else lower,
    )


def cut(text: str) -> list[Word]:
    """Cut a text into words and marks.

    Examples
    --------
    >>> [word.lower for word in cut("Gjer SFO gratis, no!")]
    ['gjer', 'sfo', 'gratis', ',', 'no', '!']
    >>> [word.kind for word in cut("Bl.a. kai. Og ferje.")]
    ['', '', '', '', '', 'stop', 'coord', '', 'stop']
    """
    words = list(map(_tables().known.__getitem__, _TOKEN.findall(text)))
    if text.find(".", 0, -1) >= 0:
        for place in [place for place, word in enumerate(words[:-1]) if word.lower == "."]:
            following = words[place + 1]
            small = following.lower[0].islower() and not following.capital
            if small and len(words[place - 1].lower) <= _ABBREVIATED:
                words[place] = _point()  # of «bl.a.», «f.eks.»: no sentence ends here
    return words


@cache
def _point() -> Word:
    return replace(_described("."), lower="·", kind="", plain="")


_LONG_NAME = 6
"""Letters from which on one word of a party's name stands for the whole."""


def name_party(words: list[Word], party: str) -> list[Word]:
    """Return the words with those of a party's own name marked as a party, the name as a whole or a long part of it.

    Examples
    --------
    >>> [word.kind for word in name_party(cut("Nordlys vil bygge"), "Kystpartiet Nordlys")]
    ['party', 'modal', '']
    """
    name = party.lower().split()
    places = [place for place, word in enumerate(words) if word.capital and word.lower in name]
    if not places:
        return words
    marked = list(words)
    for place in places:
        lower = words[place].lower
        whole = [other.lower for other in words[place : place + len(name)]] == name
        for step in range(len(name)) if whole else range(int(len(lower) >= _LONG_NAME)):
            marked[place + step] = replace(words[place + step], kind="party")
    return marked


def spans(text: str) -> list[tuple[int, int]]:
    """Return where the words and marks of :func:`cut` lie in the text."""
    return [match.span() for match in _TOKEN.finditer(text)]
