"""Which clause stands open while the words are passed: the main one, or one under «som», «at» or «når»."""

from __future__ import annotations

from collections.abc import Sequence

from policytext.measures.lexicon import INF, PRES
from policytext.measures.word_lists import word_list
from policytext.measures.words import Word

_THAT_LINKS = frozenset(word_list("that_link"))
_FINITE_AUXILIARIES = frozenset(word_list("finite_auxiliary"))
_UNDER = ("rel", "sub")


def finite(word: Word) -> bool:
    """Return whether a word is a finite verb wherever it stands.

    Examples
    --------
    >>> from policytext.measures.words import cut
    >>> [finite(word) for word in cut("ferja går mot kai og må")]
    [False, True, False, False, False, True]
    """
    if word.kind == "modal" or word.lower in _FINITE_AUXILIARIES:
        return True
    return bool(word.reading & PRES) and not word.reading & INF and word.share >= 60


def opens_condition(words: Sequence[Word], start: int) -> bool:
    """Return whether a modal that opens a sentence sets a condition: «Skal vi nå målene, må vi …».

    Examples
    --------
    >>> from policytext.measures.words import cut
    >>> opens_condition(cut("Skal vi nå målene, må vi handle"), 0), opens_condition(cut("Skal vi nå målene?"), 0)
    (True, False)
    """
    for place in range(start + 2, len(words) - 1):
        if words[place].kind == "stop":
            return False
        if words[place].lower == "," and finite(words[place + 1]):
            return True
    return False


class Clauses:
    """The open clause: its `kind` (main, at, rel, sub), where its sentence starts and where it begins.

    `governor` is the word that an open «at» hangs on.
    """

    def __init__(self, words: Sequence[Word]) -> None:
        self._words = words
        self.start = 0
        self.begin = 0
        self.kind = "main"
        self.governor = ""
        self._outer = "main"
        self._verbs = False
        self._resumed = 0

    def opening(self, place: int) -> int:
        """Return where the clause of the word at `place` begins."""
        return self.begin if self.begin <= place else self.start

    def open(self, start: int) -> None:
        """Begin a sentence."""
        self.start = self.begin = start
        self.kind = self._outer = "main"
        self.governor = ""

    def comma(self, place: int, *, led: bool) -> None:
        """Pass a comma: it ends a clause under «som», and one under «at» before the main verb (not `led`)."""
        self.begin = place + 1
        if self.kind in _UNDER:
            self.kind = self._outer
        elif self.kind == "at" and not led and place + 1 < len(self._words) and finite(self._words[place + 1]):
            self.kind = self._outer  # «I takt med at folk flytter, må vi …»

    def coordinator(self, place: int) -> None:
        """Pass «og»: before a subject or a modal a main clause begins."""
        self.begin = place + 1
        following = self._words[place + 1] if place + 1 < len(self._words) else None
        if following is not None and following.kind in ("we", "party", "modal", "it") and self.kind != "at":
            self.kind = "main"

    def subordinator(self, place: int) -> None:
        """Pass «som», «når», «hvis»: a clause begins under the open one."""
        if self.kind not in _UNDER:
            self._outer = self.kind
            self._resumed = self.begin
        self.kind = "rel" if self._words[place].lower == "som" else "sub"
        self._verbs = False
        self.begin = place + 1

    def verb(self, place: int) -> None:
        """Pass a word: a second finite verb ends a clause under «som» («kaier som er stengt må åpnes»)."""
        if self.kind not in _UNDER or not finite(self._words[place]):
            return
        if not self._verbs:
            self._verbs = True
        elif self.kind == "rel" and self._words[place - 1].kind not in ("coord", "comma"):
            self.kind = self._outer
            self.begin = self._resumed

    def that(self, place: int) -> bool:
        """Pass «at»; return whether it is joined to what stands before it."""
        before = self._words[place - 1] if place > self.start else None
        again = before is not None and before.lower in _THAT_LINKS
        if not (again and self.kind == "at"):
            self.governor = self._governor(place)
        if self.kind == "main":
            self._outer = "main"
        self.kind = "at"
        self.begin = place + 1
        return again

    def _governor(self, place: int) -> str:
        if place == self.start:
            return "^"
        before = self._words[place - 1]
        if before.kind == "modal":
            return f"modal {before.lower}"
        if before.kind in ("we", "party", "adv", "neg") and place - 2 >= self.start:
            before = self._words[place - 2]
        return before.lemma or before.lower
