"""A person at the reader of an archive of the example pages: loads pages, sends forms."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import pytest

from stemma.archive import Archive
from stemma.desk import Desk
from stemma.notebook import Notebook
from stemma.show.web import reader
from tests.show.web.conftest import Answer, seen

OWN = "http://127.0.0.1:8742"
_BOUNDARY = "----visitor"


@dataclass
class Visitor:
    """Somebody who reads and decides; ``name``: as the browser keeps it, "" for nobody yet."""

    archive: Archive
    notebook: Notebook
    app: Any
    name: str = "Dana Wirt"
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, address: str) -> Answer:
        """A page."""
        return self._send("GET", address, b"", {})

    def post(self, address: str, *, token: str | None = None, **fields: str | list[str]) -> Answer:
        """A form of this reader, sent."""
        known = {"token": self.token if token is None else token} | fields
        return self._send(
            "POST",
            address,
            urlencode(known, doseq=True).encode(),
            {"content-type": "application/x-www-form-urlencoded"},
        )

    def drop(self, address: str, files: list[tuple[str, bytes]], **fields: str) -> Answer:
        """A form with files."""
        parts = [
            f'name="{name}"\r\n\r\n{value}'.encode()
            for name, value in ({"token": fields.get("token") or self.token} | fields).items()
        ]
        parts += [
            f'name="files"; filename="{name}"\r\nContent-Type: text/html\r\n\r\n'.encode() + data
            for name, data in files
        ]
        lines = [
            b"--" + _BOUNDARY.encode() + b"\r\nContent-Disposition: form-data; " + part + b"\r\n" for part in parts
        ]
        body = b"".join(lines) + b"--" + _BOUNDARY.encode() + b"--\r\n"
        return self._send("POST", address, body, {"content-type": f"multipart/form-data; boundary={_BOUNDARY}"})

    @property
    def token(self) -> str:
        """What the forms of this reader carry."""
        return hidden(self.get("/name").text, "token")

    def _send(self, method: str, address: str, body: bytes, more: dict[str, str]) -> Answer:
        path, query = urlsplit(address).path, urlsplit(address).query
        known = {
            "host": "127.0.0.1:8742",
            "content-length": str(len(body)),
            "cookie": f"by={self.name.replace(' ', '%20')}",
        }
        headers = [(name.encode(), value.encode()) for name, value in (known | more | self.headers).items()]
        scope = {
            "type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": quote(query, safe="=&%+").encode(),
            "headers": headers, "scheme": "http", "server": ("127.0.0.1", 8742), "http_version": "1.1", "root_path": "",
        }  # fmt: skip
        sent: list[Any] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        async def run() -> None:
            with suppress(Exception):  # what is raised is answered too, and judged by that
                await self.app(scope, receive, send)

        asyncio.run(run())
        text = b"".join(message.get("body", b"") for message in sent[1:]).decode()
        return Answer(sent[0]["status"], {k.decode().lower(): v.decode() for k, v in sent[0]["headers"]}, text)


def hidden(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"no field {name}"
    return found[1]


def told(answer: Answer) -> str:
    """What a reader sees of the page's own content."""
    found = re.search(r"<main.*</main>", answer.text, re.DOTALL)
    return seen(found[0] if found else answer.text)


@pytest.fixture
def visitor(sample: Path) -> Iterator[Visitor]:
    with Archive.open(sample) as archive, Notebook(sample) as notebook:
        yield Visitor(archive, notebook, reader(archive, 8742, Desk(sample, patience=0.2), notebook))


@pytest.fixture
def newcomer(tmp_path: Path) -> Iterator[Visitor]:
    """Somebody with an archive in which nothing is."""
    folder = tmp_path / "empty"
    with Archive.open(folder, create=True) as archive, Notebook(folder) as notebook:
        yield Visitor(archive, notebook, reader(archive, 8742, Desk(folder), notebook), name="")
