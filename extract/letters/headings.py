"""Headings of input letters: which lines are headings, their number, and the question that a heading asks.

Letters are organised in many ways: theme × question headings, themes only, questions only, "Ad 1: …", numbered
sections in which 1.x answers question 1. A heading is told by how it is set, never by which theme it names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from extract.letters.questions import LONGEST_QUESTION, is_question, question_of
from models.layout import Paragraph
from models.words import pattern

LONGEST = 120  # characters of a heading; a question may be longer
LONGEST_PLAIN = 70  # characters of a heading in the type of the text
BIGGER = 1.06  # of the text's size: 10 against 9.5 points is the smallest step seen
NUMBER = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})(?:[.):]|(?=\s))\s*(?P<rest>\S.*)?", re.DOTALL)
BULLETS = "•▪◦○●■□‣⁃∙·❖➢➤►✓✔*–—-o"
TYPED = re.compile(r"[•▪◦○●■‣–—*-]\s?(?=[A-ZÆØÅ«\"“])")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading without its number. ``question`` is the code of the question it asks, None where it names a theme."""

    text: str
    source: Paragraph
    number: str | None = None
    question: str | None = None
    bullet: int = 0
    """0 where it is no list point, else 1 for the outermost list and so on."""

    @property
    def depth(self) -> int:
        return self.number.count(".") + 1 if self.number else 0


def numbered(paragraph: Paragraph) -> tuple[str | None, str]:
    """The number that stands before a heading, as label or in its text, and the heading without it.

    >>> numbered(Paragraph("Samhandling", label="1.")), numbered(Paragraph("2.1 Digitalisering"))
    (('1', 'Samhandling'), ('2.1', 'Digitalisering'))
    >>> numbered(Paragraph("Ad 3: Rekruttering")), numbered(Paragraph("Innsatsområde 1: Samhandling"))
    (('3', 'Rekruttering'), (None, 'Innsatsområde 1: Samhandling'))
    >>> numbered(Paragraph("24 timers drift")), numbered(Paragraph("Til punkt 2 –"))
    ((None, '24 timers drift'), ('2', ''))
    """
    if paragraph.label and (match := re.fullmatch(r"\(?(\d{1,2}(?:\.\d{1,2}){0,3})[.):]?\)?", paragraph.label)):
        return match[1], paragraph.text
    if match := _answering().match(paragraph.text):
        return match["number"].rstrip("."), (match["rest"] or "").strip()
    match = NUMBER.fullmatch(paragraph.text)
    if match and match["rest"] and _is_number(match, paragraph):
        return match["number"], match["rest"]
    return None, paragraph.text


def _is_number(match: re.Match[str], paragraph: Paragraph) -> bool:
    """Whether it numbers: "1.2 Tiltak" and "1) Tiltak" are numbered; "1 Tiltak" is where it is set as a heading."""
    if "." in match["number"] or paragraph.text[len(match["number"])] in ".):":
        return True
    return bool(paragraph.bold or paragraph.heading) and match["rest"][:1].isupper()


def is_answering(text: str) -> bool:
    """Whether a paragraph says which numbered point it answers: "Ad 1: …", "Til spørsmål 2"."""
    return bool(_answering().match(text))


@cache
def _answering() -> re.Pattern[str]:
    before = pattern("input_answering", "numbers").pattern
    return re.compile(
        before + r"\s*(?P<number>\d{1,2}(?:\.\d{1,2}){0,2})\s*(?:[.):–-]+|$)\s*(?P<rest>\S.*)?",
        re.IGNORECASE | re.DOTALL,
    )


def usual_size(paragraphs: Sequence[Paragraph]) -> float:
    """The size of most of the text, in points; 0 where the file has none."""
    sizes: dict[float, int] = {}
    for p in paragraphs:
        sizes[p.size] = sizes.get(p.size, 0) + len(p.text)
    return max(sizes, key=lambda size: sizes[size], default=0.0)


def is_bullet(paragraph: Paragraph) -> bool:
    """Whether a paragraph is a list point: a mark, a letter or a number before it, or a dash that somebody typed."""
    boxed = paragraph.label is not None and paragraph.label[0] in "☐☒☑"
    return not boxed and (bool(paragraph.label) or bool(TYPED.match(paragraph.text)))


def set_apart(paragraph: Paragraph, usual: float) -> bool:
    """Whether a line is set as a heading: a heading style, bold, italic, bigger than the text, or in capitals."""
    letters = [c for c in paragraph.text if c.isalpha()]
    capitals = len(letters) > 4 and all(c.isupper() for c in letters)
    bigger = paragraph.size > BIGGER * usual > 0
    return bool(paragraph.heading or paragraph.bold or paragraph.italic or bigger or capitals)


