"""How much of each file's text is kept: the words that an independent reader finds, looked for in what is stored.

python bench/completeness.py FILE_OR_FOLDER…

What is stored of a document is its text in force, what is struck through, and its running heads. The other reader is
pdfplumber for a PDF, and the bare XML for a DOCX; pages without a text layer, and files that cannot be opened, are left
out. Two figures a file, the second for pages of one column only:

- kept: the share of the other reader's words that are stored, each as often as it stands there;
- order: the share that also stand in the same order.
"""

from __future__ import annotations

import re
import sys
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path

import pdfplumber
from lxml import etree
from pdfminer.pdfexceptions import PDFException
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import PdfminerException

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import ingest  # noqa: E402  (the checkout's packages are found through the line above)
from ingest.clean import clean  # noqa: E402
from models.layout import furniture_texts, page_texts, struck_texts  # noqa: E402
from models.problems import SaksporError  # noqa: E402

BLANK = 1.5  # points: pdfplumber's own 3 joins words where a PDF sets its blanks by moving the pen
COLUMN = 30.0  # points between two words of a line: they stand in two columns
HYPHENS = ("-", "\u00ad")
NEXT_LINE = 40  # words: as many as a line of a table over the whole page holds, twice
WORDML = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
SHOWN = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
NAMELESS = re.compile(r"\(cid:\d+\)")
"""A sign, often a bullet, whose font does not say what it means: pdfminer writes its number."""
BLANKS = {f"{WORDML}{name}" for name in ("tab", "br", "cr", "ptab")}
TEXTS = {f"{WORDML}{name}" for name in ("t", "delText")}

Pages = dict[int | None, list[str]]
"""Words by page; under None for a DOCX."""


@dataclass
class Figures:
    """What was found of a file: words counted, words that are missing, and the share kept in order by page."""

    words: int = 0
    missing: Counter[str] = field(default_factory=Counter)
    kept: dict[int | None, float] = field(default_factory=dict)
    order: dict[int | None, float] = field(default_factory=dict)

    @property
    def share(self) -> float:
        return 1 - self.missing.total() / self.words


def words(text: str) -> list[str]:
    """The words of a text as they are compared: without marks, in small letters.

    >>> words("sam\\u00adhandling, SSU-møtet 22.09.")
    ['samhandling', 'ssu', 'møtet', '22', '09']
    """
    return re.findall(r"\w+", unicodedata.normalize("NFKC", clean(NAMELESS.sub(" ", text))).casefold())


def measure(path: Path) -> Figures | None:
    """The figures of a file; None where it has no text layer, or where either reader refuses it."""
    printed, single = _other_reader(path)
    if not any(printed.values()):
        return None
    try:
        text, furniture = _stored(path)
    except SaksporError:
        return None
    stored = _counted([*text.values(), *furniture.values()])
    more = stored - _counted(words(" ".join(found)) for found in printed.values())
    other = {page: words(" ".join(_rejoined(found, more))) for page, found in printed.items()}
    figures = Figures(words=sum(map(len, other.values())), missing=_counted(other.values()) - stored)
    for before, page in pairwise([0, *other]):
        if other[page]:
            # A paragraph that runs over a page break is stored with the page on which it begins; heads and feet apart.
            near = text.get(before, []) + text.get(page, [])
            heads = furniture.get(page, [])
            figures.kept[page] = 1 - (Counter(other[page]) - Counter(near + heads)).total() / len(other[page])
            if page in single:
                figures.order[page] = _in_order(other[page], heads + near + heads)
    return figures


def _rejoined(printed: list[str], more: Counter[str]) -> list[str]:
    """The words that a reader finds, those broken at the end of a line put together where the whole is stored.

    ``more`` counts the words that are stored more often than printed whole. In a narrow column the second half does not
    follow at once: the other columns' words stand between.

    >>> _rejoined(["sam-", "Ansvar", "handling", "helse-", "og", "sosial"], Counter(["samhandling"]))
    ['samhandling', 'Ansvar', 'helse-', 'og', 'sosial']
    """
    rest = list(printed)
    for at, word in enumerate(rest):
        start = words(word)[-1:] if word.endswith(HYPHENS) else []
        for below in range(at + 1, min(at + NEXT_LINE, len(rest))) if start else ():
            whole = "".join(start + words(rest[below])[:1])
            if more[whole] > 0:
                more[whole] -= 1
                rest[at], rest[below] = word[:-1] + rest[below], ""
                break
    return [word for word in rest if word]


