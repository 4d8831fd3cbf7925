"""How the papers of the different bodies look: a look for each layout of the collection."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Look:
    """Fonts, sizes in points, margins in millimetres; ``heading`` and ``label`` name manners of ``MANNERS``."""

    font: str = "Helvetica"
    word_font: str = "Calibri"
    size: float = 10.0
    title: float = 16.0
    heading_size: float = 11.5
    heading: str = "bold"
    label: str = "bold"
    margin: float = 22.0
    gap: float = 5.0
    centred_title: bool = False


MANNERS = {
    "bold": ("b",),
    "italic": ("i",),
    "underlined": ("u",),
    "bold underlined": ("b", "u"),
    "bold italic": ("b", "i"),
    "plain": (),
}

LOOKS = {
    "protocol": Look(),
    "agenda": Look(font="Times", word_font="Times New Roman", size=11, title=18, heading_size=13, label="bold"),
    "board": Look(size=10.5, title=15, heading="bold underlined", label="underlined", margin=25),
    "council": Look(word_font="Arial", size=11, title=20, label="bold italic", gap=4),
    "collaboration": Look(word_font="Calibri", size=10, title=14, label="bold", margin=18),
    "extract": Look(font="Times", word_font="Cambria", size=11, heading_size=12, label="bold"),
    "association": Look(word_font="Arial", size=11, title=20, heading_size=14, heading="plain", label="italic", gap=7),
    "audit": Look(font="Times", size=11.5, title=17, heading_size=13, heading="bold", label="bold", margin=26),
    "region": Look(font="Times", word_font="Garamond", size=11, title=15, centred_title=True, label="bold underlined"),
    "letter": Look(size=10.5, title=14, margin=25, gap=6),
}
