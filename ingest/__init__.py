"""A file -> pages of positioned words and rules -> blocks and tables -> logical documents.

``read`` and ``read_data`` decide by content, not by name; ``split`` cuts what was read into logical documents, each
claimed by one layout.
"""

from ingest.reader import read, read_data
from ingest.split import split

__all__ = ["read", "read_data", "split"]
