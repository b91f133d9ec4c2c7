"""What the models see: named cues from the frames, and regions of words whose letters are counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from policytext.measures.frames import Head, find_heads, intro_mode
from policytext.measures.lexicon import load_verbs
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


@cache
def _noun_classes() -> dict[str, str]:
    classes: dict[str, str] = {}
    for row in load_lexicon("specific_nouns", ("class", "stems")):
        for stem in row["stems"].split():
            classes.setdefault(stem, row["class"])
    return classes


@cache
def noun_class(lower: str) -> str:
    """Return the class of a noun that makes a promise checkable (law, right, tax …), or "".

    The last part of a compound decides: «drivstoffavgifta» is a tax.
    """
    classes = _noun_classes()
    if lower in classes:
        return classes[lower]
    for cut_at in range(2, len(lower) - 3):
        if lower[cut_at:] in classes and len(lower) - cut_at >= 4:
            return classes[lower[cut_at:]]
    for ending in ("en", "a", "et", "er", "ar", "ene", "ane", "s", "ens", "enes"):
        base = lower.removesuffix(ending)
        if base != lower:
            if base in classes:
                return classes[base]
            for cut_at in range(2, len(base) - 3):
                if base[cut_at:] in classes:
                    return classes[base[cut_at:]]
    return ""


def _promising(head: Head, mode: str, item: bool) -> bool:
    kind = head.kind
    if kind in ("infinitive", "aa_infinitive", "at", "imperative"):
        return item or mode == "will"
    if kind in ("modal", "modal_passive", "modal_bare"):
        return head.modal in ("vil", "skal", "må", "bør", "lyt") and head.subject not in ("rel", "others")
    return kind in ("nei_til", "ja_til", "wish") and head.subject not in ("rel", "others")


def read(text: str, *, heading: str, intro: str, item: bool) -> Reading:
    """Read a segment: cut it, find its heads and the one that leads."""
    words = cut(text)
    mode = intro_mode(intro) or ("head" if heading.endswith(":") and intro_mode(heading) == "will" else "")
    heads = find_heads(words, promised=mode in ("will", "head") or (item and not intro))
    main = next((head for head in heads if _promising(head, mode, item)), heads[0] if heads else None)
    return Reading(words, heads, main, mode, item)


def _bearers(words: Sequence[Word], start: int) -> list[tuple[str, str]]:
    """Return the first two words from `start` that carry a direction, with it."""
    verbs = load_verbs().verbs
    found: list[tuple[str, str]] = []
    for word in words[start : start + 16]:
        if word.kind == "stop":
            break
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
        cues.append(f"head:{head.kind}:{head.subject}:{head.modal}")
        cues.append(f"frame:{head.kind}:{head.modal}")
        if head.lemma:
            cues.append(f"verb:{head.kind}:{head.lemma}")
    cues.append(f"heads:{min(len(heads), 3)}")
    if main is not None:
        cues.append(f"main:{where}:{mode}:{main.kind}")
        cues.append(f"main:{main.kind}:{main.subject}:{main.modal}:{main.negated}")
        verb = load_verbs().verbs.get(main.lemma)
        if verb is not None:
            cues.append(f"class:{main.kind}:{main.modal}:{verb.direction}:{verb.strength}")
            cues.append(f"class:{main.subject}:{main.modal}:{verb.direction}")
    else:
        cues.append(f"nohead:{where}:{mode}")
    if words:
        cues.append(f"first:{words[0].kind or words[0].reading}:{where}")
        cues.append(f"first={words[0].lower}")
        if words[-1].lower in "?:":
            cues.append(f"last={words[-1].lower}")
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
    start = main.after if main is not None else 0
    stop = object_end(words, start)
    near, rest = words[start:stop], words[stop:]
    cues = seen.cues
    verb = None
    if main is not None:
        verb = load_verbs().verbs.get(main.lemma)
        cues += [f"main:{main.kind}:{main.modal}", f"lemma:{main.lemma}"]
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
    for bears, lemma in _bearers(words, main.after if main else 0)[:1]:
        cues += [f"then:{bears}", f"then:{direction}:{bears}", f"thenword:{lemma}"]
    cues.append(f"size:{min(len(near) // 4, 5)}")
    seen.cues = sorted(set(cues))
    seen.regions += [
        ("near", _lower(near)),
        ("rest", _lower(rest)),
        ("before", _lower(words[: main.after if main else 0])),
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
        start = main.after
        verb = load_verbs().verbs.get(main.lemma)
        direction = ("through" if verb.through else verb.direction) if verb else "?"
        cues += [
            f"lemma:{main.lemma}",
            f"dir:{direction}",
            f"neg:{main.negated}",
            f"neg:{main.negated}:{direction}",
            f"main:{main.kind}",
        ]
        if main.modal:
            cues.append(f"modal:{main.modal}:{main.kind}")
    bearers = _bearers(words, start)
    for rank, (bears, lemma) in enumerate(bearers, start=1):
        cues += [f"then{rank}:{bears}", f"then{rank}:{direction}:{bears}", f"thenword{rank}:{lemma}"]
        if main is not None:
            cues.append(f"then{rank}:{main.lemma}:{bears}")
    if not bearers:
        cues.append(f"then:none:{direction}")
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
