"""DOC, ODT and RTF: loaded where LibreOffice is installed, refused by name where it is not."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest

import ingest
from ingest import legacy
from models.layout import paragraphs
from models.problems import SaksporError
from tests.conftest import _absent

TEXT = "Saken tas til orientering."
RTF = b"{\\rtf1\\ansi " + TEXT.encode() + b"\\par}"


@pytest.fixture(scope="module")
def soffice() -> str:
    found = shutil.which("soffice")
    if not found:
        _absent("no LibreOffice on this machine")
    return str(found)


def texts(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in paragraphs(ingest.read_data("referat", data).blocks)]


def code(data: bytes) -> str:
    with pytest.raises(SaksporError) as caught:
        ingest.read_data("referat", data)
    return caught.value.code


@pytest.mark.parametrize("suffix", ["doc", "odt", "rtf"])
def test_the_text_is_that_of_the_docx(soffice, tmp_path, suffix):
    document = docx.Document()
    document.add_paragraph(TEXT)
    document.save(str(tmp_path / "a.docx"))
    profile = f"-env:UserInstallation={(tmp_path / 'profil').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", suffix, "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "a.docx")], check=True, capture_output=True, timeout=60)
    data = (tmp_path / f"a.{suffix}").read_bytes()
    assert legacy.is_legacy(data)
    assert texts(data) == [TEXT]


def test_rtf_that_asks_for_another_file_does_not_get_it(soffice, tmp_path):
    secret = tmp_path / "hemmelig.txt"
    secret.write_text("hemmelig", encoding="utf-8")
    field = b'{\\field{\\*\\fldinst INCLUDETEXT "%s"}{\\fldrslt }}' % str(secret).encode()
    found = texts(b"{\\rtf1\\ansi " + TEXT.encode() + field + b"\\par}")
    assert TEXT in found[0]
    assert "hemmelig" not in " ".join(found).replace(str(secret), "")


def test_without_libreoffice_it_is_refused_by_name(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert code(RTF) == "no_converter"


def test_one_that_hangs_is_stopped(monkeypatch, tmp_path):
    slow = tmp_path / "soffice"
    slow.write_text("#!/bin/sh\nsleep 60\n", encoding="utf-8")
    slow.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda _: str(slow))
    monkeypatch.setattr(legacy, "SECONDS", 0.5)
    assert code(RTF) == "timeout"


def test_one_of_which_nothing_comes_is_damaged_or_asks_for_a_password(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _: "/bin/true")
    assert code(RTF) == "damaged"
    assert code(odt(b'<manifest:encryption-data manifest:checksum="x"/>')) == "encrypted"
    assert code(odt(b"")) == "damaged"
    stream = "WordDocument".encode("utf-16-le")
    assert code(legacy.OLE + bytes(504) + b"\xec\xa5" + bytes(8) + b"\x00\x01" + stream) == "encrypted"
    assert code(legacy.OLE + bytes(504) + b"\xec\xa5" + bytes(10) + stream) == "damaged"


def odt(manifest: bytes) -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("META-INF/manifest.xml", manifest)
    return data.getvalue()


def test_nothing_is_left_behind(soffice, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    texts(RTF)
    assert list(Path(tmp_path).iterdir()) == []
