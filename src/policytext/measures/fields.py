"""Who shall do it, to what, for whom, where and by when: the fields of a measure, read off its clause."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from policytext.measures.heads import Head
from policytext.measures.reading import Reading, object_end
from policytext.measures.words import Word
from policytext.records import Segment
from policytext.rules import Rule, load_lexicon, load_rules

_LABELS = ("deadline", "place", "stat", "fylkeskommune", "kommune", "Stortinget", "body")
_OURS = frozenset(("infinitive", "aa_infinitive", "imperative", "nei_til", "ja_til", "wish", "at"))
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_TRIM = " \t\n,;:.!?–—-"


@cache
def _rules(label: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in load_rules("measure_fields", _LABELS) if rule.label == label)


@cache
def _body(lower: str) -> str | None:
    for label in ("stat", "fylkeskommune", "kommune", "Stortinget", "body"):
        for rule in _rules(label):
            if rule.pattern.match(lower):
                return label
    return None


def _first(label: str, text: str) -> str | None:
    best: re.Match[str] | None = None
    for rule in _rules(label):
        match = rule.pattern.search(text)
        if match and (best is None or match.start() < best.start()):
            best = match
    if best is None:
        return None
    return (best.group(1) if best.re.groups else best.group(0)).strip()


def deadline(text: str) -> str | None:
    """Return by when a measure shall be done, as written, or None.

    Examples
    --------
    >>> deadline("Halvere utsleppa innan 2030 og doble skogplantinga.")
    'innan 2030'
    """
    return _first("deadline", text)


def place(text: str) -> str | None:
    """Return where a measure takes effect, as written, or None.

    Examples
    --------
    >>> place("Bygge ny ferjekai på Havørnøya.")
    'Havørnøya'
    """
    return _first("place", text)


@cache
def _groups() -> dict[str, frozenset[str]]:
    return {row["class"]: frozenset(row["words"].split()) for row in load_lexicon("target_groups", ("class", "words"))}


def target_group(words: Sequence[Word], first: int, last: int) -> tuple[int, int] | None:
    """Return the places of the words that name whom a measure is for, between `first` and `last`, or None.

    Examples
    --------
    >>> from policytext.measures.words import cut
    >>> target_group(cut("Gratis ferje for unge pendlere i hele landet"), 0, 8)
    (3, 5)
    """
    groups = _groups()
    nouns, adjectives, before = groups["group"], groups["adjective"], groups["before"]
    for place in range(first + 1, last):
        if words[place].lower in nouns:
            if words[place].lower in adjectives and place + 1 < last and words[place + 1].lower in nouns:
                continue
            start = place
            while start > first + 1 and place - start < 2 and words[start - 1].lower in adjectives:
                start -= 1
            if words[start - 1].lower in before:
                return start, place + 1
    return None


def actor(text: str, words: Sequence[Word], bounds: Sequence[tuple[int, int]], head: Head) -> str | None:
    """Return who shall do it: "vi", "stat", "kommune", "fylkeskommune", "Stortinget", a named body, or None.

    A party's name stands for its «vi»; so does the bare infinitive of a list. A passive without an agent has no actor.
    """
    if "passive" in head.kind:
        for index in range(head.after, min(head.after + 8, len(words) - 1)):
            if words[index].lower == "av":
                return _named(text, words, bounds, index + 1)
        return None
    ours = head.subject in ("we", "party") or (head.subject == "name" and head.modal == "vil")
    if head.kind in _OURS or ours or (head.kind.startswith(("coord", "loose")) and head.subject == "none"):
        return "vi"
    window = range(max(0, head.trigger - 6), min(head.trigger + 3, len(words)))
    for index in sorted(window, key=lambda i: (abs(i - head.trigger), i)):
        body = _named(text, words, bounds, index)
        if body is not None:
            return body
    if head.subject == "others" and head.trigger and not head.kind.startswith("coord"):
        before = text[slice(*bounds[head.trigger - 1])]
        return before if before[0].isalpha() else None
    return None


def _named(text: str, words: Sequence[Word], bounds: Sequence[tuple[int, int]], index: int) -> str | None:
    body = _body(words[index].lower)
    return text[slice(*bounds[index])] if body == "body" else body


def object_span(
    words: Sequence[Word], bounds: Sequence[tuple[int, int]], head: Head, stop: int
) -> tuple[int, int] | None:
    """Return where the thing that the verb acts on stands, or None; of a passive it is the subject."""
    if "passive" in head.kind:
        if head.kind != "modal_passive":
            return None
        first = head.trigger
        while first and words[first - 1].kind not in ("stop", "at", "aa"):
            first -= 1
        while first < head.trigger and words[first].kind in ("adv", "coord", "sub"):
            first += 1
        if first < head.trigger:
            return bounds[first][0], bounds[head.trigger - 1][1]
        first, end = head.trigger + 1, head.verb  # «Derfor må havna utvides»
        while end > first and words[end - 1].kind in ("adv", "neg", "aux"):
            end -= 1
        return (bounds[first][0], bounds[end - 1][1]) if first < end else None
    last = min(object_end(words, head.after), stop)
    while last > head.after and words[last - 1].kind in ("stop", "comma", "coord", "quote"):
        last -= 1
    return (bounds[head.after][0], bounds[last - 1][1]) if last > head.after else None


def statement(
    segment: Segment, reading: Reading, bounds: Sequence[tuple[int, int]], head: Head | None, own: str
) -> str:
    """Return a measure as a sentence of its own: with the subject and modal it shares, or with the introducing line.

    The words are the text's own: «Vi vil» of «Vi vil bygge kaia og halvere takstene» before «halvere takstene».
    """
    main = reading.main
    if head is None or main is None:
        return own
    bare = main.kind in ("infinitive", "aa_infinitive")
    later = head.verb > main.verb and head.kind.startswith(("coord_inf", "coord_pass", "coord_unk", "loose"))
    if later and main.modal and main.trigger < main.verb:
        first = main.trigger
        while first and reading.words[first - 1].kind != "stop":
            first -= 1
        lead = segment.text[bounds[first][0] : bounds[main.verb][0]]
    elif bare and reading.mode == "will" and (later or head is main):
        lead = _SENTENCE.split(segment.intro)[-1].rstrip(" :….")
    else:
        return own
    return f"{lead.strip()} {own[:1].lower()}{own[1:]}"


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds without blanks and marks at the edges; a closing bracket or quote stays."""
    while start < end and text[start] in _TRIM:
        start += 1
    while end > start and text[end - 1] in _TRIM:
        end -= 1
    return start, end
