"""What the models see: named cues from the frames, and regions of words whose letters are counted."""

from __future__ import annotations

from functools import lru_cache

from policytext.measures.lexicon import load_verbs
from policytext.measures.reading import Reading
from policytext.measures.seen import Seen
from policytext.measures.word_lists import word_list

_SORTS = {lemma: sort for sort in ("speech", "thought", "living", "being") for lemma in word_list(sort)}
_STILL = frozenset(word_list("still"))
_ARTICLES = {word: name for name in ("indefinite_article", "definite_article", "new_thing") for word in word_list(name)}
_KEPT = 65_536
TASKS = ("measure", "strength", "specific", "direction", "split")


@lru_cache(maxsize=_KEPT)
def _head_cues(kind: str, modal: str, clause: str, subject: str, governor: str, lemma: str) -> tuple[str, ...]:
    """Return the cues of a head: its frame, what its «at» hangs on, its verb."""
    frame = f"frame:{kind}:{modal}:{clause}"
    at = (f"at:{governor}",) if governor else ()
    verb = (f"verb:{kind}:{lemma}",) if lemma else ()
    return (frame, f"{frame}:{subject}", *at, *verb)


def measure_view(reading: Reading) -> Seen:
    """Return what decides whether a segment holds a measure."""
    words, heads, main, mode = reading.words, reading.heads, reading.main, reading.mode
    seen = Seen()
    cues = seen.cues
    where = "item" if reading.item else "para"
    cues.append(f"where:{where}:{mode}")
    for head in heads[:8]:
        cues += _head_cues(head.kind, head.modal, head.clause, head.subject, head.governor, head.lemma)
    cues.append(f"finite:{reading.finite}:{where}")
    agent = next((word.kind for word in words if word.kind in ("we", "party")), "")
    for name, _ in reading.stances:
        label = name.split(":")[0]
        cues += [f"stance:{name}", f"stance:{label}", f"stance:{label}:{agent}", f"stance:{label}:{reading.finite}"]
    if main is not None:
        cues.append(f"main:{where}:{mode}:{main.kind}")
        cues.append(f"main:{main.kind}:{main.modal}:{main.clause}:{where}")
        core = reading.core
        lemma = core.lemma
        verb = load_verbs().verbs.get(lemma)
        cues.append(f"content:{main.modal}:{lemma}")
        sort = _SORTS.get(lemma, "")
        if sort:
            cues.append(f"sort:{sort}:{main.kind}:{main.modal}")
            cues.append(f"sort:{sort}:{main.subject}:{main.modal}")
            cues.append(f"sort:{sort}:{main.clause}")
        who = [word.group for word in words[max(0, main.trigger - 6) : main.trigger] if word.group]
        cues.append(f"who:{who[-1] if who else ''}:{main.modal}:{main.subject}")
        if verb is not None:
            cues.append(f"class:{main.kind}:{main.modal}:{main.clause}:{verb.direction}:{verb.strength}")
    else:
        cues.append(f"nohead:{where}:{mode}")
        cues.append(f"nohead:{where}:{reading.finite or 'nominal'}")
        clause = "at" if reading.clausal else "finite" if reading.finite else ""
        cues.append(f"nohead:{where}:{mode}:{clause}")
    if words:
        cues.append(f"first:{words[0].kind or words[0].reading}:{where}")
        cues.append(f"first={words[0].lower}")
        if words[-1].lower in "?:":
            cues.append(f"last={words[-1].lower}")
    cues += [f"noun:{group}" for group in dict.fromkeys([word.group for word in words]) if group]
    seen.cues = list(dict.fromkeys(cues))
    seen.regions.append(("text", reading.lowers))
    return seen


def strength_view(reading: Reading) -> Seen:
    """Return what decides whether the first measure is firm or soft."""
    seen = Seen()
    main = reading.main
    if main is None:
        seen.regions.append(("near", reading.lowers[:8]))
        return seen
    verb = load_verbs().verbs.get(main.lemma)
    seen.cues += [f"main:{main.kind}:{main.modal}", f"lemma:{main.lemma}"]
    if verb is not None:
        seen.cues.append(f"class:{verb.strength}")
        seen.cues.append(f"class:{main.kind}:{verb.strength}")
    lemma = reading.core.lemma
    seen.cues.append(f"content:{lemma}")
    for head in reading.heads[:3]:
        other = load_verbs().verbs.get(head.lemma)
        seen.cues.append(f"any:{head.kind}:{head.modal}:{other.strength if other else ''}")
    seen.cues = list(dict.fromkeys(seen.cues))
    seen.regions.append(("near", reading.lowers[max(0, main.trigger - 3) : main.after + 3]))
    return seen


