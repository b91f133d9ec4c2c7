"""Colours can be read: WCAG contrast of every text and mark against its ground, light and dark."""

import re
from importlib.resources import files

import pytest

from policytext.records import AREAS
from policytext.report.palette import DARK, GROUND, HEAT, INK, KINDS, LIGHT, MUTED

CSS = files("policytext.report").joinpath("assets", "report.css").read_text(encoding="utf-8")
LIGHT_CARD, DARK_CARD = re.findall(r"--card:(#\w{6})", CSS)
LIGHT_MARK, DARK_MARK = re.findall(r"--mark:(#\w{6})", CSS)
LIGHT_LINK, DARK_LINK = re.findall(r"--link:(#\w{6})", CSS)


def channels(colour: str) -> list[float]:
    return [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]


def brightness(colour: list[float]) -> float:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: list[float], second: list[float]) -> float:
    low, high = sorted((brightness(first), brightness(second)))
    return (high + 0.05) / (low + 0.05)


THEMES = [
    pytest.param(LIGHT, LIGHT_CARD, LIGHT_MARK, LIGHT_LINK, id="light"),
    pytest.param(DARK, DARK_CARD, DARK_MARK, DARK_LINK, id="dark"),
]


@pytest.mark.parametrize(("theme", "card", "mark", "link"), THEMES)
def test_texts_have_a_contrast_of_at_least_4_5(theme, card, mark, link):
    texts = [(theme[INK], ground) for ground in (theme[GROUND], card, mark)]
    texts += [(theme[MUTED], ground) for ground in (theme[GROUND], card)] + [(link, theme[GROUND])]
    texts += [(theme[f"area-{area}"], theme[GROUND]) for area in AREAS]
    assert [pair for pair in texts if contrast(channels(pair[0]), channels(pair[1])) < 4.5] == []


@pytest.mark.parametrize(("theme", "card", "mark", "link"), THEMES)
def test_marks_have_a_contrast_of_at_least_3(theme, card, mark, link):
    marks = [theme[f"kind-{kind}"] for kind in KINDS] + [theme[HEAT]]
    assert [colour for colour in marks if contrast(channels(colour), channels(theme[GROUND])) < 3] == []


@pytest.mark.parametrize(("theme", "card", "mark", "link"), THEMES)
def test_numbers_can_be_read_on_the_strongest_cell_of_a_heat_map(theme, card, mark, link):
    heat, ground = channels(theme[HEAT]), channels(theme[GROUND])
    cell = [0.68 * one + 0.32 * other for one, other in zip(heat, ground, strict=True)]
    assert contrast(channels(theme[INK]), cell) >= 4.5
