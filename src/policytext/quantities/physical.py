"""Physical units by the units library pint: conversion, and symbols that the unit table does not hold.

pint is imported at the first call, not with the package.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from policytext.errors import PolicyTextError
from policytext.quantities.numerals import tidy
from policytext.rules import load_lexicon

if TYPE_CHECKING:
    from policytext.records import Quantity


class UnitError(PolicyTextError, ValueError):
    """A unit is unknown, or a quantity cannot be expressed in it."""


@cache
def _registry() -> Any:
    import pint

    registry: Any = pint.UnitRegistry(cache_folder=None)
    registry.define("decare = 1000 * meter ** 2 = daa")
    return registry


@cache
def _definitions() -> dict[str, str]:
    rows = load_lexicon("units", ("forms", "unit", "factor", "kind", "pint"))
    return {row["unit"]: row["pint"] for row in rows if row["pint"]}


def _pint_unit(unit: str) -> Any:
    import pint

    try:
        return _registry().parse_units(_definitions().get(unit, unit))
    except (
        pint.errors.UndefinedUnitError,
        pint.errors.DefinitionSyntaxError,
        ValueError,
        TypeError,
        AssertionError,
    ) as error:
        raise UnitError(
            f"unit {unit!r} is unknown; give a code of the unit table, such as 'kWh', or a unit of pint"
        ) from error


def known_symbol(symbol: str) -> bool:
    """Return whether a symbol is a physical unit that pint knows («kPa», «m³/s»).

    Examples
    --------
    >>> known_symbol("kPa"), known_symbol("xyz")
    (True, False)
    """
    try:
        _pint_unit(symbol)
    except UnitError:
        return False
    return True


def convert(quantity: Quantity, unit: str) -> Quantity:
    """Return a quantity in another unit of the same dimension.

    Parameters
    ----------
    quantity : Quantity
        With a physical unit or a length of time; a range has both ends converted.
    unit : str
        A code of the unit table (``MWh``, ``km2``, ``week`` …) or a unit of pint.

    Raises
    ------
    UnitError
        If a unit is unknown or the dimensions differ.

    Examples
    --------
    >>> from policytext.quantities import parse
    >>> convert(parse("1,5 TWh"), "GWh").value
    1500
    """
    import pint

    source, target = _pint_unit(quantity.unit), _pint_unit(unit)
    registry = _registry()

    def one(value: float | None) -> float | None:
        return None if value is None else tidy(registry.Quantity(value, source).to(target).magnitude)

    try:
        return replace(quantity, value=one(quantity.value), low=one(quantity.low), high=one(quantity.high), unit=unit)
    except pint.errors.DimensionalityError as error:
        raise UnitError(
            f"{quantity.text!r} is in {quantity.unit}, which is no {unit}; give a unit of the same kind"
        ) from error
