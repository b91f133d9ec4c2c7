"""What decides whether a further verb of a segment begins a measure of its own."""

from __future__ import annotations

from collections.abc import Sequence

from policytext.measures.heads import Head
from policytext.measures.lexicon import INF, PASS, load_verbs
from policytext.measures.reading import Reading
from policytext.measures.seen import Seen
from policytext.measures.word_lists import word_list
from policytext.measures.words import Word

_PROMISING = frozenset(word_list("promising_modal"))
_SHARING = ("coord_infinitive", "coord_passive")
_SURE = 85
_NEVER = ("at_passive",)
_MEANS = frozenset(word_list("before_purpose"))
_OPENERS = frozenset(word_list("subordinator"))


def clause_opening(words: Sequence[Word], head: Head, floor: int) -> int:
    """Return where the clause of a modal begins, not before `floor`: after its sentence's end, a comma, or «og».

    Examples
    --------
    >>> from policytext.measures.frames import find_heads
    >>> from policytext.measures.words import cut
    >>> words = cut("Taksten skal ned, og kai og ferje skal rustes opp")
    >>> heads, _ = find_heads(words, promised=False)
    >>> words[clause_opening(words, heads[-1], heads[0].after)].lower
    'kai'
    """
    found = -1
    joined = -1
    behind = words[head.trigger - 1].lower == "," if head.trigger else False  # «grep som virker, skal …»
    for place in range(head.trigger - 1 - int(behind), floor - 1, -1):
        word = words[place]
        if word.kind == "stop":
            return place + 1 if found < 0 else found
        if behind:
            behind = word.kind not in ("sub", "at")
        elif word.lower == ",":
            following = words[place + 1]
            return place + (2 if following.kind == "coord" and place + 2 <= head.trigger else 1)
        elif word.lower in ("og", "samt", "men", "eller") and (joined < 0 or joined - place < 3):
            found, joined = place + 1, place
    return found if found >= 0 else floor


def split_views(reading: Reading) -> list[tuple[Head, Seen]]:
    """Return the heads after the leading one, each with what decides whether it begins a measure of its own."""
    main = reading.main
    if main is None or all(head.verb <= main.verb for head in reading.heads):
        return []
    words = reading.words
    sentence_of = []
    starts = [0]
    for place, word in enumerate(words):
        sentence_of.append(len(starts) - 1)
        if word.lower in (".", "!", "?"):
            starts.append(place + 1)
    found: list[tuple[Head, Seen]] = []
    previous = main
    ruled = ""
    for head in reading.heads:
        if head.verb <= main.verb or head.kind in _NEVER or _shares_object(words, previous, head):
            continue
        new = sentence_of[head.verb] > sentence_of[previous.verb]
        first = starts[sentence_of[head.verb]] if new else previous.after
        cues = _cues(reading, main, previous, head, first)
        ruled = _ruled(words, head, first, "" if new else ruled)
        if not head.kind.startswith("modal"):
            cues.append(f"order:{len(found)}:{head.kind}")
            cues.append(f"ruled:{ruled}:{head.kind}")
            cues.append(f"ruled:{ruled}:{head.kind}:{_comma(words, head)}")
        far = sentence_of[head.verb] > sentence_of[main.verb]
        cues.append(f"sentence:{far}:{head.kind}:{reading.item}")
        cues.append(f"sentence:{new}:{head.kind}:{head.modal}:{head.subject}")
        cues.append(f"sentence:{new}:{head.kind}:{head.clause}:{head.subject}")
        seen = Seen(list(dict.fromkeys(cues)))
        found.append((head, seen))
        previous = head
    return found


def _comma(words: Sequence[Word], head: Head) -> bool:
    return any(words[place].lower == "," for place in range(max(0, head.trigger - 2), head.trigger))


def _joint(words: Sequence[Word], opening: int, first: int) -> str:
    """Return how a clause is joined to the one before: "comma og", "comma", "og" or ""."""
    marks = [word.lower for word in words[max(first, opening - 2) : opening]]
    joined = "og" if any(mark in ("og", "men", "samt") for mark in marks) else ""
    return f"comma {joined}" if "," in marks else joined