def specific_view(reading: Reading) -> Seen:
    """Return what decides whether an outsider could check the first measure, beside what the network sees."""
    seen = Seen()
    main, words = reading.main, reading.words
    core = reading.core
    direction = core.verb.direction if core.verb is not None else "?"
    cues = seen.cues
    if main is not None:
        cues += [f"main:{main.kind}:{main.modal}", f"lemma:{main.lemma}", f"content:{core.lemma}"]
    near = words[core.start : core.stop]
    groups = [word.group for word in near if word.group]
    cues += [f"near:{group}:{direction}" for group in dict.fromkeys(groups)]
    cues += [f"near:bears:{bears}" for bears in dict.fromkeys([word.bears for word in near]) if bears]
    rest = words[core.stop :]
    cues += [f"rest:{group}:{direction}" for group in dict.fromkeys([word.group for word in rest]) if group]
    cues += [f"rest:bears:{bears}" for bears in dict.fromkeys([word.bears for word in rest]) if bears]
    if any(word.digit for word in rest):
        cues.append("rest:digit")
    if any(word.capital for word in near[1:]):
        cues.append("near:name")
    if any(word.capital for word in rest[1:]):
        cues.append("rest:name")
    if any(word.digit for word in words):
        cues += ("number", f"number:{direction}")
        if any(word.digit for word in near):
            cues.append("near:digit")
    for bears, bearer in core.bearers[:1]:
        cues += (f"then:{bears}", f"then:{direction}:{bears}", f"thenword:{bearer}")
    leading = groups[0] if groups else "none"
    cues += (f"first:{leading}:{direction}", f"first:{leading}:{core.lemma}")
    if groups and all(group in ("vague", "people") for group in groups):
        cues.append(f"allvague:{direction}")
    seen.cues = list(dict.fromkeys(cues))
    return seen


def direction_view(reading: Reading) -> Seen:
    """Return what decides the direction of the first measure."""
    seen = Seen()
    main, words = reading.main, reading.words
    core = reading.core
    start = core.start
    cues = seen.cues
    direction = "?"
    if main is not None:
        outer = load_verbs().verbs.get(main.lemma)
        if core.verb is not None:
            direction = "through" if core.verb.through else core.verb.direction
        cues += (f"lemma:{core.lemma}", f"dir:{direction}", f"neg:{main.negated}:{direction}")
        cues += (f"main:{main.kind}", f"outer:{main.lemma}", f"outer:{outer.direction if outer else '?'}:{direction}")
        if main.modal:
            cues.append(f"modal:{main.modal}:{main.kind}")
    for name, place in reading.stances:
        if place < start + 2 and name.startswith(("contra", "pro", "need", "goal")):
            cues.append(f"stance:{name.split(':')[0]}")
    for rank, (bears, bearer) in enumerate(core.bearers, start=1):
        cues += (f"then{rank}:{bears}", f"then{rank}:{direction}:{bears}", f"thenword{rank}:{bearer}")
        if main is not None:
            cues.append(f"then{rank}:{main.lemma}:{bears}")
    if not core.bearers:
        cues.append(f"then:none:{direction}")
    group = next((word.group for word in words[start : start + 8] if word.group), "")
    if group:
        cues.append(f"noun:{group}:{direction}")
    if main is not None and main.trigger < main.verb:
        borne = [word.bears for word in words[max(0, main.trigger - 8) : start] if word.bears]
        for bears in dict.fromkeys(borne):
            cues += (f"who:{bears}", f"who:{bears}:{direction}")
    if core.bearers and words[start].bears:
        cues += (f"at once:{words[start].bears}", f"at once:{words[start].bears}:{direction}")
    if any(word.digit for word in words[start : core.stop]):
        cues += ("digit", f"digit:{direction}")
    if not _STILL.isdisjoint(reading.lowers[:start]):
        cues.append("still")
    near = [lower for lower in reading.lowers[start : start + 4] if lower]
    article = next((_ARTICLES[word] for word in near[:3] if word in _ARTICLES), "")
    cues += (f"article:{article}:{direction}", f"article:{article}:{core.lemma}")
    if main is not None:
        later = [head for head in reading.heads if head.verb > main.verb]
        for rank, head in enumerate(later[:2]):
            verb = load_verbs().verbs.get(head.lemma)
            follows = verb.direction if verb else "?"
            cues += (f"next{rank}:{follows}:{direction}", f"next{rank}:{head.kind}:{follows}")
    seen.cues = list(dict.fromkeys(cues))
    seen.regions += [
        ("near", reading.lowers[start : start + 4]),
        ("before", reading.lowers[:start]),
    ]
    return seen
