"""Characters and words as they were meant: ligatures, soft hyphens, private-use bullets, words broken at a line's end.

Cleaning twice equals cleaning once.
"""

from __future__ import annotations

import re
import unicodedata

# Symbol and Wingdings glyphs keep their font's code in the private use area (U+F000 + code) when they are copied out.
PRIVATE_USE = {
    "\uf0b7": "•", "\uf0a7": "▪", "\uf06e": "■", "\uf076": "❖", "\uf0d8": "➢", "\uf0fc": "✓", "\uf0a8": "☐",
    "\uf0fe": "☒", "\uf078": "☒", "\uf06f": "☐", "\uf0e0": "→", "\uf02d": "–", "\uf0b0": "°", "\uf0ae": "→",
}  # fmt: skip
LIGATURES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st"}
NOTHING = dict.fromkeys(["\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff"], "")
BLANKS = dict.fromkeys(["\u00a0", "\u2007", "\u202f", "\u2009", "\u200a"], " ")
_CHARACTERS = str.maketrans(PRIVATE_USE | LIGATURES | NOTHING | BLANKS | {"\u2011": "-", "\u2010": "-"})
_PRIVATE_REST = re.compile(r"[\ue000-\uf8ff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x80-\x9f]")

# After these the hyphen before them stands for the left out half of a compound: "kvalitets- og tjenesteutvikling".
COORDINATION = frozenset({"og", "eller", "samt", "til", "men", "/"})


def clean(text: str) -> str:
    """Text with layout characters gone and white space folded.

    >>> clean("sam\u00adhandling\u00a0 og \ufb01nans\u200b")
    'samhandling og finans'
    >>> clean("\uf0b7 Rekruttering")
    '• Rekruttering'
    """
    if not (text.isascii() and text.isprintable()):  # most words have nothing to be changed
        text = unicodedata.normalize("NFC", text).translate(_CHARACTERS)
        text = _CONTROL.sub(" ", _PRIVATE_REST.sub("•", text))
    return " ".join(text.split())


def join_lines(lines: list[str]) -> str:
    """Lines of one paragraph as one text, words broken at a line's end put together again.

    >>> join_lines(["regner med god sam-", "handling mellom helse-", "og omsorgstjenesten, SSU-", "møtet"])
    'regner med god samhandling mellom helse- og omsorgstjenesten, SSU-møtet'
    >>> join_lines(["https://eksempel.no/faglige-", "rad"])
    'https://eksempel.no/faglige-rad'
    """
    whole = ""
    for line in filter(None, (clean(line) for line in lines)):
        whole = _joined(whole, line) if whole else line
    return whole


def _joined(before: str, after: str) -> str:
    last = before.rsplit(" ", 1)[-1]
    first = after.split(" ", 1)[0]
    if "://" in last and "://" not in first and not after[:1].isupper():
        return before + after
    if not (last.endswith("-") and len(last) > 1) or not after[:1].isalpha() or first.rstrip(".,;:") in COORDINATION:
        return f"{before} {after}"
    stem = last[:-1]
    if after[:1].islower() and stem.isalpha() and len(stem) > 1 and (stem.islower() or stem.istitle()):
        return before[:-1] + after
    return before + after
