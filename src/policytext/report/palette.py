"""The colours of figures and page: told apart with any colour vision, on white and on dark ground.

Hues follow Okabe and Ito (2008), darkened or lightened until they reach a contrast of 3:1 against their ground.
Every colour has a name; the page gives each name its light or dark value, figures for print use the light one.
"""

from __future__ import annotations

GROUND = "ground"
INK = "ink"
MUTED = "muted"
RULE = "rule"
HEAT = "heat"

LIGHT: dict[str, str] = {
    GROUND: "#ffffff", INK: "#1a2129", MUTED: "#56616e", RULE: "#d5dae0", HEAT: "#0b5c8f",
    "area-verdiskaping": "#0072b2", "area-velferd": "#c8500a", "area-kompetanse": "#a8487f",
    "area-infrastruktur": "#0a8262", "area-sentralisering": "#9a6c00", "area-annet": "#6a7380",
    "kind-money": "#0b4f7d", "kind-share": "#2f90c4", "kind-count": "#b3760a", "kind-time": "#7c5aa6",
    "kind-physical": "#78818c",
}  # fmt: skip
DARK: dict[str, str] = {
    GROUND: "#12161b", INK: "#e9edf1", MUTED: "#a3aeba", RULE: "#343d48", HEAT: "#3a8cc0",
    "area-verdiskaping": "#5bb7ec", "area-velferd": "#ff9158", "area-kompetanse": "#e795c3",
    "area-infrastruktur": "#3ecba3", "area-sentralisering": "#eab83a", "area-annet": "#9ea8b4",
    "kind-money": "#8fd0f7", "kind-share": "#3f97cc", "kind-count": "#eab83a", "kind-time": "#b79ae0",
    "kind-physical": "#7f8a96",
}  # fmt: skip
KINDS = ("money", "share", "count", "time", "physical")