def read_heading(
    paragraph: Paragraph, after: Paragraph | None, usual: float, before: Paragraph | None = None
) -> Heading | None:
    """The heading that a paragraph is, judged with the paragraphs around it; None where it is text.

    >>> read_heading(Paragraph("Samhandling", bold=True), None, 10.0).question is None
    True
    >>> read_heading(Paragraph("Kva tiltak er aktuelle?"), None, 10.0).question
    'measures'
    >>> read_heading(Paragraph("Vi støtter forslaget.", bold=True), None, 10.0) is None
    True
    """
    number, text = numbered(paragraph)
    question = question_of(text)
    shape = text.rstrip()
    if not shape:
        return _made(paragraph, number, "", None) if is_answering(paragraph.text) else None
    if shape.endswith((".", ",", ";")) or _is_bare_answer(shape):
        return None
    marked = bool(paragraph.label) and number is None
    if marked and not _heads_list(paragraph, after, question):
        return None
    if question and len(shape) <= LONGEST_QUESTION and _asks(paragraph, question, shape, usual):
        return _made(paragraph, number, shape, question)
    if len(shape) > LONGEST:
        return None
    if set_apart(paragraph, usual) or marked or _is_chapter(paragraph, number, after, before):
        return _made(paragraph, number, shape, None)
    return _made(paragraph, number, shape, None) if is_plain_heading(paragraph, after) else None


def _made(paragraph: Paragraph, number: str | None, text: str, question: str | None) -> Heading:
    nested = paragraph.level + 1 if paragraph.label and number is None else 0
    return Heading(text.rstrip(" :"), paragraph, number, question, nested)


def _asks(paragraph: Paragraph, question: str, text: str, usual: float) -> bool:
    """A question in the type of the text is a heading where a word list knows it or it is numbered."""
    return set_apart(paragraph, usual) or question != "other" or numbered(paragraph)[0] is not None


def _is_bare_answer(text: str) -> bool:
    return bool(pattern("input_forms", "bare_answers").fullmatch(text.strip(" .:!")))


def _heads_list(paragraph: Paragraph, after: Paragraph | None, question: str | None) -> bool:
    """A list point heads what follows where it asks a question, "a) Utfordringer", or is bold over nested points.

    >>> asks, nested = Paragraph("Utfordringer", label="a)"), Paragraph("Lang vei", label="•")
    >>> _heads_list(asks, nested, "challenges"), _heads_list(asks, Paragraph("Tiltak", label="b)"), "challenges")
    (True, False)
    """
    if paragraph.label in ("☐", "☒", "☑"):
        return False
    if question not in (None, "other") and (after is None or not _same_list(paragraph, after)):
        return True
    if after is None or not after.label:
        return False
    deeper = after.level > paragraph.level or (after.label != paragraph.label and after.label in BULLETS)
    return deeper and (paragraph.bold or bool(question and question_of(paragraph.text)))


def _same_list(paragraph: Paragraph, after: Paragraph) -> bool:
    """Whether two paragraphs are points of one list: the same mark, or two letters, at the same level."""
    marks = (paragraph.label or "", after.label or "")
    return paragraph.level == after.level and (marks[0] == marks[1] or not any(m in BULLETS or not m for m in marks))


def _is_chapter(paragraph: Paragraph, number: str | None, after: Paragraph | None, before: Paragraph | None) -> bool:
    """A numbered short line with text under it; numbered lines one after another are a list."""
    if number is None or after is None or len(paragraph.text) > LONGEST_PLAIN:
        return False
    around = [numbered(p)[0] for p in (before, after) if p is not None]
    siblings = any(other is not None and other.count(".") == number.count(".") for other in around)
    return not siblings or is_answering(paragraph.text)


def is_plain_heading(paragraph: Paragraph, after: Paragraph | None) -> bool:
    """A short line in the type of the text over a list or a longer paragraph, with no less space above than below.

    >>> is_plain_heading(Paragraph("Innsatsområde 1: Samhandling"), Paragraph("Målområdene er gode. " * 6))
    True
    >>> is_plain_heading(Paragraph("Flere stillinger"), Paragraph("Felles møter"))
    False
    """
    text = paragraph.text
    if after is None or paragraph.label or len(text) > LONGEST_PLAIN or len(paragraph.lines) > 1:
        return False
    if not text[:1].isupper() or text.endswith((":", "!")) or any(mark in text for mark in ("@", "|", "☐", "☒")):
        return False
    if is_question(after.text) and question_of(after.text) is not None:
        return True
    if paragraph.page == after.page and after.gap > paragraph.gap > 0:
        return False
    longer = len(after.text) > max(90, 2 * len(text)) and after.text[:1].isupper()
    return is_bullet(after) or longer


def theme_and_question(heading: Heading) -> list[Heading]:
    """A heading that names both, "Samhandling – utfordringer", as one of each; any other heading as it is.

    >>> both = theme_and_question(Heading("Samhandling – utfordringer", Paragraph("")))
    >>> [(h.text, h.question) for h in both]
    [('Samhandling', None), ('utfordringer', 'challenges')]
    """
    halves = re.split(r"\s+[–-]\s+|:\s+", heading.text)
    if heading.question is not None or len(halves) != 2:
        return [heading]
    codes = [question_of(half) for half in halves]
    if sum(code is not None for code in codes) != 1:
        return [heading]
    theme = replace(heading, text=halves[codes.index(None)])
    asked = next(i for i, code in enumerate(codes) if code is not None)
    return [theme, replace(heading, text=halves[asked], number=None, question=codes[asked])]


def is_administrative(text: str) -> bool:
    """Whether a form's heading asks for the sender's particulars, not for input.

    >>> is_administrative("Kontaktinformasjon"), is_administrative("Andre innspill?")
    (True, False)
    """
    return bool(pattern("input_forms", "administrative").fullmatch(text.strip(" :")))
