"""Where a segment promises: the heads of its clauses, found by the shape of the sentence."""

from __future__ import annotations

from collections.abc import Sequence

from policytext.measures.clauses import Clauses, opens_condition
from policytext.measures.heads import Head
from policytext.measures.joined import joined_head
from policytext.measures.lexicon import INF, PART, PASS, PRES
from policytext.measures.openings import is_ornament, opening_head
from policytext.measures.subjects import subject_class
from policytext.measures.verb_groups import base_form, chain, coming, infinitive, parenthesis, resolve, unknown_verb
from policytext.measures.word_lists import word_list
from policytext.measures.words import Word

_DEMANDS = frozenset(word_list("demand"))
_ANSWERS = frozenset(word_list("answer"))
_FINITE_AUXILIARIES = frozenset(word_list("finite_auxiliary"))
_LINKS = frozenset(word_list("link"))
_NEGATORS = frozenset(word_list("negator"))
_BEFORE_INFINITIVE = frozenset(word_list("before_infinitive"))
_NEEDS = frozenset(word_list("need"))
_GOAL = 7
_OURS = ("we", "party", "name", "none")
_TAKEN = ("contra:", "pro:")
_THAT_VERBS = ("at_present", "at_passive")
_MOVES = dict(pair.split("=") for pair in word_list("move"))
_NOUNS = ("nominal", "coord_nominal", "coord_unknown")


