"""Who a phrase names: persons, bodies, organisations and roles, by an entity ruler over word lists.

The ruler runs in a blank Norwegian pipeline, which needs no model. Where one of the trained Norwegian models is
installed, its persons and organisations are added to what the ruler finds. spaCy is loaded when the first clause with
a commitment is met: most documents never need it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from models.words import pattern, words

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span

TRAINED = ("nb_core_news_lg", "nb_core_news_md", "nb_core_news_sm")
ACTOR = "ACTOR"
NAMED = ("PER", "ORG")  # labels of the trained models
_NAME = r"^[A-ZÆØÅ][\wéüöä'.-]*$"
_SHORT = r"^[A-ZÆØÅ]{2,}[A-ZÆØÅ0-9/-]*s?$|^[A-ZÆØÅ]+[a-zæøå]?[A-ZÆØÅ]+$"  # SSU, FSU-KT, SiF
_FIRST_NAME = re.compile(r"(?!\w+(?:et|ene|ane|inga|ingen|ing|else|sen|heten|heita|asjon\w*)$)[A-ZÆØÅ][a-zæøåéü]{1,11}")
_LINKS = ["for", "i", "av", "ved"]


@cache
def language() -> Language:
    """The pipeline: a tokenizer that keeps "FSU-KT" and "v/teamet" whole, the ruler, and a trained model's names."""
    import spacy
    from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]  # compiled, without stubs
    from spacy.util import is_package

    trained = next((name for name in TRAINED if is_package(name)), None)
    nlp = spacy.load(trained) if trained else spacy.blank("nb")
    nlp.tokenizer = Tokenizer(
        nlp.vocab,
        prefix_search=re.compile(r"^[(«\"“]").search,
        suffix_search=re.compile(r"[.,;:!?)»\"”]$").search,
    )
    config = {"ent_id_sep": "|", "overwrite_ents": True}
    ruler = nlp.add_pipe("entity_ruler", config=config)
    ruler.add_patterns(_patterns())  # type: ignore[attr-defined]
    return nlp


def _patterns() -> list[dict[str, object]]:
    """Names of people, of places with a tail, abbreviations, and the word list's nouns with what belongs to them."""
    noun = {"LOWER": {"REGEX": f"^(?:{pattern('actor_words', 'nouns').pattern})$"}}
    short, name = {"TEXT": {"REGEX": _SHORT}}, {"TEXT": {"REGEX": _NAME}}
    tail = {"LOWER": {"IN": list(words("actor_words", "tails"))}}
    shapes = (
        [{**name, "OP": "{2,5}"}],  # Kari Dal, Sykehuset Lyngheim HF
        [{**name, "OP": "{1,4}"}, tail],  # Nordvik kommune
        [short],
        [noun],
        [noun, {"LOWER": {"IN": _LINKS}}, {"OP": "?", **name}, short],  # Leder for FSU-KT
        [noun, {"LOWER": {"IN": _LINKS}}, name],
        [noun, {**name, "OP": "{1,4}"}],  # Fagnettverk Akutt
        [{"LOWER": {"REGEX": "ende$|lig$"}}, noun],  # administrerende direktør, daglig leder
    )
    return [{"label": ACTOR, "pattern": shape} for shape in shapes]


def read(text: str) -> Doc:
    """A text as spaCy tokens with its actors as entities.

    >>> [entity.text for entity in read("SSU ber administrerende direktør og Nordvik kommune legge frem en plan").ents]
    ['SSU', 'administrerende direktør', 'Nordvik kommune']
    """
    return language()(text)


def actors(doc: Doc) -> list[Span]:
    """The entities of a text that can be given something to do."""
    return [entity for entity in doc.ents if entity.label_ == ACTOR or entity.label_ in NAMED]


def names_actor(phrase: str) -> bool:
    """Whether a phrase names somebody, rather than a thing that something is done to.

    >>> names_actor("Kommunene og SiF"), names_actor("en arbeidsgruppe"), names_actor("høringsforslaget")
    (True, True, False)
    """
    return bool(actors(read(phrase)))


def is_thing(phrase: str) -> bool:
    """Whether a phrase names a thing that a case is about, which does nothing by itself: "Svaret", "Planen for 2024".

    >>> is_thing("Svaret"), is_thing("Handlingsplanen for 2024"), is_thing("Leder for planutvalget"), is_thing("Farida")
    (True, True, False, False)
    """
    first = re.split(r"\s+(?:for|i|av|om|til|fra|frå|på|med|ved)\s", phrase)[0].split()
    return bool(first) and bool(pattern("actor_words", "things").fullmatch(first[-1]))


def is_first_name(phrase: str) -> bool:
    """Whether a phrase can be somebody's first name: one capitalised word that no noun's definite form ends.

    >>> is_first_name("Farida"), is_first_name("Svaret"), is_first_name("Ordninga"), is_first_name("Kari Dal")
    (True, False, False, False)
    """
    return bool(_FIRST_NAME.fullmatch(phrase)) and not is_thing(phrase)


def shortest(phrase: str) -> str | None:
    """The shortest phrase that names who, or None where no word is left.

    A title before a person's name is left out, an article and "at" are no part of a name, and what a relative clause
    tells of somebody is cut off.

    >>> shortest("Faglig redaktør Trine S. Skog"), shortest("det bes om at de berørte kommunene")
    ('Trine S. Skog', 'de berørte kommunene')
    >>> shortest("Faglig samarbeidsutvalg for kvalitet (FSU-K)")
    'FSU-K'
    >>> shortest("Leder for FSU-KT"), shortest("Kommunene og SiF, som eier planen,")
    ('Leder for FSU-KT', 'Kommunene og SiF')
    """
    phrase = re.sub(r"^.*\b(?:at|og så)\s+", "", phrase.strip(" ,.:;–-•"))
    if short := re.search(r"\((?P<name>[A-ZÆØÅ]{2,}[\w-]*)\)$", phrase):
        return short["name"]
    phrase = re.split(r",?\s+som\s|\s+\((?!\w+\))", phrase)[0].strip(" ,.:;–-")
    for title in re.finditer(r"(?<!\S)(?=(?:[A-ZÆØÅ][\w.'-]+\s+)+[A-ZÆØÅ][\w'-]+$)", phrase):
        if 0 < len(phrase[: title.start()].split()) <= 3 and _is_title(phrase[: title.start()]):
            return phrase[title.start() :]
    return phrase or None


def _is_title(text: str) -> bool:
    """Whether the words before a name are somebody's title: the last of them names a role."""
    last = text.split()[-1].lower()
    return last in words("titles", "before_names") or bool(pattern("actor_words", "nouns").fullmatch(last))
