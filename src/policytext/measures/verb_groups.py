"""Groups of verbs: a verb with its particles, the infinitive after a modal, the verb behind auxiliaries."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from policytext.measures.lexicon import INF, PART, PASS, load_verb_variants, load_verbs
from policytext.measures.word_lists import word_list
from policytext.measures.words import Word

_SEARCH = 9
_PARTICLES = frozenset(word_list("particle"))
_CHAINS = frozenset(word_list("chain"))
_NO_INFINITIVES = word_list("no_infinitive")
_GUESSED = tuple(pair.split("=") for pair in word_list("guessed_ending"))


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


@cache
def _parentheses() -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in word_list("parenthesis"):
        first, *rest = phrase.split("_")
        found.setdefault(first, []).append(tuple(rest))
    return {first: tuple(rests) for first, rests in found.items()}


def parenthesis(words: Sequence[Word], index: int) -> int:
    """Return how many words «om nødvendig» or «som et minimum» at `index` has, 0 elsewhere: it opens no clause.

    Examples
    --------
    >>> from policytext.measures.words import cut
    >>> parenthesis(cut("om nødvendig stenge"), 0), parenthesis(cut("om havna stenges"), 0)
    (2, 0)
    """
    for rest in _parentheses().get(words[index].lower, ()):
        if tuple(word.lower for word in words[index + 1 : index + 1 + len(rest)]) == rest:
            return 1 + len(rest)
    return 0


_BEFORE_VERB = ("adv", "neg", "we", "party", "public", "it")
_REACH = word_list("reach")
_GOALS = word_list("goal_noun")


def infinitive(words: Sequence[Word], index: int) -> int:
    """Return the place of the first infinitive or s-passive after a modal, or -1.

    An unknown word right after the modal is taken for a verb only where no known one follows in its clause.
    """
    unknown = skipped = -1
    for place in range(index + 1, min(index + 1 + _SEARCH, len(words))):
        word = words[place]
        if word.lower in _CHAINS:
            return place
        if place < skipped:
            continue
        if word.kind == "sub" and (length := parenthesis(words, place)):
            skipped = place + length
            continue
        if word.kind in ("stop", "modal", "sub", "at") or (word.kind == "aa" and place > index + 1):
            return unknown
        if unknown >= 0 and word.kind in ("coord", "comma"):
            return unknown
        sure = word.share >= 25 or place == index + 1 or words[place - 1].kind in _BEFORE_VERB
        if word.reading & (INF | PASS) and (sure or " " in resolve(words, place, word.lemma)[0]):
            return place
        if word.lower in _REACH and words[min(place + 1, len(words) - 1)].lower.endswith(_GOALS):
            return place  # «Vi skal nå målet»
        if place == index + 1 and unknown_verb(word):
            unknown = place
    return unknown


def unknown_verb(word: Word) -> bool:
    """Return whether a form that no list knows is shaped like an infinitive or an s-passive."""
    lower = word.lower
    return (
        not word.kind
        and not word.reading
        and not word.other
        and not word.bears
        and len(lower) > 4
        and (lower[-1] in "ea" or lower.endswith(("es", "ast")))
        and not lower.endswith(_NO_INFINITIVES)
    )


def base_form(word: Word) -> str:
    """Return the infinitive in -e of a verb form: its lemma, or a guess from its ending where no list knows it.

    Examples
    --------
    >>> from policytext.measures.words import describe
    >>> [base_form(describe(form)) for form in ("styrkast", "kaldsveisast", "kaldsveisa", "kaldsveises")]
    ['styrke', 'kaldsveise', 'kaldsveise', 'kaldsveise']
    >>> base_form(describe("handsamast"))
    'behandle'
    """
    lower = word.lower
    if word.lemma:
        return word.lemma
    guess = next((lower.removesuffix(ending) + own for ending, own in _GUESSED if lower.endswith(ending)), lower)
    return load_verb_variants().get(guess, guess)


def chain(words: Sequence[Word], verb: int) -> tuple[str, int, bool, int]:
    """Follow «kunne», «få» and auxiliaries to the verb that says what: its lemma, what follows, passive, its place."""
    word = words[verb]
    lemma, after = resolve(words, verb, base_form(word))
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
        doubtful = lemma == "få" and word.reading & INF  # «får auka»; but «blir auka», «er auka» are participles
        if word.reading & PART and not doubtful and word.share >= 25:
            verb, passive = after, True
            lemma, after = resolve(words, after, word.lemma)
    return lemma, after, passive, verb


def coming(words: Sequence[Word], index: int) -> int:
    """Return the place of the infinitive of «kommer (ikke) til å støtte», or -1.

    Examples
    --------
    >>> from policytext.measures.words import cut
    >>> coming(cut("Vi kommer ikke til å støtte salget"), 1), coming(cut("Ferja kommer til kai"), 1)
    (5, -1)
    """
    if words[index].lemma != "komme":
        return -1
    place = index + 1
    while place < len(words) and words[place].kind in ("adv", "neg", "we", "party"):
        place += 1
    verb = place + 2
    if verb >= len(words) or words[place].lower != "til" or words[place + 1].kind != "aa":
        return -1
    return verb if words[verb].reading & INF or unknown_verb(words[verb]) else -1
