"""List labels that somebody typed: "• ", "- ", "a) ", "1. " at the start of a paragraph.

Numbers need care, since dates, case numbers and ordinals begin paragraphs too ("1. desember", "2022.12", "2. linje").
"""

from __future__ import annotations

import re

from models.dates import makes_a_day

LABEL = re.compile(
    r"""
    (?P<bullet> [•▪◦●○■□‣⁃∙·❖➢➤►*–—-] )  (?P<blank> \s+ )     # • Rekruttering
    | (?P<circle> o ) \s* \t \s*                               # Word's second bullet, when it was pasted as text
    | (?P<bracket> \(? (?: \d{1,2} | [a-zæøåA-ZÆØÅ] | [ivx]{2,5} ) \) ) \s+        # a) 1) (b) iv)
    | (?P<letter> (?: [a-zæøå] | [ivx]{2,5} ) \. ) (?: \s*\t\s* | \s+ (?= [A-ZÆØÅ«"“”0-9] ) )   # b. Saken utsettes
    | (?P<number> \d{1,2} \. ) (?P<tab> \s*\t\s* | \s+ )       # 1. Forankring
    | (?P<decimal> \d{1,2} (?: \.\d{1,2} ){1,3} \.? ) (?P<space> \s*\t\s* | \s+ )   # 1.2 Bakgrunn
    """,
    re.VERBOSE,
)
# After a number with a full stop these make it an ordinal: "2. varamedlem", "3. og 4. mai", and with any ending
# "1. halvår", "2. gangs behandling", "2. linjetjenesten".
ORDINAL = re.compile(
    r"""
    avdeling | dag | del | hånd | hjelp | klasse | konsulent | nestleder | plass | runde | time | utgave | utkast
    | juledag | pinsedag | påskedag | varamedlem | vararepresentant | og | eller | til | samt
    | (?: amanuensis | behandling | etasje | gang | halvår | kvartal | linje | semester | termin | tertial | trinn ) \w*
    """,
    re.VERBOSE,
)
DATE = re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})(?:\.\d{2})?\.?")


def typed_label(text: str, heading: bool = False) -> tuple[str | None, str]:
    """The label typed at the start of ``text``, and the text behind it.

    ``text`` keeps its tabs, since "1.2" with a tab behind it is a label; so it is in a heading.

    >>> typed_label("a) Saken utsettes"), typed_label("- Avtaleverket"), typed_label("1. Forankring")
    (('a)', 'Saken utsettes'), ('-', 'Avtaleverket'), ('1.', 'Forankring'))
    >>> typed_label("1.2 Bakgrunn", heading=True)
    ('1.2', 'Bakgrunn')
    >>> [typed_label(t)[0] for t in ("1. desember 2022", "22.9. møtes vi", "2022.12 Avvik", "12/22 Avvik", "2. linje")]
    [None, None, None, None, None]
    """
    text = text.strip()
    match = LABEL.match(text)
    if not match or match.end() == len(text) or not _is_label(match, text[match.end() :], heading):
        return None, text
    return match[0].strip(), text[match.end() :]


def _is_label(match: re.Match[str], rest: str, heading: bool) -> bool:
    if match["number"]:
        return not _is_ordinal(rest, tabbed="\t" in match["tab"])
    if match["decimal"]:
        return (heading or "\t" in match["space"]) and not _is_date(match["decimal"], heading)
    return True


def _is_ordinal(rest: str, tabbed: bool) -> bool:
    """Whether a number before ``rest`` counts something: "1. desember", "1.\tdesember" in a calendar, "2. linje…"."""
    if makes_a_day(rest):
        return True
    word = re.split(r"[\s,.;:)/-]", rest, maxsplit=1)[0].casefold()
    return not tabbed and not rest[:1].isupper() and ORDINAL.fullmatch(word) is not None


def _is_date(decimal: str, heading: bool) -> bool:
    """Dates are "22.9", "1.2." and "10.2.22"; a chapter "1.2" outweighs the first of February."""
    match = DATE.fullmatch(decimal)
    if not match or not 1 <= int(match["day"]) <= 31 or not 1 <= int(match["month"]) <= 12:
        return False
    years = decimal.rstrip(".").count(".") == 2 and int(decimal.rstrip(".").rsplit(".", 1)[1]) >= 10
    return years or int(match["day"]) > 12 or (decimal.endswith(".") and not heading)
