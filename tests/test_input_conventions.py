"""How letters are organised, convention by convention: what stands in which line, and under what it is read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pytest

from extract.letters.points import input_points
from models.layout import Block, Cell, LogicalDocument, Paragraph, Row, Table
from models.records import Document

LONG = "Kommunene og sykehuset må få en felles plan for dette arbeidet, og staten må bidra med penger til det."
ASKED = {"challenges": "Hva er de viktigste utfordringene?", "measures": "Hvilke tiltak er aktuelle?"}


class Convention(NamedTuple):
    why: str
    blocks: Sequence[Block]
    points: list[tuple[str | None, str | None, str]]


def bold(text: str, size: float = 11.0, label: str | None = None) -> Paragraph:
    return Paragraph(text, bold=True, size=size, label=label, gap=12.0)


def plain(text: str) -> Paragraph:
    return Paragraph(text, size=11.0, gap=6.0)


def point(text: str, mark: str = "•", level: int = 0) -> Paragraph:
    return Paragraph(text, size=11.0, label=mark, level=level)


def led(lead: str, rest: str) -> Paragraph:
    return Paragraph(f"{lead} {rest}", lead=lead, size=11.0)


def row(*texts: str) -> Row:
    return Row(tuple(Cell((plain(text),), column) for column, text in enumerate(texts)))


CONVENTIONS = [
    Convention(
        "themes and questions set in the same type: questions come again, so themes are outermost",
        [
            bold("Rus"),
            bold(ASKED["challenges"]),
            point("a"),
            bold(ASKED["measures"]),
            point("b"),
            bold("Barn"),
            bold(ASKED["challenges"]),
            point("a"),
        ],
        [("Rus", "challenges", "a"), ("Rus", "measures", "b"), ("Barn", "challenges", "a")],
    ),
    Convention(
        "the other way round: themes come again under each question",
        [
            bold(ASKED["challenges"]),
            bold("Rus"),
            point("a"),
            bold("Barn"),
            point("b"),
            bold(ASKED["measures"]),
            bold("Rus"),
            point("c"),
        ],
        [("Rus", "challenges", "a"), ("Barn", "challenges", "b"), ("Rus", "measures", "c")],
    ),
    Convention(
        "headings in the type of the text",
        [plain("Rus"), plain(ASKED["challenges"]), point("a"), plain("Barn"), plain(ASKED["challenges"]), point("a")],
        [("Rus", "challenges", "a"), ("Barn", "challenges", "a")],
    ),
    Convention(
        "questions named in a word, in the line of their answer",
        [bold("Rus", 13.0), led("Utfordringer:", LONG), led("Aktuelle tiltak:", LONG)],
        [("Rus", "challenges", LONG), ("Rus", "measures", LONG)],
    ),
    Convention(
        "theme and question in one heading",
        [bold("Rus – utfordringer"), point("a"), bold("Rus – tiltak"), point("b")],
        [("Rus", "challenges", "a"), ("Rus", "measures", "b")],
    ),
    Convention(
        "questions as list points over nested ones",
        [bold("Rus"), point("Utfordringer:"), point("a", "o", 1), point("Tiltak:"), point("b", "o", 1)],
        [("Rus", "challenges", "a"), ("Rus", "measures", "b")],
    ),
    Convention(
        "questions as lettered points over paragraphs and lists",
        [
            *(bold("Rus"), point("Hva er de viktigste utfordringene?", "a)"), plain(LONG)),
            *(point("Hvilke tiltak er aktuelle?", "b)"), point("c"), point("d")),
        ],
        [("Rus", "challenges", LONG), ("Rus", "measures", "c"), ("Rus", "measures", "d")],
    ),
    Convention(
        "numbered themes with numbered questions under them",
        [bold("1. Rus"), bold("1.1 Utfordringer"), point("a"), bold("1.2 Gode eksempler"), plain(LONG)],
        [("Rus", "challenges", "a"), ("Rus", "examples", LONG)],
    ),
    Convention(
        "numbers whose meaning a sentence gives",
        [
            plain("Vi svarer på 1) de viktigste utfordringene og 2) aktuelle tiltak."),
            bold("1.1 Rus"),
            plain(LONG),
            bold("2.1 Rus"),
            plain(LONG),
        ],
        [("Rus", "challenges", LONG), ("Rus", "measures", LONG)],
    ),
    Convention(
        "themes in bold in the line of the text, under numbered questions",
        [bold(f"1. {ASKED['challenges']}", 13.0), led("1.1 Rus.", LONG), led("1.2 Barn.", LONG)],
        [("Rus", "challenges", LONG), ("Barn", "challenges", LONG)],
    ),
    Convention(
        "the invitation's themes and questions quoted in the introduction are no points",
        [
            plain("Vi er bedt om innspill til:"),
            point("Rus"),
            point("Barn"),
            plain("og til:"),
            point(ASKED["challenges"]),
            point(ASKED["measures"]),
            bold("Rus"),
            plain(ASKED["challenges"]),
            point("a"),
            bold("Barn"),
            plain(ASKED["measures"]),
            point("b"),
        ],
        [("Rus", "challenges", "a"), ("Barn", "measures", "b")],
    ),
    Convention(
        "a numbered list is a list, its last point too",
        [bold("Rus"), point("Flere plasser", "1."), point("Flere folk", "2."), bold("Barn"), plain(LONG)],
        [("Rus", None, "Flere plasser"), ("Rus", None, "Flere folk"), ("Barn", None, LONG)],
    ),
    Convention(
        "general points of a letter organised by questions answer none of them",
        [point("a"), bold("Rus"), plain(ASKED["challenges"]), point("b"), bold("Til slutt"), plain(LONG)],
        [(None, "other", "a"), ("Rus", "challenges", "b"), ("Til slutt", "other", LONG)],
    ),
    Convention(
        "only questions: they are the nearest heading",
        [plain(ASKED["challenges"]), point("a"), plain(ASKED["measures"]), point("b")],
        [(ASKED["challenges"], "challenges", "a"), (ASKED["measures"], "measures", "b")],
    ),
    Convention(
        "a table with the questions over its columns",
        [Table((row("Tema", "Utfordringer", "Tiltak"), row("Rus", "a", "b"), row("Barn", "c", "d")))],
        [("Rus", "challenges", "a"), ("Rus", "measures", "b"), ("Barn", "challenges", "c"), ("Barn", "measures", "d")],
    ),
    Convention(
        "no headings: every paragraph but the courtesy before the signature",
        [plain(LONG), plain(f"{LONG} Takk."), plain("Ta gjerne kontakt for mer informasjon.")],
        [(None, None, LONG), (None, None, f"{LONG} Takk.")],
    ),
    Convention(
        "a question inside the text is no heading",
        [bold("Rus"), plain("Kan noe av dette løses i fellesskap? Det tror vi."), plain(LONG)],
        [("Rus", None, "Kan noe av dette løses i fellesskap? Det tror vi."), ("Rus", None, LONG)],
    ),
]


@pytest.mark.parametrize("convention", CONVENTIONS, ids=lambda convention: convention.why)
def test_a_letter_is_read_as_it_is_organised(convention):
    blocks = (bold("Innspill til plan", 16.0), *convention.blocks, plain("Med vennlig hilsen"), plain("Kari Dal"))
    title = Document(n=0, kind="input_letter", evidence=({"field": "title", "text": "Innspill til plan"},))
    letter = LogicalDocument(0, "input_letter", None, blocks)
    found = [(p.theme, p.question, p.text) for p in input_points(letter, title)]
    assert found == convention.points
