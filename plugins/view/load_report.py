"""What was found, loaded and refused, and what could not be read of it, in figures."""

from __future__ import annotations

from typing import Any

from datasette.app import Datasette

from models.problems import PROBLEMS
from plugins.view.rows import remembered_rows

# A file that could not even be opened has no content to know it by: it is in problems only, under its path.
_FIGURES = """
    select (select count(*) from source_files where status = 'loaded') as loaded,
           (select count(*) from source_files where status <> 'loaded')
             + (select count(distinct path) from problems where sha256 is null) as refused,
           (select coalesce(sum(pages), 0) from source_files where status = 'loaded') as pages,
           (select count(*) from documents) as documents
"""
_BY_CODE = """
    select code, count(distinct path) as files, count(*) as places, count(distinct path || ' ' || page) as pages
    from problems group by code order by files desc, code
"""
NEEDS_OCR = ("needs_ocr", "garbled")
"""Remarks that say of a page that it was not read and needs text recognition."""


async def figures(datasette: Datasette) -> dict[str, Any]:
    """Files found, loaded and refused, pages, documents, and pages that need OCR; the remarks by their code.

    ``found`` is ``loaded`` and ``refused`` together: content that lies in several places counts once, and files of
    other kinds are not counted.
    """
    counted = next(
        iter(await remembered_rows(datasette, _FIGURES)), {"loaded": 0, "refused": 0, "pages": 0, "documents": 0}
    )
    codes = [row | {"refusal": _is_refusal(row["code"])} for row in await remembered_rows(datasette, _BY_CODE)]
    found = counted["loaded"] + counted["refused"]
    ocr = sum(row["pages"] for row in codes if row["code"] in NEEDS_OCR)
    return {**counted, "found": found, "needs_ocr": ocr, "codes": codes}


def _is_refusal(code: str) -> bool:
    return code in PROBLEMS and PROBLEMS[code].refusal
