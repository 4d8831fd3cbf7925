"""The register of names as a file: CSV as spreadsheets write and open it in Norway, with Norwegian headings.

Semicolon, comma or tab between the columns, with or without a byte order mark, UTF-8 or the encoding of Windows: what a
spreadsheet makes of the file when it is saved is read all the same.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from models.dates import only_date
from store.collaborations import collaboration_of
from store.names.forms import form, is_whole
from store.names.printed import shape
from store.names.register import Applies, Entry

HEADINGS = {
    "navn": "name",
    "skrives også": "also",
    "er ikke": "apart",
    "gjelder": "applies_to",
    "organisasjon": "organisation",
    "fra": "first_date",
    "til": "last_date",
    "samarbeid": "collaboration",
    "nøkkel": "key",
    "merknad": "note",
}
APPLIES: dict[str, Applies] = {"person": "person", "organisasjon": "organisation"}
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is a formula to a spreadsheet; it is written with an apostrophe before it."""
MOST = 10  # complaints in one message


class RegisterError(Exception):
    """The register cannot be read; the text says in Norwegian what is wrong in which line."""


def parse(content: bytes) -> list[Entry]:
    """The rows of a register file.

    Raises :class:`RegisterError` with every line that cannot be used. A row without a name is one that nobody has
    filled in, and is left out.

    >>> parse("navn;skrives også;til\\nIrene Dal;Irene, I. Dal;2022".encode())[0][:3]
    ('person', 'Irene Dal', ('Irene', 'I. Dal'))
    """
    rows = list(_rows(_text(content)))
    complaints: list[str] = []
    entries: list[tuple[int, Entry]] = []
    for line, row in rows:
        try:
            if entry := _entry(row):
                entries.append((line, entry))
        except ValueError as error:
            complaints.append(f"Linje {line}: {error}")
    complaints += [*_conflicts(entries), *_left_behind(entries)]
    if complaints:
        more = [f"… og {len(complaints) - MOST} linjer til."] if len(complaints) > MOST else []
        raise RegisterError("\n".join([*complaints[:MOST], *more]))
    return [entry for _, entry in entries]


