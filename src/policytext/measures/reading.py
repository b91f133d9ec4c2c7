"""A segment as the frames read it: its words, its heads, the one that leads and what that one says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from policytext.measures.frames import find_heads
from policytext.measures.heads import Head
from policytext.measures.introductions import intro_mode, opens_clauses
from policytext.measures.lexicon import INF, PART, PASS, PRES, Verb, load_verbs
from policytext.measures.stances import stances
from policytext.measures.verb_groups import resolve
from policytext.measures.word_lists import word_list
from policytext.measures.words import Word, cut, name_party

_OBJECT_ENDS = frozenset(word_list("object_end"))
_PROMISING = frozenset(word_list("promising_modal"))
_BANS = word_list("ban")
_LOOK_THROUGH = frozenset(("", *word_list("look_through")))
_MEANS = frozenset(word_list("means"))
_BARE_CLAUSE = frozenset(word_list("bare_clause"))
_FINDS = frozenset(word_list("find"))
_INWARD = frozenset((*word_list("speech"), *word_list("thought"), *word_list("being")))


class Core(NamedTuple):
    """What the leading head says: its verb behind all that only leads to it, where the object lies, what it bears.

    `start` and `stop` are the places of the object's first word and of the word after it; `bearers` the first words
    there that carry a direction of their own.
    """

    lemma: str
    verb: Verb | None
    start: int
    stop: int
    bearers: list[tuple[str, str]]


@dataclass(slots=True)
class Reading:
    """A segment as the frames read it; `clausal` where its introducing line ends in «at»."""

    words: list[Word]
    heads: list[Head]
    main: Head | None
    mode: str
    item: bool
    finite: str = ""
    stances: Sequence[tuple[str, int]] = ()
    lowers: list[str] = field(default_factory=list)
    clausal: bool = False
    _core: Core | None = None

    @property
    def core(self) -> Core:
        """What the leading head says, worked out once."""
        if self._core is None:
            self._core = _find_core(self)
        return self._core


def _promising(head: Head, mode: str, item: bool) -> bool:
    kind = head.kind
    if head.subject in ("rel", "others") or head.clause in ("rel", "sub"):
        return False
    if kind in ("infinitive", "imperative"):
        return item or mode in ("will", "head")
    if kind == "aa_infinitive":
        return mode in ("will", "head")
    if head.clause == "at" and head.governor == "^":
        return item or mode in ("will", "head")
    if kind in ("modal", "modal_passive", "modal_bare"):
        return head.modal in _PROMISING
    if kind == "nominal":
        return False
    return kind in ("nei_til", "ja_til", "wish", "needed", "need", "we_present")


def _leading(promising: Sequence[Head], words: Sequence[Word]) -> Head | None:
    """Return the first head that promises, but for what its author only thinks or has done before a promise follows.

    «Vi tror på X og vil …», «Vi har startet X og vil …».
    """
    if not promising:
        return None
    first = promising[0]
    if first.kind == "we_present" and (first.lemma in _INWARD or _done(first, words)):
        return next((head for head in promising if head.kind != "we_present"), first)
    return first


def _done(head: Head, words: Sequence[Word]) -> bool:
    """Return whether a head in «har» tells of what has been done: a participle follows."""
    return head.lemma == "ha" and head.after < len(words) and words[head.after].reading == PART


def read(text: str, *, heading: str, intro: str, item: bool, names: Sequence[str] = ()) -> Reading:
    """Read a segment: cut it, find its heads and the one that leads; `names` are those of who wrote it, where known."""
    words = cut(text)
    for name in names:
        if any(part in text for part in name.split()):
            words = name_party(words, name)
    mode = intro_mode(intro) or ("head" if heading.endswith(":") and intro_mode(heading) == "will" else "")
    taken = stances(words)
    heads, finite = find_heads(words, promised=mode in ("will", "head") or (item and not intro), stances=taken)
    main = _leading([head for head in heads if _promising(head, mode, item)], words) or (heads[0] if heads else None)
    lowers = [word.plain for word in words]
    return Reading(words, heads, main, mode, item, finite, taken, lowers, opens_clauses(intro))


def content(reading: Reading, head: Head) -> tuple[str, int]:
    """Return the verb that says what happens, behind «sørge for at», «arbeide for å», «vil at»; and what follows it."""
    lemma, after = head.lemma, head.after
    for _ in range(3):
        if not _leads(reading.words, lemma, after):
            return _means(reading, after) or (lemma, after)
        behind = _behind(reading, lemma, after)
        if behind is None:
            break
        lemma, after = behind
    return lemma, after


def _leads(words: Sequence[Word], lemma: str, after: int) -> bool:
    """Return whether a verb only leads to the one that says what happens."""
    verb = load_verbs().verbs.get(lemma)
    if lemma in _LOOK_THROUGH or (verb is not None and verb.through):
        return True
    return lemma in _FINDS and after < len(words) and words[after].lower == "det"  # «ser det som viktig å …»


def _behind(reading: Reading, lemma: str, after: int) -> tuple[str, int] | None:
    """Return the verb behind one that leads to it, and what follows it; None where there is none."""
    words = reading.words
    first = after - 1 if words[after - 1].kind == "aa" else after  # «ønsker å»
    for place in range(first, min(after + 7, len(words))):
        word = words[place]
        if word.kind == "at" or (word.kind == "sub" and place == after):
            return _of(next((head for head in reading.heads if head.verb > place and head.clause == "at"), None))
        if word.kind == "aa" and place + 1 < len(words):
            following = place + 1
            while following < len(words) and words[following].kind in ("adv", "neg"):
                following += 1
            if following < len(words) and words[following].reading & INF:
                return resolve(words, following, words[following].lemma)
            return None
        if place == after and word.reading & PART and words[after - 1].reading & PASS:  # «foreslås senket»
            return resolve(words, place, word.lemma)
        if word.kind == "modal" and lemma in _BARE_CLAUSE and words[place - 1].kind != "coord":
            return _of(next((head for head in reading.heads if head.trigger == place), None))  # «mener X skal …»
        if word.kind in ("stop", "comma", "modal") or (word.reading & PRES and word.share > 60):
            return None
    return None


def _of(head: Head | None) -> tuple[str, int] | None:
    return None if head is None or not head.lemma else (head.lemma, head.after)


def _means(reading: Reading, after: int) -> tuple[str, int] | None:
    """Look behind «tiltak som øker …», «grep for å …», «mål om å …»: the verb there says what happens."""
    words = reading.words
    for place in range(after, min(after + 4, len(words) - 2)):
        if words[place].lower in _MEANS:
            following = words[place + 1].lower
            at = place + 2
            if following in ("for", "om", "mot") and words[at].kind == "aa" and at + 1 < len(words):
                at += 1
                wanted = INF
            elif following == "som":
                wanted = PRES
            else:
                return None
            if words[at].kind == "modal" and at + 1 < len(words):
                at, wanted = at + 1, INF
            if words[at].reading & wanted and words[at].lemma in load_verbs().verbs:
                return resolve(words, at, words[at].lemma)
            return None
        if words[place].kind in ("stop", "comma", "at", "aa", "sub"):
            return None
    return None


def _bearers(words: Sequence[Word], start: int, stop: int) -> list[tuple[str, str]]:
    """Return the first two words from `start` that carry a direction, with it."""
    verbs = load_verbs().verbs
    found: list[tuple[str, str]] = []
    for word in words[start : min(stop, start + 16)]:
        if word.bears:
            found.append((word.bears, word.lower))
        elif word.reading and not word.kind and word.lemma in verbs and not verbs[word.lemma].through:
            found.append((verbs[word.lemma].direction, word.lemma))
        if len(found) == 2:
            break
    return found


def object_end(words: Sequence[Word], start: int) -> int:
    """Return where the object that begins at `start` ends: at a full stop, a purpose, a means or a relative clause."""
    for place in range(start + 1, len(words)):
        lower = words[place].lower
        if lower in (".", ";"):
            return place
        if lower in _OBJECT_ENDS and place > start + 1:
            following = words[place + 1].lower if place + 1 < len(words) else ""
            if lower != "for" or following in ("å", "at"):
                return place
    return len(words)


def _find_core(reading: Reading) -> Core:
    if reading.main is None:
        lemma, start = "", 0
    else:
        lemma, start = content(reading, reading.main)
    stop = object_end(reading.words, start)
    verb = load_verbs().verbs.get(lemma)
    bearers = _bearers(reading.words, start, stop)
    if verb is not None and verb.direction == "introduce" and bearers and any(ban in bearers[0][1] for ban in _BANS):
        verb = load_verbs().verbs["forby"]
    return Core(lemma, verb, start, stop, bearers)
