"""Marks of a decision that stay the same from load to load, for programs that remember what they have shown."""

from __future__ import annotations

from uuid import UUID, uuid5

_OURS = UUID("6c1f4a52-8d0e-5b0b-9a53-0d1c3f5e7a21")
"""The name space of this program's marks; a new one would show every decision as new in every reader."""


def lasting_key(decision_id: str, document_id: str, meeting_id: str | None) -> str:
    """A decision by its meeting, case and place; by its own key where the meeting is not known.

    The key of a decision holds the fingerprint of its file. A new scan of the minutes, or the minutes once more as an
    attachment, would make other decisions of the same ones.

    >>> lasting_key("su-2022-05-19-minutes-1e47/2022.12/adopted/1", "su-2022-05-19-minutes-1e47", "su-2022-05-19")
    'su-2022-05-19/2022.12/adopted/1'
    >>> lasting_key("dok-udatert-minutes-1e47/2022.12/adopted/1", "dok-udatert-minutes-1e47", None)
    'dok-udatert-minutes-1e47/2022.12/adopted/1'
    """
    if not meeting_id or not decision_id.startswith(document_id):
        return decision_id
    return meeting_id + decision_id.removeprefix(document_id)


def lasting_mark(kind: str, key: str) -> UUID:
    """A UUID for a key, the same on every machine.

    >>> lasting_mark("vedtak", "su-2022-05-19/2022.12/adopted/1").urn
    'urn:uuid:0429c8ea-20b7-5b97-985e-3c4a682f6c84'
    """
    return uuid5(_OURS, f"{kind}:{key}")
