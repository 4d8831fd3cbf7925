"""What a DOCX's paragraphs say: text in force, struck text, looks, headings, places, furniture and notes."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
import pytest
from docx.shared import Pt, RGBColor

from ingest.word import read_word
from models.layout import Table
from tests.word_builder import bold, found, numbered, one, p, r, read, table, tc, texts, tr

TRACKED = 'w:id="1" w:author="A" w:date="2031-01-01T00:00:00Z"'


def deleted(text: str) -> str:
    return f"<w:del {TRACKED}><w:r><w:delText xml:space='preserve'>{text}</w:delText></w:r></w:del>"


def inserted(text: str) -> str:
    return f"<w:ins {TRACKED}>{r(text)}</w:ins>"


def test_paragraphs_and_tables_in_order_with_addresses():
    file = read(p("Referat SSU") + p() + table(tr(tc("Tema"), tc(p("Dato") + p() + p("Sted")))) + p("Slutt"))
    first, grid, last = file.blocks
    assert isinstance(grid, Table)
    assert not isinstance(first, Table)
    assert not isinstance(last, Table)
    assert (file.kind, file.pages, file.page_count) == ("docx", (), None)
    assert len(file.sha256) == 64
    assert [x.places[0].address for x in (first, last)] == ["p1", "p3"]
    assert [x.places[0].address for x in grid.paragraphs()] == ["t1.r1.c1.p1", "t1.r1.c2.p1", "t1.r1.c2.p3"]
    assert first.places[0].page is None


def sym(font: str, code: str) -> str:
    return r(f'<w:sym w:font="{font}" w:char="{code}"/>')


INLINE: list[tuple[str, str, str]] = [
    ("tracked insertion", r("Saken ") + inserted("utsettes"), "Saken utsettes"),
    ("moved here", f"<w:moveTo {TRACKED}>{r('Saken utsettes')}</w:moveTo>", "Saken utsettes"),
    ("link", f'<w:hyperlink w:anchor="a">{r("Lenke")}</w:hyperlink>' + r(" til sak"), "Lenke til sak"),
    ("simple field", f'<w:fldSimple w:instr="DATE">{r("19.05.22")}</w:fldSimple>', "19.05.22"),
    ("smart tag", f'<w:smartTag w:element="place">{r("Nordvik")}</w:smartTag>' + r(" kommune"), "Nordvik kommune"),
    ("control", f"<w:sdt><w:sdtPr/><w:sdtContent>{r('Nordvik')}</w:sdtContent></w:sdt>", "Nordvik"),
    ("prompt", r("Sted:") + f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('Klikk her')}"
     "</w:sdtContent></w:sdt>", "Sted:"),
    ("check box with its glyph", "<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val='1'/></w14:checkbox></w:sdtPr>"
     f"<w:sdtContent>{r('☒')}</w:sdtContent></w:sdt>" + r(" Vedtak"), "☒ Vedtak"),
    ("check box without glyph", "<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val='0'/></w14:checkbox></w:sdtPr>"
     "<w:sdtContent></w:sdtContent></w:sdt>" + r(" Vedtak"), "☐ Vedtak"),
    ("symbols", sym("Wingdings", "F0FE") + r(" ja ") + sym("Wingdings", "A8") + r(" nei ") + sym("Wingdings", "F0E0")
     + sym("Symbol", "F0B3"), "☒ ja ☐ nei →≥"),
    ("bullet symbol", sym("Symbol", "F0B7") + r(" Avvik"), "• Avvik"),
    ("broken symbol", sym("Symbol", "zz") + r("Avvik"), "Avvik"),
    ("tab and hyphens", r("<w:t>side</w:t><w:tab/><w:t>sam</w:t><w:softHyphen/><w:t>hand\u00adling</w:t>")
     + r("<w:noBreakHyphen/><w:t>nett</w:t>"), "side samhandling-nett"),
    ("ligature, blanks, decomposed letter", r("\ufb01nans\u00a0  og a\u030aret"), "finans og året"),
    ("hidden text", r("Sak") + r(" intern merknad", "<w:vanish/>"), "Sak"),
    ("formula", "<m:oMath><m:r><m:t>a=b</m:t></m:r></m:oMath>", "a=b"),
    ("comment mark", r("Avvik") + r('<w:commentReference w:id="0"/>'), "Avvik"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "expected"), [row[1:] for row in INLINE], ids=[row[0] for row in INLINE])
def test_inline_content(content: str, expected: str):
    assert texts(p(content)) == [expected]


def field(instruction: str, result: str) -> str:
    def mark(kind: str) -> str:
        return r(f'<w:fldChar w:fldCharType="{kind}"/>')

    return mark("begin") + instruction + mark("separate") + result + mark("end")


def test_fields_give_their_result_only():
    page = field(r("<w:instrText> PAGE </w:instrText>"), r("3"))
    nested = field(r("<w:instrText>IF </w:instrText>") + page + r("x"), r("gjelder"))
    assert texts(p(r("Side ") + page + r(" ") + nested)) == ["Side 3 gjelder"]


def test_a_field_that_is_never_closed_hides_no_text():
    opened = r('<w:fldChar w:fldCharType="begin"/>') + r("<w:instrText>TOC</w:instrText>")
    assert texts(p(opened) + p("Sak 1") + p(r("Sak 2") + r('<w:fldChar w:fldCharType="end"/>'))) == ["Sak 1", "Sak 2"]


@pytest.mark.parametrize(
    ("state", "glyph"),
    [('<w:default w:val="1"/>', "☒"), ('<w:default w:val="1"/><w:checked w:val="0"/>', "☐"), ("<w:checked/>", "☒")],
)
def test_check_box_of_an_old_form(state: str, glyph: str):
    mark = f'<w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox>{state}</w:checkBox></w:ffData></w:fldChar>'
    assert texts(p(r(mark) + r('<w:fldChar w:fldCharType="end"/>') + r(" Orientering"))) == [f"{glyph} Orientering"]


def test_deleted_and_struck_text_stands_apart():
    paragraph = one(
        p(r("Saken ") + deleted("utsettes") + inserted("godkjennes") + r(" nå") + r(" ikke", "<w:strike/>"))
    )
    assert paragraph.text == "Saken godkjennes nå"
    assert paragraph.struck == "utsettes ikke"
    moved = one(p(r("Nytt") + f"<w:moveFrom {TRACKED}>{r(' gammelt')}</w:moveFrom>"))
    assert (moved.text, moved.struck) == ("Nytt", "gammelt")
    assert one(p(r("A") + r("B", "<w:dstrike/>") + r("C", '<w:strike w:val="0"/>'))).text == "AC"


def test_a_paragraph_that_is_struck_as_a_whole_keeps_no_label():
    paragraph = one(p(r("a) Saken utsettes", "<w:strike/>")))
    assert (paragraph.text, paragraph.label, paragraph.struck) == ("", None, "a) Saken utsettes")


def test_a_deleted_paragraph_mark_joins_two_paragraphs():
    mark = f"<w:rPr><w:del {TRACKED}/></w:rPr>"
    joined, last = found(p("Saken tas ", mark) + p("til orientering") + p("Slutt"))
    assert (joined.text, joined.places[0].address) == ("Saken tas til orientering", "p1")
    assert (last.text, last.places[0].address) == ("Slutt", "p3")


def test_a_deleted_paragraph_before_a_table_is_kept_apart():
    mark = f"<w:rPr><w:del {TRACKED}/></w:rPr>"
    assert texts(p("Før", mark) + table(tr(tc("Celle"))) + p("Etter")) == ["Før", "Celle", "Etter"]


def test_hidden_paragraph_takes_no_room():
    hidden = p(r("skjult", "<w:vanish/>"), "<w:rPr><w:vanish/></w:rPr>")
    first, last = found(p("Sak") + hidden + p("Vedtak"))
    assert (first.text, last.text, last.gap) == ("Sak", "Vedtak", 0)


def test_line_breaks_split_a_paragraph():
    first, second, third = found(p(r("Kari Nes<w:br/>".replace("Kari Nes", "<w:t>Kari Nes</w:t>")) + bold("Ola Vik")
                                   + r('<w:br w:type="page"/>') + r("- Avvik")))  # fmt: skip
    assert [x.text for x in (first, second, third)] == ["Kari Nes", "Ola Vik", "Avvik"]
    assert (first.bold, second.bold, third.label) == (False, True, "-")
    assert {x.places[0].address for x in (first, second, third)} == {"p1"}


def test_a_line_break_in_a_heading_is_a_blank():
    heading = one(p(r("<w:t>Innspill til</w:t><w:br/><w:t>ny plan</w:t>"), '<w:outlineLvl w:val="0"/>'))
    assert (heading.text, heading.heading) == ("Innspill til ny plan", 1)


def text_box(content: str) -> str:
    shape = f"<wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx>"
    old = f"<v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox>"
    return r(
        f"<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{shape}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{old}</w:pict></mc:Fallback></mc:AlternateContent>"
    )


def test_text_boxes_once_after_their_paragraph():
    body = p(r("Før") + text_box(p("I boksen") + p("Mer")) + r(" og etter")) + p("Neste")
    assert texts(body) == ["Før og etter", "I boksen", "Mer", "Neste"]
    assert [x.places[0].address for x in found(body)] == ["p1", "p1.x1.p1", "p1.x1.p2", "p2"]
    assert texts(p(text_box(p(text_box(p("Innerst")) + r("Ytterst"))))) == ["Ytterst", "Innerst"]
    assert texts(p(r(f"<w:pict><v:textbox><w:txbxContent>{p('Gammel')}</w:txbxContent></v:textbox></w:pict>"))) == [
        "Gammel"
    ]


def test_controls_round_paragraphs_are_read_through():
    inner = f"<w:sdt><w:sdtContent>{p('To')}</w:sdtContent></w:sdt>"
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{p('En')}{inner}</w:sdtContent></w:sdt>"
    assert [x.places[0].address for x in found(control + p("Tre"))] == ["p1", "p2", "p3"]
    assert texts(control + p("Tre")) == ["En", "To", "Tre"]


def test_gap_counts_the_empty_paragraphs_before():
    gaps = [
        x.gap for x in found(p("A") + p() + p(r(" ")) + p("B") + p("C") + p() + table(tr(tc(p() + p("D")))) + p("E"))
    ]
    assert gaps == [0, 24, 0, 12, 0]


STYLES = """
<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Overskrift2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/>
  <w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:b/><w:color w:val="1F3864"/><w:sz w:val="32"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Sakstittel"><w:name w:val="Sakstittel"/><w:basedOn w:val="Overskrift2"/>
  <w:rPr><w:i/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Brev"><w:name w:val="Overskrift 3"/></w:style>
