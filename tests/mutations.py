"""Damaged, odd and hostile files made from good ones, the same from the same seed."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from random import Random
from warnings import catch_warnings, simplefilter

Mutation = Callable[[bytes, Random, Sequence[bytes]], bytes]

NUMBERS = (b"0", b"-1", b"1", b"65536", b"2147483647", b"4294967296", b"99999999999", b"0.0000001", b"1e99")
TOKEN = re.compile(rb"/[A-Za-z]+|(?<![\w.])\d+(?![\w.])")
REFERENCE = re.compile(rb"\d+ 0 R")
OBJECT = re.compile(rb"\d+ 0 obj.*?endobj\s*", re.DOTALL)
STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
TAG = re.compile(rb"<[^<>]+>")
ATTRIBUTE = re.compile(rb'"[^"<>]*"')
OPERATORS = (b"Tj", b"TJ", b"Td", b"Tm", b"Tf", b"q", b"Q", b"BT", b"ET", b"re", b"Do", b"cm", b"gs", b"BI", b"EI")


def flip(data: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice((1, 3, 30, 300))):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def cut(data: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    at = rng.randrange(len(data))
    return data[:at] if rng.random() < 0.7 else data[at:]


def splice(data: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    other = rng.choice(others)
    return data[: rng.randrange(len(data))] + other[rng.randrange(len(other)) :]


def repeat(data: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    start, end = sorted(rng.randrange(len(data)) for _ in range(2))
    return data[:end] + data[start:end] * rng.choice((1, 2, 5)) + data[end:]


def blank(data: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    start, end = sorted(rng.randrange(len(data)) for _ in range(2))
    return data[:start] + bytes(end - start) + data[end:]


def drop(data: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    start, end = sorted(rng.randrange(len(data)) for _ in range(2))
    return data[:start] + data[end:]


# --- PDF -------------------------------------------------------------------------------------------------------------


def change_tokens(data: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    """Numbers become absurd, names those of other keys."""
    found = list(TOKEN.finditer(data))
    names = [match[0] for match in found if match[0].startswith(b"/")] or [b"/Type"]
    for match in sorted(rng.sample(found, min(len(found), rng.choice((1, 2, 8)))), key=lambda m: -m.start()):
        new = rng.choice(names) if match[0].startswith(b"/") else rng.choice(NUMBERS)
        data = data[: match.start()] + new + data[match.end() :]
    return data


def change_references(data: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    """Objects point at others, or at themselves: a page becomes its own parent."""
    found = list(REFERENCE.finditer(data))
    for match in sorted(rng.sample(found, min(len(found), rng.choice((1, 3, 10)))), key=lambda m: -m.start()):
        data = data[: match.start()] + rng.choice(found)[0] + data[match.end() :]
    return data


def move_objects(data: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    """An object twice, gone, or in another's place."""
    found = [match[0] for match in OBJECT.finditer(data)]
    if len(found) < 2:
        return flip(data, rng, others)
    one, two = rng.sample(found, 2)
    return data.replace(one, rng.choice((one + two, b"", two, one * 3)), 1)


