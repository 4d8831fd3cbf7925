"""Votes: how a body voted on a case, who was for and who against."""
