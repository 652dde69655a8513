"""Forms that are too large or too slow, and changes that wait, over ASGI."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest

from stemma.show.web import served
from stemma.show.web.frame import Frame, guard, see


class Reader:
    """A reader with one form, and what was sent to it."""

    def __init__(self, archive: Any, monkeypatch: pytest.MonkeyPatch, pause: float = 0.0) -> None:
        self.took: list[dict[str, str]] = []

        def routes(frame: Frame):
            async def take(request, form):
                time.sleep(pause)  # noqa: ASYNC251 (as a desk waits for another writer)
                self.took.append({name: str(value) for name, value in form.items()})
                return see("/")

            return [frame.change("/take", take)]

        from stemma.show.web.screens import search

        monkeypatch.setattr("stemma.show.web.SCREENS", [routes, search.routes])
        self.frame = Frame(archive)
        self.app = served(self.frame)

    async def ask(self, parts: list[bytes], method: str = "POST", path: str = "/take", pause: float = 0.0) -> int:
        scope = {
            "type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": b"", "scheme": "http",
            "headers": [(b"host", b"127.0.0.1:8742"), (b"content-type", b"application/x-www-form-urlencoded")],
            "server": ("127.0.0.1", 8742), "http_version": "1.1", "root_path": "",
        }  # fmt: skip
        waiting, sent = list(parts), []

        async def receive() -> dict[str, Any]:
            await asyncio.sleep(pause)
            return {"type": "http.request", "body": waiting.pop(0) if waiting else b"", "more_body": bool(waiting)}

        async def send(message: Any) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        return sent[0]["status"]


def test_a_body_that_grows_too_large_is_refused(archive, monkeypatch) -> None:
    reader = Reader(archive, monkeypatch)
    good = f"token={reader.frame.secret}&why=".encode()
    assert asyncio.run(reader.ask([good, b"x" * 1000])) == 303
    assert asyncio.run(reader.ask([good, *[b"x" * 65_536] * 20])) == 413
    assert len(reader.took) == 1


def test_a_body_that_drips_is_refused(archive, monkeypatch) -> None:
    monkeypatch.setattr(guard, "_SLOWEST", 0.2)
    reader = Reader(archive, monkeypatch)
    assert asyncio.run(reader.ask([b"x"] * 50, pause=0.05)) == 408
    assert not reader.took


def test_a_change_that_waits_keeps_no_reader_waiting(archive, monkeypatch) -> None:
    reader = Reader(archive, monkeypatch, pause=2.0)

    async def waits() -> tuple[int, bool]:
        change = asyncio.create_task(reader.ask([f"token={reader.frame.secret}".encode()]))
        await asyncio.sleep(0.1)
        assert await reader.ask([], "GET", "/") == 200
        first = not reader.took
        return await change, first

    assert asyncio.run(waits()) == (303, True)
