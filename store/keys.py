"""Readable keys that survive a reload: links and corrections hang on them.

A key is built only of what the documents state and of the file's content, never of the order in which files are loaded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import count

from models.bodies import body_name
from models.case_numbers import canonical
from models.records import Document

_FOLD = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ä": "a", "ö": "o", "é": "e", "è": "e", "ü": "u"})


_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|\d[/-]\d\d$")
"""A year in a case number: "2022.26", "53/2011", "2014/15", "33/09", "02-14"."""


def slug(name: str) -> str:
    """A name as part of a web address: lower case, without Norwegian letters, words joined by hyphens.

    >>> slug("Råd for eldre og funksjonshemmede"), slug("§"), slug("Område- og høringsutvalget")
    ('rad-for-eldre-og-funksjonshemmede', '', 'omrade-og-horingsutvalget')
    """
    return re.sub(r"[^a-z0-9]+", "-", name.lower().translate(_FOLD)).strip("-")


def body_key(name: str | None, collaboration: str | None = None) -> str | None:
    """The key of a body, the same whether a document gives its abbreviation or its name.

    Every collaboration of the country has an SSU; where a file was loaded for a named one, the key begins with it.

    >>> body_key("SSU"), body_key("Strategisk samarbeidsutvalg (SSU)"), body_key("Partnerskapsmøtet"), body_key(None)
    ('ssu', 'ssu', 'pm', None)
    >>> body_key("SSU", "Helsefellesskapet Fjordregionen")
    'helsefellesskapet-fjordregionen-ssu'
    """
    key = slug(body_name(name, collaboration)) if name else ""
    return slug(f"{collaboration or ''} {key}") if key else None


def meeting_key(body: str | None, date: str | None) -> str | None:
    """The key of a body's meeting on a day (``body`` is the body's key).

    >>> meeting_key("ssu", "2022-09-22"), meeting_key("ssu", None)
    ('ssu-2022-09-22', None)
    """
    return f"{body}-{date}" if body and date else None


def case_key(body: str | None, meeting: str | None, number: str | None) -> str | None:
    """The key of a case: body and number, or meeting and number where the number carries no year.

    Every spelling of a number is one case.
    Numbers such as "V-SAK1" or "3" begin anew in every meeting, so without a meeting they name no case.

    >>> case_key("ssu", "ssu-2022-09-22", "2022.26"), case_key("ssu", None, "33/09")
    ('ssu-2022.26', 'ssu-33/09')
    >>> case_key("fsk", None, "PS6/26") == case_key("fsk", None, "6/2026")
    True
    >>> case_key("ssu", "ssu-2022-09-22", "3"), case_key("ssu", None, "3"), case_key(None, None, "2022.26")
    ('ssu-2022-09-22-3', None, None)
    """
    if not number or not body:
        return None
    if _YEAR.search(number):
        return f"{body}-{canonical(number)}"
    return f"{meeting}-{number}" if meeting else None


def document_key(document: Document, sha256: str, collaboration: str | None = None) -> str:
    """The key of a logical document; :func:`told_apart` numbers those that are alike in a file.

    Among documents without body or date a collection holds thousands, so theirs takes more of the fingerprint.

    >>> document_key(Document(n=0, kind="agenda", body="SSU", date="2022-09-22"), "0123456789abcdef")
    'ssu-2022-09-22-agenda-012345'
    >>> document_key(Document(n=0, kind="other"), "0123456789abcdef")
    'dok-udatert-other-0123456789ab'
    """
    body = body_key(document.body, collaboration)
    digits = 6 if body and document.date else 12
    return f"{body or 'dok'}-{document.date or 'udatert'}-{document.kind}-{sha256[:digits]}"


def told_apart(keys: Iterable[str]) -> Iterator[str]:
    """The keys in order; where one is taken already, it gets the first free of ``.2``, ``.3`` …

    Hierarchical case numbers ("1", "1.2", "1" again) look like such endings, so the taken ones are looked at.

    >>> list(told_apart(["a", "b", "a", "a"])), list(told_apart(["a", "a.2", "a"]))
    (['a', 'b', 'a.2', 'a.3'], ['a', 'a.2', 'a.3'])
    """
    taken: set[str] = set()
    for key in keys:
        endings = (f"{key}.{n}" for n in count(2))
        free = key if key not in taken else next(ending for ending in endings if ending not in taken)
        taken.add(free)
        yield free
