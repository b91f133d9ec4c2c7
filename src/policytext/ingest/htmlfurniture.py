"""What of a web page's structure is furniture: menus, footers, forms, notices, rows of links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policytext.rules import load_rules

if TYPE_CHECKING:
    from lxml.html import HtmlElement

HEADINGS = {f"h{level}": level for level in range(1, 7)}
"""Heading elements and their levels."""
_STRUCTURE = {"nav": "navigation", "footer": "footer", "dialog": "dialog", "menu": "navigation"}
_CONTENT_CHARS = 1000
_MENU_LINKS = 3
_MOST_LINKS = 60
_MENU_CHARS = 600
_LINK_CHARS = 25


@dataclass(frozen=True, slots=True)
class Page:
    """What is known of the page at large: its text's length, and whether its main part has a title."""

    length: int
    titled: bool


def page_of(body: HtmlElement) -> Page:
    """Measure a page."""
    titled = any(body.find(f".//{place}//h1") is not None for place in ("main", "article"))
    return Page(len(words(body)), titled)


def words(element: HtmlElement) -> str:
    """Return an element's text on one line."""
    return " ".join(" ".join(element.itertext()).split())


def boilerplate(element: HtmlElement, page: Page, *, content: bool) -> str | None:
    """Return why an element is left out (menu, footer, form …), or None; `content` is true inside main or article."""
    tag = element.tag
    if tag in _STRUCTURE:
        return _STRUCTURE[tag]
    role = element.get("role") or ""
    if role in ("navigation", "search", "contentinfo", "dialog", "alertdialog", "menu", "menubar"):
        return role
    if tag in ("main", "article", "body", "html", *HEADINGS):
        return None
    if tag == "aside" and not content:
        return "aside"
    if tag == "header" and not content and page.titled:
        return "site header"
    if tag == "form":
        return None if _holds_content(element, page) else "form"
    names = " ".join(filter(None, (element.get("id"), element.get("class"), element.get("aria-label"))))
    for rule in load_rules("html_names") if names else ():
        if rule.pattern.search(names):
            wraps = element.find(".//main") is not None or element.find(".//article") is not None
            lenient = rule.label not in ("cookie", "newsletter")
            return None if wraps or (lenient and _holds_content(element, page)) else rule.label
    return None


def _holds_content(element: HtmlElement, page: Page) -> bool:
    """Tell whether an element named like boilerplate wraps the page's content all the same."""
    if any(element.find(f".//{name}") is not None for name in ("main", "article", "h1")):
        return True
    text = len(words(element))
    if text < _CONTENT_CHARS or text < 0.25 * page.length:
        return False
    return sum(len(words(link)) for link in element.iter("a")) < 0.5 * text


def is_menu(element: HtmlElement) -> bool:
    """Tell whether an element holds nothing but several short links."""
    links = list(element.iter("a"))
    if not _MENU_LINKS <= len(links) <= _MOST_LINKS or any(element.find(f".//{name}") is not None for name in HEADINGS):
        return False
    text = "".join(words(element).split())
    linked = [words(link) for link in links]
    joined = "".join("".join(link.split()) for link in linked)
    short = sum(len(link) for link in linked) <= _LINK_CHARS * len(linked)
    return len(text) <= _MENU_CHARS and len(joined) >= 0.9 * len(text) and short
