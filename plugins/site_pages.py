"""What the templates may call: Norwegian words, links, and the collection's figures."""

from __future__ import annotations

import hashlib
import json
from functools import partial
from pathlib import Path
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from jinja2 import Environment

from models.labels import OUTCOMES, QUESTIONS, heading, label
from models.problems import PROBLEMS
from plugins.view import case_follow_up, case_references, front, links, load_report, meeting, named, trail, votes, words
from plugins.view.passages import marked_hits
from plugins.view.source import DATABASE


@hookimpl
def prepare_jinja2_environment(env: Environment, datasette: Datasette) -> None:
    """Filters and constants; these serve error pages too. What a template prints goes through ``finalize``."""
    env.finalize = words.in_reading_order
    env.filters |= {
        "heading": heading,
        "deadline": words.deadline,
        "long_date": words.long_date,
        "day_or_season": words.day_or_season,
        "file_name": words.file_name,
        "from_json": json.loads,
        "marked_hits": marked_hits,
    }
    env.globals |= {
        "label": label,
        "count_of": words.count,
        "document_name": words.document_name,
        "lookups_no": words.LOOKUPS,
        "outcomes": OUTCOMES,
        "problems": PROBLEMS,
        "questions": QUESTIONS,
        "sakspor": DATABASE,
        "style_version": _style_version(datasette),
    }


@hookimpl
def extra_template_vars(datasette: Datasette) -> dict[str, Any]:
    """Functions that need the database or the site's address, and the titles of metadata.yml."""
    tables = datasette.metadata("tables", database=DATABASE) or {}
    return {
        "table_titles": {name: one["title"] for name, one in tables.items() if "title" in one},
        "table_descriptions": {name: one["description"] for name, one in tables.items() if "description" in one},
        "source_url": partial(links.source_url, datasette),
        "image_url": partial(links.image_url, datasette),
        "file_url": partial(links.file_url, datasette),
        "case_url": partial(links.case_url, datasette),
        "meeting_url": partial(links.meeting_url, datasette),
        "person_url": partial(links.person_url, datasette),
        "organisation_url": partial(links.organisation_url, datasette),
        "named": partial(named.named, datasette),
        "named_roles": partial(named.roles, datasette),
        "named_responsibilities": partial(named.responsibilities, datasette),
        "named_cases": partial(named.cases, datasette),
        "named_meetings": partial(named.meetings, datasette),
        "named_members": partial(named.members, datasette),
        "case_items": trail.case_items,
        "by_document": trail.by_document,
        "by_case": trail.by_case,
        "attendance": partial(meeting.attendance, datasette),
        "latest_item": trail.latest,
        "timeline": trail.timeline,
        "case_states": partial(case_follow_up.case_states, datasette),
        "meeting_states": partial(case_follow_up.meeting_states, datasette),
        "earlier_cases": partial(case_follow_up.earlier_cases, datasette),
        "later_cases": partial(case_follow_up.later_cases, datasette),
        "refers_to": partial(case_references.refers_to, datasette),
        "spoken_of": partial(case_references.spoken_of, datasette),
        "case_votes": partial(votes.case_votes, datasette),
        "collection_counts": partial(front.counts, datasette),
        "to_follow_up": partial(front.to_follow_up, datasette),
        "latest_meetings": partial(front.latest_meetings, datasette),
        "load_figures": partial(load_report.figures, datasette),
        "input_themes": partial(front.input_themes, datasette),
        "input_senders": partial(front.input_senders, datasette),
        "all_bodies": partial(front.bodies, datasette),
        "all_years": partial(front.years, datasette),
    }


def _style_version(datasette: Datasette) -> str:
    """A few digits that change with the style sheet, so that no browser keeps an old one."""
    folders = (Path(folder) for name, folder in datasette.static_mounts if name == "static")
    sheets = (folder / "sakspor.css" for folder in folders)
    return "".join(hashlib.sha256(sheet.read_bytes()).hexdigest()[:8] for sheet in sheets if sheet.is_file())
