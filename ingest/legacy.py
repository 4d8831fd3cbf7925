"""Documents in the formats around DOCX (DOC, ODT, RTF): LibreOffice turns them into DOCX, where it is installed.

It works without a window and in a profile of its own that is thrown away: no macros, no links followed, and nothing
that one document does is met by the next.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from models.archives import BROKEN
from models.problems import SaksporError

RTF = b"{\\rtf"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")  # [MS-CFB] 2.2
WORD_STREAM = "WordDocument".encode("utf-16-le")  # [MS-DOC] 2.1.1
ENCRYPTED_DOC = 0x100  # [MS-DOC] 2.5.2: FibBase.fEncrypted
MIMETYPES = tuple(
    b"mimetypeapplication/vnd.oasis.opendocument." + kind for kind in (b"text", b"text-template", b"text-master")
)  # OpenDocument 1.2 part 3, 3.3: the first member, stored, stands at byte 30 of the zip
MIMETYPE_AT = 30
MOST_OF_MANIFEST = 1_000_000  # bytes
SECONDS = 45.0  # of the 60 that a file has; a converted document takes one or two
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""


def is_legacy(data: bytes) -> bool:
    """Whether a file is one of these, by its content.

    >>> is_legacy(b"{\\\\rtf1 Saksliste}"), is_legacy(b"PK\\x03\\x04")
    (True, False)
    """
    if data.startswith(OLE):
        return WORD_STREAM in data
    return data.startswith(RTF) or data.startswith(MIMETYPES, MIMETYPE_AT)


def to_docx(data: bytes) -> bytes:
    """The document as DOCX.

    Raises :class:`SaksporError`: ``no_converter`` where LibreOffice is not installed, ``encrypted``, ``timeout``, or
    ``damaged`` where it makes nothing of the file.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise SaksporError("no_converter")
    with TemporaryDirectory(prefix="sakspor-", ignore_cleanup_errors=True) as folder:
        profile, source, result = Path(folder, "profil"), Path(folder, "kilde.doc"), Path(folder, "kilde.docx")
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(SETTINGS, encoding="utf-8")
        source.write_bytes(data)
        _run([
            program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck",
            "--convert-to", "docx:Office Open XML Text", "--outdir", folder, str(source),
        ])  # fmt: skip
        if not result.is_file():
            raise SaksporError("encrypted" if _is_encrypted(data) else "damaged")
        return result.read_bytes()


def _run(command: list[str]) -> None:
    """Run LibreOffice and all that it starts, and end it with this process or when its time is up."""
    process = subprocess.Popen(  # noqa: S603 - our own arguments
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True, preexec_fn=_end_with_parent(),
    )  # fmt: skip
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired as error:
        raise SaksporError("timeout") from error
    finally:
        if sys.platform != "win32":
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.wait()


def _end_with_parent() -> Callable[[], None] | None:
    """What the kernel is asked for before LibreOffice starts: to end it when the reader that waits for it is killed."""
    if sys.platform != "linux":
        return None
    import ctypes

    control = ctypes.CDLL(None).prctl
    return lambda: control(1, signal.SIGKILL, 0, 0, 0)  # PR_SET_PDEATHSIG, prctl(2)


def _is_encrypted(data: bytes) -> bool:
    """Whether a document that LibreOffice makes nothing of asks for a password."""
    if data.startswith(OLE):
        at = data.find(b"\xec\xa5")  # [MS-DOC] 2.5.2: wIdent, at the start of a sector
        return at >= 0 and bool(int.from_bytes(data[at + 10 : at + 12], "little") & ENCRYPTED_DOC)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive, archive.open("META-INF/manifest.xml") as manifest:
            return b"encryption-data" in manifest.read(MOST_OF_MANIFEST)
    except (*BROKEN, KeyError):
        return False
