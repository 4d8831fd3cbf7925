"""Tables of a DOCX: merged cells once, tables inside cells, tracked and hidden rows, controls round rows and cells."""

from __future__ import annotations

from tests.word_builder import found, p, r, read, rows, table, tc, texts, tr

RESTART, CONTINUE = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def span(columns: int, more: str = "") -> str:
    return f'<w:gridSpan w:val="{columns}"/>{more}'


def shape(body: str) -> list[list[tuple[str, int, int, int]]]:
    """Text, column, columns and rows of each cell."""
    return [[(cell.text, cell.column, cell.columns, cell.rows) for cell in row.cells] for row in rows(body)]


def test_merged_columns():
    body = table(tr(tc("Sak", span(2)), tc("Ansvar")), tr(tc("1"), tc("Avvik"), tc("Kari Nes")))
    assert shape(body) == [
        [("Sak", 0, 2, 1), ("Ansvar", 2, 1, 1)],
        [("1", 0, 1, 1), ("Avvik", 1, 1, 1), ("Kari Nes", 2, 1, 1)],
    ]
    assert rows(body)[0].at(1).text == "Sak"


def test_merged_rows():
    body = table(
        tr(tc("Barn og unge", RESTART), tc("Ung")),
        tr(tc("", CONTINUE), tc("Familie")),
        tr(tc("Eldre", RESTART), tc("Vital")),
        tr(tc("", CONTINUE), tc("Trygg")),
    )
    assert shape(body) == [
        [("Barn og unge", 0, 1, 2), ("Ung", 1, 1, 1)],
        [("Familie", 1, 1, 1)],
        [("Eldre", 0, 1, 2), ("Vital", 1, 1, 1)],
        [("Trygg", 1, 1, 1)],
    ]
    assert rows(body)[1].at(0).text == ""
    assert [x.places[0].address for x in found(body)][2] == "t1.r2.c2.p1"


def test_merged_over_rows_and_columns():
    body = table(
        tr(tc("A", span(2, RESTART)), tc("B")),
        tr(tc("", span(2, CONTINUE)), tc("C")),
        tr(tc("D"), tc("E"), tc("F")),
    )
    assert shape(body)[:2] == [[("A", 0, 2, 2), ("B", 2, 1, 1)], [("C", 2, 1, 1)]]


def test_a_row_that_is_all_merged_stays_a_row():
    body = table(tr(tc("A", RESTART), tc("B", RESTART)), tr(tc("", CONTINUE), tc("", CONTINUE)), tr(tc("C"), tc("D")))
    assert [len(row.cells) for row in rows(body)] == [2, 0, 2]


def test_a_continuation_without_beginning_is_a_cell():
    assert shape(table(tr(tc("A", CONTINUE), tc("B")))) == [[("A", 0, 1, 1), ("B", 1, 1, 1)]]


def test_old_column_merge_and_indented_rows():
    body = table(
        tr(tc("A", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), tc("B")),
        tr(tc("C"), properties='<w:gridBefore w:val="2"/>'),
    )
    assert shape(body) == [[("A", 0, 2, 1), ("B", 2, 1, 1)], [("C", 2, 1, 1)]]


def test_broken_spans_count_as_one_column():
    body = table(tr(tc("A", '<w:gridSpan w:val="x"/>'), tc("B", span(0)), tc("C", span(100_000))))
    assert [(text, column, columns) for text, column, columns, _ in shape(body)[0]] == [
        ("A", 0, 1), ("B", 1, 1), ("C", 2, 63)
    ]  # fmt: skip


def test_a_table_in_a_cell_gives_its_paragraphs():
    inner = table(tr(tc("Indre 1"), tc("Indre 2")))
    body = table(tr(tc(p("Før") + inner + p("Etter")), tc("Ved siden")))
    assert shape(body) == [[("Før\nIndre 1\nIndre 2\nEtter", 0, 1, 1), ("Ved siden", 1, 1, 1)]]
    assert [x.places[0].address for x in found(body)][2] == "t1.r1.c1.t1.r1.c2.p1"


def test_deleted_inserted_and_hidden_rows():
    mark = 'w:id="1" w:author="A"'
    body = table(
        tr(tc("Ny"), properties=f"<w:ins {mark}/>"),
        tr(tc("Slettet"), properties=f"<w:del {mark}/>"),
        tr(tc("Skjult"), properties="<w:hidden/>"),
        tr(tc("Synlig"), properties='<w:hidden w:val="0"/>'),
    )
    assert [(x.printed, x.struck) for x in found(body)] == [("Ny", ""), ("", "Slettet"), ("Synlig", "")]
    assert [x.places[0].address for x in found(body)] == ["t1.r1.c1.p1", "t1.r1.c1.p2", "t1.r2.c1.p1"]
    assert shape(body) == [[("Ny", 0, 1, 1)], [("Synlig", 0, 1, 1)]]


def test_the_text_of_a_table_deleted_as_a_whole_is_kept_as_struck():
    body = p("Før") + table(*(tr(tc(text), properties="<w:del/>") for text in ("En", "To"))) + p("Etter")
    assert [(x.printed, x.struck) for x in found(body)] == [("Før", ""), ("", "En"), ("", "To"), ("Etter", "")]


def test_the_text_of_a_deleted_cell_is_kept_as_struck():
    body = table(tr(tc("En"), tc("To", "<w:cellDel/>"), tc("Tre")))
    assert [(x.printed, x.struck) for x in found(body)] == [("En", ""), ("", "To"), ("Tre", "")]


def test_a_merged_cell_whose_first_row_was_deleted():
    body = table(tr(tc("Gammel", RESTART), tc("A"), properties='<w:del w:id="1"/>'), tr(tc("Ny", CONTINUE), tc("B")))
    assert shape(body) == [[("Ny", 0, 1, 1), ("B", 1, 1, 1)]]


def control(content: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def test_controls_round_rows_and_cells():
    body = table(
        control(tr(tc("A"), control(tc("B")))), tr(tc(control(p("C"))), control(tc("Velg", ""), "<w:showingPlcHdr/>"))
    )
    assert shape(body) == [[("A", 0, 1, 1), ("B", 1, 1, 1)], [("C", 0, 1, 1), ("", 1, 1, 1)]]


def test_a_repeated_header_row_stands_once():
    body = table(tr(tc("Saksnr."), properties="<w:tblHeader/>"), tr(tc("2031.1")))
    assert texts(body) == ["Saksnr.", "2031.1"]


def test_a_table_in_a_text_box_in_a_cell_is_read():
    box = f"<w:pict><w:txbxContent>{table(tr(tc('Innrammet')))}</w:txbxContent></w:pict>"
    assert shape(table(tr(tc(p(r("Sak") + r(box)))))) == [[("Sak\nInnrammet", 0, 1, 1)]]


def test_a_table_without_cells_is_none():
    assert read(table() + p("Sak")).blocks[0].text == "Sak"
