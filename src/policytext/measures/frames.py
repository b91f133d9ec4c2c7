"""Where a segment promises: the heads of its clauses, found by the shape of the sentence."""

from __future__ import annotations

from collections.abc import Sequence

from policytext.measures.heads import Head
from policytext.measures.lexicon import INF, PASS, PRES
from policytext.measures.openings import opening_head
from policytext.measures.subjects import subject_class
from policytext.measures.verb_groups import chain, infinitive, resolve, unknown_verb
from policytext.measures.word_lists import word_list
from policytext.measures.words import Word

_DEMANDS = frozenset(word_list("demand"))
_ANSWERS = frozenset(word_list("answer"))
_LINKS = frozenset(word_list("link"))
_THAT_LINKS = frozenset(word_list("that_link"))
_NEGATORS = frozenset(word_list("negator"))
_BEFORE_INFINITIVE = frozenset(word_list("before_infinitive"))


_FINITE_AUXILIARIES = frozenset(word_list("finite_auxiliary"))
_LATE = 6
_GOAL = 7
_OURS = ("we", "party", "name", "none")
_TAKEN = ("contra:", "pro:")
_NOUNS = ("nominal", "coord_nominal", "coord_unknown")


def _finite(word: Word) -> bool:
    return bool(word.reading & PRES) and not word.reading & INF and word.share >= 60