def _counted(pages: Iterable[list[str]]) -> Counter[str]:
    return Counter(word for page in pages for word in page)


def _in_order(wanted: list[str], found: list[str]) -> float:
    """The share of the wanted words that stand among the found ones in the same order.

    >>> _in_order(["a", "b", "c", "d"], ["a", "x", "b", "d", "c"])
    0.75
    """
    matcher = SequenceMatcher(None, wanted, found, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) / len(wanted)


def _stored(path: Path) -> tuple[Pages, Pages]:
    """What ``sakspor load`` would store: text in force with what is struck from it, and running heads."""
    texts: Pages = {}
    heads: Pages = {}
    for document in ingest.split(ingest.read(path)):
        text, struck = page_texts(document), struck_texts(document)
        for page in dict.fromkeys([*text, *struck]):
            lines = _beside(text.get(page, ""), struck.get(page, ""))
            texts.setdefault(page, []).extend(words("\n".join(lines)))
        for page, furniture in furniture_texts(document).items():
            heads.setdefault(page, []).extend(words(furniture))
    return texts, heads


def _beside(text: str, struck: str) -> Iterator[str]:
    """Each line with what is struck from it."""
    gone = struck.split("\n")
    for n, line in enumerate(text.split("\n")):
        yield f"{line} {gone[n] if n < len(gone) else ''}"
    yield from gone[len(text.split("\n")) :]


def _other_reader(path: Path) -> tuple[Pages, set[int | None]]:
    """The words of each page as an independent reader finds them, and the pages of one column."""
    if path.suffix.lower() == ".docx":
        return {None: list(_word_words(path))}, set()
    try:
        with pdfplumber.open(path) as pdf:
            read = {page.page_number: page.extract_words(x_tolerance=BLANK) for page in pdf.pages}
            single = {page.page_number for page in pdf.pages if _one_column(page)}
    except (PdfminerException, PDFException):
        return {}, set()
    return {page: [word["text"] for word in found] for page, found in read.items()}, {*single}


def _one_column(page: Page) -> bool:
    """No table with several columns, and no line with a gap in it as wide as between columns."""
    if any(len(row.cells) > 1 for table in page.find_tables() for row in table.rows):
        return False
    lines = page.extract_text_lines(return_chars=True, x_tolerance=BLANK)
    gaps = (b["x0"] - a["x1"] for line in lines for a, b in pairwise(line["chars"]))
    return max(gaps, default=0.0) < COLUMN


def _word_words(path: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as package:
        for name in sorted(filter(SHOWN.fullmatch, package.namelist())):
            root = etree.fromstring(package.read(name))
            for paragraph in root.iter(f"{WORDML}p"):
                if next(paragraph.iterancestors(FALLBACK), None) is None:
                    yield from "".join(_runs(paragraph)).split()


def _runs(paragraph: etree._Element) -> Iterator[str]:
    """The texts of a paragraph, without those of a text box that hangs in it."""
    for element in paragraph.iter(*TEXTS, *BLANKS):
        if next(element.iterancestors(f"{WORDML}p")) is paragraph:
            yield element.text or "" if element.tag in TEXTS else " "


def _files(arguments: list[str]) -> Iterator[Path]:
    for path in map(Path, arguments):
        found = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from (file for file in found if file.suffix.lower() in (".pdf", ".docx"))


def main() -> None:
    """A line a file: kept, lowest page, order, lowest page, words missing, name."""
    print("     kept  lowest page    order  lowest page  missing/words  file")
    for path in _files(sys.argv[1:] or [str(ROOT / "corpus")]):
        found = measure(path)
        if found is None:
            print(f"{'-':>9}{'':42}  {path.name} (no text layer, or refused)")
            continue
        order = (
            f"{sum(found.order.values()) / len(found.order):8.4f} {min(found.order.values()):12.4f}"
            if found.order
            else " " * 21
        )
        counts = f"{found.missing.total()}/{found.words}"
        print(f"{found.share:9.4f} {min(found.kept.values()):12.4f} {order} {counts:>14}  {path.name}")


if __name__ == "__main__":
    main()
