"""Series of meetings of invented bodies, with what an auditor who saw no program wrote of each decision.

Each folder under ``series`` holds a body's agendas and minutes in the order of their dates, and ``expected.json``: one
row for every adopted point after all files, and after the first n. ``X_any`` lists values that are all right; a missing
key is not compared.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from rapidfuzz import fuzz

import pipeline
import store

SERIES = sorted(path.parent for path in (Path(__file__).parent / "series").glob("*/expected.json"))
COLUMNS = {"state": "state", "carried_by": "carried_by", "deadline": "deadline_edtf"}
LIKE = 75  # of rapidfuzz' partial ratio: the reader quotes the beginning of a decision

# Rows that are not read as the reader reads them, and why.
KNOWN_FAILURES = {
    ("ssu-vestvik", None, "2023.13"): "the case's owner answers where the decision names nobody",
    ("ssu-vestvik", "3", "2023.5"): "put off again is open here, treated to the reader",
    ("ssu-vestvik", "3", "2023.13"): "the case's owner answers where the decision names nobody",
    ("ssu-vestvik", "4", "2023.13"): "the case's owner answers where the decision names nobody",
    ("ssu-fjordlandet", "4", "2023.44"): "put off again is open here, treated to the reader",
    ("hovedutvalg-nordvag", "4", "23/22"): "sent back is open here, treated to the reader",
    ("osu-sunnhordfjord", "3", "4/24"): "put off again is open here, treated to the reader",
}


@pytest.fixture(scope="module", params=SERIES, ids=lambda path: path.name)
def series(request):
    """A folder's name, what is expected, and what is read from its files, in their order."""
    folder = request.param
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    files = sorted(path for path in folder.iterdir() if path.suffix in (".pdf", ".docx"))
    return folder.name, expected, [pipeline.read_file(path) for path in files]


def test_a_series_is_followed_as_an_auditor_follows_it(series):
    name, expected, results = series
    stages = {None: (len(results), expected["rows"])}
    stages |= {n: (int(n), rows) for n, rows in expected["after_first_n"].items()}
    wrong = {
        (name, n, want["case"]): told
        for n, (count, rows) in stages.items()
        for want, told in misread(rows, follow_up(results[:count]))
    }
    known = {key for key in KNOWN_FAILURES if key[0] == name}
    assert {key: told for key, told in wrong.items() if key not in known} == {}
    assert known - wrong.keys() == set(), "read rightly now: take it from the list"


def follow_up(results):
    db = store.open_database(":memory:")
    for result in results:
        store.save(db, result)
    store.link(db)
    return list(db.query("SELECT * FROM decision_follow_up"))


def misread(expected, found):
    """Each expected row that is missing or differs, with what is wrong."""
    free = list(found)
    for want in expected:
        row = max(free, key=lambda one: likeness(want, one), default=None)
        if row is None or likeness(want, row) < LIKE:
            yield want, "no such row"
            continue
        free.remove(row)
        if differing := list(differences(want, row)):
            yield want, differing


def likeness(want, row):
    bodies = want["body"].split("|") if want.get("body") else [row["body"] or ""]
    of_body = any(fuzz.partial_ratio(folded(body), folded(row["body"])) >= 85 for body in bodies) or not row["body"]
    if number(row["case_number"]) != number(want["case"]) or not of_body:
        return 0
    return fuzz.ratio(folded(want["decision"]), folded(row["decision"])[: len(want["decision"])])


def differences(want, row):
    for key, column in COLUMNS.items():
        right = want[f"{key}_any"] if f"{key}_any" in want else [want[key]] if key in want else None
        if right is not None and number(row[column]) not in map(number, right):
            yield key, right, row[column]
    if "responsible" in want and not same_people(want["responsible"], row["responsible"]):
        yield "responsible", want["responsible"], row["responsible"]


def same_people(want, got):
    wanted = [part for name in (want if isinstance(want, list) else [want]) for part in people(name)]
    found = people(got)
    return all(any(alike(a, b) for b in found) for a in wanted) and all(any(alike(a, b) for a in wanted) for b in found)


def people(text):
    return [part.strip() for part in re.split(r",|\s+og\s+", folded(text)) if part.strip()]


def alike(one, other):
    return fuzz.partial_ratio(one, other) >= 92


def number(text):
    return re.sub(r"^[a-zæøå]+-(?=\d)", "", folded(text)).replace(" ", "")


def folded(text):
    return " ".join((text or "").split()).casefold()
