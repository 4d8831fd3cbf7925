"""What a visitor asked for and cannot have."""

from __future__ import annotations

from datasette import NotFound
from datasette.utils.asgi import BadRequest


class Missing(NotFound):
    """Answered with 404; the message is Norwegian and shown as it is."""


class Unreadable(BadRequest):
    """Something in the address cannot be read: answered with 400; the message is Norwegian and shown as it is."""
