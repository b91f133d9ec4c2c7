"""The commands that list what is installed: `models` and `corpora`."""

from __future__ import annotations

from pathlib import Path

from rich.text import Text

from policytext.cli.options import Models
from policytext.cli.terminal import out, told


def models(folder: Models = None) -> None:
    """List the trained models in use, with what their cards say of them."""
    with told():
        from policytext.analysis.models import BUNDLED, card_facts, load_models
        from policytext.resources import bundled

        chosen = load_models(folder).sources
        places = bundled("models") | {name: source.folder for name, source in chosen.items()}
        for name, place in places.items():
            own = name in chosen and chosen[name].name != BUNDLED
            facts = card_facts(place.parent if own else place)
            if name in chosen:
                facts["sha256"] = chosen[name].sha256
            _list(name, place, facts)


def corpora() -> None:
    """List the corpora that this installation carries."""
    from policytext.analysis.models import card_facts
    from policytext.resources import bundled

    for name, folder in bundled("corpora").items():
        _list(name, folder, {"title": card_facts(folder)["title"]})


def _list(name: str, folder: Path, facts: dict[str, str]) -> None:
    """Print the name of something bundled, where it lies, and what is known of it."""
    out.print(Text.assemble((name, "bold"), "  ", facts.pop("title", "")))
    out.print(Text(f"  {folder}"), soft_wrap=True)
    for label, text in facts.items():
        out.print(Text(f"  {label}: {text}"), soft_wrap=True)
