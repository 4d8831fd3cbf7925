"""The internal site: all of the collection behind a log-in, and nothing of it without."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from contextlib import closing

import pytest

import cli
import serving
import store
from tests.site_collection import build

passwords = pytest.importorskip("datasette_auth_passwords.utils", reason="the extra [internal] is not installed")

WORD = "et langt passord"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("intern")
    build(folder)
    store.publish(folder / "arbeid.db", folder / "intern.db", audience="internal")
    return folder


@pytest.fixture(scope="module")
def password_hash():
    return passwords.hash_password(WORD)


@pytest.fixture
def browse(folder, password_hash):
    """Run a conversation with the internal site."""

    def run(conversation):
        datasette = serving.make_site(folder / "intern.db", password_hash=password_hash)
        return asyncio.run(conversation(datasette.client))

    return run


def addresses(folder):
    with closing(sqlite3.connect(folder / "intern.db")) as db:
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")]
        documents = [key for (key,) in db.execute("SELECT id FROM documents")]
    yield from (
        "/",
        "/sakspor",
        "/sakspor.json",
        "/sakspor/sok?q=avvik",
        "/sakspor/sok.json?q=avvik",
        "/sakspor/vedtak.csv",
    )
    yield from ("/sakspor/saksgang?sak=su-2031.2", "/sakspor/moter", "/sakspor/lasterapport", "/sakspor/tiltak")
    yield from (f"/sakspor/{table}" for table in tables)
    yield from (f"/sakspor/{table}.json" for table in tables)
    yield from (f"/kilde/{key}{rest}" for key in documents for rest in ("", "/side/1.png", "/fil"))


def test_without_logging_in_nothing_is_shown(browse, folder):
    async def conversation(client):
        return {address: await client.get(address) for address in addresses(folder)}

    for address, answer in browse(conversation).items():
        assert answer.status_code in (302, 403, 404), address
        assert "samhandlingsavvik" not in answer.text.lower(), address
        assert "Eksempel" not in answer.text, address
        if answer.status_code == 302:
            assert answer.headers["location"] == "/-/login"


async def log_in(client, word=WORD):
    form = await client.get("/-/login")
    token = re.search(r'name="csrftoken" value="([^"]+)"', form.text)
    assert token
    data = {"username": serving.ACCOUNT, "password": word, "csrftoken": token[1]}
    return await client.post("/-/login", data=data, cookies=dict(form.cookies))


def test_who_has_logged_in_sees_the_site_and_can_change_nothing(browse):
    async def conversation(client):
        entered = await log_in(client)
        cookies = {"ds_actor": entered.cookies["ds_actor"]}
        found = await client.get("/sakspor/sok?q=samhandlingsavvik", cookies=cookies)
        posted = await client.post("/sakspor/cases", cookies=cookies)
        inside = [
            await client.get(page, cookies=cookies) for page in ("/-/config.json", "/-/password-tool", "/-/plugins")
        ]
        return entered, found, posted, inside

    entered, found, posted, inside = browse(conversation)
    assert entered.status_code == 302
    assert found.status_code == 200
    assert "amhandlingsavvik" in found.text
    assert "Logg ut" in found.text
    assert "max-age=60" not in found.headers.get("cache-control", "")
    assert posted.status_code in (403, 405)
    assert {answer.status_code for answer in inside} == {404}


def test_a_wrong_password_opens_nothing(browse):
    async def conversation(client):
        return await log_in(client, "feil")

    refused = browse(conversation)
    assert refused.status_code == 200
    assert "ds_actor" not in refused.cookies
    assert "Brukernavnet eller passordet er feil" in refused.text
    assert "Username" not in refused.text


@pytest.mark.parametrize("given", [None, "", "hemmelig123"])
def test_without_a_hash_the_internal_site_does_not_start(folder, monkeypatch, capsys, given):
    monkeypatch.delenv(serving.HASH_VARIABLE, raising=False)
    if given is not None:
        monkeypatch.setenv(serving.HASH_VARIABLE, given)
    with pytest.raises(SystemExit) as end:
        cli.main(["serve", str(folder / "intern.db")])
    said = capsys.readouterr().err
    assert end.value.code == cli.WRONG
    assert serving.HASH_VARIABLE in said
    assert not given or given not in said


def test_datasette_itself_does_not_open_the_internal_file(folder):
    with pytest.raises(Exception, match="bare bak innlogging"):
        asyncio.run(serving.make_site(folder / "intern.db").client.get("/"))
