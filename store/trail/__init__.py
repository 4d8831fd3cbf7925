"""The trail: how a decision is taken up again in later meetings, and what they make of it."""

from store.trail.link import forget_trail, link_trail

__all__ = ["forget_trail", "link_trail"]