def _ruled(words: Sequence[Word], head: Head, first: int, before: str) -> str:
    """Return the preposition of the purpose or means that a coordinated verb stands in («for å A og B»), or ""."""
    if not head.kind.startswith("coord"):
        return ""
    for place in range(head.verb - 1, max(first, 1) - 1, -1):
        if words[place].kind == "aa" and words[place - 1].lower in _MEANS:
            return words[place - 1].lower
        if words[place].kind in ("modal", "aux") or (words[place].kind == "aa" and head.kind != "coord_aa"):
            return ""
    return before


def _shares_object(words: Sequence[Word], previous: Head, head: Head) -> bool:
    """Return whether nothing but «og» stands between two verbs: «bevare og styrke ferja» is one measure."""
    if head.kind not in _SHARING or words[head.verb - 1].kind != "coord":
        return False
    before = words[head.verb - 2]
    return head.verb - previous.after == 1 or bool(before.reading & (INF | PASS) and before.share >= _SURE)


def _cues(reading: Reading, main: Head, previous: Head, head: Head, first: int) -> list[str]:
    words, kind = reading.words, head.kind
    between = words[first : head.verb]
    verbs = load_verbs().verbs
    verb, leading = verbs.get(head.lemma), verbs.get(main.lemma)
    direction = verb.direction if verb else "?"
    opener = next((word.lower for word in reversed(between) if word.kind in ("sub", "at", "aa")), "")
    cues = [
        f"kind:{kind}",
        f"kinds:{main.kind}:{kind}",
        f"prev:{previous.kind}:{kind}",
        f"subject:{kind}:{head.subject}:{head.modal}",
        f"clause:{kind}:{head.clause}:{head.governor}",
        f"clause:{kind}:{head.clause}",
        f"opener:{kind}:{opener}",
        f"lemma:{head.lemma}",
        f"class:{kind}:{direction}",
        f"classes:{leading.direction if leading else '?'}:{direction}:{kind}",
    ]
    if head.modal and kind.startswith("modal"):
        return cues + _own_clause(words, previous, head, first)
    comma = _comma(words, head)
    lowers = [word.lower for word in between]
    for place, lower in enumerate(lowers):
        if lower == "å" and place and lowers[place - 1] in _MEANS:
            opening = lowers[place - 1]
            cues.append(f"purpose:{opening}:{kind}")
            cues.append(f"purpose:{opening}:{kind}:{comma}")
            cues.append(f"purpose:{opening}:{min((len(lowers) - place) // 3, 4)}")
        if lower in _OPENERS:
            cues.append(f"within:{lower}:{kind}")
    cues += [
        f"share:{kind}:{words[head.verb].share // 25}",
        f"link:{words[head.trigger - 1].lower if head.trigger else ''}:{kind}",
        f"gap:{kind}:{min(len(between), 6)}",
        f"rest:{kind}:{min(len(words) - head.after, 11) // 3}",
        f"before:{kind}:{min(head.verb - main.after, 23) // 4}",
    ]
    if comma:
        cues.append(f"commalink:{kind}")
    if any(word.kind == "comma" for word in between):
        cues.append(f"comma:{kind}")
    if head.after >= len(words) or words[head.after].kind in ("stop", "comma", "coord"):
        cues.append(f"bare:{kind}")
    if head.verb + 1 < len(words):
        cues.append(f"next:{kind}:{words[head.verb + 1].kind}")
    return cues


def _own_clause(words: Sequence[Word], previous: Head, head: Head, first: int) -> list[str]:
    """Return what a modal's own clause says: who acts, how it is joined to what stands before."""
    opening = clause_opening(words, head, first)
    mark = words[opening - 1] if opening else None
    joint = mark.lower if mark is not None else ""
    apart = "stop" if mark is not None and mark.kind == "stop" else _joint(words, opening, first)
    promises = head.modal in _PROMISING
    return [
        f"own:{head.subject}:{head.modal}:{head.clause}",
        f"own:{head.clause}:{head.modal}:{joint}",
        f"own:{head.subject}:{joint}:{head.clause}",
        f"own:{words[opening].lower}",
        f"own:{previous.clause}:{head.clause}:{joint}",
        f"apart:{apart}:{head.clause}:{promises}",
        f"apart:{apart}:{head.clause}:{promises}:{head.subject}",
    ]