<w:style w:type="paragraph" w:styleId="Tittel"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Innhold"><w:name w:val="TOC Heading"/><w:basedOn w:val="Overskrift2"/>
  <w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Ring"><w:name w:val="Ring"/><w:basedOn w:val="Ring"/></w:style>
<w:style w:type="character" w:styleId="Sterk"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
"""


@pytest.mark.parametrize(
    ("properties", "rank"),
    [
        ('<w:pStyle w:val="Overskrift2"/>', 2),
        ('<w:pStyle w:val="Sakstittel"/>', 2),
        ('<w:pStyle w:val="Brev"/>', 3),
        ('<w:pStyle w:val="Tittel"/>', 1),
        ('<w:pStyle w:val="Innhold"/>', 0),
        ('<w:pStyle w:val="Ring"/>', 0),
        ('<w:pStyle w:val="Finnesikke"/>', 0),
        ('<w:pStyle w:val="Overskrift2"/><w:outlineLvl w:val="9"/>', 0),
        ('<w:outlineLvl w:val="3"/>', 4),
        ("", 0),
    ],
)
def test_heading_rank(properties: str, rank: int):
    assert one(p("Digitalisering", properties), styles=STYLES).heading == rank


def test_look_comes_from_run_style_base_and_defaults():
    plain = one(p("Avvik"), styles=STYLES)
    assert (plain.bold, plain.italic, plain.size, plain.colour) == (False, False, 11.0, None)
    title = one(p("Avvik", '<w:pStyle w:val="Sakstittel"/>'), styles=STYLES)
    assert (title.bold, title.italic, title.size, title.colour) == (True, True, 16.0, "#1f3864")
    own = one(
        p(r("Avvik", '<w:b w:val="0"/><w:color w:val="000000"/>'), '<w:pStyle w:val="Overskrift2"/>'), styles=STYLES
    )
    assert (own.bold, own.colour) == (False, None)
    strong = r("Avvik", '<w:rStyle w:val="Sterk"/>')
    assert one(p(strong), styles=STYLES).bold
    # bold upon bold is regular: that is how an emphasised word in a heading is shown
    assert not one(p(strong, '<w:pStyle w:val="Overskrift2"/>'), styles=STYLES).bold


LEADS = [
    ("bold beginning", bold("Konklusjon: ") + r("Saken utsettes"), "Konklusjon:"),
    ("all bold", bold("Konklusjon"), ""),
    ("bold blank at the end", bold("Konklusjon") + r(" "), ""),
    ("behind a typed label", bold("a) Ansvar") + r(" Kari Nes"), "Ansvar"),
    ("only the label", bold("1.") + r(" Forankring"), ""),
    ("bold in the middle", r("Saken ") + bold("utsettes"), ""),
    ("weight changes inside a word", bold("Vedtak og kon") + r("klusjon"), "Vedtak og"),
    ("colon outside", bold("Vedtak") + r(": godkjent"), "Vedtak"),
]


@pytest.mark.parametrize(("content", "lead"), [row[1:] for row in LEADS], ids=[row[0] for row in LEADS])
def test_lead(content: str, lead: str):
    assert one(p(content)).lead == lead


def test_headers_and_footers_are_furniture_once():
    side = p(r("Side ") + field(r("<w:instrText>PAGE</w:instrText>"), r("1")))
    file = read(p("Sak"), header1=p("Helsefellesskapet"), header2=p("Helsefellesskapet") + p(), footer1=side)
    assert [x.text for x in file.furniture] == ["Helsefellesskapet", "Side 1"]
    assert file.furniture[0].places[0].address == "header1.p1"
    assert len(file.blocks) == 1


def test_notes_follow_the_text_and_comments_do_not():
    def note(kind: str, key: int, text: str) -> str:
        return f'<w:{kind} w:id="{key}">{p(r("<w:footnoteRef/>") + r(" " + text))}</w:{kind}>'

    body = p(r("Først") + r('<w:footnoteReference w:id="7"/>') + r(", så") + r('<w:footnoteReference w:id="3"/>')
             + r('<w:endnoteReference w:id="2"/>'))  # fmt: skip
    notes = note("footnote", -1, "skille") + note("footnote", 3, "Andre") + note("footnote", 7, "Første")
    read_back = texts(
        body,
        footnotes=notes,
        endnotes=note("endnote", 2, "Slutt"),
        comments=f'<w:comment w:id="0">{p("Nei")}</w:comment>',
    )
    assert read_back == ["Først, så", "1) Første", "2) Andre", "i) Slutt"]


def test_a_file_of_python_docx():
    document: Any = docx.Document()
    document.add_heading("Referat", level=1)
    paragraph = document.add_paragraph()
    run = paragraph.add_run("Konklusjon: ")
    run.bold, run.font.size, run.font.color.rgb = True, Pt(14), RGBColor(0xFF, 0, 0)
    paragraph.add_run("ok")
    document.add_paragraph("Avvik", style="List Bullet")
    document.add_paragraph("Plan", style="List Number 2")
    document.sections[0].header.paragraphs[0].text = "Nordvik kommune"
    document.core_properties.author = "A"
    stored = BytesIO()
    document.save(stored)
    file = read_word("x.docx", stored.getvalue())
    heading, conclusion, bullet, plan = [block for block in file.blocks if not isinstance(block, Table)]
    assert (heading.heading, heading.text, heading.bold) == (1, "Referat", True)
    assert (conclusion.lead, conclusion.size, conclusion.colour) == ("Konklusjon:", 14.0, "#ff0000")
    assert (bullet.printed, plan.printed) == ("• Avvik", "1. Plan")
    assert [x.text for x in file.furniture] == ["Nordvik kommune"]


def test_reading_is_repeatable():
    body = numbered("Sak") + p("a) Vedtak")
    assert read(body) == read(body)
