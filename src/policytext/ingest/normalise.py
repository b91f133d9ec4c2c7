"""One normalisation of text, done once, before any offset is counted."""

import re
import unicodedata

_SPACES = re.compile(r"[^\S\n]{2,}|[^\S\n ]")  # a lone space is right as it is
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff\x00-\x08\x0b-\x1f\x7f]")


def normalise(text: str) -> str:
    """Return text in NFC with plain spaces and without soft hyphens and control characters.

    Line feeds stay. Normalising twice gives the same as once.

    Examples
    --------
    >>> normalise("for\u00adslag  på 10\u00a0000 kroner")
    'forslag på 10 000 kroner'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n")
    text = _INVISIBLE.sub("", text)
    text = unicodedata.normalize("NFC", text)
    return _SPACES.sub(" ", text)
