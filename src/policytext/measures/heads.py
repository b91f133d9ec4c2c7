"""The head of a clause that may hold a measure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)  # not frozen: tens of thousands are made, and a frozen one takes four times as long
class Head:
    """The main verb of a clause that may hold a measure; never changed once made.

    `kind` names the frame, `verb` the verb's place among the words, `after` the first word of its object, `trigger`
    the place of the word that makes it a promise, `lemma` the verb, `subject` the class of who acts, `modal` the modal
    verb, `clause` whether it stands in the main clause or under «som», «at», «når», and `governor` what «at» hangs on.
    """

    kind: str
    verb: int
    after: int
    trigger: int
    lemma: str
    subject: str
    negated: bool
    modal: str
    clause: str
    governor: str
