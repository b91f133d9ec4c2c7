"""What the models see: named cues from the frames, and regions of words whose letters are counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from policytext.measures.frames import Head, find_heads, intro_mode, resolve
from policytext.measures.lexicon import INF, PRES, load_verbs
from policytext.measures.words import Word, cut
from policytext.rules import load_lexicon

TASKS = ("measure", "strength", "specific", "direction", "split")
_PURPOSE = frozenset(("for", "slik", "ved", "gjennom", "som", "der", "hvor", "blant", "herunder", "inkludert"))


@dataclass(slots=True)
class Seen:
    """What one model sees of a segment: cues that hold, and regions of words."""

    cues: list[str] = field(default_factory=list)
    regions: list[tuple[str, list[str]]] = field(default_factory=list)


@dataclass(slots=True)
class Reading:
    """A segment as the frames read it."""

    words: list[Word]
    heads: list[Head]
    main: Head | None
    mode: str
    item: bool
    finite: str = ""


_ENDINGS = ("ene", "ane", "ens", "enes", "anes", "en", "et", "er", "ar", "a", "e", "s", "n", "r")
_SHORT_HEADS = frozenset(("lov", "råd", "tog", "kort", "plan", "mål"))


@cache
def _noun_classes() -> dict[str, str]:
    classes: dict[str, str] = {}
    for row in load_lexicon("specific_nouns", ("class", "stems")):
        for stem in row["stems"].split():
            classes.setdefault(stem, row["class"])
    return classes


@cache
def noun_class(lower: str) -> str:
    """Return the class of a noun that makes a promise checkable (law, right, tax …) or vague, or "".

    The last part of a compound decides: «drivstoffavgifta» is a tax.

    Examples
    --------
    >>> noun_class("drivstoffavgifta"), noun_class("samarbeidet"), noun_class("havet")
    ('tax', 'vague', '')
    """
    classes = _noun_classes()
    bases = [lower]
    for ending in _ENDINGS:
        base = lower.removesuffix(ending)
        if base != lower and len(base) > 2:
            bases.append(base)
            if len(base) > 4 and base[-1] == base[-2]:
                bases.append(base[:-1])
    for base in bases:
        if base in classes:
            return _named(classes[base])
    for at in range(2, len(lower) - 2):
        for base in bases:
            tail = base[at:]
            if tail in classes and (len(tail) >= 4 or tail in _SHORT_HEADS):
                return _named(classes[tail])
    return ""


def _named(group: str) -> str:
    return "" if group == "none" else group


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
        return head.modal in ("vil", "skal", "må", "bør", "lyt")
    return kind in ("nei_til", "ja_til", "wish")


def read(text: str, *, heading: str, intro: str, item: bool) -> Reading:
    """Read a segment: cut it, find its heads and the one that leads."""
    words = cut(text)
    mode = intro_mode(intro) or ("head" if heading.endswith(":") and intro_mode(heading) == "will" else "")
    heads, finite = find_heads(words, promised=mode in ("will", "head") or (item and not intro))
    main = next((head for head in heads if _promising(head, mode, item)), heads[0] if heads else None)
    return Reading(words, heads, main, mode, item, finite)


@cache
def _stances() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for row in load_lexicon("stances", ("label", "phrases")):
        for phrase in row["phrases"].split("|"):
            parts = tuple(phrase.split())
            found.setdefault(parts[0], []).append((parts, row["label"]))
    return {first: tuple(sorted(phrases, key=lambda item: (-len(item[0]), item))) for first, phrases in found.items()}


def stances(words: Sequence[Word]) -> list[tuple[str, int]]:
    """Return the labels of the stances a text takes («går inn for», «behov for», «i dag»), with their places."""
    known = _stances()
    found = []
    for place, word in enumerate(words):
        for phrase, label in known.get(word.lower, ()):
            if len(phrase) == 1 or tuple(other.lower for other in words[place : place + len(phrase)]) == phrase:
                found.append((f"{label}:{' '.join(phrase)}", place))
                break
    return found


_LOOK_THROUGH = frozenset(
    ("ønske", "kreve", "mene", "foreslå", "støtte", "si", "", "anbefale", "garantere", "love", "være")
)


def content(reading: Reading, head: Head) -> tuple[str, int]:
    """Return the verb that says what happens, behind «sørge for at», «arbeide for å», «vil at»; and what follows it."""
    verbs = load_verbs().verbs
    words = reading.words
    lemma, after = head.lemma, head.after
    for _ in range(3):
        verb = verbs.get(lemma)
        if not (lemma in _LOOK_THROUGH or (verb is not None and verb.through)):
            break
        moved = False
        for place in range(after, min(after + 7, len(words))):
            word = words[place]
            if word.kind == "at" or (word.kind == "sub" and place == after):
                inner = next((h for h in reading.heads if h.verb > place and h.clause == "at"), None)
                if inner is not None and inner.lemma:
                    lemma, after, moved = inner.lemma, inner.after, True
                break
            if word.kind == "aa" and place + 1 < len(words):
                following = place + 1
                while following < len(words) and words[following].kind in ("adv", "neg"):
                    following += 1
                if following < len(words) and words[following].reading & INF:
                    lemma, after = resolve(words, following, words[following].lemma)
                    moved = True
                break
            if word.kind in ("stop", "comma", "modal") or (word.reading & PRES and word.share > 60):
                break
        if not moved:
            break
    return lemma, after


def _bearers(words: Sequence[Word], start: int) -> list[tuple[str, str]]:
    """Return the first two words from `start` that carry a direction, with it."""
    verbs = load_verbs().verbs
    found: list[tuple[str, str]] = []
    for word in words[start : min(object_end(words, start), start + 16)]:
        if word.bears:
            found.append((word.bears, word.lower))
        elif word.reading and not word.kind and word.lemma in verbs and not verbs[word.lemma].through:
            found.append((verbs[word.lemma].direction, word.lemma))
        if len(found) == 2:
            break
    return found


def _lower(words: Sequence[Word]) -> list[str]:
    return [word.lower for word in words if word.kind not in ("stop", "comma", "quote")]


def measure_view(reading: Reading) -> Seen:
    """Return what decides whether a segment holds a measure."""
    words, heads, main, mode = reading.words, reading.heads, reading.main, reading.mode
    seen = Seen()
    cues = seen.cues
    where = "item" if reading.item else "para"
    cues.append(f"where:{where}:{mode}")
    for head in heads[:8]:
        frame = f"{head.kind}:{head.modal}:{head.clause}"
        cues.append(f"frame:{frame}")
        cues.append(f"frame:{frame}:{head.subject}")
        if head.governor:
            cues.append(f"at:{head.governor}")
            cues.append(f"at:{head.governor}:{head.modal or head.kind}")
        if head.lemma:
            cues.append(f"verb:{head.kind}:{head.lemma}")
    cues.append(f"heads:{min(len(heads), 3)}")
    cues.append(f"finite:{reading.finite}:{where}")
    cues.append(f"finite:{reading.finite.split(':')[0]}")
    agent = next((word.kind for word in words if word.kind in ("we", "party")), "")
    for name, _ in stances(words):
        label = name.split(":")[0]
        cues += [f"stance:{name}", f"stance:{label}", f"stance:{label}:{agent}", f"stance:{label}:{reading.finite}"]
    if main is not None:
        cues.append(f"main:{where}:{mode}:{main.kind}")
        cues.append(f"main:{main.kind}:{main.subject}:{main.modal}:{main.negated}:{main.clause}")
        cues.append(f"main:{main.kind}:{main.modal}:{main.clause}:{where}")
        lemma, _ = content(reading, main)
        verb = load_verbs().verbs.get(lemma)
        cues.append(f"content:{main.modal}:{lemma}")
        if verb is not None:
            cues.append(f"class:{main.kind}:{main.modal}:{main.clause}:{verb.direction}:{verb.strength}")
            cues.append(f"class:{main.subject}:{main.modal}:{verb.direction}")
            cues.append(f"class:{verb.direction}:{main.clause}")
    else:
        cues.append(f"nohead:{where}:{mode}")
        cues.append(f"nohead:{where}:{reading.finite or 'nominal'}")
    if words:
        cues.append(f"first:{words[0].kind or words[0].reading}:{where}")
        cues.append(f"first={words[0].lower}")
        cues.append(f"bears:{words[0].bears}:{where}:{'finite' if reading.finite else ''}")
        if words[-1].lower in "?:":
            cues.append(f"last={words[-1].lower}")
    cues.append(f"length:{min(len(words) // 8, 6)}:{where}")
    for word in words:
        group = noun_class(word.lower)
        if group:
            cues.append(f"noun:{group}")
    seen.cues = sorted(set(cues))
    lower = _lower(words)
    seen.regions.append(("text", lower))
    seen.regions.append(("pair", [f"{a} {b}" for a, b in pairwise(lower)]))
    return seen


def strength_view(reading: Reading) -> Seen:
    """Return what decides whether the first measure is firm or soft."""
    seen = Seen()
    main, words = reading.main, reading.words
    if main is None:
        seen.regions.append(("near", _lower(words[:8])))
        return seen
    verb = load_verbs().verbs.get(main.lemma)
    seen.cues += [f"main:{main.kind}:{main.modal}", f"lemma:{main.lemma}"]
    if verb is not None:
        seen.cues.append(f"class:{verb.strength}")
        seen.cues.append(f"class:{main.kind}:{verb.strength}")
    lemma, _ = content(reading, main)
    seen.cues.append(f"content:{lemma}")
    for head in reading.heads[:3]:
        other = load_verbs().verbs.get(head.lemma)
        seen.cues.append(f"any:{head.kind}:{head.modal}:{other.strength if other else ''}")
    seen.cues = sorted(set(seen.cues))
    seen.regions.append(("near", _lower(words[max(0, main.trigger - 3) : main.after + 3])))
    return seen


def object_end(words: Sequence[Word], start: int) -> int:
    """Return where the object that begins at `start` ends: at a full stop, a purpose, a means or a relative clause."""
    for place in range(start + 1, len(words)):
        lower = words[place].lower
        if lower in (".", ";"):
            return place
        if lower in _PURPOSE and place > start + 1:
            following = words[place + 1].lower if place + 1 < len(words) else ""
            if lower != "for" or following in ("å", "at"):
                return place
    return len(words)


def specific_view(reading: Reading) -> Seen:
    """Return what decides whether an outsider could check the first measure."""
    seen = Seen()
    main, words = reading.main, reading.words
    lemma, start = content(reading, main) if main is not None else ("", 0)
    stop = object_end(words, start)
    near, rest = words[start:stop], words[stop:]
    cues = seen.cues
    verb = None
    if main is not None:
        verb = load_verbs().verbs.get(lemma)
        cues += [f"main:{main.kind}:{main.modal}", f"lemma:{main.lemma}", f"content:{lemma}"]
    direction = verb.direction if verb else "?"
    cues.append(f"dir:{direction}")
    if any(word.lower[0].isdigit() for word in words):
        cues.append("number")
        cues.append(f"number:{direction}")
    for place, group in (("near", near), ("rest", rest)):
        for index, word in enumerate(group):
            found = noun_class(word.lower)
            if found:
                cues += [f"{place}:{found}", f"{place}:{found}:{direction}"]
            if word.capital and index:
                cues.append(f"{place}:name")
            if word.bears:
                cues.append(f"{place}:bears:{word.bears}")
            if word.lower[0].isdigit():
                cues.append(f"{place}:digit")
    for bears, lemma in _bearers(words, start)[:1]:
        cues += [f"then:{bears}", f"then:{direction}:{bears}", f"thenword:{lemma}"]
    groups = [found for found in (noun_class(word.lower) for word in near) if found]
    first = groups[0] if groups else "none"
    cues += [f"first:{first}", f"first:{first}:{direction}", f"first:{first}:{lemma}"]
    if groups and all(group in ("vague", "people") for group in groups):
        cues += ["allvague", f"allvague:{direction}"]
    cues.append(f"size:{min(len(near) // 4, 5)}")
    seen.cues = sorted(set(cues))
    seen.regions += [
        ("near", _lower(near)),
        ("rest", _lower(rest)),
        ("before", _lower(words[:start])),
    ]
    return seen


def direction_view(reading: Reading) -> Seen:
    """Return what decides the direction of the first measure."""
    seen = Seen()
    main, words = reading.main, reading.words
    cues = seen.cues
    start = 0
    direction = "?"
    if main is not None:
        lemma, start = content(reading, main)
        verb = load_verbs().verbs.get(lemma)
        outer = load_verbs().verbs.get(main.lemma)
        if verb is not None:
            direction = "through" if verb.through else verb.direction
        cues += [f"lemma:{lemma}", f"dir:{direction}", f"neg:{main.negated}", f"neg:{main.negated}:{direction}"]
        cues += [f"main:{main.kind}", f"outer:{main.lemma}", f"outer:{outer.direction if outer else '?'}:{direction}"]
        if main.modal:
            cues.append(f"modal:{main.modal}:{main.kind}")
    for name, _ in stances(words[: start + 2]):
        if name.startswith(("contra", "pro", "need", "goal")):
            cues.append(f"stance:{name.split(':')[0]}")
    bearers = _bearers(words, start)
    for rank, (bears, lemma) in enumerate(bearers, start=1):
        cues += [f"then{rank}:{bears}", f"then{rank}:{direction}:{bears}", f"thenword{rank}:{lemma}"]
        if main is not None:
            cues.append(f"then{rank}:{main.lemma}:{bears}")
    if not bearers:
        cues.append(f"then:none:{direction}")
    group = next((g for g in (noun_class(word.lower) for word in words[start : start + 8]) if g), "")
    if group:
        cues += [f"noun:{group}", f"noun:{group}:{direction}"]
    seen.cues = sorted(set(cues))
    seen.regions += [
        ("near", _lower(words[start : start + 4])),
        ("far", _lower(words[start + 4 : start + 14])),
        ("before", _lower(words[:start])),
    ]
    return seen


def split_views(reading: Reading) -> list[tuple[Head, Seen]]:
    """Return the heads after the leading one, each with what decides whether it begins a measure of its own."""
    main = reading.main
    if main is None:
        return []
    words = reading.words
    found: list[tuple[Head, Seen]] = []
    previous = main
    sentence_of = []
    count = 0
    for word in words:
        sentence_of.append(count)
        if word.lower in (".", "!", "?"):
            count += 1
    for head in reading.heads:
        if head.verb <= main.verb:
            continue
        seen = Seen()
        between = words[previous.after : head.verb]
        lowers = [word.lower for word in between]
        cues = [
            f"kind:{head.kind}",
            f"kinds:{main.kind}:{head.kind}",
            f"prev:{previous.kind}:{head.kind}",
            f"subject:{head.kind}:{head.subject}:{head.modal}",
            f"clause:{head.kind}:{head.clause}:{head.governor}",
            f"clause:{head.kind}:{head.clause}",
            f"share:{head.kind}:{words[head.verb].share // 25}",
        ]
        link = words[head.trigger - 1].lower if head.trigger else ""
        cues.append(f"link:{link}:{head.kind}")
        cues.append(f"gap:{head.kind}:{min(len(between), 6)}")
        opener = ""
        for word in reversed(between):
            if word.kind in ("sub", "at") or (word.kind == "aa"):
                opener = word.lower
                break
        cues.append(f"opener:{head.kind}:{opener}")
        for place, lower in enumerate(lowers):
            if (
                lower == "å"
                and place
                and lowers[place - 1] in ("for", "ved", "med", "gjennom", "til", "på", "om", "av", "i")
            ):
                cues.append(f"purpose:{lowers[place - 1]}:{head.kind}")
            if lower in ("som", "slik", "der", "når", "at", "gjennom", "innen"):
                cues.append(f"within:{lower}:{head.kind}")
        new = sentence_of[head.verb] > sentence_of[main.verb]
        cues.append(f"sentence:{new}:{head.kind}:{reading.item}")
        cues.append(
            f"sentence:{sentence_of[head.verb] > sentence_of[previous.verb]}:{head.kind}:{head.modal}:{head.subject}"
        )
        verb = load_verbs().verbs.get(head.lemma)
        cues.append(f"lemma:{head.lemma}")
        cues.append(f"class:{head.kind}:{verb.direction if verb else '?'}")
        if head.after >= len(words) or words[head.after].kind in ("stop", "comma", "coord"):
            cues.append(f"bare:{head.kind}")
        if head.verb + 1 < len(words):
            cues.append(f"next:{head.kind}:{words[head.verb + 1].kind}")
        seen.cues = sorted(set(cues))
        found.append((head, seen))
        previous = head
    return found
