"""Text from documents and disks as a terminal may have it."""

from __future__ import annotations

from unicodedata import category

_OBEYED = {"Cc", "Zl", "Zp"}
"""Unicode's categories of what moves the cursor, changes colours and titles, or ends a line."""
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def visible(text: str) -> str:
    r"""The text on one line, with every sign written out that a terminal would obey or that turns the direction.

    >>> print(visible("m\x1b[2Jte\n\u202efdp.exe"))
    m\x1b[2Jte\n\u202efdp.exe
    >>> visible("Møte – «å» \u00e5")
    'Møte – «å» å'
    """
    return "".join(
        sign.encode("unicode_escape").decode() if sign in _TURNING or category(sign) in _OBEYED else sign
        for sign in text
    )
