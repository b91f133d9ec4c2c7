"""Where the data, models and corpora of this installation lie."""

from collections.abc import Iterable
from pathlib import Path

from policytext.errors import ModelError

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parent.parent


def data_path(*parts: str) -> Path:
    """Return the path of a rule table or lexicon that ships inside the package."""
    return _PACKAGE.joinpath("data", *parts)


def bundled(kind: str) -> dict[str, Path]:
    """Return the folders of a kind (``models`` or ``corpora``) by name, of the wheel or of a checkout."""
    for root in (_PACKAGE / kind, _CHECKOUT / kind):
        if root.is_dir():
            return {
                path.name: path
                for path in sorted(root.iterdir())
                if path.is_dir() and not path.name.startswith((".", "_"))
            }
    return {}


def _find(kind: str, name: str) -> Path:
    known = bundled(kind)
    if name not in known:
        raise ModelError(f"{kind} holds no {name!r}; installed: {', '.join(known) or 'none'}")
    return known[name]


def model_path(name: str) -> Path:
    """Return the folder of a trained model, in the wheel or in a checkout.

    Raises
    ------
    ModelError
        If no model of that name is installed; the message lists those that are.
    """
    return _find("models", name)


def corpus_path(name: str = "distrikt") -> Path:
    """Return the folder of a bundled corpus, in the wheel or in a checkout.

    Raises
    ------
    ModelError
        If no corpus of that name is installed; the message lists those that are.
    """
    return _find("corpora", name)


def file_stamps(folder: Path, names: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Return size and time of change of files in a folder (-1 for a missing one), by which a new version is known."""
    stamps = []
    for name in names:
        try:
            found = (folder / name).stat()
        except OSError:
            stamps.append((-1, -1))
        else:
            stamps.append((found.st_size, found.st_mtime_ns))
    return tuple(stamps)
