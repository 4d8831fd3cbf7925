"""Write the tables of ``docs/`` from the code, so that they say what the program does.

python docs/build.py

Each text below keeps its own words; only what stands between the two markers of a document is written anew. A test
compares the documents with :func:`renewed`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from models import records  # noqa: E402  (the checkout's packages are found through the line above)
from models.problems import PROBLEMS  # noqa: E402

MARKED = re.compile(r"(?<=<!-- from the code -->\n).*?(?=<!-- end -->)", re.DOTALL)

LISTS: dict[str, type[records.Frozen]] = {
    "documents": records.Document,
    "meetings": records.Meeting,
    "meetings[].attendances": records.Attendance,
    "case_items": records.CaseItem,
    "case_items[].decisions": records.Decision,
    "case_items[].votes": records.Vote,
    "case_items[].votes[].names": records.VoteName,
    "responsibilities": records.Responsibility,
    "references": records.Reference,
    "progress": records.Progress,
    "measures": records.Measure,
    "input_points": records.InputPoint,
    "submissions": records.Submission,
    "procedures": records.Procedure,
}
"""The lists of the extraction format and the record that each is made of."""


def shape(schema: dict[str, Any]) -> str:
    """A field's values in a few words, from its JSON schema.

    >>> shape({"anyOf": [{"enum": ["approved", "noted"]}, {"type": "null"}]})
    'approved, noted, null'
    >>> shape({"type": "array", "items": {"type": "string"}})
    'list of string'
    """
    if "anyOf" in schema:
        return ", ".join(shape(choice) for choice in schema["anyOf"])
    if "enum" in schema:
        return ", ".join(schema["enum"])
    if "const" in schema:
        return str(schema["const"])
    if schema.get("type") == "array":
        return f"list of {shape(schema['items'])}"
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    return str(schema["type"])


def field_tables() -> Iterator[str]:
    """The fields of each list, in the record's order."""
    for name, record in LISTS.items():
        yield f"### `{name}`\n"
        yield "| felt | verdi | betydning |\n|---|---|---|"
        for field, schema in record.model_json_schema()["properties"].items():
            yield f"| `{field}` | {shape(schema)} | {schema['description']} |"
        yield ""


def problem_table() -> Iterator[str]:
    """The codes, refusals first."""
    yield "| kode | virkning | hva som er skjedd | hva du kan gjøre |\n|---|---|---|---|"
    for problem in sorted(PROBLEMS.values(), key=lambda problem: not problem.refusal):
        effect = "filen avvises" if problem.refusal else "merknad"
        yield f"| `{problem.code}` | {effect} | {problem.sentence} | {problem.advice} |"


TABLES = {"format.md": field_tables, "errors.md": problem_table}


def renewed(name: str) -> str:
    """A document's text with its tables as the code has them now."""
    lines = "\n".join(TABLES[name]()).strip()
    return MARKED.sub(lambda _: f"{lines}\n", (HERE / name).read_text(encoding="utf-8"), count=1)


if __name__ == "__main__":
    for document in TABLES:
        (HERE / document).write_text(renewed(document), encoding="utf-8")
