"""Builds the demonstration collection: ``python corpus/build.py [FOLDER]`` writes the documents of ``texts/``.

Nothing but the texts and the layouts decides what is written, so building twice gives the same bytes.
"""

from __future__ import annotations

import io
import math
import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image, ImageDraw
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

HERE = Path(__file__).resolve().parent
if __name__ == "__main__":  # run as a script, Python looks for modules in this folder and not in the one above
    sys.path.insert(0, str(HERE.parent))

from corpus import pdf, slides, word  # noqa: E402

SKEW = 0.6
"""Degrees by which the scanned pages lie askew."""
DOTS = 170
"""Dots per inch of the scanned pages."""
KEPT = 0.6
"""How much of the damaged file is left: the table that tells where its parts are stood at the end."""
PACKET = (
    "ssu-2023-06-15-innkalling",
    "ssu-2023-02-09-referat",
    "ssu-2023-06-15-saksfremlegg-hjemmeoppfolging",
    "ssu-2023-06-15-saksfremlegg-folgetjeneste",
    "ssu-2023-06-15-vedlegg-folgetjeneste",
)
"""The texts that were put together in one file, in page order."""


def text(name: str) -> dict[str, Any]:
    """A text by its name."""
    return {"name": name, **tomllib.loads((HERE / "texts" / f"{name}.toml").read_text(encoding="utf-8"))}


def packet(names: tuple[str, ...]) -> bytes:
    """Several texts in one PDF, one after the other, page numbers beginning anew in each."""
    return merged(pdf.draw(text(name)) for name in names)


def with_signed_copy(drawn: bytes) -> bytes:
    """A PDF as it was exported, and behind it the scan of the paper that was signed."""
    return merged((drawn, scan(drawn, signed=True)))


def merged(drawn: Iterable[bytes]) -> bytes:
    """Several PDFs in one."""
    whole, out = pypdfium2.PdfDocument.new(), io.BytesIO()
    for one in drawn:
        whole.import_pages(pypdfium2.PdfDocument(one))
    whole.save(out)
    return _timeless(out.getvalue())


def _timeless(file: bytes) -> bytes:
    """The file without what PDFium puts in anew each time: an identity drawn by lot, and the time."""
    file = re.sub(rb"(?<=CreationDate\(D:)\d{14}", b"20241202090000", file)
    return re.sub(rb"(?<=/ID\[)<[0-9A-F]+>\s*<[0-9A-F]+>", lambda m: re.sub(rb"[0-9A-F]", b"0", m[0]), file)


def scan(drawn: bytes, signed: bool = False) -> bytes:
    """The pages of a PDF as slightly skewed grey pictures without text; the last one signed at its foot, if wanted."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    pages = pypdfium2.PdfDocument(drawn)
    for n, page in enumerate(pages, start=1):
        sheet = page.render(scale=DOTS / 72).to_pil().convert("L")
        if signed and n == len(pages):
            _sign(sheet)
        askew, jpeg = sheet.rotate(SKEW, resample=Image.Resampling.BICUBIC, fillcolor=252), io.BytesIO()
        askew.save(jpeg, "JPEG", quality=45)
        canvas.drawImage(ImageReader(io.BytesIO(jpeg.getvalue())), 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _sign(sheet: Image.Image) -> None:
    """A name that nobody can read: loops that grow smaller along a line near the foot of the page."""
    x, y = sheet.width * 0.14, sheet.height * 0.88
    steps = [n / 12 for n in range(260)]
    loops = [(x + 12 * t + 16 * math.cos(t * 2), y + (34 - t) * math.sin(t * 2)) for t in steps]
    ImageDraw.Draw(sheet).line(loops, fill=70, width=3)


def damaged(drawn: bytes) -> bytes:
    """The first part of a file whose copying was broken off."""
    return drawn[: int(len(drawn) * KEPT)]


_MAKERS: dict[str, Callable[[dict[str, Any]], bytes]] = {
    "pdf": pdf.draw,
    "slides": slides.draw,
    "docx": word.write,
    "scan": lambda content: scan(pdf.draw(content)),
    "signed": lambda content: with_signed_copy(pdf.draw(content)),
    "damaged": lambda content: damaged(pdf.draw(content)),
    "packet": lambda content: packet(PACKET),
}


def files() -> Iterator[tuple[str, bytes]]:
    """(path under ``documents``, content) of every file of the collection."""
    for source in sorted((HERE / "texts").glob("*.toml")):
        content = text(source.stem)
        for path, maker in content.get("files", {}).items():
            yield path, _MAKERS[maker](content)


def build(folder: Path) -> int:
    """Writes every file under ``folder``; returns how many."""
    count = 0
    for path, content in files():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        count += 1
    return count


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "documents"
    print(f"{build(folder)} filer skrevet til {folder}")
