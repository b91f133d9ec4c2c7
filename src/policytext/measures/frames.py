"""Where a segment promises: the heads of its clauses, found by the shape of the sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

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
_INTRO_TAIL = 90
_SEARCH = 9
_PARTICLES = frozenset(["ut", "opp", "ned", "inn", "fram", "frem", "bort", "tilbake", "av", "om"])
_CHAINS = frozenset(["kunne", "måtte", "få", "skulle"])
_BEFORE_AA = frozenset(["og", "samt", ",", "eller", "men"])
_DEMANDS = frozenset(
    [
        "viktig",
        "nødvendig",
        "avgjørende",
        "avgjerande",
        "naudsynt",
        "er",
        "mål",
        "tide",
        "til",
        "for",
        "vesentlig",
        "vesentleg",
        "sentralt",
        "essensielt",
        "ønskelig",
        "ønskjeleg",
        "behov",
        "trengs",
        "riktig",
        "rett",
        "oppgave",
    ]
)
_ANSWERS = frozenset(["nei", "ja"])
_LINKS = frozenset(["og", "samt", ",", "eller", "men"])


@dataclass(frozen=True, slots=True)
class Head:
    """The main verb of a clause that may hold a measure.

    `kind` names the frame, `verb` the verb's place among the words, `after` the first word of its object, `trigger`
    the place of the word that makes it a promise, `lemma` the verb, `subject` the class of who acts, `modal` the modal
    verb, `clause` whether it stands in the main clause or under «som», «at», «når», and `governor` what «at» hangs on.
    """

    kind: str
    verb: int
    after: int
    trigger: int
    lemma: str
    subject: str
    negated: bool
    modal: str
    clause: str
    governor: str


def intro_mode(intro: str) -> str:
    """Return "will" where a list's introducing line promises, "other" where it does not, "" without one.

    Examples
    --------
    >>> intro_mode("Kystpartiet Nordlys vil:"), intro_mode("Slik er det i dag:"), intro_mode("")
    ('will', 'other', '')
    """
    if not intro:
        return ""
    return "will" if _INTRO_WILL.search(intro[-_INTRO_TAIL:]) else "other"


def resolve(words: Sequence[Word], index: int, lemma: str) -> tuple[str, int]:
    """Return the lemma of the verb that begins at `index`, with its particles, and the place after it.

    Adverbs and pronouns may stand between («legge bedre til rette for»), one noun before a particle («melde Norge ut»).
    """
    phrases = load_verbs().phrases.get(lemma)
    if phrases is None:
        return lemma, index + 1
    size = len(words)
    for particles, verb in phrases:
        first, length = particles[0], len(particles)
        for start in range(index + 1, min(index + 4, size)):
            if words[start].lower == first:
                if length == 1 or tuple(word.lower for word in words[start : start + length]) == particles:
                    return verb.lemma, start + length
                break
            if words[start].kind not in ("adv", "neg", "we", "it") and (start > index + 1 or first not in _PARTICLES):
                break
    return lemma, index + 1


def _subject(words: Sequence[Word], start: int, finite: int) -> str:
    after = words[finite + 1] if finite + 1 < len(words) else None
    if finite == start or words[start].kind in ("adv", "prep", "sub", "aa", "coord", "it"):
        if after is not None and after.kind in ("we", "party", "public", "others", "it", "one"):
            return after.kind
        if finite == start:
            return "none"
    last = words[finite - 1]
    if last.lower == "et" and finite - 2 >= start and words[finite - 2].lower.endswith("par"):
        return "party"  # «-partiet» whose ligature a PDF has lost
    if last.kind in ("we", "party", "one", "it", "public", "others"):
        return last.kind
    if last.lower == "som":
        return "rel"
    for word in words[start:finite]:
        if word.kind in ("we", "party", "public", "others"):
            return word.kind
    if words[start].capital and finite - start <= 3 and all(not word.kind for word in words[start:finite]):
        return "name"
    return "noun"


def _infinitive(words: Sequence[Word], index: int) -> int:
    """Return the place of the first infinitive or s-passive after a modal, or -1.

    An unknown word right after the modal is taken for a verb only where no known one follows in its clause.
    """
    unknown = -1
    for place in range(index + 1, min(index + 1 + _SEARCH, len(words))):
        word = words[place]
        if word.lower in _CHAINS:
            return place
        if word.kind in ("stop", "modal", "sub", "at") or (word.kind == "aa" and place > index + 1):
            return unknown
        if unknown >= 0 and word.kind in ("coord", "comma"):
            return unknown
        if word.reading & (INF | PASS) and (
            word.share >= 25 or place == index + 1 or words[place - 1].kind in ("adv", "neg", "we", "party")
        ):
            return place
        if place == index + 1 and _unknown_verb(word):
            unknown = place
    return unknown


def _unknown_verb(word: Word) -> bool:
    lower = word.lower
    return (
        not word.kind
        and not word.reading
        and not word.other
        and not word.bears
        and len(lower) > 4
        and (lower[-1] in "ea" or lower.endswith(("es", "ast")))
        and not lower.endswith(("ene", "ane", "else"))
    )


def _chain(words: Sequence[Word], verb: int) -> tuple[str, int, bool, int]:
    """Follow «kunne», «få» and auxiliaries to the verb that says what: its lemma, what follows, passive, its place."""
    word = words[verb]
    lemma, after = resolve(words, verb, word.lemma or word.lower)
    passive = bool(word.reading & PASS) or (not word.reading and word.lower.endswith(("s", "st")))
    for _ in range(2):
        if lemma in _CHAINS and after < len(words):
            following = after
            while following < min(after + 4, len(words)) and words[following].kind in ("adv", "neg"):
                following += 1
            if following < len(words) and words[following].reading & (INF | PASS) and words[following].share >= 50:
                verb = following
                passive = bool(words[verb].reading & PASS)
                lemma, after = resolve(words, verb, words[verb].lemma)
                continue
        break
    if lemma in ("bli", "være", "få") and after < len(words):
        word = words[after]
        if word.reading & PART and not word.reading & INF and word.share >= 25:
            verb, passive = after, True
            lemma, after = resolve(words, after, word.lemma)
    return lemma, after, passive, verb


class _Scan:
    """One pass over a segment's words; what stands open is kept between words."""

    def __init__(self, words: Sequence[Word], promised: bool) -> None:
        self.words = words
        self.promised = promised
        self.heads: list[Head] = []
        self.start = 0
        self.begin = 0
        self.clause = "main"
        self.outer = "main"
        self.governor = ""
        self.current: Head | None = None
        self.taken = -1
        self.finite = ""

    def run(self) -> tuple[list[Head], str]:
        opened = True
        words, size = self.words, len(self.words)
        for place, word in enumerate(words):
            if opened:
                self._open(place)
                opened = False
            kind = word.kind
            if (
                not kind
                and not word.reading
                and word.lower not in _ANSWERS
                and (self.current is None or words[place - 1].lower not in _LINKS)
            ):
                continue
            if kind == "stop":
                opened = place + 1 < size
                continue
            if place <= self.taken:
                continue
            if kind == "comma":
                self.begin = place + 1
                if self.clause != "main" and self.clause != "at":
                    self.clause = self.outer
            elif kind == "coord":
                self.begin = place + 1
                following = words[place + 1] if place + 1 < size else None
                if following is not None and following.kind in ("we", "party", "modal", "it") and self.clause != "at":
                    self.clause = "main"
            elif kind == "sub":
                self.outer = self.clause if self.clause in ("main", "at") else self.outer
                self.clause = "rel" if word.lower == "som" else "sub"
                self.begin = place + 1
            elif kind == "at":
                self._at(place)
            elif kind == "modal":
                self._modal(place)
            elif kind == "aa":
                self._aa(place)
            elif word.lower in _ANSWERS and place + 1 < size and words[place + 1].lower == "til":
                self._nei(place)
            elif word.reading or (kind == "" and self.current is not None):
                self._verb(place)
            elif kind == "aux" and not self.finite and self.clause == "main":
                self.finite = f"{word.lower}:{_subject(words, self.start, place)}"
        return self.heads, self.finite

    def _add(
        self, kind: str, verb: int, after: int, trigger: int, lemma: str, subject: str, negated: bool, modal: str
    ) -> None:
        head = Head(
            kind,
            verb,
            after,
            trigger,
            lemma,
            subject,
            negated,
            modal,
            self.clause,
            self.governor if self.clause == "at" else "",
        )
        self.heads.append(head)
        self.current = head
        self.taken = max(self.taken, after - 1)

    def _open(self, start: int) -> None:
        """Look for a sentence that opens with an infinitive, an imperative or «at»."""
        words = self.words
        self.start = self.begin = start
        self.clause = self.outer = "main"
        self.governor = ""
        self.current = None
        aa = False
        first = start
        end = min(start + 10, len(words))
        place = start
        while place < end:
            word = words[place]
            if word.kind == "aa":
                aa = True
            elif word.kind in ("adv", "neg", "comma", "quote") or (word.kind == "coord" and place == start):
                pass
            elif word.kind == "prep" and (place == start or self.promised):
                # «i samarbeid med næringen utvikle …»: the first sure infinitive before any finite verb
                if place == start and not self.promised and word.lower != "for":
                    return
                found = self._late_infinitive(place, end)
                if found < 0 or words[found - 1].kind == "aa":
                    return
                place = found
                continue
            elif (
                word.reading & INF
                and (word.share >= 25 or place == start or aa)
                and not (word.bears and word.share < 25 and not (self.promised or aa))
            ):
                lemma, after = resolve(words, place, word.lemma)
                if lemma == "få" or lemma in ("kunne",):
                    lemma, after, _, place = _chain(words, place)
                negated = any(other.kind == "neg" for other in words[first:place])
                self._add("aa_infinitive" if aa else "infinitive", place, after, start, lemma, "none", negated, "")
                return
            elif place == start and word.reading & IMP and not word.bears and word.share >= 50:
                lemma, after = resolve(words, place, word.lemma)
                self._add("imperative", place, after, start, lemma, "none", False, "")
                return
            elif (
                (self.promised or aa or (place == start and self._verb_like(place)))
                and _unknown_verb(word)
                and not word.lower.endswith(("ene", "ane", "ene"))
            ):
                self._add(
                    "aa_infinitive" if aa else "infinitive", place, place + 1, start, word.lower, "none", False, ""
                )
                return
            elif place == start and word.lower not in _ANSWERS and (word.bears or word.lower == "gratis"):
                self._add("nominal", place, place, place, "", "none", False, "")
                return
            else:
                return
            place += 1

    def _verb_like(self, place: int) -> bool:
        """Return whether an unknown word in -ere opens the sentence as a verb: no finite verb follows it."""
        if not self.words[place].lower.endswith("ere") or place + 1 >= len(self.words):
            return False
        following = self.words[place + 1]
        return following.kind not in ("modal", "aux", "stop", "comma", "coord", "sub") and not following.reading & PRES

    def _late_infinitive(self, start: int, end: int) -> int:
        for place in range(start + 1, end):
            word = self.words[place]
            if word.kind in ("modal", "sub", "at", "stop", "aux") or (word.reading & PRES and word.share >= 90):
                return -1
            if word.reading & INF and word.share >= 60 and not word.bears:
                return place
        return -1

    def _at(self, place: int) -> None:
        before = self.words[place - 1] if place > self.start else None
        if before is not None and before.lower in ("og", ",", "samt") and self.clause == "at":
            governor = self.governor
        elif before is None:
            governor = "^"
        else:
            governor = before.lemma or before.lower
            if before.kind == "modal":
                governor = f"modal {before.lower}"
            elif before.kind in ("we", "party", "adv", "neg") and place - 2 >= self.start:
                earlier = self.words[place - 2]
                governor = earlier.lemma or earlier.lower
        self.outer = self.clause if self.clause == "main" else self.outer
        again = before is not None and before.lower in ("og", ",", "samt")
        self.clause = "at"
        self.governor = governor
        self.begin = place + 1
        if again and self.current is not None:
            self._add("coord_at", place, place + 1, place, "", "none", False, "")

    def _modal(self, place: int) -> None:
        words = self.words
        word = words[place]
        start = self.begin if self.begin <= place else self.start
        if self.clause == "main" and not self.finite:
            self.finite = f"{word.lower}:{_subject(words, self.start, place)}"
        subject = _subject(words, start, place)
        verb = _infinitive(words, place)
        if verb < 0:
            negated = place + 1 < len(words) and words[place + 1].kind == "neg"
            self._add("modal_bare", place, place + 1, place, "", subject, negated, word.lower)
            return
        first = verb
        lemma, after, passive, verb = _chain(words, verb)
        negated = any(other.kind == "neg" for other in words[place + 1 : max(first, verb)]) or any(
            other.lower in ("ingen", "ikke", "ikkje", "aldri", "verken", "korkje")
            for other in words[start : min(place, start + 2)]
        )
        self._add("modal_passive" if passive else "modal", verb, after, place, lemma, subject, negated, word.lower)

    def _aa(self, place: int) -> None:
        words = self.words
        if place + 1 >= len(words) or place == self.start:
            return
        previous = words[place - 1].lower
        if self.current is None:
            self._needed(place)
            return
        linked = previous in _BEFORE_AA or (
            previous in ("til", "for", "mot", "om", "ved", "gjennom")
            and place > 1
            and words[place - 2].lower in _BEFORE_AA
        )
        following = words[place + 1]
        if linked and (following.reading & INF or _unknown_verb(following)):
            lemma, after = resolve(words, place + 1, following.lemma or following.lower)
            self._add("coord_aa", place + 1, after, place, lemma, self.current.subject, False, self.current.modal)

    def _needed(self, place: int) -> None:
        """«det er nødvendig å …», «målet er å …», «behov for å …»: an infinitive that the main clause demands."""
        words = self.words
        if not self.finite or self.clause != "main" or words[place - 1].lower not in _DEMANDS:
            return
        following = place + 1
        while following < min(place + 4, len(words)) and words[following].kind in ("adv", "neg"):
            following += 1
        if following < len(words) and words[following].reading & INF:
            lemma, after = resolve(words, following, words[following].lemma)
            self._add("needed", following, after, place, lemma, self.finite.partition(":")[2], False, "")

    def _nei(self, place: int) -> None:
        no = self.words[place].lower == "nei"
        lemma = "si nei til" if no else "si ja til"
        self._add("nei_til" if no else "ja_til", place, place + 2, place, lemma, "none", no, "")

    def _verb(self, place: int) -> None:
        words = self.words
        word = words[place]
        if word.kind == "wish" and (word.reading & PRES or word.lower in ("går", "foreslår")):
            start = self.begin if self.begin <= place else self.start
            subject = _subject(words, start, place)
            if self.clause == "main" and not self.finite:
                self.finite = f"{word.lemma}:{subject}"
            lemma, after = resolve(words, place, word.lemma)
            negated = place + 1 < len(words) and words[place + 1].kind == "neg"
            self._add("wish", place, after, place, lemma, subject, negated, "")
            return
        if word.reading & PRES and word.share >= 60 and not word.reading & INF:
            if self.clause == "main" and not self.finite:
                subject = _subject(words, self.start, place)
                self.finite = f"{word.lemma}:{subject}"
                if self.current is None and (subject in ("we", "party") or word.lemma == "trenge"):
                    lemma, after = resolve(words, place, word.lemma)
                    negated = place + 1 < len(words) and words[place + 1].kind == "neg"
                    kind = "need" if word.lemma == "trenge" else "we_present"
                    self._add(kind, place, after, place, lemma, subject, negated, "")
                    return
            if self.clause == "at" and (
                self.current is None or self.current.clause != "at" or self.current.kind != "at_present"
            ):
                lemma, after, _, verb = _chain(words, place)
                self._add("at_present", verb, after, place, lemma, _subject(words, self.begin, place), False, "")
                return
        current = self.current
        if current is None:
            return
        before = place - 1
        while before > self.start and words[before].kind in ("adv", "neg"):
            before -= 1
        linked = before > self.start and words[before].lower in _LINKS
        negated = words[place - 1].kind == "neg"
        if not linked:
            if word.reading & INF and word.share >= 85 and words[place - 1].kind in ("", "adv") and not word.bears:
                lemma, after = resolve(words, place, word.lemma)
                self._add("loose_infinitive", place, after, place, lemma, current.subject, False, current.modal)
            elif word.reading & PASS and "passive" in current.kind and word.share >= 50:
                self._add("loose_passive", place, place + 1, place, word.lemma, current.subject, False, current.modal)
            return
        if word.reading & PASS and ("passive" in current.kind):
            self._add("coord_passive", place, place + 1, place, word.lemma, current.subject, negated, current.modal)
        elif word.reading & INF and word.share >= 5:
            lemma, after = resolve(words, place, word.lemma)
            self._add("coord_infinitive", place, after, place, lemma, current.subject, negated, current.modal)
        elif word.reading & PRES and word.share >= 50:
            lemma, after = resolve(words, place, word.lemma)
            self._add("coord_present", place, after, place, lemma, current.subject, negated, "")
        elif word.bears:
            self.heads.append(
                Head("coord_nominal", place, place + 1, place, "", current.subject, False, "", self.clause, "")
            )
        elif _unknown_verb(word):
            unknown = Head(
                "coord_unknown", place, place + 1, place, word.lower, current.subject, negated, current.modal, "", ""
            )
            self.heads.append(unknown)


def find_heads(words: Sequence[Word], *, promised: bool) -> tuple[list[Head], str]:
    """Return the heads of a segment in reading order, and its first finite verb with the class of its subject.

    Parameters
    ----------
    words : sequence of Word
        The segment, cut.
    promised : bool
        Whether the introducing line promises («vil:»), so that bare infinitives count.

    Examples
    --------
    >>> from policytext.measures.words import cut
    >>> heads, finite = find_heads(cut("Vi vil styrke ferja og byggje ut fiber."), promised=False)
    >>> [(head.kind, head.lemma) for head in heads], finite
    ([('modal', 'styrke'), ('coord_infinitive', 'bygge ut')], 'vil:we')
    """
    return _Scan(words, promised).run()
