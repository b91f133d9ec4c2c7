"""Turn a source document into plain text, Markdown or HTML, with the layout faults of its genre."""

from __future__ import annotations

import html
import textwrap
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parse import Source, Unit

PAGE = "\f"


def blocks(units: list[Unit]) -> Iterator[list[Unit]]:
    """Yield the layout blocks: a heading, a list item, a directive, or the sentences of one paragraph."""

    def key(pair: tuple[int, Unit]) -> tuple[str, int]:
        index, unit = pair
        running = unit.kind in {"paragraph", "quote", "question"} and not unit.marker
        return ("paragraph", unit.paragraph) if running else ("single", index)

    for _, group in groupby(enumerate(units), key=key):
        yield [unit for _, unit in group]


def _wrap(text: str, width: int, first: str = "", later: str = "") -> str:
    if not width:
        return first + text
    return textwrap.fill(
        text, width, initial_indent=first, subsequent_indent=later, break_long_words=False, break_on_hyphens=False
    )


def plain(source: Source) -> str:
    """Return the document as plain text: hard-wrapped unless width is 0, form feeds at page breaks."""
    width = int(source.header.get("width", "0"))
    bullet = source.header.get("bullet", "-")
    parts: list[str] = []
    waiting = ""
    for block in blocks(source.units):
        unit = block[0]
        if unit.kind == "heading":
            parts.append("\n" + _wrap(unit.text, min(width, 34) if unit.level > 1 else width))
        elif unit.kind == "page":
            parts.append(PAGE)
        elif unit.kind == "resume":
            parts += [PAGE, _wrap(waiting, width)]
        elif unit.marker:
            marker = f" {bullet} " if unit.marker == "*" else f"{unit.marker} "
            text = unit.text
            if unit.rest:
                waiting = unit.rest
                text = text.removesuffix(" " + unit.rest)
            parts.append(_wrap(text, width, marker, "   " if unit.marker == "*" else ""))
        else:
            parts.append(_wrap(" ".join(unit.text for unit in block), width))
    return "\n\n".join(parts).strip("\n").replace("\n\n" + PAGE + "\n\n", "\n\n" + PAGE + "\n") + "\n"


def markdown(source: Source) -> str:
    """Return the document as Markdown, paragraphs unwrapped, lists tight."""
    parts: list[str] = []
    previous = ""
    for block in blocks(source.units):
        unit = block[0]
        if unit.kind == "heading":
            text, now = f"{'#' * unit.level} {unit.text}", "heading"
        elif unit.marker:
            text, now = f"{'-' if unit.marker == '*' else unit.marker} {unit.text}", "item"
        else:
            text, now = " ".join(unit.text for unit in block), "paragraph"
        parts.append(("\n" if now == "item" and previous == "item" else "\n\n") + text)
        previous = now
    return "".join(parts).strip("\n") + "\n"


_STYLE = "body{font-family:sans-serif;max-width:46rem;margin:auto}nav a{margin-right:1rem}"


def web(source: Source) -> str:
    """Return the document as a web page with navigation, cookie notice, newsletter form and footer."""
    head = source.header
    boiler: dict[str, list[str]] = {"nav": [], "cookie": [], "aside": [], "footer": []}
    body: list[str] = []
    opened = ""
    for block in blocks(source.units):
        unit = block[0]
        tag = {"*": "ul", "": ""}.get(unit.marker, "ol")
        if tag != opened:
            if opened:
                body.append(f"</{opened}>")
            if tag:
                body.append(f"<{tag}>")
            opened = tag
        if unit.kind == "boilerplate":
            boiler[unit.rest].append(html.escape(unit.text, quote=False))
        elif unit.kind == "heading":
            body.append(f"<h{unit.level}>{html.escape(unit.text, quote=False)}</h{unit.level}>")
        elif tag:
            body.append(f"  <li>{html.escape(unit.text, quote=False)}</li>")
        else:
            body.append(f"<p>{html.escape(' '.join(unit.text for unit in block), quote=False)}</p>")
    if opened:
        body.append(f"</{opened}>")
    links = "\n".join(f'    <li><a href="#">{text}</a></li>' for text in boiler["nav"])
    cookie = "\n".join(f"  <p>{text}</p>" for text in boiler["cookie"])
    aside = "\n".join(f"  <p>{text}</p>" for text in boiler["aside"])
    footer = "\n".join(f"  <p>{text}</p>" for text in boiler["footer"])
    site = html.escape(head.get("site", head["party"]))
    content = "\n".join(body)
    return f"""<!DOCTYPE html>
<html lang="{head["language"]}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{html.escape(head["title"])} – {site}</title>
<style>{_STYLE}</style>
<script>window.dataLayer = window.dataLayer || [];</script>
</head>
<body>
<div id="cookie-consent" class="cookie-banner" role="dialog">
{cookie}
  <button>OK</button>
</div>
<header>
<nav class="main-menu">
  <ul>
{links}
  </ul>
</nav>
</header>
<main>
<article>
{content}
</article>
</main>
<aside class="newsletter">
{aside}
  <form action="#"><input type="email" name="epost"><button>OK</button></form>
</aside>
<footer>
{footer}
</footer>
</body>
</html>
"""