def _text(content: bytes) -> str:
    if content.startswith(b"PK"):
        raise RegisterError("Filen er et regneark. Lagre det som CSV (semikolondelt), og velg den filen.")
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The lines with anything in them, as numbered in an editor, with their cells by field."""
    lines = text.splitlines()
    skipped = 1 if lines and re.fullmatch(r"sep=.", lines[0], re.IGNORECASE) else 0
    heading = lines[skipped] if len(lines) > skipped else ""
    delimiter = max(";,\t", key=heading.count)
    reader = csv.reader(io.StringIO("\n".join(lines[skipped:])), delimiter=delimiter)
    try:
        columns = [_column(cell) for cell in next(reader, [])]
        if "name" not in columns:
            raise RegisterError(f"Filen mangler kolonnen «navn». Kolonnene er: {', '.join(HEADINGS)}.")
        end = reader.line_num
        for cells in reader:
            line, end = end + 1 + skipped, reader.line_num
            row = {column: _bare(cell) for column, cell in zip(columns, cells, strict=False) if column}
            if any(row.values()):
                yield line, row
    except csv.Error as error:
        raise RegisterError(f"Linje {reader.line_num + skipped}: Linjen er ikke CSV.") from error


def _column(heading: str) -> str | None:
    folded = " ".join(heading.split()).casefold()
    if folded and folded not in HEADINGS:
        raise RegisterError(f"Kolonnen «{heading.strip()}» er ikke kjent. Kolonnene er: {', '.join(HEADINGS)}.")
    return HEADINGS.get(folded)


def _bare(cell: str) -> str:
    text = " ".join(cell.split())
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text


def _entry(row: dict[str, str]) -> Entry | None:
    """One row; ValueError says what is wrong with it."""
    name = row.get("name", "")
    if not name:
        if row.get("apart") or row.get("key"):
            raise ValueError("Navnet mangler.")
        return None
    applies = _applies_to(row.get("applies_to", ""), name)
    first, last = _day(row.get("first_date", ""), "01-01"), _day(row.get("last_date", ""), "12-31")
    if first and last and first > last:
        raise ValueError("«fra» er etter «til».")
    key = row.get("key") or None
    if key and not re.fullmatch(r"[a-z0-9]+(?:[.-][a-z0-9]+)*", key):
        raise ValueError(f"Nøkkelen «{key}» kan bare ha små bokstaver fra a til z, tall og bindestrek.")
    also, apart = _names(row.get("also", "")), _names(row.get("apart", ""))
    if {form(name), *map(form, also)} & set(map(form, apart)):
        raise ValueError(f"«{name}» kan ikke både være og ikke være samme navn.")
    place = row.get("collaboration", "")
    limits = (row.get("organisation") or None, first, last, collaboration_of(place) or place or None)
    return Entry(applies, name, also, apart, *limits, key, row.get("note") or None)


def _applies_to(said: str, name: str) -> Applies:
    """What a row is about, where it does not say so by its name."""
    if said:
        if said.casefold() not in APPLIES:
            raise ValueError(f"«gjelder» skal være person eller organisasjon, ikke «{said}».")
        applies = APPLIES[said.casefold()]
    else:
        applies = "organisation" if shape(name) == "organisation" else "person"
    if applies == "person" and not is_whole(form(name)):
        raise ValueError(f"«{name}» er ikke et helt navn. Skriv fornavn og etternavn, eller organisasjon i «gjelder».")
    return applies


def _names(cell: str) -> tuple[str, ...]:
    names = (name.strip() for name in re.split(r"[,|]", cell))
    return tuple(dict.fromkeys(name for name in names if form(name)))


def _day(cell: str, of_year: str) -> str | None:
    """A day, or a year as its first or last day.

    >>> _day("31.12.2022", "01-01"), _day("2022", "12-31"), _day("", "01-01")
    ('2022-12-31', '2022-12-31', None)
    """
    if not cell:
        return None
    if re.fullmatch(r"(?:19|20)\d\d", cell):
        return f"{cell}-{of_year}"
    if day := only_date(cell):
        return day
    raise ValueError(f"«{cell}» er ikke en dato. Skriv dag, måned og år, for eksempel 31.12.2022, eller bare året.")


def _conflicts(entries: Sequence[tuple[int, Entry]]) -> Iterator[str]:
    """Rows that contradict one another: one key with two names, one name with two keys that nothing tells apart."""
    names: dict[tuple[Applies, str], tuple[int, Entry]] = {}
    held: dict[tuple[object, ...], list[tuple[int, Entry]]] = defaultdict(list)
    for line, entry in entries:
        first_line, first = names.setdefault((entry.applies_to, entry.label), (line, entry))
        if form(first.name) != form(entry.name):
            yield f"Linje {line}: Nøkkelen «{entry.label}» står ved to navn, her og i linje {first_line}."
        held[entry.applies_to, form(entry.name), *entry[4:8]].append((line, entry))
    for same in held.values():
        for line, entry in same[1:]:
            if entry.label != same[0][1].label:
                yield (
                    f"Linje {line}: «{entry.name}» står også i linje {same[0][0]}, med en annen nøkkel. Skriv"
                    " organisasjon, samarbeid eller fra og til, så de to kan skilles."
                )


def _left_behind(entries: Sequence[tuple[int, Entry]]) -> Iterator[str]:
    """Rows whose name another row has among its spellings at the same times: which of the two holds is not said."""
    claimed = {(form(other), *entry[4:8]): (line, entry) for line, entry in entries for other in entry.also}
    for line, entry in entries:
        by, claiming = claimed.get((form(entry.name), *entry[4:8]), (0, entry))
        if claiming.label != entry.label:
            yield f"Linje {line}: «{entry.name}» er også en skrivemåte i linje {by}. Slett den linjen som ikke gjelder."


def written(entries: Iterable[Entry], open_names: Iterable[Entry] = ()) -> bytes:
    """A register as a file that spreadsheets open; names that nobody has settled stand last, for somebody to fill in.

    >>> written([Entry("person", "Kari Dal", ("K. Dal",))]).decode("utf-8-sig").splitlines()[1]
    'Kari Dal;K. Dal;;person;;;;;;'
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADINGS)
    named = {applies: word for word, applies in APPLIES.items()}
    for entry in [*entries, *open_names]:
        values = entry._asdict() | {
            "also": ", ".join(entry.also),
            "apart": ", ".join(entry.apart),
            "applies_to": named[entry.applies_to] if entry.name else "",
        }
        writer.writerow([_safe(values[field] or "") for field in HEADINGS.values()])
    return out.getvalue().encode("utf-8-sig")


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
