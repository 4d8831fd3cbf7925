"""Draws a text as PDF; the same text gives the same bytes."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from html import escape
from typing import Any

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepTogether,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
)
from reportlab.platypus import Table as Drawn

from tests.layouts.bodies.looks import LOOKS, MANNERS, Look
from tests.layouts.bodies.markup import Line, Part, Table, parts, runs

LEADING = 1.28
RUNNING = 12 * mm
"""How far from the edge of the page the running lines stand."""
_FACES = {"Helvetica": ("Helvetica", "Helvetica-Bold"), "Times": ("Times-Roman", "Times-Bold")}
_ALIGNED = {"right": TA_RIGHT, "centre": TA_CENTER}


def draw(text: dict[str, Any]) -> bytes:
    """The PDF of a text, drawn twice: how many pages there are is known only after the first time."""
    return _drawn(text, _drawn(text, 0)[1])[0]


def _drawn(text: dict[str, Any], pages: int) -> tuple[bytes, int]:
    look, out = LOOKS[text["layout"]], io.BytesIO()
    size = landscape(A4) if text.get("landscape") else A4
    margin = look.margin * mm
    document = BaseDocTemplate(out, pagesize=size, invariant=1, title=text["name"], author="", margin=margin)
    frame = (margin, margin, size[0] - 2 * margin, size[1] - 2 * margin)
    stretches = list(parts(text["body"], text.get("head", ""), text.get("foot", "")))
    for n, part in enumerate(stretches):
        bounds = Frame(*frame, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
        running = _running(part, look, pages)
        document.addPageTemplates(PageTemplate(id=str(n), frames=[bounds], pagesize=size, onPage=running))
    document.build(list(_story(stretches, look, frame[2])))
    return out.getvalue(), document.page


def _running(part: Part, look: Look, pages: int) -> Callable[[Any, Any], None]:
    """Draws the lines above and below each page of a stretch, which remembers the page that it began on."""
    began: list[int] = []

    def on_page(canvas: Any, document: Any) -> None:
        began.append(document.page)
        numbers = {"page": document.page, "pages": pages, "local": document.page - began[0] + 1}
        canvas.setFont(_FACES[look.font][0], 8.5)
        width, height = canvas._pagesize
        canvas.drawString(look.margin * mm, height - RUNNING, part.head.format(**numbers))
        canvas.drawCentredString(width / 2, RUNNING, part.foot.format(**numbers))

    return on_page


def _story(stretches: list[Part], look: Look, width: float) -> Iterator[Flowable]:
    for n, part in enumerate(stretches):
        if n:
            yield NextPageTemplate(str(n))
            yield PageBreak()
        for block in part.blocks:
            yield from _table(block, look, width) if isinstance(block, Table) else _line(block, look, width)


def _style(look: Look, size: float | None = None, **more: Any) -> ParagraphStyle:
    size = size or look.size
    given = {"fontName": _FACES[look.font][0], "fontSize": size, "leading": size * LEADING, "spaceAfter": look.gap}
    return ParagraphStyle("line", **(given | more))


def _marked(text: str, manners: tuple[str, ...] = ()) -> str:
    """The text in the small markup of the library."""
    inner = "".join(
        "<b>" * run.bold + "<i>" * run.italic + escape(run.text) + "</i>" * run.italic + "</b>" * run.bold
        for run in runs(text)
    ).replace("\n", "<br/>")
    for manner in manners:
        inner = f"<{manner}>{inner}</{manner}>"
    return inner


def _line(line: Line, look: Look, width: float) -> Iterator[Flowable]:
    indent = 18.0
    if line.kind == "page":
        yield PageBreak()
    elif line.kind == "title":
        aligned = TA_CENTER if look.centred_title else TA_LEFT
        yield Paragraph(
            _marked(line.text, ("b",)), _style(look, look.title, alignment=aligned, spaceAfter=look.gap * 2)
        )
    elif line.kind == "heading":
        style = _style(look, look.heading_size, spaceBefore=look.gap * 2.4, keepWithNext=1)
        yield Paragraph(_marked(line.text, MANNERS[look.heading]), style)
    elif line.kind == "label":
        style = _style(look, spaceBefore=look.gap, spaceAfter=look.gap / 3, keepWithNext=1)
        yield Paragraph(_marked(line.text, MANNERS[look.label]), style)
    elif line.kind in ("bullet", "point"):
        mark = line.label or "–"
        style = _style(look, leftIndent=indent, bulletFontSize=look.size, bulletFontName=_FACES[look.font][0])
        yield Paragraph(_marked(line.text), style, bulletText=mark)
    elif line.kind == "contents":
        yield _contents(line, look, width)
    else:
        indented = indent if line.kind == "indented" else 0
        style = _style(look, leftIndent=indented, alignment=_ALIGNED.get(line.kind, TA_LEFT))
        yield Paragraph(_marked(line.text), style)


def _contents(line: Line, look: Look, width: float) -> Flowable:
    """A title, dots, and a page number at the right edge; a title too long for the line is broken before the dots."""
    face = _FACES[look.font][0]
    *above, last = _broken(line.text, face, look.size, width * 0.86)
    room = width - stringWidth(f"{last}  {line.label}", face, look.size)
    dots = "." * int(room / stringWidth(".", face, look.size))
    return Paragraph("<br/>".join(escape(part) for part in (*above, f"{last} {dots} {line.label}")), _style(look))


def _broken(text: str, face: str, size: float, width: float) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if stringWidth(longer, face, size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _table(table: Table, look: Look, width: float) -> Iterator[Flowable]:
    """A table; ``ruled``, ``lines``, ``header``, ``shaded`` and ``small`` are the words for how it looks."""
    size = look.size - (1 if "small" in table.looks else 0)
    style = _style(look, size, spaceAfter=0)
    cells = [
        [[Paragraph(_marked(piece.strip(), _head(table, n)), style) for piece in cell.split("//")] for cell in row]
        for n, row in enumerate(table.rows)
    ]
    commands: list[tuple[Any, ...]] = [("VALIGN", (0, 0), (-1, -1), "TOP")]
    if "ruled" in table.looks:
        commands.append(("GRID", (0, 0), (-1, -1), 0.5, colors.black))
    else:
        commands += [("LEFTPADDING", (0, 0), (-1, -1), 0), ("TOPPADDING", (0, 0), (-1, -1), 1)]
    if "lines" in table.looks:
        commands.append(("LINEBELOW", (0, 0), (-1, -1), 0.4, colors.grey))
    if "shaded" in table.looks:
        commands.append(("BACKGROUND", (0, 0), (-1, 0), colors.Color(0.88, 0.9, 0.94)))
    drawn = Drawn(cells, colWidths=[width * share for share in table.shares], hAlign="LEFT", style=commands)
    yield KeepTogether([drawn]) if len(table.rows) < 4 else drawn
    yield Spacer(1, look.gap * 1.4)


def _head(table: Table, row: int) -> tuple[str, ...]:
    return ("b",) if row == 0 and "header" in table.looks else ()
