"""What a published file is searched with, beside the full-text index itself: its words, and what hits are narrowed by.

Made from the rows that are published and from nothing else, so that no word of a document that is held back gets in.
The index stays one that any SQLite opens: all knowledge of Norwegian lies in these tables, and the site asks for the
words that the documents really have.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from sqlite_utils import Database

from models.word_forms import LONGEST, base_forms, fold, part_forms

_VOCABULARY = "CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, search, row)"

_FILTERS = """
    WITH followed AS MATERIALIZED (
        SELECT decision_id, case_id, '|' || state || '|' AS state FROM main.decision_follow_up ORDER BY case_id, state
    ),
    of_cases AS MATERIALIZED (
        SELECT case_id, group_concat(DISTINCT state) AS states FROM followed GROUP BY case_id
    )
    INSERT INTO main.search_filters
        (hit, case_item_id, case_id, body_id, date, document_kind, stage, outcome, states, responsible)
    SELECT search.rowid, items.id, items.case_id,
        coalesce(meetings.body_id, documents.body_id),
        coalesce(meetings.date, documents.date),
        documents.kind, decisions.stage, coalesce(decisions.outcome, items.outcome),
        coalesce(followed.state, of_cases.states),
        folded_names(items.responsible, actors.names)
    FROM main.search
    JOIN main.documents ON documents.id = search.document_id
    LEFT JOIN main.decisions ON search.kind = 'decision' AND decisions.id = search.record_id
    LEFT JOIN main.case_items AS items
        ON search.kind IN ('case', 'decision') AND items.id = coalesce(decisions.case_item_id, search.record_id)
    LEFT JOIN main.meetings ON meetings.id = coalesce(items.meeting_id, documents.meeting_id)
    LEFT JOIN (
        SELECT case_item_id, group_concat(name, ', ') AS names FROM (
            SELECT case_item_id, actor AS name FROM main.responsibilities WHERE actor IS NOT NULL
            UNION
            SELECT mention.record_id, people.name
            FROM main.name_mentions AS mention JOIN main.people ON people.id = mention.person_id
            WHERE mention.record_table = 'case_items'
            UNION
            SELECT responsibilities.case_item_id, people.name
            FROM main.responsibilities
            JOIN main.name_mentions AS mention
                ON mention.record_id = responsibilities.id AND mention.record_table = 'responsibilities'
            JOIN main.people ON people.id = mention.person_id
            ORDER BY 1, 2
        ) GROUP BY case_item_id
    ) AS actors ON actors.case_item_id = items.id
    LEFT JOIN followed ON followed.decision_id = decisions.id
    LEFT JOIN of_cases ON of_cases.case_id = items.case_id
"""
"""Those who answer for a case go by the names that are printed and by the people that these mean.

A decision has its own state; a proposal, and the whole text of a case, those of all decisions in the case.
"""


def index_search(db: Database, synonyms: Iterable[Iterable[str]]) -> None:
    """Fill the tables that a file being published is searched with; ``db`` is in a transaction, the rest is in it."""
    index_words(db)
    index_synonyms(db, synonyms)
    db.register_function(folded_names, deterministic=True, replace=True)
    db.execute(_FILTERS)


def folded_names(listed: str | None, actors: str | None) -> str | None:
    """The names of a JSON list and those behind it, as a reader without Norwegian letters types them.

    >>> folded_names('["Kari Øyåsen", "Per"]', "Kari Øyåsen, Nordvik")
    'kari oyasen, per, nordvik'
    """
    names = [*json.loads(listed or "[]"), *(actors or "").split(", ")]
    return ", ".join(filter(None, dict.fromkeys(map(fold, names)))) or None


def index_words(db: Database) -> int:
    """Fill the tables of words from the full-text index of a file being published; gives the number of words.

    ``db`` is in a transaction, and its ``search`` table is filled.
    """
    db.execute(_VOCABULARY)
    found = db.execute("SELECT term, doc FROM temp.vocabulary ORDER BY term").fetchall()
    words = [(word, hits) for word, hits in found if word.isalpha() and 1 < len(word) <= LONGEST]
    db.conn.executemany(
        "INSERT INTO main.search_words (word, folded, backwards, hits) VALUES (?, ?, ?, ?)",
        ((word, fold(word), backwards(word), hits) for word, hits in words),
    )
    db.conn.executemany(
        "INSERT INTO main.search_forms (form, how, word) VALUES (?, ?, ?)",
        (row for word, _ in words for row in form_rows(word)),
    )
    db.execute("DROP TABLE temp.vocabulary")
    return len(words)


def backwards(word: str) -> str:
    """The shortest basic form of a word from behind: what ends alike stands together.

    >>> backwards("samarbeidsavtaler")
    'elatvasdiebramas'
    """
    return min(sorted(base_forms(word)), key=len)[::-1]


def form_rows(word: str) -> Iterator[tuple[str, str, str]]:
    """The rows of ``search_forms`` for a word.

    >>> [row for row in form_rows("avvikene") if row[0] == "avvik"]
    [('avvik', 'base', 'avvikene')]
    """
    base = base_forms(word)
    yield from ((form, "base", word) for form in sorted(base))
    yield from ((form, "part", word) for form in sorted(part_forms(word) - base))


def index_synonyms(db: Database, groups: Iterable[Iterable[str]]) -> None:
    """Fill the table of synonyms: each word of a group, in its basic forms, leads to the others."""
    for group in groups:
        words = sorted(set(group))
        pairs = sorted(
            {
                (form, other)
                for word in words
                for form in base_forms(word)
                for other in words
                if other not in (word, form)
            }
        )
        db.conn.executemany("INSERT OR IGNORE INTO main.search_synonyms (form, synonym) VALUES (?, ?)", pairs)
