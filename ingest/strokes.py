"""A page's drawing: ruling lines, whether it holds pictures, and what is painted over what.

Word processors draw a table's rules in three ways: as stroked lines, as stroked rectangles, or as filled rectangles a
fraction of a point thick. All become boxes without height or width. Shaded cells (filled, wide and high) are no rules.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pypdfium2.raw as raw

from models.page import Box

THIN = 2.0  # points; word processors draw rules up to 1.5 points thick, a line of text is at least 5 points high
SHORTEST = 4.0  # points; shorter strokes are parts of drawings
MAX_OBJECTS = 20_000  # a page; a map or chart can hold millions, and no table has that many rules
MAX_DEPTH = 4  # of drawings inside drawings

Matrix = tuple[float, float, float, float, float, float]
ToBox = Callable[[float, float, float, float], Box]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Drawing:
    """What is drawn on a page."""

    rules: list[Box] = field(default_factory=list)
    images: bool = False
    objects: int = 0
    order: dict[int, int] = field(default_factory=dict)
    """For the address of each text object, which of the page's objects it is, in the order in which they are drawn."""
    covers: list[tuple[int, Box]] = field(default_factory=list)
    """Which object paints over everything in which box; a picture that fills the page is a scan, and no cover."""


def strokes(page: Any, to_box: ToBox) -> Drawing:
    """The ruling lines of a raw pdfium page, upright through ``to_box(left, bottom, right, top)``."""
    drawing = Drawing()
    count = raw.FPDFPage_CountObjects(page)
    for index in range(min(count, MAX_OBJECTS)):
        _collect(raw.FPDFPage_GetObject(page, index), IDENTITY, 0, to_box, drawing)
    return drawing


def _collect(item: Any, outer: Matrix, depth: int, to_box: ToBox, drawing: Drawing) -> None:
    drawing.objects += 1
    if drawing.objects > MAX_OBJECTS:
        return
    kind = raw.FPDFPageObj_GetType(item)
    if kind == raw.FPDF_PAGEOBJ_TEXT:
        drawing.order[ctypes.addressof(item.contents)] = drawing.objects
    elif kind == raw.FPDF_PAGEOBJ_PATH:
        drawing.rules.extend(box for box in _rules(item, outer, to_box))
        _cover(item, outer, to_box, drawing)
    elif kind == raw.FPDF_PAGEOBJ_IMAGE:
        drawing.images = True
        _cover(item, outer, to_box, drawing)
    elif kind == raw.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
        inner = multiplied(_matrix(item), outer)
        for index in range(min(max(raw.FPDFFormObj_CountObjects(item), 0), MAX_OBJECTS)):
            _collect(raw.FPDFFormObj_GetObject(item, index), inner, depth + 1, to_box, drawing)


def _cover(item: Any, outer: Matrix, to_box: ToBox, drawing: Drawing) -> None:
    """Note an object that paints over text drawn before it."""
    if not drawing.order or raw.FPDFPageObj_HasTransparency(item):
        return
    if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_PATH:
        fill, stroked = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(item, fill, stroked)
        if not fill.value:
            return
    x0, y0, x1, y1 = (ctypes.c_float() for _ in range(4))
    if raw.FPDFPageObj_GetBounds(item, x0, y0, x1, y1):
        a, b, c, d, e, f = outer
        corners = [(a * x + c * y + e, b * x + d * y + f) for x in (x0.value, x1.value) for y in (y0.value, y1.value)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        box = to_box(min(xs), min(ys), max(xs), max(ys))
        if min(box.width, box.height) > THIN:
            drawing.covers.append((drawing.objects, box))


def _matrix(item: Any) -> Matrix:
    m = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, m):
        return IDENTITY
    return (m.a, m.b, m.c, m.d, m.e, m.f)


def multiplied(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that applies ``first`` and ``then`` after it.

    >>> multiplied((2, 0, 0, 2, 0, 0), (1, 0, 0, 1, 10, 5))
    (2, 0, 0, 2, 10, 5)
    """
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _points(item: Any, matrix: Matrix) -> Iterator[tuple[str, float, float]]:
    """A path's corners as (``move`` | ``line`` | ``curve`` | ``close``, x, y) in page space."""
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(raw.FPDFPath_CountSegments(item)):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        kind = raw.FPDFPathSegment_GetType(segment)
        name = {raw.FPDF_SEGMENT_MOVETO: "move", raw.FPDF_SEGMENT_LINETO: "line"}.get(kind, "curve")
        yield name, a * x.value + c * y.value + e, b * x.value + d * y.value + f
        if raw.FPDFPathSegment_GetClose(segment):
            yield "close", 0.0, 0.0


def _rules(item: Any, outer: Matrix, to_box: ToBox) -> Iterator[Box]:
    fill, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, fill, stroked)
    points = list(_points(item, multiplied(_matrix(item), outer)))
    for corners in _subpaths(points):
        whole = to_box(
            min(x for x, _ in corners),
            min(y for _, y in corners),
            max(x for x, _ in corners),
            max(y for _, y in corners),
        )
        if min(whole.width, whole.height) <= THIN:
            yield from _flattened(whole)
        elif stroked.value:
            for (x0, y0), (x1, y1) in pairwise(corners):
                side = to_box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
                if min(side.width, side.height) <= 0.1:
                    yield from _flattened(side)


def _subpaths(points: list[tuple[str, float, float]]) -> Iterator[list[tuple[float, float]]]:
    """Runs of straight corners; a run with a curve in it is dropped, a closed one ends where it began."""
    run: list[tuple[float, float]] = []
    straight = True
    for name, x, y in [*points, ("move", 0.0, 0.0)]:
        if name == "move":
            if straight and len(run) > 1:
                yield run
            run, straight = [(x, y)], True
        elif name == "close":
            run.append(run[0])
        else:
            run.append((x, y))
            straight = straight and name == "line"


def _flattened(box: Box) -> Iterator[Box]:
    """A thin box as a line through its middle; nothing where it is too short to rule anything."""
    if max(box.width, box.height) < SHORTEST:
        return
    if box.width >= box.height:
        middle = (box.top + box.bottom) / 2
        yield Box(box.x0, middle, box.x1, middle)
    else:
        middle = (box.x0 + box.x1) / 2
        yield Box(middle, box.top, middle, box.bottom)
