"""Who speaks in a ParlaMint corpus: persons, parties and offices valid on a date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from policytext.ingest.catalogue import find_party
from policytext.ingest.xmlsafe import XML_ID, XML_LANG, local, stream_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

_PARTY_ROLES = {"parliamentaryGroup", "politicalParty", "politicalGroup"}


@dataclass(frozen=True, slots=True)
class Affiliation:
    """A person's place in an organisation, from a date to a date (ISO, either may be empty)."""

    organisation: str
    role: str
    start: str
    end: str
    title: str

    def holds(self, date: str) -> bool:
        """Tell whether the affiliation is valid on an ISO date; an unknown date or open end always is."""
        if not date:
            return True
        return (not self.start or self.start <= date[: len(self.start)]) and (
            not self.end or date[: len(self.end)] <= self.end
        )


@dataclass(slots=True)
class People:
    """The persons and organisations of a corpus."""

    names: dict[str, str] = field(default_factory=dict)
    affiliations: dict[str, list[Affiliation]] = field(default_factory=dict)
    parties: dict[str, str] = field(default_factory=dict)

    def party(self, person: str, date: str) -> str | None:
        """Return the label of the party a person belonged to on a date, or None.

        An affiliation with dates that hold goes before one without dates.
        """
        found = [a for a in self.affiliations.get(person, ()) if a.organisation in self.parties and a.holds(date)]
        if not found:
            return None
        return self.parties[max(found, key=lambda a: (bool(a.start or a.end), a.start)).organisation]

    def office(self, person: str, date: str) -> str | None:
        """Return the office (minister and the like) that a person held on a date, or None."""
        for affiliation in self.affiliations.get(person, ()):
            if affiliation.role not in ("member", "replacement") and affiliation.holds(date):
                return affiliation.title or affiliation.role
        return None

    def read(self, paths: Iterable[Path]) -> None:
        """Read ``listOrg`` and ``listPerson`` out of files; each may be a corpus root or stand alone."""
        for path in paths:
            for event, element in stream_xml(path):
                name = local(element)
                if event == "end" and name == "org":
                    self._organisation(element)
                    element.clear()
                elif event == "end" and name == "person":
                    self._person(element)
                    element.clear()
                elif event == "start" and name == "text":
                    break

    def _organisation(self, element: _Element) -> None:
        identifier = element.get(XML_ID)
        if not identifier or element.get("role") not in _PARTY_ROLES:
            return
        full: dict[str, str] = {}
        short = ""
        for child in element:
            if local(child) == "orgName":
                text = " ".join("".join(child.itertext()).split())
                if child.get("full") in ("abb", "init"):
                    short = short or text
                elif text:
                    full.setdefault(child.get(XML_LANG) or "", text)
        name = next((full[key] for key in ("nb", "nn", "no", "", *full) if key in full), "")
        # the full name goes first: abbreviations in corpora are not always right
        party = find_party(name or short)
        self.parties[identifier] = party.party if party is not None else short or name

    def _person(self, element: _Element) -> None:
        identifier = element.get(XML_ID)
        if not identifier:
            return
        places: list[Affiliation] = []
        for child in element:
            name = local(child)
            if name == "persName" and identifier not in self.names:
                parts = {"forename": "", "surname": ""}
                for part in child:
                    if local(part) in parts and part.text:
                        parts[local(part)] = f"{parts[local(part)]} {part.text.strip()}".strip()
                text = " ".join(filter(None, parts.values())) or " ".join("".join(child.itertext()).split())
                self.names[identifier] = text
            elif name == "affiliation":
                titles = [" ".join("".join(t.itertext()).split()) for t in child if local(t) == "roleName"]
                places.append(
                    Affiliation(
                        (child.get("ref") or "").lstrip("#"),
                        child.get("role") or "member",
                        child.get("from") or child.get("when") or "",
                        child.get("to") or child.get("when") or "",
                        titles[0] if titles else "",
                    )
                )
        self.affiliations[identifier] = places
