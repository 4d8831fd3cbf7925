"""Pages without usable text to words and ruling lines: OCRmyPDF reads them with tesseract's Norwegian.

OCRmyPDF straightens a page and gives it back as a PDF with a text layer, which :mod:`ingest.pdf` reads like any other;
:mod:`ingest.ink` measures in the straightened picture what the text layer cannot say. Boxes lie in the straightened
page: beside the original they are off by as much as it was skewed, at one degree by at most 7 points on A4.

OCRmyPDF is the extra ``[ocr]``; tesseract and its Norwegian come from the system.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2 as pdfium
from PIL.Image import Image

from ingest import pdf
from ingest.ink import Grey, grey_picture
from ingest.recognised import tidied
from ingest.text_quality import is_running_text, whole_letters
from models.page import Page

DPI = 200
"""Of the picture that is read. Scanned minutes were read with a word recall of .996 at 200 dpi and .993 at 300, which
took half as long again."""
MOST_PIXELS = 30_000_000  # a page; A3 at 300 dpi has 17 million
LANGUAGES = ["nor"]
SEGMENTATION = 3  # tesseract's --psm: a whole page, columns and all
TURN = 4.0  # tesseract's certainty of which side is up; OCRmyPDF's own limit of 14 leaves pages of a few lines lying
SECONDS = 12.0  # for one page; 2 to 3 are usual, and a page of dots can take for ever


class OcrUnavailableError(Exception):
    """OCRmyPDF, tesseract or its Norwegian is not installed."""


def recognise(data: bytes, numbers: Sequence[int]) -> Iterator[Page | None]:
    """The pages of a PDF with these numbers (1-based) as recognised, one by one.

    None stands for a page that could not be read. Raises :class:`OcrUnavailableError` where a tool is not installed.
    """
    document = pdfium.PdfDocument(data)
    try:
        for number in numbers:
            yield _page(document[number - 1], number)
    finally:
        document.close()


def _page(page: pdfium.PdfPage, number: int) -> Page | None:
    width, height = page.get_size()
    scale = min(DPI / 72, math.sqrt(MOST_PIXELS / max(width * height, 1.0)))
    picture = page.render(scale=scale, grayscale=True).to_pil()
    read = _read(picture, scale, number, turn=False)
    if read is not None and is_running_text([w.text for w in read.words]):
        return read
    turned = _read(picture, scale, number, turn=True)
    return max(
        (one for one in (read, turned) if one), key=lambda one: whole_letters([w.text for w in one.words]), default=None
    )


def _read(picture: Image, scale: float, number: int, *, turn: bool) -> Page | None:
    """One picture through OCRmyPDF; with ``turn`` a page that lies on its side or head is set upright first."""
    with TemporaryDirectory(prefix="sakspor-") as folder:
        source, result = Path(folder, "page.png"), Path(folder, "page.pdf")
        picture.save(source, compress_level=1)
        if not _run(source, result, round(scale * 72), turn=turn):
            return None
        layer = result.read_bytes()
    return tidied(pdf.read_pages(layer)[0], _grey(layer, scale), scale, number)


def _run(source: Path, result: Path, dpi: int, *, turn: bool) -> bool:
    """Whether OCRmyPDF made ``result``. It works in this process: files are read side by side already."""
    try:
        import ocrmypdf
        from ocrmypdf.exceptions import ExitCodeException, MissingDependencyError
    except ImportError as error:
        raise OcrUnavailableError from error
    logging.getLogger("ocrmypdf").addHandler(logging.NullHandler())
    try:
        ocrmypdf.ocr(
            source, result, language=LANGUAGES, image_dpi=dpi, deskew=True,
            rotate_pages=turn, rotate_pages_threshold=TURN, tesseract_pagesegmode=SEGMENTATION,
            tesseract_timeout=SECONDS, output_type="pdf", optimize=0,
            jobs=1, use_threads=True, progress_bar=False,
        )  # fmt: skip
    except MissingDependencyError as error:
        raise OcrUnavailableError from error
    except ExitCodeException:
        return False
    return True


def _grey(layer: bytes, scale: float) -> Grey:
    document = pdfium.PdfDocument(layer)
    try:
        return grey_picture(document[0], scale)
    finally:
        document.close()
