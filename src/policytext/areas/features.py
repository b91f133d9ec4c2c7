"""What the area classifier sees of a text: its words, and for each word its form, its parts and its topics."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from math import log, sqrt

from policytext.areas.lexicon import TopicLexicon
from policytext.language import split_compound

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
LETTERS = "g="
"""What the name of a letter sequence begins with."""
PAIR = " "
"""Between the two words of a phrase of the lexicon, which counts as one more word of the text."""


def words_of(text: str, lexicon: TopicLexicon) -> list[str]:
    """Return the lower-case words of a text, and the phrases of the lexicon in it.

    Examples
    --------
    >>> from policytext.areas.lexicon import load_topics
    >>> words_of("Flere statlige arbeidsplasser!", load_topics())
    ['flere', 'statlige', 'arbeidsplasser', 'statlige arbeidsplasser']
    """
    words = _WORD.findall(text.lower())
    pairs = lexicon.pairs
    if pairs.keys().isdisjoint(words):
        return words
    found = [
        first + PAIR + second
        for first, second in pairwise(words)
        if first in pairs and lexicon.topics_of_pair(first, second)
    ]
    return words + found


def weigh(text: str, lexicon: TopicLexicon) -> dict[str, float]:
    """Count the words of a text; a word said k times counts 1 + ln k.

    Examples
    --------
    >>> from policytext.areas.lexicon import load_topics
    >>> weigh("Vei og tog", load_topics())
    {'vei': 1.0, 'og': 1.0, 'tog': 1.0}
    """
    words = words_of(text, lexicon)
    weights = dict.fromkeys(words, 1.0)
    if len(weights) < len(words):
        weights.update((word, 1 + log(count)) for word, count in Counter(words).items() if count > 1)
    return weights


def word_features(
    word: str,
    lexicon: TopicLexicon,
    *,
    shortest: int,
    longest: int,
    part_weight: float,
    topic_weight: float,
    area_weight: float,
) -> dict[str, float]:
    """Return the features of one word: itself, its letter sequences, its parts, its topics and their areas.

    The letter sequences of a word, boundaries included, weigh one together (in the sum of squares), and the parts of a
    compound, in a spelling shared by both written forms, `part_weight`.

    Examples
    --------
    >>> from policytext.areas.lexicon import load_topics
    >>> weights = {"part_weight": 2.0, "topic_weight": 2.0, "area_weight": 1.0}
    >>> features = word_features("tog", load_topics(), shortest=3, longest=3, **weights)
    >>> {name: round(value, 2) for name, value in features.items()}
    {'w=tog': 1.0, 'p=tog': 2.0, 't=jernbane': 2.0, 'a=infrastruktur': 1.0, 'g=<to': 0.58, 'g=tog': 0.58, 'g=og>': 0.58}
    """
    features = named_features(
        word, lexicon, part_weight=part_weight, topic_weight=topic_weight, area_weight=area_weight
    )
    if PAIR not in word:
        marked = f"<{word}>"
        parts = [
            marked[begin : begin + length]
            for length in range(shortest, longest + 1)
            for begin in range(len(marked) - length + 1)
        ]
        for part in parts:
            features[f"{LETTERS}{part}"] = features.get(f"{LETTERS}{part}", 0.0) + 1 / sqrt(len(parts))
    return features


def named_features(
    word: str, lexicon: TopicLexicon, *, part_weight: float, topic_weight: float, area_weight: float
) -> dict[str, float]:
    """Return the features of one word other than its letter sequences; see `word_features`."""
    features = {f"w={word}": 1.0}
    if PAIR in word:
        topics = lexicon.topics_of_pair(*word.split(PAIR, 1))
    else:
        pieces = split_compound(word)
        for piece in pieces:
            features[f"p={piece}"] = part_weight / sqrt(len(pieces))
        topics = lexicon.topics_of(word)
    for topic in sorted(topics):
        features[f"t={topic}"] = topic_weight
        if lexicon.area_of[topic]:
            features[f"a={lexicon.area_of[topic]}"] = area_weight
    return features
