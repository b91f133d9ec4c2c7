"""Who speaks in a document: the name that stands before «vil» in its introducing lines and sentences."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from policytext.measures.words import describe
from policytext.records import Segment

_WILL = re.compile(r"(?:^|(?<=[.!?] ))([A-ZÆØÅ][\w-]*(?: [\w-]+){0,2}) vil\b")
_OPENING = 80
_LEAST_SENTENCES = 5
_SHARE = 0.3


def _name(line: str) -> str:
    """Return the name before «vil», or "" where a pronoun, a public body or a common word stands there."""
    if " vil" not in line[:_OPENING] and not line.endswith("vil:"):
        return ""
    match = _WILL.match(line)
    if match is None:
        return ""
    words = [describe(form) for form in match.group(1).split()]
    common = any(word.kind and word.kind != "party" for word in words) or any(word.group for word in words)
    return "" if common or words[0].reading or words[0].bears else match.group(1)


def authors(segments: Iterable[Segment]) -> dict[str, tuple[str, ...]]:
    """Return for each document the names of its author, where its segments say who «vil»; others are left out.

    An introducing line («Folkefronten vil:») counts at once, sentences from five on, where no other name comes near.
    A document of several authors, or one whose letters a PDF has lost in places, has several names.

    Examples
    --------
    >>> line = "Styrke ferja."
    >>> authors([Segment("d", "1", "item", line, 0, len(line), intro="Havørn Sør vil:")])
    {'d': ('Havørn Sør',)}
    >>> line = "Regjeringen vil styrke ferja."
    >>> authors([Segment("d", "1", "paragraph", line, 0, len(line))])
    {}
    """
    introduced: dict[str, Counter[str]] = defaultdict(Counter)
    said: dict[str, Counter[str]] = defaultdict(Counter)
    for segment in segments:
        if segment.intro:
            name = _name(segment.intro)
            if name:
                introduced[segment.doc_id][name] += 1
        name = _name(segment.text)
        if name:
            said[segment.doc_id][name] += 1
    found: dict[str, tuple[str, ...]] = {}
    for doc in sorted({*introduced, *said}):
        names = introduced[doc] + said[doc]
        known = [
            name
            for name, count in sorted(names.items())
            if introduced[doc][name] or (count >= _LEAST_SENTENCES and count >= _SHARE * names.total())
        ]
        if known:
            found[doc] = tuple(known)
    return found


def own_names(segment: Segment, named: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the names of a segment's author: the party given with it and the one its document shows.

    Examples
    --------
    >>> own_names(Segment("d", "1", "item", "Styrke ferja.", 0, 13, party="Havørn"), {"d": ("Havørn Sør",)})
    ('Havørn', 'Havørn Sør')
    """
    shown = named.get(segment.doc_id, ())
    return tuple(dict.fromkeys((segment.party, *shown))) if segment.party else shown
