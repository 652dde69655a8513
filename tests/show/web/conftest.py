"""The reader asked over ASGI, and its pages as a reader sees them."""

from __future__ import annotations

import asyncio
import html
import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from stemma.show.web import reader


class BrokenOnPurposeError(Exception):
    """Raised by a broken archive."""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    text: str


def ask(archive: Any, address: str, method: str = "GET", host: str | None = "127.0.0.1:8742", **more: str) -> Answer:
    """One request; an exception of a page is answered, as uvicorn would do."""
    path, query = urlsplit(address).path, urlsplit(address).query
    headers = [(b"host", host.encode())] if host else []
    headers += [(name.encode(), value.encode()) for name, value in more.items()]
    scope = {
        "type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": query.encode(),
        "headers": headers, "scheme": "http", "server": ("127.0.0.1", 8742), "http_version": "1.1", "root_path": "",
    }  # fmt: skip
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    async def run() -> None:
        with suppress(BrokenOnPurposeError):
            await reader(archive)(scope, receive, send)

    asyncio.run(run())
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return Answer(sent[0]["status"], {k.decode().lower(): v.decode() for k, v in sent[0]["headers"]}, body.decode())


def seen(page: str) -> str:
    """The text of a page as a reader sees it."""
    text = re.sub(r"<(style|title)\b.*?</\1>", "", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", text)))
