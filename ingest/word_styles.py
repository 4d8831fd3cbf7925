"""What a run and a paragraph look like once styles, their bases and the document's defaults are taken together."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import reduce
from typing import NamedTuple

from docx.oxml.ns import qn

from ingest.word_package import Element
from ingest.word_settled import flag, number, value

# Toggles: a paragraph style and a character style that both say bold cancel out (ISO/IEC 29500-1, 17.7.3).
TOGGLES = ("b", "i", "strike", "dstrike", "vanish")
DEFAULT_SIZE = 10.0  # points, where a file gives none (17.3.2.38)
BODY_TEXT = 9  # the outline level that means "no heading" (17.3.1.20)
# "heading 1", Norwegian and Danish "Overskrift 1"; ids have no blank. The title of a document ranks with the highest.
HEADING_NAME = re.compile(r"(?:heading|overskrift)\s*([1-9])", re.IGNORECASE)
TITLES = frozenset({"title", "tittel"})
MAX_BASES = 20  # Word itself allows eleven; a chain that is longer goes round in a ring

Properties = dict[str, str]


class Look(NamedTuple):
    """How a run is shown."""

    bold: bool = False
    italic: bool = False
    struck: bool = False
    hidden: bool = False
    size: float = DEFAULT_SIZE
    colour: str | None = None
    """``#rrggbb``; None for black and for the reader's own colour."""


@dataclass
class Styles:
    """The style sheet. Styles are looked up by id; unknown ids count as no style, as in Word."""

    by_id: dict[str, Element] = field(default_factory=dict)
    default: str | None = None
    """Id of the paragraph style that applies where a paragraph names none."""
    defaults: Properties = field(default_factory=dict)
    _resolved: dict[str, Properties] = field(default_factory=dict)

    def chain(self, style_id: str | None) -> list[Element]:
        """A style and those it is based on, nearest first."""
        found: list[Element] = []
        while style_id in self.by_id and len(found) < MAX_BASES:
            found.append(self.by_id[style_id])
            style_id = value(found[-1], "w:basedOn")
        return found

    def run_properties(self, style_id: str | None) -> Properties:
        """Run properties that a style gives, with those of its bases."""
        if style_id is None:
            return {}
        if style_id not in self._resolved:
            layers = [_properties(style.find(qn("w:rPr"))) for style in reversed(self.chain(style_id))]
            self._resolved[style_id] = reduce(lambda whole, layer: whole | layer, layers, {})
        return self._resolved[style_id]

    def look(self, paragraph_style: str | None, run_properties: Element | None) -> Look:
        """The look of a run: its own properties, then its character style's, then its paragraph style's."""
        own = _properties(run_properties)
        paragraph = self.run_properties(paragraph_style)
        character = self.run_properties(value(run_properties, "w:rStyle"))
        layered = self.defaults | paragraph | character | own
        shown = {name: _toggle(name, own, paragraph, character, self.defaults) for name in TOGGLES}
        return Look(
            bold=shown["b"],
            italic=shown["i"],
            struck=shown["strike"] or shown["dstrike"],
            hidden=shown["vanish"],
            size=number(layered.get("sz"), int(2 * DEFAULT_SIZE)) / 2,
            colour=_colour(layered.get("color")),
        )

    def style_of(self, paragraph: Element) -> str | None:
        """Id of a paragraph's style."""
        named = value(paragraph.find(qn("w:pPr")), "w:pStyle")
        return named if named in self.by_id else self.default

    def heading(self, paragraph: Element) -> int:
        """Rank of a heading, 0 where the paragraph is none.

        Its own outline level decides, then that of the nearest style that has one or is called a heading. "Overskrift
        for innholdsfortegnelse" says body text, and is none.
        """
        own = value(paragraph.find(qn("w:pPr")), "w:outlineLvl")
        if own is not None:
            return _rank(own)
        for style in self.chain(self.style_of(paragraph)):
            level = value(style.find(qn("w:pPr")), "w:outlineLvl")
            if level is not None:
                return _rank(level)
            if rank := heading_rank(value(style, "w:name") or "") or heading_rank(style.get(qn("w:styleId"), "")):
                return rank
        return 0


def read_styles(root: Element | None) -> Styles:
    """The style sheet of ``word/styles.xml``; an empty one where the file has none."""
    if root is None:
        return Styles()
    by_id = {style.get(qn("w:styleId"), ""): style for style in root.iter(qn("w:style"))}
    default = next((key for key, style in by_id.items() if _is_default(style)), None)
    return Styles(by_id, default, _properties(root.find("/".join(map(qn, ("w:docDefaults", "w:rPrDefault", "w:rPr"))))))


def heading_rank(name: str) -> int:
    """The rank that a style's name or id gives.

    >>> [heading_rank(name) for name in ("heading 2", "Overskrift 1", "Overskrift3", "Tittel", "Undertittel", "Normal")]
    [2, 1, 3, 1, 0, 0]
    """
    if name.strip().lower() in TITLES:
        return 1
    match = HEADING_NAME.fullmatch(name.strip())
    return int(match[1]) if match else 0


def _is_default(style: Element) -> bool:
    return style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) in ("1", "true", "on")


def _rank(outline_level: str) -> int:
    level = number(outline_level, BODY_TEXT)
    return level + 1 if 0 <= level < BODY_TEXT else 0


def _properties(element: Element | None) -> Properties:
    """Run properties by name: toggles as "1" and "", others with their value."""
    found: Properties = {}
    for name in TOGGLES:
        if (switch := flag(element, f"w:{name}")) is not None:
            found[name] = "1" if switch else ""
    for name in ("sz", "color"):
        if (setting := value(element, f"w:{name}")) is not None:
            found[name] = setting
    return found


def _toggle(name: str, own: Properties, paragraph: Properties, character: Properties, defaults: Properties) -> bool:
    if name in own:
        return bool(own[name])
    return bool(defaults.get(name)) or bool(paragraph.get(name)) != bool(character.get(name))


def _colour(setting: str | None) -> str | None:
    """A colour as ``#rrggbb``; None for black and "auto".

    >>> _colour("1F3864"), _colour("000000"), _colour("auto")
    ('#1f3864', None, None)
    """
    if setting is None or not re.fullmatch(r"[0-9A-Fa-f]{6}", setting) or setting == "000000":
        return None
    return f"#{setting.lower()}"
