"""The topical lexicon: which policy topics a word points to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from policytext.errors import RuleError
from policytext.records import AREAS
from policytext.rules import load_lexicon

TOPIC_COLUMNS = ("topic", "area", "holds")
TERM_COLUMNS = ("topic", "term")
_SHORTEST = 2
NONE = "ingen"
"""The topic of words that only look like a term, such as «naturlig»: its terms hide all others."""


@dataclass(frozen=True, slots=True)
class TopicLexicon:
    """Terms of policy topics, and the area that the codebook gives each topic; none where it depends on the rest.

    A term is a word (``ferje``), the beginning of words (``ferje*``), the end of words (``*ferje``) or two of these
    with a space between (``statlige arbeidsplass*``). Of several beginnings that fit a word only the longest counts,
    and so with ends: ``skolemat*`` hides ``skole*``. `openings` and `closings` are the first two letters of all
    beginnings and the last two of all ends.
    """

    area_of: Mapping[str, str]
    words: Mapping[str, frozenset[str]]
    starts: Mapping[str, frozenset[str]]
    ends: Mapping[str, frozenset[str]]
    pairs: Mapping[str, tuple[tuple[str, str], ...]]
    longest: int
    openings: frozenset[str]
    closings: frozenset[str]

    def topics_of(self, word: str) -> frozenset[str]:
        """Return the topics that a lower-case word points to by itself.

        Examples
        --------
        >>> sorted(load_topics().topics_of("ferjetakstane"))
        ['vei']
        >>> sorted(load_topics().topics_of("onsdag"))
        []
        """
        found = self.words.get(word) or self._beginning(word) | self._end(word)
        return frozenset() if NONE in found else found

    def topics_of_pair(self, first: str, second: str) -> frozenset[str]:
        """Return the topics that two neighbouring lower-case words point to together.

        Examples
        --------
        >>> sorted(load_topics().topics_of_pair("høyere", "utdanning"))
        ['høyereutdanning']
        """
        return frozenset(topic for pattern, topic in self.pairs.get(first, ()) if _fits(second, pattern))

    def _beginning(self, word: str) -> frozenset[str]:
        if word[:_SHORTEST] not in self.openings:
            return frozenset()
        for length in range(min(len(word), self.longest), _SHORTEST - 1, -1):
            found = self.starts.get(word[:length])
            if found is not None:
                return found
        return frozenset()

    def _end(self, word: str) -> frozenset[str]:
        if word[-_SHORTEST:] not in self.closings:
            return frozenset()
        for begin in range(max(0, len(word) - self.longest), len(word) - _SHORTEST + 1):
            found = self.ends.get(word[begin:])
            if found is not None:
                return found
        return frozenset()


def _fits(word: str, pattern: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


@cache
def load_topics() -> TopicLexicon:
    """Load ``area_topics.csv`` and ``area_terms.csv``.

    Raises
    ------
    RuleError
        If a topic repeats or is unknown, an area is not a code, or a term has an asterisk in its middle.
    """
    return build_topics(load_lexicon("area_topics", TOPIC_COLUMNS), load_lexicon("area_terms", TERM_COLUMNS))


def build_topics(topics: Iterable[Mapping[str, str]], terms: Iterable[Mapping[str, str]]) -> TopicLexicon:
    """Build a lexicon from rows with the columns of the two tables; see `load_topics` for the errors."""
    area_of: dict[str, str] = {}
    for row, content in enumerate(topics, start=2):
        if content["area"] and content["area"] not in AREAS:
            raise RuleError(
                f"area_topics.csv, row {row}: area {content['area']!r}; allowed: {', '.join(AREAS)}, or none"
            )
        if not content["topic"] or content["topic"] in area_of:
            raise RuleError(f"area_topics.csv, row {row}: the topic {content['topic']!r} is empty or repeated")
        area_of[content["topic"]] = content["area"]
    words: dict[str, set[str]] = defaultdict(set)
    starts: dict[str, set[str]] = defaultdict(set)
    ends: dict[str, set[str]] = defaultdict(set)
    pairs: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row, content in enumerate(terms, start=2):
        topic, term = content["topic"], content["term"]
        where = f"area_terms.csv, row {row}: the term {term!r}"
        if topic not in area_of:
            raise RuleError(f"{where} has the topic {topic!r}; allowed: {', '.join(area_of)}")
        core = term.strip("*")
        twice = term.startswith("*") and term.endswith("*")
        if len(core) < _SHORTEST or "*" in core or twice or term != term.lower():
            raise RuleError(f"{where} must be lower case, with one asterisk at most, at its beginning or end")
        if " " in term:
            first, _, second = term.partition(" ")
            pairs[first].append((second, topic))
        elif term.endswith("*"):
            starts[core].add(topic)
        elif term.startswith("*"):
            ends[core].add(topic)
        else:
            words[core].add(topic)
    return TopicLexicon(
        area_of=area_of,
        words={key: frozenset(value) for key, value in words.items()},
        starts={key: frozenset(value) for key, value in starts.items()},
        ends={key: frozenset(value) for key, value in ends.items()},
        pairs={key: tuple(value) for key, value in pairs.items()},
        longest=max((len(key) for table in (words, starts, ends) for key in table), default=0),
        openings=frozenset(key[:_SHORTEST] for key in starts),
        closings=frozenset(key[-_SHORTEST:] for key in ends),
    )