class _Scan:
    """One pass over a segment's words; what stands open is kept between words."""

    def __init__(self, words: Sequence[Word], promised: bool, stances: Sequence[tuple[str, int]]) -> None:
        self.words = words
        self.stances = {place: name for name, place in stances if name.startswith(_TAKEN)}
        self.goals = [place for name, place in stances if name.startswith("goal:")]
        self.promised = promised
        self.heads: list[Head] = []
        self.start = 0
        self.begin = 0
        self.clause = "main"
        self.outer = "main"
        self.governor = ""
        self.current: Head | None = None
        self.taken = -1
        self.finite = ""
        self.inside = False
        self.resumed = 0

    def run(self) -> tuple[list[Head], str]:
        opened = True
        words, size = self.words, len(self.words)
        for place, word in enumerate(words):
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
            if self.clause in ("rel", "sub"):
                self._inside(place)
            if kind == "comma":
                self.begin = place + 1
                if self.clause not in ("main", "at") or (self.clause == "at" and self._fronted(place)):
                    self.clause = self.outer
            elif kind == "coord":
                self.begin = place + 1
                following = words[place + 1] if place + 1 < size else None
                if following is not None and following.kind in ("we", "party", "modal", "it") and self.clause != "at":
                    self.clause = "main"
            elif kind == "sub":
                self.outer = self.clause if self.clause in ("main", "at") else self.outer
                if self.clause not in ("rel", "sub"):
                    self.resumed = self.begin
                self.clause = "rel" if word.lower == "som" else "sub"
                self.inside = False
                self.begin = place + 1
            elif kind == "at":
                self._at(place)
            elif kind == "modal":
                self._modal(place)
            elif kind == "aa":
                self._aa(place)
            elif word.lower in _ANSWERS and place + 1 < size and words[place + 1].lower == "til":
                self._nei(place)
            elif word.reading or (kind == "" and self.current is not None):
                self._verb(place)
            elif kind == "aux" and self._stand(place):
                pass
            elif kind == "aux" and not self.finite and self.clause == "main":
                self.finite = f"{word.lower}:{subject_class(words, self.start, place)}"
        return self.heads, self.finite

    def _add(
        self, kind: str, verb: int, after: int, trigger: int, lemma: str, subject: str, negated: bool, modal: str
    ) -> None:
        head = Head(
            kind,
            verb,
            after,
            trigger,
            lemma,
            subject,
            negated,
            modal,
            self.clause,
            self.governor if self.clause == "at" else "",
        )
        self.heads.append(head)
        self.current = head
        self.taken = max(self.taken, after - 1)

    def _open(self, start: int) -> None:
        """Begin a sentence: nothing stands open but what it opens with."""
        self.start = self.begin = start
        self.clause = self.outer = "main"
        self.governor = ""
        self.current = opening_head(self.words, start, promised=self.promised)
        if self.current is not None:
            self.heads.append(self.current)
            self.taken = max(self.taken, self.current.after - 1)

    def _inside(self, place: int) -> None:
        """Leave a clause under «som» at its second finite verb: «avdelinger som er nedlagt må gjenopprettes»."""
        word = self.words[place]
        if not (word.kind == "modal" or word.lower in _FINITE_AUXILIARIES or _finite(word)):
            return
        if not self.inside:
            self.inside = True
        elif self.clause == "rel" and self.words[place - 1].kind not in ("coord", "comma"):
            self.clause = self.outer
            self.begin = self.resumed

    def _fronted(self, place: int) -> bool:
        """Return whether a clause before the main verb ends at a comma: «I takt med at folk flytter, må vi …»."""
        if self.finite or place + 1 >= len(self.words):
            return False
        following = self.words[place + 1]
        return following.kind == "modal" or following.lower in _FINITE_AUXILIARIES or _finite(following)

    def _at(self, place: int) -> None:
        before = self.words[place - 1] if place > self.start else None
        if before is not None and before.lower in _THAT_LINKS and self.clause == "at":
            governor = self.governor
        elif before is None:
            governor = "^"
        else:
            governor = before.lemma or before.lower
            if before.kind == "modal":
                governor = f"modal {before.lower}"
            elif before.kind in ("we", "party", "adv", "neg") and place - 2 >= self.start:
                earlier = self.words[place - 2]
                governor = earlier.lemma or earlier.lower
        self.outer = self.clause if self.clause == "main" else self.outer
        again = before is not None and before.lower in _THAT_LINKS
        self.clause = "at"
        self.governor = governor
        self.begin = place + 1
        if again and self.current is not None:
            self._add("coord_at", place, place + 1, place, "", "none", False, "")

    def _modal(self, place: int) -> None:
        words = self.words
        word = words[place]
        start = self.begin if self.begin <= place else self.start
        if self.clause == "main" and not self.finite:
            self.finite = f"{word.lower}:{subject_class(words, self.start, place)}"
        self._drop_subject(start)
        subject = subject_class(words, start, place)
        verb = infinitive(words, place)
        if verb < 0:
            negated = place + 1 < len(words) and words[place + 1].kind == "neg"
            self._add("modal_bare", place, place + 1, place, "", subject, negated, word.lower)
            return
        first = verb
        lemma, after, passive, verb = chain(words, verb)
        negated = any(other.kind == "neg" for other in words[place + 1 : max(first, verb)]) or any(
            other.lower in _NEGATORS for other in words[start : min(place, start + 2)]
        )
        self._add("modal_passive" if passive else "modal", verb, after, place, lemma, subject, negated, word.lower)

    def _drop_subject(self, start: int) -> None:
        """Take back a noun that turns out to be the subject of a modal: «, og finansieringen må styrkes»."""
        if self.clause != "main":
            return
        while self.heads and self.heads[-1].verb >= start and self.heads[-1].kind in _NOUNS:
            self.heads.pop()
            self.current = self.heads[-1] if self.heads and self.heads[-1].verb >= self.start else None

    def _aa(self, place: int) -> None:
        words = self.words
        if place + 1 >= len(words) or place == self.start:
            return
        previous = words[place - 1].lower
        current = self.current
        if current is None or (self._told(current) and previous in _DEMANDS):
            self._needed(place)
            return
        linked = previous in _LINKS or (
            previous in _BEFORE_INFINITIVE and place > 1 and words[place - 2].lower in _LINKS
        )
        following = words[place + 1]
        if linked and (following.reading & INF or unknown_verb(following)):
            lemma, after = resolve(words, place + 1, following.lemma or following.lower)
            self._add("coord_aa", place + 1, after, place, lemma, self.current.subject, False, self.current.modal)

    def _told(self, current: Head) -> bool:
        """Return whether what was found so far promises nothing: «Det smarteste vi kan gjøre, er å …»."""
        return self.clause == "main" and current.modal in ("kan", "kunne")

    def _needed(self, place: int) -> None:
        """«det er nødvendig å …», «målet er å …», «behov for å …»: an infinitive that the main clause demands."""
        words = self.words
        if not self.finite or self.clause != "main":
            return
        goal = any(place - _GOAL < at < place and at >= self.start for at in self.goals)
        if words[place - 1].lower not in _DEMANDS and not goal:
            return
        following = place + 1
        while following < min(place + 4, len(words)) and words[following].kind in ("adv", "neg"):
            following += 1
        if following < len(words) and words[following].reading & INF:
            lemma, after = resolve(words, following, words[following].lemma)
            self._add("needed", following, after, place, lemma, self.finite.partition(":")[2], False, "")

    def _late(self, place: int) -> bool:
        """Return whether «og» and a phrase with a preposition stand before the verb: «og i større grad bygge»."""
        for before in range(place - 1, max(self.start, place - _LATE), -1):
            word = self.words[before]
            if word.kind in ("coord", "comma"):
                return self.words[before + 1].kind in ("prep", "adv")
            if word.kind in ("modal", "aux", "sub", "at", "aa", "stop"):
                return False
        return False

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
        if place not in self.stances or self.finite or self.clause != "main":
            return False
        subject = subject_class(self.words, self.start, place)
        if subject not in ("we", "party"):
            return False
        label, _, phrase = self.stances[place].partition(":")
        lemma = "gå imot" if label == "contra" else "støtte"
        self.finite = f"{lemma}:{subject}"
        self._add("wish", place, place + len(phrase.split()), place, lemma, subject, False, "")
        return True

    def _coming(self, place: int) -> bool:
        """Take «kommer (ikke) til å støtte» for «vil (ikke) støtte»; tell whether it was one."""
        words = self.words
        if words[place].lemma != "komme":
            return False
        following = place + 1
        while following < len(words) and words[following].kind in ("adv", "neg", "we", "party"):
            following += 1
        if [word.lower for word in words[following : following + 2]] != ["til", "å"]:
            return False
        verb = following + 2
        if verb >= len(words) or not words[verb].reading & INF:
            return False
        start = self.begin if self.begin <= place else self.start
        subject = subject_class(words, start, place)
        lemma, after, passive, verb = chain(words, verb)
        negated = any(word.kind == "neg" for word in words[place:verb])
        if self.clause == "main" and not self.finite:
            self.finite = f"vil:{subject}"
        self._add("modal_passive" if passive else "modal", verb, after, place, lemma, subject, negated, "vil")
        return True

    def _verb(self, place: int) -> None:
        words = self.words
        word = words[place]
        if word.reading & PRES and word.kind != "wish" and (self._stand(place) or self._coming(place)):
            return
        if word.kind == "wish" and (word.reading & PRES or word.lower in ("går", "foreslår")):
            start = self.begin if self.begin <= place else self.start
            subject = subject_class(words, start, place)
            if self.clause == "main" and not self.finite:
                self.finite = f"{word.lemma}:{subject}"
            lemma, after = resolve(words, place, word.lemma)
            negated = place + 1 < len(words) and words[place + 1].kind == "neg"
            kind = "wish" if subject in _OURS else "report"
            self._add(kind, place, after, place, lemma, subject, negated, "")
            return
        if word.reading & PRES and word.share >= 60 and not word.reading & INF:
            if self.clause == "main" and not self.finite:
                subject = subject_class(words, self.start, place)
                self.finite = f"{word.lemma}:{subject}"
                if self.current is None and (subject in ("we", "party") or word.lemma == "trenge"):
                    lemma, after = resolve(words, place, word.lemma)
                    negated = place + 1 < len(words) and words[place + 1].kind == "neg"
                    kind = "need" if word.lemma == "trenge" else "we_present"
                    self._add(kind, place, after, place, lemma, subject, negated, "")
                    return
            if self.clause == "at" and (
                self.current is None or self.current.clause != "at" or self.current.kind != "at_present"
            ):
                lemma, after, _, verb = chain(words, place)
                self._add("at_present", verb, after, place, lemma, subject_class(words, self.begin, place), False, "")
                return
        current = self.current
        if current is None:
            if word.reading & PASS and not self.finite and self.clause == "main" and word.share >= 50:
                subject = subject_class(words, self.start, place)
                self.finite = f"passive:{subject}"
                lemma, after = resolve(words, place, word.lemma)
                self._add("passive", place, after, place, lemma, subject, False, "")
            return
        before = place - 1
        while before > self.start and words[before].kind in ("adv", "neg"):
            before -= 1
        linked = before > self.start and words[before].lower in _LINKS
        negated = words[place - 1].kind == "neg"
        if not linked:
            if word.reading & INF and word.share >= 85 and words[place - 1].kind in ("", "adv") and not word.bears:
                lemma, after = resolve(words, place, word.lemma)
                kind = "late_infinitive" if self._late(place) else "loose_infinitive"
                self._add(kind, place, after, place, lemma, current.subject, False, current.modal)
            elif word.reading & PASS and "passive" in current.kind and word.share >= 50:
                self._add("loose_passive", place, place + 1, place, word.lemma, current.subject, False, current.modal)
            return
        if word.reading & PASS and ("passive" in current.kind):
            self._add("coord_passive", place, place + 1, place, word.lemma, current.subject, negated, current.modal)
        elif word.reading & INF and word.share >= (50 if word.bears else 5):
            lemma, after = resolve(words, place, word.lemma)
            self._add("coord_infinitive", place, after, place, lemma, current.subject, negated, current.modal)
        elif word.reading & PRES and word.share >= 50:
            lemma, after = resolve(words, place, word.lemma)
            self._add("coord_present", place, after, place, lemma, current.subject, negated, "")
        elif word.bears:
            self.heads.append(
                Head("coord_nominal", place, place + 1, place, "", current.subject, False, "", self.clause, "")
            )
        elif unknown_verb(word):
            unknown = Head(
                "coord_unknown", place, place + 1, place, word.lower, current.subject, negated, current.modal, "", ""
            )
            self.heads.append(unknown)


def find_heads(
    words: Sequence[Word], *, promised: bool, stances: Sequence[tuple[str, int]] = ()
) -> tuple[list[Head], str]:
    """Return the heads of a segment in reading order, and its first finite verb with the class of its subject.

    Parameters
    ----------
    words : sequence of Word
        The segment, cut.
    promised : bool
        Whether the introducing line promises («vil:»), so that bare infinitives count.
    stances : sequence of (str, int)
        The stances taken in the words, with their places, as :func:`policytext.measures.stances.stances` gives them.

    Examples
    --------
    >>> from policytext.measures.words import cut
    >>> heads, finite = find_heads(cut("Vi vil styrke ferja og byggje ut fiber."), promised=False)
    >>> [(head.kind, head.lemma) for head in heads], finite
    ([('modal', 'styrke'), ('coord_infinitive', 'bygge ut')], 'vil:we')
    """
    return _Scan(words, promised, stances).run()