def change_stream(data: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    """What a page draws: operators and operands in another order, twice or thousands of times."""
    found = []
    for match in STREAM.finditer(data):
        try:
            found.append((match, zlib.decompress(match[1])))
        except zlib.error:
            continue
    if not found:
        return change_tokens(data, rng, others)
    match, drawn = rng.choice(found)
    words = drawn.split(b" ")
    for _ in range(rng.choice((1, 5, 50))):
        words[rng.randrange(len(words))] = rng.choice((*OPERATORS, *NUMBERS, b"(", b")", b"[", b"<<", b"\n"))
    drawn = b" ".join(words) * rng.choice((1, 1, 1, 30))
    return data[: match.start(1)] + zlib.compress(drawn) + data[match.end(1) :]


def change_page(data: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    """Pages kilometres wide, empty, turned inside out, or with letters of no size."""
    box = b"/MediaBox [ " + b" ".join(rng.choice(NUMBERS) for _ in range(4)) + b" ]"
    data = re.sub(rb"/MediaBox ?\[[^\]]*\]", box, data)
    return re.sub(rb"/Rotate \d+", b"/Rotate " + rng.choice(NUMBERS), data)


def append_update(data: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    """A later revision that overrides an object, with a table of contents that lies."""
    found = [match[0] for match in OBJECT.finditer(data)] or [b"1 0 obj<<>>endobj"]
    at = rng.choice((0, 15, len(data) - 1, len(data), 10**12))
    return data + b"\n" + rng.choice(found) + b"startxref\n%d\n%%%%EOF" % at


# --- DOCX ------------------------------------------------------------------------------------------------------------


def parts(data: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return [(info.filename, archive.read(info)) for info in archive.infolist()]


def zipped(found: Sequence[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w", method) as archive, catch_warnings():
        simplefilter("ignore")  # names that stand twice are meant
        for name, content in found:
            archive.writestr(name, content)
    return data.getvalue()


def move_members(data: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    """Members trade contents or names, are missing, stand twice, or lie under other paths."""
    found = parts(data)
    one, two = rng.sample(range(len(found)), 2)
    (name, content), (other, _) = found[one], found[two]
    kind = rng.randrange(5)
    if kind == 0:
        found[one], found[two] = (name, found[two][1]), (other, content)
    elif kind == 1:
        del found[one]
    elif kind == 2:
        found.append((name, found[two][1]))
    elif kind == 3:
        found[one] = (rng.choice(("../", "/", "x/", "C:\\")) + name, content)
    else:
        found[one] = (name, zipped(found[:3]))
    return zipped(found, rng.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2)))


def change_xml(data: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    """Elements gone, doubled, in each other's place, thousands deep; values absurd; document types; other encodings."""
    found = parts(data)
    named = [n for n, (name, _) in enumerate(found) if name.endswith((".xml", ".rels"))]
    heavy = [n for n in named if found[n][0] in ("word/document.xml", "word/styles.xml", "word/numbering.xml")]
    n = rng.choice(heavy if heavy and rng.random() < 0.7 else named)
    name, content = found[n]
    found[n] = (name, rng.choice(XML_CHANGES)(content, rng))
    return zipped(found)


def _change_tags(content: bytes, rng: Random) -> bytes:
    tags = list(TAG.finditer(content))
    for match in sorted(rng.sample(tags, min(len(tags), rng.choice((1, 2, 6)))), key=lambda m: -m.start()):
        new = rng.choice((b"", match[0] * 2, rng.choice(tags)[0]))
        content = content[: match.start()] + new + content[match.end() :]
    return content


def _change_values(content: bytes, rng: Random) -> bytes:
    values = list(ATTRIBUTE.finditer(content))
    for match in sorted(rng.sample(values, min(len(values), rng.choice((1, 5, 40)))), key=lambda m: -m.start()):
        new = rng.choice((b'"%s"' % rng.choice(NUMBERS), b'""', b'"restart"', rng.choice(values)[0]))
        content = content[: match.start()] + new + content[match.end() :]
    return content


def _repeat_element(content: bytes, rng: Random) -> bytes:
    found = list(re.finditer(rb"<w:(p|tbl|tc|tr|r)>.*?</w:\1>", content, re.DOTALL))
    if not found:
        return content
    match = rng.choice(found)
    return content[: match.start()] + match[0] * rng.choice((0, 2, 500)) + content[match.start() :]


def _nest(content: bytes, rng: Random) -> bytes:
    deep = rng.choice((10, 60, 300, 5_000))
    inner = b"<w:tbl><w:tr><w:tc>" * deep + b"<w:p/>" + b"</w:tc></w:tr></w:tbl>" * deep
    return content.replace(b"<w:p>", inner + b"<w:p>", 1)


def _declare(content: bytes, rng: Random) -> bytes:
    entities = b'<!DOCTYPE w [<!ENTITY a "' + b"a" * 1000 + b'"><!ENTITY b "' + b"&a;" * 1000 + b'">]>'
    _, _, rest = content.partition(b"?>")
    changed = entities + (rest or content).replace(b"<w:t>", b"<w:t>&b;")
    return changed.decode("utf-8", "replace").encode(rng.choice(("utf-8", "utf-16", "utf-32", "cp037")), "replace")


def _encode(content: bytes, rng: Random) -> bytes:
    text = content.decode("utf-8", "replace")
    return text.encode(rng.choice(("utf-16", "utf-16-be", "latin-1", "utf-32", "utf-7")), "replace")


XML_CHANGES = (_change_tags, _change_tags, _change_values, _change_values, _repeat_element, _nest, _declare, _encode)


# --- any -------------------------------------------------------------------------------------------------------------

ANY: tuple[Mutation, ...] = (flip, flip, cut, splice, repeat, blank, drop)
OF_PDF: tuple[Mutation, ...] = (
    change_tokens, change_tokens, change_references, move_objects, change_stream, change_stream, change_page,
    append_update,
)  # fmt: skip
OF_DOCX: tuple[Mutation, ...] = (move_members, change_xml, change_xml, change_xml)


def mutants(originals: Sequence[Path], count: int, seed: int = 1) -> Iterator[tuple[str, bytes]]:
    """Name and content of ``count`` files, two thirds of them changed by one who knows the format."""
    contents = [path.read_bytes() for path in originals]
    for n in range(count):
        rng = Random(f"{seed} {n}")
        which = rng.randrange(len(originals))
        data, suffix = contents[which], originals[which].suffix
        own = OF_PDF if suffix == ".pdf" else OF_DOCX
        mutation = rng.choice(own if rng.random() < 2 / 3 else ANY)
        changed = mutation(data, rng, contents)
        if rng.random() < 0.15 and changed:
            changed = rng.choice(ANY)(changed, rng, contents)
        yield f"{n:05}-{mutation.__name__}{suffix}", changed
