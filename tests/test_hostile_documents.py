"""What stands in a document does nothing on the site: no page and no format makes more of it than text.

The site is followed from link to link, so that a page or a format that is added is looked at without being named here.
"""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from collections import Counter
from contextlib import closing
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import etree

import cli
from plugins.inert_csv import inert
from tests import hostile_collection as hostile
from tests.page_kinds import KINDS, addresses
from tests.raw_requests import Answer, ask

EACH = 4
"""Addresses that are followed of the same shape: one row or choice is like another."""
PLAIN = {
    "html", "head", "meta", "title", "link", "body", "a", "header", "nav", "main", "footer", "h1", "h2", "h3", "p",
    "span", "strong", "em", "mark", "del", "code", "pre", "div", "section", "article", "form", "label", "input",
    "button", "select", "option", "fieldset", "legend", "textarea", "ul", "ol", "li", "dl", "dt", "dd", "table",
    "caption", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "img", "details", "summary", "br", "time",
    "blockquote", "hr", "aside", "abbr", "small", "search", "datalist", "output", "ins", "sup", "h4",
}  # fmt: skip
"""Elements that show something and do nothing."""
TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class Page(HTMLParser):
    """What a browser makes of a page: its elements, its attributes, where it leads, what can be read."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.addresses: list[str] = []
        self.words: list[str] = []
        self.feed(answer.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in PLAIN:
            self.faults.append(f"<{tag}>")
        for name, value in attrs:
            if name.startswith("on") or name in ("style", "srcdoc", "formaction", "target", "ping"):
                self.faults.append(f"{tag} {name}={value}")
            if name in ("href", "src", "action"):
                self.addresses.append(value or "")
        if tag == "meta" and "http-equiv" in dict(attrs):
            self.faults.append("meta http-equiv")

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"<!-- {data}")


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    return hostile.build(tmp_path_factory.mktemp("fiendtlig"))


@pytest.fixture(scope="module")
def answers(served) -> list[Answer]:
    """Every page kind, and all that can be reached from them, a few addresses of each shape."""
    asked = list(dict.fromkeys(addresses(served, "avvik").values()))
    shapes, found = Counter(map(shape, asked)), []
    while asked:
        got = ask(served, *asked)
        found += got
        known = {answer.target for answer in found}
        links = (urljoin(one.target, to).partition("#")[0] for one in got if is_html(one) for to in Page(one).addresses)
        asked = [
            to for to in dict.fromkeys(links) if to.startswith("/") and to not in known and is_new(shape(to), shapes)
        ]
    return found


def shape(target: str) -> str:
    """A path without whose page it is: what rows, pages and choices are of the same kind."""
    path = target.partition("?")[0]
    return re.sub(r"(?<=^/kilde/)[^/]+|(?<=/side/)\d+|(?<=^/sakspor/)([a-z_]+)/[^/.]+", r"\1*", path)


def is_new(kind: str, shapes: Counter[str]) -> bool:
    shapes[kind] += 1
    return shapes[kind] <= EACH


def is_html(answer: Answer) -> bool:
    return answer.headers["content-type"].startswith("text/html")


def test_the_collection_is_hostile_and_every_kind_of_page_was_seen(served, answers):
    targets = {answer.target for answer in answers}
    assert {address.partition("#")[0] for address in addresses(served, "avvik").values()} <= targets
    assert len(targets) > len(KINDS)
    text = "".join("".join(Page(answer).words) for answer in answers if is_html(answer))
    for attack in (
        hostile.SCRIPT,
        hostile.IMAGE,
        hostile.LINK,
        hostile.FORMULA,
        hostile.ADDRESS,
        hostile.TEMPLATE,
        hostile.LONG,
    ):
        assert attack in text, attack[:60]
    assert {answer.status for answer in answers} <= {200, 302, 400, 404}
    assert {"text/html", "application/json", "text/csv"} <= {
        answer.headers["content-type"].partition(";")[0] for answer in answers
    }


def test_no_page_has_an_element_or_an_attribute_of_a_document(answers):
    assert [(answer.target, fault) for answer in answers if is_html(answer) for fault in Page(answer).faults] == []


def test_every_address_on_a_page_is_the_sites_own(answers):
    for answer in filter(is_html, answers):
        for address in Page(answer).addresses:
            parts = urlsplit(urljoin(f"http://localhost{answer.target}", address))
            assert (parts.scheme, parts.netloc) == ("http", "localhost"), (answer.target, address)


def test_no_template_is_made_of_a_text_and_no_direction_turned(answers):
    for answer in filter(is_html, answers):
        assert hostile.PRODUCT not in answer.text, answer.target
        assert TURNING.findall(answer.text) == [], answer.target


def test_every_answer_forbids_scripts_and_guessing(answers):
    for answer in answers:
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")
        assert answer.headers["x-content-type-options"] == "nosniff"
        if "<script" in answer.text:
            assert not is_html(answer), answer.target


def test_no_cell_of_a_csv_is_a_formula(answers):
    files = [answer for answer in answers if answer.headers["content-type"].startswith("text/csv")]
    assert files
    for answer in files:
        assert answer.headers["content-disposition"].startswith("attachment")
        mark = ";" if "skille=semikolon" in answer.target else ","
        cells = [
            cell
            for row in csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"), newline=""), delimiter=mark)
            for cell in row
        ]
        assert [cell for cell in cells if inert(cell, mark) != cell] == [], answer.target
        assert [cell for cell in cells if cell.strip()[:1] in ("=", "+", "@") or cell[:1] in ("\t", "\r")] == []


@pytest.mark.parametrize("table", ["decisions", "case_items", "meetings", "measures", "input_points", "source_files"])
@pytest.mark.parametrize("how", ["", "?_stream=1", "?_dl=1", "?_labels=on&_size=max"])
def test_a_csv_has_every_row_and_otherwise_the_same_cells(served, table, how):
    [answer] = ask(served, f"/sakspor/{table}.csv{how}")
    rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    with closing(sqlite3.connect(served)) as db:
        db.row_factory = sqlite3.Row
        stored = [dict(row) for row in db.execute(f"select * from {table} order by 1")]
    key = next(iter(stored[0]))
    shown = {row[key]: row for row in rows}
    assert len(shown) == len(stored)
    for row in stored:
        for column, value in row.items():
            assert shown[inert(str(row[key]))][column] == inert("" if value is None else str(value))


def test_json_and_the_database_have_the_text_as_it_is(served, answers):
    for answer in answers:
        if answer.headers["content-type"].startswith("application/json"):
            answer.json()
    [rows] = ask(served, "/sakspor/decisions.json?_shape=array&_size=max")
    assert {hostile.FORMULA, hostile.TEMPLATE} <= {row["text"] for row in rows.json()}


def test_feeds_hold_text_and_lead_to_the_site_only(answers):
    for answer in answers:
        if answer.headers["content-type"].startswith("application/atom+xml"):
            feed = etree.fromstring(answer.body)
            assert {element.get("type", "text") for element in feed.iter("{*}title", "{*}content", "{*}summary")} == {
                "text"
            }
            assert {urlsplit(link.get("href")).netloc for link in feed.iter("{*}link")} == {"localhost"}
            assert {etree.QName(element).localname for element in feed.iter()}.isdisjoint({"script", "img"})


def test_calendars_hold_their_own_lines_only(answers):
    for answer in answers:
        if answer.headers["content-type"].startswith("text/calendar"):
            for line in re.sub(r"\r\n[ \t]", "", answer.text).removesuffix("\r\n").split("\r\n"):
                assert re.match(r"[A-Z-]+[;:]", line), line
            assert "\nATTACH" not in answer.text


def test_originals_are_sent_under_a_harmless_name(served):
    with closing(sqlite3.connect(served)) as db:
        documents = [row[0] for row in db.execute("select id from documents")]
    sent = [
        answer for answer in ask(served, *(f"/kilde/{document}/fil" for document in documents)) if answer.status == 200
    ]
    assert len(sent) >= 3
    for answer in sent:
        kind, _, name = answer.headers["content-disposition"].partition("; filename*=UTF-8''")
        assert kind == "attachment"
        assert re.fullmatch(r"[\w.%~-]+\.(pdf|docx)", name, re.ASCII)
        assert not re.search(r"%(?:0.|1.|7F|C2%[89]|E2%80%A|E2%81%A|2F|5C|22|3C|3E)", name), name


def test_nothing_steers_the_terminal(tmp_path, capfd):
    hostile.draw(tmp_path / "filer")
    database, out = str(tmp_path / "arbeid.db"), str(tmp_path / "sakspor.db")
    files = tmp_path / "filer"
    commands = [
        ["load", str(files), "--db", database, "--plain"],
        ["load", str(files), "--db", database],
        ["load", f"{hostile.STEERING}.pdf", "--db", database],
        ["extract", str(files / hostile.NAMES["broken"])],
        ["publish", database, "--out", out],
        ["serve", f"{hostile.STEERING}.db"],
    ]
    commands += [["status", "--db", out]] if "status" in cli.app.commands else []
    for command in commands:
        with pytest.raises(SystemExit):
            cli.main(command)
        told = capfd.readouterr()
        assert re.findall(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", told.out + told.err) == [], command
        assert re.findall("[\u202a-\u202e\u2066-\u2069]", told.out + told.err) == [], command