class _Scan:
    """One pass over a segment's words; what stands open is kept between words."""

    def __init__(self, words: Sequence[Word], promised: bool, stances: Sequence[tuple[str, int]]) -> None:
        self.words = words
        self.stances = {place: name for name, place in stances if name.startswith(_TAKEN)}
        self.goals = [place for name, place in stances if name.startswith("goal:")]
        self.promised = promised
        self.heads: list[Head] = []
        self.clauses = Clauses(words)
        self.current: Head | None = None
        self.taken = -1
        self.finite = ""

    def run(self) -> tuple[list[Head], str]:
        opened = True
        words, size = self.words, len(self.words)
        for place, word in enumerate(words):
            if opened and is_ornament(words, place):
                continue
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
            self.clauses.verb(place)
            if kind == "comma":
                self.clauses.comma(place, led=bool(self.finite))
            elif kind == "coord":
                self.clauses.coordinator(place)
            elif kind == "sub" and (length := parenthesis(words, place)):
                self.taken = place + length - 1
            elif kind == "sub":
                self.clauses.subordinator(place)
            elif kind == "at":
                self._at(place)
            elif kind == "modal":
                self._modal(place)
            elif kind == "aa":
                self._aa(place)
            elif word.lower in _ANSWERS and place + 1 < size and words[place + 1].lower == "til":
                self._nei(place)
            elif word.reading == PART and word.lower in _FINITE_AUXILIARIES:
                self._tell(place)
            elif word.reading or (kind == "" and self.current is not None):
                self._verb(place)
            elif kind == "aux" and self._stand(place):
                pass
            elif kind == "aux":
                self._tell(place)
        return self.heads, self.finite

    def _add(
        self, kind: str, verb: int, after: int, trigger: int, lemma: str, subject: str, negated: bool, modal: str
    ) -> None:
        head = Head(kind, verb, after, trigger, lemma, subject, negated, modal, self.clauses.kind, self._governor())
        self.heads.append(head)
        self.current = head
        self.taken = max(self.taken, after - 1)

    def _tell(self, place: int) -> None:
        """Take a modal or an auxiliary for the finite verb of the main clause, if that has none yet."""
        if not self.finite and self.clauses.kind == "main":
            self.finite = f"{self.words[place].lower}:{subject_class(self.words, self.clauses.start, place)}"

    def _governor(self) -> str:
        return self.clauses.governor if self.clauses.kind == "at" else ""

    def _open(self, start: int) -> None:
        """Begin a sentence: nothing stands open but what it opens with."""
        self.clauses.open(start)
        self.current = opening_head(self.words, start, promised=self.promised)
        if self.current is not None:
            self.heads.append(self.current)
            self.taken = max(self.taken, self.current.after - 1)

    def _at(self, place: int) -> None:
        again = self.clauses.that(place)
        if again and self.current is not None:
            self._add("coord_at", place, place + 1, place, "", "none", False, "")

    def _modal(self, place: int) -> None:
        words = self.words
        word = words[place]
        if place == self.clauses.start and opens_condition(words, place):
            self.clauses.subordinator(place)
            return
        start = self.clauses.opening(place)
        self._tell(place)
        self._drop_subject(start)
        subject = subject_class(words, start, place)
        verb = infinitive(words, place)
        if verb < 0:
            negated = place + 1 < len(words) and words[place + 1].kind == "neg"
            moved = place + 1 + int(negated)
            lemma = _MOVES.get(words[moved].lower, "") if moved < len(words) else ""  # «taksten skal ned»
            after = moved + 1 if lemma else place + 1
            self._add("modal_bare", place, after, place, lemma, subject, negated, word.lower)
            return
        first = verb
        lemma, after, passive, verb = chain(words, verb)
        negated = any(other.kind == "neg" for other in words[place + 1 : max(first, verb)]) or any(
            other.lower in _NEGATORS for other in words[start : min(place, start + 2)]
        )
        self._add("modal_passive" if passive else "modal", verb, after, place, lemma, subject, negated, word.lower)

    def _drop_subject(self, start: int) -> None:
        """Take back a noun that turns out to be the subject of a modal: «, og finansieringen må styrkes»."""
        if self.clauses.kind != "main":
            return
        while self.heads and self.heads[-1].verb >= start and self.heads[-1].kind in _NOUNS:
            self.heads.pop()
            self.current = self.heads[-1] if self.heads and self.heads[-1].verb >= self.clauses.start else None

    def _aa(self, place: int) -> None:
        words = self.words
        if place + 1 >= len(words) or place == self.clauses.start:
            return
        previous = words[place - 1].lower
        current = self.current
        can = current is not None and current.modal in ("kan", "kunne")  # «Det smarteste vi kan gjøre, er å …»
        if current is None or (can and self.clauses.kind == "main" and previous in _DEMANDS):
            self._needed(place)
            return
        linked = previous in _LINKS or (
            previous in _BEFORE_INFINITIVE and place > 1 and words[place - 2].lower in _LINKS
        )
        following = words[place + 1]
        if current is not None and linked and (following.reading & INF or unknown_verb(following)):
            lemma, after = resolve(words, place + 1, base_form(following))
            self._add("coord_aa", place + 1, after, place, lemma, current.subject, False, current.modal)

    def _needed(self, place: int) -> None:
        """«det er nødvendig å …», «målet er å …», «behov for å …»: an infinitive that the main clause demands."""
        words = self.words
        if not self.finite or self.clauses.kind != "main":
            return
        goal = any(place - _GOAL < at < place and at >= self.clauses.start for at in self.goals)
        if words[place - 1].lower not in _DEMANDS and not goal:
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
        said = self.current
        if said is not None and said.kind == "we_present" and said.lemma == "si":
            self.heads.remove(said)
            self._add("wish", said.verb, place + 2, said.trigger, lemma, said.subject, no, "")
            return
        self._add("nei_til" if no else "ja_til", place, place + 2, place, lemma, "none", no, "")

    def _stand(self, place: int) -> bool:
        """Take «vi er imot …», «partiet er positivt til …» as the author's wish; tell whether it was one."""
        if place not in self.stances or self.finite or self.clauses.kind != "main":
            return False
        subject = subject_class(self.words, self.clauses.start, place)
        if subject not in ("we", "party"):
            return False
        label, _, phrase = self.stances[place].partition(":")
        lemma = "gå imot" if label == "contra" else "støtte"
        self.finite = f"{lemma}:{subject}"
        self._add("wish", place, place + len(phrase.split()), place, lemma, subject, False, "")
        return True

    def _led(self) -> bool:
        """Return whether the open clause under «at» has its verb."""
        return self.current is not None and self.current.clause == "at" and self.current.kind in _THAT_VERBS

    def _coming(self, place: int) -> bool:
        """Take «kommer (ikke) til å støtte» for «vil (ikke) støtte»; tell whether it was one."""
        words = self.words
        verb = coming(words, place)
        if verb < 0:
            return False
        start = self.clauses.opening(place)
        subject = subject_class(words, start, place)
        lemma, after, passive, verb = chain(words, verb)
        negated = any(word.kind == "neg" for word in words[place:verb])
        if self.clauses.kind == "main" and not self.finite:
            self.finite = f"vil:{subject}"
        self._add("modal_passive" if passive else "modal", verb, after, place, lemma, subject, negated, "vil")
        return True

    def _verb(self, place: int) -> None:
        words = self.words
        word = words[place]
        if word.reading & PRES and word.kind != "wish" and (self._stand(place) or self._coming(place)):
            return
        if word.kind == "wish" and (word.reading & PRES or word.lower in ("går", "foreslår")):
            start = self.clauses.opening(place)
            subject = subject_class(words, start, place)
            if self.clauses.kind == "main" and not self.finite:
                self.finite = f"{word.lemma}:{subject}"
            lemma, after = resolve(words, place, word.lemma)
            negated = place + 1 < len(words) and words[place + 1].kind == "neg"
            kind = "wish" if subject in _OURS else "report"
            self._add(kind, place, after, place, lemma, subject, negated, "")
            return
        if word.reading & PRES and word.share >= 60 and not word.reading & INF:
            if self.clauses.kind == "main" and not self.finite:
                subject = subject_class(words, self.clauses.start, place)
                self.finite = f"{word.lemma}:{subject}"
                needs = word.lemma in _NEEDS
                if self.current is None and (subject in ("we", "party") or needs):
                    lemma, after = resolve(words, place, "trenge" if needs else word.lemma)
                    negated = place + 1 < len(words) and words[place + 1].kind == "neg"
                    kind = "need" if needs else "we_present"
                    self._add(kind, place, after, place, lemma, subject, negated, "")
                    return
            if self.clauses.kind == "at" and not self._led():
                lemma, after, _, verb = chain(words, place)
                self._add(
                    "at_present", verb, after, place, lemma, subject_class(words, self.clauses.begin, place), False, ""
                )
                return
        if word.reading & PASS and word.share >= 50 and self.clauses.kind == "at" and not self._led():
            subject = subject_class(words, self.clauses.begin, place)
            lemma, after = resolve(words, place, word.lemma)
            self._add("at_passive", place, after, place, lemma, subject, False, "")
            return
        current = self.current
        if current is None:
            if word.reading & PASS and not self.finite and self.clauses.kind == "main" and word.share >= 50:
                subject = subject_class(words, self.clauses.start, place)
                self.finite = f"passive:{subject}"
                lemma, after = resolve(words, place, word.lemma)
                self._add("passive", place, after, place, lemma, subject, False, "")
            return
        head = joined_head(words, place, self.clauses.start, current, self.clauses.kind, self._governor())
        if head is not None:
            self.heads.append(head)
            if head.kind not in ("coord_nominal", "coord_unknown"):
                self.current = head
                self.taken = max(self.taken, head.after - 1)


def find_heads(
    words: Sequence[Word], *, promised: bool, stances: Sequence[tuple[str, int]] = ()
) -> tuple[list[Head], str]:
    """Return the heads of a segment in reading order, and its first finite verb with the class of its subject.

    Parameters
    ----------
    words : sequence of Word
    promised : bool
        Whether the introducing line promises, so that bare infinitives count.
    stances : sequence of (str, int)
        What :func:`policytext.measures.stances.stances` returns for the words.

    Examples
    --------
    >>> from policytext.measures.words import cut
    >>> heads, finite = find_heads(cut("Vi vil styrke ferja og byggje ut fiber."), promised=False)
    >>> [head.lemma for head in heads], finite
    (['styrke', 'bygge ut'], 'vil:we')
    """
    return _Scan(words, promised, stances).run()
