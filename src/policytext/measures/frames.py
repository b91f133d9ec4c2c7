"""Where a segment promises: the heads of its clauses, found by the shape of the sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from policytext.measures.lexicon import IMP, INF, PART, PASS, PRES, load_verbs
from policytext.measures.words import Word

_INTRO_WILL = re.compile(
    r"(?:\b(?:vil|skal|må|bør|ønsker|ønskjer|foreslår|støtter|støttar|krever|krev|prioriterer|mener|meiner)"
    r"(?: (?:vi|me|jeg|eg|også|òg|derfor|difor|blant annet|mellom anna|partiet|å|at|følgende|følgjande))*"
    r"|\b(?:vil|skal|må|bør)(?: [\w-]+){1,3}(?: (?:blant annet|mellom anna|også|òg|å))?"
    r"|\b(?:går inn for|arbeide(?:r)? for|jobbe(?:r)? for|kjempe(?:r)? for|gjennom)(?: (?:å|at|følgende|følgjande))*"
    r"|\b(?:tiltak|løsninger|løysingar|punkt|hovedpunkter|hovedsaker|hovudsaker|prioriteringer|prioriteringar|krav|forslag|mål)\b[^:.]{0,50})"
    r"\s*[:…]?\s*(?:\.\.\.)?\s*$",
    re.IGNORECASE,
)
INTRO_TAIL = 90
_SEARCH = 9


class Head(NamedTuple):
    """The main verb of a clause that may hold a measure.

    `kind` names the frame, `verb` the verb's place among the words, `after` the first word of its object,
    `trigger` the place of the word that makes it a promise, `lemma` the verb, `subject` the class of who acts.
    """

    kind: str
    verb: int
    after: int
    trigger: int
    lemma: str
    subject: str
    negated: bool
    modal: str


def intro_mode(intro: str) -> str:
    """Return "will" where a list's introducing line promises, "other" where it does not, "" without one.

    Examples
    --------
    >>> intro_mode("Kystpartiet Nordlys vil:"), intro_mode("Slik er det i dag:"), intro_mode("")
    ('will', 'other', '')
    """
    if not intro:
        return ""
    return "will" if _INTRO_WILL.search(intro[-INTRO_TAIL:]) else "other"


_PARTICLES = frozenset(["ut", "opp", "ned", "inn", "fram", "frem", "bort", "tilbake", "av", "om"])


def _resolve(words: Sequence[Word], index: int, lemma: str) -> tuple[str, int]:
    """Return the lemma of the verb that begins at `index`, with its particles, and the place after it.

    Adverbs and pronouns may stand between («legge bedre til rette for»), one noun before a particle («melde Norge ut»).
    """
    size = len(words)
    for particles, verb in load_verbs().phrases.get(lemma, ()):
        first, length = particles[0], len(particles)
        for start in range(index + 1, min(index + 4, size)):
            if words[start].lower == first:
                if length == 1 or tuple(word.lower for word in words[start : start + length]) == particles:
                    return verb.lemma, start + length
                break
            if words[start].kind not in ("adv", "neg", "we", "it") and (start > index + 1 or first not in _PARTICLES):
                break
    return lemma, index + 1


def _subject(words: Sequence[Word], start: int, modal: int) -> str:
    after = words[modal + 1] if modal + 1 < len(words) else None
    if modal == start or (modal > start and words[start].kind in ("adv", "prep", "sub")):
        if after is not None and (after.kind in ("we", "public", "others", "it", "one") or after.capital):
            return after.kind if after.kind else "name"
        if modal == start:
            return "none"
    last = words[modal - 1]
    if last.kind in ("we", "one", "it", "public", "others"):
        return last.kind
    if last.lower == "som":
        return "rel"
    if last.capital and modal - start <= 3:
        return "name" if words[start].kind == "" or words[start].lower in ("de",) else "noun"
    for word in words[start:modal]:
        if word.kind in ("we", "public", "others"):
            return word.kind
    return "noun"


def _verb_after(words: Sequence[Word], index: int) -> int:
    """Return the place of the first infinitive or s-passive after a modal, or -1."""
    for place in range(index + 1, min(index + 1 + _SEARCH, len(words))):
        word = words[place]
        if word.kind in ("stop", "modal", "sub", "aa") and place > index + 1:
            return -1
        if word.reading & (INF | PASS) and not (word.bears and not word.reading & PASS and word.reading & PART):
            return place
        if not word.kind and not word.reading and len(word.lower) > 4 and place == index + 1 and word.lower[-1] in "es":
            return place
    return -1


def _initial(words: Sequence[Word], start: int, end: int, promised: bool) -> Head | None:
    """Return the head of a sentence that opens with an infinitive, an imperative or «at»."""
    place = start
    aa = False
    while place < min(start + 6, end):
        word = words[place]
        if word.kind == "at":
            return Head("at", place, place + 1, place, "", "none", False, "")
        if word.kind == "aa":
            aa = True
            place += 1
            continue
        if word.reading & INF and (promised or aa or not word.bears or place == start):
            lemma, after = _resolve(words, place, word.lemma)
            return Head(
                "aa_infinitive" if aa else "infinitive",
                place,
                after,
                start,
                lemma,
                "none",
                any(w.kind == "neg" for w in words[start:place]),
                "",
            )
        if place == start and word.reading & IMP and not word.bears:
            lemma, after = _resolve(words, place, word.lemma)
            return Head("imperative", place, after, start, lemma, "none", False, "")
        if (
            not word.kind
            and not word.reading
            and (promised or aa)
            and len(word.lower) > 3
            and word.lower[-1] in "ea"
            and place <= start + 1
            and not word.bears
        ):
            return Head("aa_infinitive" if aa else "infinitive", place, place + 1, start, word.lower, "none", False, "")
        if word.kind in ("adv", "neg", "comma", "quote") or (word.kind == "prep" and place == start):
            place += 1
            continue
        break
    return None


def _nei_til(words: Sequence[Word], place: int) -> bool:
    return words[place].lower in ("nei", "ja") and place + 1 < len(words) and words[place + 1].lower == "til"


def find_heads(words: Sequence[Word], *, promised: bool) -> list[Head]:
    """Return the heads of a segment in reading order.

    Parameters
    ----------
    words : sequence of Word
        The segment, cut.
    promised : bool
        Whether the introducing line promises («vil:»), so that bare infinitives count.

    Examples
    --------
    >>> from policytext.measures.words import cut
    >>> [(head.kind, head.lemma) for head in find_heads(cut("Vi vil styrke ferja og byggje ut fiber."), promised=False)]
    [('modal', 'styrke'), ('coord_infinitive', 'bygge ut')]
    """
    heads: list[Head] = []
    size = len(words)
    start = 0
    clause = 0
    head: Head | None = None
    place = 0
    opened = True
    taken = -1
    while place < size:
        word = words[place]
        if opened:
            head = None
            opened = False
            start = clause = place
            end = min(size, place + 12)
            first = _initial(words, place, end, promised)
            if first is not None:
                heads.append(first)
                head = first
                taken = max(taken, first.after - 1)
        kind = word.kind
        if place <= taken and kind not in ("stop",):
            place += 1
            continue
        if kind == "stop":
            if word.lower != ":" or place + 2 < size:
                opened = word.lower != ";" or True
        elif kind == "comma" or word.lower in ("og", "men", "at", "samt", "eller"):
            clause = place + 1
        if kind == "modal":
            verb = _verb_after(words, place)
            subject = _subject(words, clause if clause <= place else start, place)
            negated = any(w.kind == "neg" for w in words[place + 1 : (verb if verb > 0 else place + 3)])
            if verb > 0:
                lemma, after = _resolve(words, verb, words[verb].lemma or words[verb].lower)
                passive = bool(words[verb].reading & PASS)
                if (
                    lemma in ("bli", "være", "få")
                    and after < size
                    and words[after].reading & PART
                    and not words[after].bears
                ):
                    lemma, after, passive = words[after].lemma, after + 1, True
                found = Head(
                    "modal_passive" if passive else "modal", verb, after, place, lemma, subject, negated, word.lower
                )
                taken = after - 1
            else:
                found = Head("modal_bare", place, place + 1, place, "", subject, negated, word.lower)
            heads.append(found)
            head = found
        elif kind == "wish" and word.reading & PRES | (word.lower in ("går", "foreslår")):
            lemma, after = _resolve(words, place, word.lemma)
            subject = _subject(words, clause if clause <= place else start, place)
            heads.append(
                Head("wish", place, after, place, lemma, subject, after < size and words[after].kind == "neg", "")
            )
            head = heads[-1]
            taken = after - 1
        elif _nei_til(words, place):
            heads.append(
                Head(
                    "nei_til" if word.lower == "nei" else "ja_til",
                    place,
                    place + 2,
                    place,
                    "si nei til",
                    "none",
                    word.lower == "nei",
                    "",
                )
            )
            head = heads[-1]
            taken = place + 1
        elif (head is not None and kind == "") or word.reading:
            before = place - 1
            while before > start and words[before].kind in ("adv", "neg"):
                before -= 1
            linked = before > start and words[before].lower in ("og", "samt", ",", "eller", "men")
            if linked and head is not None:
                if word.reading & PASS and "passive" in head.kind:
                    heads.append(
                        Head("coord_passive", place, place + 1, place, word.lemma, head.subject, False, head.modal)
                    )
                elif word.reading & INF and not (word.bears and word.bears == word.lower):
                    lemma, after = _resolve(words, place, word.lemma)
                    heads.append(
                        Head(
                            "coord_infinitive",
                            place,
                            after,
                            place,
                            lemma,
                            head.subject,
                            words[place - 1].kind == "neg",
                            head.modal,
                        )
                    )
                    taken = after - 1
                elif word.reading & PRES and head.kind in ("at", "wish", "coord_present"):
                    lemma, after = _resolve(words, place, word.lemma)
                    heads.append(Head("coord_present", place, after, place, lemma, head.subject, False, ""))
                    taken = after - 1
                elif word.bears:
                    heads.append(Head("coord_nominal", place, place + 1, place, "", head.subject, False, ""))
        elif (
            kind == "aa"
            and head is not None
            and place > start
            and words[place - 1].lower in ("og", "samt", ",", "til", "for", "mot", "om")
        ):
            linked = words[place - 1].lower in ("og", "samt", ",") or (
                place > 1 and words[place - 2].lower in ("og", "samt")
            )
            if linked and place + 1 < size and words[place + 1].reading & INF:
                lemma, after = _resolve(words, place + 1, words[place + 1].lemma)
                heads.append(Head("coord_aa", place + 1, after, place, lemma, head.subject, False, head.modal))
                taken = after - 1
        elif kind == "at" and head is not None and place > start and words[place - 1].lower in ("og", "samt", ","):
            heads.append(Head("coord_at", place, place + 1, place, "", "none", False, ""))
        place += 1
    return heads
