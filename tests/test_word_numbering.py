"""List labels: those that Word computes and those that somebody typed."""

from __future__ import annotations

import pytest

from ingest.word_labels import typed_label
from tests.word_builder import found, numbered, one, p, r, rows, table, tc, texts, tr


def level(number: int, form: str, text: str, extra: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def definition(key: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{key}">{"".join(levels)}</w:abstractNum>'


def num(key: int, abstract: int, overrides: str = "") -> str:
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{abstract}"/>{overrides}</w:num>'


def starts(number: int, start: int) -> str:
    return f'<w:lvlOverride w:ilvl="{number}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


OUTLINE = definition(
    0,
    level(0, "decimal", "%1."),
    level(1, "decimal", "%1.%2"),
    level(2, "lowerLetter", "%3)"),
    level(3, "upperRoman", "%4"),
)


def labels(body: str, numbering: str, **parts: str) -> list[str | None]:
    return [paragraph.label for paragraph in found(body, numbering=numbering, **parts)]


def steps(*levels: int, list_id: int = 1) -> str:
    return "".join(numbered("x", list_id, number) for number in levels)


def test_levels_begin_anew_below_a_higher_one():
    given = labels(steps(0, 1, 1, 2, 2, 3, 0, 1, 2), OUTLINE + num(1, 0))
    assert given == ["1.", "1.1", "1.2", "a)", "b)", "I", "2.", "2.1", "a)"]


def test_level_is_the_list_level():
    assert [x.level for x in found(steps(0, 1, 2), numbering=OUTLINE + num(1, 0))] == [0, 1, 2]


def test_a_level_that_was_skipped_shows_its_start():
    assert labels(steps(1, 1), OUTLINE + num(1, 0)) == ["1.1", "1.2"]


def test_lists_of_one_definition_go_on_counting():
    assert labels(steps(0, 0) + steps(0, list_id=2), OUTLINE + num(1, 0) + num(2, 0)) == ["1.", "2.", "3."]


def test_a_start_of_its_own_counts_once():
    numbering = OUTLINE + num(1, 0) + num(2, 0, starts(0, 5))
    assert labels(steps(0, 0) + steps(0, 0, list_id=2) + steps(0), numbering) == ["1.", "2.", "5.", "6.", "7."]


def test_lists_of_different_definitions_count_apart():
    letters = definition(7, level(0, "lowerLetter", "%1)"))
    body = steps(0) + steps(0, list_id=2) + p("Mellom") + steps(0) + steps(0, list_id=2)
    numbering = OUTLINE + letters + num(1, 0) + num(2, 7)
    assert labels(body, numbering) == ["1.", "a)", None, "2.", "b)"]


def test_restart_rules():
    never = definition(0, level(0, "decimal", "%1."), level(1, "decimal", "%2", '<w:lvlRestart w:val="0"/>'))
    assert labels(steps(0, 1, 0, 1), never + num(1, 0)) == ["1.", "1", "2.", "2"]
    by_first = definition(
        0, level(0, "decimal", "%1"), level(1, "decimal", "%2"), level(2, "decimal", "%3", '<w:lvlRestart w:val="1"/>')
    )
    assert labels(steps(0, 1, 2, 1, 2, 0, 2), by_first + num(1, 0)) == ["1", "1", "1", "2", "2", "2", "1"]


def test_a_list_may_change_a_level():
    override = f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1:", start=3)}</w:lvlOverride>'
    assert labels(steps(0, 0), OUTLINE + num(1, 0, override)) == ["C:", "D:"]


def test_case_numbers_and_legal_numbers():
    cases = definition(0, level(0, "decimal", "2031.%1", start=10))
    assert labels(steps(0, 0), cases + num(1, 0)) == ["2031.10", "2031.11"]
    legal = definition(0, level(0, "upperRoman", "%1"), level(1, "decimal", "%1.%2", "<w:isLgl/>"))
    assert labels(steps(0, 1), legal + num(1, 0)) == ["I", "1.1"]


@pytest.mark.parametrize(
    ("form", "text", "label"),
    [
        ("bullet", "\uf0b7", "•"),
        ("bullet", "·", "•"),
        ("bullet", "§", "•"),
        ("bullet", "o", "o"),
        ("bullet", "-", "–"),
        ("bullet", "–", "–"),
        ("bullet", "", None),
        ("none", "", None),
        ("decimalZero", "%1", "01"),
        ("lowerRoman", "(%1)", "(i)"),
        ("decimal", "Sak %1:", "Sak 1:"),
        ("chineseCounting", "%1", "1"),
    ],
)
def test_formats(form: str, text: str, label: str | None):
    assert labels(steps(0), definition(0, level(0, form, text)) + num(1, 0)) == [label]


@pytest.mark.parametrize("form", ["lowerLetter", "upperRoman"])
def test_a_number_too_great_for_its_form_is_written_in_digits(form: str):
    far = 99_999_999_999
    assert labels(steps(0), definition(0, level(0, form, "%1)", start=far)) + num(1, 0)) == [f"{far})"]


def test_second_level_bullet():
    bullets = definition(0, level(0, "bullet", "\uf0b7"), level(1, "bullet", "o"))
    assert texts(steps(0, 1, 0), numbering=bullets + num(1, 0)) == ["• x", "o x", "• x"]


STYLED = """
<w:style w:type="paragraph" w:styleId="Overskrift1"><w:name w:val="heading 1"/>
  <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Overskrift2"><w:name w:val="heading 2"/><w:basedOn w:val="Overskrift1"/>
  <w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Ledd"><w:name w:val="Ledd"/><w:basedOn w:val="Overskrift1"/></w:style>
<w:style w:type="numbering" w:styleId="Liste"><w:name w:val="Liste"/>
  <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
"""


def styled(style: str, properties: str = "") -> str:
    return p("x", f'<w:pStyle w:val="{style}"/>{properties}')


def test_numbers_from_styles():
    letters = level(2, "lowerLetter", "%3)", '<w:pStyle w:val="Ledd"/>')
    numbering = definition(0, level(0, "decimal", "%1"), level(1, "decimal", "%1.%2"), letters) + num(1, 0)
    none = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = styled("Overskrift1") + styled("Overskrift2") + styled("Ledd") + styled("Overskrift1", none)
    assert labels(body, numbering, styles=STYLED) == ["1", "1.1", "a)", None]


def test_a_definition_may_lie_in_a_list_style():
    pointer = '<w:abstractNum w:abstractNumId="9"><w:numStyleLink w:val="Liste"/></w:abstractNum>'
    numbering = OUTLINE + pointer + num(1, 0) + num(2, 9)
    assert labels(steps(0) + steps(0, list_id=2), numbering, styles=STYLED) == ["1.", "2."]


def test_unknown_lists_and_levels_give_no_label():
    assert labels(steps(0, list_id=99) + steps(30), OUTLINE + num(1, 0)) == [None, None]
    assert labels(steps(0), num(1, 77)) == [None]


def test_empty_and_deleted_items():
    """Word numbers an empty item; one whose mark was deleted is gone and takes no number."""
    gone = p(
        '<w:del w:id="1"><w:r><w:delText>borte</w:delText></w:r></w:del>',
        '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:id="2"/></w:rPr>',
    )
    given = found(numbered("En") + numbered("") + gone + numbered("Tre"), numbering=OUTLINE + num(1, 0))
    assert [(x.printed, x.struck) for x in given] == [("1. En", ""), ("3. Tre", "borte")]


def test_a_number_alone_in_a_cell_is_its_text():
    cases = definition(0, level(0, "decimal", "2031.%1", start=4), level(1, "bullet", "•")) + num(1, 0)
    body = table(tr(tc(numbered("")), tc("Avvik")), tr(tc(numbered("")), tc(numbered("", level=1))))
    assert [[cell.text for cell in row.cells] for row in rows(body, numbering=cases)] == [
        ["2031.4", "Avvik"],
        ["2031.5", ""],
    ]


def test_label_and_level_go_with_the_first_line_only():
    first, second = found(numbered(r("<w:t>En</w:t><w:br/><w:t>to</w:t>")), numbering=OUTLINE + num(1, 0))
    assert (first.printed, second.printed, second.level) == ("1. En", "to", 0)


TYPED = [
    ("• Rekruttering", "•", "Rekruttering"),
    ("\uf0b7\tRekruttering", "•", "Rekruttering"),
    ("- Avtaleverket", "-", "Avtaleverket"),
    ("– Avtaleverket", "–", "Avtaleverket"),
    ("o\tDigitalisering", "o", "Digitalisering"),
    ("a) Saken utsettes", "a)", "Saken utsettes"),
    ("A) Saken utsettes", "A)", "Saken utsettes"),
    ("(b) Saken utsettes", "(b)", "Saken utsettes"),
    ("1) saken utsettes", "1)", "saken utsettes"),
    ("iv) Saken", "iv)", "Saken"),
    ("b. Saken", "b.", "Saken"),
    ("1. Forankring", "1.", "Forankring"),
    ("2. sende ut høringen", "2.", "sende ut høringen"),
    ("12. Eventuelt", "12.", "Eventuelt"),
    ("1.2\tBakgrunn", "1.2", "Bakgrunn"),
]
NOT_LABELS = [
    "15.06.2022 sendes høringen",
    "22.9. møtes SSU",
    "22.9 møtes SSU",
    "10.2.22\tReferat",
    "2022.12 – Kompetanse",
    "12/22 Avvik",
    "1. desember 2022 trer avtalen i kraft",
    "1. Mai feires",
    "2. linjetjenesten og 1. halvår",
    "3. og 4. kvartal",
    "A. Hansen deltok",
    "f. eks. avvik",
    "-5 grader",
    "o Dag",
    "a)",
    "•",
    "1 Innledning",
    "1.2 Bakgrunn",
    "Sak 1. Avvik",
]


@pytest.mark.parametrize(("text", "label", "rest"), TYPED)
def test_typed_labels(text: str, label: str, rest: str):
    paragraph = one(
        p("".join(r(part) if part != "\t" else r("<w:tab/>") for part in text.replace("\t", "|\t|").split("|")))
    )
    assert (paragraph.label, paragraph.text) == (label, rest)


@pytest.mark.parametrize("text", NOT_LABELS)
def test_what_only_looks_like_a_label(text: str):
    assert typed_label(text)[0] is None


@pytest.mark.parametrize(
    ("text", "label"), [("1. Tittel", "1."), ("1.2 Bakgrunn", "1.2"), ("22.9 Møtet", None), ("10.2.22 Møtet", None)]
)
def test_typed_label_in_a_heading(text: str, label: str | None):
    assert one(p(text, '<w:outlineLvl w:val="0"/>')).label == label


def test_a_computed_label_leaves_a_typed_one_in_the_text():
    assert texts(numbered("a) Saken"), numbering=OUTLINE + num(1, 0)) == ["1. a) Saken"]
