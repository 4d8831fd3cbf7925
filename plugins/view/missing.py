"""What a visitor asked for and cannot have."""

from __future__ import annotations

from datasette import NotFound


class Missing(NotFound):
    """Answered with 404; the message is Norwegian and shown as it is."""
