"""Where the data, models and corpora of this installation lie."""

from pathlib import Path

from policytext.errors import ModelError

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parent.parent


def data_path(*parts: str) -> Path:
    """Return the path of a rule table or lexicon that ships inside the package."""
    return _PACKAGE.joinpath("data", *parts)


def _bundled(kind: str, name: str) -> Path:
    for root in (_PACKAGE / kind, _CHECKOUT / kind):
        if (root / name).is_dir():
            return root / name
    known = sorted(p.name for root in (_PACKAGE / kind, _CHECKOUT / kind) if root.is_dir() for p in root.iterdir() if p.is_dir())
    raise ModelError(f"no {kind[:-1] if kind == 'models' else 'corpus'} named {name!r}; installed: {', '.join(known) or 'none'}")


def model_path(name: str) -> Path:
    """Return the folder of a trained model, in the wheel or in a checkout.

    Raises
    ------
    ModelError
        If no model of that name is installed; the message lists those that are.
    """
    return _bundled("models", name)


def corpus_path(name: str = "distrikt") -> Path:
    """Return the folder of a bundled corpus, in the wheel or in a checkout.

    Raises
    ------
    ModelError
        If no corpus of that name is installed; the message lists those that are.
    """
    return _bundled("corpora", name)
