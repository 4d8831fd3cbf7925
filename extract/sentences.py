"""The sentences of a Norwegian text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.words import pattern

_STOP = re.compile(r"[.!?…][»\"”’)]*(?=\s+[«\"“(]?[A-ZÆØÅ0-9])")
_BEFORE = re.compile(r"(?P<word>\S+?)[.!?…][»\"”’)]*$")
ENDS = (".", "!", "?", "…", ".»", ".)", '."')


def first_sentence(text: str) -> str:
    """The text up to its first full stop that ends a sentence: none behind an abbreviation, an ordinal or an initial.

    >>> first_sentence("Teamet starter i Nordvik 1. oktober. Tre av fire stillinger er besatt.")
    'Teamet starter i Nordvik 1. oktober.'
    >>> first_sentence("Prosjektet har 12 (av 30) pasienter, bl.a. Nordvik. Resten venter."), first_sentence("Pågår")
    ('Prosjektet har 12 (av 30) pasienter, bl.a. Nordvik.', 'Pågår')
    """
    for stop in _STOP.finditer(text):
        sentence = text[: stop.end()]
        if not _goes_on(sentence, text[stop.end() :].lstrip()):
            return sentence
    return text


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, first to last.

    >>> list(sentences("Saken følges opp i SSU 22.9. SSUs medlemmer gir innspill, jf. sak 2022.9. Takk."))
    ['Saken følges opp i SSU 22.9.', 'SSUs medlemmer gir innspill, jf. sak 2022.9.', 'Takk.']
    """
    while text := text.strip():
        sentence = first_sentence(text)
        yield sentence
        text = text[len(sentence) :]


def _goes_on(sentence: str, rest: str) -> bool:
    before = _BEFORE.search(sentence)
    word = before["word"].strip('(«"“') if before else ""
    if re.fullmatch(r"\d{1,2}|[A-ZÆØÅ]", word):
        return bool(re.match(r"[A-Za-zÆØÅæøå]", rest)) if word.isdigit() else True
    return bool(pattern("abbreviations", "any").fullmatch(word.lower()))
