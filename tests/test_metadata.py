"""metadata.yml says of tables and columns what the code says, and every code has a Norwegian word."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from models import labels, records
from store.schema import descriptions
from tests.site_collection import metadata

METADATA: dict[str, Any] = metadata()
TABLES: dict[str, Any] = METADATA["databases"]["sakspor"]["tables"]
QUERIES: dict[str, Any] = METADATA["databases"]["sakspor"]["queries"]

CODES = {
    "kind": records.DOCUMENT_KINDS,
    "kinds": get_args(records.CaseKind),
    "outcome": get_args(records.Outcome),
    "presence": get_args(records.Presence),
    "stage": (*get_args(records.Stage), "text"),
}


@pytest.mark.parametrize("table", sorted(descriptions()))
def test_columns_are_described_as_in_the_schema(table):
    assert TABLES[table]["columns"] == descriptions()[table]


def test_no_other_table_is_described():
    assert {name for name, table in TABLES.items() if "columns" in table} == set(descriptions())


@pytest.mark.parametrize("table", sorted(descriptions()))
def test_facets_sorting_and_labels_name_columns(table):
    named = [facet if isinstance(facet, str) else facet["array"] for facet in TABLES[table].get("facets", [])]
    named += [TABLES[table][key] for key in ("sort", "sort_desc", "label_column") if key in TABLES[table]]
    assert set(named) <= set(descriptions()[table])


@pytest.mark.parametrize("table", sorted(descriptions()))
def test_every_table_has_a_title_and_a_description(table):
    assert TABLES[table]["title"]
    assert TABLES[table]["description"].endswith(".")


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_a_query_explains_each_of_its_parameters(name):
    query = QUERIES[name]
    assert query["title"]
    assert [p for p in query.get("params", []) if f"{p}:" not in query["description"]] == []
    assert [p for p in query.get("params", []) if f":{p}" not in query["sql"]] == []


def test_visitors_write_no_sql_of_their_own():
    assert METADATA["allow_sql"] is False


@pytest.mark.parametrize("column", sorted(CODES))
def test_every_code_has_a_word(column):
    assert [code for code in CODES[column] if not labels.label(column, code)] == []


def test_every_column_has_a_heading():
    columns = {column for table in descriptions().values() for column in table}
    assert columns - set(labels.HEADINGS) == set()
