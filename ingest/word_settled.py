"""WordprocessingML settled: one reading of the text where the file holds several.

Word keeps more in a file than it shows: a text box twice (for new and old versions), the prompt of an unfilled field,
rows that were deleted with changes tracked, wrappers round paragraphs, rows, cells and words. After :func:`settle`
paragraphs hold runs, tables rows and rows cells, so that one plain walk finds everything once. Deleted *text* stays,
under ``w:del`` and ``w:moveFrom``: the walk tells it apart.
"""

from __future__ import annotations

from collections.abc import Iterator

from docx.oxml.ns import qn
from lxml import etree

from ingest.word_package import Element

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
WRAPPERS = tuple(
    qn(f"w:{name}")
    for name in ("sdt", "sdtContent", "ins", "moveTo", "hyperlink", "fldSimple", "smartTag", "customXml", "dir", "bdo")
)
WRAPPER_PROPERTIES = {qn(f"w:{name}") for name in ("sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "fldData")}
PROPERTIES = {qn(f"w:{name}") for name in ("rPr", "trPr", "tcPr", "numPr", "pPr")}
CHECKED, UNCHECKED = "☒", "☐"


def settle(root: Element) -> Element:
    """Changes the tree in place and gives it back. Settling twice changes nothing."""
    _one_branch(root)
    for control in list(root.iter(qn("w:sdt"))):
        _settle_control(control)
    _drop_deleted_rows(root)
    for wrapper in list(root.iter(*WRAPPERS)):
        _unwrap(wrapper)
    return root


def flag(parent: Element | None, name: str) -> bool | None:
    """An on/off property below ``parent``: True, False, or None where it is not given.

    >>> from docx.oxml import parse_xml
    >>> from docx.oxml.ns import nsdecls
    >>> properties = parse_xml(f'<w:rPr {nsdecls("w")}><w:b/><w:i w:val="0"/></w:rPr>')
    >>> flag(properties, "w:b"), flag(properties, "w:i"), flag(properties, "w:strike")
    (True, False, None)
    """
    found = None if parent is None else parent.find(qn(name))
    return None if found is None else is_on(found)


def is_on(switch: Element) -> bool:
    """Whether an on/off element says on: it does without a value."""
    return switch.get(qn("w:val"), "1").lower() not in ("0", "false", "off", "none")


def value(parent: Element | None, name: str) -> str | None:
    """The ``w:val`` of an element below ``parent``, None where either is missing."""
    found = None if parent is None else parent.find(qn(name))
    return None if found is None else found.get(qn("w:val"))


def number(text: str | None, otherwise: int = 0, base: int = 10) -> int:
    """A whole number from an attribute; ``otherwise`` where it is missing or is none.

    >>> number("3"), number(None), number("x", 1)
    (3, 0, 1)
    """
    try:
        return int(text or "", base)
    except ValueError:
        return otherwise


def _one_branch(root: Element) -> None:
    """Of alternative contents the first choice stays; the fallback repeats it for older programs."""
    for alternate in list(root.iter(f"{MC}AlternateContent")):
        branch = alternate.find(f"{MC}Choice")
        if branch is None:
            branch = alternate.find(f"{MC}Fallback")
        for other in [child for child in alternate if child is not branch]:
            alternate.remove(other)
        if branch is not None:
            _unwrap(branch)
        _unwrap(alternate)


def _settle_control(control: Element) -> None:
    """An unfilled control shows a prompt ("Klikk her for å skrive inn tekst."), which is no content; a check box that
    has lost its glyph gets it back.
    """
    properties, content = control.find(qn("w:sdtPr")), control.find(qn("w:sdtContent"))
    if properties is None or content is None:
        return
    if flag(properties, "w:showingPlcHdr"):
        for run in list(content.iter(qn("w:r"))):
            run.getparent().remove(run)
    box = properties.find(qn("w14:checkbox"))
    if box is not None and next(content.iter(qn("w:t"), qn("w:sym")), None) is None:
        _add_glyph(content, box)


def _add_glyph(content: Element, box: Element) -> None:
    state = box.find(qn("w14:checked"))
    checked = state is not None and state.get(qn("w14:val"), "1") in ("1", "true", "on")
    run = etree.SubElement(next(content.iter(qn("w:p")), content), qn("w:r"))
    etree.SubElement(run, qn("w:t")).text = CHECKED if checked else UNCHECKED


def _drop_deleted_rows(root: Element) -> None:
    """Rows and cells deleted with changes tracked, and hidden rows, are not shown any more.

    The text of deleted ones stays, as deleted text in the row or cell before them: it says what applied before.
    """
    for mark in list(_marks(root)):
        gone = mark.getparent().getparent()
        if gone is not None and gone.getparent() is not None:
            if mark.tag != qn("w:hidden"):
                _hand_down(gone)
            gone.getparent().remove(gone)


def _hand_down(gone: Element) -> None:
    """The text of a deleted row or cell to the cell before it; of a table without any other row to the text around."""
    heir, table = _heir(gone), gone.getparent()
    for paragraph in _deleted_text(gone):
        if heir is not None:
            heir.append(paragraph)
        elif table.tag == qn("w:tbl"):
            table.addprevious(paragraph)


def _heir(gone: Element) -> Element | None:
    """The cell that takes over a deleted row's or cell's text: the one before it, or else the first that stays."""
    siblings = [
        *gone.itersiblings(gone.tag, preceding=True),
        *(other for other in gone.itersiblings(gone.tag) if next(_marks(other), None) is None),
    ]
    cells = (
        [siblings[0]] if siblings and gone.tag == qn("w:tc") else siblings[0].findall(qn("w:tc")) if siblings else []
    )
    return cells[-1] if cells else None


def _deleted_text(gone: Element) -> Iterator[Element]:
    """The paragraphs below an element that hold text, each as a paragraph of deleted runs."""
    for paragraph in list(gone.iter(qn("w:p"))):
        runs = [run for run in paragraph.iter(qn("w:r")) if next(run.iterancestors(qn("w:p"))) is paragraph]
        if runs:
            kept = etree.Element(qn("w:p"))
            etree.SubElement(kept, qn("w:del")).extend(runs)
            yield kept


def _marks(root: Element) -> Iterator[Element]:
    for properties in root.iter(qn("w:trPr")):
        yield from (child for child in properties if child.tag in (qn("w:del"), qn("w:moveFrom")))
        yield from (child for child in properties if child.tag == qn("w:hidden") and is_on(child))
    for properties in root.iter(qn("w:tcPr")):
        yield from properties.findall(qn("w:cellDel"))


def _unwrap(wrapper: Element) -> None:
    """Puts an element's children in its place. A change mark inside properties (``w:rPr/w:ins``) stays."""
    parent = wrapper.getparent()
    if parent is None or parent.tag in PROPERTIES:
        return
    for child in list(wrapper):
        if child.tag not in WRAPPER_PROPERTIES:
            wrapper.addprevious(child)
    parent.remove(wrapper)
