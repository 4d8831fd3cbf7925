"""Measurements: how fast files are read, what a search finds, how a load grows with the archive."""
