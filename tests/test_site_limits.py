"""The site attacked as a stranger would: nothing inside it answers, nothing is redirected away, nothing fails."""

from __future__ import annotations

import sqlite3
import tomllib
from contextlib import closing
from pathlib import Path

import pytest

from plugins.security_headers import HEADERS
from plugins.view.admission import LONGEST_HEAD, LONGEST_QUERY, LONGEST_SEARCH, LONGEST_VALUE, MOST_FACETS, MOST_WORDS
from plugins.view.passages import MOST_WORDS as MOST_MARKED
from plugins.view.passages import spans
from tests.raw_requests import ask
from tests.site_collection import build

ATTACKS = tomllib.loads((Path(__file__).parent / "attacks.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    return build(tmp_path_factory.mktemp("samling"))


def test_nothing_inside_answers(served):
    for answer in ask(
        served,
        *(f"/-/{name}{end}" for name in ATTACKS["insides"] for end in ("", ".json")),
        "/-/",
        "/_internal",
        "/_memory",
    ):
        assert answer.status == 404, answer.target
        assert "datasette" not in answer.text.replace("Drives av Sakspor og Datasette", "").lower()


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_nobody_is_led_elsewhere(served, method):
    for answer in ask(served, *ATTACKS["elsewhere"], method=method):
        assert answer.status in (400, 404), answer.target
        assert "location" not in answer.headers


def test_a_slash_too_many_stays_on_the_site(served):
    answers = ask(served, "/sakspor/", "/sakspor/cases/?_size=5", "/sakspor/møter")
    assert [answer.headers["location"] for answer in answers] == [
        "/sakspor",
        "/sakspor/cases?_size=5",
        "/sakspor/m~C3~B8ter",
    ]


def test_no_file_but_those_meant_for_visitors(served):
    for answer in ask(served, *ATTACKS["files"]):
        assert answer.status in (302, 404), answer.target
        assert not answer.headers.get("location", "/").startswith("//")
        assert b"root:" not in answer.body


# Datasette leaves the facets after one that cannot be counted, and Python says so
@pytest.mark.filterwarnings("ignore:coroutine .* was never awaited", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_rubbish_is_no_failure(served, caplog, capfd):
    for answer in ask(served, *ATTACKS["rubbish"]):
        assert answer.status in (200, 302, 400, 403, 404), answer.target
        assert "Traceback" not in answer.text
        assert "sqlite3" not in answer.text
    assert caplog.records == []
    assert "ERROR" not in capfd.readouterr().err


@pytest.mark.parametrize(
    "target",
    ["/sakspor?sql=select+1", "/sakspor.json?sql=select+1", "/sakspor.csv?sql=select+1", "/sakspor/cases?_where=1=1"],
)
def test_a_visitor_writes_no_sql(served, target):
    assert ask(served, target)[0].status == 403


@pytest.mark.parametrize("asked", ATTACKS["rules"])
def test_no_argument_goes_round_the_rules(served, asked):
    [page, file] = ask(served, f"/sakspor/cases?{asked}", f"/sakspor/cases.csv?{asked}")
    assert (page.status, file.status) == (400, 400)
    assert "ikke er åpent her" in page.text


def test_words_of_a_table_search_are_words(served):
    [operators, words] = ask(
        served, "/sakspor/search.json?_search=OR+NOT+title:&_shape=array", "/sakspor/search.json?_search=tas"
    )
    assert operators.json() == []
    assert words.json()["filtered_table_rows_count"] > 0


def test_an_inner_table_is_closed(served):
    with closing(sqlite3.connect(served)) as db:
        names = {
            row[0]
            for row in db.execute(
                "select name from sqlite_master where type = 'table' and name like 'search\\__%' escape '\\'"
            )
        }
    assert names
    for answer in ask(served, *(f"/sakspor/{name}.json" for name in sorted(names))):
        assert answer.status == 403


def test_what_is_too_long_is_turned_away_in_norwegian(served):
    at_most = [f"q={'a' * LONGEST_SEARCH}", f"q={'a+' * (MOST_WORDS - 1)}a", f"x={'a' * LONGEST_VALUE}"]
    too_long = [f"q={'a' * (LONGEST_SEARCH + 1)}", f"q={'a+' * MOST_WORDS}a", f"x={'a' * (LONGEST_VALUE + 1)}",
                "&".join(["x=" + "a" * 99] * (LONGEST_QUERY // 100))]  # fmt: skip
    assert [answer.status for answer in ask(served, *(f"/sakspor/sok?{query}" for query in at_most))] == [200] * 3
    for answer in ask(served, *(f"/sakspor/sok?{query}" for query in too_long)):
        assert answer.status == 400
        assert "for lang" in answer.text


def test_a_table_is_counted_by_few_columns_at_a_time(served):
    facets = [f"_facet={column}" for column in ("title", "outcome", "number", "body_id", "last_date")]
    [few, many] = ask(served, *(f"/sakspor/cases?{'&'.join(facets[:n])}" for n in (MOST_FACETS, MOST_FACETS + 1)))
    assert (few.status, many.status) == (200, 400)


@pytest.mark.parametrize(
    "cookie", ["\xff=1", "ds_csrftoken=\xff", "a,b=1", '"=x', "ds_actor=x.y; ds_messages=x", ";;="]
)
def test_a_cookie_that_is_none_is_not_looked_at(served, cookie, caplog):
    [page, file] = ask(served, "/", "/sakspor/cases.json", headers=[("cookie", cookie)])
    assert (page.status, file.status) == (200, 200)
    assert caplog.records == []


def test_headers_and_paths_have_a_limit(served):
    [header] = ask(served, "/", headers=[("x", "a" * LONGEST_HEAD)])
    [path] = ask(served, "/" + "a" * LONGEST_HEAD)
    assert (header.status, path.status) == (400, 400)


def test_only_some_words_of_a_long_text_are_looked_for():
    words = [f"ord{n:03}" for n in range(500)]
    assert len(spans(" ".join(reversed(words)), [" ".join(words * 2)])) == MOST_MARKED


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "GARBAGE"]
)
def test_the_site_can_only_be_read(served, method):
    for answer in ask(served, "/", "/sakspor/cases", "/sakspor/vedtak", "/kilde/x/fil", "/-/messages", method=method):
        assert answer.status == 405
        assert answer.headers["allow"] == "GET, HEAD"
        assert "Siden kan bare leses" in answer.text


@pytest.mark.parametrize(
    "target",
    ["/", "/sakspor/cases", "/sakspor/cases.csv?_stream=1", "/sakspor.db", "/static/sakspor.css", "/ingenting", "/-/x"],
)
def test_head_is_get_without_a_body(served, target):
    [get], [head] = ask(served, target), ask(served, target, method="HEAD")
    assert head.body == b""
    assert (head.status, head.headers) == (get.status, get.headers)


@pytest.mark.parametrize(
    "host", ["evil.example/x", "a b", '"><script>', "user@evil.example", "[::1", "x:99999999", "", "æ"]
)
def test_a_host_that_is_none_is_turned_away(served, host):
    [answer] = ask(served, "/sakspor/cases", headers=[("host", host)])
    assert answer.status == 400
    assert "script>" not in answer.text


@pytest.mark.parametrize("host", ["sak.example.no", "127.0.0.1:8001", "[::1]:8001", "localhost"])
def test_a_host_is_a_host(served, host):
    assert ask(served, "/sakspor/cases", headers=[("host", host)])[0].status == 200


@pytest.mark.parametrize(
    "target", ["//evil.example/", "/-/versions", "/", "/sakspor/cases.json", "/sakspor/cases.csv", "/sakspor.db", "/x"]
)
def test_every_answer_carries_the_headers(served, target):
    [answer] = ask(served, target)
    assert {name.decode(): value.decode() for name, value in HEADERS.items()}.items() <= answer.headers.items()


def test_no_other_site_may_read_the_answers(served):
    [answer] = ask(served, "/sakspor/cases.json", headers=[("origin", "https://evil.example")])
    assert [name for name in answer.headers if name.startswith("access-control")] == []


def test_each_format_says_what_it_is(served):
    kinds = {
        "/sakspor/cases.json": "application/json",
        "/sakspor/cases.json?_shape=array&_nl=on": "text/plain",
        "/sakspor/ingenting.json": "application/json",
        "/sakspor/cases.csv": "text/csv",
        "/sakspor/vedtak.csv?_stream=1": "text/csv",
        "/sakspor.db": "application/vnd.sqlite3",
    }
    for answer, kind in zip(ask(served, *kinds), kinds.values(), strict=True):
        assert answer.headers["content-type"].startswith(kind), answer.target
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert ("attachment" in answer.headers.get("content-disposition", "")) == (
            kind in ("text/csv", "application/vnd.sqlite3")
        )


def test_the_served_file_may_have_any_name(served, tmp_path):
    other = tmp_path / 'møter – "ny".db'
    other.write_bytes(served.read_bytes())
    [answer] = ask(other, "/sakspor.db")
    assert answer.headers["content-disposition"] == 'attachment; filename="sakspor.db"'
    assert answer.body == served.read_bytes()


def test_a_query_that_takes_too_long_says_so_and_logs_nothing(served, monkeypatch, capfd):
    import serving

    settings = serving._read_settings
    monkeypatch.setattr(serving, "_read_settings", lambda path: settings(path) | {"sql_time_limit_ms": 200})
    slow = (
        "with recursive n(x) as (select 1 union all select x %2B 1 from n) select count(*) from n where x = 'hemmelig'"
    )
    [answer] = ask(served, f"/sakspor?sql={slow}", free_sql=True)
    assert answer.status == 400
    assert "tok for lang tid" in answer.text
    assert "hemmelig" not in answer.text + capfd.readouterr().err


def test_free_sql_is_for_those_who_asked_for_it(served):
    [sql, where, insides] = ask(
        served,
        "/sakspor.json?sql=select+7&_shape=arrayfirst",
        "/sakspor/cases.json?_where=0",
        "/-/plugins",
        free_sql=True,
    )
    assert sql.json() == [7]
    assert where.json()["rows"] == []
    assert insides.status == 404


@pytest.mark.parametrize(
    "sql",
    [
        "delete from cases",
        "attach 'x.db' as x",
        "pragma writable_schema=1",
        "select load_extension('x')",
        "vacuum into 'x.db'",
    ],
)
def test_free_sql_only_reads(served, sql):
    [answer] = ask(served, f"/sakspor.json?sql={sql}", free_sql=True)
    assert answer.status == 400
