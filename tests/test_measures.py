"""Measures out of plans, reports and slides in the templates of several invented regions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from docx import Document as WordDocument
from edtf import parse_edtf
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph as Drawn
from reportlab.platypus import SimpleDocTemplate, Spacer
from reportlab.platypus import Table as DrawnTable

from extract.plans.measures import measures
from extract.plans.periods import read_period
from ingest import read, split
from models.layout import Block, Cell, LogicalDocument, Paragraph, Place, Row, Table
from models.records import Measure

INTRODUCTION = "Planen er laget av sykehuset og kommunene sammen, og den følges opp i utvalget hvert halvår."


def text(words: str, **more: Any) -> Paragraph:
    return Paragraph(words, places=(Place(1),), size=11, **more)


def heading(words: str, size: float = 12, **more: Any) -> Paragraph:
    return Paragraph(words, places=(Place(1),), size=size, bold=True, **more)


def bullet(words: str, label: str = "•") -> Paragraph:
    return text(words, label=label)


def cell(words: str, column: int, columns: int = 1, rows: int = 1, *, bold: bool = False, page: int = 1) -> Cell:
    lines = tuple(Paragraph(line, places=(Place(page),), size=10, bold=bold) for line in words.split("\n") if line)
    return Cell(lines, column, columns, rows)


def row(*texts: str | Cell, bold: bool = False) -> Row:
    return Row(tuple(t if isinstance(t, Cell) else cell(t, n, bold=bold) for n, t in enumerate(texts)))


def found(kind: str, *blocks: Block) -> list[Measure]:
    return list(measures(LogicalDocument(0, kind, (1, 9), blocks)))


def shown(read_measures: list[Measure], *fields: str) -> list[tuple[str | None, ...]]:
    return [tuple(getattr(m, field) for field in fields) for m in read_measures]


def test_a_plan_with_who_when_and_how_far():
    head = row("Tiltak", "Ansvar", "Frist", "Status pr. 1.9.2024")
    plan = found(
        "action_plan",
        heading("Handlingsplan 2024", 20),
        text(INTRODUCTION),
        heading("Barn og unge"),
        Table((
            head,
            row("Felles rutine for innleggelse", "Sykehuset", "01.06.2024", "Ferdig. Evalueres i 2025."),
            row("Ambulant team", "Nordvik kommune", "Høsten 2024", "Pågår"),
            row("", "", "", ""),
        )),
        heading("2. Eldre"),
        Table((head, row("Mobil røntgen", "Alle", "2024-2026", ""))),
    )  # fmt: skip
    assert shown(plan, "group", "title", "responsible", "period", "period_edtf", "status") == [
        ("Barn og unge", "Felles rutine for innleggelse", "Sykehuset", "01.06.2024", "2024-06-01", "Ferdig."),
        ("Barn og unge", "Ambulant team", "Nordvik kommune", "Høsten 2024", "2024-23", "Pågår"),
        ("Eldre", "Mobil røntgen", "Alle", "2024-2026", "2024/2026", None),
    ]


def test_a_plan_in_nynorsk_with_bands_for_groups():
    plan = found(
        "action_plan",
        heading("Handlingsplan 2023–2025", 20),
        Table((
            row("Kva skal vi gjere", "Kven", "Når", "Kva vil vi oppnå"),
            row(cell("Barn og unge", 0, 4, bold=True)),
            row("Prosjekt for tidleg innsats", "Helseføretaket", "2023-", "Færre tilvisingar"),
            row(cell("Eldre", 0, 4, bold=True)),
            row("Digital heimeoppfølging", "Kommunane", "Vår 2024", "Tryggare kvardag"),
        )),
    )  # fmt: skip
    assert shown(plan, "group", "title", "goal", "period_edtf") == [
        ("Barn og unge", "Prosjekt for tidleg innsats", "Færre tilvisingar", "2023/.."),
        ("Eldre", "Digital heimeoppfølging", "Tryggare kvardag", "2024-21"),
    ]


def test_one_goal_over_several_measures():
    plan = found(
        "action_plan",
        Table((
            row("Mål", "Tiltak", "Ansvarlig", "Tidsfrist"),
            row(cell("Færre avvik", 0, rows=2), "Kurs", "Fossum", "2024"),
            Row((cell("E-læring", 1), cell("Havnes", 2), cell("2025", 3))),
        )),
    )  # fmt: skip
    assert shown(plan, "group", "title", "goal", "period") == [
        (None, "Kurs", "Færre avvik", "2024"),
        (None, "E-læring", "Færre avvik", "2025"),
    ]


def test_numbers_are_no_groups_and_an_empty_group_is_the_one_above():
    plan = found(
        "action_plan",
        Table((
            row("Nr.", "Satsingsområde", "Tiltak", "Ansvar", "Tidsramme"),
            row("1.1", "Akuttkjeden", "Felles triage", "AMK", "Q3 2024"),
            row("1.2", "", "Samtrening", "AMK", "løpende"),
        )),
    )  # fmt: skip
    assert shown(plan, "group", "title", "period", "period_edtf") == [
        ("Akuttkjeden", "Felles triage", "Q3 2024", "2024-35"),
        ("Akuttkjeden", "Samtrening", "løpende", None),
    ]


HEAD = row("Pasientgruppe", "Satsninger", "Mål", "Arbeidsform 2025", "Periode", bold=True)


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (
            (
                row(cell("Eldre", 0, rows=2), "Tiltak", "Mål", "Arbeidsform", "Periode"),
                Row((cell("Team", 1), cell("Trygghet", 2), cell("Prosjekt", 3), cell("2025", 4))),
            ),
            "a heading row of its own",
        ),
        (
            (row("Eldre", "Tiltak\nTeam", "Mål\nTrygghet", "Arbeidsform\nProsjekt", "Periode\n2025"),),
            "the column's name above the text of each cell",
        ),
        (
            (
                row(cell("Eldre", 0, rows=2), cell("Team", 1, rows=2), "Mål", "Arbeidsform", "Periode"),
                Row((cell("Trygghet", 2), cell("Prosjekt", 3), cell("2025", 4))),
            ),
            "beside a merged cell",
        ),
    ],
)
def test_heading_rows_among_the_measures(rows, why):
    band = row(cell("Eldre", 0), cell("FAGUTVALG FOR ELDRE", 1, 4, bold=True))
    empty = row("", "Tiltak", "", "", "")
    plan = found("action_plan", Table((HEAD, band, *rows, empty)))
    expected = [("Eldre", "Team", "Trygghet", "Prosjekt", "2025")]
    assert shown(plan, "group", "title", "goal", "work_form", "period") == expected, why


def test_a_group_cut_by_the_page_before_its_first_measure():
    plan = found(
        "action_plan",
        Table((
            HEAD,
            row("Nettverk", "Satsninger", "Mål", "Arbeidsform", "Periode"),
            Row((cell("for beredskap", 0, page=2), cell("Øvelser", 1, page=2), cell("Trygghet", 2, page=2))),
            Row((cell("Eldre", 0, page=2), cell("Team", 1, page=2), cell("Ro", 2, page=2))),
        )),
    )  # fmt: skip
    assert shown(plan, "group", "title") == [("Nettverk for beredskap", "Øvelser"), ("Eldre", "Team")]


def test_a_name_in_bold_and_what_describes_it():
    table = Table((HEAD, row("Eldre", "Fallteam\nTeamet kommer hjem til den som har falt.", "Ro", "Drift", "Fast")))
    assert shown(found("action_plan", table), "title", "description", "period_edtf") == [
        ("Fallteam", "Teamet kommer hjem til den som har falt.", None)
    ]


def test_every_value_has_evidence():
    table = Table((HEAD, row("Eldre", "Team\nTo årsverk", "Trygghet", "Prosjekt", "2025")))
    (measure,) = found("action_plan", table)
    stated = {name for name, value in measure if value and name != "evidence"}
    assert {piece.field for piece in measure.evidence} == stated
    assert all(piece.page == 1 for piece in measure.evidence)


def test_a_plan_of_numbered_sections_with_lists_of_measures():
    plan = found(
        "action_plan",
        heading("Handlingsplan 2024", 20),
        heading("Innledning", 14, label="1."),
        text(INTRODUCTION),
        heading("Satsingsområder", 14, label="2."),
        heading("Barn og unge", label="2.1"),
        text("Mål: Rask hjelp til alle unge."),
        text("Tiltak:"),
        bullet("Ambulant team i alle kommuner"),
        bullet("Felles inntaksmøte"),
        heading("Eldre", label="2.2"),
        text("Målet er trygghet hjemme."),
        heading("Rapportering", 14, label="3."),
        text("Årlig til utvalget."),
    )
    assert shown(plan, "group", "title", "goal") == [
        ("Barn og unge", "Ambulant team i alle kommuner", "Rask hjelp til alle unge."),
        ("Barn og unge", "Felles inntaksmøte", "Rask hjelp til alle unge."),
        (None, "Eldre", "Målet er trygghet hjemme."),
    ]


def test_listed_areas_that_the_plan_treats_are_areas_and_others_are_groups():
    plan = found(
        "action_plan",
        heading("Innledning", 14),
        text("Planen legges frem med disse innsatsområdene i 2024:"),
        bullet("Barn og unge", "1."),
        bullet("Ambulant team", "o"),
        bullet("Legetjenester", "2."),
        text(INTRODUCTION),
        heading("Barn og unge", 14, label="1."),
        text("Teamet er på plass i tre kommuner, og de to andre følger etter i løpet av året."),
        heading("Legetjenester", 14, label="2."),
        text("Kommunene har for få leger, og vikarene er dyre. Sykehuset hjelper til med kurs."),
    )
    assert shown(plan, "group", "title") == [
        (None, "Barn og unge"),
        ("Barn og unge", "Ambulant team"),
        (None, "Legetjenester"),
    ]


def test_slides_that_list_focus_areas():
    slides = found(
        "presentation",
        heading("Handlingsplan 2024", 30),
        heading("Forslag til satsingsområder:", 24),
        bullet("Eldre: Prosjektet Trygg hjemme", "1."),
        bullet("Barn og unge", "2."),
        bullet("Ambulant team"),
        bullet("Fastleger", "3."),
        heading("Generelt:", 24),
        bullet("Oversiktlig format"),
    )
    assert shown(slides, "group", "title") == [
        ("Eldre", "Prosjektet Trygg hjemme"),
        ("Barn og unge", "Ambulant team"),
        (None, "Fastleger"),
    ]


def test_a_report_with_ticked_names_two_goals_and_two_sub_projects():
    report = found(
        "status_report",
        heading("Handlingsplan 2024", 20),
        heading("Status september 2024", 12),
        heading("Temaområder", 14),
        bullet("Eldre", "1."),
        text(INTRODUCTION),
        heading("Eldre", 16),
        bullet("Prosjekt Trygg hjemme", "✓"),
        text("Målgruppe: Eldre som bor hjemme"),
        text("Mål 1: Kartlegging i alle kommuner."),
        text("Resultat/ status:"),
        text("Tre av 5 kommuner er i gang 1. oktober. Resten følger."),
        text("Mål 2: Ett felles team."),
        text("Resultat/ status:"),
        text("Ikke begynt."),
        bullet("Kurs", "✓"),
        bullet("Læringsnettverk", "✓"),
        text("Kompetanse deles i nettverk på tvers av virksomhetene."),
        text("Resultat/ status:"),
        text("Det er holdt ett kurs."),
        bullet("Teknologi", "✓"),
        text("Resultat/ status:"),
        text("Digital hjemmeoppfølging"),
        text("Prosjektet har tolv brukere. Flere inviteres."),
        text("Trygghetsalarmer"),
        text("Anskaffelsen er utsatt."),
        bullet("Annet", "✓"),
        text("Andre oppgaver løses underveis, på lavest mulig nivå."),
    )
    assert shown(report, "group", "title", "goal", "status") == [
        ("Eldre", "Prosjekt Trygg hjemme", "Kartlegging i alle kommuner.", "Tre av 5 kommuner er i gang 1. oktober."),
        ("Eldre", "Prosjekt Trygg hjemme", "Ett felles team.", "Ikke begynt."),
        ("Eldre", "Kurs", None, "Det er holdt ett kurs."),
        ("Eldre", "Læringsnettverk", None, "Det er holdt ett kurs."),
        ("Eldre", "Teknologi", None, "Prosjektet har tolv brukere."),
        ("Eldre", "Digital hjemmeoppfølging", None, "Prosjektet har tolv brukere."),
        ("Eldre", "Trygghetsalarmer", None, "Anskaffelsen er utsatt."),
        ("Eldre", "Annet", None, None),
    ]


def test_a_report_whose_names_are_numbered_headings():
    report = found(
        "status_report",
        heading("Statusrapport 2024", 20),
        text(INTRODUCTION),
        heading("1. Akuttkjeden", 14),
        heading("1.1 Felles triage"),
        text("Mål: Lik vurdering."),
        text("Status: Gjennomført i to kommuner. Resten kommer."),
        heading("1.2 Samtrening"),
        text("Dette er gjort:"),
        bullet("Møte i mars"),
        text("Status: Utsatt til 2025."),
        heading("Veien videre", 14),
        text("Planen fornyes."),
    )
    assert shown(report, "group", "title", "goal", "status") == [
        ("Akuttkjeden", "Felles triage", "Lik vurdering.", "Gjennomført i to kommuner."),
        ("Akuttkjeden", "Samtrening", None, "Utsatt til 2025."),
    ]


@pytest.mark.parametrize("kind", ["agenda", "minutes", "case_memo", "procedure", "input_letter", "other"])
def test_other_documents_hold_no_measures(kind):
    assert found(kind, Table((HEAD, row("Eldre", "Team", "Trygghet", "Prosjekt", "2025")))) == []


def test_a_table_of_cases_is_no_plan():
    assert found("action_plan", Table((row("Saksnr.", "Tittel", "Ansvar"), row("2024.1", "Avvik", "Kari Vik")))) == []


@pytest.mark.parametrize(
    "printed", ["2025", "2024-2025", "2025-", "Våren 2023", "innen 1. mai 2025", "1. kvartal 2024"]
)
def test_periods_are_valid_edtf(printed):
    assert parse_edtf(read_period(printed))


@pytest.mark.parametrize(
    "printed", ["Kontinuerlig", "Fast utvalg", "Halvårlig", "2025 eller 2026", "sak 2024", "31.02.2024"]
)
def test_what_is_no_date_stays_text(printed):
    assert read_period(printed) is None


def test_a_word_file_with_merged_groups(tmp_path: Path):
    word = WordDocument()
    word.add_heading("Handlingsplan 2025", 1)
    table = word.add_table(4, 4, style="Table Grid")
    rows = (
        ("Innsatsområde", "Tiltak", "Mål", "Periode"),
        ("Eldre", "Fallteam", "Færre fall", "2025"),
        ("", "Trygg hjemme", "Ro", "2025-"),
        ("Barn", "Ambulant team", "Rask hjelp", "Fast"),
    )
    for line, values in zip(table.rows, rows, strict=True):
        for place, value in zip(line.cells, values, strict=True):
            place.text = value
    table.cell(1, 0).merge(table.cell(2, 0))
    word.save(str(tmp_path / "plan.docx"))
    (document,) = split(read(tmp_path / "plan.docx"))
    plan = list(measures(document))
    assert shown(plan, "group", "title", "period_edtf") == [
        ("Eldre", "Fallteam", "2025"),
        ("Eldre", "Trygg hjemme", "2025/.."),
        ("Barn", "Ambulant team", None),
    ]
    assert all(piece.address for measure in plan for piece in measure.evidence)


def test_a_printed_table_that_a_page_break_cuts(tmp_path: Path):
    style = getSampleStyleSheet()["BodyText"]
    rows = [[f"Tiltak nummer {n} for eldre", f"Mål {n} er trygghet", f"20{n:02d}"] for n in range(20, 60)]
    table = DrawnTable([["Tiltak", "Mål", "Periode"], *rows], repeatRows=1, colWidths=(200, 200, 60))
    table.setStyle([("GRID", (0, 0), (-1, -1), 0.7, "black"), ("FONTNAME", (0, 0), (-1, 0), "Helvetica-Bold")])
    plan = SimpleDocTemplate(str(tmp_path / "plan.pdf"))
    plan.build(
        [
            Drawn("<b>Handlingsplan 2025</b>", getSampleStyleSheet()["Title"]),
            Drawn(INTRODUCTION, style),
            Spacer(1, 9),
            table,
        ]
    )
    (document,) = split(read(tmp_path / "plan.pdf"))
    read_measures = list(measures(document))
    assert shown(read_measures, "title", "goal", "period") == [tuple(values) for values in rows]
    assert {piece.page for measure in read_measures for piece in measure.evidence} == {1, 2}
