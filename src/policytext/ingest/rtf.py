"""Rich Text Format (RTF): the text, headings by style or outline level, and lists by their printed markers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from policytext.errors import DocumentError
from policytext.ingest.draft import Draft
from policytext.ingest.limits import MAX_DEPTH, read_bytes
from policytext.ingest.markers import find_marker
from policytext.ingest.paragraphs import Paragraph, blocks_from
from policytext.ingest.plain import title_of

_TOKEN = re.compile(r"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|([^\\{}]+)", re.DOTALL)
_HEADING = re.compile(r"(?:heading|overskrift)\s*(\d)", re.IGNORECASE)
_TITLE = re.compile(r"\b(?:title|tittel)\b", re.IGNORECASE)
_SKIPPED = {
    "colortbl", "info", "pict", "object", "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr",
    "footerf", "annotation", "listtable", "listoverridetable", "rsidtbl", "themedata", "fldinst", "xe", "tc", "revtbl",
    "atnid", "atnauthor", "bkmkstart", "bkmkend", "nonshppict", "datastore", "latentstyles", "generator", "pgptbl",
    "filetbl", "mmathPr", "listname", "falt", "panose", "shpinst",
}  # fmt: skip
_SYMBOLS = {
    "tab": "\t", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
    "bullet": "•", "line": "\n", "emspace": " ", "enspace": " ", "qmspace": " ", "cell": "\x1f", "nestcell": "\x1f",
    "softline": " ", "page": " ", "column": " ",
}  # fmt: skip
_CHARSETS = {"0": "cp1252", "77": "mac_roman", "161": "cp1253", "186": "cp1257", "204": "cp1251", "238": "cp1250"}


@dataclass(frozen=True, slots=True)
class _State:
    """What holds within a group: where text goes, how bytes are read, and whether it is bold."""

    target: str = "text"
    fallback: int = 1
    encoding: str = "cp1252"
    bold: bool = False
    hidden: bool = False


@dataclass(slots=True)
class _Reader:
    source: Path
    states: list[_State] = field(default_factory=lambda: [_State()])
    paragraphs: list[Paragraph] = field(default_factory=list)
    notes: list[Paragraph] = field(default_factory=list)
    buffers: dict[str, list[str]] = field(default_factory=lambda: {"text": [], "marker": [], "note": [], "style": []})
    fonts: dict[str, str] = field(default_factory=dict)
    styles: dict[str, str] = field(default_factory=dict)
    codepage: str = "cp1252"
    font: str = ""
    style: str = ""
    named: str = ""
    outline: int | None = None
    nesting: int = 1
    bold: list[tuple[bool, bool]] = field(default_factory=list)
    skip: int = 0
    starred: bool = False
    high: int = 0

    def run(self, text: str) -> None:
        position = 0
        while position < len(text):
            found = _TOKEN.match(text, position)
            if found is None:
                position += 1
                continue
            position = found.end()
            word, number, byte, symbol, brace, plain = found.groups()
            if brace:
                self.brace(brace)
            elif word:
                if word == "bin" and number:
                    position += max(int(number), 0)
                else:
                    self.word(word, number)
            elif byte:
                self.write(bytes([int(byte, 16)]).decode(self.states[-1].encoding, "replace"))
            elif symbol:
                self.symbol(symbol)
            elif plain:
                self.write(plain.replace("\r", "").replace("\n", ""))
        self.paragraph()

    def brace(self, brace: str) -> None:
        self.skip = 0
        if brace == "{":
            if len(self.states) > MAX_DEPTH:
                raise DocumentError(
                    f"{self.source}: groups nest deeper than {MAX_DEPTH}; save the file again as DOCX or text"
                )
            self.states.append(self.states[-1])
            return
        state = self.states[-1]
        if len(self.states) > 1:
            self.states.pop()
        if state.target == "note" and self.states[-1].target != "note":
            text = "".join(self.buffers["note"])
            self.buffers["note"].clear()
            self.notes.append(Paragraph(text, "footnote"))
        elif state.target == "style":
            name = "".join(self.buffers["style"]).strip(" ;")
            self.buffers["style"].clear()
            if name:
                self.styles[self.named] = name
            self.named = ""
        self.starred = False

    def symbol(self, symbol: str) -> None:
        if symbol in "\\{}":
            self.write(symbol)
        elif symbol == "~":
            self.write(" ")
        elif symbol == "_":
            self.write("-")
        elif symbol == "*":
            self.starred = True
        elif symbol in "\r\n":
            self.paragraph()

    def word(self, word: str, number: str | None) -> None:
        state = self.states[-1]
        if self.starred or word in _SKIPPED:
            known = word in ("listtext", "pntext", "shptxt", "footnote")
            if not known and (word in _SKIPPED or self.starred):
                self.states[-1] = replace(state, target="nothing")
            self.starred = False
        state = self.states[-1]
        if word == "u" and number is not None:
            self.unicode(int(number))
        elif word == "uc":
            self.states[-1] = replace(state, fallback=min(max(int(number or 1), 0), 16))
        elif word in ("fonttbl", "stylesheet") and state.target == "text":
            self.states[-1] = replace(state, target="fonts" if word == "fonttbl" else "style")
        elif word in ("listtext", "pntext") and state.target == "text":
            self.states[-1] = replace(state, target="marker")
        elif word == "footnote" and state.target == "text":
            self.states[-1] = replace(state, target="note")
        elif state.target == "nothing":
            return
        elif word in ("par", "row", "sect", "nestrow"):
            self.paragraph() if state.target == "text" else self.write(" ")
        elif word == "pard":
            self.style, self.outline, self.nesting = "", None, 1
        elif word == "plain":
            self.states[-1] = replace(state, bold=False, hidden=False)
        elif word == "b":
            self.states[-1] = replace(state, bold=number != "0")
        elif word in ("v", "deleted"):
            self.states[-1] = replace(state, hidden=number != "0")
        elif word in ("s", "cs", "ds"):
            if state.target == "style":
                self.named = f"{word}{number}"
            elif word == "s":
                self.style = f"s{number}"
        elif word == "ilvl":
            self.nesting = min(max(int(number or 0), 0), 8) + 1
        elif word == "outlinelevel":
            self.outline = int(number or 9)
        elif word == "ansicpg":
            self.codepage = _codec(f"cp{number}")
            self.states[-1] = replace(state, encoding=self.codepage)
        elif word == "mac":
            self.states[-1] = replace(state, encoding="mac_roman")
        elif word == "f":
            if state.target == "fonts":
                self.font = number or ""
            else:
                self.states[-1] = replace(state, encoding=self.fonts.get(number or "", self.codepage))
        elif word == "fcharset" and state.target == "fonts":
            self.fonts[self.font] = _CHARSETS.get(number or "", self.codepage)
        elif word in _SYMBOLS:
            self.write(_SYMBOLS[word])

    def unicode(self, code: int) -> None:
        code &= 0xFFFF
        self.skip = 0
        if 0xD800 <= code < 0xDC00:
            self.high = code
        elif 0xDC00 <= code < 0xE000:
            if self.high:
                self.write(chr(0x10000 + ((self.high - 0xD800) << 10) + (code - 0xDC00)))
            self.high = 0
        else:
            self.write(chr(code))
        self.skip = self.states[-1].fallback

    def write(self, text: str) -> None:
        if self.skip:
            cut = min(self.skip, len(text))
            self.skip -= cut
            text = text[cut:]
        state = self.states[-1]
        if not text or state.hidden or state.target not in self.buffers:
            return
        self.buffers[state.target].append(text)
        if state.target == "text" and text.strip():
            self.bold.append((state.bold, True))

    def paragraph(self) -> None:
        text = "".join(self.buffers["text"])
        marker = "".join(self.buffers["marker"]).strip()
        self.buffers["text"].clear()
        self.buffers["marker"].clear()
        bold = bool(self.bold) and all(flag for flag, _ in self.bold)
        self.bold.clear()
        cells = [" ".join(cell.split()) for cell in text.split("\x1f")]
        text = " | ".join(cell for cell in cells if cell) if len(cells) > 1 else text
        if not text.strip():
            return
        name = self.styles.get(self.style, "")
        heading = _HEADING.search(name)
        if heading or _TITLE.search(name):
            self.paragraphs.append(Paragraph(text, "heading", max(int(heading.group(1)), 1) if heading else 1))
        elif self.outline is not None and self.outline < 9:
            self.paragraphs.append(Paragraph(text, "heading", self.outline + 1))
        elif marker:
            found = find_marker(f"{marker} x")
            shown = "•" if found is None or found.kind in ("bullet", "dash") else marker
            self.paragraphs.append(Paragraph(text, "item", self.nesting, shown))
        else:
            self.paragraphs.append(Paragraph(text, bold=bold))


def _codec(name: str) -> str:
    try:
        "".encode(name)
    except LookupError:
        return "cp1252"
    return name


def read(source: Path) -> Iterator[Draft]:
    """Read an RTF file; headers, pictures, fields' codes and hidden text are left out, footnotes come last.

    Parameters
    ----------
    source : Path
        An ``.rtf`` file.

    Raises
    ------
    DocumentError
        If the file is empty, too large, no RTF, holds no text or nests too deeply.
    """
    data = read_bytes(source)
    if not data.lstrip().startswith(b"{\\rtf"):
        raise DocumentError(f"{source}: does not begin as RTF; save it again as RTF, DOCX or text")
    reader = _Reader(source)
    reader.run(data.decode("latin-1"))
    blocks = blocks_from([*reader.paragraphs, *reader.notes])
    if not blocks:
        raise DocumentError(f"{source}: an RTF file without text, or cut off before it; save it again")
    yield Draft(blocks, title_of(blocks))
